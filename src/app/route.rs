//! Routes: which page a fragment of the address names. No fragment contains an answer.
//!
//! `start/claim` looks like an answer, but it only names the goal to look up, as a link on the start page or on an
//! association's page does: it is the same for everybody and tells nothing about a person. It works before the program
//! is loaded, which a button could not, and it does not stay in the address or the history, because the first question
//! replaces it.

use tables::QuestionId;

use crate::{
    rule_book,
    rules::{Goal, TABLES},
};

/// The address of a page within the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    Start,
    /// The first question for a person with this goal.
    For(Goal),
    /// The question that is asked next.
    Next,
    Question(QuestionId),
    Answers,
    /// A page that needs the later part of the program.
    Later(LaterPage),
}

/// A page of the later part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LaterPage {
    Result,
    /// The rule book, opened at one of its clauses or sections.
    Rules(Option<&'static str>),
}

impl Route {
    pub const RESULT: Route = Route::Later(LaterPage::Result);

    pub fn rules(place: Option<&'static str>) -> Route {
        Route::Later(LaterPage::Rules(place))
    }

    /// Parses a fragment. An unknown fragment, such as an old link or a typing error, is the start page.
    pub fn from_fragment(fragment: &str) -> Route {
        match fragment {
            "q" => Route::Next,
            "answers" => Route::Answers,
            "result" => Route::RESULT,
            "rules" => Route::rules(None),
            other => match other.split_once('/') {
                Some(("q", id)) => {
                    TABLES.question_named(id).map_or(Route::Start, |question| Route::Question(question.id))
                }
                Some(("start", id)) => Goal::from_id(id).map_or(Route::Start, Route::For),
                Some(("rules", id)) => Route::rules(rule_book::anchor(&TABLES, id)),
                _ => Route::Start,
            },
        }
    }

    pub fn fragment(self) -> String {
        match self {
            Route::Start => String::new(),
            Route::For(goal) => format!("start/{}", goal.id()),
            Route::Next => "q".to_owned(),
            Route::Question(id) => format!("q/{}", TABLES.name_of(id)),
            Route::Answers => "answers".to_owned(),
            Route::RESULT => "result".to_owned(),
            Route::Later(LaterPage::Rules(None)) => "rules".to_owned(),
            Route::Later(LaterPage::Rules(Some(id))) => format!("rules/{id}"),
        }
    }

    /// Returns the id of the heading at which reading begins.
    pub fn heading(self) -> &'static str {
        match self {
            Route::Later(LaterPage::Rules(Some(id))) => id,
            _ => "heading",
        }
    }

    /// Returns the address for a link.
    pub fn address(self) -> String {
        format!("#{}", self.fragment())
    }
}
