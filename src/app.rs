//! The page: start, questions, answers, result.
//!
//! Each page is a function from the state to what is shown; nothing here decides a rule or words a sentence. Pages are
//! told apart by the fragment of the address, so that the back button and a reload do what people expect.

mod forget;
mod later;
mod page;
mod parts;
mod question;
mod result;
mod review;
mod rule_book;
mod start;
mod state;

use leptos::{mount::mount_to, prelude::*};

use crate::{
    browser::{self, Wait},
    text::Language,
};
use later::Later;
use page::Page;
use parts::{Has, InEnglish, all, element, follow, line, link, part, said};
use state::{Notice, State};

/// Loads the wording and shows the page; where that fails, the page before the program stays.
pub fn start() {
    browser::give_up_on_panic();
    // Leptos's own spawning works only once something is mounted.
    browser::spawn(async {
        let language = browser::language().as_deref().and_then(Language::from_id).unwrap_or(Language::Simplified);
        match (state::load(language, Wait::Long).await, browser::place()) {
            (Ok(text), Some(place)) => {
                browser::history::keep();
                mount_to(place, move || app(State::new(text))).forget();
                browser::take_over();
            }
            (Err(error), _) => browser::give_up_without_language(language.id(), &error),
            (_, None) => browser::give_up(&"the page has no place for the program".into()),
        }
    });
}

fn app(state: State) -> AnyView {
    provide_context(InEnglish(Signal::derive(move || state.text().language == Language::English)));
    state.bring_later();
    Effect::new(move |before: Option<(Page, bool)>| {
        let page = state.page();
        let shown = (page, !later::makes(page) || state.later() == Later::There);
        // The first page is where the browser left it, unless a clause of the rules is asked for.
        if before.is_some_and(|before| before != shown) || before.is_none() && page.heading() != Page::Start.heading() {
            browser::history::arrive(page.heading());
        }
        shown
    });
    let name = link("name", "#".to_owned(), vec![follow(move || said(state.text().site_title()))]);
    let subtitle = part("p", None, "", vec![follow(move || said(state.text().site_subtitle()))]);
    let notices = element(
        "div",
        Has { class: "notices", role: Some("status"), ..Has::default() },
        vec![follow(move || notices(state))],
    );
    all(vec![
        part("header", None, "site", vec![name, subtitle]),
        notices,
        part("main", None, "", vec![follow(move || show(state))]),
        part("footer", None, "site", vec![follow(move || footer(state))]),
    ])
}

/// A page is made anew when one comes to it, not whenever an answer changes: what has to follow along does so by itself.
fn show(state: State) -> AnyView {
    let page = state.page();
    // Another language makes it anew as well, and so does what comes later.
    state.text();
    state.track_what_else_changes();
    if later::makes(page) {
        state.later();
    }
    untrack(|| match page {
        Page::Start => start::view(state),
        // Never stood on: the state goes on to what they mean.
        Page::Next | Page::For(_) => said(""),
        Page::Question(id) => question::view(state, id),
        Page::Answers => review::view(state),
        Page::Result | Page::Rules(_) => later::view(state, page),
    })
}

fn notices(state: State) -> AnyView {
    let text = state.text();
    let as_of = state.is_as_of_given().then(|| text.site_as_of_given(&text.date(state.as_of())));
    let as_of = as_of.map(|words| line("p", "notice", &words));
    let others = state.notices().into_iter().map(|notice| match notice {
        Notice::StorageRefused => line("p", "notice", text.notice_storage_refused()),
        Notice::RecordOfOtherVersion => line("p", "notice", text.notice_record_other_version()),
        Notice::RecordBroken => line("p", "notice", text.notice_record_broken()),
        Notice::RecordOld => line("p", "notice", text.notice_record_old()),
        // By its class a host learns of it.
        Notice::Deleted => line("p", "notice deleted", text.notice_deleted()),
        Notice::ChangedElsewhere => line("p", "notice", text.notice_changed_elsewhere()),
        Notice::NewDay => line("p", "notice", &text.notice_new_day(&text.date(state.as_of()))),
        Notice::LanguageMissing => line("p", "notice", text.notice_language_missing()),
        Notice::AsOfUnreadable => line("p", "notice", text.site_as_of_bad()),
        Notice::LinkTaken if !state.keeps() => line("p", "notice", text.carry_taken()),
        Notice::LinkTaken => line("p", "notice", &text.sentences(text.carry_taken(), text.carry_taken_kept())),
        Notice::LinkBroken => line("p", "notice", text.carry_broken()),
    });
    all(as_of.into_iter().chain(others).collect())
}

fn footer(state: State) -> AnyView {
    let text = state.text();
    let link = |page: Page, words: &str| parts::link("", page.address(), vec![said(words)]);
    let standing = text.standing(&text.date(state.as_of()), state.tables.version);
    let mut pages = Vec::new();
    if state.has_answers() {
        pages.extend([link(Page::Answers, text.site_answers()), link(Page::Result, text.site_result())]);
    }
    pages.push(link(Page::Rules(None), text.rule_book_title()));
    let mut inside =
        vec![line("p", "", &standing), element("nav", Has { label: Some(text.site_pages()), ..Has::default() }, pages)];
    // A session has a button of its own for that, which leaves nothing.
    inside.extend((state.has_answers() && !browser::is_session()).then(|| forget::view(state)));
    all(inside)
}
