//! The first page: what can be found out here, how long it takes, and what is over already.
//!
//! The same stands in `index.html`, for the time before the program has come; keep the two alike.

use leptos::prelude::*;
use tables::{Date, Kind, QuestionId};

use super::{page::Page, state::State};
use crate::{
    browser,
    rules::{Answer, Goal},
    text::Text,
};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.site_title());
    // Whatever was answered before: the class and the regulation are told to everybody.
    let past = |end: Option<Date>| end.filter(|end| *end < state.as_of);
    let over = past(state.tables.courses.last().and_then(|course| course.validity.to)).map(|day| text.date(day));
    let ended = past(state.tables.subsidies.last().and_then(|regulation| regulation.validity.to));
    let begun = state.has_answers();
    view! {
        <h1 id="heading" tabindex="-1">{text.start_title()}</h1>
        <p>{text.start_intro()}</p>
        {begun.then(|| go_on(state, text))}
        {over.map(|day| view! { <p class="warning">{text.start_past(&day)}</p> })}
        {ended.map(|day| view! { <p class="warning">{text.start_ended(&text.date(day))}</p> })}
        {begun.then(|| view! { <h2>{text.start_again()}</h2> })}
        <ul class="goals">{choices(text)}</ul>
        <ul class="facts">
            <li>{text.start_time()}</li>
            <li>{text.start_privacy()}</li>
            <li>{text.start_estimate()}</li>
        </ul>
        <p><a href=Page::Rules(None).address()>{text.rule_book_from_start()}</a></p>
    }
    .into_any()
}

/// Whoever was here before goes on first of all.
fn go_on(state: State, text: Text) -> AnyView {
    let about = match (state.answer(QuestionId::Goal), state.tables.question(QuestionId::Goal).map(|goal| goal.kind)) {
        (Some(Answer::Choice(at)), Some(Kind::Choice(values))) => values.get(usize::from(at)),
        _ => None,
    };
    let words = if state.path().next.is_none() { text.review_to_result() } else { text.start_go_on() };
    view! {
        {about.map(|value| view! { <p>{text.start_about(text.label(value.label))}</p> })}
        <a class="button" href=Page::Next.address()>{words}</a>
    }
    .into_any()
}

fn choices(text: Text) -> Vec<AnyView> {
    let each = [
        (Goal::Enrol, text.start_enrol(), text.start_enrol_more()),
        (Goal::Exam, text.start_exam(), text.start_exam_more()),
        (Goal::Claim, text.start_claim(), text.start_claim_more()),
    ];
    let link = |(goal, words, more): (Goal, &'static str, &'static str)| {
        let address = Page::For(goal).address();
        view! { <li><a href=address><strong>{words}</strong> <span>{more}</span></a></li> }.into_any()
    };
    each.into_iter().map(link).collect()
}
