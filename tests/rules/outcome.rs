//! The outcome of a finding, as the tables are written and as if the last known rules were extended.

use subsidy_checker::rules::{Amount, DecidedCriterion, Finding, Truth};

/// The attributes of a finding that both versions have.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Outcome<'f> {
    pub state: Truth,
    pub criteria: &'f [DecidedCriterion],
    /// Amount, base, uplift.
    pub amounts: [Option<Amount>; 3],
}

/// Returns the outcomes in the order of `Horizon`. Both are the same if no end of a rule has an effect.
pub fn outcomes(finding: &Finding) -> [Outcome<'_>; 2] {
    let Finding { state, criteria, amount, base, uplift, .. } = finding;
    let written = Outcome { state: *state, criteria, amounts: [*amount, *base, *uplift] };
    let last_known = finding.indicative.as_ref().map(|then| Outcome {
        state: then.state,
        criteria: &then.criteria,
        amounts: [then.amount, then.base, then.uplift],
    });
    [written, last_known.unwrap_or(written)]
}

/// The order of states: a better state has a greater number.
pub fn sureness(state: Truth) -> u8 {
    match state {
        Truth::NotMet => 0,
        Truth::Unknown(_) => 1,
        Truth::Met => 2,
    }
}
