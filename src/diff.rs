//! Compares two sets of tables by the results that people get: `checker diff`.
//!
//! A change of the tables is judged by the people it affects: the same random people and worked examples are
//! assessed by both, and the results are compared in the format of the contract. Wording doesn't count. It is
//! separate from the tests, because those only use the built-in tables. `folder` reads the tables and `words`
//! prints the report.

// Counters count people and examples that are handled one by one, so they can't overflow.
#![allow(clippy::arithmetic_side_effects)]

mod change;
mod folder;
mod words;

use std::collections::BTreeMap;

use tables::Tables;

use crate::{
    contract,
    people::Person,
    rules::{Answers, FindingId, assess},
};

pub use change::{Change, Effect, Kind, Of};
pub use folder::{Example, Folder, FolderError};

/// The two sets of tables to compare.
#[derive(Clone, Copy)]
pub struct Pair {
    pub old: &'static Tables,
    pub new: &'static Tables,
}

/// The result of a comparison: who gets another result.
pub struct Report {
    pub pair: Pair,
    /// The number of people, including those who couldn't be compared.
    pub people: u64,
    pub changed: Tally,
    /// The changes by finding. A person counts in each finding that differs.
    pub findings: BTreeMap<Of, Tally>,
    pub kinds: BTreeMap<Kind, Sample>,
    /// The number of people with an answer that one of the tables doesn't accept.
    pub refused: u64,
    /// The refused answers, each with the number of people who gave it.
    pub refusals: BTreeMap<Refusal, u64>,
    /// The number of worked examples.
    pub examples: u64,
    pub changed_examples: Vec<(Example, Vec<Change>)>,
    /// Worked examples that can't be compared, with the refused answers.
    pub refused_examples: Vec<(Example, Vec<Refusal>)>,
}

/// The number of people who gain, lose, or get another result that is neither.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    pub gain: u64,
    pub lose: u64,
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

/// An answer that one set of tables doesn't accept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Refusal {
    pub side: Side,
    pub question: String,
    pub value: String,
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
            refused: 0,
            refusals: BTreeMap::new(),
            examples: 0,
            changed_examples: Vec::new(),
            refused_examples: Vec::new(),
        };
        report.try_examples(examples);
        people.into_iter().for_each(|person| report.try_person(person));
        for (kind, sample) in &mut report.kinds {
            self.shrink(kind, sample);
        }
        report
    }

    /// Returns the changes for one person. The net cost is omitted if the fee or the subsidy differs: it is
    /// calculated from these two, and the same change would count twice.
    ///
    /// # Errors
    ///
    /// The answers that one of the tables doesn't accept.
    pub fn changes(self, person: &Person) -> Result<Vec<Change>, Vec<Refusal>> {
        let (old, new) = match (answers(Side::Old, self.old, person), answers(Side::New, self.new, person)) {
            (Ok(old), Ok(new)) => (old, new),
            (old, new) => return Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
        };
        let (old, new) = (assess(self.old, &old, person.as_of), assess(self.new, &new, person.as_of));
        let written = (contract::to_json(self.old, &old), contract::to_json(self.new, &new));
        let mut changes = change::between((&old, &written.0), (&new, &written.1));
        let counted = [Of::Finding(FindingId::CourseFee), Of::Finding(FindingId::Subsidy)];
        if changes.iter().any(|change| counted.contains(&change.of)) {
            changes.retain(|change| change.of != Of::Finding(FindingId::NetCost));
        }
        Ok(changes)
    }

    /// Removes answers as long as the kind of change stays the same.
    fn shrink(self, kind: &Kind, sample: &mut Sample) {
        let same = |person: &Person| self.changes(person).ok()?.into_iter().find(|change| change.kind() == *kind);
        loop {
            let mut smaller = None;
            for question in sample.person.said.keys() {
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

impl Report {
    /// Whether some person or example gets another result or can't be compared.
    pub fn differs(&self) -> bool {
        let examples = self.changed_examples.len() + self.refused_examples.len();
        0 < self.changed.all() + self.refused || 0 < examples
    }

    /// Assesses one person by both sets of tables and counts the changes.
    fn try_person(&mut self, person: Person) {
        self.people += 1;
        let changes = match self.pair.changes(&person) {
            Ok(changes) => changes,
            Err(refusals) => {
                self.refused += 1;
                refusals.into_iter().for_each(|refusal| *self.refusals.entry(refusal).or_default() += 1);
                return;
            }
        };
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
            match self.pair.changes(&example.person) {
                Ok(changes) if changes.is_empty() => {}
                Ok(changes) => self.changed_examples.push((example, changes)),
                Err(refusals) => self.refused_examples.push((example, refusals)),
            }
        }
    }
}

impl Tally {
    /// The number of people with a change.
    pub fn all(self) -> u64 {
        self.gain + self.lose + self.other
    }

    /// Counts one person.
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Gain => self.gain += 1,
            Effect::Lose => self.lose += 1,
            Effect::Other => self.other += 1,
        }
    }
}

/// Reads a person's answers for one set of tables.
fn answers(side: Side, tables: &Tables, person: &Person) -> Result<Answers, Vec<Refusal>> {
    let said = person.said.iter().map(|(id, value)| (id.as_str(), Ok(value.clone())));
    contract::answers_from_text(tables, said, person.as_of).map_err(|errors| {
        let refusal = |question: String| {
            let value = person.said.get(&question).cloned().unwrap_or_default();
            Refusal { side, question, value }
        };
        errors.into_iter().map(|error| refusal(error.question)).collect()
    })
}
