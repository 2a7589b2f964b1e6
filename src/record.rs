//! Answers as a compact text, to be stored or sent.
//!
//! `1;works-in=zhuhai;age=40`: a version, then question and value by their ids, so that a record outlives any change in
//! the order of tables. Read whole or not at all: a half-understood record would give a half-right answer. Doesn't know
//! where it is kept.

use tables::{QuestionId, Tables};

use crate::rules::{Answers, read, write};

/// The version that is written; a change of the format takes the next number and a way to read this one.
const VERSION: &str = "1";

/// Why a record could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordError {
    /// It was written by another version of the program.
    OtherVersion,
    /// It is damaged, or no record at all.
    Broken,
}

/// Writes the answers down, in the order of the tables.
pub fn to_text(tables: &Tables, answers: &Answers) -> String {
    let mut text = VERSION.to_owned();
    for question in tables.questions {
        let value = answers.get(question.id).and_then(|answer| write(question, answer));
        if let Some(value) = value {
            text += &format!(";{}={value}", question.id.id());
        }
    }
    text
}

/// Reads what was written down.
pub fn from_text(tables: &Tables, text: &str) -> Result<Answers, RecordError> {
    let mut parts = text.split(';');
    match parts.next() {
        Some(VERSION) => {}
        Some(other) if !other.is_empty() && other.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(RecordError::OtherVersion);
        }
        _ => return Err(RecordError::Broken),
    }
    let mut answers = Answers::NONE;
    for part in parts {
        let (id, value) = part.split_once('=').ok_or(RecordError::Broken)?;
        let question = QuestionId::from_id(id).and_then(|id| tables.question(id)).ok_or(RecordError::Broken)?;
        if answers.get(question.id).is_some() {
            return Err(RecordError::Broken);
        }
        answers.set(question.id, Some(read(question, value).map_err(|_| RecordError::Broken)?));
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Answer, Date, TABLES};

    #[test]
    fn what_is_written_is_read_again() {
        let mut answers = Answers::NONE;
        assert_eq!(to_text(&TABLES, &answers), "1");
        for question in TABLES.questions {
            // Everybody has a goal.
            let answer = if question.id == QuestionId::Goal { Answer::Choice(0) } else { Answer::DontKnow };
            answers.set(question.id, Some(answer));
            assert_eq!(from_text(&TABLES, &to_text(&TABLES, &answers)), Ok(answers));
        }
        answers.set(QuestionId::Age, Some(Answer::Number(40)));
        answers.set(QuestionId::CertificateDate, Date::parse("2025-07-31").map(Answer::Date));
        assert!(to_text(&TABLES, &answers).starts_with("1;goal=enrol;target-level=dont-know;"));
        assert!(to_text(&TABLES, &answers).contains(";certificate-date=2025-07-31;"));
        assert!(to_text(&TABLES, &answers).contains(";age=40;sex=dont-know;"));
        assert_eq!(from_text(&TABLES, &to_text(&TABLES, &answers)), Ok(answers));
    }

    #[test]
    fn what_is_broken_is_refused_whole() {
        let r = |text: &str| from_text(&TABLES, text).unwrap_err();
        for broken in [
            "",
            ";",
            "x",
            "1;",
            "1;age",
            "1;age=",
            "1;age=121",
            "1;age=-1",
            "1;age=4٠",
            "1;age=40;age=40",
            "1;nobody=1",
            "1;sex=both",
            "1;sex=male;",
            "{\"age\":40}",
            "1;age=99999999999999999999",
            "1;goal=dont-know",
            "1;certificate-date=2025-02-30",
        ] {
            assert_eq!(r(broken), RecordError::Broken, "{broken}");
        }
        for other in ["2", "0;age=40", "12;age=40"] {
            assert_eq!(r(other), RecordError::OtherVersion, "{other}");
        }
    }
}
