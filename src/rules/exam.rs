//! The marks: whether the exam is passed, and what a resit requires and costs (X1 to X3, C6).

use tables::{Criterion, Exam, QuestionId, Subject};

use super::{
    answers::{Answer, Answers},
    condition::{self, Decision, decide, evaluate},
    finding::{Deadline, DecidedCriterion, Finding, FindingId, Refusal, Resit},
    money::Range,
    question_set::QuestionSet,
    situation::{Goal, Situation},
    subsidy,
    time::Horizon,
    truth::{Cause, Truth},
};

/// Returns the findings about the marks (X): exam passed, resit, resit fee, and training certificate.
pub fn findings(situation: &Situation<'static>) -> Vec<Finding> {
    let decided = |(id, criterion): (_, &'static Criterion)| {
        finding(situation, id, criterion, decide(&criterion.when, situation))
    };
    let [mut passed, mut resit, attendance] = criteria(&situation.tables.exam).map(decided);
    if passed.state == Truth::Met {
        passed.worth = worth(situation);
    }
    let term = term(situation);
    resit.resit = Some(Resit { term, refusals: refusals(situation, term) });
    let fee = (resit.state != Truth::NotMet).then(|| fee(situation));
    let mut all = vec![passed, resit];
    all.extend(fee);
    all.push(attendance);
    all
}

/// Returns the questions whose answers could still change this finding about the marks.
pub fn open(situation: &Situation<'static>, finding: FindingId) -> QuestionSet {
    let criterion = criteria(&situation.tables.exam).into_iter().find(|(id, _)| *id == finding);
    criterion.map_or(QuestionSet::NONE, |(_, one)| evaluate::<Decision>(&one.when, situation).open())
}

/// Returns the questions whose answers could still change the fee for a resit: of three subjects, two may settle whether
/// there is a resit, and the third still has its fee.
pub fn fee_open(situation: &Situation<'static>) -> QuestionSet {
    let exam = &situation.tables.exam;
    let has_fee =
        decide(&exam.resit.when, situation) != Truth::NotMet && decide(&exam.fee.when, situation) == Truth::Met;
    let failed = subjects(situation).filter(|_| has_fee).map(|subject| &subject.failed);
    failed.fold(QuestionSet::NONE, |all, failed| all.with(evaluate::<Decision>(failed, situation).open()))
}

/// The findings about the marks that have a criterion of their own.
fn criteria(exam: &Exam) -> [(FindingId, &Criterion); 3] {
    [
        (FindingId::ExamPassed, &exam.passed),
        (FindingId::Resit, &exam.resit),
        (FindingId::TrainingCertificate, &exam.attendance),
    ]
}

/// Returns the time limit for resitting the failed subject, counted from the day when the other one was passed
/// (X2).
fn term(situation: &Situation<'static>) -> Option<Deadline> {
    let Some(Answer::Date(passed)) = situation.answers.get(QuestionId::PASSED_ON) else { return None };
    let months = condition::months(&situation.tables.exam.resit.when, QuestionId::PASSED_ON)?;
    Deadline::after(passed, months)
}

/// Returns the reasons against a resit (X2): all or none of the subjects failed, otherwise a used resit or an
/// ended time limit.
fn refusals(situation: &Situation<'static>, term: Option<Deadline>) -> Vec<Refusal> {
    let exam = &situation.tables.exam;
    let all_are = |state| subjects(situation).all(|subject| decide(&subject.failed, situation) == state);
    if all_are(Truth::Met) {
        return vec![Refusal::AllFailed];
    }
    if all_are(Truth::NotMet) {
        return vec![Refusal::NothingFailed];
    }
    let alone = |question| decide(&exam.resit.when, &situation.only(question)) == Truth::NotMet;
    let used = alone(QuestionId::RESIT_USED).then_some(Refusal::Used);
    let over = term.filter(|_| alone(QuestionId::PASSED_ON)).map(|term| Refusal::Over(term.last));
    used.into_iter().chain(over).collect()
}

