//! Answers as a compact text, to be stored or sent.
//!
//! Format: `2;on=2026-11-24;works-in=zhuhai;age=40`. A version, the date of writing, then question and value by
//! their ids, so that a record stays valid when the order of the tables changes. A record is read completely or
//! rejected, because a partly understood record would give a wrong result. The module doesn't know where a record
//! is stored, nor the current date.

use tables::{Date, Kind, Tables};

use crate::rules::{Answers, read, write};

/// The version that is written. A change of the format needs the next number, and code that still reads this one.
const VERSION: &str = "2";
/// The previous version, without the date of writing.
const WITHOUT_DAY: &str = "1";
/// After this number of days without a change a record is deleted, because phones are lent and sold.
const DAYS_KEPT: usize = 30;

/// The content of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Record {
    pub answers: Answers,
    /// The date of writing. None for records of version 1.
    pub written: Option<Date>,
}

/// Why a record could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordError {
    /// The record is of another program version: its format, or one of its questions or values, is unknown here.
    OtherVersion,
    /// The record is damaged, or the text is no record.
    Broken,
}

impl Record {
    /// Whether the record has been unchanged for too long and must be deleted. A date in the future, from a wrong
    /// clock, doesn't count.
    pub fn is_old(&self, today: Date) -> bool {
        let last = self.written.and_then(|written| (0..DAYS_KEPT).try_fold(written, |day, _| day.next()));
        last.is_some_and(|last| last < today)
    }
}

/// The maximum length of a record in an address, several times the length of any record that is written.
const LONGEST: usize = 4000;

/// Encodes a record as a part of an address. It has no characters at which a chat program would end the link, and a
/// checksum, so that a truncated or changed record is not accepted.
pub fn to_address(record: &str) -> String {
    let body = record.replace(';', ".").replace('=', "_");
    format!("{body}.{}", sum(&body))
}

/// Decodes a record from an address.
pub fn from_address(tables: &Tables, part: &str) -> Result<Record, RecordError> {
    let (body, said) = part.rsplit_once('.').ok_or(RecordError::Broken)?;
    if LONGEST < part.len() || said != sum(body) || body.contains([';', '=']) {
        return Err(RecordError::Broken);
    }
    from_text(tables, &body.replace('.', ";").replace('_', "="))
}

/// Returns the FNV-1a checksum in hexadecimal. It detects accidental changes, not manipulation.
fn sum(text: &str) -> String {
    let sum = text.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{sum:08x}")
}

/// Writes the answers as a record, in the order of the tables, with today's date.
pub fn to_text(tables: &Tables, answers: &Answers, today: Date) -> String {
    let mut text = format!("{VERSION};on={today}");
    for question in tables.questions {
        let value = answers.get(question.id).and_then(|answer| write(question, answer));
        if let Some(value) = value {
            text += &format!(";{}={value}", question.name);
        }
    }
    text
}

/// Reads a record.
pub fn from_text(tables: &Tables, text: &str) -> Result<Record, RecordError> {
    let mut parts = text.split(';');
    let written = match parts.next() {
        Some(VERSION) => {
            let day = parts.next().and_then(|part| Date::parse(part.strip_prefix("on=")?));
            Some(day.ok_or(RecordError::Broken)?)
        }
        Some(WITHOUT_DAY) => None,
        Some(other) if !other.is_empty() && other.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(RecordError::OtherVersion);
        }
        _ => return Err(RecordError::Broken),
    };
    let mut answers = Answers::NONE;
    for part in parts {
        let (id, value) = part.split_once('=').ok_or(RecordError::Broken)?;
        let Some(question) = tables.question_named(id) else {
            return Err(if is_word(id) && is_word(value) { RecordError::OtherVersion } else { RecordError::Broken });
        };
        if answers.get(question.id).is_some() {
            return Err(RecordError::Broken);
        }
        let answer = read(question, value).map_err(|_| match question.kind {
            Kind::Choice(_) if is_word(value) => RecordError::OtherVersion,
            _ => RecordError::Broken,
        });
        answers.set(question.id, Some(answer?));
    }
    Ok(Record { answers, written })
}

