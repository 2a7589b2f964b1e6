//! The stored answers: when they are loaded, written and deleted, and what happens when another window changes them.
//!
//! In a frame, stored answers are neither used nor shown nor changed until the person has sent an answer there.
//! Otherwise the host page could learn earlier answers, or have answers written without an action of the person.

use leptos::prelude::*;
use tables::QuestionId;

use super::{Notice, State};
use crate::{
    app::route::Route,
    browser,
    record::{self, Record, RecordError},
    rules::Answers,
};

impl State {
    /// Whether answers given here are stored.
    pub fn keeps(self) -> bool {
        self.storage.get_value().keeps()
    }

    /// Stops writing anything to the storage.
    pub(super) fn stop_keeping(self) {
        self.storage.update_value(|storage| *storage = storage.without_writing());
        self.is_written.set_value(false);
    }

    /// Loads the stored answers and adds a notice if they can't be used. A damaged or old record is deleted; a record
    /// of another version stays for when that version is back.
    pub(super) fn take_up(self) -> Answers {
        let (storage, today) = (self.storage.get_value(), self.today.get_untracked());
        self.is_written.set_value(storage.keeps());
        self.papers.set(storage.read_papers());
        let Some(text) = storage.read_answers() else { return Answers::NONE };
        let notice = match record::from_text(self.tables, &text) {
            Ok(record) if record.is_old(today) => Notice::RecordOld,
            Ok(Record { answers, written }) => {
                // A record without a date gets today's date.
                if written.is_none() {
                    storage.write_answers(&record::to_text(self.tables, &answers, today));
                }
                return answers;
            }
            Err(RecordError::OtherVersion) => Notice::RecordOfOtherVersion,
            Err(RecordError::Broken) => Notice::RecordBroken,
        };
        if notice == Notice::RecordOfOtherVersion {
            self.stop_keeping();
        } else {
            storage.delete_answers();
            self.papers.set(Vec::new());
        }
        self.notice(notice);
        Answers::NONE
    }

    /// Returns the answers to which new ones are added. They are read from the storage, because another window may have
    /// changed or deleted them.
    pub(super) fn answers_to_extend(self) -> Answers {
        let own = self.answers.get_untracked();
        if self.is_untouched.get_value() {
            self.is_untouched.set_value(false);
            let mut kept = self.take_up();
            // The goal that the host has chosen is kept.
            kept.set(QuestionId::GOAL, own.get(QuestionId::GOAL).or(kept.get(QuestionId::GOAL)));
            return kept;
        }
        if !self.is_written.get_value() {
            return own;
        }
        self.written().unwrap_or(own)
    }

    /// Returns the answers in the storage, no answers if they were deleted, or `None` if they can't be read.
    fn written(self) -> Option<Answers> {
        match self.storage.get_value().read_answers() {
            None => Some(Answers::NONE),
            Some(text) => record::from_text(self.tables, &text).ok().map(|record| record.answers),
        }
    }

    /// Adopts the change when another window has written or deleted answers.
    pub(super) fn follow_another_window(self) {
        let own = self.answers.get_untracked();
        let Some(now) = self.written().filter(|now| *now != own) else { return };
        if self.is_untouched.get_value() || !self.keeps() {
            return;
        }
        if now.is_empty() {
            self.show_forgotten();
        } else if self.is_written.get_value() {
            self.answers.set(now);
            self.papers.set(self.storage.get_value().read_papers());
            self.notice(Notice::ChangedElsewhere);
            self.made_anew.update(|times| *times = times.wrapping_add(1));
        }
    }

    /// Sets the answers and stores them.
    pub(super) fn store_answers(self, answers: Answers) {
        self.answers.set(answers);
        let record = record::to_text(self.tables, &answers, self.today.get_untracked());
        let storage = self.storage.get_value();
        let written = storage.write_answers(&record);
        self.is_written.set_value(written && storage.keeps());
        if !written {
            self.notice(Notice::StorageRefused);
        }
        if self.notices.with_untracked(|notices| !notices.iter().all(|one| one.lasts())) {
            self.notices.update(|notices| notices.retain(|one| one.lasts()));
        }
    }

    /// Whether the page asks for confirmation to delete the answers.
    pub fn is_deleting(self) -> bool {
        self.deleting.get()
    }

    /// Asks for confirmation to delete the answers.
    pub fn ask_to_delete(self) {
        self.deleting.set(true);
        browser::focus("delete-answers", false);
    }

    /// Cancels the deletion.
    pub fn cancel_deletion(self) {
        self.deleting.set(false);
        browser::focus("delete-answers", false);
    }

    /// Deletes everything that was answered on this device.
    pub fn delete_answers(self) {
        self.storage.get_value().delete_answers();
        self.show_forgotten();
    }

    /// Resets the page after the answers were deleted.
    fn show_forgotten(self) {
        self.answers.set(Answers::NONE);
        self.drafts.update_untracked(Vec::clear);
        self.papers.set(Vec::new());
        self.notices.update(|notices| {
            notices.retain(|one| one.lasts());
            notices.push(Notice::Deleted);
        });
        self.deleting.set(false);
        self.changing.set_value(None);
        // The start page changes too.
        self.made_anew.update(|times| *times = times.wrapping_add(1));
        self.go(Route::Start);
        browser::focus("heading", true);
    }
}
