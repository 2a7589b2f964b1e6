//! The class: its dates, its fee, and the net cost (C1, C2, C4).

use tables::{Course, Criterion, Date, Validity};

use super::{
    condition::{Decision, Evaluate, evaluate},
    finding::{DecidedCriterion, Finding, FindingId, Stage},
    money::{self, Range},
    question_set::QuestionSet,
    situation::{Phase, Situation},
    time::Horizon,
    truth::{Cause, Truth},
};

/// Returns the dates of the class (C4). The day on which it begins is known only to within a few days.
pub fn dates(situation: &Situation<'static>) -> Option<Finding> {
    let course = situation.class_considered()?;
    let Validity { from, to: last_start } = course.starts;
    let (stage, state) = if situation.as_of < from {
        (Stage::Open, Truth::Met)
    } else if last_start.is_none_or(|last| situation.as_of <= last) {
        (Stage::Starting, Truth::Unknown(Cause::AuthorityDecides))
    } else if course.validity.to.is_none_or(|end| situation.as_of <= end) {
        (Stage::Running, Truth::NotMet)
    } else {
        (Stage::Past, Truth::NotMet)
    };
    let mut finding = Finding::new(FindingId::CourseDates, state);
    finding.stage = Some(stage);
    // The criterion has dates of its own, not the validity of the class.
    finding.criteria = vec![DecidedCriterion {
        criterion: &course.dates,
        source: course.source,
        validity: None,
        state,
        decides: true,
    }];
    Some(finding)
}

/// Returns the fee of the class (C1, C2). The fee of a past class is unknown, except as if the last known rules
/// were extended.
pub fn fee(situation: &Situation<'static>) -> Option<Finding> {
    let course = situation.class_considered()?;
    let [stands, member] = [&course.fee, &course.member].map(|one| state::<Truth>(situation, one));
    // The finding is decided as soon as it is known which of the two fees applies.
    let mut finding = Finding::new(FindingId::CourseFee, if member.is_unknown() { member } else { Truth::Met });
    finding.amount = Some(has_fee(situation).then(|| amount(course, member)));
    finding.criteria =
        [(&course.fee, stands), (&course.member, member)].map(|(one, state)| decided(course, one, state)).into();
    let over = situation.phase == Phase::Past && situation.horizon == Horizon::AsWritten;
    finding.rules_known_until = if over { course.validity.to } else { None };
    Some(finding)
}

/// Returns the questions whose answers could still change the fee.
pub fn open(situation: &Situation<'static>) -> QuestionSet {
    // Questions are asked for the fee of a past class too.
    let then = Situation { horizon: Horizon::LastKnown, ..*situation };
    let member = situation.class_considered().map(|course| state::<Decision>(&then, &course.member));
    member.map_or(QuestionSet::NONE, Decision::open)
}

/// Whether the fee is known: the class is announced and, unless the last known rules are extended, not over.
fn has_fee(situation: &Situation) -> bool {
    match situation.phase {
        Phase::Before => false,
        Phase::During => true,
        Phase::Past => situation.horizon == Horizon::LastKnown,
    }
}

/// Decides a criterion of the fee.
fn state<V: Evaluate>(situation: &Situation, criterion: &Criterion) -> V {
    match has_fee(situation) {
        true => evaluate(&criterion.when, situation),
        false => V::from(Truth::Unknown(Cause::NoRulesForDate)),
    }
}

/// Returns the net cost: the fee, which is paid first, less the subsidy, which is paid later.
pub fn net_cost(fee: &Finding, subsidy: &Finding) -> Finding {
    let decided = |finding: &Finding| if finding.state == Truth::NotMet { Truth::Met } else { finding.state };
    let mut finding = Finding::new(FindingId::NetCost, decided(fee).and(decided(subsidy)));
    let known = match (fee.yuan(), subsidy.state, subsidy.yuan()) {
        (Some(fee), Truth::NotMet, _) => Some(fee),
        (Some(fee), Truth::Met, Some(back)) => Some(fee.less(back)),
        (Some(fee), Truth::Unknown(_), Some(back)) => Some(Range { min: fee.less(back).min, max: fee.max }),
        _ => None,
    };
    finding.amount = Some(known);
    finding.rules_known_until = earliest([fee.rules_known_until, subsidy.rules_known_until]);
    finding
}

/// Returns the earliest of the given days, ignoring None.
pub fn earliest(days: impl IntoIterator<Item = Option<Date>>) -> Option<Date> {
    days.into_iter().flatten().min()
}

/// Returns the fee in yuan. If membership is unknown, the range covers both fees.
fn amount(course: &Course, member: Truth) -> Range {
    let full = money::add(course.training_fee.0, course.exam_fee.0);
    match member {
        Truth::Met => Range::exactly(course.member_fee.0),
        Truth::NotMet => Range::exactly(full),
        Truth::Unknown(_) => Range::between(course.member_fee.0, full),
    }
}

/// A criterion of the class that changes an amount but doesn't decide the finding.
fn decided(course: &'static Course, criterion: &'static Criterion, state: Truth) -> DecidedCriterion {
    DecidedCriterion { criterion, source: course.source, validity: Some(course.validity), state, decides: false }
}
