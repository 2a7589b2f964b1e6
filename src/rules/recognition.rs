//! What a certificate is good for besides money (R).

use tables::{Criterion, QuestionId, Recognition};

use super::{
    case::Case,
    condition::{self, decide},
    finding::{Decided, Finding, FindingId},
    time::{Days, InForce, in_force},
    truth::Truth,
};

/// R1 or R2.
pub fn recognition(case: &Case<'static>) -> Finding {
    finding(case, FindingId::Recognition, case.tables.recognitions)
}

/// R3.
pub fn craftsman(case: &Case<'static>) -> Finding {
    finding(case, FindingId::DistrictCraftsman, case.tables.craftsmen)
}

/// Whether the answer to an open question could still change R1 or R2.
pub fn could_change(case: &Case<'static>, question: QuestionId) -> bool {
    one_could_change(case, case.tables.recognitions, question)
}

/// Whether the answer to an open question could still change R3.
pub fn craftsman_could_change(case: &Case<'static>, question: QuestionId) -> bool {
    one_could_change(case, case.tables.craftsmen, question)
}

fn one_could_change(case: &Case<'static>, blocks: &'static [Recognition], question: QuestionId) -> bool {
    let mut criteria = held(case, blocks).blocks.iter().flat_map(|block| block.criteria);
    criteria.any(|one: &Criterion| condition::could_change(&one.when, case, question))
}

fn held(case: &Case<'static>, blocks: &'static [Recognition]) -> InForce<'static, Recognition> {
    in_force(blocks, |block| block.validity, Days::on(case.as_of), case.horizon)
}

/// Any one criterion suffices.
fn finding(case: &Case<'static>, id: FindingId, blocks: &'static [Recognition]) -> Finding {
    let days = Days::on(case.as_of);
    let held = held(case, blocks);
    let mut finding = Finding::new(id, Truth::NotMet);
    let Some(shown) = held.blocks.last().or(blocks.last()) else { return finding };
    finding.criteria = Vec::with_capacity(shown.criteria.len());
    for criterion in shown.criteria {
        let same = |block: &Recognition| condition::same(criterion, block.criteria);
        let state = held.decide(days, |block| same(block).map_or(Truth::NotMet, |one| decide(&one.when, case)));
        finding.state = finding.state.or(state);
        finding.criteria.push(Decided {
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
