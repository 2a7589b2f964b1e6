//! A person's answers, keyed by question. They are the only state of the program.

use tables::{Date, Kind, Question, QuestionId, Tables};

/// The answer to one question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    DontKnow,
    /// The index of the value in the question's list.
    Choice(u16),
    Number(u16),
    Date(Date),
}

/// Answers to any of the questions. The type doesn't check whether an answer still matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answers([Option<Answer>; QuestionId::MOST]);

impl Answers {
    /// No answers.
    pub const NONE: Answers = Answers([None; QuestionId::MOST]);

    /// Returns the answer, or None if the question is still open.
    pub fn get(&self, question: QuestionId) -> Option<Answer> {
        self.0.get(usize::from(question.0)).copied().flatten()
    }

    /// Replaces the answer to a question. None opens the question again.
    pub fn set(&mut self, question: QuestionId, answer: Option<Answer>) {
        if let Some(place) = self.0.get_mut(usize::from(question.0)) {
            *place = answer;
        }
    }

    /// The number of answered questions.
    pub fn count(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Whether no question is answered.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// The value for "don't know", the same for every question.
pub const DONT_KNOW: &str = "dont-know";

/// Why a text is not an answer to a question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnswerError {
    /// The text is none of the values.
    NoSuchValue,
    /// The text contains other characters than digits.
    NotANumber,
    /// The number is outside this range, both ends included.
    OutOfRange(u16, u16),
    /// The text is not a calendar day in the form 2025-07-31.
    NotADay,
    /// This question must be answered: it doesn't accept `dont-know`.
    Required,
}

/// Reads a value of the contract: the id of a choice, a whole number, a date, or `dont-know`.
pub fn read(question: &Question, text: &str) -> Result<Answer, AnswerError> {
    if text == DONT_KNOW {
        return if question.id == QuestionId::GOAL { Err(AnswerError::Required) } else { Ok(Answer::DontKnow) };
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

/// Returns the answer that a value of the contract stands for. None if the tables have no such question, or if the
/// question doesn't take the value.
pub fn answer(tables: &Tables, question: QuestionId, text: &str) -> Option<Answer> {
    read(tables.question(question)?, text).ok()
}

/// Writes an answer as a value of the contract. Returns None if the answer doesn't fit the question.
pub fn write(question: &Question, answer: Answer) -> Option<String> {
    match (answer, question.kind) {
        (Answer::DontKnow, _) => Some(DONT_KNOW.to_owned()),
        (Answer::Choice(at), Kind::Choice(values)) => values.get(usize::from(at)).map(|value| value.id.to_owned()),
        (Answer::Number(number), Kind::Number(from, to)) if from <= number && number <= to => Some(number.to_string()),
        (Answer::Date(day), Kind::Date) => Some(day.to_string()),
        _ => None,
    }
}
