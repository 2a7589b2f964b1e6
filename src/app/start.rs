//! The first page: what this answers, how long it takes, and what is over already.

use leptos::prelude::*;

use super::{page::Page, state::State};
use crate::{
    browser,
    rules::{FindingId, Phase},
};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.site_title());
    let assessment = state.assessment();
    let over = (assessment.phase == Phase::Past)
        .then(|| assessment.finding(FindingId::CourseFee).and_then(|fee| fee.rules_known_until))
        .flatten();
    let ended = assessment
        .finding(FindingId::Subsidy)
        .and_then(|subsidy| subsidy.rules_known_until)
        .filter(|end| *end < state.as_of);
    let begun = state.has_answers();
    let begin = if begun { text.start_go_on() } else { text.start_begin() };
    view! {
        <h1 id="heading" tabindex="-1">{text.start_title()}</h1>
        <p>{text.start_intro()}</p>
        {over.map(|day| view! { <p class="warning">{text.start_past(&text.date(day))}</p> })}
        {ended.map(|day| view! { <p class="warning">{text.start_ended(&text.date(day))}</p> })}
        <ul class="facts">
            <li>{text.start_time()}</li>
            <li>{text.start_privacy()}</li>
            <li>{text.start_estimate()}</li>
        </ul>
        <a class="button" href=Page::Next.address()>{begin}</a>
        {begun.then(|| view! {
            <button type="button" class="quiet" on:click=move |_| state.forget()>{text.start_restart()}</button>
        })}
    }
    .into_any()
}
