//! Invented people, the same for the same seed: for tests, and for comparing two sets of tables.
//!
//! Drawn where the tables make a difference: at the numbers and days they mention and beside them. Answers are ids and
//! values of the contract, so that one person can be put to several tables.

use std::collections::{BTreeMap, BTreeSet};

use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{DONT_KNOW, boundaries};

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
    numbers: Vec<u16>,
    months: Vec<u16>,
}

/// The same numbers in every run (splitmix64).
struct Random(u64);

impl Crowd {
    /// People about whom any of these tables may make a difference.
    pub fn new(tables: &[&'static Tables], seed: u64) -> Crowd {
        let mut days = BTreeSet::new();
        let mut questions: Vec<Asked> = Vec::new();
        for tables in tables {
            days.extend(boundaries::days(tables));
            for question in tables.questions {
                let numbers = boundaries::numbers(tables, question);
                let months = boundaries::months(tables, question.id);
                match questions.iter_mut().find(|one| one.question.id == question.id) {
                    Some(known) => {
                        known.numbers.extend(numbers);
                        known.months.extend(months);
                    }
                    None => questions.push(Asked {
                        question,
                        numbers: numbers.into_iter().collect(),
                        months: months.into_iter().collect(),
                    }),
                }
            }
        }
        // Well before and after everything that is known.
        let ends = [days.first().and_then(|day| day.before()), days.last().and_then(|day| day.after_months(11))];
        days.extend(ends.into_iter().flatten());
        Crowd { random: Random(seed), days: days.into_iter().collect(), questions }
    }

    /// Somebody with a goal, about whom a part of everything is known.
    pub fn person(&mut self) -> Person {
        let random = &mut self.random;
        let as_of = *random.one(&self.days);
        // Some say nearly all, some nearly nothing.
        let (open, unknown) = (random.below(10), 1 + random.below(2));
        let mut said = Said::new();
        for Asked { question, numbers, months } in &self.questions {
            let required = question.id == QuestionId::Goal;
            if !required && random.below(14) < open {
                continue;
            }
            let value = match question.kind {
                _ if !required && random.below(12) < unknown => DONT_KNOW.to_owned(),
                Kind::Choice(values) => random.one(values).id.to_owned(),
                Kind::Number(from, to) if random.below(8) == 0 => {
                    (usize::from(from) + random.below(usize::from(to - from) + 1)).to_string()
                }
                Kind::Number(..) => random.one(numbers).to_string(),
                Kind::Date => random.day(&self.days, months, as_of).to_string(),
            };
            said.insert(question.id.id().to_owned(), value);
        }
        Person { said, as_of }
    }
}

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

    /// A day not after the as-of date: an edge of the tables, or one whose months end about then.
    fn day(&mut self, days: &[Date], months: &[u16], as_of: Date) -> Date {
        if !months.is_empty() && self.below(2) == 0 {
            let months = *self.one(months);
            let near = [as_of.before(), Some(as_of), as_of.next()][self.below(3)].unwrap_or(as_of);
            let years = near.year().saturating_sub(months / 12);
            if let Some(day) = Date::new(years, near.month(), near.day()) {
                return day.min(as_of);
            }
        }
        (*self.one(days)).min(as_of)
    }
}
