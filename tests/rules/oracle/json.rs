//! The shapes of the contract.

use serde_json::{Map, Value, json};

use super::logic::{Cause, Met, NotMet, State, Unknown};

/// A criterion: its clause and its state.
pub type Criterion = (&'static str, State);

/// An amount in whole yuan, from its least to its most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub min: i64,
    pub max: i64,
}

impl Range {
    pub fn exactly(sum: i64) -> Range {
        Range { min: sum, max: sum }
    }

    pub fn to_json(self) -> Value {
        json!({ "min": self.min.to_string(), "max": self.max.to_string() })
    }
}

/// "Null means not known."
pub fn range_or_null(range: Option<Range>) -> Value {
    range.map_or(Value::Null, Range::to_json)
}

/// `state`, and `cause` where unknown.
pub fn state_object(state: State) -> Map<String, Value> {
    let mut object = Map::new();
    let (word, cause) = match state {
        Met => ("met", None),
        NotMet => ("not-met", None),
        Unknown(Cause::NoRulesForDate) => ("unknown", Some("no-rules-for-date")),
        Unknown(Cause::AuthorityDecides) => ("unknown", Some("authority-decides")),
        Unknown(Cause::DontKnow) => ("unknown", Some("dont-know")),
        Unknown(Cause::Unanswered) => ("unknown", Some("unanswered")),
    };
    object.insert("state".into(), word.into());
    if let Some(cause) = cause {
        object.insert("cause".into(), cause.into());
    }
    object
}

/// The same with an id: a criterion, a path.
pub fn state_with_id(id: &str, state: State) -> Map<String, Value> {
    let mut object = state_object(state);
    object.insert("id".into(), id.into());
    object
}

/// A finding with its state and criteria; the rest is added by who makes it.
pub fn finding(state: State, criteria: &[Criterion]) -> Map<String, Value> {
    let mut object = state_object(state);
    let list: Vec<Value> = criteria.iter().map(|(id, state)| state_with_id(id, *state).into()).collect();
    object.insert("criteria".into(), list.into());
    object
}
