//! A whole number, typed; or not knowing it.

use leptos::prelude::*;
use tables::Question;

use super::{Control, FIELD, typed};
use crate::{
    app::state::State,
    rules::{self, Answer, AnswerError},
    text::Text,
};

pub fn control(state: State, text: Text, question: &'static Question, (from, to): (u16, u16)) -> Control {
    let before = state.answer(question.id);
    let digits = RwSignal::new(match before {
        Some(Answer::Number(number)) => number.to_string(),
        _ => String::new(),
    });
    let unknown = RwSignal::new(before == Some(Answer::DontKnow));
    let label = view! { <span class="hidden">{text.question_page_number_label()}</span> }.into_any();
    let view = (typed::field(Some(FIELD), label, digits, unknown), typed::unknown_row(text, unknown)).into_any();
    let read = move || {
        let answer = if unknown.get_untracked() {
            Ok(Answer::DontKnow)
        } else {
            rules::read(question, &typed::plain(&digits.get_untracked()))
        };
        let (from, to) = (from.to_string(), to.to_string());
        match answer {
            Ok(answer) => Ok(vec![(question.id, answer)]),
            Err(AnswerError::OutOfRange(..)) => Err(text.error_range(&from, &to)),
            Err(_) => Err(text.error_number(&from, &to)),
        }
    };
    Control { view, read: Box::new(read) }
}
