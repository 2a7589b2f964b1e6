//! The situation to assess: the answers, and what follows from goal and date.
//!
//! A person who enrols has no certificate yet. Occupation, level and dates are then those of the class, so that
//! forecast and claim use the same criteria.

use tables::{City, CityAt, Course, Date, DecidedBy, Kind, Level, QuestionId, Tables};

use super::{
    answers::{Answer, Answers, answer},
    time::{Days, Horizon},
    truth::Cause,
};

tables::ids! {
    /// What a person wants to find out, in the order of the question's values.
    Goal {
        /// Join a class: its cost, and what the certificate will give.
        Enrol = "enrol",
        /// What the marks of the exam mean.
        Exam = "exam",
        /// What a certificate is worth, and until when.
        Claim = "claim",
    }
}

impl Goal {
    /// Returns the answer that stands for the goal. Returns None if the tables have no such question or value.
    pub fn answer(self, tables: &Tables) -> Option<Answer> {
        answer(tables, QuestionId::GOAL, self.id())
    }

    /// Returns the goal from the answers, or `Enrol` if it is open.
    pub fn of(tables: &Tables, answers: &Answers) -> Goal {
        value_of(tables, answers, QuestionId::GOAL).and_then(Goal::from_id).unwrap_or(Goal::Enrol)
    }
}

/// The position of a day relative to a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// The class is not announced yet, or there is no class.
    Before,
    During,
    /// The class is over.
    Past,
}

/// One person on one day.
pub struct Situation<'t> {
    pub tables: &'t Tables,
    pub goal: Goal,
    /// The given answers, and those that follow from them.
    pub answers: Answers,
    pub as_of: Date,
    pub horizon: Horizon,
    /// The class of that day, as `class_on` returns it.
    pub course: Option<&'t Course>,
    pub phase: Phase,
    /// Whether the person considers that class: wants to enrol, and for its level.
    pub considers_class: bool,
    /// The days on which the certificate may be issued.
    pub certificate: Days,
    /// The days on which the subsidy may be claimed.
    pub claim: Days,
    /// The only city whose shortage lists count; None if those of all cities do.
    pub city: Option<CityAt>,
}

