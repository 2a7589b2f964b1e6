//! Reads one cell as the answer to one question.
//!
//! It accepts more than the contract, because people fill in the tables: wording as well as ids, blanks, full-width
//! digits, numbers with a unit, short names of levels, and the date formats of spreadsheets. It guesses nothing;
//! the contract words its errors.

use std::collections::HashMap;

use crate::{
    contract,
    rules::{Answer, Date, Kind, Question, QuestionId, Tables, read},
    text::Text,
};

/// A reader for the cells of one column. Created once, so that reading a cell is one look-up.
pub struct Reader {
    pub question: &'static Question,
    /// The values by id and by wording, including "don't know".
    values: HashMap<String, Answer>,
}

impl Reader {
    /// Creates a reader for one question, with the wording of these languages.
    pub fn new(question: &'static Question, texts: &[Text]) -> Reader {
        let mut values = HashMap::new();
        for (name, id) in short_names(question, texts) {
            values.extend(id.and_then(|id| Some((name, read(question, id).ok()?))));
        }
        let mut add = |name: &str, id: &str| {
            if let Ok(answer) = read(question, id) {
                values.insert(name.to_owned(), answer);
                values.insert(narrow(name), answer);
            }
        };
        if let Kind::Choice(all) = question.kind {
            for value in all {
                texts.iter().for_each(|text| add(text.get(value.label), value.id));
            }
            // An id has priority over a wording.
            for value in all {
                add(value.id, value.id);
            }
        }
        add(DONT_KNOW, DONT_KNOW);
        texts.iter().for_each(|text| add(text.question_page_dont_know(), DONT_KNOW));
        Reader { question, values }
    }

    /// Returns the answer, or None if the cell is empty. The error says what is wrong and what the question
    /// accepts.
    pub fn read(&self, tables: &Tables, cell: &str, as_of: Date) -> Result<Option<Answer>, String> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(None);
        }
        match self.look(cell).or_else(|| self.look(&narrow(cell))) {
            Some(Answer::Date(day)) if as_of < day => self.refused(tables, &day.to_string(), as_of),
            Some(answer) => Ok(Some(answer)),
            None => self.refused(tables, cell, as_of),
        }
    }

    /// Returns the answer for a text, if the question accepts it.
    fn look(&self, cell: &str) -> Option<Answer> {
        let written = match self.question.kind {
            Kind::Choice(_) => None,
            Kind::Number(..) => read(self.question, without_unit(self.question, cell)).ok(),
            Kind::Date => day(cell).map(Answer::Date),
        };
        written.or_else(|| self.values.get(cell).copied())
    }

    /// Returns the error of a refused cell. The contract describes what the question accepts.
    fn refused(&self, tables: &Tables, cell: &str, as_of: Date) -> Result<Option<Answer>, String> {
        let mut value: String = cell.chars().take(LONGEST_QUOTE).collect();
        if value.len() < cell.len() {
            value.push('…');
        }
        let written = [(self.question.name, Ok(value))];
        let answers = contract::answers_from_text(tables, written, as_of);
        let errors = answers.err().unwrap_or_default();
        let own = errors.into_iter().find(|error| error.question == self.question.name);
        Err(own.map_or_else(|| "can't be read. Write it as `checker assess` takes it".to_owned(), |error| error.what))
    }
}

/// Maps short names to values, or to None if a name is ambiguous. Examples: either part of `三级（高级工）`; a digit with
/// `级`.
fn short_names(question: &Question, texts: &[Text]) -> HashMap<String, Option<&'static str>> {
    let mut names: HashMap<String, Option<&'static str>> = HashMap::new();
    let Kind::Choice(values) = question.kind else { return names };
    let mut add = |name: &str, id| {
        let known = names.entry(narrow(name)).or_insert(Some(id));
        if *known != Some(id) {
            *known = None;
        }
    };
    for value in values {
        if value.id.bytes().all(|byte| byte.is_ascii_digit()) {
            ["级", "級"].iter().for_each(|level| add(&format!("{}{level}", value.id), value.id));
        }
        for text in texts {
            let label = narrow(text.get(value.label));
            let parts = label.strip_suffix(')').and_then(|label| label.split_once('('));
            parts.into_iter().flat_map(|(one, other)| [one, other]).for_each(|part| add(part, value.id));
        }
    }
    names
}

/// Removes a unit of the question and the prefix 满 ("full") from a number.
fn without_unit<'c>(question: &Question, cell: &'c str) -> &'c str {
    let number = question.units.iter().find_map(|unit| cell.strip_suffix(unit)).unwrap_or(cell);
    number.strip_prefix(['满', '滿']).unwrap_or(number).trim()
}

/// The value for "don't know" in the contract.
const DONT_KNOW: &str = "dont-know";

/// The maximum number of characters that an error quotes from a wrong cell.
const LONGEST_QUOTE: usize = 40;

/// Returns the error for a row without a goal.
pub fn goal_missing(tables: &Tables, as_of: Date) -> String {
    let errors = contract::answers_from_text(tables, [], as_of).err().unwrap_or_default();
    errors
        .into_iter()
        .find(|error| error.question == tables.name_of(QuestionId::GOAL))
        .map(|error| error.what)
        .unwrap_or_default()
}

/// Converts full-width forms to ASCII, because input methods and spreadsheets mix them, and trims the text.
pub fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    let narrowed: String = text.chars().map(narrow).collect();
    narrowed.trim().to_owned()
}

/// Reads a date, year first: 2025-07-31, 2025/7/31, 2025.7.31 or 2025年7月31日.
fn day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (between, rest) = ["-", "/", ".", "年"].iter().find_map(|one| Some((*one, rest.strip_prefix(one)?)))?;
    let (month, day) = match between {
        "年" => rest.strip_suffix('日')?.split_once('月')?,
        same => rest.split_once(same)?,
    };
    let number = |digits: &str| -> Option<u8> {
        let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        short.then(|| digits.parse().ok())?
    };
    let year = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    Date::new(year, number(month)?, number(day)?)
}
