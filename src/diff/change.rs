//! One finding by two sets of tables: whether it differs, and whether it is better or worse.
//!
//! A difference is one in the output of the contract. Only this module decides what is better.

use std::{cmp::Ordering, fmt};

use serde_json::Value;

use crate::rules::{Assessment, Finding, FindingId, Range, Truth};

/// What has changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Of {
    Finding(FindingId),
    /// The clauses that are shown beside the findings.
    Information,
}

/// Whether a change is for better or worse, if that can be decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Better for the person: a better state, or a better amount.
    Gain,
    /// Worse for the person: a worse state, or a worse amount.
    Lose,
    /// Neither: another deadline, cause, place or criterion, or a finding that only one of the tables has.
    Other,
}

/// A finding by both tables, in the format of the contract. Null if it is absent.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    pub of: Of,
    pub effect: Effect,
    pub old: Value,
    pub new: Value,
}

/// The kind of a change: finding, effect and states. If the change is neither better nor worse, also the keys that
/// differ.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Kind {
    pub of: Of,
    pub effect: Effect,
    pub old: String,
    pub new: String,
    pub parts: Vec<String>,
}

/// Returns all differences between two assessments. Each assessment comes with its output in the format of the
/// contract.
pub(super) fn between(old: (&Assessment, &Value), new: (&Assessment, &Value)) -> Vec<Change> {
    let part = |of: Of, written: &Value| match of {
        Of::Finding(id) => written.get("findings").and_then(|all| all.get(id.id())).cloned().unwrap_or_default(),
        Of::Information => written.get("information").cloned().unwrap_or_default(),
    };
    let all = FindingId::ALL.iter().map(|id| Of::Finding(*id)).chain([Of::Information]);
    let change = |of: Of| {
        let effect = match of {
            Of::Finding(id) => effect(old.0.finding(id), new.0.finding(id)),
            Of::Information => Effect::Other,
        };
        Change { of, effect, old: part(of, old.1), new: part(of, new.1) }
    };
    all.map(change).filter(|change| change.old != change.new).collect()
}

/// Decides whether a finding is better. For amounts that the person pays, less is better, and the amount is
/// compared before the state, which only tells whether it is known.
fn effect(old: Option<&Finding>, new: Option<&Finding>) -> Effect {
    let (Some(old), Some(new)) = (old, new) else { return Effect::Other };
    let state = rank(new.state).cmp(&rank(old.state));
    let amount = match (old.yuan(), new.yuan()) {
        (Some(old), Some(new)) => more(old, new),
        _ => Ordering::Equal,
    };
    let better = match new.id {
        FindingId::CourseFee | FindingId::ResitFee | FindingId::NetCost => amount.reverse().then(state),
        _ => state.then(amount),
    };
    match better {
        Ordering::Greater => Effect::Gain,
        Ordering::Less => Effect::Lose,
        Ordering::Equal => Effect::Other,
    }
}

/// The order of states: not met, unknown, met.
fn rank(state: Truth) -> u8 {
    match state {
        Truth::NotMet => 0,
        Truth::Unknown(_) => 1,
        Truth::Met => 2,
    }
}

/// Greater if both ends are at least as high and one is higher. Equal if one end is higher and the other lower.
fn more(old: Range, new: Range) -> Ordering {
    match (new.min.cmp(&old.min), new.max.cmp(&old.max)) {
        (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less) => Ordering::Equal,
        (min, max) => min.then(max),
    }
}

impl Effect {
    /// The effect of several changes together: a gain if some change is a gain and none a loss, and the reverse.
    /// None if there is no change.
    pub fn of_all(changes: &[Change]) -> Option<Effect> {
        let any = |effect: Effect| changes.iter().any(|change| change.effect == effect);
        match (any(Effect::Gain), any(Effect::Lose)) {
            _ if changes.is_empty() => None,
            (true, false) => Some(Effect::Gain),
            (false, true) => Some(Effect::Lose),
            _ => Some(Effect::Other),
        }
    }
}

impl Change {
    /// The kind of this change, by which changes are grouped.
    pub fn kind(&self) -> Kind {
        let state = |value: &Value| value.get("state").and_then(Value::as_str).unwrap_or("absent").to_owned();
        let parts = if self.effect == Effect::Other { self.parts() } else { Vec::new() };
        Kind { of: self.of, effect: self.effect, old: state(&self.old), new: state(&self.new), parts }
    }

    /// The keys of the finding whose values differ, in the order of output.
    pub fn parts(&self) -> Vec<String> {
        let (Value::Object(old), Value::Object(new)) = (&self.old, &self.new) else { return Vec::new() };
        let gone = old.keys().filter(|key| !new.contains_key(*key));
        new.keys().filter(|key| old.get(*key) != new.get(*key)).chain(gone).cloned().collect()
    }
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded, so that it can be a column.
        f.pad(match self {
            Of::Finding(id) => id.id(),
            Of::Information => "information",
        })
    }
}
