//! What is judged: the answers, and what follows from the goal and the date.
//!
//! Somebody who enrols has no certificate yet: occupation, level and dates are those of the class, so that forecast and
//! claim are decided by the same criteria.

use tables::{Course, Date, Kind, QuestionId, Tables};

use super::{
    answers::{Answer, Answers},
    time::{Days, Horizon, in_force},
};

/// Where a day stands to a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Not announced yet, or there is none.
    Before,
    During,
    /// Over.
    Past,
}

/// One person on one day.
pub struct Case<'t> {
    pub tables: &'t Tables,
    pub answers: Answers,
    pub horizon: Horizon,
    /// The class that can be joined; else the last one that could, or the first that will.
    pub course: Option<&'t Course>,
    pub phase: Phase,
    pub occupation: &'t str,
    /// 5 to 1.
    pub level: u8,
    /// When the certificate is issued.
    pub certificate: Days,
    /// When the subsidy is claimed.
    pub claim: Days,
}

impl<'t> Case<'t> {
    /// For somebody who considers a class.
    pub fn enrol(tables: &'t Tables, answers: &Answers, as_of: Date, horizon: Horizon) -> Case<'t> {
        let begun = in_force(tables.courses, |one| one.validity, Days::on(as_of), Horizon::LastKnown).blocks.first();
        let course = begun.or(tables.courses.first());
        let phase = match begun {
            None => Phase::Before,
            Some(course) if course.validity.to.is_some_and(|to| to < as_of) => Phase::Past,
            Some(_) => Phase::During,
        };
        let level = course.map_or(3, |course| course.level);
        let days = match course {
            Some(course) if phase != Phase::Past => Days::within(course.claims),
            _ => Days::from(as_of),
        };
        let mut answers = *answers;
        answers.set(QuestionId::CertificateLevel, level_answer(tables, level));
        Case {
            tables,
            answers,
            horizon,
            course,
            phase,
            occupation: course.map_or("", |course| course.occupation),
            level,
            certificate: days,
            claim: days,
        }
    }

    /// The same case of somebody a year older.
    pub fn a_year_older(&self) -> Option<Case<'t>> {
        let Some(Answer::Number(age)) = self.answers.get(QuestionId::Age) else { return None };
        let mut answers = self.answers;
        answers.set(QuestionId::Age, Some(Answer::Number(age.saturating_add(1))));
        Some(Case { answers, ..*self })
    }

    /// The same case, if nothing but the level of the certificate were known.
    pub fn level_only(&self) -> Case<'t> {
        let mut answers = Answers::NONE;
        answers.set(QuestionId::CertificateLevel, self.answers.get(QuestionId::CertificateLevel));
        Case { answers, ..*self }
    }
}

/// A level as the answer to its question.
fn level_answer(tables: &Tables, level: u8) -> Option<Answer> {
    let Kind::Choice(values) = tables.question(QuestionId::CertificateLevel)?.kind else { return None };
    let at = values.iter().position(|value| value.id.parse() == Ok(level))?;
    u8::try_from(at).ok().map(Answer::Choice)
}
