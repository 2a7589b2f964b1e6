//! What would make the result better, in sentences.

use leptos::prelude::*;
use tables::{Kind, QuestionId, Tables};

use crate::{
    app::state::State,
    rules::{self, Advice, FindingId, Given, Outcome, Step, Truth},
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
    let words = match advice.step {
        Step::Change(question, given) => {
            text.advice_change(short(text, tables, question), &names(text, tables, question, given), &then)
        }
        Step::FindOut(question, given) => {
            text.advice_find_out(short(text, tables, question), &names(text, tables, question, given), &then)
        }
        Step::Wait(years) => text.advice_wait(&years.to_string(), &then),
        Step::From(day) => text.advice_from(&text.date(day), &then),
        Step::Before(day) => text.advice_before(&text.date(day)),
    };
    match advice.rules_end {
        Some(end) => words + &text.advice_rules_end(&text.date(end)),
        None => words,
    }
}

fn short(text: Text, tables: &'static Tables, id: QuestionId) -> &'static str {
    tables.question(id).map_or("", |question| text.get(question.short))
}

/// Answers that do equally well, as the page words them.
fn names(text: Text, tables: &'static Tables, id: QuestionId, given: Given) -> String {
    let kind = tables.question(id).map(|question| question.kind);
    match (kind, given) {
        (Some(Kind::Choice(values)), Given::Choices(bits)) => {
            let which = values.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            which.map(|(_, value)| text.label(value.label)).collect::<Vec<_>>().join(text.result_or())
        }
        (Some(Kind::Number(least, most)), Given::Numbers(from, to)) => match (from == least, to == most) {
            (_, true) => text.advice_at_least(&from.to_string()),
            (true, _) => text.advice_at_most(&to.to_string()),
            _ => text.advice_between(&from.to_string(), &to.to_string()),
        },
        (_, Given::Days(from, to)) => text.advice_between(&text.date(from), &text.date(to)),
        _ => String::new(),
    }
}

fn outcome(text: Text, finding: FindingId, then: Outcome) -> String {
    match (finding, then.state, then.amount) {
        (FindingId::MaySit, Truth::Met, _) => text.advice_may_sit().to_owned(),
        (FindingId::MaySit, ..) => text.advice_may_sit_perhaps().to_owned(),
        (FindingId::CourseFee, _, Some(amount)) => text.advice_fee(&text.yuan(amount)),
        (FindingId::Subsidy, Truth::Met, Some(amount)) => text.advice_paid(&text.yuan(amount)),
        (FindingId::Subsidy, _, Some(amount)) => text.advice_paid_perhaps(&text.yuan(amount)),
        (FindingId::Subsidy, ..) => text.advice_perhaps().to_owned(),
        (FindingId::ExamPassed, ..) => text.advice_passed().to_owned(),
        (FindingId::Resit, ..) => text.advice_resit().to_owned(),
        (FindingId::TrainingCertificate, ..) => text.advice_attended().to_owned(),
        _ => text.advice_craftsman().to_owned(),
    }
}
