//! The answers, each with a way to change it.

use leptos::prelude::*;
use tables::{Question, QuestionId};

use super::{page::Page, state::State};
use crate::{browser, flow::Step, rules::Goal, text::Text};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(&format!("{} · {}", text.review_title(), text.site_title()));
    let path = state.path();
    // Of the page that comes next a part may be answered.
    let asked = path.asked.iter().copied().chain(path.next).flat_map(Step::questions);
    let asked: Vec<_> = asked.filter(|question| path.used.get(question.id).is_some()).collect();
    let empty = asked.is_empty();
    let rows = asked.into_iter().map(|question| row(state, text, question)).collect_view();
    let next = match path.next {
        Some(_) => (Page::Next, text.review_go_on()),
        None => (Page::Result, text.review_to_result()),
    };
    // The class is for one level, and nobody is asked for another by themselves.
    let goal = Goal::of(state.tables, &path.used);
    let level = goal != Goal::Claim && !empty && path.used.get(QuestionId::TargetLevel).is_none();
    view! {
        <h1 id="heading" tabindex="-1">{text.review_title()}</h1>
        {empty.then(|| view! { <p>{text.review_empty()}</p> })}
        <dl class="answers">{rows}</dl>
        {level.then(|| {
            let address = Page::Question(QuestionId::TargetLevel).address();
            view! { <p class="level"><a href=address>{text.review_level()}</a></p> }
        })}
        <a class="button" href=next.0.address()>{next.1}</a>
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
