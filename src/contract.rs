//! The contract: one JSON object of answers in, one of findings out, the same for every program.
//!
//! Not in the page, which has no JSON parser: natively and in the engine, with serde_json. Knows names and shapes and decides
//! nothing. What is wrong with an answer names its question and what that takes; nothing is guessed.

use std::fmt;

use rust_decimal::Decimal;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value, json};
use tables::{Date, Kind, Question, QuestionId, Tables, ValueSet};

use crate::rules::{
    Amount, Answer, Answers, Assessment, Deadline, DecidedCriterion, ExamEntry, Finding, Missing, Range, Truth, read,
};

/// An answer that can't be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputError {
    /// The question as it was written.
    pub question: String,
    pub code: ErrorCode,
    /// What is wrong, and what to write instead.
    pub what: String,
}

tables::ids! {
    /// What can be wrong with an answer, for programs.
    ErrorCode {
        /// There is no such question.
        UnknownQuestion = "unknown-question",
        /// The question takes other values.
        BadValue = "bad-value",
        /// A day after the as-of date.
        AfterAsOf = "after-as-of",
        /// The question is answered more than once.
        AnsweredTwice = "answered-twice",
        /// The goal isn't answered.
        GoalMissing = "goal-missing",
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.question, self.what)
    }
}

impl std::error::Error for InputError {}

/// The entries of one JSON object, each as often as it is written: of a question that is answered twice nobody knows which
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

/// Reads answers from one JSON object; all that is wrong at once.
pub fn answers_from_json(tables: &Tables, input: &Input, as_of: Date) -> Result<Answers, Vec<InputError>> {
    from_json(tables, input, as_of, true)
}

/// Likewise, for who is only asking yet: the goal may be open.
pub fn some_answers_from_json(tables: &Tables, input: &Input, as_of: Date) -> Result<Answers, Vec<InputError>> {
    from_json(tables, input, as_of, false)
}

/// Reads answers from ids and values as text; an error in place of a value is what was there instead.
pub fn answers_from_text<'i>(
    tables: &Tables,
    written: impl IntoIterator<Item = (&'i str, Result<String, String>)>,
    as_of: Date,
) -> Result<Answers, Vec<InputError>> {
    from_text(tables, written, as_of, true)
}

fn from_json(tables: &Tables, Input(said): &Input, as_of: Date, needs_goal: bool) -> Result<Answers, Vec<InputError>> {
    let twice = said.iter().enumerate().filter(|(at, (id, _))| said.iter().take(*at).any(|(before, _)| before == id));
    let what = "is answered twice. Leave one answer out";
    let twice: Vec<_> = twice.map(|(_, (id, _))| error(id, ErrorCode::AnsweredTwice, what)).collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        // Whole numbers only: 30.0 is none.
        Value::Number(number) => Ok(number.to_string()),
        other => Err(other.to_string()),
    };
    from_text(tables, said.iter().map(|(id, value)| (id.as_str(), text(value))), as_of, needs_goal)
}

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
    let missing = answers.get(QuestionId::Goal).is_none() && errors.iter().all(|error| error.question != "goal");
    if needs_goal && missing {
        let takes = tables.question(QuestionId::Goal).map(takes).unwrap_or_default();
        errors.push(error("goal", ErrorCode::GoalMissing, &format!("is missing. It takes {takes}")));
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

fn answer(
    tables: &Tables,
    id: &str,
    value: Result<String, String>,
    as_of: Date,
) -> Result<(QuestionId, Answer), InputError> {
    let Some(question) = QuestionId::from_id(id).and_then(|id| tables.question(id)) else {
        return Err(error(id, ErrorCode::UnknownQuestion, "is no question. The tables list them, under `question`"));
    };
    let takes = takes(question);
    let bad = |what: &str| error(id, ErrorCode::BadValue, &format!("can't be `{what}`. It takes {takes}"));
    let value = value.map_err(|other| bad(&other))?;
    match read(question, &value) {
        Ok(Answer::Date(day)) if as_of < day => {
            let what = format!("can't be {day}, after the as-of date {as_of}. It takes {takes}");
            Err(error(id, ErrorCode::AfterAsOf, &what))
        }
        Ok(answer) => Ok((question.id, answer)),
        Err(_) => Err(bad(&value)),
    }
}

fn error(question: &str, code: ErrorCode, what: &str) -> InputError {
    InputError { question: question.to_owned(), code, what: what.to_owned() }
}

/// What a question takes, in words for people who write programs.
fn takes(question: &Question) -> String {
    let unknown = if question.id == QuestionId::Goal { "" } else { ", or dont-know" };
    match question.kind {
        Kind::Choice(values) => {
            let ids: Vec<_> = values.iter().map(|value| value.id).collect();
            format!("one of {}{unknown}", ids.join(", "))
        }
        Kind::Number(from, to) => format!("a whole number from {from} to {to}{unknown}"),
        Kind::Date => format!("a day such as 2025-07-31, not after the as-of date{unknown}"),
    }
}

/// Writes an assessment as the contract has it.
pub fn to_json(tables: &Tables, assessment: &Assessment) -> Value {
    let findings = assessment.findings.iter().map(|one| (one.id.id().to_owned(), finding(tables, one)));
    json!({
        "as-of": assessment.as_of.to_string(),
        "rules": tables.version,
        "findings": findings.collect::<Map<_, _>>(),
        "information": assessment.information.iter().map(|one| one.clause).collect::<Vec<_>>(),
    })
}

fn finding(tables: &Tables, finding: &Finding) -> Value {
    let mut object = stated(finding.state);
    amounts(&mut object, [finding.amount, finding.base, finding.uplift]);
    let mut put = |key: &str, value: Option<Value>| value.and_then(|value| object.insert(key.to_owned(), value));
    put("deadline", finding.deadline.map(deadline));
    put("phase", finding.stage.map(|stage| json!(stage.id())));
    put("rules-known-until", finding.rules_known_until.map(|day| json!(day.to_string())));
    let places: Vec<_> = finding.claim_at.iter().map(|place| place.id()).collect();
    put("claim-at", (!places.is_empty()).then(|| json!(places)));
    put("provided-that", (!finding.provided_that.is_empty()).then(|| json!(finding.provided_that)));
    put(
        "indicative",
        finding.indicative.as_ref().map(|then| {
            let mut object = stated(then.state);
            amounts(&mut object, [then.amount, then.base, then.uplift]);
            if let Some(days) = then.deadline {
                object.insert("deadline".to_owned(), deadline(days));
            }
            Value::Object(object)
        }),
    );
    put("criteria", Some(finding.criteria.iter().map(criterion).collect()));
    if let Some(found) = &finding.entry {
        entry(tables, &mut object, found);
    }
    Value::Object(object)
}

/// A state with its cause.
pub(crate) fn stated(state: Truth) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("state".to_owned(), json!(state.id()));
    if let Some(cause) = state.cause() {
        object.insert("cause".to_owned(), json!(cause.id()));
    }
    object
}

