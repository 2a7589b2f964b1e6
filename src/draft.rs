//! The input for one question before it is submitted: the chosen option, and the text in the fields.
//!
//! A draft is kept separately from the answers, because half a date is no answer. It is kept so that a page shows
//! the typed text when the person comes back to it. It is never stored. The module contains no wording: a problem
//! is a value.

use tables::{Date, Kind, Question};

use crate::rules::{Answer, AnswerError, read};

/// The text in the fields of a question. A number uses one field, a date three.
pub type Typed = [String; 3];

/// The input for one question.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Draft {
    /// The chosen option, which can be "don't know".
    pub chosen: Option<Answer>,
    pub typed: Typed,
}

/// Why a draft is not an answer yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// No option is chosen.
    Choose,
    /// The text is no whole number. The accepted range is given.
    NotANumber(u16, u16),
    OutOfRange(u16, u16),
    /// The year doesn't have four digits.
    Year,
    /// The year has two digits; the century is not guessed.
    ShortYear,
    Month,
    Day,
    /// The date is after the as-of date.
    Future,
}

impl Draft {
    /// Returns the draft that shows a given answer.
    pub fn of(answer: Option<Answer>) -> Draft {
        let typed = match answer {
            Some(Answer::Number(number)) => [number.to_string(), String::new(), String::new()],
            Some(Answer::Date(day)) => [day.year().to_string(), day.month().to_string(), day.day().to_string()],
            _ => Typed::default(),
        };
        let chosen = answer.filter(|answer| matches!(answer, Answer::Choice(_) | Answer::DontKnow));
        Draft { chosen, typed }
    }

    /// Sets the text of a field and clears the chosen option. A pasted date is split into all three fields.
    pub fn type_in(&mut self, field: usize, text: String) {
        self.chosen = None;
        let Some(place) = self.typed.get_mut(field) else { return };
        let pasted = place.chars().count().saturating_add(2) < text.chars().count();
        *place = text;
        if pasted {
            self.spread();
        }
    }

    /// Splits a complete date in the first field into all three fields.
    pub fn spread(&mut self) {
        if let Some(day) = whole_day(&self.typed) {
            self.typed = day;
        }
    }

    /// Returns the answer, or the index of the wrong field and the problem.
    pub fn read(&self, question: &Question, as_of: Date) -> Result<Answer, (usize, Problem)> {
        match (self.chosen, question.kind) {
            (Some(answer), _) => Ok(answer),
            (None, Kind::Choice(_)) => Err((0, Problem::Choose)),
            (None, Kind::Number(from, to)) => {
                let [digits, ..] = &self.typed;
                read(question, without_unit(&plain(digits), question.units)).map_err(|error| match error {
                    AnswerError::OutOfRange(..) => (0, Problem::OutOfRange(from, to)),
                    _ => (0, Problem::NotANumber(from, to)),
                })
            }
            (None, Kind::Date) => self.day(as_of).map(Answer::Date),
        }
    }

    /// Reads the date from the three fields. It must not be after the as-of date.
    fn day(&self, as_of: Date) -> Result<Date, (usize, Problem)> {
        let typed = whole_day(&self.typed).unwrap_or_else(|| self.typed.clone());
        let [year, month, day] = typed.map(|digits| without_unit(&plain(&digits), &OF_DATES).to_owned());
        let number = |digits: &str| -> Option<u16> {
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let year = match number(&year) {
            Some(year @ 1000..=9999) => year,
            Some(_) if year.len() == 2 => return Err((0, Problem::ShortYear)),
            _ => return Err((0, Problem::Year)),
        };
        let month = number(&month).and_then(|month| u8::try_from(month).ok());
        let month = month.filter(|month| (1..=12).contains(month)).ok_or((1, Problem::Month))?;
        let day = number(&day).and_then(|day| Date::new(year, month, u8::try_from(day).ok()?));
        match day.ok_or((2, Problem::Day))? {
            day if day <= as_of => Ok(day),
            // The first field that makes the date too late is reported.
            day if as_of.year() < day.year() => Err((0, Problem::Future)),
            day if as_of.month() < day.month() => Err((1, Problem::Future)),
            _ => Err((2, Problem::Future)),
        }
    }
}

/// Returns year, month and day if the first field contains a complete date and the other fields are empty.
fn whole_day([first, month, day]: &Typed) -> Option<Typed> {
    if !month.is_empty() || !day.is_empty() {
        return None;
    }
    let text = plain(first);
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号'))
        .filter(|part| !part.is_empty())
        .collect();
    if !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let [year, month, day] = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => [*year, *month, *day],
        [whole] if whole.len() == 8 => [whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?],
        _ => return None,
    };
    Some([year, month, day].map(str::to_owned))
}

