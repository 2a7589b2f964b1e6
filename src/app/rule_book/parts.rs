//! The few kinds of elements that the rule book is made of.
//!
//! Every kind of view of its own costs the page some 2 kB, so this page has one for all that never changes, and one for
//! what the search hides.

use leptos::{html::custom, prelude::*};

use super::search::Search;

/// An element; one with an id can be gone to, and takes the focus then.
pub fn part(tag: &'static str, id: Option<&'static str>, class: &'static str, inside: Vec<AnyView>) -> AnyView {
    let class = Some(class).filter(|class| !class.is_empty());
    custom(tag).attr("id", id).attr("class", class).attr("tabindex", id.map(|_| "-1")).child(inside).into_any()
}

pub fn link(address: String, words: &str) -> AnyView {
    view! { <a href=address>{words.to_owned()}</a> }.into_any()
}

pub fn said(words: &str) -> AnyView {
    words.to_owned().into_any()
}

/// An element with nothing but words.
pub fn line(tag: &'static str, class: &'static str, words: &str) -> AnyView {
    part(tag, None, class, vec![said(words)])
}

/// Hidden when nothing is found of what was added to the search from that place on.
pub fn found(tag: &'static str, search: Search, from: usize, marked: bool, inside: Vec<AnyView>) -> AnyView {
    custom(tag).class(("gone", search.hides(from))).class(("marked", marked)).child(inside).into_any()
}
