//! Generates random people, the same for the same seed: for tests, and for comparing two sets of tables.
//!
//! Their answers are drawn from the boundaries of the tables: the numbers and days that the tables mention, and
//! their neighbours. Answers are ids and values of the contract, so that one person can be assessed by several
//! tables.

// Indices are drawn below the length of the list, and numbers within the range of the question.
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{Answer, DONT_KNOW, boundaries};

/// Answers by question, as the contract writes them.
pub type Said = BTreeMap<String, String>;

/// A person's answers, and the as-of date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub said: Said,
    pub as_of: Date,
}

/// A generator of any number of people.
pub struct Crowd {
    random: Random,
    days: Vec<Date>,
    questions: Vec<Asked>,
}

/// A question and the answers to draw from.
struct Asked {
    question: &'static Question,
    values: Vec<&'static str>,
    numbers: Vec<u16>,
    /// The days to draw from, by as-of date.
    days: BTreeMap<Date, Vec<Date>>,
}

impl Crowd {
    /// Creates a generator of people for whom these tables may give different results.
    pub fn new(tables: &[&'static Tables], seed: u64) -> Crowd {
        let mut days: BTreeSet<Date> = tables.iter().flat_map(|tables| boundaries::days(tables)).collect();
        // Days well before and after the known rules.
        let ends = [days.first().and_then(|day| day.before()), days.last().and_then(|day| day.after_months(11))];
        days.extend(ends.into_iter().flatten());

        let mut questions: Vec<Asked> = Vec::new();
        for tables in tables {
            for question in tables.questions {
                let known = questions.iter().position(|one| one.takes_the_same(question));
                let at = known.unwrap_or(questions.len());
                if known.is_none() {
                    questions.push(Asked { question, values: Vec::new(), numbers: Vec::new(), days: BTreeMap::new() });
                }
                questions[at].draw_from(tables, question, &days);
            }
        }
        Crowd { random: Random(seed), days: days.into_iter().collect(), questions }
    }

    /// Returns a random person with a goal. Other answers are given, open or "don't know".
    pub fn person(&mut self) -> Person {
        let random = &mut self.random;
        let as_of = *random.one(&self.days);
        // The share of open answers differs from person to person.
        let (open, unknown) = (random.below(10), 1 + random.below(2));
        let mut said = Said::new();
        for Asked { question, values, numbers, days } in &self.questions {
            let required = question.id == QuestionId::GOAL;
            if !required && random.below(14) < open {
                continue;
            }
            let value = match question.kind {
                _ if !required && random.below(12) < unknown => DONT_KNOW.to_owned(),
                Kind::Choice(_) => (*random.one(values)).to_owned(),
                Kind::Number(..) if random.below(8) == 0 => {
                    // The ends of the widest range are among the numbers.
                    let (from, to) =
                        numbers.iter().fold((u16::MAX, 0), |(from, to), one| (from.min(*one), to.max(*one)));
                    (usize::from(from) + random.below(usize::from(to - from) + 1)).to_string()
                }
                Kind::Number(..) => random.one(numbers).to_string(),
                Kind::Date => random.one(&days[&as_of]).to_string(),
            };
            said.insert(question.name.to_owned(), value);
        }
        Person { said, as_of }
    }
}

impl Asked {
    /// Whether this is the same question in other tables, with answers of the same type.
    fn takes_the_same(&self, question: &Question) -> bool {
        let types = |kind: Kind| match kind {
            Kind::Choice(_) => 0,
            Kind::Number(..) => 1,
            Kind::Date => 2,
        };
        self.question.name == question.name && types(self.question.kind) == types(question.kind)
    }

    /// Adds the answers to this question from another set of tables.
    fn draw_from(&mut self, tables: &'static Tables, question: &Question, days: &BTreeSet<Date>) {
        if let Kind::Choice(values) = question.kind {
            let new = values.iter().map(|value| value.id).filter(|id| !self.values.contains(id));
            self.values.extend(new.collect::<Vec<_>>());
        }
        self.numbers.extend(boundaries::numbers(tables, question));
        if matches!(question.kind, Kind::Date) {
            for as_of in days {
                let worth =
                    boundaries::answers(tables, question, *as_of).into_iter().filter_map(|answer| match answer {
                        Answer::Date(day) => Some(day),
                        _ => None,
                    });
                self.days.entry(*as_of).or_default().extend(worth);
            }
        }
    }
}

/// A generator of the same numbers in every run (splitmix64).
struct Random(u64);

impl Random {
    /// Returns a number below the limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    /// Returns one of the elements.
    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
