//! The result page: the answer first, then the sections of the explanation.
//!
//! The text comes from `explain`; this module decides only its appearance and what the person can do with it.

mod carry;
mod draw;
mod money;
mod time;
mod what_if;

use leptos::prelude::*;
use tables::Contact;

use crate::app::{
    components::{Attributes, button, container, element, group, heading, link, reactive, text_element, text_node},
    route::Route,
    state::State,
};
use crate::{
    browser::{self, out},
    explain::{self, Block, Hint, Item, Mark, Section},
    rules::{Assessment, Range},
    text::Text,
};

/// The hotline of the human resources bureaus, as the wording names it.
const HOTLINE: &str = "12333";

/// Renders the result and updates it when the answers change, for example when a tried answer is kept.
pub fn view(state: State, text: Text) -> AnyView {
    reactive(move || whole(state, text))
}

fn whole(state: State, text: Text) -> AnyView {
    let consultation = state.consultation();
    let explained = explain::explain(text, state.tables, &consultation, Some(state.today()));
    browser::set_title(&format!("{} · {}", explained.headline, text.site_title()));
    let mut answer = vec![heading(&explained.headline)];
    answer.extend(explained.notes.iter().map(|words| text_element("p", "", words)));
    if let Some((label, amount)) = &explained.figure {
        answer.push(container(
            "p",
            None,
            "figure",
            vec![text_node(label), text_node(" "), text_element("strong", "", amount)],
        ));
    }
    answer.extend(explained.below.iter().map(|words| text_element("p", "", words)));
    let state_of = explained.state.map(|state| state.id());
    let findings = Some(findings(&consultation.assessment));
    let mut inside = vec![element(
        "section",
        Attributes { class: "answer", state: state_of, findings, ..Attributes::default() },
        answer,
    )];
    if !consultation.is_complete() {
        let go_on = link("", Route::Next.address(), vec![text_node(text.review_go_on())]);
        inside.push(container("p", None, "warning", vec![text_node(text.result_open()), text_node(" "), go_on]));
    }
    let carried = carry::view(state, text, &explained);
    let sections = explained.sections.into_iter().map(|one| section(state, text, one));
    // In an info session, people first of all take the result with them.
    if browser::is_session() {
        inside.push(carried);
        inside.extend(sections);
    } else {
        inside.extend(sections);
        inside.push(carried);
    }
    inside.push(link("button", Route::Answers.address(), vec![text_node(text.result_change())]));
    group(inside)
}

