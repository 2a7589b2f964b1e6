//! Answers that come by a link: taken up where there are none, else only offered. In a frame, whose address is the host's, they are
//! always offered, and never kept.

use leptos::prelude::*;

use super::{Notice, State};
use crate::{app::route::Route, browser, record, rules::Answers};

impl State {
    /// Takes up answers that came by a link; where others are there already, only asks.
    pub(super) fn receive(self, part: &str) {
        let own = self.answers.get_untracked();
        // At once, so that they stay neither in the address nor behind the back button.
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
        self.keep(answers);
        self.notice(Notice::LinkTaken);
        self.go_instead(self.next());
    }

    /// Answers that came by a link and wait to be used.
    pub fn offered(self) -> Option<Answers> {
        self.offered.get()
    }

    /// Uses them in place of those that are there.
    pub fn use_offered(self) {
        if let Some(answers) = self.offered.get_untracked() {
            if browser::is_framed() {
                self.stop_keeping();
                self.is_untouched.set_value(false);
            }
            self.take_over(answers);
        }
    }

    /// Leaves those that are there.
    pub fn drop_offered(self) {
        self.offered.set(None);
        browser::focus("heading", false);
    }
}
