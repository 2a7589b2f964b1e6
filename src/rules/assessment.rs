//! Assessment: which findings a situation has, and which open questions could still change them.
//!
//! Findings are decided by the tables as they are written. A finding that is affected by the end of a rule is
//! decided a second time, as if the last known rules were extended; that result is stored separately, in
//! `Finding::indicative`.

use core::slice;

use tables::{Date, Information, QuestionId, Tables};

use super::{
    answers::{Answer, Answers},
    course, entry, exam,
    finding::{Assessment, Finding, FindingId},
    question_set::QuestionSet,
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

/// The open questions whose answers could still change a finding. Findings are looked at one after another, only until
/// a question is found.
pub struct OpenQuestions {
    situation: Situation<'static>,
    found: QuestionSet,
    left: slice::Iter<'static, FindingId>,
}

impl OpenQuestions {
    /// The questions that are open with these answers. While the goal is open, only the goal could change a finding.
    pub fn of(tables: &'static Tables, answers: &Answers, as_of: Date) -> OpenQuestions {
        let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
        match answers.get(QuestionId::GOAL) {
            Some(_) => OpenQuestions { situation, found: QuestionSet::NONE, left: FindingId::ALL.iter() },
            None => OpenQuestions { situation, found: QuestionSet::of(QuestionId::GOAL), left: [].iter() },
        }
    }

    /// Whether the answer to this question could still change a finding.
    pub fn contains(&mut self, question: QuestionId) -> bool {
        while !self.found.contains(question)
            && let Some(id) = self.left.next()
        {
            self.found = self.found.with(open(&self.situation, *id));
        }
        self.found.contains(question)
    }
}

/// Returns each finding that answers to open questions could still change, with these questions.
pub fn open_by_finding(tables: &'static Tables, answers: &Answers, as_of: Date) -> Vec<(FindingId, QuestionSet)> {
    let situation = Situation::new(tables, answers, as_of, Horizon::AsWritten);
    let each = FindingId::ALL.iter().map(|id| (*id, open(&situation, *id)));
    each.filter(|(_, open)| !open.is_empty()).collect()
}

/// Returns the open questions whose answers could still change this finding. Empty if the goal doesn't have this finding.
fn open(situation: &Situation<'static>, finding: FindingId) -> QuestionSet {
    if !finding.belongs_to(situation.goal) {
        return QuestionSet::NONE;
    }
    match finding {
        FindingId::MaySit => entry::open(situation),
        FindingId::CourseFee => course::open(situation),
        FindingId::Subsidy => subsidy::open(situation),
        FindingId::ExamPassed | FindingId::Resit | FindingId::TrainingCertificate => exam::open(situation, finding),
        // Only the rules as written count for both: no question is asked about a call that is over.
        FindingId::Recognition => recognition::open(situation),
        FindingId::DistrictCraftsman => recognition::craftsman_open(situation),
        FindingId::ResitFee => exam::fee_open(situation),
        // They follow from the others, or need no answer.
        FindingId::CourseDates | FindingId::NetCost => QuestionSet::NONE,
    }
}

/// The bit of a finding in a set of findings. The assertion checks that 16 bits are enough.
fn bit(id: FindingId) -> u16 {
    const { assert!(FindingId::COUNT <= u16::BITS as usize) };
    1_u16.rotate_left(id as u32)
}

/// Passes the findings of the situation's goal to `tell`, at least those that are wanted.
fn find(situation: &Situation<'static>, wanted: impl Fn(FindingId) -> bool, tell: &mut dyn FnMut(Finding)) {
    let wanted = |id: FindingId| id.belongs_to(situation.goal) && wanted(id);
    // The net cost needs both fee and subsidy.
    let net = wanted(FindingId::NetCost);
    let fee = if net || wanted(FindingId::CourseFee) { course::fee(situation) } else { None };
    let subsidy = (net || wanted(FindingId::Subsidy)).then(|| subsidy::subsidy(situation));
    let net = fee.as_ref().zip(subsidy.as_ref()).map(|(fee, subsidy)| course::net_cost(fee, subsidy));
    if wanted(FindingId::MaySit) {
        tell(entry::may_sit(situation));
    }
    let dates = if wanted(FindingId::CourseDates) { course::dates(situation) } else { None };
    // One after another, because a finding is large and an array of them would be copied.
    dates.into_iter().for_each(&mut *tell);
    fee.into_iter().for_each(&mut *tell);
    subsidy.into_iter().for_each(&mut *tell);
    net.into_iter().for_each(&mut *tell);
    if situation.goal == Goal::Exam {
        exam::findings(situation).into_iter().for_each(&mut *tell);
    }
    if wanted(FindingId::Recognition) {
        tell(recognition::recognition(situation));
    }
    if wanted(FindingId::DistrictCraftsman) {
        tell(recognition::craftsman(situation));
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
