//! One of several values, as rows to tap; not knowing is one of them, but for the question that starts it all.

use leptos::prelude::*;
use tables::{QuestionId, Value};

use super::{Control, FIELD};
use crate::{app::state::State, rules::Answer, text::Text};

/// Longer lists can be searched.
const LONG: usize = 12;

pub fn control(state: State, text: Text, question: QuestionId, values: &'static [Value]) -> Control {
    let chosen = RwSignal::new(state.answer(question));
    let wanted = RwSignal::new(String::new());
    let long = LONG < values.len();
    let unknown = (question != QuestionId::Goal).then(|| (Answer::DontKnow, "", text.question_page_dont_know()));
    let rows =
        values.iter().enumerate().map(|(at, value)| (Answer::Choice(at as u8), value.id, text.label(value.label)));
    let rows = rows.chain(unknown).enumerate().map(|(at, (answer, id, label))| {
        // The last ones say "another" and "don't know": they stay whatever is searched for.
        let stays = values.len() <= at + 1;
        let shown =
            move || stays || wanted.with(|wanted| label.contains(wanted.as_str()) || id.contains(wanted.as_str()));
        view! {
            <label class="row" class:gone=move || long && !shown()>
                <input type="radio" name="answer" id=(at == 0 && !long).then_some(FIELD)
                    prop:checked=chosen.get_untracked() == Some(answer)
                    on:change=move |_| chosen.set(Some(answer)) />
                <span>{label}</span>
            </label>
        }
    });
    let search = long.then(|| {
        view! {
            <label class="field search">
                <span>{text.occupation_filter()}</span>
                <input type="text" autocomplete="off" id=FIELD
                    on:input=move |event| wanted.set(event_target_value(&event).trim().to_owned()) />
            </label>
        }
    });
    let view = (search, rows.collect_view()).into_any();
    let read = move || match chosen.get_untracked() {
        Some(answer) => Ok(vec![(question, answer)]),
        None if question == QuestionId::Goal => Err(text.error_choose_goal().to_owned()),
        None => Err(text.error_choose().to_owned()),
    };
    Control { view, read: Box::new(read) }
}
