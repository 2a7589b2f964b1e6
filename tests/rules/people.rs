//! People of the tests: invented ones, drawn or written down.

use subsidy_checker::rules::{self, Answers, Date, TABLES, Tables};

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
    for question in tables.questions {
        if let Some(value) = said.get(question.id.id()) {
            let answer = rules::read(question, value)
                .unwrap_or_else(|error| panic!("{} = {value}: {error:?}", question.id.id()));
            answers.set(question.id, Some(answer));
        }
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

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("`{text}` is no day"))
}

/// A person as a worked example, to be put into `rules/cases/`.
pub fn example(said: &Said, as_of: &str) -> String {
    let answers: Vec<_> = said.iter().map(|(id, value)| format!("{id} = \"{value}\"")).collect();
    format!("[[case]]\nname = \"\"\nclauses = []\nas-of = {as_of}\nanswers = {{ {} }}\n", answers.join(", "))
}