impl<'t> Situation<'t> {
    /// Derives the situation from these answers on that day (civil date of Asia/Shanghai).
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
            considers_class: false,
            certificate: Days::on(as_of),
            claim: Days::on(as_of),
            city: None,
        };
        situation.derive_answers(said);
        situation
    }

    /// Fills in what follows from the goal or from another answer.
    fn derive_answers(&mut self, said: &Answers) {
        for question in self.tables.questions {
            if let Some(choice) = question.zero_if
                && matches!(said.get(choice.question), Some(Answer::Choice(at)) if choice.met.contains(at))
            {
                self.answers.set(question.id, Some(Answer::Number(0)));
            }
        }
        // The class is for one level, which is assumed unless another one is given.
        let own = self.course.map_or(Level::Three, |course| course.level);
        let target = value_of(self.tables, said, QuestionId::TARGET_LEVEL).and_then(Level::from_id).unwrap_or(own);
        if self.goal != Goal::Claim {
            for question in [QuestionId::TARGET_LEVEL, QuestionId::CERTIFICATE_LEVEL] {
                self.answers.set(question, answer(self.tables, question, target.id()));
            }
        }
        match self.goal {
            Goal::Enrol => {
                let occupation = self.course.map(|course| Answer::Choice(course.occupation));
                self.answers.set(QuestionId::CERTIFICATE_OCCUPATION, occupation);
                self.considers_class = target == own;
                self.certificate = match self.class_considered() {
                    Some(course) if self.phase != Phase::Past => Days::within(course.claims),
                    _ => Days::from(self.as_of),
                };
                self.claim = self.certificate;
            }
            Goal::Exam => {}
            Goal::Claim => {
                self.certificate = match said.get(QuestionId::CERTIFICATE_DATE) {
                    Some(Answer::Date(day)) => Days::on(day),
                    Some(_) => Days::until(self.as_of, Cause::DontKnow),
                    None => Days::until(self.as_of, Cause::Unanswered),
                };
            }
        }
    }

    /// Returns the class that the person considers, if any.
    pub fn class_considered(&self) -> Option<&'t Course> {
        self.course.filter(|_| self.considers_class)
    }

    /// Returns the wanted level, or the level of the certificate. None while it is open.
    pub fn level(&self) -> Option<Level> {
        value_of(self.tables, &self.answers, QuestionId::CERTIFICATE_LEVEL).and_then(Level::from_id)
    }

    /// Returns the level of the certificate that the person holds. None without one, or while it isn't known.
    pub fn level_held(&self) -> Option<Level> {
        value_of(self.tables, &self.answers, QuestionId::CERTIFICATE_HELD).and_then(Level::from_id)
    }

    /// Returns the days that decide which shortage list of a city is in force.
    pub fn list_days(&self, city: &City) -> Days {
        match city.decided_by {
            DecidedBy::Certificate => self.certificate,
            DecidedBy::Claim => self.claim,
        }
    }

    /// Returns the same situation with a certificate of another level.
    pub fn with_level(&self, level: Level) -> Situation<'t> {
        let question = QuestionId::CERTIFICATE_LEVEL;
        self.with(question, answer(self.tables, question, level.id()))
    }

    /// Returns the same situation with another answer.
    pub fn with(&self, question: QuestionId, answer: Option<Answer>) -> Situation<'t> {
        let mut answers = self.answers;
        answers.set(question, answer);
        Situation { answers, ..*self }
    }

    /// Returns the same situation for a person one year older. None if the age is unknown.
    pub fn a_year_older(&self) -> Option<Situation<'t>> {
        let Some(Answer::Number(age)) = self.answers.get(QuestionId::AGE) else { return None };
        Some(self.with(QuestionId::AGE, Some(Answer::Number(age.saturating_add(1)))))
    }

    /// Returns the same situation with only this answer known.
    pub fn only(&self, question: QuestionId) -> Situation<'t> {
        let mut answers = Answers::NONE;
        answers.set(question, self.answers.get(question));
        Situation { answers, ..*self }
    }
}

/// Returns the class of a day and the day's position relative to it: of the classes that can be joined the one that
/// begins first; otherwise the running one, the last past one, or the first future one. None if the tables have no class.
pub fn class_on(tables: &Tables, as_of: Date) -> (Option<&Course>, Phase) {
    let begun = || tables.courses.iter().filter(|course| course.validity.from <= as_of);
    let joinable = begun().filter(|course| can_be_joined(course, as_of)).min_by_key(|course| course.starts.from);
    let running = || begun().rfind(|course| course.validity.to.is_none_or(|to| as_of <= to));
    if let Some(course) = joinable.or_else(running) {
        return (Some(course), Phase::During);
    }
    match begun().next_back() {
        Some(course) => (Some(course), Phase::Past),
        None => (tables.courses.first(), Phase::Before),
    }
}

/// Returns the other classes that can be joined on a day or are announced for later, by their first days.
pub fn other_classes(tables: &Tables, as_of: Date) -> impl Iterator<Item = &Course> {
    let (own, _) = class_on(tables, as_of);
    tables.courses.iter().filter(move |course| Some(*course) != own && can_be_joined(course, as_of))
}

/// Whether a class may still be joined: the last day on which it may begin is not over.
fn can_be_joined(course: &Course, as_of: Date) -> bool {
    course.starts.to.is_none_or(|last| as_of <= last)
}

/// Returns the id of the chosen value. None if the question is open or isn't a choice.
fn value_of(tables: &Tables, answers: &Answers, question: QuestionId) -> Option<&'static str> {
    match (answers.get(question)?, tables.question(question)?.kind) {
        (Answer::Choice(at), Kind::Choice(values)) => values.get(usize::from(at)).map(|value| value.id),
        _ => None,
    }
}
