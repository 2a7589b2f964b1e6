//! Assessment: which findings a situation has, and which open questions could still change them.
//!
//! Findings are decided by the tables as they are written. A finding that is affected by the end of a rule is
//! decided a second time, as if the last known rules were extended; that result is stored separately, in
//! `Finding::indicative`.

use tables::{Date, Information, QuestionId, Tables};

use super::{
    answers::{Answer, Answers},
    course, entry, exam,
    finding::{Assessment, Finding, FindingId},
    recognition,
    situation::{Goal, Phase, Situation},
    subsidy,
    time::Horizon,
};

/// Returns all findings for a person with these answers on that day.
pub fn assess(tables: &'static Tables, answers: &Answers, as_of: Date) -> Assessment {
    let mut situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    // The largest possible number of findings.
    let mut findings = Vec::with_capacity(if situation.goal == Goal::Enrol { 7 } else { 4 });
    find(&situation, |_| true, &mut |finding| findings.push(finding));
    // Only findings that are affected by the end of a rule are decided again.
    let touched: u16 = findings.iter().filter(|one| one.rules_known_until.is_some()).map(|one| bit(one.id)).sum();
    if touched != 0 {
        situation.horizon = Horizon::LastKnown;
        find(&situation, |id| touched & bit(id) != 0, &mut |then| {
            if let Some(finding) = findings.iter_mut().find(|one| one.id == then.id && touched & bit(then.id) != 0) {
                finding.indicative = Some(Box::new(then));
            }
        });
    }
    Assessment {
        as_of,
        goal: situation.goal,
        course: situation.course,
        phase: situation.phase,
        level: situation.level(),
        regulations_end: subsidy::regulations_end(tables, as_of),
        findings,
        information: information(&situation),
    }
}

/// Whether the answer to an open question could still change a finding. While the goal is open, only the goal
/// could.
pub fn could_change(tables: &'static Tables, answers: &Answers, as_of: Date, question: QuestionId) -> bool {
    if answers.get(QuestionId::GOAL).is_none() {
        return question == QuestionId::GOAL;
    }
    let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().any(|finding| finding_could_change(&situation, finding, question))
}

/// Returns the findings that the answer to an open question could still change.
pub fn what_could_change(
    tables: &'static Tables,
    answers: &Answers,
    as_of: Date,
    question: QuestionId,
) -> Vec<FindingId> {
    let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().filter(|finding| finding_could_change(&situation, *finding, question)).collect()
}

/// The findings for which questions are asked. The other findings follow from these, or need no answer.
const ASKED_FOR: [FindingId; 8] = [
    FindingId::MaySit,
    FindingId::CourseFee,
    FindingId::Subsidy,
    FindingId::ExamPassed,
    FindingId::Resit,
    FindingId::TrainingCertificate,
    FindingId::Recognition,
    FindingId::DistrictCraftsman,
];

/// Whether the answer to an open question could still change this finding. False if the situation doesn't have it.
fn finding_could_change(situation: &Situation<'static>, finding: FindingId, question: QuestionId) -> bool {
    if situation.answers.get(question).is_some() {
        return false;
    }
    match (situation.goal, finding) {
        (Goal::Enrol, FindingId::MaySit) => entry::could_change(situation, question),
        (Goal::Enrol, FindingId::CourseFee) => course::could_change(situation, question),
        (Goal::Enrol | Goal::Claim, FindingId::Subsidy) => {
            let then = Situation { horizon: Horizon::LastKnown, ..*situation };
            subsidy::could_change(situation, question) || subsidy::could_change(&then, question)
        }
        // Decided by the rules as written, because no question is asked for a call that is over.
        (Goal::Enrol | Goal::Claim, FindingId::Recognition) => recognition::could_change(situation, question),
        (Goal::Enrol | Goal::Claim, FindingId::DistrictCraftsman) => {
            recognition::craftsman_could_change(situation, question)
        }
        (Goal::Exam, FindingId::ExamPassed | FindingId::Resit | FindingId::TrainingCertificate) => {
            exam::could_change(situation, finding, question)
        }
        _ => false,
    }
}

/// The bit of a finding in a set of findings. The assertion checks that 16 bits are enough.
fn bit(id: FindingId) -> u16 {
    const { assert!(FindingId::COUNT <= u16::BITS as usize) };
    1_u16.rotate_left(id as u32)
}

/// Passes the findings of the situation's goal to `tell`, at least those that are wanted.
fn find(situation: &Situation<'static>, wanted: impl Fn(FindingId) -> bool, tell: &mut dyn FnMut(Finding)) {
    match situation.goal {
        Goal::Enrol => {
            // The net cost needs both fee and subsidy.
            let net = wanted(FindingId::NetCost);
            let fee = if net || wanted(FindingId::CourseFee) { course::fee(situation) } else { None };
            let subsidy = (net || wanted(FindingId::Subsidy)).then(|| subsidy::subsidy(situation));
            let net = fee.as_ref().zip(subsidy.as_ref()).map(|(fee, subsidy)| course::net_cost(fee, subsidy));
            if wanted(FindingId::MaySit) {
                tell(entry::may_sit(situation));
            }
            let dates = if wanted(FindingId::CourseDates) { course::dates(situation) } else { None };
            [dates, fee, subsidy, net].into_iter().flatten().for_each(&mut *tell);
        }
        Goal::Exam => exam::findings(situation).into_iter().for_each(&mut *tell),
        Goal::Claim => {
            if wanted(FindingId::Subsidy) {
                tell(subsidy::subsidy(situation));
            }
        }
    }
    if situation.goal != Goal::Exam {
        if wanted(FindingId::Recognition) {
            tell(recognition::recognition(situation));
        }
        if wanted(FindingId::DistrictCraftsman) {
            tell(recognition::craftsman(situation));
        }
    }
}

/// Returns the clauses to show beside the findings of this goal.
fn information(situation: &Situation<'static>) -> Vec<&'static Information> {
    let goal = match situation.goal.answer(situation.tables) {
        Some(Answer::Choice(at)) => at,
        _ => return Vec::new(),
    };
    let of_course = situation.course.map_or(&[][..], |course| course.information);
    let information = of_course.iter().chain(situation.tables.information);
    // Allocates once instead of growing.
    let mut all = Vec::with_capacity(of_course.len().saturating_add(situation.tables.information.len()));
    let told = information.filter(|one| one.goals.contains(goal));
    all.extend(told.filter(|one| !one.during_class || situation.phase == Phase::During));
    all
}
