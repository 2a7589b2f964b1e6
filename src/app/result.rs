//! The result: the answer first, then whatever the explanation says, drawn part by part.
//!
//! What is said stands in `explain`; here is only how it looks, and what one can do with it.

mod money;
mod time;
mod trial;

use leptos::prelude::*;
use tables::Contact;

use super::{page::Page, state::State};
use crate::{
    browser,
    explain::{self, Hint, Item, Mark, Part, Section},
    text::Text,
};

/// Follows the answers: keeping one that was tried out changes it in place.
pub fn view(state: State) -> AnyView {
    (move || whole(state)).into_any()
}

fn whole(state: State) -> AnyView {
    let text = state.text();
    let path = state.path();
    let explained = explain::explain(text, state.tables, &path, &state.assessment(), Some(state.today));
    browser::set_title(&format!("{} · {}", explained.headline, text.site_title()));
    let figure = explained.figure.map(|(label, amount)| {
        view! { <p class="figure">{label} " " <strong>{amount}</strong></p> }
    });
    view! {
        {explained.notes.into_iter().map(|note| words("warning", note)).collect_view()}
        <section class="answer" data-state=explained.state.map(|state| state.id())>
            <h1 id="heading" tabindex="-1">{explained.headline}</h1>
            {figure}
        </section>
        {path.next.is_some().then(|| view! {
            <p class="warning">{text.result_open()} " " <a href=Page::Next.address()>{text.review_go_on()}</a></p>
        })}
        {explained.sections.into_iter().map(|one| section(state, text, one)).collect_view()}
        <a class="button" href=Page::Answers.address()>{text.result_change()}</a>
    }
    .into_any()
}

fn section(state: State, text: Text, section: Section) -> AnyView {
    let parts: Vec<AnyView> = section.parts.into_iter().map(|one| part(state, text, one)).collect();
    view! { <section><h2>{section.heading}</h2>{parts}</section> }.into_any()
}

fn part(state: State, text: Text, part: Part) -> AnyView {
    match part {
        Part::Words(said) => words("", said),
        Part::Aside(said) => words("help", said),
        Part::Marked(said) => words("first", said),
        Part::Points(points) => {
            list("", points.into_iter().map(|point| view! { <li>{point}</li> }.into_any()).collect())
        }
        Part::Sum(rows) => money::view(rows),
        Part::Time(events) => time::view(text, &events),
        Part::Criteria(items) => list("criteria", items.into_iter().map(|one| item(text, one)).collect()),
        Part::Advice(hints) => {
            let hints = list("hints", hints.into_iter().map(|one| hint(state, text, one)).collect());
            view! { {hints} {trial::view(state)} }.into_any()
        }
        Part::Question(said) => question(text, said),
        Part::Contacts(contacts) => list("", contacts.iter().map(contact).collect()),
    }
}

/// A paragraph of some kind.
fn words(class: &'static str, said: String) -> AnyView {
    view! { <p class=class>{said}</p> }.into_any()
}

fn list(class: &'static str, rows: Vec<AnyView>) -> AnyView {
    view! { <ul class=class>{rows}</ul> }.into_any()
}

/// A criterion: title and state in one line, the rest behind a tap, reasons always.
fn item(text: Text, item: Item) -> AnyView {
    let mark = match item.mark {
        Mark::Met => "met",
        Mark::NotMet => "not-met",
        Mark::Open => "unknown",
        Mark::Aside => "aside",
    };
    let badge = |class: &'static str, said: String| view! { <span class=class>{said}</span> }.into_any();
    let badges = [Some(badge("badge", item.badge.to_owned())), item.would_be.map(|then| badge("badge then", then))];
    let behind: Vec<AnyView> = [item.rule]
        .into_iter()
        .chain(item.grounds)
        .filter(|said| !said.is_empty())
        .map(|said| words("", said))
        .collect();
    let reasons: Vec<AnyView> = item.reasons.into_iter().map(|said| words("reason", said)).collect();
    view! {
        <li data-state=mark>
            <details>
                <summary><span>{item.title} " " <small>{item.clause}</small></span> <span class="badges">{badges}</span></summary>
                {behind}
                <p><a href=Page::Rules(Some(item.clause)).address()>{text.rule_book_see(item.clause)}</a></p>
            </details>
            {reasons}
        </li>
    }
    .into_any()
}

/// Advice, with a way to try it.
fn hint(state: State, text: Text, hint: Hint) -> AnyView {
    let button = hint.answer.map(|(question, answer)| {
        let try_it = move |_| state.try_out(question, answer);
        view! { <button type="button" class="small" on:click=try_it>{text.trial_try()}</button> }
    });
    view! { <li><span>{hint.words}</span> {button}</li> }.into_any()
}

/// Something to send to an office, to be copied as it is.
fn question(text: Text, said: String) -> AnyView {
    let copied = RwSignal::new("");
    let to_copy = said.clone();
    let copy = move |_| {
        browser::copy(&to_copy, move |done| {
            copied.set(if done { text.result_copied() } else { text.result_copy_failed() });
        });
    };
    view! {
        <blockquote>{said}</blockquote>
        <button type="button" class="small" on:click=copy>{text.result_copy()}</button>
        <p role="status">{copied}</p>
    }
    .into_any()
}

fn contact(contact: &Contact) -> AnyView {
    let call = format!("tel:{}", contact.phone);
    view! { <li>{contact.office} " " {contact.person} " " <a href=call class="call">{contact.phone}</a></li> }
        .into_any()
}
