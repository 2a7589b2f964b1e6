//! Invented people as records in the device's storage, so that a test can begin at the page it is about.

use serde_json::Value;
use subsidy_checker::consultation::Consultation;
use subsidy_checker::explain::{Explanation, explain};
use subsidy_checker::people::Person;
use subsidy_checker::rules::{Answer, Answers, Date, QuestionId, TABLES, Tables, read};
use subsidy_checker::text::Text;
use subsidy_checker::{contract, record};

// The tests of the rules use the same people.
#[path = "../../rules/invented.rs"]
mod invented;
pub use invented::{CLAIM, ENROL, EXAM};

/// Returns the core's explanation for one of these people on a day.
pub fn explained(text: Text, record: &str, as_of: &str) -> Explanation {
    let answers = record::from_text(&TABLES, record).unwrap_or_else(|error| panic!("{error:?}: {record}")).answers;
    let as_of = Date::parse(as_of).unwrap_or_else(|| panic!("{as_of} is no day"));
    explain(text, &TABLES, &Consultation::new(&TABLES, &answers, as_of), None)
}

/// Returns the state and amount of each finding, as the core decides them.
pub fn findings(record: &str, as_of: &str) -> Value {
    findings_by(&TABLES, record, as_of)
}

/// Returns the same by other tables.
pub fn findings_by(tables: &'static Tables, record: &str, as_of: &str) -> Value {
    let answers = record::from_text(tables, record).unwrap().answers;
    let as_of = Date::parse(as_of).unwrap();
    let consultation = Consultation::new(tables, &answers, as_of);
    let mut found = contract::to_json(tables, &consultation.assessment)["findings"].take();
    for finding in found.as_object_mut().unwrap().values_mut() {
        finding.as_object_mut().unwrap().retain(|key, _| key == "state" || key == "amount");
    }
    found
}

/// Returns a random person's answers to all questions, missing ones as "don't know". In a list to tick, the answers
/// other than yes must all be the same.
pub fn answered(person: &Person) -> Answers {
    let mut answers = Answers::NONE;
    let mut unsure = Vec::new();
    for question in TABLES.questions.iter().filter(|one| one.id != QuestionId::TARGET_LEVEL) {
        let said = person.said.get(question.name).map_or("dont-know", String::as_str);
        let answer = read(question, said).unwrap();
        answers.set(question.id, Some(answer));
        if let (Some(group), Answer::DontKnow) = (question.group, answer) {
            unsure.push(group.id);
        }
    }
    for question in TABLES.questions.iter().filter(|one| one.group.is_some_and(|group| unsure.contains(&group.id))) {
        if answers.get(question.id) != read(question, "yes").ok() {
            answers.set(question.id, Some(Answer::DontKnow));
        }
    }
    answers
}
