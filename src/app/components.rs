//! The few kinds of elements that most pages consist of.
//!
//! Every further view type costs the page some 2 kB, so words in elements, links and buttons share one type here. Forms
//! have their own views. This module knows no page and contains no wording.

use leptos::{ev, html::custom, prelude::*};

/// The optional attributes of an element. An element with an id can receive the focus.
#[derive(Clone, Default)]
pub struct Attributes {
    pub id: Option<&'static str>,
    pub class: &'static str,
    pub role: Option<&'static str>,
    /// The `data-state` attribute, which selects the colours.
    pub state: Option<&'static str>,
    pub scope: Option<&'static str>,
    pub colspan: Option<&'static str>,
    /// Hides the element from assistive technology: it draws what the text beside it already states.
    pub drawn: bool,
    pub labelled_by: Option<&'static str>,
    pub label: Option<&'static str>,
    /// The language of the element's text if it differs from the page's.
    pub lang: Option<&'static str>,
    /// The address of a picture, whose label describes it.
    pub src: Option<String>,
    /// The `data-findings` attribute, for a host that asked for the result.
    pub findings: Option<String>,
}

/// Context of the page: whether its language is another one than Chinese, so that Chinese terms in its text are marked.
#[derive(Clone, Copy)]
pub struct MarksChinese(pub Signal<bool>);

/// Creates an element with attributes and children.
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

/// Creates an element with an optional id and a class.
pub fn container(tag: &'static str, id: Option<&'static str>, class: &'static str, inside: Vec<AnyView>) -> AnyView {
    element(tag, Attributes { id, class, ..Attributes::default() }, inside)
}

/// Creates an element that contains only text.
pub fn text_element(tag: &'static str, class: &'static str, words: &str) -> AnyView {
    container(tag, None, class, vec![text_node(words)])
}

/// Creates the page's heading.
pub fn heading(words: &str) -> AnyView {
    container("h1", Some("heading"), "", vec![text_node(words)])
}

/// Creates a text node; in another language, Chinese characters are marked as Chinese.
pub fn text_node(words: &str) -> AnyView {
    let marks = use_context::<MarksChinese>().is_some_and(|page| page.0.get_untracked());
    if !marks || !words.contains(is_chinese) {
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

/// Whether a character is a Chinese one or East Asian punctuation.
fn is_chinese(c: char) -> bool {
    '\u{2e80}' <= c
}

/// Creates text that updates itself.
pub fn live_text(words: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    Signal::derive(words).into_any()
}

/// Creates a link to a page or to another address.
pub fn link(class: &'static str, address: String, inside: Vec<AnyView>) -> AnyView {
    let class = Some(class).filter(|class| !class.is_empty());
    view! { <a href=address class=class>{inside}</a> }.into_any()
}

/// Creates a button that acts immediately; forms have their own buttons.
pub fn button(class: &'static str, words: &str, press: impl Fn() + 'static) -> AnyView {
    let press: Box<dyn Fn()> = Box::new(press);
    view! { <button type="button" class=class on:click=move |_: ev::MouseEvent| press()>{words.to_owned()}</button> }
        .into_any()
}

/// Creates an input of one line with its label above; `typed` is called with each new value.
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

/// Creates a view that is rendered again whenever a signal it reads changes.
pub fn reactive(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let make: Box<dyn Fn() -> AnyView + Send> = Box::new(make);
    (move || make()).into_any()
}

/// Combines several views into one.
pub fn group(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}
