//! What is judged: the answers, and what follows from goal and date.
//!
//! Somebody who enrols has no certificate yet: occupation, level and dates are those of the class, so that forecast and
//! claim are decided by the same criteria.

use tables::{Course, Date, Kind, Level, QuestionId, Tables};

use super::{
    answers::{Answer, Answers, answer},
    time::{Days, Horizon},
    truth::Cause,
};

tables::ids! {
    /// What somebody wants to find out, in the order of its question's values.
    Goal {
        /// Take part in a class, and what comes of it.
        Enrol = "enrol",
        /// What the marks of the exam mean.
        Exam = "exam",
        /// What a certificate is worth, and until when.
        Claim = "claim",
    }
}

impl Goal {
    /// The answer that says so; None where the tables have no such question or value.
    pub fn answer(self, tables: &Tables) -> Option<Answer> {
        answer(tables, QuestionId::Goal, self.id())
    }

    /// The goal that was said; somebody who hasn't said one is taken to consider the class.
    pub fn of(tables: &Tables, answers: &Answers) -> Goal {
        value_of(tables, answers, QuestionId::Goal).and_then(Goal::from_id).unwrap_or(Goal::Enrol)
    }
}

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
pub struct Situation<'t> {
    pub tables: &'t Tables,
    pub goal: Goal,
    /// As given, with what follows from them.
    pub answers: Answers,
    pub as_of: Date,
    pub horizon: Horizon,
    /// The class of that day, as `class_on` has it.
    pub course: Option<&'t Course>,
    pub phase: Phase,
    /// The person considers that class: enrols, and for its level.
    pub joins: bool,
    /// When the certificate is issued.
    pub certificate: Days,
    /// When the subsidy is claimed.
    pub claim: Days,
}

impl<'t> Situation<'t> {
    /// What follows from these answers on that day (civil date of Asia/Shanghai).
    pub fn new(tables: &'t Tables, said: &Answers, as_of: Date, horizon: Horizon) -> Situation<'t> {
        let goal = Goal::of(tables, said);
        let (course, phase) = class_on(tables, as_of);
        let mut situation = Situation {
            tables,
            goal,
            answers: *said,
            as_of,
            horizon,
            course,
            phase,
            joins: false,
            certificate: Days::on(as_of),
            claim: Days::on(as_of),
        };
        situation.settle(said);
        situation
    }

    /// Fills in what the goal or another answer says.
    fn settle(&mut self, said: &Answers) {
        // Who never worked has no years of work.
        if value_of(self.tables, said, QuestionId::WorkField) == Some("never-worked") {
            use QuestionId::{YearsWorked, YearsWorkedSinceCertificate, YearsWorkedSinceTitle};
            for years in [YearsWorked, YearsWorkedSinceCertificate, YearsWorkedSinceTitle] {
                self.answers.set(years, Some(Answer::Number(0)));
            }
        }
        // The class is for one level: that one is meant unless another is said.
        let own = self.course.map_or(Level::Three, |course| course.level);
        let target = value_of(self.tables, said, QuestionId::TargetLevel).and_then(Level::from_id).unwrap_or(own);
        if self.goal != Goal::Claim {
            for question in [QuestionId::TargetLevel, QuestionId::CertificateLevel] {
                self.answers.set(question, answer(self.tables, question, target.id()));
            }
        }
        match self.goal {
            Goal::Enrol => {
                let occupation = self.course.map(|course| Answer::Choice(course.occupation));
                self.answers.set(QuestionId::CertificateOccupation, occupation);
                self.joins = target == own;
                self.certificate = match self.joined() {
                    Some(course) if self.phase != Phase::Past => Days::within(course.claims),
                    _ => Days::from(self.as_of),
                };
                self.claim = self.certificate;
            }
            Goal::Exam => {}
            Goal::Claim => {
                self.certificate = match said.get(QuestionId::CertificateDate) {
                    Some(Answer::Date(day)) => Days::on(day),
                    Some(_) => Days::until(self.as_of, Cause::DontKnow),
                    None => Days::until(self.as_of, Cause::Unanswered),
                };
            }
        }
    }

    /// The class that the person considers, if any.
    pub fn joined(&self) -> Option<&'t Course> {
        self.course.filter(|_| self.joins)
    }

    /// The level that is wanted, or that the certificate has. None while it is open.
    pub fn level(&self) -> Option<Level> {
        value_of(self.tables, &self.answers, QuestionId::CertificateLevel).and_then(Level::from_id)
    }

    /// The level that is held already; None without a certificate, or while it isn't known.
    pub fn level_held(&self) -> Option<Level> {
        value_of(self.tables, &self.answers, QuestionId::CertificateHeld).and_then(Level::from_id)
    }

    /// The same situation with a certificate of another level.
    pub fn with_level(&self, level: Level) -> Situation<'t> {
        let question = QuestionId::CertificateLevel;
        self.with(question, answer(self.tables, question, level.id()))
    }

    /// The same case with another answer.
    pub fn with(&self, question: QuestionId, answer: Option<Answer>) -> Situation<'t> {
        let mut answers = self.answers;
        answers.set(question, answer);
        Situation { answers, ..*self }
    }

    /// The same case of somebody a year older.
    pub fn a_year_older(&self) -> Option<Situation<'t>> {
        let Some(Answer::Number(age)) = self.answers.get(QuestionId::Age) else { return None };
        Some(self.with(QuestionId::Age, Some(Answer::Number(age.saturating_add(1)))))
    }

    /// The same case, if of all answers only one were known.
    pub fn only(&self, question: QuestionId) -> Situation<'t> {
        let mut answers = Answers::NONE;
        answers.set(question, self.answers.get(question));
        Situation { answers, ..*self }
    }
}

/// The class of a day, and where the day stands to it: the class that can be joined; else the last one that could, or the first that
/// will. None where the tables have no class.
pub fn class_on(tables: &Tables, as_of: Date) -> (Option<&Course>, Phase) {
    let begun = tables.courses.iter().rfind(|course| course.validity.from <= as_of);
    let phase = match begun {
        None => Phase::Before,
        Some(course) if course.validity.to.is_some_and(|to| to < as_of) => Phase::Past,
        Some(_) => Phase::During,
    };
    (begun.or(tables.courses.first()), phase)
}

/// The id of the value that was said.
fn value_of(tables: &Tables, answers: &Answers, question: QuestionId) -> Option<&'static str> {
    match (answers.get(question)?, tables.question(question)?.kind) {
        (Answer::Choice(at), Kind::Choice(values)) => values.get(usize::from(at)).map(|value| value.id),
        _ => None,
    }
}
