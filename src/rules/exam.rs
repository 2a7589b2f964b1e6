//! The marks: passed or not, and what a resit needs and costs (X1 to X3, C6).

use tables::{Criterion, QuestionId};

use super::{
    answers::{Answer, Answers},
    case::{Case, Goal},
    condition::{self, decide},
    finding::{Deadline, Decided, Finding, FindingId, Refusal, Resit},
    money::Range,
    subsidy,
    time::Horizon,
    truth::Truth,
};

/// What the marks of the exam come to (X): passed or not, what may be sat again, what that costs.
pub fn findings(case: &Case<'static>) -> Vec<Finding> {
    let exam = &case.tables.exam;
    let mut passed = finding(case, FindingId::ExamPassed, &exam.passed, decide(&exam.passed.when, case));
    if passed.state == Truth::Met {
        passed.worth = worth(case);
    }
    let mut resit = finding(case, FindingId::Resit, &exam.resit, decide(&exam.resit.when, case));
    let term = term(case);
    resit.resit = Some(Resit { term, refusals: refusals(case, term) });
    let fee = (resit.state != Truth::NotMet).then(|| fee(case));
    let mut all = vec![passed, resit];
    all.extend(fee);
    let attendance = decide(&exam.attendance.when, case);
    all.push(finding(case, FindingId::TrainingCertificate, &exam.attendance, attendance));
    all
}

/// Until when a subject may be resat, of which the other was passed (X2).
fn term(case: &Case<'static>) -> Option<Deadline> {
    let Some(Answer::Date(passed)) = case.answers.get(QuestionId::PassedOn) else { return None };
    let months = condition::months(&case.tables.exam.resit.when, QuestionId::PassedOn)?;
    Deadline::after(passed, months)
}

/// All that stands in the way of a resit (X2).
fn refusals(case: &Case<'static>, term: Option<Deadline>) -> Vec<Refusal> {
    let exam = &case.tables.exam;
    match (decide(&exam.failed_theory, case), decide(&exam.failed_practice, case)) {
        (Truth::Met, Truth::Met) => return vec![Refusal::BothFailed],
        (Truth::NotMet, Truth::NotMet) => return vec![Refusal::NothingFailed],
        _ => {}
    }
    let alone = |question| decide(&exam.resit.when, &case.only(question)) == Truth::NotMet;
    let used = alone(QuestionId::ResitUsed).then_some(Refusal::Used);
    let over = term.filter(|_| alone(QuestionId::PassedOn)).map(|term| Refusal::Over(term.last));
    used.into_iter().chain(over).collect()
}

/// The subsidy with the certificate of this exam, over everything that isn't known of the person: as for somebody who joins the class,
/// because certificate and claim are still to come.
fn worth(case: &Case<'static>) -> Option<Box<Finding>> {
    case.course?;
    let mut answers = Answers::NONE;
    answers.set(QuestionId::Goal, Some(Answer::Choice(Goal::Enrol as u16)));
    answers.set(QuestionId::TargetLevel, case.answers.get(QuestionId::TargetLevel));
    let mut then = Case::new(case.tables, &answers, case.as_of, Horizon::AsWritten);
    let mut worth = subsidy::subsidy(&then);
    if worth.rules_known_until.is_some() {
        then.horizon = Horizon::LastKnown;
        worth.indicative = Some(Box::new(subsidy::subsidy(&then)));
    }
    Some(Box::new(worth))
}

/// Whether the answer to an open question could still change that finding.
pub fn could_change(case: &Case<'static>, finding: FindingId, question: QuestionId) -> bool {
    let exam = &case.tables.exam;
    let criterion = match finding {
        FindingId::ExamPassed => &exam.passed,
        FindingId::Resit => &exam.resit,
        FindingId::TrainingCertificate => &exam.attendance,
        _ => return false,
    };
    condition::could_change(&criterion.when, case, question)
}

fn finding(case: &Case<'static>, id: FindingId, criterion: &'static Criterion, state: Truth) -> Finding {
    let mut finding = Finding::new(id, state);
    finding.criteria =
        vec![Decided { criterion, source: case.tables.exam.source, validity: None, state, decides: true }];
    finding
}

/// X3: the fee of the subject that was failed, where the notice says what it costs.
fn fee(case: &Case<'static>) -> Finding {
    let exam = &case.tables.exam;
    let (theory, practice) = (decide(&exam.failed_theory, case), decide(&exam.failed_practice, case));
    let known = match (theory, practice) {
        (Truth::Met, _) | (_, Truth::NotMet) => Range::exactly(exam.theory_fee.0),
        (_, Truth::Met) | (Truth::NotMet, _) => Range::exactly(exam.practice_fee.0),
        _ => Range::between(exam.theory_fee.0, exam.practice_fee.0),
    };
    // Which of the two was failed is known as soon as it is known of one: just one was.
    let which = if known.is_exact() { Truth::Met } else { theory.and(practice) };
    let level = decide(&exam.fee.when, case);
    let mut fee = finding(case, FindingId::ResitFee, &exam.fee, level.and(which));
    fee.amount = Some((level == Truth::Met).then_some(known));
    fee
}
