//! What would make the result better, in sentences.

use leptos::prelude::*;
use tables::{Kind, QuestionId, Tables};

use crate::{
    app::state::State,
    rules::{self, Advice, Answer, FindingId, Outcome, Step, Truth},
    text::Text,
};

pub fn view(text: Text, state: State) -> Option<impl IntoView> {
    let advice = rules::advice(state.tables, &state.path().used, state.as_of);
    let rows: Vec<_> = advice.iter().map(|one| view! { <li>{words(text, state.tables, one)}</li> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text.advice_title()}</h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

fn words(text: Text, tables: &'static Tables, advice: &Advice) -> String {
    let then = outcome(text, advice.finding, advice.then);
    match advice.step {
        Step::Change(question, answer) => {
            let (question, value) = names(text, tables, question, answer);
            text.advice_change(question, value, &then)
        }
        Step::FindOut(question, answer) => {
            let (question, value) = names(text, tables, question, answer);
            text.advice_find_out(question, value, &then)
        }
        Step::Wait(years) => text.advice_wait(&years.to_string(), &then),
        Step::Before(day) => text.advice_before(&text.date(day)),
    }
}

fn names(text: Text, tables: &'static Tables, id: QuestionId, answer: Answer) -> (&'static str, &'static str) {
    let Some(question) = tables.question(id) else { return ("", "") };
    let value = match (question.kind, answer) {
        (Kind::Choice(values), Answer::Choice(at)) => {
            values.get(usize::from(at)).map_or("", |value| text.label(value.label))
        }
        _ => "",
    };
    (text.get(question.short), value)
}

fn outcome(text: Text, finding: FindingId, then: Outcome) -> String {
    match (finding, then.state, then.amount) {
        (FindingId::MaySit, Truth::Met, _) => text.advice_may_sit().to_owned(),
        (FindingId::MaySit, ..) => text.advice_may_sit_perhaps().to_owned(),
        (_, Truth::Met, Some(amount)) => text.advice_paid(&text.yuan(amount)),
        (_, _, Some(amount)) => text.advice_paid_perhaps(&text.yuan(amount)),
        _ => text.advice_perhaps().to_owned(),
    }
}
