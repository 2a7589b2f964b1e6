//! What a certificate gives besides money (R).

use tables::{Criterion, QuestionId, Recognition};

use super::{
    condition::{self, decide},
    finding::{DecidedCriterion, Finding, FindingId},
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

/// Whether the answer to an open question could still change R1 or R2.
pub fn could_change(situation: &Situation<'static>, question: QuestionId) -> bool {
    one_could_change(situation, situation.tables.recognitions, question)
}

/// Whether the answer to an open question could still change R3.
pub fn craftsman_could_change(situation: &Situation<'static>, question: QuestionId) -> bool {
    one_could_change(situation, situation.tables.craftsmen, question)
}

/// Whether the answer to an open question could still change a criterion of the blocks in force on the as-of date.
fn one_could_change(situation: &Situation<'static>, blocks: &'static [Recognition], question: QuestionId) -> bool {
    let mut criteria = blocks_in_force(situation, blocks).blocks.iter().flat_map(|block| block.criteria);
    criteria.any(|one: &Criterion| condition::could_change(&one.when, situation, question))
}

/// Returns the blocks in force on the as-of date.
fn blocks_in_force(situation: &Situation<'static>, blocks: &'static [Recognition]) -> InForce<'static, Recognition> {
    in_force(blocks, |block| block.validity, Days::on(situation.as_of), situation.horizon)
}

/// Decides the finding. It is met if any one criterion is met.
fn finding(situation: &Situation<'static>, id: FindingId, blocks: &'static [Recognition]) -> Finding {
    let days = Days::on(situation.as_of);
    let held = blocks_in_force(situation, blocks);
    let mut finding = Finding::new(id, Truth::NotMet);
    let Some(shown) = held.blocks.last().or(blocks.last()) else { return finding };
    finding.criteria = Vec::with_capacity(shown.criteria.len());
    for criterion in shown.criteria {
        let same = |block: &Recognition| condition::with_same_id(criterion, block.criteria);
        let state = held.decide(days, |block| same(block).map_or(Truth::NotMet, |one| decide(&one.when, situation)));
        finding.state = finding.state.or(state);
        finding.criteria.push(DecidedCriterion {
            criterion,
            source: shown.source,
            validity: Some(shown.validity),
            state,
            decides: true,
        });
    }
    finding.rules_known_until = held.ended;
    finding
}
