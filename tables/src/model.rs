//! The tables as the program uses them: plain constants, already checked.
//!
//! The types are declared once for the build script and the page. The format of the files is in `read`; these types
//! can't hold an invalid table: ids are resolved, values are indices of a list, wording is an index. They have no
//! behaviour other than look-ups.

use crate::{Date, Share, ValueSet, Yuan};

#[cfg(feature = "read")]
use databake::Bake;

/// Declares an enum whose variants have ids of the contract: the same words in tables, answers, links and results.
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

            /// Returns the variant with this id.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}

/// A question of the tables: a number that is valid for these tables only. Answers, links and other programs use the
/// question's name instead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct QuestionId(pub u8);

/// Declares the questions that the program knows by their role. They have the first numbers, in this order.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)+) => {
        /// Numbers for the roles in their order; nothing else uses this type.
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        enum Role { $($role,)+ }

        impl QuestionId {
            $($(#[$doc])* pub const $role: QuestionId = QuestionId(Role::$role as u8);)+

            /// The names of the questions with a role, by number. The tables must have all of them.
            pub const ROLES: &[&str] = &[$($name,)+];
        }
    };
}

roles! {
    /// What the person wants to find out; the only question that must be answered.
    GOAL = "goal",
    /// The level that the person wants, if it is not that of the class.
    TARGET_LEVEL = "target-level",
    /// The occupation, level and date of the certificate for which the subsidy is claimed.
    CERTIFICATE_OCCUPATION = "certificate-occupation",
    CERTIFICATE_LEVEL = "certificate-level",
    CERTIFICATE_DATE = "certificate-date",
    /// The level of the certificate that the person holds already.
    CERTIFICATE_HELD = "certificate-held",
    /// The day when one subject of the exam was passed, and whether the resit was used.
    PASSED_ON = "passed-on",
    RESIT_USED = "resit-used",
    ATTENDANCE = "attendance",
    AGE = "age",
}

impl QuestionId {
    /// The largest number of questions that tables can have.
    pub const MOST: usize = 64;
}

ids! {
    /// How certain a rule is.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    Basis {
        /// The notice states it.
        Notice = "notice",
        /// The regulation, which was available in full, states it.
        Regulation = "regulation",
        /// Our reading of which general rule applies. An office must confirm it.
        Inferred = "inferred",
        /// Known only from reports. It is shown as such and never decides anything.
        Unverified = "unverified",
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

/// A message that the page's first part needs, because it asks the questions. Messages that a table holds with this
/// type belong to the first part, all other messages of the tables to the later part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct FirstMsg(pub u16);

impl From<FirstMsg> for Msg {
    fn from(message: FirstMsg) -> Msg {
        Msg(message.0)
    }
}

/// All rule tables.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Tables {
    /// A hash of the files from which the tables were read.
    pub version: &'static str,
    pub sources: &'static [Source],
    pub occupations: &'static [Occupation],
    /// Amounts by occupation and level (S10), earliest block first.
    pub catalogues: &'static [Catalogue],
    /// The cities that have lists of shortage occupations (S11), first the city of the classes.
    pub cities: &'static [City],
    /// The classes, earliest first.
    pub courses: &'static [Course],
    /// The regulations of the subsidy, earliest first.
    pub subsidies: &'static [Regulation],
    /// Admission to the exam (E).
    pub entry: Entry,
    /// Passing, resits, and attendance (X1 to X3, C6).
    pub exam: Exam,
    /// What a certificate gives besides money (R1, R2), earliest first.
    pub recognitions: &'static [Recognition],
    /// Calls for craftsmen (R3), earliest first.
    pub craftsmen: &'static [Recognition],
    /// Clauses that belong to no class and are shown beside the findings, depending on the goal.
    pub information: &'static [Information],
    /// What is not known, in the order of the rule book.
    pub unknown: &'static [Unknown],
    /// The questions, in the order in which they are asked.
    pub questions: &'static [Question],
}

