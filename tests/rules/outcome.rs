//! What a finding comes to: as the tables are written, and as if the last known rules went on.

use subsidy_checker::rules::{Amount, DecidedCriterion, Finding, Truth};

/// As much of a finding as there is of both.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Outcome<'f> {
    pub state: Truth,
    pub criteria: &'f [DecidedCriterion],
    /// Amount, base, uplift.
    pub amounts: [Option<Amount>; 3],
}

/// In the order of `Horizon`; the same twice where no end of a rule has an effect.
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

/// What is better has more of it.
pub fn sureness(state: Truth) -> u8 {
    match state {
        Truth::NotMet => 0,
        Truth::Unknown(_) => 1,
        Truth::Met => 2,
    }
}
