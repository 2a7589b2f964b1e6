//! Navigation goes one way: `go` writes the address, and arriving at an address shows the page that it names. Links, the
//! back button and addresses typed by hand arrive in the same way.

use leptos::prelude::*;
use tables::QuestionId;

use super::{State, with};
use crate::{app::route::Route, browser};

impl State {
    /// The next question, or the result.
    pub fn next(self) -> Route {
        self.path.with_untracked(|path| path.next.and_then(|step| step.id())).map_or(Route::RESULT, Route::Question)
    }

    /// Goes back, as the browser's button does; where there is nothing behind that, as in a session, to the question before.
    pub fn back(self) {
        if browser::has_history() {
            return browser::back();
        }
        let Route::Question(here) = self.route.get_untracked() else { return };
        let before = self.path.with_untracked(|path| {
            let earlier = path.asked.iter().take_while(|step| step.id() != Some(here));
            earlier.last().and_then(|step| step.id())
        });
        self.go(before.map_or(Route::Start, Route::Question));
    }

    /// Opens a page and adds it to the browser's history.
    pub(super) fn go(self, route: Route) {
        browser::go(&route.fragment());
        // Some browsers report the new address only later, and none reports an address that stays the same.
        self.arrive();
    }

    /// Goes to a page in the place of this one.
    pub(super) fn go_instead(self, route: Route) {
        browser::go_instead(&route.fragment());
        self.arrive();
    }

    /// Shows the page that the address names. Arriving at the same address again changes nothing.
    pub(super) fn arrive(self) {
        self.drop_what_if();
        let fragment = browser::fragment();
        if let Some(part) = fragment.strip_prefix("record/") {
            return self.receive(part);
        }
        match Route::from_fragment(&fragment) {
            Route::Next => self.go_instead(self.next()),
            Route::For(goal) => {
                let said: Vec<_> = goal.answer(self.tables).map(|goal| (QuestionId::GOAL, goal)).into_iter().collect();
                // In a frame it is the host's choice so far, and nothing that this device should keep.
                if self.is_untouched.get_value() {
                    self.answers.set(self.answers_with(&said));
                } else {
                    self.store_answers(with(self.answers_to_extend(), &said));
                }
                self.go_instead(self.next());
            }
            Route::Question(id) if self.tables.question(id).is_none() => self.show(Route::Start),
            // After deleting: there is nothing to show a result of.
            Route::RESULT if !self.answers.with_untracked(|answers| !answers.is_empty()) => self.show(Route::Start),
            route => self.show(route),
        }
    }

    fn show(self, route: Route) {
        let before = self.route.get_untracked();
        if route == before {
            return;
        }
        match (before, route) {
            (Route::Answers, Route::Question(_)) => {
                // Going on with what is open is no change.
                self.changing.set_value(Some(self.next()).filter(|next| *next != route));
            }
            (_, Route::Question(_)) => {}
            _ => self.changing.set_value(None),
        }
        self.deleting.set(false);
        browser::release_focus();
        self.route.set(route);
    }
}
