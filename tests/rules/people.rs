//! People of the tests: invented ones, drawn or written down.

use subsidy_checker::rules::{self, Answers, Date, QuestionId, TABLES, Tables};

pub use subsidy_checker::people::{Crowd, Person, Said};

pub use crate::invented::{CLAIM, ENROL, EXAM};

/// Somebody written as a record, with some other answers: `id=value`, or `id=` for none, separated by `;`.
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

/// The same by other tables.
pub fn answers_of(tables: &Tables, said: &Said) -> Answers {
    let mut answers = Answers::NONE;
    for (id, value) in said {
        let question = QuestionId::from_id(id).and_then(|id| tables.question(id));
        let question = question.unwrap_or_else(|| panic!("no question `{id}`"));
        let answer = rules::read(question, value).unwrap_or_else(|error| panic!("{id} = {value}: {error:?}"));
        answers.set(question.id, Some(answer));
    }
    answers
}

/// The answers as the contract writes them.
pub fn said(answers: &Answers) -> Said {
    let each = TABLES.questions.iter().filter_map(|question| {
        let value = rules::write(question, answers.get(question.id)?)?;
        Some((question.id.id().to_owned(), value))
    });
    each.collect()
}

/// Leaves out answers, but the goal, as long as it still fails.
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

/// Nothing is wrong with what somebody is told, or the smallest such person is shown.
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

/// A person as a worked example, to be put into `rules/cases/`.
pub fn example(said: &Said, as_of: Date) -> String {
    let answers: Vec<_> = said.iter().map(|(id, value)| format!("{id} = \"{value}\"")).collect();
    format!("[[case]]\nname = \"\"\nclauses = []\nas-of = {as_of}\nanswers = {{ {} }}\n", answers.join(", "))
}

/// The same numbers in every run.
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

/// Of people drawn blindly nearly all are out of the subsidy from the start, and nothing is left to look at: two in three
/// answer what would put them out at once as somebody does who gets it, mostly.
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