impl Tables {
    /// Returns the question with this id, if the tables have it.
    pub fn question(&self, id: QuestionId) -> Option<&'static Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Returns the name of this question, or an empty text if the tables don't have it.
    pub fn name_of(&self, id: QuestionId) -> &'static str {
        self.question(id).map_or("", |question| question.name)
    }

    /// Returns the city with this number, if the tables have it.
    pub fn city(&self, at: CityAt) -> Option<&'static City> {
        self.cities.get(usize::from(at))
    }

    /// Returns the question with this name, if the tables have it.
    pub fn question_named(&self, name: &str) -> Option<&'static Question> {
        self.questions.iter().find(|question| question.name == name)
    }
}

/// A document that contains rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Source {
    pub id: &'static str,
    /// The title of the document, in its own language.
    pub title: Msg,
    /// The number of the document, if it has one.
    pub number: Option<Msg>,
    /// The date of publication, if known.
    pub issued: Option<Date>,
    /// Its address on the web, and where in the document the rules stand, if known.
    pub url: Option<&'static str>,
    pub pages: Option<&'static str>,
}

/// The days on which a block of rules is in force, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Validity {
    pub from: Date,
    /// None if no end is known.
    pub to: Option<Date>,
}

/// An occupation of the catalogue or the shortage list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Occupation {
    /// Its code, or `shortage-6` for the row without a code.
    pub id: &'static str,
    pub name: FirstMsg,
    /// Other names, for the search; the name itself if there are none.
    pub also: FirstMsg,
    /// Whether it is a digital occupation, marked S.
    pub digital: bool,
}

/// The index of an occupation in `Tables::occupations`, which is also its index among the values of its question.
pub type OccupationAt = u16;

/// The amounts of the subsidy, by occupation and level (S10).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Catalogue {
    pub source: &'static Source,
    /// The certificate date decides whether the block is in force.
    pub validity: Validity,
    /// The criterion that an amount is known (S10).
    pub amount: Criterion,
    pub rows: &'static [CatalogueRow],
    /// Whether the rows are all that the document has. Otherwise they are an excerpt, and an occupation outside them
    /// may be in the document.
    pub complete: bool,
}

/// What a catalogue and a shortage list have in common: occupations, which a document lists while it is in force.
pub trait OccupationTable {
    /// Returns the days on which the block is in force.
    fn validity(&self) -> Validity;

    /// Whether the block has the occupation.
    fn has(&self, occupation: OccupationAt) -> bool;

    /// Whether the block has all occupations of the document. Otherwise it is an excerpt, and an occupation outside it may
    /// be in the document.
    fn is_complete(&self) -> bool;
}

impl OccupationTable for Catalogue {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn has(&self, occupation: OccupationAt) -> bool {
        self.rows.iter().any(|row| row.occupation == occupation)
    }

    fn is_complete(&self) -> bool {
        self.complete
    }
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct CatalogueRow {
    pub occupation: OccupationAt,
    /// The amounts for the levels 5, 4, 3, 2, 1, in this order.
    pub amounts: [Yuan; 5],
}

/// A city with its lists of shortage occupations (S11).
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct City {
    /// The id of the place where the city's amounts are claimed, among the places of a regulation.
    pub place: &'static str,
    /// The name of that place.
    pub name: Msg,
    /// The day that decides which list is in force.
    pub decided_by: DecidedBy,
    /// Earliest first.
    pub lists: &'static [ShortageList],
}

/// The index of a city in `Tables::cities`.
pub type CityAt = u8;

ids! {
    /// The day that decides which block of a table is in force.
    #[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
    DecidedBy {
        /// The day of the certificate.
        Certificate = "certificate",
        /// The day of the claim.
        Claim = "claim",
    }
}

/// A city's list of shortage occupations, and the uplift for them (S11).
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct ShortageList {
    pub source: &'static Source,
    /// `City::decided_by` says which day decides whether the block is in force.
    pub validity: Validity,
    /// The share of the base that is added, unless the regulation fixes it. None if the list names no share.
    pub uplift: Option<Share>,
    pub occupations: &'static [OccupationAt],
    /// Whether the occupations are all that the document has. Otherwise they are an excerpt.
    pub complete: bool,
    /// What the city says about the uplift.
    pub rule: Msg,
}

impl OccupationTable for ShortageList {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn has(&self, occupation: OccupationAt) -> bool {
        self.occupations.contains(&occupation)
    }

