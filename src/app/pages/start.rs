//! The first page: what people can find out here, how long it takes, and what has ended already.
//!
//! `index.html` shows the same before the program is loaded; keep the two alike.

use leptos::prelude::*;
use tables::{Date, Kind, QuestionId};

use crate::app::{
    components::{button, container, group, heading, link, reactive, text_element, text_node},
    route::Route,
    state::State,
};
use crate::{
    browser,
    rules::{self, Answer, Goal, Phase},
    text::FirstText,
};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.site_title());
    // Everybody is told about the end of the class and of the regulation, whatever they answered before.
    let past = |end: Option<Date>| end.filter(|end| *end < state.as_of());
    let (course, phase) = rules::class_on(state.tables, state.as_of());
    let over = past(course.and_then(|course| course.validity.to)).map(|day| text.date(day));
    let ended = past(rules::regulations_end(state.tables, state.as_of()));
    let begun = state.has_answers();
    let mut inside =
        vec![reactive(move || offered(state)), heading(text.start_title()), text_element("p", "", text.start_intro())];
    inside.extend(begun.then(|| go_on(state, text)));
    let course = course.filter(|_| phase == Phase::During);
    inside.extend(
        course
            .and_then(|course| match state.as_of() {
                day if day < course.starts.from => None,
                day if course.starts.to.is_some_and(|last| last < day) => Some(text.result_dates_running()),
                _ => Some(text.result_dates_starting()),
            })
            .map(|words| text_element("p", "warning", words)),
    );
    inside.extend(over.map(|day| text_element("p", "warning", &text.start_past(&day))));
    inside.extend(other_classes(state, text));
    inside.extend(ended.map(|day| text_element("p", "warning", &text.start_ended(&text.date(day)))));
    // A copy of this page becomes outdated where it is kept.
    inside.extend(ended.filter(|_| !browser::is_framed()).map(|_| text_element("p", "help", &newer(text))));
    inside.extend(begun.then(|| text_element("h2", "", text.start_again())));
    inside.push(container("ul", None, "goals", choices(text)));
    let privacy = if browser::is_session() { text.start_privacy_session() } else { text.start_privacy() };
    let facts = [text.start_time(), privacy, text.start_estimate()];
    inside.push(container("ul", None, "facts", facts.into_iter().map(|words| text_element("li", "", words)).collect()));
    let rules = link("", Route::rules(None).address(), vec![text_node(text.rule_book_from_start())]);
    inside.push(container("p", None, "", vec![rules]));
    group(inside)
}

/// Names the other classes: those that can be joined already, and from when on the later ones can be.
fn other_classes(state: State, text: FirstText) -> Vec<AnyView> {
    let as_of = state.as_of();
    let (open, later): (Vec<_>, Vec<_>) =
        rules::other_classes(state.tables, as_of).partition(|course| course.validity.from <= as_of);
    let open = text.list(open.iter().map(|course| text.get(course.name)));
    let open = (!open.is_empty()).then(|| text.start_classes_open(&open));
    let later =
        later.iter().map(|course| text.start_class_later(text.get(course.name), &text.date(course.validity.from)));
    open.into_iter().chain(later).map(|words| text_element("p", "", &words)).collect()
}

/// Asks whether to use answers from a link, when there are other answers or the page is in a frame.
fn offered(state: State) -> AnyView {
    let text = state.text();
    let Some(answers) = state.offered() else { return text_node("") };
    let count = answers.count().to_string();
    let (question, keep) = match browser::is_framed() {
        true => (text.carry_question_framed(&count), text.carry_decline()),
        false => (text.carry_question(&count), text.carry_keep()),
    };
    container(
        "div",
        None,
        "warning",
        vec![
            text_element("p", "", &question),
            button("button", text.carry_use(), move || state.use_offered()),
            button("quiet", keep, move || state.drop_offered()),
        ],
    )
}

/// Explains how to get newer rules than these.
fn newer(text: FirstText) -> String {
    match (browser::is_file(), browser::online_address()) {
        (false, _) => text.start_newer_page().to_owned(),
        (true, Some(address)) => text.start_newer_at(&address),
        (true, None) => text.start_newer_file().to_owned(),
    }
}

/// Renders the button to continue for a person who has given answers before.
fn go_on(state: State, text: FirstText) -> AnyView {
    let about = match (state.answer(QuestionId::GOAL), state.tables.question(QuestionId::GOAL).map(|goal| goal.kind)) {
        (Some(Answer::Choice(at)), Some(Kind::Choice(values))) => values.get(usize::from(at)),
        _ => None,
    };
    let words = if state.path().next.is_none() { text.review_to_result() } else { text.start_go_on() };
    let about = about.map(|value| text_element("p", "", &text.start_about(text.get(value.label))));
    group(about.into_iter().chain([link("button", Route::Next.address(), vec![text_node(words)])]).collect())
}

fn choices(text: FirstText) -> Vec<AnyView> {
    let each = [
        (Goal::Enrol, text.start_enrol(), text.start_enrol_more()),
        (Goal::Exam, text.start_exam(), text.start_exam_more()),
        (Goal::Claim, text.start_claim(), text.start_claim_more()),
    ];
    let choice = |(goal, words, more): (Goal, &'static str, &'static str)| {
        let inside = vec![text_element("strong", "", words), text_node(" "), text_element("span", "", more)];
        container("li", None, "", vec![link("", Route::For(goal).address(), inside)])
    };
    each.into_iter().map(choice).collect()
}
