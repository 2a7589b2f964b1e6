//! Compares two sets of tables by what people are told: `checker diff`.
//!
//! A change of the tables is judged by the people it affects: the same random people and worked examples are
//! assessed by both, and the results are compared in the format of the contract. Questions and wording are compared
//! by themselves. It is separate from the tests, because those only use the built-in tables. `folder` reads the
//! tables and `words` prints the report.

// Counters count people and examples that are handled one by one, so they can't overflow.
#![allow(clippy::arithmetic_side_effects)]

mod change;
mod data;
mod folder;
mod questions;
mod wording;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use tables::Tables;

use crate::{
    contract,
    people::Person,
    rules::{Answer, Answers, FindingId, assess, read},
};

pub use change::{Change, Effect, Kind, Of, OtherClass, OtherRules};
pub use data::{Datum, Values};
pub use folder::{Example, Folder, FolderError};
pub use questions::{Asked, Difference};
pub use wording::{Reworded, Sentence};

/// The two sets of tables to compare.
#[derive(Clone, Copy)]
pub struct Pair {
    pub old: &'static Folder,
    pub new: &'static Folder,
}

/// The result of a comparison: who gets another result, and what is asked and worded otherwise.
pub struct Report {
    pub pair: Pair,
    /// The number of people. All of them are compared.
    pub people: u64,
    pub changed: Tally,
    /// The changes by finding. A person counts in each finding that differs.
    pub findings: BTreeMap<Of, Tally>,
    pub kinds: BTreeMap<Kind, Sample>,
    /// The answers that one of the tables doesn't have, by question. Questions that only one of them asks are in
    /// `questions`.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// The number of worked examples.
    pub examples: u64,
    pub changed_examples: Vec<(Example, Vec<Change>)>,
    pub questions: Vec<Asked>,
    pub wording: Reworded,
    /// The blocks and values of the files that differ.
    pub data: Vec<Datum>,
}

/// The number of people by the effect of the changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    pub gain: u64,
    pub lose: u64,
    pub class: u64,
    pub rules: u64,
    pub other: u64,
}

/// The people with the same kind of change.
pub struct Sample {
    pub count: u64,
    /// One of them, reduced to the answers that are needed for the change.
    pub person: Person,
    pub change: Change,
}

/// One of the two sets of tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    Old,
    New,
}

/// A question that one of the tables asks too, but without an answer that people gave.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LeftOut {
    pub side: Side,
    pub question: String,
}

impl Pair {
    /// Assesses worked examples and people by both sets of tables, and collects the changes.
    pub fn report(self, examples: Vec<Example>, people: impl IntoIterator<Item = Person>) -> Report {
        let mut report = Report {
            pair: self,
            people: 0,
            changed: Tally::default(),
            findings: BTreeMap::new(),
            kinds: BTreeMap::new(),
            left_out: BTreeMap::new(),
            examples: 0,
            changed_examples: Vec::new(),
            questions: questions::between(self.old.tables, self.new.tables),
            wording: wording::between(&self.old.languages, &self.new.languages),
            data: data::between(&self.old.files, &self.new.files),
        };
        report.try_examples(examples);
        people.into_iter().for_each(|person| report.try_person(person));
        for (kind, sample) in &mut report.kinds {
            self.shrink(kind, sample);
        }
        report
    }

    /// Returns the changes for one person. Each side leaves out the answers that it doesn't have, as if they hadn't
    /// been given. The net cost is omitted if the fee or the subsidy differs: it is calculated from these two, and
    /// the same change would count twice.
    pub fn changes(self, person: &Person) -> Vec<Change> {
        let assessed = |folder: &Folder| assess(folder.tables, &answers(folder.tables, person), person.as_of);
        let (old, new) = (assessed(self.old), assessed(self.new));
        let written = (contract::to_json(self.old.tables, &old), contract::to_json(self.new.tables, &new));
        let mut changes = change::between((&old, &written.0), (&new, &written.1));
        let counted = [Of::Finding(FindingId::CourseFee), Of::Finding(FindingId::Subsidy)];
        if changes.iter().any(|change| counted.contains(&change.of)) {
            changes.retain(|change| change.of != Of::Finding(FindingId::NetCost));
        }
        changes
    }

