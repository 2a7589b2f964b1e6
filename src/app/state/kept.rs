//! What this device keeps of the answers: when it is taken up, written down, deleted, and what another window did to it.
//!
//! In a frame nothing that was kept before counts, is shown or is changed until the person has sent an answer there: the page around
//! the frame could otherwise learn what somebody answered at another time, or have answers written without anybody's doing.

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
    /// Whether what is answered here is kept.
    pub fn keeps(self) -> bool {
        self.storage.get_value().keeps()
    }

    /// From now on nothing is written any more.
    pub(super) fn stop_keeping(self) {
        self.storage.update_value(|storage| *storage = storage.without_writing());
        self.is_written.set_value(false);
    }

    /// Takes up what is kept, and says what is wrong with it. What is damaged or old is deleted; what another version wrote stays, for
    /// when that version is back.
    pub(super) fn take_up(self) -> Answers {
        let (storage, today) = (self.storage.get_value(), self.today.get_untracked());
        self.is_written.set_value(storage.keeps());
        self.papers.set(storage.read_papers());
        let Some(text) = storage.read_answers() else { return Answers::NONE };
        let notice = match record::from_text(self.tables, &text) {
            Ok(record) if record.is_old(today) => Notice::RecordOld,
            Ok(Record { answers, written }) => {
                // From now on it has an age.
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

    /// The answers to which others are added: as they are kept, because another window may have changed or deleted them.
    pub(super) fn so_far(self) -> Answers {
        let own = self.answers.get_untracked();
        if self.is_untouched.get_value() {
            self.is_untouched.set_value(false);
            let mut kept = self.take_up();
            // The host's choice of what is looked up.
            kept.set(QuestionId::Goal, own.get(QuestionId::Goal).or(kept.get(QuestionId::Goal)));
            return kept;
        }
        if !self.is_written.get_value() {
            return own;
        }
        self.written().unwrap_or(own)
    }

    /// What is kept now, none where it was deleted. None: it can't be read.
    fn written(self) -> Option<Answers> {
        match self.storage.get_value().read_answers() {
            None => Some(Answers::NONE),
            Some(text) => record::from_text(self.tables, &text).ok().map(|record| record.answers),
        }
    }

    /// Another window has written or deleted answers: this one goes along.
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

    /// Takes the answers over and writes them down.
    pub(super) fn keep(self, answers: Answers) {
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

    /// Whether it is being asked if the answers are really to go.
    pub fn is_deleting(self) -> bool {
        self.deleting.get()
    }

    /// Asks whether the answers are really to go.
    pub fn ask_to_delete(self) {
        self.deleting.set(true);
        browser::focus("delete-answers", false);
    }

    /// They stay.
    pub fn keep_answers(self) {
        self.deleting.set(false);
        browser::focus("delete-answers", false);
    }

    /// Forgets everything that was said on this device.
    pub fn delete_answers(self) {
        self.storage.get_value().delete_answers();
        self.show_forgotten();
    }

    /// Nothing is left of the answers.
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
        browser::go("");
        // Where one is at the start already, it looks different now.
        self.route.set(Route::Start);
        browser::focus("heading", true);
    }
}
