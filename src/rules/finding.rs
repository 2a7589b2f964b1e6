//! What is found: the types of an assessment and its findings, with all that was decided on the way.
//!
//! Types only; the modules beside this one fill them in. Whoever explains or shows a finding takes from it which class, regulation,
//! term and papers were meant, and never looks for them in the tables again.

use tables::{
    Course, Criterion, Date, Information, Level, PlaceId, QuestionId, Regulation, Source, Validity, ValueSet,
};

use super::{
    money::Range,
    situation::{Goal, Phase},
    truth::Truth,
};

/// All that is told to one person on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    pub as_of: Date,
    pub goal: Goal,
    /// The class of that day: the one that can be joined; else the last one that could, or the first that will. None where the tables
    /// have no class.
    pub course: Option<&'static Course>,
    pub phase: Phase,
    /// The level that is wanted, or that the certificate has. None while it is open.
    pub level: Option<Level>,
    /// The last day for which regulations of the subsidy are known, without a gap from the day itself on; where none holds on it, the
    /// end of the last one before. None where no end is known.
    pub regulations_end: Option<Date>,
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
    pub criteria: Vec<DecidedCriterion>,
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
    /// The regulation whose criteria are shown: that of the day of the claim, or the last one there is.
    pub regulation: Option<&'static Regulation>,
    /// What a forecast takes as met.
    pub provided_that: Vec<&'static str>,
    /// Where the class is in its course (C4).
    pub stage: Option<Stage>,
    /// Who may sit the exam (E).
    pub entry: Option<ExamEntry>,
    /// What stands about a resit (X2).
    pub resit: Option<Resit>,
    /// Of a passed exam: the subsidy that somebody with its certificate may expect, of whom nothing else is known.
    pub worth: Option<Box<Finding>>,
    pub remarks: Vec<Remark>,
    /// The earliest end of a rule because of which this is not known.
    pub rules_known_until: Option<Date>,
    /// As if the last known rules went on; only where an end of a rule has an effect. Elsewhere, as there is so much of it:
    /// most findings have none.
    pub indicative: Option<Box<Finding>>,
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

/// The end of a term.
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
pub struct ExamEntry {
    /// The level that is wanted.
    pub level: Level,
    pub paths: Vec<EntryPath>,
    /// The highest level that may be sat for sure.
    pub highest_level: Option<Level>,
    /// Answers to open questions could still show that a better level may be sat.
    pub could_be_higher: bool,
    /// The level held already, where it is the wanted one or higher.
    pub already_held: Option<Level>,
}

/// One path with what it lacks.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryPath {
    pub criterion: &'static Criterion,
    pub state: Truth,
    pub missing: Vec<Missing>,
}

/// What an answer would have to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// So many more.
    More(QuestionId, u16),
    /// One of these values.
    OneOf(QuestionId, ValueSet),
}

/// Until when a resit can be had, and what stands in its way (X2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resit {
    /// Known as soon as it is known when the other subject was passed.
    pub term: Option<Deadline>,
    /// Each of these alone is reason enough; none where a resit may be had.
    pub refusals: Vec<Refusal>,
}

/// Why a resit is refused.
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

/// A criterion with its state and where it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DecidedCriterion {
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

impl Deadline {
    /// Within so many months of a day; None beyond the calendar.
    pub(super) fn after(day: Date, months: u16) -> Option<Deadline> {
        let last = day.after_months(u32::from(months))?;
        Some(Deadline { safe: last.before()?, last })
    }
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
            regulation: None,
            provided_that: Vec::new(),
            stage: None,
            entry: None,
            resit: None,
            worth: None,
            remarks: Vec::new(),
            rules_known_until: None,
            indicative: None,
        }
    }

    /// Nothing is known for sure any more, and by the last known rules it would not be met: no amount may raise hopes then.
    pub fn is_refused_by_ended_rules(&self) -> bool {
        self.state.is_unknown() && self.indicative.as_ref().is_some_and(|then| then.state == Truth::NotMet)
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