    /// Returns the tables of one side.
    fn tables(self, side: Side) -> &'static Tables {
        match side {
            Side::Old => self.old.tables,
            Side::New => self.new.tables,
        }
    }

    /// Removes answers as long as the kind of change stays the same.
    fn shrink(self, kind: &Kind, sample: &mut Sample) {
        let same = |person: &Person| self.changes(person).into_iter().find(|change| change.kind() == *kind);
        loop {
            let mut smaller = None;
            // The goal is said to be another one if it is left out, so an example without it would be misread.
            for question in sample.person.said.keys().filter(|question| *question != GOAL) {
                let mut person = sample.person.clone();
                person.said.remove(question);
                if let Some(change) = same(&person) {
                    smaller = Some((person, change));
                    break;
                }
            }
            match smaller {
                Some((person, change)) => (sample.person, sample.change) = (person, change),
                None => return,
            }
        }
    }
}

/// The question that every person answers.
const GOAL: &str = "goal";

impl Report {
    /// Whether anything differs: a result, a question, a sentence, or another value.
    pub fn differs(&self) -> bool {
        let results = 0 < self.changed.all() || !self.changed_examples.is_empty();
        results || !self.questions.is_empty() || self.wording.differs() || !self.data.is_empty()
    }

    /// Assesses one person by both sets of tables and counts the changes.
    fn try_person(&mut self, person: Person) {
        self.people += 1;
        for side in [Side::Old, Side::New] {
            for question in left_out(self.pair.tables(side), &person) {
                *self.left_out.entry(LeftOut { side, question }).or_default() += 1;
            }
        }
        let changes = self.pair.changes(&person);
        if let Some(effect) = Effect::of_all(&changes) {
            self.changed.add(effect);
        }
        for change in changes {
            self.findings.entry(change.of).or_default().add(change.effect);
            match self.kinds.get_mut(&change.kind()) {
                None => {
                    self.kinds.insert(change.kind(), Sample { count: 1, person: person.clone(), change });
                }
                Some(sample) => {
                    sample.count += 1;
                    if person.said.len() < sample.person.said.len() {
                        (sample.person, sample.change) = (person.clone(), change);
                    }
                }
            }
        }
    }

    /// Assesses the worked examples by both sets of tables.
    fn try_examples(&mut self, examples: Vec<Example>) {
        for example in examples {
            self.examples += 1;
            let changes = self.pair.changes(&example.person);
            if !changes.is_empty() {
                self.changed_examples.push((example, changes));
            }
        }
    }
}

impl Tally {
    /// The number of people with a change.
    pub fn all(self) -> u64 {
        self.gain + self.lose + self.class + self.rules + self.other
    }

    /// Counts one person.
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Gain => self.gain += 1,
            Effect::Lose => self.lose += 1,
            Effect::Class(_) => self.class += 1,
            Effect::Rules(_) => self.rules += 1,
            Effect::Other => self.other += 1,
        }
    }
}

/// Reads the answers that these tables have.
fn answers(tables: &Tables, person: &Person) -> Answers {
    let mut answers = Answers::NONE;
    for question in tables.questions {
        let Some(value) = person.said.get(question.name) else { continue };
        match read(question, value) {
            Ok(Answer::Date(day)) if person.as_of < day => {}
            Ok(answer) => answers.set(question.id, Some(answer)),
            Err(_) => {}
        }
    }
    answers
}

/// Returns the questions of these tables to which the person gave an answer that they don't have.
fn left_out(tables: &Tables, person: &Person) -> BTreeSet<String> {
    let read = answers(tables, person);
    let is_left_out = |id| read.get(id).is_none();
    let asked = tables.questions.iter().filter(|question| person.said.contains_key(question.name));
    asked.filter(|question| is_left_out(question.id)).map(|question| question.name.to_owned()).collect()
}
