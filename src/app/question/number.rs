//! A whole number, typed; or not knowing it.

use leptos::prelude::*;
use tables::Question;

use super::{Control, FIELD};
use crate::{
    app::state::State,
    rules::{self, Answer, AnswerError},
    text::Text,
};

pub fn control(state: State, text: Text, question: &'static Question, (from, to): (u16, u16)) -> Control {
    let before = state.answer(question.id);
    let typed = RwSignal::new(match before {
        Some(Answer::Number(number)) => number.to_string(),
        _ => String::new(),
    });
    let unknown = RwSignal::new(before == Some(Answer::DontKnow));
    let view = view! {
        <label class="field">
            <span class="hidden">{text.question_page_number_label()}</span>
            <input type="text" inputmode="numeric" autocomplete="off" id=FIELD
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    unknown.set(false);
                } />
        </label>
        <label class="row">
            <input type="checkbox" prop:checked=unknown on:change=move |event| unknown.set(event_target_checked(&event)) />
            <span>{text.question_page_dont_know()}</span>
        </label>
    }
    .into_any();
    let read = move || {
        let answer = if unknown.get_untracked() {
            Ok(Answer::DontKnow)
        } else {
            rules::read(question, &plain(&typed.get_untracked()))
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

/// What people type for a number: blanks around it, full-width digits of a Chinese keyboard.
pub fn plain(typed: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        other => other,
    };
    typed.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(plain(" 30 "), "30");
        assert_eq!(plain("３０"), "30");
        assert_eq!(plain("三十"), "三十");
        assert_eq!(plain("3 0"), "3 0");
    }
}