/// Returns the states and amounts (yuan) of the findings as JSON in the shape of the contract. Ids and numbers need no
/// escaping.
fn findings(assessment: &Assessment) -> String {
    let each = assessment.findings.iter().map(|finding| {
        let amount = match finding.amount {
            None => String::new(),
            Some(None) => r#","amount":null"#.to_owned(),
            Some(Some(Range { min, max })) => {
                format!(r#","amount":{{"min":"{}","max":"{}"}}"#, min.normalize(), max.normalize())
            }
        };
        format!(r#""{}":{{"state":"{}"{amount}}}"#, finding.id.id(), finding.state.id())
    });
    format!("{{{}}}", each.collect::<Vec<_>>().join(","))
}

fn section(state: State, text: Text, section: Section) -> AnyView {
    let mut inside = vec![text_element("h2", "", &section.heading)];
    inside.extend(section.blocks.into_iter().map(|one| shown(state, text, one)));
    container("section", None, "", inside)
}

fn shown(state: State, text: Text, shown: Block) -> AnyView {
    match shown {
        Block::Paragraph(words) => container("p", None, "", dialled(&words)),
        Block::Note(words) => text_element("p", "help", &words),
        Block::Highlight(words) => text_element("p", "first", &words),
        Block::Bullets(points) => list("", points.iter().map(|point| text_element("li", "", point)).collect()),
        Block::Information(points) => {
            list("information", points.iter().map(|point| text_element("li", "", point)).collect())
        }
        Block::Sum(rows) => money::view(rows),
        Block::Timeline(events) => time::view(text, &events),
        Block::Criteria(items) => list("criteria", items.into_iter().map(|one| item(text, one)).collect()),
        Block::Advice(hints) => {
            let hints = list("hints", hints.into_iter().map(|one| hint(state, text, one)).collect());
            group(vec![hints, what_if::view(state, text)])
        }
        Block::Papers(papers) => {
            list("papers", papers.into_iter().map(|(id, words)| paper(state, id, words)).collect())
        }
        Block::Continue(goal, words) => link("button", Route::For(goal).address(), vec![text_node(&words)]),
        Block::Inquiry(words) => {
            group(vec![text_element("blockquote", "", &words), copier(text, text.result_copy(), words)])
        }
        Block::Contacts(contacts) => list("contacts", contacts.iter().map(|one| contact(text, one)).collect()),
    }
}

fn list(class: &'static str, rows: Vec<AnyView>) -> AnyView {
    container("ul", None, class, rows)
}

/// Renders a criterion: its title, state and reasons are visible, and the rest is folded.
fn item(text: Text, item: Item) -> AnyView {
    let mark = match item.mark {
        Mark::Met => "met",
        Mark::NotMet => "not-met",
        Mark::Open => "unknown",
        Mark::NotCounted => "not-counted",
    };
    let mut badges = vec![text_element("span", "badge", item.badge)];
    badges.extend(item.would_be.map(|then| text_element("span", "badge then", &then)));
    let title = container(
        "span",
        None,
        "",
        vec![text_node(&item.title), text_node(" "), text_element("small", "", item.clause)],
    );
    let mut behind =
        vec![container("summary", None, "", vec![title, text_node(" "), container("span", None, "badges", badges)])];
    let words = [item.rule].into_iter().chain(item.grounds).filter(|words| !words.is_empty());
    behind.extend(words.map(|words| text_element("p", "", &words)));
    let rule = link("", Route::rules(Some(item.clause)).address(), vec![text_node(&text.rule_book_see(item.clause))]);
    behind.push(container("p", None, "", vec![rule]));
    let mut inside = vec![container("details", None, "", behind)];
    inside.extend(item.reasons.iter().map(|words| text_element("p", "reason", words)));
    element("li", Attributes { state: Some(mark), ..Attributes::default() }, inside)
}

/// Renders a piece of advice, with a button to try it.
fn hint(state: State, text: Text, hint: Hint) -> AnyView {
    let mut inside = vec![text_element("span", "", &hint.words)];
    if !hint.answers.is_empty() {
        inside.extend([text_node(" "), button("small", text.what_if_try(), move || state.try_out(&hint.answers))]);
    }
    container("li", None, "", inside)
}

/// Renders a document with its check box; the tick stays on the device.
fn paper(state: State, id: &'static str, words: String) -> AnyView {
    let ticked = move || state.has_paper(id);
    view! {
        <li><label class="row">
            <input type="checkbox" prop:checked=ticked on:change=move |_| state.tick_paper(id) /><span>{text_node(&words)}</span>
        </label></li>
    }
    .into_any()
}

/// Creates a button that copies text; if the browser refuses, the text is shown for copying by hand. Empty in an info
/// session, because the next person would have the copy.
fn copier(text: Text, label: &str, words: String) -> AnyView {
    if browser::is_session() {
        return text_node("");
    }
    let done = RwSignal::new(None);
    let copied = words.clone();
    let copy = button("small", label, move || out::copy(&copied, move |copied| done.set(Some(copied))));
    let said = reactive(move || match done.get() {
        None => text_node(""),
        Some(true) => text_node(text.result_copied()),
        Some(false) => group(vec![text_node(text.result_copy_failed()), text_element("pre", "whole", &words)]),
    });
    container(
        "div",
        None,
        "",
        vec![copy, element("div", Attributes { role: Some("status"), ..Attributes::default() }, vec![said])],
    )
}

/// Returns text in which the hotline's number is a link that calls it.
fn dialled(words: &str) -> Vec<AnyView> {
    let call = || link("call", format!("tel:{HOTLINE}"), vec![text_node(HOTLINE)]);
    let mut all = Vec::new();
    for (at, piece) in words.split(HOTLINE).enumerate() {
        all.extend((0 < at).then(call));
        all.push(text_node(piece));
    }
    all
}

fn contact(text: Text, contact: &Contact) -> AnyView {
    let call = link("call", format!("tel:{}", contact.phone), vec![text_node(contact.phone)]);
    let copy = copier(text, &text.carry_contact_copy(contact.phone), contact.phone.to_owned());
    let about = [text.get(contact.office), " ", text.get(contact.person), " "].map(text_node);
    let also = text_node(&text.with_note("", text.also_on(contact)));
    container("li", None, "", about.into_iter().chain([call, also, copy]).collect())
}
