//! A finding as a worked example states it: its parts as TOML, absent where the finding has none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tables::{Kind, Tables};
use toml_edit::{Array, InlineTable, Value};

use crate::rules::{self, Deadline, EntryPath, Finding, Level, Missing, Truth};

/// The parts of a finding, in the order in which examples state them.
pub const PARTS: [&str; 16] = [
    "state",
    "cause",
    "amount",
    "base",
    "uplift",
    "deadline",
    "claim-at",
    "phase",
    "highest-level",
    "already-held",
    "paths",
    "lacks",
    "provided-that",
    "rules-known-until",
    "indicative",
    "criteria",
];

/// Returns the parts of a finding.
pub fn parts(tables: &Tables, finding: &Finding) -> BTreeMap<&'static str, Value> {
    let mut all = outcome(finding);
    let entry = finding.entry.as_ref();
    let paths = entry.map(|entry| entry.paths.as_slice()).unwrap_or_default();
    let level = |level: Level| Value::from(i64::from(level.number()));
    let missing = paths.iter().filter(|path| !path.missing.is_empty());
    let others = [
        ("claim-at", list(finding.claim_at.iter().map(|place| place.id))),
        ("phase", finding.stage.map(|stage| stage.id().into())),
        ("highest-level", entry.and_then(|entry| entry.highest_level).map(level)),
        ("already-held", entry.and_then(|entry| entry.already_held).map(level)),
        ("paths", table(paths.iter().map(|path| (path.criterion.id, state(path.state).into())))),
        ("lacks", table(missing.map(|path| (path.criterion.id, lacks(tables, path))))),
        ("provided-that", list(finding.provided_that.iter().copied())),
        ("rules-known-until", finding.rules_known_until.and_then(|day| day.to_string().parse().ok())),
        ("indicative", finding.indicative.as_ref().and_then(|then| table(in_order(outcome(then))))),
        ("criteria", table(finding.criteria.iter().map(|one| (one.criterion.id, state(one.state).into())))),
    ];
    all.extend(others.into_iter().filter_map(|(part, value)| Some((part, value?))));
    all
}

/// The parts that also stand in `indicative`.
fn outcome(finding: &Finding) -> BTreeMap<&'static str, Value> {
    let days = |Deadline { safe, last, .. }: Deadline| {
        table([("safe", safe.to_string().into()), ("last", last.to_string().into())])
    };
    let all = [
        ("state", Some(finding.state.id().into())),
        ("cause", finding.state.cause().map(|cause| cause.id().into())),
        ("amount", finding.amount.map(amount)),
        ("base", finding.base.map(amount)),
        ("uplift", finding.uplift.map(amount)),
        ("deadline", finding.deadline.and_then(days)),
    ];
    all.into_iter().filter_map(|(part, value)| Some((part, value?))).collect()
}

fn in_order(mut parts: BTreeMap<&'static str, Value>) -> impl Iterator<Item = (&'static str, Value)> {
    PARTS.into_iter().filter_map(move |part| Some((part, parts.remove(part)?)))
}

/// Returns a state, or the cause if it is unknown.
pub fn state(state: Truth) -> &'static str {
    match state {
        Truth::Unknown(cause) => cause.id(),
        state => state.id(),
    }
}

/// The ends of a range; `not-known` where the contract has null.
fn amount(amount: rules::Amount) -> Value {
    let text = |amount: Decimal| amount.normalize().to_string();
    match amount {
        Some(range) => Value::Array([text(range.min), text(range.max)].into_iter().collect()),
        None => "not-known".into(),
    }
}

fn lacks(tables: &Tables, path: &EntryPath) -> Value {
    let each = path.missing.iter().filter_map(|lack| match lack {
        Missing::More(question, missing) => Some((tables.name_of(*question), Value::from(i64::from(*missing)))),
        Missing::OneOf(question, which) => {
            let Some(Kind::Choice(values)) = tables.question(*question).map(|one| one.kind) else { return None };
            let would_do = which.iter().filter_map(|at| values.get(usize::from(at))).map(|value| value.id);
            Some((tables.name_of(*question), Value::Array(would_do.collect())))
        }
    });
    Value::InlineTable(each.collect())
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> Option<Value> {
    let items: Array = items.collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

fn table<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Option<Value> {
    let table: InlineTable = entries.into_iter().collect();
    (!table.is_empty()).then_some(Value::InlineTable(table))
}
