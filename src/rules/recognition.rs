//! What a certificate gives besides money (R).

use tables::{Criterion, Recognition};

use super::{
    condition::{self, Decision, Evaluate, evaluate},
    finding::{DecidedCriterion, Finding, FindingId},
    question_set::QuestionSet,
    situation::Situation,
    time::{Days, InForce, in_force},
    truth::Truth,
};

/// Decides R1 and R2: recognition of the certificate.
pub fn recognition(situation: &Situation<'static>) -> Finding {
    finding(situation, FindingId::Recognition, situation.tables.recognitions)
}

/// Decides R3: the call for district craftsmen.
pub fn craftsman(situation: &Situation<'static>) -> Finding {
    finding(situation, FindingId::DistrictCraftsman, situation.tables.craftsmen)
}

/// Returns the questions whose answers could still change R1 or R2.
pub fn open(situation: &Situation<'static>) -> QuestionSet {
    open_in(situation, situation.tables.recognitions)
}

/// Returns the questions whose answers could still change R3.
pub fn craftsman_open(situation: &Situation<'static>) -> QuestionSet {
    open_in(situation, situation.tables.craftsmen)
}

/// Returns the questions whose answers could still change a criterion. Each criterion is shown, so each counts.
fn open_in(situation: &Situation<'static>, blocks: &'static [Recognition]) -> QuestionSet {
    let criteria = Criteria::of(situation, blocks);
    criteria.iter().flat_map(|one| one.decided::<Decision>(situation)).map(|(_, state)| state.open()).collect()
}

/// Decides the finding. It is met if any one criterion is met.
fn finding(situation: &Situation<'static>, id: FindingId, blocks: &'static [Recognition]) -> Finding {
    let mut finding = Finding::new(id, Truth::NotMet);
    let Some(criteria) = Criteria::of(situation, blocks) else { return finding };
    let shown = criteria.shown;
    finding.criteria = Vec::with_capacity(shown.criteria.len());
    for (criterion, state) in criteria.decided::<Truth>(situation) {
        finding.state = finding.state.or(state);
        finding.criteria.push(DecidedCriterion {
            criterion,
            source: shown.source,
            validity: Some(shown.validity),
            state,
            decides: true,
        });
    }
    finding.rules_known_until = criteria.held.ended;
    finding
}

/// The criteria on the as-of date.
struct Criteria {
    held: InForce<'static, Recognition>,
    /// The block to show: the one in force, otherwise the last known one.
    shown: &'static Recognition,
}

impl Criteria {
    /// Finds the block in force on the as-of date. None if there are no blocks.
    fn of(situation: &Situation<'static>, blocks: &'static [Recognition]) -> Option<Criteria> {
        let held = in_force(blocks, |block| block.validity, Days::on(situation.as_of), situation.horizon);
        let shown = held.blocks.last().or(blocks.last())?;
        Some(Criteria { held, shown })
    }

    /// Returns every criterion with its state.
    fn decided<V: Evaluate>(&self, situation: &Situation<'static>) -> impl Iterator<Item = (&'static Criterion, V)> {
        self.shown.criteria.iter().map(|criterion| {
            let same = |block: &Recognition| condition::with_same_id(criterion, block.criteria);
            let state =
                |block: &Recognition| same(block).map_or(V::from(Truth::NotMet), |one| evaluate(&one.when, situation));
            (criterion, self.held.decide(Days::on(situation.as_of), state))
        })
    }
}
