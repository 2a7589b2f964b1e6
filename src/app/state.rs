//! The state of the page: answers, and where one is. Only this module writes it.
//!
//! What follows from the answers (the way through the questions, the assessment) is derived and kept only as long as
//! they are the same.

use leptos::prelude::*;
use tables::{Date, QuestionId, Tables};

use super::page::Page;
use crate::{
    browser::{self, storage::Storage},
    flow::{self, Path},
    record::{self, RecordError},
    rules::{Answer, Answers, Assessment, TABLES, assess},
    text::Text,
};

/// Handed to every page; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct State {
    pub tables: &'static Tables,
    /// The day whose rules are shown.
    pub as_of: Date,
    /// It was given in the address, and is not today.
    pub as_of_given: bool,
    storage: Storage,
    text: RwSignal<Text>,
    page: RwSignal<Page>,
    answers: RwSignal<Answers>,
    notices: RwSignal<Vec<Notice>>,
    path: Memo<Path>,
    assessment: Memo<Assessment>,
    trial: RwSignal<Option<Trial>>,
}

/// Other answers that are tried out, and what they give. Never stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    pub said: Vec<(QuestionId, Answer)>,
    pub then: Assessment,
    /// With them another question would have to be answered.
    pub open: bool,
}

/// Something the person has to know about this device or address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    StorageRefused,
    RecordOfOtherVersion,
    RecordBroken,
    AsOfUnreadable,
}

impl State {
    /// Takes up where this device left off.
    pub fn new(text: Text) -> State {
        let tables = &TABLES;
        let storage = Storage::probe();
        let mut notices = Vec::new();

        let today = Date::in_shanghai(browser::now());
        let given = browser::query("as-of");
        let as_of_given = given.as_deref().and_then(Date::parse);
        if given.is_some() && as_of_given.is_none() {
            notices.push(Notice::AsOfUnreadable);
        }
        // A clock so far off that its year has more than four digits has no rules anyway.
        let as_of = as_of_given.or(today).unwrap_or(Date::FIRST);

        if !storage.works() {
            notices.push(Notice::StorageRefused);
        }
        let answers = match storage.read_answers().map(|text| record::from_text(tables, &text)) {
            None => Answers::NONE,
            Some(Ok(answers)) => answers,
            Some(Err(error)) => {
                notices.push(match error {
                    RecordError::OtherVersion => Notice::RecordOfOtherVersion,
                    RecordError::Broken => Notice::RecordBroken,
                });
                storage.delete_answers();
                Answers::NONE
            }
        };

        let answers = RwSignal::new(answers);
        let path = Memo::new(move |_| flow::replay(tables, &answers.get(), as_of));
        let state = State {
            tables,
            as_of,
            as_of_given: as_of_given.is_some() && as_of_given != today,
            storage,
            text: RwSignal::new(text),
            page: RwSignal::new(Page::Start),
            answers,
            notices: RwSignal::new(notices),
            path,
            assessment: Memo::new(move |_| assess(tables, &path.get().used, as_of)),
            trial: RwSignal::new(None),
        };
        state.arrive(&browser::fragment());
        browser::on_fragment(move |fragment| state.arrive(&fragment));
        state
    }

    pub fn text(self) -> Text {
        self.text.get()
    }

    pub fn page(self) -> Page {
        self.page.get()
    }

    pub fn notices(self) -> Vec<Notice> {
        self.notices.get()
    }

    pub fn path(self) -> Path {
        self.path.get()
    }

    pub fn assessment(self) -> Assessment {
        self.assessment.get()
    }

    pub fn has_answers(self) -> bool {
        self.answers.with(|answers| !answers.is_empty())
    }

    /// The stored answer, whether or not it still matters.
    pub fn answer(self, question: QuestionId) -> Option<Answer> {
        self.answers.with_untracked(|answers| answers.get(question))
    }

    /// Takes the answers of one page and goes on to whatever comes next.
    pub fn submit(self, said: &[(QuestionId, Answer)]) {
        self.answers.update(|answers| said.iter().for_each(|(question, answer)| answers.set(*question, Some(*answer))));
        self.storage.write_answers(&record::to_text(self.tables, &self.answers.get_untracked()));
        browser::go(&self.next().fragment());
    }

    pub fn trial(self) -> Option<Trial> {
        self.trial.get()
    }

    /// Looks what another answer would give, without taking it.
    pub fn try_out(self, question: QuestionId, answer: Answer) {
        let mut answers = self.answers.get_untracked();
        answers.set(question, Some(answer));
        let path = flow::replay(self.tables, &answers, self.as_of);
        let then = assess(self.tables, &path.used, self.as_of);
        self.trial.set(Some(Trial { said: vec![(question, answer)], then, open: path.next.is_some() }));
        browser::focus("trial", false);
    }

    /// Takes the answers that were tried.
    pub fn keep_trial(self) {
        if let Some(trial) = self.trial.get_untracked() {
            self.drop_trial();
            self.submit(&trial.said);
        }
    }

    pub fn drop_trial(self) {
        self.trial.set(None);
    }

    /// Forgets everything that was said on this device.
    pub fn forget(self) {
        self.answers.set(Answers::NONE);
        self.storage.delete_answers();
        self.notices.update(|notices| notices.retain(|one| matches!(one, Notice::StorageRefused)));
        browser::go("");
    }

    /// The next question, or the result.
    pub fn next(self) -> Page {
        self.path.with_untracked(|path| path.next.and_then(|step| step.id())).map_or(Page::Result, Page::Question)
    }

    fn arrive(self, fragment: &str) {
        self.drop_trial();
        match Page::from_fragment(fragment) {
            Page::Next => browser::go_instead(&self.next().fragment()),
            Page::Question(id) if self.tables.question(id).is_none() => self.page.set(Page::Start),
            page => self.page.set(page),
        }
    }
}
