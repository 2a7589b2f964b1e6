//! The contract: the JSON format of answers (input) and findings (output), the same for every program.
//!
//! It uses serde_json, natively and in the engine; the page has no JSON parser and doesn't contain it. It knows
//! names and shapes and decides nothing. An error names the question and the values that it accepts; nothing is
//! guessed.

mod output;

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;
use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{Answer, Answers, Assessment, read};

pub use output::{Output, RangeOutput, StateOutput, ids};

/// An answer that is not accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputError {
    /// The question id as it was written.
    pub question: String,
    pub code: ErrorCode,
    /// What is wrong, and what to write instead.
    pub what: String,
}

tables::ids! {
    /// The kinds of errors in answers, for programs.
    ErrorCode {
        /// There is no such question.
        UnknownQuestion = "unknown-question",
        /// The question accepts other values.
        BadValue = "bad-value",
        /// The day is after the as-of date.
        AfterAsOf = "after-as-of",
        /// The question is answered more than once.
        AnsweredTwice = "answered-twice",
        /// The goal is not answered.
        GoalMissing = "goal-missing",
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.question, self.what)
    }
}

impl std::error::Error for InputError {}

/// The entries of one JSON object, including duplicates: if a question is answered twice, it is unknown which
/// answer is meant.
pub struct Input(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Input {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Input, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Input;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one JSON object of answers, such as { \"goal\": \"enrol\" }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Input, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Input(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Reads answers from one JSON object. Returns all errors at once.
pub fn answers_from_json(tables: &Tables, input: &Input, as_of: Date) -> Result<Answers, Vec<InputError>> {
    from_json(tables, input, as_of, true)
}

/// Like `answers_from_json`, but the goal may be open, as at the beginning of a questionnaire.
pub fn some_answers_from_json(tables: &Tables, input: &Input, as_of: Date) -> Result<Answers, Vec<InputError>> {
    from_json(tables, input, as_of, false)
}

/// Reads answers from ids and values as text. The error of a value is the text that was found in its place.
pub fn answers_from_text<'i>(
    tables: &Tables,
    written: impl IntoIterator<Item = (&'i str, Result<String, String>)>,
    as_of: Date,
) -> Result<Answers, Vec<InputError>> {
    from_text(tables, written, as_of, true)
}

/// Reads answers from a JSON object; `needs_goal` is false if the goal may be open.
fn from_json(tables: &Tables, Input(said): &Input, as_of: Date, needs_goal: bool) -> Result<Answers, Vec<InputError>> {
    let twice = said.iter().enumerate().filter(|(at, (id, _))| said.iter().take(*at).any(|(before, _)| before == id));
    let what = "is answered twice. Leave one answer out";
    let twice: Vec<_> = twice.map(|(_, (id, _))| error(id, ErrorCode::AnsweredTwice, what)).collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        // Only whole numbers are accepted; 30.0 is not.
        Value::Number(number) => Ok(number.to_string()),
        other => Err(other.to_string()),
    };
    from_text(tables, said.iter().map(|(id, value)| (id.as_str(), text(value))), as_of, needs_goal)
}

/// Reads answers from text and collects all errors.
fn from_text<'i>(
    tables: &Tables,
    written: impl IntoIterator<Item = (&'i str, Result<String, String>)>,
    as_of: Date,
    needs_goal: bool,
) -> Result<Answers, Vec<InputError>> {
    let mut answers = Answers::NONE;
    let mut errors = Vec::new();
    for (id, value) in written {
        match answer(tables, id, value, as_of) {
            Ok((question, answer)) => answers.set(question, Some(answer)),
            Err(error) => errors.push(error),
        }
    }
    let missing = answers.get(QuestionId::GOAL).is_none() && errors.iter().all(|error| error.question != "goal");
    if needs_goal && missing {
        let takes = tables.question(QuestionId::GOAL).map(takes).unwrap_or_default();
        errors.push(error("goal", ErrorCode::GoalMissing, &format!("is missing. It takes {takes}")));
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

/// Reads one answer.
fn answer(
    tables: &Tables,
    id: &str,
    value: Result<String, String>,
    as_of: Date,
) -> Result<(QuestionId, Answer), InputError> {
    let Some(question) = tables.question_named(id) else {
        return Err(error(id, ErrorCode::UnknownQuestion, "is no question. The tables list them, under `question`"));
    };
    // Created only for an error, because a question may have hundreds of values.
    let takes = || takes(question);
    let bad = |what: &str| error(id, ErrorCode::BadValue, &format!("can't be `{what}`. It takes {}", takes()));
    let value = value.map_err(|other| bad(&other))?;
    match read(question, &value) {
        Ok(Answer::Date(day)) if as_of < day => {
            let what = format!("can't be {day}, after the as-of date {as_of}. It takes {}", takes());
            Err(error(id, ErrorCode::AfterAsOf, &what))
        }
        Ok(answer) => Ok((question.id, answer)),
        Err(_) => Err(bad(&value)),
    }
}

fn error(question: &str, code: ErrorCode, what: &str) -> InputError {
    InputError { question: question.to_owned(), code, what: what.to_owned() }
}

/// Describes the values that a question accepts, for people who write programs.
fn takes(question: &Question) -> String {
    let unknown = if question.id == QuestionId::GOAL { "" } else { ", or dont-know" };
    match question.kind {
        Kind::Choice(values) => {
            let ids: Vec<_> = values.iter().map(|value| value.id).collect();
            format!("one of {}{unknown}", ids.join(", "))
        }
        Kind::Number(from, to) => format!("a whole number from {from} to {to}{unknown}"),
        Kind::Date => format!("a day such as 2025-07-31, not after the as-of date{unknown}"),
    }
}

/// Writes an assessment in the format of the contract.
pub fn to_json(tables: &Tables, assessment: &Assessment) -> Value {
    serde_json::to_value(Output::new(tables, assessment)).unwrap_or_default()
}
