//! The page: start, questions, answers, result and rule book.
//!
//! Each page is a function from the state to a view; this module decides no rule and words no sentence. The fragment of
//! the address names the page, so that the back button and a reload work as people expect.

mod components;
mod delete_answers;
mod later;
mod pages;
mod route;
mod state;

use leptos::{mount::mount_to, prelude::*};

use tables::{Kind, QuestionId};

use crate::{
    browser::{self, Wait},
    rules::{Phase, class_on},
    text::Language,
};
use components::{Attributes, MarksChinese, container, element, group, link, reactive, text_element, text_node};
use route::Route;
use state::{Later, Notice, State};

/// Loads the wording and mounts the page. If that fails, the static page stays.
pub fn start() {
    browser::show_static_page_on_panic();
    // Leptos can spawn tasks only after something is mounted; `browser::spawn` is that of wasm-bindgen.
    browser::spawn(async {
        let language = browser::language().as_deref().and_then(Language::from_id).unwrap_or(Language::FIRST);
        match (state::load(language, Wait::Long).await, browser::mount_point()) {
            (Ok(text), Some(place)) => {
                browser::history::keep();
                mount_to(place, move || app(State::new(text))).forget();
                browser::hide_static_page();
            }
            (Err(error), _) => browser::show_static_page_without_language(language.id(), &error),
            (_, None) => browser::show_static_page(&"the page has no place for the program".into()),
        }
    });
}

fn app(state: State) -> AnyView {
    provide_context(MarksChinese(Signal::derive(move || !state.text().language.is_chinese())));
    later::keep_loading(state);
    Effect::new(move |before: Option<(Route, bool)>| {
        let (route, loading) = (state.route(), state.loading());
        let shown = (route, loading == Later::There);
        // The first page keeps the position that the browser restored, unless the address names a clause of the rules.
        if before.is_some_and(|before| before != shown) || before.is_none() && route.heading() != Route::Start.heading()
        {
            browser::history::arrive(route.heading());
        }
        shown
    });
    let name = link("name", "#".to_owned(), vec![reactive(move || text_node(state.text().site_title()))]);
    let subtitle = container("p", None, "", vec![reactive(move || text_node(&subtitle(state)))]);
    let notices = element(
        "div",
        Attributes { class: "notices", role: Some("status"), ..Attributes::default() },
        vec![reactive(move || notices(state))],
    );
    group(vec![
        container("header", None, "site", vec![name, subtitle]),
        notices,
        container("main", None, "", vec![reactive(move || show(state))]),
        container("footer", None, "site", vec![reactive(move || footer(state))]),
    ])
}

/// Renders the page of the route. It is rendered again when the route changes, not when an answer changes: views that
/// depend on answers update themselves.
fn show(state: State) -> AnyView {
    let route = state.route();
    state.track_what_else_changes();
    untrack(|| match route {
        Route::Start => pages::start::view(state),
        // These routes are never shown: the state replaces them by the page that they lead to.
        Route::Next | Route::For(_) => text_node(""),
        Route::Question(id) => pages::question::view(state, id),
        Route::Answers => pages::review::view(state),
        Route::Later(page) => later::view(state, page),
    })
}

/// Names the class of the day.
fn subtitle(state: State) -> String {
    let text = state.text();
    let (Some(course), phase) = class_on(state.tables, state.as_of()) else { return String::new() };
    let level = match state.tables.question(QuestionId::TARGET_LEVEL).map(|question| question.kind) {
        Some(Kind::Choice(values)) => values.iter().find(|value| value.id == course.level.id()),
        _ => None,
    };
    let (class, level) = (text.get(course.name), level.map_or("", |value| text.get(value.label)));
    if phase == Phase::Past { text.site_subtitle_past(class, level) } else { text.site_subtitle(class, level) }
}

fn notices(state: State) -> AnyView {
    let text = state.text();
    let as_of = state.is_as_of_given().then(|| text.site_as_of_given(&text.date(state.as_of())));
    let as_of = as_of.map(|words| text_element("p", "notice", &words));
    let others = state.notices().into_iter().map(|notice| match notice {
        Notice::StorageRefused => text_element("p", "notice", text.notice_storage_refused()),
        Notice::RecordOfOtherVersion => text_element("p", "notice", text.notice_record_other_version()),
        Notice::RecordBroken => text_element("p", "notice", text.notice_record_broken()),
        Notice::RecordOld => text_element("p", "notice", text.notice_record_old()),
        // The script for hosts detects the deletion by this class.
        Notice::Deleted => text_element("p", "notice deleted", text.notice_deleted()),
        Notice::ChangedElsewhere => text_element("p", "notice", text.notice_changed_elsewhere()),
        Notice::NewDay => text_element("p", "notice", &text.notice_new_day(&text.date(state.as_of()))),
        Notice::LanguageMissing => text_element("p", "notice", text.notice_language_missing()),
        Notice::AsOfUnreadable => text_element("p", "notice", text.site_as_of_bad()),
        Notice::LinkTaken if !state.keeps() => text_element("p", "notice", text.carry_taken()),
        Notice::LinkTaken => text_element("p", "notice", &text.sentences(text.carry_taken(), text.carry_taken_kept())),
        Notice::LinkBroken => text_element("p", "notice", text.carry_broken()),
    });
    group(as_of.into_iter().chain(others).collect())
}

fn footer(state: State) -> AnyView {
    let text = state.text();
    let link = |page: Route, words: &str| components::link("", page.address(), vec![text_node(words)]);
    let standing = text.standing(&text.date(state.as_of()), state.tables.version);
    let mut pages = Vec::new();
    if state.has_answers() {
        pages.extend([link(Route::Answers, text.site_answers()), link(Route::RESULT, text.site_result())]);
    }
    pages.push(link(Route::rules(None), text.rule_book_title()));
    let mut inside = vec![
        text_element("p", "", &standing),
        element("nav", Attributes { label: Some(text.site_pages()), ..Attributes::default() }, pages),
    ];
    // An info session has its own button, which leaves nothing behind.
    inside.extend((state.has_answers() && !browser::is_session()).then(|| delete_answers::view(state)));
    group(inside)
}
