//! The answers, each with a way to change it.

use leptos::prelude::*;
use tables::Question;

use super::{page::Page, state::State};
use crate::{browser, text::Text};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(&format!("{} · {}", text.review_title(), text.site_title()));
    let path = state.path();
    let rows =
        path.asked.iter().flat_map(|step| step.questions).map(|question| row(state, text, question)).collect_view();
    let next = match path.next {
        Some(_) => (Page::Next, text.review_go_on()),
        None => (Page::Result, text.review_to_result()),
    };
    view! {
        <h1 id="heading" tabindex="-1">{text.review_title()}</h1>
        {path.asked.is_empty().then(|| view! { <p>{text.review_empty()}</p> })}
        <dl class="answers">{rows}</dl>
        <a class="button" href=next.0.address()>{next.1}</a>
        <button type="button" class="quiet" on:click=move |_| state.forget()>{text.start_restart()}</button>
    }
    .into_any()
}

fn row(state: State, text: Text, question: &'static Question) -> impl IntoView {
    let said = state.answer(question.id).map(|answer| text.answer(question, answer));
    let short = text.get(question.short);
    view! {
        <div>
            <dt>{short}</dt>
            <dd>{said}</dd>
            <dd><a href=Page::Question(question.id).address() aria-label=text.review_change_what(short)>{text.review_change()}</a></dd>
        </div>
    }
}
