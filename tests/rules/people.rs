//! People for the tests: invented, random, or written as text.

use subsidy_checker::rules::{self, Answers, Date, QuestionId, Tables};

use crate::frozen::TABLES;

pub use subsidy_checker::people::{Crowd, Person, Said};

pub use crate::invented::{CLAIM, ENROL, EXAM};

/// Reads a person from a record, with some answers replaced: `id=value`, or `id=` to remove one, separated by `;`.
pub fn but(somebody: &str, others: &str) -> Said {
    let mut said = Said::new();
    for (id, value) in somebody.split(';').chain(others.split(';')).filter_map(|one| one.trim().split_once('=')) {
        if value.is_empty() {
            said.remove(id);
        } else {
            said.insert(id.to_owned(), value.to_owned());
        }
    }
    said
}

pub fn answers(said: &Said) -> Answers {
    answers_of(&TABLES, said)
}

/// Returns the id of a question of the built-in tables.
pub fn question(name: &str) -> QuestionId {
    TABLES.question_named(name).unwrap_or_else(|| panic!("no question `{name}`")).id
}

/// Reads answers for other tables.
pub fn answers_of(tables: &Tables, said: &Said) -> Answers {
    let mut answers = Answers::NONE;
    for (id, value) in said {
        let question = tables.question_named(id);
        let question = question.unwrap_or_else(|| panic!("no question `{id}`"));
        let answer = rules::read(question, value).unwrap_or_else(|error| panic!("{id} = {value}: {error:?}"));
        answers.set(question.id, Some(answer));
    }
    answers
}

/// Writes answers as the contract does.
pub fn said(answers: &Answers) -> Said {
    let each = TABLES.questions.iter().filter_map(|question| {
        let value = rules::write(question, answers.get(question.id)?)?;
        Some((question.name.to_owned(), value))
    });
    each.collect()
}

/// Removes answers, except the goal, as long as the test still fails.
pub fn shrink(mut said: Said, fails: impl Fn(&Said) -> bool) -> Said {
    loop {
        let fewer = said.keys().filter(|id| *id != "goal").map(|id| {
            let mut fewer = said.clone();
            fewer.remove(id);
            fewer
        });
        match fewer.into_iter().find(|fewer| fails(fewer)) {
            Some(fewer) => said = fewer,
            None => return said,
        }
    }
}

/// Checks that nothing is wrong with a person's result. Otherwise reports the failing person with the fewest
/// answers.
#[track_caller]
pub fn check(said: &Said, as_of: Date, wrong: impl Fn(&Said) -> Option<String>) {
    if wrong(said).is_some() {
        let said = shrink(said.clone(), |fewer| wrong(fewer).is_some());
        panic!("{}\n{}", wrong(&said).unwrap_or_default(), example(&said, as_of));
    }
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("`{text}` is no day"))
}

/// Writes a person as a worked example for `rules/cases/`.
pub fn example(said: &Said, as_of: Date) -> String {
    let answers: Vec<_> = said.iter().map(|(id, value)| format!("{id} = \"{value}\"")).collect();
    format!("[[case]]\nname = \"\"\nclauses = []\nas-of = {as_of}\nanswers = {{ {} }}\n", answers.join(", "))
}

/// A generator of the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    pub fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Changes random answers so that most criteria of the subsidy are met. Nearly all random people are refused at
/// once, which leaves nothing to test; so two in three mostly get the answers of a person whose claim is granted.
pub fn mostly_met(said: &mut Said, dice: &mut Dice) {
    if dice.below(3) == 0 {
        return;
    }
    let elsewhere =
        ["goal", "certificate-occupation", "certificate-level", "certificate-date", "works-in", "insurance"];
    for (id, value) in but(CLAIM, "").into_iter().filter(|(id, _)| !elsewhere.contains(&id.as_str())) {
        if dice.below(8) > 0 {
            said.insert(id, value);
        }
    }
}
