//! What a person said, keyed by question: the only state there is.

use tables::{Date, Kind, Question, QuestionId, Tables};

/// The answer to one question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    DontKnow,
    /// The place of the value in the question's list.
    Choice(u16),
    Number(u16),
    Date(Date),
}

/// Answers to any of the questions. Whether they still matter is not their business.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answers([Option<Answer>; QuestionId::COUNT]);

impl Answers {
    /// Nothing is answered yet.
    pub const NONE: Answers = Answers([None; QuestionId::COUNT]);

    /// None: the question is still open.
    pub fn get(&self, question: QuestionId) -> Option<Answer> {
        self.0.get(question as usize).copied().flatten()
    }

    /// Takes an answer in the place of the one before; None opens the question again.
    pub fn set(&mut self, question: QuestionId, answer: Option<Answer>) {
        if let Some(place) = self.0.get_mut(question as usize) {
            *place = answer;
        }
    }

    /// How many questions are answered.
    pub fn count(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// The value that stands for not knowing, of every question.
pub const DONT_KNOW: &str = "dont-know";

/// An answer that its question doesn't take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnswerError {
    /// Not one of the values.
    NoSuchValue,
    /// Not digits only.
    NotANumber,
    /// Not from the first to the second.
    OutOfRange(u16, u16),
    /// Not a day of the calendar, written 2025-07-31.
    NotADay,
    /// The question has to be answered: this one takes no `dont-know`.
    Required,
}

/// Reads a value of the contract: an id of the list, a whole number, or `dont-know`.
pub fn read(question: &Question, text: &str) -> Result<Answer, AnswerError> {
    if text == DONT_KNOW {
        return if question.id == QuestionId::Goal { Err(AnswerError::Required) } else { Ok(Answer::DontKnow) };
    }
    match question.kind {
        Kind::Choice(values) => {
            let at = values.iter().position(|value| value.id == text).ok_or(AnswerError::NoSuchValue)?;
            u16::try_from(at).map(Answer::Choice).map_err(|_| AnswerError::NoSuchValue)
        }
        Kind::Number(from, to) => {
            if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(AnswerError::NotANumber);
            }
            match text.parse() {
                Ok(number) if from <= number && number <= to => Ok(Answer::Number(number)),
                _ => Err(AnswerError::OutOfRange(from, to)),
            }
        }
        Kind::Date => Date::parse(text).map(Answer::Date).ok_or(AnswerError::NotADay),
    }
}

/// The answer that a value of the contract stands for; None if the tables have no such question or it doesn't take that.
pub fn answer(tables: &Tables, question: QuestionId, text: &str) -> Option<Answer> {
    read(tables.question(question)?, text).ok()
}

/// Writes an answer as a value of the contract; None if it is no answer to this question.
pub fn write(question: &Question, answer: Answer) -> Option<String> {
    match (answer, question.kind) {
        (Answer::DontKnow, _) => Some(DONT_KNOW.to_owned()),
        (Answer::Choice(at), Kind::Choice(values)) => values.get(usize::from(at)).map(|value| value.id.to_owned()),
        (Answer::Number(number), Kind::Number(from, to)) if from <= number && number <= to => Some(number.to_string()),
        (Answer::Date(day), Kind::Date) => Some(day.to_string()),
        _ => None,
    }
}
