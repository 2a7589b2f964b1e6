//! C: the class's dates and fee, and what is left to pay after the subsidy.

use serde_json::Value;

use super::amount::Sums;
use super::facts::Facts;
use super::json::{Range, finding, range_or_null, state_object};
use super::logic::{AUTHORITY, Met, NO_RULES, NotMet, State, Unknown};
use super::subsidy;
use super::tables::THE_CLASS;
use super::when::{View, When, day};

/// C4: starts 11-20 April, exam 1-10 July 2025. Judged outside the class's validity too.
pub fn dates(facts: &Facts) -> Value {
    let today = facts.as_of;
    let (state, phase) = if today <= day(2025, 4, 10) {
        (Met, "open")
    } else if today <= day(2025, 4, 20) {
        (AUTHORITY, "starting")
    } else if today <= day(2025, 7, 10) {
        (NotMet, "running")
    } else {
        (NotMet, "past")
    };
    let mut object = finding(state, &[("C4", state)]);
    object.insert("phase".into(), phase.into());
    object.into()
}

/// What the rules of one view say of the fee.
struct Fee {
    c1: State,
    c2: State,
    state: State,
    amount: Option<Range>,
}

/// C2: the employer is a member. "A person without work has no such employer."
fn member_employer(facts: &Facts) -> State {
    let works = facts.one_of("works-in", &["zhuhai", "guangdong", "elsewhere"]);
    works.and(facts.yes("employer-member"))
}

fn fee_by(facts: &Facts, view: View) -> Fee {
    let today = When::On(facts.as_of);
    let member = member_employer(facts);
    // C1: 3500. C2: 3120 instead.
    let amount = match member {
        Met => Range::exactly(3120),
        NotMet => Range::exactly(3500),
        Unknown(_) => Range { min: 3120, max: 3500 },
    };
    if THE_CLASS.covers(today, view) {
        let state = match member {
            Met | NotMet => Met,
            Unknown(cause) => Unknown(cause),
        };
        Fee { c1: Met, c2: member, state, amount: Some(amount) }
    } else {
        // "Once the class is past: unknown, no-rules-for-date, amount null". Before the notice there is no fee either.
        Fee { c1: NO_RULES, c2: NO_RULES, state: NO_RULES, amount: None }
    }
}

pub fn fee(facts: &Facts) -> Value {
    let known = fee_by(facts, View::AsKnown);
    let mut object = finding(known.state, &[("C1", known.c1), ("C2", known.c2)]);
    object.insert("amount".into(), range_or_null(known.amount));
    if let Some(end) = THE_CLASS.end_passed(When::On(facts.as_of)) {
        let indicative = fee_by(facts, View::LastRulesGoOn);
        let mut inner = state_object(indicative.state);
        inner.insert("amount".into(), range_or_null(indicative.amount));
        object.insert("indicative".into(), inner.into());
        object.insert("rules-known-until".into(), end.to_string().into());
    }
    object.into()
}

/// Fee less subsidy, by one view of the rules: its state and its amount.
fn net_by(facts: &Facts, view: View) -> (State, Option<Range>) {
    let fee = fee_by(facts, view);
    let subsidy = subsidy::outcome(facts, view);
    // "Its state is met when fee and subsidy are both decided, else unknown."
    let subsidy_decided = match subsidy.state {
        Met | NotMet => Met,
        Unknown(cause) => Unknown(cause),
    };
    let state = fee.state.and(subsidy_decided);
    // "Where the fee or the subsidy's amount is null, so is this."
    let amount = match (fee.amount, subsidy.state, subsidy.sums) {
        (None, _, _) => None,
        (Some(fee), NotMet, _) => Some(fee),
        (Some(fee), Met, Sums::Known { amount, .. }) => {
            Some(Range { min: fee.min - amount.max, max: fee.max - amount.min })
        }
        (Some(fee), Unknown(_), Sums::Known { amount, .. }) => Some(Range { min: fee.min - amount.max, max: fee.max }),
        (Some(_), _, Sums::NotKnown | Sums::Absent) => None,
    };
    (state, amount)
}

pub fn net_cost(facts: &Facts) -> Value {
    let (state, amount) = net_by(facts, View::AsKnown);
    let mut object = finding(state, &[]);
    object.insert("amount".into(), range_or_null(amount));
    let ends = THE_CLASS.end_passed(When::On(facts.as_of)).into_iter().chain(subsidy::known_until(facts));
    if let Some(end) = ends.min() {
        let (state, amount) = net_by(facts, View::LastRulesGoOn);
        let mut inner = state_object(state);
        inner.insert("amount".into(), range_or_null(amount));
        object.insert("indicative".into(), inner.into());
        object.insert("rules-known-until".into(), end.to_string().into());
    }
    object.into()
}
