//! Where one is, and how one gets elsewhere. The address and the page shown never differ for longer than it takes to mend that.

use leptos::prelude::*;
use tables::QuestionId;

use super::{State, with};
use crate::{
    app::{
        later::{self, Later},
        page::Page,
    },
    browser,
    rules::Answer,
};

impl State {
    /// The next question, or the result.
    pub fn next(self) -> Page {
        self.path.with_untracked(|path| path.next.and_then(|step| step.id())).map_or(Page::Result, Page::Question)
    }

    /// Goes back, as the browser's button does; in a session, where there is nothing behind that, to the question before.
    pub fn back(self) {
        if !browser::is_session() {
            return browser::back();
        }
        let Page::Question(here) = self.page.get_untracked() else { return };
        let before = self.path.with_untracked(|path| {
            let earlier = path.asked.iter().take_while(|step| step.id() != Some(here));
            earlier.last().and_then(|step| step.id())
        });
        self.go(before.map_or(Page::Start, Page::Question));
    }

    /// Goes to a page at once; the one before stays behind the back button.
    pub(super) fn go(self, page: Page) {
        browser::go(&page.fragment());
        self.show(page);
    }

    /// Goes to a page in the place of this one.
    pub(super) fn go_instead(self, page: Page) {
        browser::go_instead(&page.fragment());
        self.show(page);
    }

    /// The address has changed, by a link, by hand, or by `go`.
    pub(super) fn arrive(self, fragment: &str) {
        self.drop_trial();
        if let Some(part) = fragment.strip_prefix("record/") {
            return self.receive(part);
        }
        match Page::from_fragment(fragment) {
            Page::Next => self.go_instead(self.next()),
            Page::For(goal) => {
                let said = [(QuestionId::Goal, Answer::Choice(goal as u16))];
                // In a frame it is the host's choice so far, and nothing that this device should keep.
                if self.is_untouched.get_value() {
                    self.answers.set(self.answers_with(&said));
                } else {
                    self.keep(with(self.so_far(), &said));
                }
                self.go_instead(self.next());
            }
            Page::Question(id) if self.tables.question(id).is_none() => self.show(Page::Start),
            // After deleting: there is nothing to show a result of.
            Page::Result if !self.answers.with_untracked(|answers| !answers.is_empty()) => self.show(Page::Start),
            page => self.show(page),
        }
    }

    fn show(self, page: Page) {
        let before = self.page.get_untracked();
        if page == before {
            return;
        }
        match (before, page) {
            (Page::Answers, Page::Question(_)) => {
                // Going on with what is open is no change.
                self.changing.set_value(Some(self.next()).filter(|next| *next != page));
            }
            (_, Page::Question(_)) => {}
            _ => self.changing.set_value(None),
        }
        self.forgetting.set(false);
        // What couldn't be had before may be had now.
        if later::makes(page) && self.later.get_untracked() == Later::Missing {
            self.bring_later();
        }
        browser::release_focus();
        self.page.set(page);
    }
}
