//! The button that deletes the answers, on every page: it asks for confirmation in place, without a dialog over the
//! page.

use leptos::prelude::*;

use super::{
    components::{Attributes, button, container, element, reactive, text_node},
    state::State,
};

pub fn view(state: State) -> AnyView {
    reactive(move || if state.is_deleting() { really(state) } else { ask(state) })
}

fn ask(state: State) -> AnyView {
    let ask = button("quiet", state.text().delete_ask(), move || state.ask_to_delete());
    container("div", Some("delete-answers"), "", vec![ask])
}

/// The confirmation. Its question is where the button was, so that an accidental double tap deletes nothing.
fn really(state: State) -> AnyView {
    let text = state.text();
    let has = Attributes {
        id: Some("delete-answers"),
        class: "warning",
        role: Some("group"),
        labelled_by: Some("delete-question"),
        ..Attributes::default()
    };
    let inside = vec![
        container("p", Some("delete-question"), "", vec![text_node(text.delete_question())]),
        button("button bad", text.delete_really(), move || state.delete_answers()),
        button("quiet", text.delete_keep(), move || state.cancel_deletion()),
    ];
    element("div", has, inside)
}
