//! A day in three fields, as people type it; or not knowing it.

use leptos::prelude::*;
use tables::{Date, QuestionId};

use super::{Control, FIELD, typed};
use crate::{app::state::State, rules::Answer, text::Text};

pub fn control(state: State, text: Text, question: QuestionId) -> Control {
    let before = state.answer(question);
    let [year, month, day] = match before {
        Some(Answer::Date(day)) => [day.year().to_string(), day.month().to_string(), day.day().to_string()],
        _ => [const { String::new() }; 3],
    }
    .map(RwSignal::new);
    let unknown = RwSignal::new(before == Some(Answer::DontKnow));
    let field = |id, label: &'static str, digits| {
        let label = view! { <span>{label}</span> }.into_any();
        typed::field(id, label, digits, unknown)
    };
    let view = view! {
        <div class="date">
            {field(Some(FIELD), text.date_field_year(), year)}
            {field(None, text.date_field_month(), month)}
            {field(None, text.date_field_day(), day)}
        </div>
        {typed::unknown_row(text, unknown)}
    }
    .into_any();
    let read = move || {
        if unknown.get_untracked() {
            return Ok(vec![(question, Answer::DontKnow)]);
        }
        let [year, month, day] =
            [year, month, day].map(|digits| typed::plain(&digits.get_untracked()).parse::<u16>().ok());
        let year = year.filter(|year| (1000..=9999).contains(year)).ok_or(text.date_field_year_wrong())?;
        let month = month.filter(|month| (1..=12).contains(month)).ok_or(text.date_field_month_wrong())?;
        let found = day.and_then(|day| Date::new(year, month as u8, u8::try_from(day).ok()?));
        match found.ok_or(text.date_field_day_wrong())? {
            late if state.as_of < late => Err(text.date_field_future(&text.date(state.as_of))),
            day => Ok(vec![(question, Answer::Date(day))]),
        }
    };
    Control { view, read: Box::new(read) }
}
