//! The findings of a case: which there are, and what could still change them.
//!
//! Every finding is worked out twice, as the tables are written and as if the last known rules went on. Where the end of
//! a rule makes the difference, the second is kept beside the first, clearly apart from it.

use tables::{Date, Information, QuestionId, Tables};

use super::{
    answers::Answers,
    case::{Case, Goal, Phase},
    course, entry, exam,
    finding::{Assessment, Finding, FindingId},
    recognition, subsidy,
    time::Horizon,
};

/// Finds everything that somebody with these answers wants to know.
pub fn assess(tables: &'static Tables, answers: &Answers, as_of: Date) -> Assessment {
    let mut case = Case::new(tables, answers, as_of, Horizon::AsWritten);
    // As many as there are at most.
    let mut findings = Vec::with_capacity(if case.goal == Goal::Enrol { 7 } else { 4 });
    find(&case, |_| true, &mut |finding| findings.push(finding));
    // Only what the end of a rule has touched is worked out again.
    let touched: u16 = findings.iter().filter(|one| one.rules_known_until.is_some()).map(|one| bit(one.id)).sum();
    if touched != 0 {
        case.horizon = Horizon::LastKnown;
        find(&case, |id| touched & bit(id) != 0, &mut |then| {
            if let Some(finding) = findings.iter_mut().find(|one| one.id == then.id && touched & bit(then.id) != 0) {
                finding.indicative = Some(Box::new(then));
            }
        });
    }
    Assessment {
        as_of,
        goal: case.goal,
        course: case.course,
        phase: case.phase,
        level: case.level(),
        regulations_end: subsidy::regulations_end(tables, as_of),
        findings,
        information: information(&case),
    }
}

/// Whether the answer to an open question could still change a finding.
pub fn could_change(tables: &'static Tables, answers: &Answers, as_of: Date, question: QuestionId) -> bool {
    if answers.get(QuestionId::Goal).is_none() {
        return question == QuestionId::Goal;
    }
    let case = Case::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().any(|finding| finding_could_change(&case, finding, question))
}

/// The findings that the answer to an open question could still change.
pub fn what_could_change(
    tables: &'static Tables,
    answers: &Answers,
    as_of: Date,
    question: QuestionId,
) -> Vec<FindingId> {
    let case = Case::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().filter(|finding| finding_could_change(&case, *finding, question)).collect()
}

/// The findings for whose sake people are asked. The others follow from these, or from no answer at all.
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

fn finding_could_change(case: &Case<'static>, finding: FindingId, question: QuestionId) -> bool {
    if case.answers.get(question).is_some() {
        return false;
    }
    match (case.goal, finding) {
        (Goal::Enrol, FindingId::MaySit) => entry::could_change(case, question),
        (Goal::Enrol, FindingId::CourseFee) => course::could_change(case, question),
        (Goal::Enrol | Goal::Claim, FindingId::Subsidy) => {
            let then = Case { horizon: Horizon::LastKnown, ..*case };
            subsidy::could_change(case, question) || subsidy::could_change(&then, question)
        }
        // By the rules as they are written: nobody is asked for the sake of a call that is over.
        (Goal::Enrol | Goal::Claim, FindingId::Recognition) => recognition::could_change(case, question),
        (Goal::Enrol | Goal::Claim, FindingId::DistrictCraftsman) => {
            recognition::craftsman_could_change(case, question)
        }
        (Goal::Exam, FindingId::ExamPassed | FindingId::Resit | FindingId::TrainingCertificate) => {
            exam::could_change(case, finding, question)
        }
        _ => false,
    }
}

/// One bit for each finding: there are fewer than the number has.
fn bit(id: FindingId) -> u16 {
    const { assert!(FindingId::COUNT <= u16::BITS as usize) };
    1_u16.rotate_left(id as u32)
}

/// Tells the findings of the case's goal, at least those that are wanted.
fn find(case: &Case<'static>, wanted: impl Fn(FindingId) -> bool, tell: &mut dyn FnMut(Finding)) {
    match case.goal {
        Goal::Enrol => {
            // What is left is made of both.
            let net = wanted(FindingId::NetCost);
            let fee = if net || wanted(FindingId::CourseFee) { course::fee(case) } else { None };
            let subsidy = (net || wanted(FindingId::Subsidy)).then(|| subsidy::subsidy(case));
            let net = fee.as_ref().zip(subsidy.as_ref()).map(|(fee, subsidy)| course::net_cost(fee, subsidy));
            if wanted(FindingId::MaySit) {
                tell(entry::may_sit(case));
            }
            let dates = if wanted(FindingId::CourseDates) { course::dates(case) } else { None };
            [dates, fee, subsidy, net].into_iter().flatten().for_each(&mut *tell);
        }
        Goal::Exam => exam::findings(case).into_iter().for_each(&mut *tell),
        Goal::Claim => {
            if wanted(FindingId::Subsidy) {
                tell(subsidy::subsidy(case));
            }
        }
    }
    if case.goal != Goal::Exam {
        if wanted(FindingId::Recognition) {
            tell(recognition::recognition(case));
        }
        if wanted(FindingId::DistrictCraftsman) {
            tell(recognition::craftsman(case));
        }
    }
}

fn information(case: &Case<'static>) -> Vec<&'static Information> {
    let told = case.tables.information.iter().filter(|one| one.goals.contains(case.goal as u16));
    // Once for all instead of growing.
    let mut all = Vec::with_capacity(case.tables.information.len());
    all.extend(told.filter(|one| !one.during_class || case.phase == Phase::During));
    all
}
