//! The first page: what this answers, how long it takes, and what is over already.

use leptos::prelude::*;
use tables::Date;

use super::{page::Page, state::State};
use crate::browser;

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.site_title());
    // Whatever was answered before: the class and the regulation are told to everybody.
    let past = |end: Option<Date>| end.filter(|end| *end < state.as_of);
    let over = past(state.tables.courses.last().and_then(|course| course.validity.to));
    let ended = past(state.tables.subsidies.last().and_then(|regulation| regulation.validity.to));
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
