//! What each column of a table of people means, of those that are read and those that are written.

use std::collections::HashMap;

use super::{BatchError, rows::Row, value};
use crate::{
    rules::{FindingId, Question, QuestionId, Tables},
    text::Text,
};

/// One column of the input.
pub struct Column {
    /// As it stands in the file.
    pub heading: String,
    pub meaning: Meaning,
}

/// What stands in a column.
pub enum Meaning {
    Question(value::Reader),
    /// Not ours: it is written as it was read.
    PassedThrough,
    /// One that we write ourselves, from an earlier run: it is left out and written anew.
    Written,
}

/// Reads the heading.
pub fn columns(tables: &Tables, texts: &[Text], heading: &Row) -> Result<Vec<Column>, BatchError> {
    let names = names(tables, texts);
    let written = headings();
    let mut seen = HashMap::new();
    let mut columns = Vec::new();
    for (at, heading) in heading.cells().enumerate() {
        let name = value::narrow(heading);
        let meaning = match names.get(&name) {
            Some(question) => {
                if let Some(first) = seen.insert(question.id, at) {
                    return Err(BatchError::Twice { question: question.id, columns: [first + 1, at + 1] });
                }
                Meaning::Question(value::Reader::new(question, texts))
            }
            None if written.contains(&name) => Meaning::Written,
            None => Meaning::PassedThrough,
        };
        columns.push(Column { heading: heading.to_owned(), meaning });
    }
    if seen.contains_key(&QuestionId::Goal) { Ok(columns) } else { Err(BatchError::NoGoal) }
}

/// The headings that are ours, in the order in which they are written.
pub fn headings() -> Vec<String> {
    let of = |id: &FindingId| ["state", "min", "max"].map(|part| format!("{}.{part}", id.id()));
    let mut headings: Vec<String> = FindingId::ALL.iter().flat_map(of).collect();
    headings.push(format!("{}.last", FindingId::Subsidy.id()));
    headings.push("error".to_owned());
    headings.push("amounts.note".to_owned());
    headings
}

/// Every question by its id, and in each language by its short name, with and without the unit behind it, and its whole
/// text.
fn names(tables: &Tables, texts: &[Text]) -> HashMap<String, &'static Question> {
    let mut names = HashMap::new();
    for question in tables.questions {
        let mut add = |name: &str| {
            names.entry(value::narrow(name)).or_insert(question);
        };
        add(question.id.id());
        for text in texts {
            let short = text.get(question.short);
            let without_unit = short.split(['（', '(']).next().unwrap_or(short).trim();
            [short, without_unit, text.get(question.title)].into_iter().for_each(&mut add);
        }
    }
    names
}
