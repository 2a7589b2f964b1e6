//! Deleting the answers, from every page: asked once more in place, without a window that covers the page.

use leptos::prelude::*;

use super::{
    parts::{Has, button, element, follow, part, said},
    state::State,
};

pub fn view(state: State) -> AnyView {
    follow(move || if state.is_forgetting() { really(state) } else { ask(state) })
}

fn ask(state: State) -> AnyView {
    let ask = button("quiet", state.text().forget_ask(), move || state.forget());
    part("div", Some("forget"), "", vec![ask])
}

/// The question stands where the button stood: whoever taps twice by mistake deletes nothing.
fn really(state: State) -> AnyView {
    let text = state.text();
    let has = Has {
        id: Some("forget"),
        class: "warning",
        role: Some("group"),
        labelled_by: Some("forget-question"),
        ..Has::default()
    };
    let inside = vec![
        part("p", Some("forget-question"), "", vec![said(text.forget_question())]),
        button("button bad", text.forget_really(), move || state.really_forget()),
        button("quiet", text.forget_keep(), move || state.keep_answers()),
    ];
    element("div", has, inside)
}