/// Whether the text could be the id of a question or of a value.
fn is_word(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.bytes().next().is_some_and(|first| first != b'-') && text.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use tables::QuestionId;

    use super::*;
    use crate::rules::{Answer, TABLES};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let today = day("2026-11-24");
        let mut answers = Answers::NONE;
        assert_eq!(to_text(&TABLES, &answers, today), "2;on=2026-11-24");
        for question in TABLES.questions {
            // The goal doesn't accept "don't know".
            let answer = if question.id == QuestionId::GOAL { Answer::Choice(0) } else { Answer::DontKnow };
            answers.set(question.id, Some(answer));
            let record = Record { answers, written: Some(today) };
            assert_eq!(from_text(&TABLES, &to_text(&TABLES, &answers, today)), Ok(record));
        }
        answers.set(QuestionId::AGE, Some(Answer::Number(40)));
        answers.set(QuestionId::CERTIFICATE_DATE, Date::parse("2025-07-31").map(Answer::Date));
        let text = to_text(&TABLES, &answers, today);
        assert!(text.starts_with("2;on=2026-11-24;goal=enrol;target-level=dont-know;"));
        assert!(text.contains(";certificate-date=2025-07-31;"));
        assert!(text.contains(";age=40;sex=dont-know;"));
        assert_eq!(from_text(&TABLES, &text), Ok(Record { answers, written: Some(today) }));
    }

    #[test]
    fn a_record_of_the_first_version_is_read_and_has_no_day() {
        let mut answers = Answers::NONE;
        answers.set(QuestionId::AGE, Some(Answer::Number(40)));
        let record = Record { answers, written: None };
        assert_eq!(from_text(&TABLES, "1;age=40"), Ok(record));
        assert_eq!(from_text(&TABLES, "1"), Ok(Record { answers: Answers::NONE, written: None }));
        assert!(!record.is_old(day("9999-12-31")));
    }

    #[test]
    fn old_is_what_nobody_has_touched_for_thirty_days() {
        let o = |written, today| Record { answers: Answers::NONE, written: Some(day(written)) }.is_old(day(today));
        assert!(!o("2026-10-25", "2026-11-24"));
        assert!(o("2026-10-24", "2026-11-24"));
        assert!(!o("2026-11-24", "2026-11-24"));
        assert!(!o("2027-01-01", "2026-11-24"));
        assert!(!o("2024-02-01", "2024-03-02"));
        assert!(o("2024-02-01", "2024-03-03"));
        assert!(!o("9999-12-31", "9999-12-31"));
    }

    #[test]
    fn a_part_of_an_address_is_the_whole_record_or_none() {
        let record = "2;on=2026-11-24;goal=claim;certificate-date=2025-07-31;age=40";
        let part = to_address(record);
        assert_eq!(part, "2.on_2026-11-24.goal_claim.certificate-date_2025-07-31.age_40.e5469410");
        assert!(part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)));
        assert_eq!(from_address(&TABLES, &part), from_text(&TABLES, record));
        // Truncated at any position, or with any character changed.
        for (at, sign) in part.char_indices() {
            assert_eq!(from_address(&TABLES, &part[..at]), Err(RecordError::Broken), "{}", &part[..at]);
            let other = if sign == '1' { '2' } else { '1' };
            let changed = format!("{}{other}{}", &part[..at], &part[at + 1..]);
            assert_eq!(from_address(&TABLES, &changed), Err(RecordError::Broken), "{changed}");
        }
        // The checksum is right, but the content can't be used.
        let b = |body: &str| from_address(&TABLES, &format!("{body}.{}", sum(body))).unwrap_err();
        assert_eq!(b("3.age_40"), RecordError::OtherVersion);
        assert_eq!(b("2.on_2026-11-24.nobody_1"), RecordError::OtherVersion);
        for body in ["", "2.on_2026-11-24.age_121", "2.on_2026-11-24;age=40", "<script>"] {
            assert_eq!(b(body), RecordError::Broken, "{body}");
        }
        assert_eq!(b(&format!("2.on_2026-11-24.{}", "age_1.".repeat(1000))), RecordError::Broken);
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
            "1;no body=1",
            "1;nobody=<b>",
            "1;sex=",
            "1;sex=male;",
            "{\"age\":40}",
            "1;age=99999999999999999999",
            "1;certificate-date=2025-02-30",
            "2",
            "2;",
            "2;age=40",
            "2;on=",
            "2;on=2026-02-30",
            "2;age=40;on=2026-11-24",
            "2;on=2026-11-24;",
            "2;on=2026-11-24;age=121",
        ] {
            assert_eq!(r(broken), RecordError::Broken, "{broken}");
        }
        // A question, a value or a format that a newer version may have.
        for other in ["3", "0;age=40", "12;age=40", "1;nobody=1", "1;sex=both", "1;goal=dont-know", "1;on=2026-11-24"] {
            assert_eq!(r(other), RecordError::OtherVersion, "{other}");
        }
    }
}
