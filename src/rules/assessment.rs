//! The findings of a case: which there are, and what each says.
//!
//! Every finding is worked out twice, as the tables are written and as if the last known rules went on. Where the end of
//! a rule makes the difference, the second is kept beside the first, clearly apart from it.

use tables::{Criterion, Date, Information, PlaceId, QuestionId, Source, Tables, Validity, ValueSet};

use super::{
    answers::Answers,
    case::{Case, Goal, Phase},
    course, entry, exam,
    money::Range,
    recognition, subsidy,
    time::Horizon,
    truth::Truth,
};

/// All that is told to one person on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    pub as_of: Date,
    pub goal: Goal,
    pub phase: Phase,
    pub findings: Vec<Finding>,
    /// Clauses that are told beside the findings.
    pub information: Vec<&'static Information>,
}

tables::ids! {
    /// What can be found: the ids of the contract.
    FindingId {
        MaySit = "may-sit",
        CourseDates = "course-dates",
        CourseFee = "course-fee",
        Subsidy = "subsidy",
        NetCost = "net-cost",
        ExamPassed = "exam-passed",
        Resit = "resit",
        ResitFee = "resit-fee",
        TrainingCertificate = "training-certificate",
        Recognition = "recognition",
        DistrictCraftsman = "district-craftsman",
    }
}

/// One answer to one of the person's questions. What doesn't apply is absent.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub id: FindingId,
    pub state: Truth,
    pub criteria: Vec<Decided>,
    /// Yuan. For the subsidy what is paid if it is granted.
    pub amount: Option<Amount>,
    /// The subsidy's amount by the catalogue (S10).
    pub base: Option<Amount>,
    /// What the shortage list adds (S11).
    pub uplift: Option<Amount>,
    /// Why the subsidy's amount isn't known; nothing where it is.
    pub no_amount: Vec<NoAmount>,
    /// Until when the subsidy can be claimed (S6); absent where no regulation is sure to hold on the day of the claim.
    pub deadline: Option<Deadline>,
    /// Where the subsidy can be claimed (S12).
    pub claim_at: Vec<PlaceId>,
    /// What a forecast takes as met.
    pub provided_that: Vec<&'static str>,
    /// Where the class is in its course (C4).
    pub stage: Option<Stage>,
    /// Who may sit the exam (E).
    pub sitting: Option<Sitting>,
    pub remarks: Vec<Remark>,
    /// The earliest end of a rule because of which this is not known.
    pub rules_known_until: Option<Date>,
    /// As if the last known rules went on; only where an end of a rule has an effect. Elsewhere, as there is so much of it:
    /// most findings have none.
    pub indicative: Option<Box<Indicative>>,
}

/// An amount in yuan: None where it isn't known, because the tables don't reach that far.
pub type Amount = Option<Range>;

/// Why an amount of the subsidy isn't known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoAmount {
    /// No regulation is sure to hold on the day of the claim.
    NoRegulation,
    /// We have no catalogue for the certificate's date.
    NoCatalogue,
    /// The occupation is in no row that we have.
    NoRow,
    /// It isn't known which occupation or which date the certificate has.
    Open(QuestionId),
}

/// The days of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// The last day that surely counts.
    pub safe: Date,
    /// The day after it, of which nobody says whether it counts.
    pub last: Date,
}

tables::ids! {
    /// Where a class is in its course (C4).
    Stage {
        /// It can be joined.
        Open = "open",
        /// It begins on one of these days.
        Starting = "starting",
        Running = "running",
        Past = "past",
    }
}

/// Ways to the exam.
#[derive(Clone, PartialEq, Debug)]
pub struct Sitting {
    pub paths: Vec<Way>,
    /// The highest level that may be sat for sure, 5 to 1.
    pub highest_level: Option<u8>,
    /// The level held already, where it is the wanted one or higher.
    pub already_held: Option<u8>,
}

/// One path with what it lacks.
#[derive(Clone, PartialEq, Debug)]
pub struct Way {
    pub criterion: &'static Criterion,
    pub state: Truth,
    pub lacks: Vec<Lack>,
}

/// What an answer would have to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lack {
    /// So many more.
    More(QuestionId, u16),
    /// One of these values.
    OneOf(QuestionId, ValueSet),
}

/// A finding as if the last known rules went on.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicative {
    pub state: Truth,
    pub criteria: Vec<Decided>,
    pub amount: Option<Amount>,
    pub base: Option<Amount>,
    pub uplift: Option<Amount>,
    /// Until when the subsidy could be claimed (S6).
    pub deadline: Option<Deadline>,
}

/// A criterion with its state and where it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Decided {
    pub criterion: &'static Criterion,
    pub source: &'static Source,
    /// None: it has no days.
    pub validity: Option<Validity>,
    pub state: Truth,
    /// Counts for the finding's state; false where it only changes an amount (C1, C2, S10, S11).
    pub decides: bool,
}

/// Something to say beside the criteria.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A birthday before the claim would change the criterion of age (S1).
    BirthdayMatters,
}

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
            let Finding { id, state, criteria, amount, base, uplift, deadline, .. } = then;
            if let Some(finding) = findings.iter_mut().find(|one| one.id == id && touched & bit(id) != 0) {
                finding.indicative = Some(Box::new(Indicative { state, criteria, amount, base, uplift, deadline }));
            }
        });
    }
    Assessment { as_of, goal: case.goal, phase: case.phase, findings, information: information(&case) }
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

impl Finding {
    pub(super) fn new(id: FindingId, state: Truth) -> Finding {
        Finding {
            id,
            state,
            criteria: Vec::new(),
            amount: None,
            base: None,
            uplift: None,
            no_amount: Vec::new(),
            deadline: None,
            claim_at: Vec::new(),
            provided_that: Vec::new(),
            stage: None,
            sitting: None,
            remarks: Vec::new(),
            rules_known_until: None,
            indicative: None,
        }
    }

    /// The amount, where there is one and it is known.
    pub fn yuan(&self) -> Option<Range> {
        self.amount.flatten()
    }
}

impl Assessment {
    /// The finding with this id, if the goal has it.
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }
}
