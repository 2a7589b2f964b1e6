//! People of the tests: invented ones, drawn or written down.

use subsidy_checker::rules::{self, Answers, Date, Tables};

pub use subsidy_checker::people::{Crowd, Person, Said};

pub fn answers(said: &Said) -> Answers {
    answers_of(&rules::TABLES, said)
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

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("`{text}` is no day"))
}

/// A person as a worked example, to be put into `rules/cases/`.
pub fn example(said: &Said, as_of: &str) -> String {
    let answers: Vec<_> = said.iter().map(|(id, value)| format!("{id} = \"{value}\"")).collect();
    format!("[[case]]\nname = \"\"\nclauses = []\nas-of = {as_of}\nanswers = {{ {} }}\n", answers.join(", "))
}
