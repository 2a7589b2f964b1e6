//! A row with a radio button or check box; the whole row is its label.

use leptos::prelude::*;

use super::Form;
use crate::{
    app::components::{text_element, text_node},
    rules::Answer,
};
use tables::QuestionId;

/// The contents and behaviour of a row. All rows share this type, so that their code exists only once.
pub struct Row {
    /// `radio` or `checkbox`.
    pub kind: &'static str,
    /// The id of the input, only where the list of errors links to it.
    pub id: Option<String>,
    pub question: QuestionId,
    pub label: &'static str,
    /// A code or a help text, in small type.
    pub small: Option<&'static str>,
    pub on: Signal<bool>,
    pub hidden: Signal<bool>,
    pub set: Box<dyn Fn(bool)>,
}

pub fn view(form: Form, row: Row) -> AnyView {
    let Row { kind, id, question, label, small, on, hidden, set } = row;
    // A hidden row is disabled, because in some browsers the arrow keys would still reach it.
    let invalid = id.is_some() && kind == "checkbox";
    view! {
        <label class="row" class:gone=hidden>
            <input type=kind name=form.state.tables.name_of(question) id=id prop:checked=on prop:disabled=hidden
                aria-invalid=move || invalid.then(|| form.invalid(question, 0))
                on:change=move |event| set(event_target_checked(&event)) />
            <span>{text_node(label)}{small.map(|small| text_element("small", "", small))}</span>
        </label>
    }
    .into_any()
}

/// Creates a row that chooses an answer.
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

/// Renders the "don't know" row of a question whose answer is typed.
pub fn unknown(form: Form, question: QuestionId) -> AnyView {
    view(form, answer(form, "checkbox", question, Answer::DontKnow, form.text.question_page_dont_know()))
}
