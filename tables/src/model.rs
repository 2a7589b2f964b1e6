//! The tables as the program holds them: plain, constant, checked before they got here.
//!
//! Declared once for both sides. What a person who edits the files may write is in `read`; these types can no longer be
//! wrong: ids are resolved, values are places in a list, wording is an index. No behaviour beyond looking something up.

use crate::{Date, ValueSet, Yuan};

#[cfg(feature = "read")]
use databake::Bake;

/// An enum whose names are ids of the contract: the same words in tables, answers, links and results.
#[macro_export]
macro_rules! ids {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)+];
            pub const COUNT: usize = $name::ALL.len();

            /// The id of the contract.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)+ }
            }

            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}

ids! {
    /// What can be asked: the ids of the contract, the same for every way in.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    QuestionId {
        Goal = "goal",
        TargetLevel = "target-level",
        WorkField = "work-field",
        YearsWorked = "years-worked",
        CertificateHeld = "certificate-held",
        YearsWorkedSinceCertificate = "years-worked-since-certificate",
        Title = "title",
        YearsWorkedSinceTitle = "years-worked-since-title",
        Education = "education",
        Major = "major",
        StudyStatus = "study-status",
        TheoryScore = "theory-score",
        PracticeScore = "practice-score",
        PassedOn = "passed-on",
        ResitUsed = "resit-used",
        Attendance = "attendance",
        CertificateOccupation = "certificate-occupation",
        CertificateLevel = "certificate-level",
        CertificateDate = "certificate-date",
        CertificateIssuer = "certificate-issuer",
        WorksIn = "works-in",
        EmployerMember = "employer-member",
        Household = "household",
        Insurance = "insurance",
        UnemploymentRegistered = "unemployment-registered",
        Age = "age",
        Sex = "sex",
        EstablishedPost = "established-post",
        FullTimeStudent = "full-time-student",
        Pension = "pension",
        PaidSame = "paid-same",
        PaidHigher = "paid-higher",
        PaidThisYear = "paid-this-year",
        PaidUnemploymentInsurance = "paid-unemployment-insurance",
        FrontLinePost = "front-line-post",
    }
}

ids! {
    /// How sure we are of a rule.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    Basis {
        /// Stands in the notice itself.
        Notice = "notice",
        /// Stands in the regulation, seen in full.
        Regulation = "regulation",
        /// Our reading of which general rule applies; an office has to confirm it.
        Inferred = "inferred",
        /// Known only by report: told as such, never decides anything.
        Unverified = "unverified",
    }
}

ids! {
    /// Where the subsidy can be claimed (S12).
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    PlaceId {
        Zhuhai = "zhuhai",
        OtherGuangdong = "other-guangdong",
    }
}

ids! {
    /// A skill level, by the number that certificates have. A better level is greater.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    Level {
        /// The lowest.
        Five = "5",
        Four = "4",
        Three = "3",
        Two = "2",
        /// The highest.
        One = "1",
    }
}

impl Level {
    /// 5 to 1.
    pub fn number(self) -> u8 {
        *self.of(&[5, 4, 3, 2, 1])
    }

    /// Returns the one of this level, of values in the order of `Level::ALL`.
    pub fn of<T>(self, [five, four, three, two, one]: &[T; Level::COUNT]) -> &T {
        match self {
            Level::Five => five,
            Level::Four => four,
            Level::Three => three,
            Level::Two => two,
            Level::One => one,
        }
    }
}

/// A message: an index into the wording of every language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Msg(pub u16);

/// A message that the page's first part needs, because it asks the questions. Each message that a table holds as one comes with that
/// part, all others of the tables with the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct FirstMsg(pub u16);

impl From<FirstMsg> for Msg {
    fn from(message: FirstMsg) -> Msg {
        Msg(message.0)
    }
}

#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Tables {
    /// A hash over the files the tables were read from.
    pub version: &'static str,
    pub sources: &'static [Source],
    pub occupations: &'static [Occupation],
    /// Amounts by occupation and level (S10), earliest first.
    pub catalogues: &'static [Catalogue],
    /// The city's lists of short occupations (S11), earliest first.
    pub shortages: &'static [ShortageList],
    /// The classes, earliest first.
    pub courses: &'static [Course],
    /// The regulations of the subsidy, earliest first.
    pub subsidies: &'static [Regulation],
    /// What it takes to sit the exam (E).
    pub entry: Entry,
    /// Passing, resitting, attendance (X1 to X3, C6).
    pub exam: Exam,
    /// What a certificate is good for besides money (R1, R2), earliest first.
    pub recognitions: &'static [Recognition],
    /// Calls for craftsmen (R3), earliest first.
    pub craftsmen: &'static [Recognition],
    /// Clauses that are told to everybody with a goal, beside the findings.
    pub information: &'static [Information],
    /// In the order in which they are asked.
    pub questions: &'static [Question],
}

impl Tables {
    /// The question of that id, if the tables ask it.
    pub fn question(&self, id: QuestionId) -> Option<&'static Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// A document that rules stand in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Source {
    pub id: &'static str,
    /// As the document calls itself, in its own language.
    pub title: Msg,
    /// Its number, where it has one.
    pub number: Option<Msg>,
    /// The day it was made public, where known.
    pub issued: Option<Date>,
}

