//! The result: the answer first, then whatever the explanation says, drawn part by part.
//!
//! What is said stands in `explain`; here is only how it looks, and what one can do with it.

mod carry;
mod draw;
mod money;
mod time;
mod trial;

use leptos::prelude::*;
use tables::Contact;

use super::{
    page::Page,
    parts::{Has, all, button, element, follow, heading, line, link, part, said},
    state::State,
};
use crate::{
    browser::{self, out},
    explain::{self, Hint, Item, Mark, Part, Section},
    rules::{Assessment, Range},
    text::Text,
};

/// The human resources bureaus' hotline, as the wording names it.
const HOTLINE: &str = "12333";

/// Follows the answers: keeping one that was tried out changes it in place.
pub fn view(state: State, text: Text) -> AnyView {
    follow(move || whole(state, text))
}

fn whole(state: State, text: Text) -> AnyView {
    let consultation = state.consultation();
    let explained = explain::explain(text, state.tables, &consultation, Some(state.today()));
    browser::set_title(&format!("{} · {}", explained.headline, text.site_title()));
    let mut answer = vec![heading(&explained.headline)];
    answer.extend(explained.notes.iter().map(|words| line("p", "", words)));
    if let Some((label, amount)) = &explained.figure {
        answer.push(part("p", None, "figure", vec![said(label), said(" "), line("strong", "", amount)]));
    }
    answer.extend(explained.below.iter().map(|words| line("p", "", words)));
    let state_of = explained.state.map(|state| state.id());
    let findings = Some(findings(&consultation.assessment));
    let mut inside =
        vec![element("section", Has { class: "answer", state: state_of, findings, ..Has::default() }, answer)];
    if !consultation.is_complete() {
        let go_on = link("", Page::Next.address(), vec![said(text.review_go_on())]);
        inside.push(part("p", None, "warning", vec![said(text.result_open()), said(" "), go_on]));
    }
    let carried = carry::view(state, text, &explained);
    let sections = explained.sections.into_iter().map(|one| section(state, text, one));
    // A session's people take it with them first of all.
    if browser::is_session() {
        inside.push(carried);
        inside.extend(sections);
    } else {
        inside.extend(sections);
        inside.push(carried);
    }
    inside.push(link("button", Page::Answers.address(), vec![said(text.result_change())]));
    all(inside)
}

/// States and amounts, in the contract's shape and in JSON. Ids and digits have nothing in them that would have to be escaped.
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
    let mut inside = vec![line("h2", "", &section.heading)];
    inside.extend(section.parts.into_iter().map(|one| shown(state, text, one)));
    part("section", None, "", inside)
}

fn shown(state: State, text: Text, shown: Part) -> AnyView {
    match shown {
        Part::Words(words) => part("p", None, "", dialled(&words)),
        Part::Aside(words) => line("p", "help", &words),
        Part::Marked(words) => line("p", "first", &words),
        Part::Points(points) => list("", points.iter().map(|point| line("li", "", point)).collect()),
        Part::Information(points) => list("information", points.iter().map(|point| line("li", "", point)).collect()),
        Part::Sum(rows) => money::view(rows),
        Part::Time(events) => time::view(text, &events),
        Part::Criteria(items) => list("criteria", items.into_iter().map(|one| item(text, one)).collect()),
        Part::Advice(hints) => {
            let hints = list("hints", hints.into_iter().map(|one| hint(state, text, one)).collect());
            all(vec![hints, trial::view(state, text)])
        }
        Part::Papers(papers) => list("papers", papers.into_iter().map(|(id, words)| paper(state, id, words)).collect()),
        Part::GoOn(goal, words) => link("button", Page::For(goal).address(), vec![said(&words)]),
        Part::Question(words) => all(vec![line("blockquote", "", &words), copier(text, text.result_copy(), words)]),
        Part::Contacts(contacts) => list("contacts", contacts.iter().map(|one| contact(text, one)).collect()),
    }
}

fn list(class: &'static str, rows: Vec<AnyView>) -> AnyView {
    part("ul", None, class, rows)
}

/// A criterion: title and state in one line, the rest behind a tap, reasons always.
fn item(text: Text, item: Item) -> AnyView {
    let mark = match item.mark {
        Mark::Met => "met",
        Mark::NotMet => "not-met",
        Mark::Open => "unknown",
        Mark::Aside => "aside",
    };
    let mut badges = vec![line("span", "badge", item.badge)];
    badges.extend(item.would_be.map(|then| line("span", "badge then", &then)));
    let title = part("span", None, "", vec![said(&item.title), said(" "), line("small", "", item.clause)]);
    let mut behind = vec![part("summary", None, "", vec![title, said(" "), part("span", None, "badges", badges)])];
    let words = [item.rule].into_iter().chain(item.grounds).filter(|words| !words.is_empty());
    behind.extend(words.map(|words| line("p", "", &words)));
    let rule = link("", Page::Rules(Some(item.clause)).address(), vec![said(&text.rule_book_see(item.clause))]);
    behind.push(part("p", None, "", vec![rule]));
    let mut inside = vec![part("details", None, "", behind)];
    inside.extend(item.reasons.iter().map(|words| line("p", "reason", words)));
    element("li", Has { state: Some(mark), ..Has::default() }, inside)
}

/// Advice, with a way to try it.
fn hint(state: State, text: Text, hint: Hint) -> AnyView {
    let mut inside = vec![line("span", "", &hint.words)];
    if !hint.answers.is_empty() {
        inside.extend([said(" "), button("small", text.trial_try(), move || state.try_out(&hint.answers))]);
    }
    part("li", None, "", inside)
}

/// A paper with its tick, which stays on the device.
fn paper(state: State, id: &'static str, words: String) -> AnyView {
    let ticked = move || state.has_paper(id);
    view! {
        <li><label class="row">
            <input type="checkbox" prop:checked=ticked on:change=move |_| state.tick_paper(id) /><span>{said(&words)}</span>
        </label></li>
    }
    .into_any()
}

/// A button that copies words; where that is refused, the words to be copied by hand. Not in a session: the next person would
/// have them.
fn copier(text: Text, label: &str, words: String) -> AnyView {
    if browser::is_session() {
        return said("");
    }
    let done = RwSignal::new(None);
    let copied = words.clone();
    let copy = button("small", label, move || out::copy(&copied, move |copied| done.set(Some(copied))));
    let said = follow(move || match done.get() {
        None => said(""),
        Some(true) => said(text.result_copied()),
        Some(false) => all(vec![said(text.result_copy_failed()), line("pre", "whole", &words)]),
    });
    part("div", None, "", vec![copy, element("div", Has { role: Some("status"), ..Has::default() }, vec![said])])
}

/// Words in which the hotline, where it is named, is a link that calls it.
fn dialled(words: &str) -> Vec<AnyView> {
    let call = || link("call", format!("tel:{HOTLINE}"), vec![said(HOTLINE)]);
    let mut all = Vec::new();
    for (at, piece) in words.split(HOTLINE).enumerate() {
        all.extend((0 < at).then(call));
        all.push(said(piece));
    }
    all
}

fn contact(text: Text, contact: &Contact) -> AnyView {
    let call = link("call", format!("tel:{}", contact.phone), vec![said(contact.phone)]);
    let copy = copier(text, &text.carry_contact_copy(contact.phone), contact.phone.to_owned());
    let about = [text.get(contact.office), " ", text.get(contact.person), " "].map(said);
    let also = said(&text.with_aside("", text.also_on(contact)));
    part("li", None, "", about.into_iter().chain([call, also, copy]).collect())
}
