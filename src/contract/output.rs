//! Writes an assessment as JSON in the format of the contract, with the keys in its order.

use std::fmt::Display;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use tables::{Date, Kind, Level, QuestionId, Tables, ValueSet};

use crate::rules::{Amount, Assessment, DecidedCriterion, EntryPath, Finding, Missing, Range, Truth};

/// An assessment in the format of the contract.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Output<'a> {
    as_of: AsText<Date>,
    rules: &'static str,
    #[serde(serialize_with = "as_map")]
    findings: Vec<(&'static str, FindingOutput<'a>)>,
    information: Vec<&'static str>,
}

impl<'a> Output<'a> {
    pub fn new(tables: &'a Tables, assessment: &'a Assessment) -> Output<'a> {
        let findings = assessment.findings.iter().map(|one| (one.id.id(), FindingOutput::new(tables, one)));
        Output {
            as_of: AsText(assessment.as_of),
            rules: tables.version,
            findings: findings.collect(),
            information: assessment.information.iter().map(|one| one.clause).collect(),
        }
    }
}

/// A state with its cause.
#[derive(Serialize)]
pub struct StateOutput {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'static str>,
}

impl From<Truth> for StateOutput {
    fn from(state: Truth) -> StateOutput {
        StateOutput { state: state.id(), cause: state.cause().map(|cause| cause.id()) }
    }
}

/// An amount in yuan, as decimal text.
#[derive(Serialize)]
pub struct RangeOutput {
    min: AsText<Decimal>,
    max: AsText<Decimal>,
}

impl From<Range> for RangeOutput {
    fn from(Range { min, max }: Range) -> RangeOutput {
        RangeOutput { min: AsText(min.normalize()), max: AsText(max.normalize()) }
    }
}

/// Returns the ids of some values of a choice.
pub fn ids(tables: &Tables, question: QuestionId, which: &ValueSet) -> Vec<&'static str> {
    let values = match tables.question(question).map(|one| one.kind) {
        Some(Kind::Choice(values)) => values,
        _ => &[],
    };
    which.iter().filter_map(|at| values.get(usize::from(at))).map(|value| value.id).collect()
}

/// A value without a JSON type of its own, such as a date. Written as text.
struct AsText<T>(T);

impl<T: Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Writes pairs as the entries of an object.
fn as_map<S: Serializer, K: Serialize, V: Serialize>(pairs: &[(K, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// A finding. Attributes that don't apply are absent; an unknown amount is null.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FindingOutput<'a> {
    #[serde(flatten)]
    decided: DecidedOutput,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules_known_until: Option<AsText<Date>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claim_at: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    provided_that: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    indicative: Option<DecidedOutput>,
    criteria: Vec<CriterionOutput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<Vec<PathOutput>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_level: Option<Option<u8>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    already_held: Option<u8>,
}

/// The attributes of a finding, or of the same finding as if the last known rules were extended.
#[derive(Serialize)]
struct DecidedOutput {
    #[serde(flatten)]
    state: StateOutput,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Option<RangeOutput>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Option<RangeOutput>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uplift: Option<Option<RangeOutput>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DeadlineOutput>,
}

#[derive(Serialize)]
struct DeadlineOutput {
    safe: AsText<Date>,
    last: AsText<Date>,
}

#[derive(Serialize)]
struct CriterionOutput {
    id: &'static str,
    #[serde(flatten)]
    state: StateOutput,
}

#[derive(Serialize)]
struct PathOutput {
    id: &'static str,
    #[serde(flatten)]
    state: StateOutput,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    lacks: Vec<(&'static str, MissingOutput)>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum MissingOutput {
    More(u16),
    OneOf(Vec<&'static str>),
}

impl<'a> FindingOutput<'a> {
    fn new(tables: &Tables, finding: &'a Finding) -> FindingOutput<'a> {
        let entry = finding.entry.as_ref();
        FindingOutput {
            decided: DecidedOutput::from(finding),
            phase: finding.stage.map(|stage| stage.id()),
            rules_known_until: finding.rules_known_until.map(AsText),
            claim_at: finding.claim_at.iter().map(|place| place.id).collect(),
            provided_that: &finding.provided_that,
            indicative: finding.indicative.as_deref().map(DecidedOutput::from),
            criteria: finding.criteria.iter().map(CriterionOutput::from).collect(),
            paths: entry.map(|entry| entry.paths.iter().map(|path| PathOutput::new(tables, path)).collect()),
            highest_level: entry.map(|entry| entry.highest_level.map(Level::number)),
            already_held: entry.and_then(|entry| entry.already_held).map(Level::number),
        }
    }
}

impl From<&Finding> for DecidedOutput {
    fn from(finding: &Finding) -> DecidedOutput {
        let amount = |amount: Option<Amount>| amount.map(|known| known.map(RangeOutput::from));
        DecidedOutput {
            state: finding.state.into(),
            amount: amount(finding.amount),
            base: amount(finding.base),
            uplift: amount(finding.uplift),
            deadline: finding.deadline.map(|term| DeadlineOutput { safe: AsText(term.safe), last: AsText(term.last) }),
        }
    }
}

impl From<&DecidedCriterion> for CriterionOutput {
    fn from(decided: &DecidedCriterion) -> CriterionOutput {
        CriterionOutput { id: decided.criterion.id, state: decided.state.into() }
    }
}

impl PathOutput {
    fn new(tables: &Tables, path: &EntryPath) -> PathOutput {
        let missing = path.missing.iter().map(|one| match one {
            Missing::More(question, count) => (tables.name_of(*question), MissingOutput::More(*count)),
            Missing::OneOf(question, which) => {
                (tables.name_of(*question), MissingOutput::OneOf(ids(tables, *question, which)))
            }
        });
        PathOutput { id: path.criterion.id, state: path.state.into(), lacks: missing.collect() }
    }
}
