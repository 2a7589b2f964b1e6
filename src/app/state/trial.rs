//! Looking what another answer would give, without taking it.

use leptos::prelude::*;
use tables::QuestionId;

use super::State;
use crate::{
    browser, flow,
    rules::{Answer, Assessment, assess},
};

/// Other answers that are tried out, and what they give. Never stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    pub said: Vec<(QuestionId, Answer)>,
    pub then: Assessment,
    /// With them another question would have to be answered.
    pub open: bool,
}

impl State {
    pub fn trial(self) -> Option<Trial> {
        self.trial.get()
    }

    /// Looks what other answers would give, without taking them.
    pub fn try_out(self, said: &[(QuestionId, Answer)]) {
        let answers = self.answers_with(said);
        let path = flow::replay(self.tables, &answers, self.as_of());
        let then = assess(self.tables, &path.used, self.as_of());
        self.trial.set(Some(Trial { said: said.to_vec(), then, open: path.next.is_some() }));
        browser::focus("trial", false);
    }

    /// Takes the answers that were tried.
    pub fn keep_trial(self) {
        if let Some(trial) = self.trial.get_untracked() {
            self.drop_trial();
            self.submit(&trial.said);
            browser::focus("heading", true);
        }
    }

    pub fn drop_trial(self) {
        self.trial.set(None);
    }
}
