//! The class: its dates, its fee, and what is left of it in the end (C1, C2, C4).

use tables::{Course, Criterion, Date, QuestionId, Validity};

use super::{
    condition::{self, decide},
    finding::{DecidedCriterion, Finding, FindingId, Stage},
    money::{self, Range},
    situation::{Phase, Situation},
    time::Horizon,
    truth::{Cause, Truth},
};

/// C4: when it begins is known to a few days only.
pub fn dates(situation: &Situation<'static>) -> Option<Finding> {
    let course = situation.joined()?;
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
    // Its own days, not those of the class.
    finding.criteria = vec![DecidedCriterion {
        criterion: &course.dates,
        source: course.source,
        validity: None,
        state,
        decides: true,
    }];
    Some(finding)
}

/// C1 and C2. The fee of a class that is past is not known: its old one is told only as if the last known rules went on.
pub fn fee(situation: &Situation<'static>) -> Option<Finding> {
    let course = situation.joined()?;
    let no_rules = Truth::Unknown(Cause::NoRulesForDate);
    let mut finding = Finding::new(FindingId::CourseFee, no_rules);
    let over = situation.phase == Phase::Past && situation.horizon == Horizon::AsWritten;
    let holds = |state| if over || situation.phase == Phase::Before { no_rules } else { state };

    let member = decide(&course.member.when, situation);
    finding.amount = Some((!over && situation.phase != Phase::Before).then(|| amount(course, member)));
    // The fee is decided as soon as it is known which of the two it is.
    finding.state = holds(if member.is_unknown() { member } else { Truth::Met });
    let stands = decide(&course.fee.when, situation);
    finding.criteria =
        [(&course.fee, stands), (&course.member, member)].map(|(one, state)| decided(course, one, holds(state))).into();
    finding.rules_known_until = if over { course.validity.to } else { None };
    Some(finding)
}

/// Fee less subsidy: paid first, got back later.
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

/// The first of the days there are.
pub fn earliest(days: impl IntoIterator<Item = Option<Date>>) -> Option<Date> {
    days.into_iter().flatten().min()
}

/// Whether the answer to an open question could still change what is known of the class.
pub fn could_change(situation: &Situation<'static>, question: QuestionId) -> bool {
    // Before a class is announced no fee is known.
    let course = situation.joined().filter(|_| situation.phase != Phase::Before);
    course.is_some_and(|course| condition::could_change(&course.member.when, situation, question))
}

fn amount(course: &Course, member: Truth) -> Range {
    let full = money::add(course.training_fee.0, course.exam_fee.0);
    match member {
        Truth::Met => Range::exactly(course.member_fee.0),
        Truth::NotMet => Range::exactly(full),
        Truth::Unknown(_) => Range::between(course.member_fee.0, full),
    }
}

fn decided(course: &'static Course, criterion: &'static Criterion, state: Truth) -> DecidedCriterion {
    DecidedCriterion { criterion, source: course.source, validity: Some(course.validity), state, decides: false }
}
