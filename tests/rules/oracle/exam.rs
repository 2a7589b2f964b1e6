//! X: the exam, its resit, and the training certificate (C6).

use serde_json::Value;

use super::facts::Facts;
use super::json::{Range, finding, range_or_null};
use super::logic::{AUTHORITY, Given, Met, NotMet, Open, State, Unknown, all, decided};
use super::when::within_twelve_months;

/// X1: a subject is passed at 60.
fn subject_passed(facts: &Facts, score: &str) -> State {
    facts.number(score).judge(|score| decided(score >= 60))
}

/// X1: "the exam is passed when all its subjects are": theory and practice, at levels 2 and 1 also the review, whose
/// mark isn't asked.
pub fn passed(facts: &Facts) -> Value {
    let review = if facts.target_level() <= 2 { AUTHORITY } else { Met };
    let state = all([subject_passed(facts, "theory-score"), subject_passed(facts, "practice-score"), review]);
    finding(state, &[("X1", state)]).into()
}

/// X2: exactly one subject passed.
fn exactly_one_passed(facts: &Facts) -> State {
    match (subject_passed(facts, "theory-score"), subject_passed(facts, "practice-score")) {
        (Unknown(one), Unknown(two)) => Unknown(one.min(two)),
        (Unknown(cause), _) | (_, Unknown(cause)) => Unknown(cause),
        (theory, practice) => decided(theory != practice),
    }
}

/// X2: one year from the day the passed subject was sat; one resit.
fn resit_state(facts: &Facts) -> State {
    all([
        exactly_one_passed(facts),
        facts.date("passed-on").judge(|sat| within_twelve_months(sat, facts.as_of)),
        facts.no("resit-used"),
    ])
}

pub fn resit(facts: &Facts) -> Value {
    let state = resit_state(facts);
    finding(state, &[("X2", state)]).into()
}

/// X3: theory 90, practice 410 at levels 4 and 3. Absent unless the resit can be met.
pub fn resit_fee(facts: &Facts) -> Option<Value> {
    if resit_state(facts) == NotMet {
        return None;
    }
    let (theory_fee, practice_fee) = (90, 410);
    let (state, amount) = if !matches!(facts.target_level(), 4 | 3) {
        // "Other levels: not in the notice."
        (AUTHORITY, None)
    } else {
        // A resit needs exactly one subject passed: one known score tells which one the resit is of.
        match (facts.number("theory-score"), facts.number("practice-score")) {
            (Given(theory), _) if theory < 60 => (Met, Some(Range::exactly(theory_fee))),
            (Given(_), _) => (Met, Some(Range::exactly(practice_fee))),
            (Open(_), Given(practice)) if practice < 60 => (Met, Some(Range::exactly(practice_fee))),
            (Open(_), Given(_)) => (Met, Some(Range::exactly(theory_fee))),
            (Open(one), Open(two)) => (Unknown(one.min(two)), Some(Range { min: theory_fee, max: practice_fee })),
        }
    };
    let mut object = finding(state, &[("X3", state)]);
    object.insert("amount".into(), range_or_null(amount));
    Some(object.into())
}

/// C6: attendance of at least 90 % "and other conditions that the notice doesn't name".
pub fn training_certificate(facts: &Facts) -> Value {
    let other_conditions = AUTHORITY;
    let state = facts.number("attendance").judge(|attendance| decided(attendance >= 90)).and(other_conditions);
    finding(state, &[("C6", state)]).into()
}
