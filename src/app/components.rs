//! The few kinds of elements that most pages are made of.
//!
//! Every kind of view of its own costs the page some 2 kB: so whatever is only words in elements, links and buttons has one
//! type here. Forms have views of their own. Knows no page and words nothing.

use leptos::{ev, html::custom, prelude::*};

/// What an element may have beside what is in it. One with an id can be gone to, and takes the focus then.
#[derive(Clone, Default)]
pub struct Attributes {
    pub id: Option<&'static str>,
    pub class: &'static str,
    pub role: Option<&'static str>,
    /// `data-state`, for its colours.
    pub state: Option<&'static str>,
    pub scope: Option<&'static str>,
    pub colspan: Option<&'static str>,
    /// A drawing of what stands in words beside it.
    pub drawn: bool,
    pub labelled_by: Option<&'static str>,
    pub label: Option<&'static str>,
    /// Of the words in it, where it isn't the page's.
    pub lang: Option<&'static str>,
    /// Of a picture, whose label says what it shows.
    pub src: Option<String>,
    /// `data-findings`, for a host that asked for them.
    pub findings: Option<String>,
}

/// Handed down by the page: whether it is in English, so that the official Chinese terms in it are marked as Chinese.
#[derive(Clone, Copy)]
pub struct InEnglish(pub Signal<bool>);

/// An element with what it has and what is in it.
pub fn element(tag: &'static str, has: Attributes, inside: Vec<AnyView>) -> AnyView {
    let element = custom(tag).attr("id", has.id).attr("tabindex", has.id.map(|_| "-1")).attr("role", has.role);
    let element =
        element.attr("class", Some(has.class).filter(|class| !class.is_empty())).attr("data-state", has.state);
    let element = element.attr("scope", has.scope).attr("colspan", has.colspan);
    let element = element.attr("aria-hidden", has.drawn.then_some("true")).attr("aria-labelledby", has.labelled_by);
    let element = element.attr("aria-label", has.label);
    let element = element.attr("src", has.src).attr("data-findings", has.findings);
    element.attr("lang", has.lang).child(inside).into_any()
}

/// One with an id or a class and nothing else.
pub fn container(tag: &'static str, id: Option<&'static str>, class: &'static str, inside: Vec<AnyView>) -> AnyView {
    element(tag, Attributes { id, class, ..Attributes::default() }, inside)
}

/// A paragraph, item or the like with nothing but words.
pub fn text_element(tag: &'static str, class: &'static str, words: &str) -> AnyView {
    container(tag, None, class, vec![text_node(words)])
}

/// The page's heading.
pub fn heading(words: &str) -> AnyView {
    container("h1", Some("heading"), "", vec![text_node(words)])
}

/// Words; the Chinese among English ones is marked as such.
pub fn text_node(words: &str) -> AnyView {
    let english = use_context::<InEnglish>().is_some_and(|page| page.0.get_untracked());
    if !english || !words.contains(is_chinese) {
        return words.to_owned().into_any();
    }
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let chinese = is_chinese(first);
        let end = rest.find(|c| is_chinese(c) != chinese).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let words = piece.to_owned().into_any();
        pieces.push(if chinese {
            element("span", Attributes { lang: Some("zh-Hans"), ..Attributes::default() }, vec![words])
        } else {
            words
        });
        rest = after;
    }
    group(pieces)
}

/// Ideographs and the punctuation that goes with them.
fn is_chinese(c: char) -> bool {
    '\u{2e80}' <= c
}

/// Words that change.
pub fn live_text(words: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    Signal::derive(words).into_any()
}

/// A link to a page or to somewhere else.
pub fn link(class: &'static str, address: String, inside: Vec<AnyView>) -> AnyView {
    let class = Some(class).filter(|class| !class.is_empty());
    view! { <a href=address class=class>{inside}</a> }.into_any()
}

/// A button that does something at once; forms have their own.
pub fn button(class: &'static str, words: &str, press: impl Fn() + 'static) -> AnyView {
    let press: Box<dyn Fn()> = Box::new(press);
    view! { <button type="button" class=class on:click=move |_: ev::MouseEvent| press()>{words.to_owned()}</button> }
        .into_any()
}

/// A field of one line, with its label above; called with what is typed so far.
pub fn field(kind: &'static str, label: &str, typed: impl Fn(String) + 'static) -> AnyView {
    let typed: Box<dyn Fn(String)> = Box::new(typed);
    view! {
        <label class="field search">
            {text_element("span", "", label)}
            <input type=kind autocomplete="off" maxlength="60" on:input=move |event| typed(event_target_value(&event)) />
        </label>
    }
    .into_any()
}

/// What is made anew whenever something it looks at changes.
pub fn reactive(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let make: Box<dyn Fn() -> AnyView + Send> = Box::new(make);
    (move || make()).into_any()
}

/// Several views as one.
pub fn group(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}
