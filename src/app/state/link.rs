//! Answers from a link: used if there are no others, otherwise offered. In a frame, whose address the host controls,
//! they are always offered and never stored.

use leptos::prelude::*;

use super::{Notice, State};
use crate::{app::route::Route, browser, record, rules::Answers};

impl State {
    /// Uses the answers from a link, or asks first if there are other answers.
    pub(super) fn receive(self, part: &str) {
        let own = self.answers.get_untracked();
        // The link is removed at once, so that it stays neither in the address nor in the history.
        match record::from_address(self.tables, part) {
            Ok(record) if !browser::is_framed() && (own.is_empty() || own == record.answers) => {
                self.take_over(record.answers);
            }
            Ok(record) => {
                self.offered.set(Some(record.answers));
                self.go_instead(Route::Start);
            }
            Err(_) => {
                self.notice(Notice::LinkBroken);
                self.go_instead(Route::Start);
            }
        }
    }

    fn take_over(self, answers: Answers) {
        self.offered.set(None);
        self.drafts.update_untracked(Vec::clear);
        self.store_answers(answers);
        self.notice(Notice::LinkTaken);
        self.go_instead(self.next());
    }

    /// Returns the answers from a link that wait for a decision.
    pub fn offered(self) -> Option<Answers> {
        self.offered.get()
    }

    /// Replaces the present answers by the offered ones.
    pub fn use_offered(self) {
        if let Some(answers) = self.offered.get_untracked() {
            if browser::is_framed() {
                self.stop_keeping();
                self.is_untouched.set_value(false);
            }
            self.take_over(answers);
        }
    }

    /// Drops the offered answers and keeps the present ones.
    pub fn drop_offered(self) {
        self.offered.set(None);
        browser::focus("heading", false);
    }
}
