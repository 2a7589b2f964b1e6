//! The marks: whether the exam is passed, and what a resit requires and costs (X1 to X3, C6).

use tables::{Criterion, Exam, QuestionId};

use super::{
    answers::{Answer, Answers},
    condition::{self, Decision, decide, evaluate},
    finding::{Deadline, DecidedCriterion, Finding, FindingId, Refusal, Resit},
    money::Range,
    question_set::QuestionSet,
    situation::{Goal, Situation},
    subsidy,
    time::Horizon,
    truth::Truth,
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

/// Returns the questions whose answers could still change a finding about the marks.
pub fn open(situation: &Situation<'static>, finding: FindingId) -> QuestionSet {
    let criterion = criteria(&situation.tables.exam).into_iter().find(|(id, _)| *id == finding);
    criterion.map_or(QuestionSet::NONE, |(_, one)| evaluate::<Decision>(&one.when, situation).open())
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

/// Returns the reasons against a resit (X2): both or none of the subjects failed, otherwise a used resit or an
/// ended time limit.
fn refusals(situation: &Situation<'static>, term: Option<Deadline>) -> Vec<Refusal> {
    let exam = &situation.tables.exam;
    match (decide(&exam.failed_theory, situation), decide(&exam.failed_practice, situation)) {
        (Truth::Met, Truth::Met) => return vec![Refusal::BothFailed],
        (Truth::NotMet, Truth::NotMet) => return vec![Refusal::NothingFailed],
        _ => {}
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

/// Returns the fee for resitting the failed subject (X3), if the notice states it for this level.
fn fee(situation: &Situation<'static>) -> Finding {
    let exam = &situation.tables.exam;
    let (theory, practice) = (decide(&exam.failed_theory, situation), decide(&exam.failed_practice, situation));
    let known = match (theory, practice) {
        (Truth::Met, _) | (_, Truth::NotMet) => Range::exactly(exam.theory_fee.0),
        (_, Truth::Met) | (Truth::NotMet, _) => Range::exactly(exam.practice_fee.0),
        _ => Range::between(exam.theory_fee.0, exam.practice_fee.0),
    };
    // Exactly one subject was failed, so knowing the state of one subject is enough.
    let which = if known.is_exact() { Truth::Met } else { theory.and(practice) };
    let level = decide(&exam.fee.when, situation);
    let mut fee = finding(situation, FindingId::ResitFee, &exam.fee, level.and(which));
    fee.amount = Some((level == Truth::Met).then_some(known));
    fee
}
