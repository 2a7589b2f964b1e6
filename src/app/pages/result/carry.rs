//! What a person takes away from the result: text, paper, calendar file, a link with its QR code, and the note for the
//! bank transfer.
//!
//! Nothing is created or passed on before the person presses a button, and each item explains what to do if the browser
//! refuses.

use leptos::prelude::*;

use super::copier;
use crate::{
    app::{
        components::{Attributes, button, container, element, field, group, reactive, text_element, text_node},
        state::State,
    },
    browser::{self, out},
    explain::Explanation,
    record,
    rules::{FindingId, Truth},
    takeaway::{self, calendar, code::Code},
    text::Text,
};

/// The name of the calendar file.
const CALENDAR: &str = "subsidy-checker.ics";

pub fn view(state: State, text: Text, explained: &Explanation) -> AnyView {
    let standing = text.date(state.as_of());
    if browser::is_session() {
        return container("section", None, "carry", vec![to_phone(state, text, explained, &standing)]);
    }
    let whole = explained.plain(text, &standing, state.tables.version);
    let mut inside = vec![
        text_element("h2", "", text.carry_title()),
        copier(text, text.carry_copy(), whole),
        button("small", text.carry_print(), out::print),
        text_element("p", "help", text.carry_print_help()),
    ];
    inside.extend(days(state, text, explained));
    inside.extend(note(state, text));
    inside.push(elsewhere(state, text, explained, &standing));
    container("section", None, "carry", inside)
}

/// Renders the known dates, as a calendar file to save and as a list.
fn days(state: State, text: Text, explained: &Explanation) -> Option<AnyView> {
    if explained.reminders.is_empty() {
        return None;
    }
    let all_days = explained.reminders.iter();
    let words = all_days.map(|one| text_element("li", "", &text.carry_day(&text.date(one.day), &one.words))).collect();
    let reminders = explained.reminders.clone();
    let save = move || {
        let file = calendar::file(text.site_title(), &reminders, state.today(), browser::now());
        out::save(CALENDAR, "text/calendar", &file);
    };
    Some(group(vec![
        button("small", text.carry_calendar(), save),
        text_element("p", "help", text.carry_calendar_help()),
        container("ul", None, "", words),
    ]))
}

/// The code for the person's own phone in an info session, where nothing may stay on the device: a QR code of the link
/// or, without an address or a network, of a short text.
fn to_phone(state: State, text: Text, explained: &Explanation, standing: &str) -> AnyView {
    let count = state.path().used.count().to_string();
    let link = link(state, text);
    let summary = takeaway::summary(explained, text, standing, state.tables.version);
    let in_words = RwSignal::new(link.is_none());
    let shown = reactive(move || match link.as_ref().filter(|_| !in_words.get()) {
        Some(link) => group(vec![
            text_element("p", "", text.carry_session_link()),
            code(link, text.carry_link_code()),
            text_element("p", "help", &text.carry_session_warning(&count)),
            button("small", text.carry_session_to_text(), move || in_words.set(true)),
        ]),
        None => group(vec![text_element("p", "", text.carry_session_text()), code(&summary, text.carry_text_code())]),
    });
    group(vec![text_element("h2", "", text.carry_session_title()), container("div", None, "made", vec![shown])])
}

/// Returns a link that contains the answers, if the page has an address for it.
fn link(state: State, text: Text) -> Option<String> {
    let address = browser::own_address()?;
    let as_of = state.is_as_of_given().then(|| state.as_of());
    let record = record::to_text(state.tables, &state.path().used, state.today());
    Some(takeaway::link(&address, text.language, as_of, &record))
}

/// Renders the link and its QR code, or without an address the QR code of a short text. Created when the person asks
/// for it.
fn elsewhere(state: State, text: Text, explained: &Explanation, standing: &str) -> AnyView {
    let count = state.path().used.count().to_string();
    let link = link(state, text);
    let summary = takeaway::summary(explained, text, standing, state.tables.version);
    let (title, help, make) = match link {
        Some(_) => (text.carry_link_title(), text.carry_link_warning(&count), text.carry_link_make()),
        None => (text.carry_text_title(), text.carry_text_help().to_owned(), text.carry_text_make()),
    };
    let made = RwSignal::new(false);
    let shown = reactive(move || {
        if !made.get() {
            return button("small", make, move || made.set(true));
        }
        match &link {
            Some(link) => {
                let help = text_element("p", "help", text.carry_code_help());
                group(vec![code(link, text.carry_link_code()), help, handed(text, link)])
            }
            None => group(vec![code(&summary, text.carry_text_code()), text_element("pre", "whole", &summary)]),
        }
    });
    group(vec![
        text_element("h2", "", title),
        text_element("p", "", &help),
        container("div", None, "made", vec![shown]),
    ])
}

/// Renders a QR code as a picture that can be held, saved and printed.
fn code(content: &str, about: &'static str) -> AnyView {
    match Code::of(content).and_then(|code| out::picture(&code.png())) {
        Some(picture) => {
            let has = Attributes { class: "code", src: Some(picture), label: Some(about), ..Attributes::default() };
            element("img", has, Vec::new())
        }
        None => text_node(""),
    }
}

/// Renders the link and the buttons to share or copy it.
fn handed(text: Text, link: &str) -> AnyView {
    let shared = link.to_owned();
    let share = || button("small", text.carry_link_share(), move || out::share(text.site_title(), &shared));
    let mut inside = vec![text_element("p", "address", link)];
    inside.extend(out::can_share().then(share));
    inside.push(copier(text, text.carry_link_copy(), link.to_owned()));
    group(inside)
}

/// Renders the note of a bank transfer from a name that is not stored, as long as there is a class to pay for.
fn note(state: State, text: Text) -> Option<AnyView> {
    // People who can no longer join the class should not pay.
    let assessment = state.consultation().assessment;
    assessment.finding(FindingId::CourseDates).filter(|dates| dates.state != Truth::NotMet)?;
    let course = assessment.course?;
    let name = RwSignal::new(String::new());
    let shown = reactive(move || match takeaway::note(course, &name.get()) {
        Some(note) => group(vec![
            text_element("p", "help", &text.carry_note_help(&note.chars().count().to_string())),
            element(
                "p",
                Attributes { class: "address", lang: Some("zh-Hans"), ..Attributes::default() },
                vec![text_node(&note)],
            ),
            copier(text, text.carry_note_copy(), note),
        ]),
        None => text_node(""),
    });
    let field = field("text", text.carry_note_name(), move |typed| name.set(typed));
    Some(group(vec![text_element("h2", "", text.carry_note_title()), field, shown]))
}
