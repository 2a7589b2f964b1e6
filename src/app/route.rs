//! Routes: which page a fragment of the address means. No fragment holds an answer.
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

/// The address of a page within the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
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

impl Route {
    /// A fragment that means nothing is the start: old links and typing errors end there.
    pub fn from_fragment(fragment: &str) -> Route {
        match fragment {
            "q" => Route::Next,
            "answers" => Route::Answers,
            "result" => Route::Result,
            "rules" => Route::Rules(None),
            other => match other.split_once('/') {
                Some(("q", id)) => QuestionId::from_id(id).map_or(Route::Start, Route::Question),
                Some(("start", id)) => Goal::from_id(id).map_or(Route::Start, Route::For),
                Some(("rules", id)) => Route::Rules(rule_book::anchor(&TABLES, id)),
                _ => Route::Start,
            },
        }
    }

    /// Whether its page is in the part of the program that comes later.
    pub fn is_later(self) -> bool {
        matches!(self, Route::Result | Route::Rules(_))
    }

    pub fn fragment(self) -> String {
        match self {
            Route::Start => String::new(),
            Route::For(goal) => format!("start/{}", goal.id()),
            Route::Next => "q".to_owned(),
            Route::Question(id) => format!("q/{}", id.id()),
            Route::Answers => "answers".to_owned(),
            Route::Result => "result".to_owned(),
            Route::Rules(None) => "rules".to_owned(),
            Route::Rules(Some(id)) => format!("rules/{id}"),
        }
    }

    /// The id of the heading that the page is read from.
    pub fn heading(self) -> &'static str {
        match self {
            Route::Rules(Some(id)) => id,
            _ => "heading",
        }
    }

    /// For a link.
    pub fn address(self) -> String {
        format!("#{}", self.fragment())
    }
}
