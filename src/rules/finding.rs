//! The types of an assessment and its findings, with everything that was decided.
//!
//! This module holds only types; the neighbouring modules fill them in. Code that explains or shows a finding takes
//! the class, regulation, deadline and documents from the finding and doesn't look them up in the tables again.

use tables::{Course, Criterion, Date, Information, Level, Place, QuestionId, Regulation, Source, Validity, ValueSet};

use super::{
    money::Range,
    situation::{Goal, Phase},
    truth::Truth,
};

/// All findings for one person on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    pub as_of: Date,
    pub goal: Goal,
    /// The class of that day, as `class_on` returns it: the one that can be joined and begins first; otherwise the
    /// running one, the last past one, or the first future one. None if the tables have no class.
    pub course: Option<&'static Course>,
    pub phase: Phase,
    /// The wanted level, or the level of the certificate. None while it is open.
    pub level: Option<Level>,
    /// The last day that is covered by subsidy regulations without a gap from `as_of` on. If none is in force on
    /// that day, the end of the last one before. None if no end is known.
    pub regulations_end: Option<Date>,
    pub findings: Vec<Finding>,
    /// Clauses that are shown beside the findings.
    pub information: Vec<&'static Information>,
}

tables::ids! {
    /// The kinds of findings. The names are the ids of the contract.
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

impl FindingId {
    /// Whether the finding is one of this goal.
    pub(super) fn belongs_to(self, goal: Goal) -> bool {
        use FindingId::*;
        match self {
            MaySit | CourseDates | CourseFee | NetCost => goal == Goal::Enrol,
            ExamPassed | Resit | ResitFee | TrainingCertificate => goal == Goal::Exam,
            Subsidy | Recognition | DistrictCraftsman => goal != Goal::Exam,
        }
    }

    /// Whether a person can influence the finding, so that there can be advice for it.
    pub(super) fn can_be_influenced(self) -> bool {
        use FindingId::*;
        match self {
            MaySit | CourseFee | Subsidy | ExamPassed | Resit | TrainingCertificate | DistrictCraftsman => true,
            // The net cost follows from fee and subsidy, the resit fee from the marks.
            NetCost | ResitFee | CourseDates | Recognition => false,
        }
    }
}

/// One answer to one of the person's questions. Attributes that don't apply are empty.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub id: FindingId,
    pub state: Truth,
    pub criteria: Vec<DecidedCriterion>,
    /// Yuan. For the subsidy, the amount that is paid if it is granted.
    pub amount: Option<Amount>,
    /// The base amount of the subsidy from the catalogue (S10), in yuan.
    pub base: Option<Amount>,
    /// The amount that the shortage list adds (S11), in yuan.
    pub uplift: Option<Amount>,
    /// Why the amount of the subsidy is unknown. Empty if the amount is known.
    pub no_amount: Vec<NoAmount>,
    /// The deadline for claiming the subsidy (S6). None unless it is certain that a regulation is in force on the
    /// claim date.
    pub deadline: Option<Deadline>,
    /// The places where the subsidy can be claimed (S12).
    pub claim_at: Vec<&'static Place>,
    /// The regulation whose criteria are shown: the one in force on the claim date, or the last known one.
    pub regulation: Option<&'static Regulation>,
    /// What a forecast assumes to be met: ids of criteria, and of other assumptions.
    pub provided_that: Vec<&'static str>,
    /// The stage of the class on that day (C4).
    pub stage: Option<Stage>,
    /// Admission to the exam (E).
    pub entry: Option<ExamEntry>,
    /// Details of a resit (X2).
    pub resit: Option<Resit>,
    /// For a passed exam: the subsidy that a person with its certificate may expect, if nothing else is known of
    /// the person.
    pub worth: Option<Box<Finding>>,
    pub remarks: Vec<Remark>,
    /// The earliest end of a rule that makes this finding uncertain.
    pub rules_known_until: Option<Date>,
    /// The same finding as if the last known rules were extended. Present only where the end of a rule has an
    /// effect. Boxed, because it is large and most findings don't have it.
    pub indicative: Option<Box<Finding>>,
}

