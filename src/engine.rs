//! The core for other people's programs: text in, text out, the contract's JSON on both sides.
//!
//! Apart from `src/bin/engine.rs`, which hands it over to JavaScript, so that natively the same is tested and compared. Apart
//! from `contract`: what comes next and what would be better is ours. Decides nothing.

use serde::Serialize;
use serde_json::{Map, Value, json};
use tables::{Date, QuestionId};

use crate::{
    contract::{self, Input, InputError, Output, RangeOutput, StateOutput},
    export, flow,
    rules::{Action, Advice, AnswerSet, Answers, Outcome, TABLES, advice, assess},
    text::{Language, TextError, built_in},
};

/// Which day's rules are used.
#[derive(Clone, Copy, Debug)]
pub struct Day<'t> {
    /// As somebody wrote it, such as 2025-12-01; None for today.
    pub as_of: Option<&'t str>,
    /// Seconds since 1970 began in UTC, for today in Asia/Shanghai.
    pub now: u64,
}

/// The findings for these answers, as the contract has them.
///
/// # Errors
///
/// What can't be taken: a list of objects with `code`, `message` and, where there is one, `question`, in JSON.
pub fn findings(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::answers_from_json)?;
    let assessment = assess(&TABLES, &answers, as_of);
    Ok(text(&Output::new(&TABLES, &assessment)))
}

/// What is to be asked next: `question`, the others that are asked `together` with it, and about how many pages come after.
/// `null` where nothing that is open could change a finding.
///
/// # Errors
///
/// As `findings`, but the goal may be open.
pub fn next_question(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::some_answers_from_json)?;
    let path = flow::replay(&TABLES, &answers, as_of);
    let Some(next) = path.next else { return Ok(Value::Null.to_string()) };
    let asked: Vec<QuestionId> = next.questions().map(|question| question.id).collect();
    let first = asked.iter().find(|question| path.used.get(**question).is_none());
    let others = asked.iter().filter(|question| Some(*question) != first);
    Ok(json!({
        "question": first.map(|question| question.id()),
        "together": others.map(|question| question.id()).collect::<Vec<_>>(),
        "ahead": flow::ahead(&TABLES, &path, as_of),
    })
    .to_string())
}

/// What would make a finding better, as a list.
///
/// # Errors
///
/// As `findings`.
pub fn hints(answers: &str, day: Day) -> Result<String, String> {
    let (answers, as_of) = read(answers, day, contract::answers_from_json)?;
    Ok(advice(&TABLES, &answers, as_of).iter().map(hint).collect::<Value>().to_string())
}

/// All rules, as `rules/rules.schema.json` describes them, with wording in Simplified Chinese.
///
/// # Errors
///
/// The wording is of another build.
pub fn rules() -> Result<String, TextError> {
    Ok(export::to_json(&TABLES, built_in(Language::Simplified)?).to_string())
}

/// The tables' version.
pub fn version() -> &'static str {
    TABLES.version
}

type Reader = fn(&tables::Tables, &Input, Date) -> Result<Answers, Vec<InputError>>;

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

fn errors(all: impl IntoIterator<Item = Value>) -> String {
    all.into_iter().collect::<Value>().to_string()
}

fn wrong(code: &str, message: &str, question: Option<&str>) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(code));
    object.insert("message".to_owned(), json!(message));
    question.and_then(|question| object.insert("question".to_owned(), json!(question)));
    Value::Object(object)
}

fn hint(one: &Advice) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("finding", json!(one.finding.id()));
    let (kind, given) = match &one.step {
        Action::Change(all) => {
            let others = all.iter().skip(1).map(|(question, given)| {
                let mut object = Map::new();
                object.insert("question".to_owned(), json!(question.id()));
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
        put("question", json!(question.id()));
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

/// As JSON text: what is written here always can be.
fn text(output: &impl Serialize) -> String {
    serde_json::to_string(output).unwrap_or_default()
}