fn amounts(object: &mut Map<String, Value>, amounts: [Option<Amount>; 3]) {
    for (key, amount) in ["amount", "base", "uplift"].into_iter().zip(amounts) {
        if let Some(amount) = amount {
            object.insert(key.to_owned(), amount.map_or(Value::Null, range));
        }
    }
}

fn deadline(Deadline { safe, last }: Deadline) -> Value {
    json!({ "safe": safe.to_string(), "last": last.to_string() })
}

/// An amount in yuan.
pub(crate) fn range(range: Range) -> Value {
    let text = |amount: Decimal| amount.normalize().to_string();
    json!({ "min": text(range.min), "max": text(range.max) })
}

/// A clause's state, behind its id.
fn identified(id: &str, state: Truth) -> Map<String, Value> {
    [("id".to_owned(), json!(id))].into_iter().chain(stated(state)).collect()
}

fn criterion(decided: &DecidedCriterion) -> Value {
    Value::Object(identified(decided.criterion.id, decided.state))
}

fn entry(tables: &Tables, object: &mut Map<String, Value>, entry: &ExamEntry) {
    let paths = entry.paths.iter().map(|path| {
        let mut object = identified(path.criterion.id, path.state);
        let missing: Map<_, _> = path.missing.iter().map(|one| missing(tables, one)).collect();
        if !missing.is_empty() {
            object.insert("lacks".to_owned(), Value::Object(missing));
        }
        Value::Object(object)
    });
    object.insert("paths".to_owned(), paths.collect());
    object.insert("highest-level".to_owned(), json!(entry.highest_level));
    if let Some(held) = entry.already_held {
        object.insert("already-held".to_owned(), json!(held));
    }
}

fn missing(tables: &Tables, one: &Missing) -> (String, Value) {
    match one {
        Missing::More(question, missing) => (question.id().to_owned(), json!(missing)),
        Missing::OneOf(question, which) => (question.id().to_owned(), json!(ids(tables, *question, which))),
    }
}

/// The ids of some of a choice's values.
pub fn ids(tables: &Tables, question: QuestionId, which: &ValueSet) -> Vec<&'static str> {
    let values = match tables.question(question).map(|one| one.kind) {
        Some(Kind::Choice(values)) => values,
        _ => &[],
    };
    which.iter().filter_map(|at| values.get(usize::from(at))).map(|value| value.id).collect()
}
