//! Several yes-or-no questions on one page: tick what applies, or that none does.

use leptos::prelude::*;
use tables::{Kind, Question, QuestionId};

use super::{Control, FIELD, Said};
use crate::{
    app::state::State,
    rules::{self, Answer},
    text::Text,
};

/// What stands for all that was not ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Open,
    No,
    Unsure,
}

pub fn control(state: State, text: Text, questions: &'static [Question]) -> Control {
    let said = |question: &Question| state.answer(question.id);
    let yes = |question: &Question| rules::read(question, "yes").ok();
    let ticked = RwSignal::new(
        questions
            .iter()
            .filter(|one| said(one).is_some() && said(one) == yes(one))
            .map(|one| one.id)
            .collect::<Vec<_>>(),
    );
    let all_said = questions.iter().all(|one| said(one).is_some());
    let rest = RwSignal::new(if questions.iter().any(|one| said(one) == Some(Answer::DontKnow)) {
        Rest::Unsure
    } else if all_said && ticked.with_untracked(Vec::is_empty) {
        Rest::No
    } else {
        Rest::Open
    });

    let tick = move |id: QuestionId, on: bool| {
        ticked.update(|ticked| {
            ticked.retain(|one| *one != id);
            if on {
                ticked.push(id);
            }
        });
        if on && rest.get_untracked() == Rest::No {
            rest.set(Rest::Open);
        }
    };
    let settle = move |kind: Rest, on: bool| {
        if on && kind == Rest::No {
            ticked.set(Vec::new());
        }
        rest.set(if on { kind } else { Rest::Open });
    };
    let row = |id: Option<&'static str>,
               label: &'static str,
               help: Option<&'static str>,
               on: Signal<bool>,
               set: Box<dyn Fn(bool)>| {
        view! {
            <label class="row">
                <input type="checkbox" id=id prop:checked=on on:change=move |event| set(event_target_checked(&event)) />
                <span>{label}{help.map(|help| view! { <small>{help}</small> })}</span>
            </label>
        }
        .into_any()
    };
    let mut rows = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let id = question.id;
        let on = Signal::derive(move || ticked.with(|ticked| ticked.contains(&id)));
        let help = question.help.map(|help| text.get(help));
        rows.push(row(
            (at == 0).then_some(FIELD),
            text.get(question.title),
            help,
            on,
            Box::new(move |on| tick(id, on)),
        ));
    }
    for (kind, label) in [(Rest::No, text.question_page_none()), (Rest::Unsure, text.question_page_rest_unsure())] {
        let on = Signal::derive(move || rest.get() == kind);
        rows.push(row(None, label, None, on, Box::new(move |on| settle(kind, on))));
    }
    let read = move || match (ticked.get_untracked(), rest.get_untracked()) {
        (ticked, Rest::Open) if ticked.is_empty() => Err(text.error_choose_some().to_owned()),
        (ticked, rest) => said_of(questions, &ticked, rest),
    };
    Control { view: rows.into_any(), read: Box::new(read) }
}

/// Ticked is yes; what is not ticked is no, unless the person isn't sure.
fn said_of(questions: &[Question], ticked: &[QuestionId], rest: Rest) -> Said {
    let mut said = Vec::new();
    for question in questions {
        let id = if ticked.contains(&question.id) { "yes" } else { "no" };
        let answer = match (question.kind, rest) {
            (Kind::Choice(_), Rest::Unsure) if id == "no" => Answer::DontKnow,
            _ => rules::read(question, id).unwrap_or(Answer::DontKnow),
        };
        said.push((question.id, answer));
    }
    Ok(said)
}