/// Returns the subsidy that the certificate of this exam may give, over all possible values of the unknown answers.
/// The person counts as enrolling in the class, because certificate and claim are still in the future.
fn worth(situation: &Situation<'static>) -> Option<Box<Finding>> {
    situation.course?;
    let mut answers = Answers::NONE;
    answers.set(QuestionId::GOAL, Goal::Enrol.answer(situation.tables));
    answers.set(QuestionId::TARGET_LEVEL, situation.answers.get(QuestionId::TARGET_LEVEL));
    let mut then = Situation::new(situation.tables, &answers, situation.as_of, Horizon::AsWritten);
    let mut worth = subsidy::subsidy(&then);
    if worth.rules_known_until.is_some() {
        then.horizon = Horizon::LastKnown;
        worth.indicative = Some(Box::new(subsidy::subsidy(&then)));
    }
    Some(Box::new(worth))
}

/// A finding with one criterion, whose source is that of the exam.
fn finding(situation: &Situation<'static>, id: FindingId, criterion: &'static Criterion, state: Truth) -> Finding {
    let mut finding = Finding::new(id, state);
    finding.criteria = vec![DecidedCriterion {
        criterion,
        source: situation.tables.exam.source,
        validity: None,
        state,
        decides: true,
    }];
    finding
}

/// Returns the subjects of the exam at the wanted level; all subjects, if the level is open.
fn subjects(situation: &Situation<'static>) -> impl Iterator<Item = &'static Subject> {
    let level = situation.level();
    let subjects = situation.tables.exam.subjects.iter();
    subjects.filter(move |subject| level.is_none_or(|level| subject.levels.contains(&level)))
}

/// Returns the fee for resitting the failed subjects (X3), if the notice states it for this level.
fn fee(situation: &Situation<'static>) -> Finding {
    let exam = &situation.tables.exam;
    let level = decide(&exam.fee.when, situation);
    // Some subject was failed and some was passed, otherwise there is no resit.
    let each: Vec<_> = subjects(situation).map(|subject| (subject, decide(&subject.failed, situation))).collect();
    let is_sure = |state| each.iter().any(|(_, failed)| *failed == state);
    let open: Vec<_> = each.iter().filter(|(_, failed)| failed.is_unknown()).collect();
    let which = match open.as_slice() {
        [] => Truth::Met,
        // The last open subject is the only one that can be failed, or the only one that can be passed.
        [_] if !is_sure(Truth::Met) || !is_sure(Truth::NotMet) => Truth::Met,
        open => open.iter().fold(Truth::Met, |all, (_, failed)| all.and(*failed)),
    };
    let amount = |subject: &Subject| situation.level().and_then(|level| subject.fee(level, situation.as_of));
    let mut known = Some((Range::ZERO, Range::ZERO));
    let mut open_fees = Vec::new();
    for (subject, failed) in &each {
        let Some(fee) = amount(subject).map(|fee| Range::exactly(fee.0)) else {
            known = None;
            break;
        };
        let may_be = match failed {
            Truth::NotMet => continue,
            Truth::Met => false,
            Truth::Unknown(_) => true,
        };
        open_fees.extend(may_be.then_some(fee));
        known = known.map(|(least, most)| (if may_be { least } else { least.plus(fee) }, most.plus(fee)));
    }
    let known = known.map(|(least, most)| {
        // At least one is failed, and at least one isn't.
        let one_more = open_fees.iter().copied().reduce(|one, other| if one.min <= other.min { one } else { other });
        let cheapest = one_more.unwrap_or(Range::ZERO);
        let least = if is_sure(Truth::Met) { least } else { least.plus(cheapest) };
        let most = if is_sure(Truth::NotMet) { most } else { most.less(cheapest) };
        Range { min: least.min, max: most.max }
    });
    let stated = if known.is_some() { Truth::Met } else { Truth::Unknown(Cause::NoRulesForDate) };
    let state = if level == Truth::Met { which.and(stated) } else { level.and(which) };
    let mut fee = finding(situation, FindingId::ResitFee, &exam.fee, state);
    fee.amount = Some(known.filter(|_| level == Truth::Met));
    fee
}