/// Removes a trailing unit, such as 岁 or %, from a typed number.
fn without_unit<'t>(typed: &'t str, units: &[&str]) -> &'t str {
    units.iter().find_map(|unit| typed.strip_suffix(unit)).unwrap_or(typed).trim_end()
}

/// The units of year, month and day.
const OF_DATES: [&str; 5] = ["年", "月", "日", "号", "號"];

/// The offset between an ASCII character and its full-width form.
const WIDE: u32 = 0xfee0;

/// Normalises typed text: trims it, converts full-width characters and Chinese dashes to ASCII, and letters to
/// lower case.
pub fn plain(typed: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32((c as u32).saturating_sub(WIDE)).unwrap_or(c),
        '‐'..='―' | '−' => '-',
        other => other,
    };
    typed.trim().chars().map(|c| narrow(c).to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{QuestionId, TABLES};

    fn typed(fields: [&str; 3]) -> Draft {
        Draft { chosen: None, typed: fields.map(str::to_owned) }
    }

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(plain(" 30 "), "30");
        assert_eq!(plain("３０"), "30");
        assert_eq!(plain("三十"), "三十");
        assert_eq!(plain("3 0"), "3 0");
        assert_eq!(plain("４－０４—０５–０５"), "4-04-05-05");
        assert_eq!(plain("Ｓ"), "s");
        let age = TABLES.question(QuestionId::AGE).unwrap();
        let r = |text| typed([text, "", ""]).read(age, Date::FIRST);
        assert_eq!(r(" ３０"), Ok(Answer::Number(30)));
        assert_eq!(r("34岁"), Ok(Answer::Number(34)));
        assert_eq!(r("34 歲"), Ok(Answer::Number(34)));
        assert_eq!(r("121"), Err((0, Problem::OutOfRange(0, 120))));
        for wrong in ["", "三十", "-1", "3.5", "+3", "岁"] {
            assert_eq!(r(wrong), Err((0, Problem::NotANumber(0, 120))), "{wrong}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        let question = TABLES.question(QuestionId::CERTIFICATE_DATE).unwrap();
        let as_of = Date::parse("2025-08-01").unwrap();
        let r = |fields| typed(fields).read(question, as_of);
        let july = Ok(Answer::Date(Date::parse("2025-07-31").unwrap()));
        for good in [
            ["2025", "7", "31"],
            ["2025", "07", "31"],
            ["2025年", "7月", "31日"],
            ["２０２５", " ７ ", "３１"],
            ["2025-07-31", "", ""],
            ["2025/7/31", "", ""],
            ["2025.7.31", "", ""],
            ["2025年7月31日", "", ""],
            ["2025 年 7 月 31 日", "", ""],
            ["20250731", "", ""],
            ["２０２５－０７－３１", "", ""],
        ] {
            assert_eq!(r(good), july, "{good:?}");
        }
        for (wrong, field, problem) in [
            (["", "", ""], 0, Problem::Year),
            (["25", "7", "31"], 0, Problem::ShortYear),
            (["２５", "7", "31"], 0, Problem::ShortYear),
            (["25-7-31", "", ""], 0, Problem::Year),
            (["+025", "7", "31"], 0, Problem::Year),
            (["2025", "", "31"], 1, Problem::Month),
            (["2025", "13", "31"], 1, Problem::Month),
            (["2025", "0", "31"], 1, Problem::Month),
            (["2025", "2", "30"], 2, Problem::Day),
            (["2025", "7", ""], 2, Problem::Day),
            (["2025-02-30", "", ""], 2, Problem::Day),
            // A complete date together with text in another field is ambiguous.
            (["2025-07-31", "7", ""], 0, Problem::Year),
            (["2026", "7", "31"], 0, Problem::Future),
            (["2025", "9", "1"], 1, Problem::Future),
            (["2025", "8", "2"], 2, Problem::Future),
        ] {
            assert_eq!(r(wrong), Err((field, problem)), "{wrong:?}");
        }
        let unknown = Draft { chosen: Some(Answer::DontKnow), ..typed(["25", "", ""]) };
        assert_eq!(unknown.read(question, as_of), Ok(Answer::DontKnow));
    }

    #[test]
    fn a_day_that_is_pasted_is_spread_and_one_that_is_typed_is_not_while_it_is_typed() {
        let whole = ["2025", "07", "31"];
        let mut draft = Draft { chosen: Some(Answer::DontKnow), ..Draft::default() };
        draft.type_in(0, "2025-07-31".to_owned());
        assert_eq!(draft, typed(whole));
        let mut draft = Draft::default();
        for end in 1..=10 {
            draft.type_in(0, "2025-07-31"[..end].to_owned());
        }
        assert_eq!(draft, typed(["2025-07-31", "", ""]));
        draft.spread();
        assert_eq!(draft, typed(whole));
    }
}