    fn is_complete(&self) -> bool {
        self.complete
    }
}

/// A class (C).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Course {
    pub source: &'static Source,
    /// From its announcement to its last day. The as-of date decides whether the block is in force.
    pub validity: Validity,
    /// The class in a few words, such as the third of 2025.
    pub name: FirstMsg,
    pub occupation: OccupationAt,
    pub level: Level,
    pub training_fee: Yuan,
    pub exam_fee: Yuan,
    /// The total fee if C2 is met.
    pub member_fee: Yuan,
    /// The text after the name in the note of a remittance (C7), in Chinese.
    pub remittance: &'static str,
    /// The minimum number of participants (C3).
    pub least_people: u16,
    /// The days on which it may begin (C4).
    pub starts: Validity,
    /// When it begins and when the exam is, as the notice says it.
    pub starts_words: Msg,
    pub exam_words: Msg,
    /// The days on which certificate and claim are expected, while the class is not over.
    pub claims: Validity,
    /// The criterion about its dates (C4).
    pub dates: Criterion,
    /// The criterion that there is a fee (C1).
    pub fee: Criterion,
    /// The criterion for the member fee (C2).
    pub member: Criterion,
    pub contacts: &'static [Contact],
    /// Clauses about it that are only shown.
    pub information: &'static [Information],
}

/// A contact (C8), as the notice names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Contact {
    pub office: Msg,
    pub person: Msg,
    /// Digits only.
    pub phone: &'static str,
    /// Whether the number is also a WeChat account (微信同号 in the notice).
    pub wechat: bool,
}

/// One regulation of the subsidy. All its criteria are in force together.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Regulation {
    pub source: &'static Source,
    /// The claim date decides whether the block is in force.
    pub validity: Validity,
    /// All of them must be met.
    pub criteria: &'static [Criterion],
    /// The criterion for the uplift (S11). It is separate because it never decides whether the subsidy is paid.
    pub uplift: Criterion,
    pub uplift_share: UpliftShare,
    pub places: &'static [Place],
    /// What S12 says about all places.
    pub places_rule: Msg,
    /// The documents that a claim usually needs.
    pub papers: &'static [Paper],
    /// What is known, only from reports, about the rules that replace this regulation. It decides nothing.
    pub successor: Option<Msg>,
}

/// Who fixes the share of the base that is added (S11).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum UpliftShare {
    /// The regulation, for all cities.
    Fixed(Share),
    /// Each city by its list, up to this share.
    UpTo(Share),
}

impl UpliftShare {
    /// The largest share that can be added.
    pub fn most(self) -> Share {
        let (UpliftShare::Fixed(share) | UpliftShare::UpTo(share)) = self;
        share
    }
}

impl Regulation {
    /// Returns the share of the base that is added for an occupation of this list. None if neither regulation nor list
    /// names it.
    pub fn uplift_by(&self, list: &ShortageList) -> Option<Share> {
        match self.uplift_share {
            UpliftShare::Fixed(share) => Some(share),
            UpliftShare::UpTo(_) => list.uplift,
        }
    }

    /// The number of months after the certificate date within which to claim (S6). It is always a criterion of its
    /// own: the reader refuses a time limit inside another condition.
    pub fn months_to_claim(&self) -> Option<u16> {
        self.criteria.iter().find_map(|one| match one.when {
            Condition::WithinMonths(QuestionId::CERTIFICATE_DATE, months) => Some(months),
            _ => None,
        })
    }
}

impl Validity {
    /// Whether the day belongs to it.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day belongs to both.
    pub fn overlaps(self, other: Validity) -> bool {
        let begins_in_time = |one: Validity, two: Validity| two.to.is_none_or(|to| one.from <= to);
        begins_in_time(self, other) && begins_in_time(other, self)
    }
}

/// Blocks of one table don't overlap, so source and validity identify a block.
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

