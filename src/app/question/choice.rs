//! One of several values, as rows to tap; not knowing is one of them.

use leptos::prelude::*;
use tables::{QuestionId, Value};

use super::{Control, FIELD};
use crate::{app::state::State, rules::Answer, text::Text};

pub fn control(state: State, text: Text, question: QuestionId, values: &'static [Value]) -> Control {
    let chosen = RwSignal::new(state.answer(question));
    let rows = values.iter().enumerate().map(|(at, value)| (Answer::Choice(at as u8), text.get(value.label)));
    let rows = rows.chain([(Answer::DontKnow, text.question_page_dont_know())]);
    let view = rows
        .enumerate()
        .map(|(at, (answer, label))| {
            view! {
                <label class="row">
                    <input type="radio" name="answer" id=(at == 0).then_some(FIELD)
                        prop:checked=chosen.get_untracked() == Some(answer)
                        on:change=move |_| chosen.set(Some(answer)) />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view()
        .into_any();
    let read = move || match chosen.get_untracked() {
        Some(answer) => Ok(vec![(question, answer)]),
        None => Err(text.error_choose().to_owned()),
    };
    Control { view, read: Box::new(read) }
}