/// An amount in yuan. None if it is unknown because the tables don't cover it.
pub type Amount = Option<Range>;

/// Why an amount of the subsidy is unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoAmount {
    /// It is not certain that a regulation is in force on the claim date.
    NoRegulation,
    /// The tables have no catalogue for the certificate date.
    NoCatalogue,
    /// The tables have no row for the occupation.
    NoRow,
    /// This question about the certificate's occupation or date is open.
    Open(QuestionId),
}

/// The end of a time limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// The last day that certainly counts.
    pub safe: Date,
    /// The day after `safe`. The source doesn't specify whether it counts.
    pub last: Date,
}

tables::ids! {
    /// The stage of a class (C4).
    Stage {
        /// The class can be joined.
        Open = "open",
        /// The class begins on one of these days.
        Starting = "starting",
        Running = "running",
        Past = "past",
    }
}

/// Admission to the exam, by level and entry path.
#[derive(Clone, PartialEq, Debug)]
pub struct ExamEntry {
    /// The wanted level.
    pub level: Level,
    pub paths: Vec<EntryPath>,
    /// The highest level whose exam the person may certainly sit.
    pub highest_level: Option<Level>,
    /// Whether answers to open questions could still show that the person may sit a better level.
    pub could_be_higher: bool,
    /// The level of the certificate that the person holds, if it is the wanted level or a better one.
    pub already_held: Option<Level>,
}

/// One entry path, with what is missing for it.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryPath {
    pub criterion: &'static Criterion,
    pub state: Truth,
    pub missing: Vec<Missing>,
}

/// The answer that a path requires instead of the given one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// The number must be greater by this amount.
    More(QuestionId, u16),
    /// The answer must be one of these values.
    OneOf(QuestionId, ValueSet),
}

/// The time limit of a resit, and the reasons against it (X2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resit {
    /// The time limit. Known as soon as the day when the other subject was passed is known.
    pub term: Option<Deadline>,
    /// The reasons against a resit; each one alone is enough. Empty if a resit is possible.
    pub refusals: Vec<Refusal>,
}

/// A reason against a resit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Every subject was passed.
    NothingFailed,
    /// Every subject was failed, so no passed subject is kept.
    AllFailed,
    /// The only resit was used.
    Used,
    /// The passed subject is no longer kept. The date is its last day.
    Over(Date),
}

/// A criterion with its state and its source.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DecidedCriterion {
    pub criterion: &'static Criterion,
    pub source: &'static Source,
    /// The validity of the block. None if the criterion isn't limited in time.
    pub validity: Option<Validity>,
    pub state: Truth,
    /// Whether the criterion decides the finding's state. False if it only changes an amount (C1, C2, S10, S11).
    pub decides: bool,
}

/// An additional note beside the criteria.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A birthday before the claim would change the criterion of age (S1).
    BirthdayMatters,
}

impl Deadline {
    /// The end of a time limit of this number of months after a day. Returns None beyond the calendar.
    pub(super) fn after(day: Date, months: u16) -> Option<Deadline> {
        let last = day.after_months(u32::from(months))?;
        Some(Deadline { safe: last.before()?, last })
    }
}

impl Finding {
    /// A finding with this state and no other attributes.
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

    /// Whether the state is unknown because rules have ended, and the last known rules would refuse. No amount is
    /// shown then.
    pub fn is_refused_by_ended_rules(&self) -> bool {
        self.state.is_unknown() && self.indicative.as_ref().is_some_and(|then| then.state == Truth::NotMet)
    }

    /// The amount in yuan, or None if there is none or it is unknown.
    pub fn yuan(&self) -> Option<Range> {
        self.amount.flatten()
    }
}

impl Assessment {
    /// Returns the finding with this id, if the goal has it.
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }
}