/// A place where the subsidy can be claimed (S12).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Place {
    /// The id of the contract.
    pub id: &'static str,
    pub when: Condition,
    pub name: Msg,
    /// What differs there and isn't known to these tables.
    pub note: Option<Msg>,
}

/// A place can differ between blocks, never within one.
impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        self.id == other.id
    }
}

/// A document that a claim needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Paper {
    pub id: &'static str,
    pub basis: Basis,
    pub wording: Msg,
}

/// Admission to the exam of each level.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Entry {
    pub source: &'static Source,
    /// For the levels 5, 4, 3, 2, 1, in this order.
    pub levels: [EntryLevel; 5],
}

/// Admission to the exam of one level.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct EntryLevel {
    /// The clause as a whole, such as `E3`. Its condition is met by any one of the paths.
    pub clause: Criterion,
    /// The entry paths. Any one of them is enough.
    pub paths: &'static [Criterion],
}

/// The exam: passing, resit, subjects with their fees, and attendance.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Exam {
    pub source: &'static Source,
    /// The criterion for passing (X1).
    pub passed: Criterion,
    /// The criterion for a resit (X2).
    pub resit: Criterion,
    /// The criterion for the resit fee (X3).
    pub fee: Criterion,
    /// The criterion of attendance for the training certificate (C6).
    pub attendance: Criterion,
    /// The subjects, in the order in which they are named.
    pub subjects: &'static [Subject],
}

/// A subject of the exam.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Subject {
    pub id: &'static str,
    pub name: Msg,
    /// The levels whose exam has this subject.
    pub levels: &'static [Level],
    /// Whether it was failed.
    pub failed: Condition,
    /// What a resit of it costs (X3), as far as known.
    pub fees: &'static [SubjectFee],
}

/// What a resit of a subject costs at some levels.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct SubjectFee {
    pub levels: &'static [Level],
    pub amount: Yuan,
    /// The first and the last day on which it holds; None if no limit is known.
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Subject {
    /// Returns the fee at a level on a day, if it is known.
    pub fn fee(&self, level: Level, day: Date) -> Option<Yuan> {
        let holds = |fee: &&SubjectFee| {
            fee.levels.contains(&level) && fee.from.is_none_or(|from| from <= day) && fee.to.is_none_or(|to| day <= to)
        };
        self.fees.iter().find(holds).map(|fee| fee.amount)
    }
}

/// What a certificate gives besides money (R).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Recognition {
    pub source: &'static Source,
    /// The as-of date decides whether the block is in force.
    pub validity: Validity,
    pub criteria: &'static [Criterion],
}

/// A clause that is only shown; it decides nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Information {
    pub clause: &'static str,
    pub wording: Msg,
    /// The goals for which it is shown, as values of the question about the goal.
    pub goals: ValueSet,
    /// Whether it is shown only from the announcement of the class to its last day.
    pub during_class: bool,
}

/// Something that is not known. It decides nothing.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Unknown {
    /// The clause that it concerns.
    pub clause: &'static str,
    pub wording: Msg,
    /// Whether it is also shown beside the subsidy of a person who isn't refused.
    pub with_result: bool,
}

/// One clause that is met or not.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Criterion {
    /// The id of the clause, such as `S2.1`.
    pub id: &'static str,
    pub basis: Basis,
    pub when: Condition,
    pub forecast: Forecast,
    /// Another criterion of the same block that makes this one redundant, if that is known and intended.
    pub implied_by: Option<Implied>,
    pub wording: Wording,
}

/// States that a criterion decides nothing that another one doesn't decide already. The program doesn't use it; a
/// test checks it against the conditions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Implied {
    /// The other criterion: it is not met whenever this one is not met. If one criterion of several is enough, it
    /// is met whenever this one is met.
    pub clause: &'static str,
    /// Why the criterion is in the table nevertheless.
    pub because: &'static str,
}

/// Criteria of one clause can differ between blocks, never within one.
impl PartialEq for Criterion {
    fn eq(&self, other: &Criterion) -> bool {
        (self.id, self.basis, self.wording.rule) == (other.id, other.basis, other.wording.rule)
    }
}

