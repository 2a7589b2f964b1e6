//! The engine: the core for other programs. Input and output are text, in the JSON format of the contract.
//!
//! It is separate from `src/bin/engine.rs`, which exposes it to JavaScript, so that the same code is tested
//! natively. It is separate from `contract`, because the next question and the hints are formats of this module. It
//! decides nothing.

use serde::Serialize;
use serde_json::{Map, Value, json};
use tables::Date;

use crate::{
    contract::{self, Input, InputError, Output, RangeOutput, StateOutput},
    export, flow,
    rules::{Action, Advice, AnswerSet, Answers, Outcome, TABLES, advice, assess},
    text::{Language, TextError, built_in},
};

/// The day whose rules are used.
#[derive(Clone, Copy, Debug)]
pub struct Day<'t> {
    /// The as-of date as text, such as 2025-12-01. None for today.
    pub as_of: Option<&'t str>,
    /// The current time in seconds since 1970-01-01 UTC, from which today in Asia/Shanghai follows.
    pub now: u64,
}

/// Returns the findings for these answers, in the format of the contract.
///
/// # Errors
///
/// A JSON list of what is not accepted: objects with `code`, `message` and, if there is one, `question`.
pub fn findings(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::answers_from_json)?;
    let assessment = assess(&TABLES, &answers, as_of);
    Ok(text(&Output::new(&TABLES, &assessment)))
}

/// Returns the next question: `question`, the other questions that are asked `together` with it, and `ahead`, about
/// how many pages follow. Returns `null` if no open question could change a finding.
///
/// # Errors
///
/// As `findings`, but the goal may be open.
pub fn next_question(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::some_answers_from_json)?;
    let path = flow::replay(&TABLES, &answers, as_of);
    let Some(next) = path.next else { return Ok(Value::Null.to_string()) };
    let first = next.questions().find(|question| path.used.get(question.id).is_none());
    let others = next.questions().filter(|question| Some(question.id) != first.map(|first| first.id));
    Ok(json!({
        "question": first.map(|question| question.name),
        "together": others.map(|question| question.name).collect::<Vec<_>>(),
        "ahead": flow::pages_after_next(&TABLES, &path, as_of),
    })
    .to_string())
}

/// Returns what would improve the findings, as a list of advice.
///
/// # Errors
///
/// As `findings`.
pub fn hints(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::answers_from_json)?;
    Ok(advice(&TABLES, &answers, as_of).iter().map(hint).collect::<Value>().to_string())
}

/// Returns all rules in the format of `rules/rules.schema.json`, with wording in Simplified Chinese.
///
/// # Errors
///
/// The wording belongs to another build.
pub fn rules() -> Result<String, TextError> {
    Ok(export::to_json(&TABLES, built_in(Language::FIRST)?).to_string())
}

/// The version of the tables.
pub fn version() -> &'static str {
    TABLES.version
}

/// A function of the contract that reads answers.
type Reader = fn(&tables::Tables, &Input, Date) -> Result<Answers, Vec<InputError>>;

/// Reads answers and as-of date. The error is a JSON list of all errors.
fn read(answers: &str, Day { as_of, now }: Day, reader: Reader) -> Result<(Answers, Date), String> {
    let day = match as_of {
        Some(day) => Date::parse(day).ok_or_else(|| {
            format!("the as-of date can't be `{day}`, which is no day of the calendar. Write it like 2025-12-01")
        }),
        None => Date::in_shanghai(now).ok_or_else(|| "the clock is too far off. Give the as-of date".to_owned()),
    };
    let as_of = day.map_err(|message| errors([wrong("bad-as-of", &message, None)]))?;
    let input: Input = serde_json::from_str(answers)
        .map_err(|error| errors([wrong("not-answers", &format!("the answers can't be read: {error}"), None)]))?;
    let answers = reader(&TABLES, &input, as_of).map_err(|all| {
        errors(all.iter().map(|one| wrong(one.code.id(), &one.to_string(), Some(one.question.as_str()))))
    })?;
    Ok((answers, as_of))
}

/// Writes a list of errors as JSON text.
fn errors(all: impl IntoIterator<Item = Value>) -> String {
    all.into_iter().collect::<Value>().to_string()
}

/// Writes an error.
fn wrong(code: &str, message: &str, question: Option<&str>) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(code));
    object.insert("message".to_owned(), json!(message));
    question.and_then(|question| object.insert("question".to_owned(), json!(question)));
    Value::Object(object)
}

/// Writes one piece of advice.
fn hint(one: &Advice) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("finding", json!(one.finding.id()));
    let (kind, given) = match &one.action {
        Action::Change(all) => {
            let others = all.iter().skip(1).map(|(question, given)| {
                let mut object = Map::new();
                object.insert("question".to_owned(), json!(TABLES.name_of(*question)));
                if let AnswerSet::Choices(values) = given {
                    object.insert("values".to_owned(), json!(contract::ids(&TABLES, *question, values)));
                }
                Value::Object(object)
            });
            let others: Vec<Value> = others.collect();
            if !others.is_empty() {
                put("also", json!(others));
            }
            ("change", all.first().map(|(question, given)| (question, given)))
        }
        Action::FindOut(question, given) => ("find-out", Some((question, given))),
        Action::Wait(years) => {
            put("years", json!(years));
            ("wait", None)
        }
        Action::From(day) => {
            put("day", json!(day.to_string()));
            ("not-before", None)
        }
        Action::Before(day) => {
            put("day", json!(day.to_string()));
            ("not-after", None)
        }
    };
    put("step", json!(kind));
    if let Some((question, given)) = given {
        put("question", json!(TABLES.name_of(*question)));
        match given {
            AnswerSet::Choices(which) => put("values", json!(contract::ids(&TABLES, *question, which))),
            AnswerSet::Numbers(from, to) => put("numbers", json!({ "from": from, "to": to })),
            AnswerSet::Days(from, to) => put("days", json!({ "from": from.to_string(), "to": to.to_string() })),
        };
    }
    put("now", outcome(one.now));
    put("then", outcome(one.then));
    if let Some(day) = one.rules_end {
        put("rules-known-until", json!(day.to_string()));
    }
    Value::Object(object)
}

#[derive(Serialize)]
struct OutcomeOutput {
    #[serde(flatten)]
    state: StateOutput,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<RangeOutput>,
}

fn outcome(Outcome { state, amount }: Outcome) -> Value {
    json!(OutcomeOutput { state: state.into(), amount: amount.map(RangeOutput::from) })
}

/// Writes a value as JSON text, which can't fail for the values of this module.
fn text(output: &impl Serialize) -> String {
    serde_json::to_string(output).unwrap_or_default()
}
