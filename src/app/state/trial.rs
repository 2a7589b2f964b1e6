//! Looking what other answers would give, without taking them.

use leptos::prelude::*;
use tables::QuestionId;

use super::State;
use crate::{browser, consultation::Consultation, rules::Answer};

impl State {
    /// The answers that are tried out.
    pub fn trial(self) -> Option<Vec<(QuestionId, Answer)>> {
        self.trial.get()
    }

    /// What follows from the answers, if these were given as well.
    pub fn consultation_with(self, said: &[(QuestionId, Answer)]) -> Consultation {
        Consultation::new(self.tables, &self.answers_with(said), self.as_of())
    }

    /// Looks what other answers would give, without taking them.
    pub fn try_out(self, said: &[(QuestionId, Answer)]) {
        self.trial.set(Some(said.to_vec()));
        browser::focus("trial", false);
    }

    /// Takes the answers that were tried.
    pub fn keep_trial(self) {
        if let Some(said) = self.trial.get_untracked() {
            self.drop_trial();
            self.submit(&said);
            browser::focus("heading", true);
        }
    }

    pub fn drop_trial(self) {
        self.trial.set(None);
    }
}
