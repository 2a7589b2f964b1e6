//! Trying out answers without storing them.

use leptos::prelude::*;
use tables::QuestionId;

use super::State;
use crate::{browser, consultation::Consultation, rules::Answer};

impl State {
    /// Returns the answers that are tried out.
    pub fn what_if(self) -> Option<Vec<(QuestionId, Answer)>> {
        self.what_if.get()
    }

    /// Returns what follows from the answers if some of them are replaced.
    pub fn consultation_with(self, said: &[(QuestionId, Answer)]) -> Consultation {
        Consultation::new(self.tables, &self.answers_with(said), self.as_of())
    }

    /// Shows the result with other answers, without storing them.
    pub fn try_out(self, said: &[(QuestionId, Answer)]) {
        self.what_if.set(Some(said.to_vec()));
        browser::focus("what-if", false);
    }

    /// Stores the answers that were tried out.
    pub fn keep_what_if(self) {
        if let Some(said) = self.what_if.get_untracked() {
            self.drop_what_if();
            self.submit(&said);
            browser::focus("heading", true);
        }
    }

    pub fn drop_what_if(self) {
        self.what_if.set(None);
    }
}