/// When a block of rules is in force: both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Validity {
    pub from: Date,
    /// None: no end known.
    pub to: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Occupation {
    /// Its code, or `shortage-6` for the row that has none.
    pub id: &'static str,
    pub name: FirstMsg,
    /// What else people call it, to be found by; the name where nobody does.
    pub also: FirstMsg,
    /// Marked S, a digital occupation.
    pub digital: bool,
}

/// An occupation by its place in `Tables::occupations`, which is also its place among the values of its question.
pub type OccupationAt = u16;

/// What a certificate is worth, by occupation and level (S10).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Catalogue {
    pub source: &'static Source,
    /// Decided by the certificate's date.
    pub validity: Validity,
    /// That an amount is known (S10).
    pub amount: Criterion,
    pub rows: &'static [CatalogueRow],
}

impl Catalogue {
    /// The rows we have name the occupation.
    pub fn has(&self, occupation: OccupationAt) -> bool {
        self.rows.iter().any(|row| row.occupation == occupation)
    }
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct CatalogueRow {
    pub occupation: OccupationAt,
    /// In the order of `Level::ALL`.
    pub amounts: [Yuan; 5],
}

/// The occupations the city is short of, and what that adds (S11).
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct ShortageList {
    pub source: &'static Source,
    /// Decided by the certificate's date.
    pub validity: Validity,
    /// The share of the base that is added: 0.3.
    pub uplift: Yuan,
    pub occupations: &'static [OccupationAt],
}

/// A class (C1 to C5).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Course {
    pub source: &'static Source,
    /// From its announcement to its last day: decided by today.
    pub validity: Validity,
    pub occupation: OccupationAt,
    pub level: Level,
    pub training_fee: Yuan,
    pub exam_fee: Yuan,
    /// What is paid in all where C2 is met.
    pub member_fee: Yuan,
    /// What stands behind the name in a remittance's note (C7), in Chinese.
    pub remittance: &'static str,
    /// With how many people it opens (C3).
    pub least_people: u16,
    /// When it begins (C4).
    pub starts: Validity,
    /// When certificate and claim are taken to fall, while the class is not past.
    pub claims: Validity,
    /// That its dates are as they are (C4).
    pub dates: Criterion,
    /// That there is a fee (C1).
    pub fee: Criterion,
    /// What the member fee needs (C2).
    pub member: Criterion,
    pub contacts: &'static [Contact],
}

/// Somebody to ask (C8), as the notice names them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Contact {
    pub office: Msg,
    pub person: Msg,
    /// Digits only.
    pub phone: &'static str,
    /// The number is a WeChat account too (the notice's 微信同号).
    pub wechat: bool,
}

/// One regulation of the subsidy: its criteria are in force together.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Regulation {
    pub source: &'static Source,
    /// Decided by the date of the claim.
    pub validity: Validity,
    /// All of them have to be met.
    pub criteria: &'static [Criterion],
    /// What the uplift needs (S11); beside the criteria, because it never decides whether anything is paid.
    pub uplift: Criterion,
    pub places: &'static [Place],
    /// What a claim usually needs.
    pub papers: &'static [Paper],
}

impl Regulation {
    /// Within how many months of the certificate's date to claim (S6). A criterion of its own: the reading of the tables
    /// refuses one within others.
    pub fn months_to_claim(&self) -> Option<u16> {
        self.criteria.iter().find_map(|one| match one.when {
            Condition::WithinMonths(QuestionId::CertificateDate, months) => Some(months),
            _ => None,
        })
    }
}

impl Validity {
    /// Whether some day is in both.
    pub fn overlaps(self, other: Validity) -> bool {
        let begins_in_time = |one: Validity, two: Validity| two.to.is_none_or(|to| one.from <= to);
        begins_in_time(self, other) && begins_in_time(other, self)
    }
}

/// Blocks of one table don't overlap: the validity tells them apart.
impl PartialEq for Course {
    fn eq(&self, other: &Course) -> bool {
        (self.source, self.validity) == (other.source, other.validity)
    }
}

impl PartialEq for Regulation {
    fn eq(&self, other: &Regulation) -> bool {
        (self.source, self.validity) == (other.source, other.validity)
    }
}

/// Somewhere the claim can be made (S12).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Place {
    pub id: PlaceId,
    pub when: Condition,
}

/// Something to bring to a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Paper {
    pub id: &'static str,
    pub basis: Basis,
    pub wording: Msg,
}

/// What it takes to sit the exam of each level.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Entry {
    pub source: &'static Source,
    /// In the order of `Level::ALL`.
    pub levels: [EntryLevel; 5],
}

#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct EntryLevel {
    /// The clause as a whole: `E3`. Its condition is met by any one of the paths.
    pub clause: Criterion,
    /// Any one of them suffices.
    pub paths: &'static [Criterion],
}

