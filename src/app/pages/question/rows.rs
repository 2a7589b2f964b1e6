//! A row to choose or to tick: the whole of it is the label.

use leptos::prelude::*;

use super::Form;
use crate::{
    app::components::{text_element, text_node},
    rules::Answer,
};
use tables::QuestionId;

/// What a row is and says. One type for all rows, so that there is one piece of code for them.
pub struct Row {
    /// `radio` or `checkbox`.
    pub kind: &'static str,
    /// Only where an error may lead to it.
    pub id: Option<String>,
    pub question: QuestionId,
    pub label: &'static str,
    /// A code, or help, in small type.
    pub small: Option<&'static str>,
    pub on: Signal<bool>,
    pub hidden: Signal<bool>,
    pub set: Box<dyn Fn(bool)>,
}

pub fn view(form: Form, row: Row) -> AnyView {
    let Row { kind, id, question, label, small, on, hidden, set } = row;
    // A hidden row must not be reached by arrow keys either: not every browser skips what isn't shown.
    let invalid = id.is_some() && kind == "checkbox";
    view! {
        <label class="row" class:gone=hidden>
            <input type=kind name=question.id() id=id prop:checked=on prop:disabled=hidden
                aria-invalid=move || invalid.then(|| form.invalid(question, 0))
                on:change=move |event| set(event_target_checked(&event)) />
            <span>{text_node(label)}{small.map(|small| text_element("small", "", small))}</span>
        </label>
    }
    .into_any()
}

/// A row that chooses an answer.
pub fn answer(form: Form, kind: &'static str, question: QuestionId, answer: Answer, label: &'static str) -> Row {
    let state = form.state;
    let set = move |on: bool| {
        let mut draft = state.draft(question);
        draft.chosen = on.then_some(answer);
        state.enter(question, draft);
    };
    Row {
        kind,
        id: None,
        question,
        label,
        small: None,
        on: Signal::derive(move || state.draft(question).chosen == Some(answer)),
        hidden: Signal::from(false),
        set: Box::new(set),
    }
}

/// The row that says that one doesn't know, where digits are typed.
pub fn unknown(form: Form, question: QuestionId) -> AnyView {
    view(form, answer(form, "checkbox", question, Answer::DontKnow, form.text.question_page_dont_know()))
}
