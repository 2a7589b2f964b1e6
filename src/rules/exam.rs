//! The marks: passed or not, and what a resit needs and costs (X1 to X3, C6).

use tables::{Criterion, Date, QuestionId, Tables};

use super::{
    answers::{Answer, Answers},
    assessment::{Deadline, Decided, Finding, FindingId},
    case::Case,
    condition::{self, decide},
    money::Range,
    time::Horizon,
    truth::Truth,
};

/// What the marks of the exam come to (X): passed or not, what may be sat again, what that costs.
pub fn findings(case: &Case<'static>) -> Vec<Finding> {
    let exam = &case.tables.exam;
    let resit = finding(case, FindingId::Resit, &exam.resit, decide(&exam.resit.when, case));
    let fee = (resit.state != Truth::NotMet).then(|| fee(case));
    let mut all = vec![finding(case, FindingId::ExamPassed, &exam.passed, decide(&exam.passed.when, case)), resit];
    all.extend(fee);
    let attendance = decide(&exam.attendance.when, case);
    all.push(finding(case, FindingId::TrainingCertificate, &exam.attendance, attendance));
    all
}

/// Until when a subject may be resat, of which the other was passed on that day (X2).
pub fn resit_term(tables: &Tables, passed: Date) -> Option<Deadline> {
    let months = condition::months(&tables.exam.resit.when, QuestionId::PassedOn)?;
    let last = condition::last_day(passed, months)?;
    Some(Deadline { safe: last.before()?, last })
}

/// Why a resit is refused: each of these alone is reason enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Both were passed, and there is nothing to sit again.
    NothingFailed,
    /// Nothing is kept of which the other could be resat.
    BothFailed,
    /// The one resit was used.
    Used,
    /// The passed subject is no longer kept; its last day.
    Over(Date),
}

/// All that stands in the way of a resit (X2); nothing where it may be had.
pub fn resit_refusals(tables: &'static Tables, answers: &Answers, as_of: Date) -> Vec<Refusal> {
    let case = Case::new(tables, answers, as_of, Horizon::AsWritten);
    let exam = &tables.exam;
    let mut all = Vec::new();
    match (decide(&exam.failed_theory, &case), decide(&exam.failed_practice, &case)) {
        (Truth::Met, Truth::Met) => return vec![Refusal::BothFailed],
        (Truth::NotMet, Truth::NotMet) => return vec![Refusal::NothingFailed],
        _ => {}
    }
    let alone = |question| decide(&exam.resit.when, &case.only(question)) == Truth::NotMet;
    if alone(QuestionId::ResitUsed) {
        all.push(Refusal::Used);
    }
    if let Some(Answer::Date(passed)) = answers.get(QuestionId::PassedOn)
        && alone(QuestionId::PassedOn)
    {
        all.extend(resit_term(tables, passed).map(|term| Refusal::Over(term.last)));
    }
    all
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