/// How a forecast, for a person without a certificate, treats a criterion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Forecast {
    /// It is decided as usual.
    Decided,
    /// What is not known yet is assumed to be met; the rest is decided, whatever the claim date will be.
    PartlyAssumedMet,
    /// It is assumed to be met.
    AssumedMet,
}

/// The wording of a criterion.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Wording {
    /// The subject in a word or two.
    pub title: Msg,
    /// The requirement.
    pub rule: Msg,
    /// Why it is not met, or what that means, addressed to the person.
    pub refused: Option<Msg>,
    /// What an office has to decide, if it has to.
    pub open: Option<Msg>,
    /// What a forecast assumes, if it assumes the criterion to be met.
    pub assumed: Option<Msg>,
    /// What is known about it only from reports (`Basis::Unverified`). It is shown as such and decides nothing.
    pub heard: Option<Msg>,
}

/// The operators with which a rule can test the answers. The set is closed.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Condition {
    /// All conditions are met; an empty list is met.
    All(&'static [Condition]),
    /// At least one condition is met.
    Any(&'static [Condition]),
    /// The answer is one of the values.
    Is(Choice),
    /// The answer is a number in this range, both ends included.
    Within(QuestionId, u16, u16),
    /// Fewer than this number of months have passed since the date. The last day is open, because the source
    /// doesn't specify whether it counts.
    WithinMonths(QuestionId, u16),
    /// The certificate's occupation is on a list in force on the day that decides. An occupation outside the list is
    /// open if our copy of the list is an excerpt.
    Listed(List),
    /// A fact that can't be asked of people, so an office decides.
    NeverAsked,
}

/// The lists to which a condition can refer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum List {
    Catalogue,
    /// The shortage lists of a city.
    Shortage(CityAt),
}

/// The values of a choice that meet a condition.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Choice {
    pub question: QuestionId,
    /// The values that meet the condition.
    pub met: ValueSet,
    /// The values for which an office decides. None of them is in `met`.
    pub open: ValueSet,
}

/// A question with its kind and wording.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Question {
    pub id: QuestionId,
    /// The id of the contract: the same in tables, answers, links and results.
    pub name: &'static str,
    pub kind: Kind,
    /// The units that people write after the number.
    pub units: &'static [&'static str],
    /// The answer of another question with which this one is 0, such as the years of work of a person who never
    /// worked.
    pub zero_if: Option<&'static Choice>,
    pub change: Change,
    /// Whether a change of the answer takes months, so that a time limit may pass before.
    pub changes_slowly: bool,
    /// Questions of one group form one checkbox list.
    pub group: Option<&'static Group>,
    /// Whether it is on the same page as the question before it.
    pub same_page: bool,
    /// Whether few people are asked; such a question doesn't count for the estimate of remaining pages.
    pub seldom: bool,
    /// The question as it is asked.
    pub title: FirstMsg,
    /// The question in a word or two, for lists of answers.
    pub short: FirstMsg,
    pub help: Option<FirstMsg>,
    /// Why the question is asked.
    pub why: FirstMsg,
    /// The change of the answer in words, for advice. None if the changed answer says it.
    pub changed: Option<Msg>,
}

/// How the answer of a person can change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Change {
    /// It can't change in a way that we could advise.
    Never,
    /// By an action of the person: from one of the first values to one of the second. Both are indices.
    ByDoing(&'static [u16], &'static [u16]),
    /// It grows by one every year.
    ByYears,
    /// With a new calendar year it becomes this value (an index).
    ByNewYear(u16),
}

/// The type of an answer.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub enum Kind {
    /// One of these values.
    Choice(&'static [Value]),
    /// A whole number in this range, both ends included.
    Number(u16, u16),
    /// A day that is not after the as-of date.
    Date,
}

/// A value of a choice.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Value {
    pub id: &'static str,
    pub label: FirstMsg,
}

/// Yes-or-no questions on one page, shown as one checkbox list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "read", derive(Bake), databake(path = tables))]
pub struct Group {
    pub id: &'static str,
    pub title: FirstMsg,
    pub why: FirstMsg,
}
