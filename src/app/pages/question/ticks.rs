//! Several yes-or-no questions on one page: the person ticks what applies, or that none applies.
//!
//! Only the drafts are kept: "none of these" is ticked if all answers are no, and "not sure of the rest" if any is
//! unknown.

use leptos::prelude::*;
use tables::{Question, QuestionId};

use super::{Form, Wrong, rows};
use crate::{
    app::state::State,
    rules::{self, Answer},
};

pub fn view(form: Form, questions: &'static [Question]) -> AnyView {
    let (state, text) = (form.state, form.text);
    let mut all = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let Some([yes, _]) = values(question) else { continue };
        let mut row = rows::answer(form, "checkbox", question.id, yes, text.get(question.title));
        row.id = (at == 0).then(|| form.field_id(question.id, 0));
        row.small = question.help.map(|help| text.get(help));
        row.set = Box::new(move |on| {
            let rest = if any_unknown(state, questions) { Some(Answer::DontKnow) } else { None };
            choose(state, question.id, if on { Some(yes) } else { rest });
            // Questions that "none of these" answered with no are open again.
            settle(state, questions, rest);
        });
        all.push(rows::view(form, row));
    }
    let Some(first) = questions.first().map(|question| question.id) else { return ().into_any() };
    let mut none = rows::answer(form, "checkbox", first, Answer::DontKnow, text.question_page_none());
    none.on = Signal::derive(move || all_no(state, questions));
    none.set = Box::new(move |on| {
        for question in questions {
            choose(state, question.id, values(question).filter(|_| on).map(|[_, no]| no));
        }
    });
    let mut unsure = rows::answer(form, "checkbox", first, Answer::DontKnow, text.question_page_rest_unsure());
    unsure.on = Signal::derive(move || any_unknown(state, questions));
    unsure.set = Box::new(move |on| settle(state, questions, on.then_some(Answer::DontKnow)));
    all.extend([none, unsure].map(|row| rows::view(form, row)));
    all.into_any()
}

/// Reads the answers: ticked is yes, and the others are no unless the person isn't sure.
pub fn read(form: Form, questions: &'static [Question]) -> Result<Vec<(QuestionId, Answer)>, Vec<Wrong>> {
    let state = form.state;
    untrack(|| {
        let some = questions.iter().any(|question| is_yes(state, question));
        if some || all_no(state, questions) || any_unknown(state, questions) {
            let said = questions.iter().filter_map(|question| {
                let no = values(question).map(|[_, no]| no);
                Some((question.id, state.draft(question.id).chosen.or(no)?))
            });
            return Ok(said.collect());
        }
        let what = form.text.error_choose_some().to_owned();
        Err(questions.first().map(|first| Wrong { question: first.id, field: 0, what }).into_iter().collect())
    })
}

/// Returns yes and no as answers to a question.
fn values(question: &Question) -> Option<[Answer; 2]> {
    Some([rules::read(question, "yes").ok()?, rules::read(question, "no").ok()?])
}

fn is_yes(state: State, question: &Question) -> bool {
    state.draft(question.id).chosen.is_some_and(|chosen| values(question).is_some_and(|[yes, _]| chosen == yes))
}

fn all_no(state: State, questions: &[Question]) -> bool {
    questions.iter().all(|question| {
        state.draft(question.id).chosen.is_some_and(|chosen| values(question).is_some_and(|[_, no]| chosen == no))
    })
}

fn any_unknown(state: State, questions: &[Question]) -> bool {
    questions.iter().any(|question| state.draft(question.id).chosen == Some(Answer::DontKnow))
}

/// Gives all questions that are not ticked the same draft.
fn settle(state: State, questions: &'static [Question], rest: Option<Answer>) {
    for question in questions.iter().filter(|question| !is_yes(state, question)) {
        choose(state, question.id, rest);
    }
}

fn choose(state: State, question: QuestionId, chosen: Option<Answer>) {
    let mut draft = state.draft(question);
    draft.chosen = chosen;
    state.enter(question, draft);
}
