//! The findings of a case: which there are, and what could still change them.
//!
//! Every finding is worked out twice, as the tables are written and as if the last known rules went on. Where the end of
//! a rule makes the difference, the second is kept beside the first, clearly apart from it.

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

/// Finds everything that somebody with these answers wants to know.
pub fn assess(tables: &'static Tables, answers: &Answers, as_of: Date) -> Assessment {
    let mut situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    // As many as there are at most.
    let mut findings = Vec::with_capacity(if situation.goal == Goal::Enrol { 7 } else { 4 });
    find(&situation, |_| true, &mut |finding| findings.push(finding));
    // Only what the end of a rule has touched is worked out again.
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

/// Whether the answer to an open question could still change a finding.
pub fn could_change(tables: &'static Tables, answers: &Answers, as_of: Date, question: QuestionId) -> bool {
    if answers.get(QuestionId::Goal).is_none() {
        return question == QuestionId::Goal;
    }
    let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().any(|finding| finding_could_change(&situation, finding, question))
}

/// The findings that the answer to an open question could still change.
pub fn what_could_change(
    tables: &'static Tables,
    answers: &Answers,
    as_of: Date,
    question: QuestionId,
) -> Vec<FindingId> {
    let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    ASKED_FOR.into_iter().filter(|finding| finding_could_change(&situation, *finding, question)).collect()
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
        // By the rules as they are written: nobody is asked for the sake of a call that is over.
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

/// One bit for each finding: there are fewer than the number has.
fn bit(id: FindingId) -> u16 {
    const { assert!(FindingId::COUNT <= u16::BITS as usize) };
    1_u16.rotate_left(id as u32)
}

/// Tells the findings of the case's goal, at least those that are wanted.
fn find(situation: &Situation<'static>, wanted: impl Fn(FindingId) -> bool, tell: &mut dyn FnMut(Finding)) {
    match situation.goal {
        Goal::Enrol => {
            // What is left is made of both.
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

fn information(situation: &Situation<'static>) -> Vec<&'static Information> {
    let goal = match situation.goal.answer(situation.tables) {
        Some(Answer::Choice(at)) => at,
        _ => return Vec::new(),
    };
    let told = situation.tables.information.iter().filter(|one| one.goals.contains(goal));
    // Once for all instead of growing.
    let mut all = Vec::with_capacity(situation.tables.information.len());
    all.extend(told.filter(|one| !one.during_class || situation.phase == Phase::During));
    all
}
