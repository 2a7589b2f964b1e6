//! Wording: the messages of one language, and amounts and dates put in words.
//!
//! Wording is not in the program but in one file a language, without a parser: an index and the text. Each message is a
//! function, made from `locales/` when this is built, so that a missing argument doesn't compile. Says nothing by itself:
//! what is said when is decided by whoever calls.

#![cfg_attr(not(feature = "web"), allow(dead_code))]

use tables::{Date, Kind, Label, Msg, Question, Value, Wording};

use crate::rules::{Answer, Range};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The messages of one language. Small and copied around; the file it came from stays for good.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    offsets: &'static [u8],
    text: &'static str,
}

/// Why a language file can't be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextError {
    /// Made for another version of the program.
    OtherBuild,
    /// No language file, or damaged.
    Broken,
}

/// Simplified Chinese, for programs that have no page to fetch it.
#[cfg(not(target_arch = "wasm32"))]
pub fn zh_hans() -> Result<Text, TextError> {
    Text::load(include_bytes!(concat!(env!("OUT_DIR"), "/zh-Hans.text")))
}

impl Text {
    /// Takes a language file, checked once so that nothing can go wrong later.
    pub fn load(file: &'static [u8]) -> Result<Text, TextError> {
        let rest = file.strip_prefix(b"SCT1").ok_or(TextError::Broken)?;
        let (build, rest) = rest.split_first_chunk().ok_or(TextError::Broken)?;
        if u64::from_le_bytes(*build) != BUILD_ID {
            return Err(TextError::OtherBuild);
        }
        let (count, rest) = rest.split_first_chunk().ok_or(TextError::Broken)?;
        if u32::from_le_bytes(*count) as usize != MESSAGES {
            return Err(TextError::Broken);
        }
        let (offsets, text) = rest.split_at_checked((MESSAGES + 1) * 4).ok_or(TextError::Broken)?;
        let text = Text { offsets, text: str::from_utf8(text).map_err(|_| TextError::Broken)? };
        let whole = (0..MESSAGES).all(|at| text.slice(at).is_some());
        if whole { Ok(text) } else { Err(TextError::Broken) }
    }

    /// A message without arguments.
    pub fn get(self, message: Msg) -> &'static str {
        self.slice(usize::from(message.0)).unwrap_or("")
    }

    /// What a value is called.
    pub fn label(self, label: Label) -> &'static str {
        match label {
            Label::Message(message) => self.get(message),
            Label::Name(name) => name,
        }
    }

    /// An answer, as people say it.
    pub fn answer(self, question: &Question, answer: Answer) -> String {
        match (answer, question.kind) {
            (Answer::Choice(at), Kind::Choice(values)) => {
                values.get(usize::from(at)).map_or("", |value| self.label(value.label)).to_owned()
            }
            (Answer::Number(number), _) => number.to_string(),
            (Answer::Date(day), _) => self.date(day),
            _ => self.question_page_dont_know().to_owned(),
        }
    }

    /// What some of a question's values are called: those of the bits.
    pub fn values(self, values: &[Value], bits: u64) -> Vec<&'static str> {
        let which = values.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
        which.map(|(_, value)| self.label(value.label)).collect()
    }

    /// A level, 5 to 1.
    pub fn level(self, level: u8) -> &'static str {
        match level {
            5 => self.level_five(),
            4 => self.level_four(),
            3 => self.level_three(),
            2 => self.level_two(),
            _ => self.level_one(),
        }
    }

    /// What a criterion asks for, with the numbers of its condition.
    pub fn rule(self, wording: &Wording) -> String {
        let numbers: Vec<String> = wording.numbers.iter().map(u16::to_string).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        self.fill(wording.rule, &numbers)
    }

    /// An amount, or from which to which.
    pub fn yuan(self, range: Range) -> String {
        let (min, max) = (range.min.normalize().to_string(), range.max.normalize().to_string());
        if range.is_exact() { self.amount_exact(&min) } else { self.amount_range(&min, &max) }
    }

    /// A day, as people write it.
    pub fn date(self, date: Date) -> String {
        self.date_day(&date.year().to_string(), &date.month().to_string(), &date.day().to_string())
    }

    /// In a message a byte 1 and a digit stand for an argument.
    fn fill(self, message: Msg, arguments: &[&str]) -> String {
        let mut parts = self.get(message).split('\u{1}');
        let mut filled = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let (digit, rest) = part.split_at_checked(1).unwrap_or(("", part));
            let argument = digit.parse().ok().and_then(|at: usize| arguments.get(at));
            filled += argument.unwrap_or(&"");
            filled += rest;
        }
        filled
    }

    fn slice(self, at: usize) -> Option<&'static str> {
        let offset = |at: usize| {
            let bytes = self.offsets.get(at * 4..at * 4 + 4)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        self.text.get(offset(at)?..offset(at + 1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn text() -> Text {
        zh_hans().unwrap()
    }

    #[test]
    fn amounts_and_dates() {
        let y = |min: &str, max: &str| text().yuan(Range { min: min.parse().unwrap(), max: max.parse().unwrap() });
        assert_eq!(y("3120", "3120"), "3120元");
        assert_eq!(y("3120.00", "3120"), "3120元");
        assert_eq!(y("0", "720.50"), "0至720.5元");
        assert_eq!(text().yuan(Range::exactly(Decimal::ZERO)), "0元");
        assert_eq!(text().date(Date::new(2025, 12, 31).unwrap()), "2025年12月31日");
    }

    #[test]
    fn a_file_is_taken_whole_or_not_at_all() {
        let whole: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zh-Hans.text"));
        for length in 0..whole.len() {
            assert!(Text::load(&whole[..length]).is_err(), "cut at {length}");
        }
        let changed = |at: usize| {
            let mut bytes = whole.to_vec();
            bytes[at] ^= 0x80;
            Text::load(bytes.leak()).unwrap_err()
        };
        assert_eq!(changed(0), TextError::Broken);
        assert_eq!(changed(4), TextError::OtherBuild);
        assert_eq!(changed(12), TextError::Broken);
        assert_eq!(changed(20), TextError::Broken);
    }
}