/// The exam and what goes with it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Exam {
    pub source: &'static Source,
    /// X1.
    pub passed: Criterion,
    /// X2.
    pub resit: Criterion,
    /// What a resit costs (X3).
    pub fee: Criterion,
    /// C6.
    pub attendance: Criterion,
    /// Which subject was failed, where just one was.
    pub failed_theory: Condition,
    pub failed_practice: Condition,
    /// X3: what a subject costs, at the levels for which the notice says so.
    pub theory_fee: Yuan,
    pub practice_fee: Yuan,
}

/// What a certificate is good for (R).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Recognition {
    pub source: &'static Source,
    /// Decided by today.
    pub validity: Validity,
    pub criteria: &'static [Criterion],
}

/// A clause that is told, not decided.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Information {
    pub clause: &'static str,
    pub wording: Msg,
    /// Values of the question for the goal.
    pub goals: ValueSet,
    /// Only while the class can be joined.
    pub during_class: bool,
}

/// One clause that is met or not.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Criterion {
    /// Its clause: `S2.1`.
    pub id: &'static str,
    pub basis: Basis,
    pub when: Condition,
    pub forecast: Forecast,
    /// Another criterion beside it that always decides first, where that is known and meant.
    pub implied_by: Option<Implied>,
    pub wording: Wording,
}

/// That a criterion decides nothing which another one doesn't decide already; nothing is worked out from it, a test
/// holds it against the conditions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Implied {
    /// The other criterion: not met whenever this one isn't; of several of which one suffices, met whenever this one is.
    pub clause: &'static str,
    /// Why it stands in the table all the same.
    pub because: &'static str,
}

/// Two criteria of one clause may differ between blocks, never within one.
impl PartialEq for Criterion {
    fn eq(&self, other: &Criterion) -> bool {
        (self.id, self.basis, self.wording.rule, self.wording.numbers)
            == (other.id, other.basis, other.wording.rule, other.wording.numbers)
    }
}

/// What becomes of a criterion for somebody who has no certificate yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Forecast {
    /// It is decided like any other.
    Decided,
    /// What is not known yet is taken as met; the rest is decided whenever the claim will be.
    PartlyTaken,
    /// It is taken as met.
    Taken,
}

/// What a criterion says to people.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Wording {
    /// What it is about, in a word or two.
    pub title: Msg,
    /// What it asks for; its numbers are the condition's own, in `numbers`.
    pub rule: Msg,
    /// Why it is not met, or what that means, said to the person.
    pub refused: Option<Msg>,
    /// What an office has to decide, where one has to.
    pub open: Option<Msg>,
    /// What is known beside it by report only (`Basis::Unverified`): shown as such, decides nothing.
    pub heard: Option<Msg>,
    /// The numbers of the condition, in its order.
    pub numbers: &'static [u16],
}

/// The closed set of things a rule can ask of the answers.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Condition {
    /// All of them; none is enough.
    All(&'static [Condition]),
    /// At least one of them.
    Any(&'static [Condition]),
    /// The answer is one of the values.
    Is(Choice),
    /// The answer is a number from the first to the second, both included.
    Within(QuestionId, u16, u16),
    /// Fewer than so many months have passed since the day. Its last day is open: nobody says whether it counts.
    WithinMonths(QuestionId, u16),
    /// The certificate's occupation is on a list of the certificate's date. An occupation outside it is open: what we
    /// have of either list is a part.
    Listed(List),
    /// Something that can't be asked of people: an office decides.
    NeverAsked,
}

ids! {
    /// The lists that a condition can ask for.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    List {
        Shortage = "shortage",
        Catalogue = "catalogue",
    }
}

/// Which values of a choice meet a condition.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Choice {
    pub question: QuestionId,
    /// These meet it.
    pub met: ValueSet,
    /// Of these an office decides. None of them is in `met`.
    pub open: ValueSet,
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Question {
    pub id: QuestionId,
    pub kind: Kind,
    pub change: Change,
    /// Questions of one group are ticked in one list.
    pub group: Option<&'static Group>,
    /// It stands on the page of the question before it.
    pub same_page: bool,
    /// Few people are asked: it doesn't count for how much is still to come.
    pub seldom: bool,
    /// The question as it is asked.
    pub title: FirstMsg,
    /// The question in a word or two, for lists of answers.
    pub short: FirstMsg,
    pub help: Option<FirstMsg>,
    /// Why it is asked.
    pub why: FirstMsg,
}

/// How the answer of one person can become another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Change {
    /// Not by anything that we could advise.
    Never,
    /// By something the person does: from one of the first values to one of the second, by their places.
    ByDoing(&'static [u16], &'static [u16]),
    /// By one, with every year that passes.
    ByYears,
    /// With a new calendar year: this value of its list then holds.
    ByNewYear(u16),
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Kind {
    /// One of these values.
    Choice(&'static [Value]),
    /// A whole number from the first to the second.
    Number(u16, u16),
    /// A day, not after the as-of date.
    Date,
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Value {
    pub id: &'static str,
    pub label: FirstMsg,
}

/// Yes-or-no questions that share a page, as one list to tick.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Group {
    pub id: &'static str,
    pub title: FirstMsg,
    pub why: FirstMsg,
}
