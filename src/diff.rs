//! Two sets of tables compared by what people are told: `checker diff`.
//!
//! A change of the tables is judged by whom it reaches, so the same people and worked examples are put to both and
//! their results compared, as the contract has them; wording doesn't count. Apart from the tests, because those only
//! know the tables of the program itself. `folder` reads, `words` puts in words; here nothing is read or printed.

// Only people that are held in memory, one after the other, are counted.
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

/// The tables that are compared.
#[derive(Clone, Copy)]
pub struct Pair {
    pub old: &'static Tables,
    pub new: &'static Tables,
}

/// Who gets another result.
pub struct Report {
    pub pair: Pair,
    /// How many were tried, those who couldn't be compared among them.
    pub people: u64,
    pub changed: Tally,
    /// By finding; a person counts in each that differs.
    pub findings: BTreeMap<Of, Tally>,
    pub kinds: BTreeMap<Kind, Sample>,
    /// People whose answers one of the tables doesn't take.
    pub refused: u64,
    /// Those answers, each with the number of people who gave it.
    pub refusals: BTreeMap<Refusal, u64>,
    /// How many worked examples were tried.
    pub examples: u64,
    pub changed_examples: Vec<(Example, Vec<Change>)>,
    /// Worked examples that can't be compared, and why.
    pub refused_examples: Vec<(Example, Vec<Refusal>)>,
}

/// How many people gain, lose, or are told something else.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    pub gain: u64,
    pub lose: u64,
    pub other: u64,
}

/// People of whom the same is changed.
pub struct Sample {
    pub count: u64,
    /// One of them, without any answer that doesn't matter for it.
    pub person: Person,
    pub change: Change,
}

/// Which of the two tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    Old,
    New,
}

/// Something that one of the tables doesn't take.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Refusal {
    pub side: Side,
    pub question: String,
    pub value: String,
}

impl Pair {
    /// Puts worked examples and people to both tables.
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

    /// What a person is told differently. The net cost is left out where the fee or the subsidy differs: it is the
    /// difference of these two, and would count the same thing twice.
    ///
    /// # Errors
    ///
    /// The answers that one of the tables doesn't take.
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

    /// Leaves answers out as long as the change stays the same.
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
    /// Somebody gets another result, or can't be given one by both tables.
    pub fn differs(&self) -> bool {
        let examples = self.changed_examples.len() + self.refused_examples.len();
        0 < self.changed.all() + self.refused || 0 < examples
    }

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
    pub fn all(self) -> u64 {
        self.gain + self.lose + self.other
    }

    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Gain => self.gain += 1,
            Effect::Lose => self.lose += 1,
            Effect::Other => self.other += 1,
        }
    }
}

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
