//! Invented people, the same for the same seed: for tests, and for comparing two sets of tables.
//!
//! Drawn where the tables make a difference: at the numbers and days they mention and beside them. Answers are ids and
//! values of the contract, so that one person can be put to several tables.

// Places are drawn below a length that was asked for, numbers within the range of a question.
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{Answer, DONT_KNOW, boundaries};

/// Answers as the contract writes them.
pub type Said = BTreeMap<String, String>;

/// Somebody, and the day of whose rules they ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub said: Said,
    pub as_of: Date,
}

/// As many people as are wanted.
pub struct Crowd {
    random: Random,
    days: Vec<Date>,
    questions: Vec<Asked>,
}

/// A question with the answers worth giving.
struct Asked {
    question: &'static Question,
    values: Vec<&'static str>,
    numbers: Vec<u16>,
    /// By as-of date.
    days: BTreeMap<Date, Vec<Date>>,
}

impl Crowd {
    /// People about whom any of these tables may make a difference.
    pub fn new(tables: &[&'static Tables], seed: u64) -> Crowd {
        let mut days: BTreeSet<Date> = tables.iter().flat_map(|tables| boundaries::days(tables)).collect();
        // Well before and after everything that is known.
        let ends = [days.first().and_then(|day| day.before()), days.last().and_then(|day| day.after_months(11))];
        days.extend(ends.into_iter().flatten());

        let mut questions: Vec<Asked> = Vec::new();
        for tables in tables {
            for question in tables.questions {
                let known = questions.iter().position(|one| one.question.id == question.id);
                let at = known.unwrap_or(questions.len());
                if known.is_none() {
                    questions.push(Asked { question, values: Vec::new(), numbers: Vec::new(), days: BTreeMap::new() });
                }
                questions[at].draw_from(tables, question, &days);
            }
        }
        Crowd { random: Random(seed), days: days.into_iter().collect(), questions }
    }

    /// Somebody with a goal, about whom a part of everything is known.
    pub fn person(&mut self) -> Person {
        let random = &mut self.random;
        let as_of = *random.one(&self.days);
        // Some say nearly all, some nearly nothing.
        let (open, unknown) = (random.below(10), 1 + random.below(2));
        let mut said = Said::new();
        for Asked { question, values, numbers, days } in &self.questions {
            let required = question.id == QuestionId::Goal;
            if !required && random.below(14) < open {
                continue;
            }
            let value = match question.kind {
                _ if !required && random.below(12) < unknown => DONT_KNOW.to_owned(),
                Kind::Choice(_) => (*random.one(values)).to_owned(),
                Kind::Number(from, to) if random.below(8) == 0 => {
                    (usize::from(from) + random.below(usize::from(to - from) + 1)).to_string()
                }
                Kind::Number(..) => random.one(numbers).to_string(),
                Kind::Date => random.one(&days[&as_of]).to_string(),
            };
            said.insert(question.id.id().to_owned(), value);
        }
        Person { said, as_of }
    }
}

impl Asked {
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

/// The same numbers in every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
