//! R: what a certificate counts for beyond the subsidy.

use serde_json::Value;

use super::facts::Facts;
use super::json::{finding, state_object};
use super::logic::{AUTHORITY, NO_RULES, State, all, decided};
use super::tables::{CRAFTSMEN, RECOGNITION};
use super::when::{View, When};

/// R1 at levels 4-1, R2 at 3-1; either suffices.
pub fn recognition(facts: &Facts) -> Value {
    let level = facts.certificate_level();
    let (r1, r2) = if RECOGNITION.covers(When::On(facts.as_of), View::AsKnown) {
        (level.judge(|level| decided(level <= 4)), level.judge(|level| decided(level <= 3)))
    } else {
        (NO_RULES, NO_RULES)
    };
    finding(r1.or(r2), &[("R1", r1), ("R2", r2)]).into()
}

/// R3: level 3 or above, front-line post of an employer in the city, ethics (can't be asked: at best unknown).
fn r3(facts: &Facts, view: View) -> State {
    if !CRAFTSMEN.covers(When::On(facts.as_of), view) {
        return NO_RULES;
    }
    let ethics = AUTHORITY;
    all([
        facts.certificate_level().judge(|level| decided(level <= 3)),
        facts.one_of("works-in", &["zhuhai"]),
        facts.yes("front-line-post"),
        ethics,
    ])
}

pub fn district_craftsman(facts: &Facts) -> Value {
    let state = r3(facts, View::AsKnown);
    let mut object = finding(state, &[("R3", state)]);
    if let Some(end) = CRAFTSMEN.end_passed(When::On(facts.as_of)) {
        object.insert("indicative".into(), state_object(r3(facts, View::LastRulesGoOn)).into());
        object.insert("rules-known-until".into(), end.to_string().into());
    }
    object.into()
}
