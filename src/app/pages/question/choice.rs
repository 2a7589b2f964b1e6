//! The control for choosing one of several values, as rows to tap. "Don't know" is one of them, except for the goal.
//!
//! A long list can be searched; without a search it is a plain list.

use leptos::prelude::*;
use tables::{Occupation, QuestionId, Value};

use super::{Form, rows};
use crate::{draft::plain, rules::Answer};

/// Longer lists can be searched.
const LONG: usize = 12;

pub fn view(form: Form, question: QuestionId, values: &'static [Value]) -> AnyView {
    let text = form.text;
    let wanted = RwSignal::new(String::new());
    let long = LONG < values.len();
    let found = move |value: &Value| {
        let has = |part: &str| wanted.with(|wanted| squeeze(part).contains(wanted.as_str()));
        let also = occupation(form, value).is_some_and(|occupation| has(text.get(occupation.also)));
        has(text.get(value.label)) || has(value.id) || also
    };
    let mut all = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let mut row = rows::answer(form, "radio", question, Answer::Choice(at as u16), text.get(value.label));
        row.id = (at == 0 && !long).then(|| form.field_id(question, 0));
        if long && occupation(form, value).is_some() {
            // An id that is a code is shown, because it is printed on the certificate.
            row.small = Some(value.id).filter(|id| id.starts_with(|c: char| c.is_ascii_digit()));
            // The chosen row stays visible whatever is searched for.
            let on = row.on;
            row.hidden = Signal::derive(move || !found(value) && !on.get());
        }
        all.push(rows::view(form, row));
    }
    if question != QuestionId::GOAL {
        let label = text.question_page_dont_know();
        all.push(rows::view(form, rows::answer(form, "radio", question, Answer::DontKnow, label)));
    }
    let search = long.then(|| {
        let matches = move || {
            values.iter().enumerate().filter(move |(_, value)| occupation(form, value).is_some() && found(value))
        };
        let told = move || match (wanted.with(String::is_empty), matches().count()) {
            (true, _) => String::new(),
            (_, 0) => text.occupation_none().to_owned(),
            (_, count) => text.occupation_found(&count.to_string()),
        };
        // If only one row is left, the first Enter chooses it and the second sends the form.
        let enter = move |event: leptos::ev::KeyboardEvent| {
            let chosen = form.state.draft(question).chosen;
            if event.key() == "Enter" && chosen.is_none() && !wanted.with_untracked(String::is_empty) {
                event.prevent_default();
                let mut left = untrack(|| matches().map(|(at, _)| at).collect::<Vec<_>>());
                if let (Some(at), true) = (left.pop(), left.is_empty()) {
                    let mut draft = form.state.draft(question);
                    draft.chosen = Some(Answer::Choice(at as u16));
                    form.state.enter(question, draft);
                }
            }
        };
        view! {
            <label class="field search">
                <span>{text.occupation_filter()}</span>
                <input type="text" autocomplete="off" enterkeyhint="search" id=form.field_id(question, 0)
                    aria-invalid=move || form.invalid(question, 0) aria-describedby=form.described(question)
                    on:input=move |event| wanted.set(squeeze(&event_target_value(&event))) on:keydown=enter />
            </label>
            <p class="found" role="status">{told}</p>
        }
    });
    (search, all).into_any()
}

/// Returns the occupation of a value, or `None` if the value is not an occupation of the tables.
fn occupation(form: Form, value: &Value) -> Option<&'static Occupation> {
    form.state.tables.occupations.iter().find(|occupation| occupation.id == value.id)
}

/// Normalises typed text and text of the tables for comparison: spaces and hyphens are removed.
fn squeeze(typed: &str) -> String {
    plain(typed).chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}
