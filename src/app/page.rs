//! Which page a fragment means. No fragment holds an answer.
//!
//! `start/claim` is the one that looks like it. It names what somebody wants to look up, as a link on the start page or
//! on an association's page does: everybody who follows it has the same one, and it says nothing about a person. It works
//! before the program has come, which no button could; and it doesn't stay in the address or the history, because the
//! first question takes its place.

use tables::QuestionId;

use crate::{
    rule_book,
    rules::{Goal, TABLES},
};

/// A page of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    Start,
    /// The first question for whoever wants to find out this.
    For(Goal),
    /// Whatever is to be asked next.
    Next,
    Question(QuestionId),
    Answers,
    Result,
    /// The rule book, opened at one of its clauses or parts.
    Rules(Option<&'static str>),
}

impl Page {
    /// A fragment that means nothing is the start: old links and typing errors end there.
    pub fn from_fragment(fragment: &str) -> Page {
        match fragment {
            "q" => Page::Next,
            "answers" => Page::Answers,
            "result" => Page::Result,
            "rules" => Page::Rules(None),
            other => match other.split_once('/') {
                Some(("q", id)) => QuestionId::from_id(id).map_or(Page::Start, Page::Question),
                Some(("start", id)) => Goal::from_id(id).map_or(Page::Start, Page::For),
                Some(("rules", id)) => Page::Rules(rule_book::anchor(&TABLES, id)),
                _ => Page::Start,
            },
        }
    }

    pub fn fragment(self) -> String {
        match self {
            Page::Start => String::new(),
            Page::For(goal) => format!("start/{}", goal.id()),
            Page::Next => "q".to_owned(),
            Page::Question(id) => format!("q/{}", id.id()),
            Page::Answers => "answers".to_owned(),
            Page::Result => "result".to_owned(),
            Page::Rules(None) => "rules".to_owned(),
            Page::Rules(Some(id)) => format!("rules/{id}"),
        }
    }

    /// The id of the heading that the page is read from.
    pub fn heading(self) -> &'static str {
        match self {
            Page::Rules(Some(id)) => id,
            _ => "heading",
        }
    }

    /// For a link.
    pub fn address(self) -> String {
        format!("#{}", self.fragment())
    }
}
