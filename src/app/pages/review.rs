//! The answers, each with a link to change it.

use leptos::prelude::*;
use tables::{Question, QuestionId};

use crate::app::{
    components::{container, group, heading, link, text_element, text_node},
    route::Route,
    state::State,
};
use crate::{browser, flow::QuestionPage, rules::Goal, text::FirstText};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(&format!("{} · {}", text.review_title(), text.site_title()));
    let path = state.path();
    // Some questions of the next page may be answered already.
    let asked = path.asked.iter().copied().chain(path.next).flat_map(QuestionPage::questions);
    let asked: Vec<_> = asked.filter(|question| path.used.get(question.id).is_some()).collect();
    let empty = asked.is_empty();
    let rows = asked.into_iter().map(|question| row(state, text, question)).collect();
    let next = match path.next {
        Some(_) => (Route::Next, text.review_go_on()),
        None => (Route::RESULT, text.review_to_result()),
    };
    // The class is for one level, so people are not asked about another level; a link lets them choose one.
    let goal = Goal::of(state.tables, &path.used);
    let level = goal != Goal::Claim && !empty && path.used.get(QuestionId::TARGET_LEVEL).is_none();
    let mut inside = vec![heading(text.review_title())];
    inside.extend(empty.then(|| text_element("p", "", text.review_empty())));
    inside.push(container("dl", None, "answers", rows));
    if level {
        let address = Route::Question(QuestionId::TARGET_LEVEL).address();
        inside.push(container("p", None, "level", vec![link("", address, vec![text_node(text.review_level())])]));
    }
    inside.push(link("button", next.0.address(), vec![text_node(next.1)]));
    group(inside)
}

fn row(state: State, text: FirstText, question: &'static Question) -> AnyView {
    let words = state.answer(question.id).map(|answer| text.answer(question, answer)).unwrap_or_default();
    let short = text.get(question.short);
    let address = Route::Question(question.id).address();
    // Several links have the same text, so each has a label that names its question for screen readers.
    let change =
        view! { <a href=address aria-label=text.review_change_what(short)>{text.review_change()}</a> }.into_any();
    container(
        "div",
        None,
        "",
        vec![text_element("dt", "", short), text_element("dd", "", &words), container("dd", None, "", vec![change])],
    )
}
