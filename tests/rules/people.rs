//! Random people, the same in every run.

use std::collections::BTreeMap;

use subsidy_checker::rules::{Answers, Date, Kind, TABLES, read};

/// Answers as the contract writes them.
pub type Said = BTreeMap<String, String>;

/// The numbers about which the tables make a difference, and their neighbours.
const NUMBERS: [u16; 24] = [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 15, 16, 17, 54, 55, 56, 59, 60, 61, 89, 90, 91, 100, 30];

/// Days about which the tables make a difference, and their neighbours.
const DAYS: [&str; 30] = [
    "2021-12-31",
    "2022-01-01",
    "2023-08-14",
    "2023-08-15",
    "2024-02-29",
    "2024-06-30",
    "2024-07-01",
    "2024-10-11",
    "2024-10-12",
    "2024-12-31",
    "2025-01-01",
    "2025-02-28",
    "2025-04-02",
    "2025-04-03",
    "2025-04-10",
    "2025-04-11",
    "2025-04-20",
    "2025-04-21",
    "2025-05-10",
    "2025-07-10",
    "2025-07-11",
    "2025-07-31",
    "2025-08-01",
    "2025-12-30",
    "2025-12-31",
    "2026-01-01",
    "2026-01-15",
    "2026-07-30",
    "2026-07-31",
    "2026-11-24",
];

/// The same numbers in every run (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    /// Somebody with a goal, about whom a part of everything is known; and a day.
    pub fn person(&mut self) -> (Said, &'static str) {
        let as_of = DAYS[self.below(DAYS.len())];
        // Some say nearly all, some nearly nothing.
        let (open, unknown) = (self.below(10), 1 + self.below(2));
        let mut said = Said::new();
        for question in TABLES.questions {
            let required = question.id.id() == "goal";
            if !required && self.below(14) < open {
                continue;
            }
            let value = match question.kind {
                _ if !required && self.below(12) < unknown => "dont-know".to_owned(),
                Kind::Choice(values) => values[self.below(values.len())].id.to_owned(),
                Kind::Number(from, to) => NUMBERS[self.below(NUMBERS.len())].clamp(from, to).to_string(),
                Kind::Date => DAYS[self.below(DAYS.len())].min(as_of).to_owned(),
            };
            said.insert(question.id.id().to_owned(), value);
        }
        (said, as_of)
    }
}

pub fn answers(said: &Said) -> Answers {
    let mut answers = Answers::NONE;
    for question in TABLES.questions {
        if let Some(value) = said.get(question.id.id()) {
            let answer =
                read(question, value).unwrap_or_else(|error| panic!("{} = {value}: {error:?}", question.id.id()));
            answers.set(question.id, Some(answer));
        }
    }
    answers
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("`{text}` is no day"))
}
