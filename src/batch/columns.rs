//! What each column of a table of people means.

use std::collections::HashMap;

use super::{BatchError, output, rows::Row, value};
use crate::{
    rules::{Question, QuestionId, Tables},
    text::Text,
};

/// One column of the input.
pub struct Column {
    /// As it stands in the file.
    pub heading: String,
    pub meaning: Meaning,
}

pub enum Meaning {
    Question(value::Reader),
    /// Not ours: it is written as it was read.
    PassedThrough,
    /// One that we write ourselves, from an earlier run: it is left out and written anew.
    Written,
}

/// Reads the heading.
pub fn columns(tables: &Tables, text: Text, heading: &Row) -> Result<Vec<Column>, BatchError> {
    let names = names(tables, text);
    let written = output::headings();
    let mut seen = HashMap::new();
    let mut columns = Vec::new();
    for (at, heading) in heading.cells().enumerate() {
        let name = value::narrow(heading);
        let meaning = match names.get(&name) {
            Some(question) => {
                if let Some(first) = seen.insert(question.id, at) {
                    return Err(BatchError::Twice { question: question.id, columns: [first + 1, at + 1] });
                }
                Meaning::Question(value::Reader::new(question, text))
            }
            None if written.contains(&name) => Meaning::Written,
            None => Meaning::PassedThrough,
        };
        columns.push(Column { heading: heading.to_owned(), meaning });
    }
    if seen.contains_key(&QuestionId::Goal) { Ok(columns) } else { Err(BatchError::NoGoal) }
}

/// Every question by its id, its short name and its whole text.
fn names(tables: &Tables, text: Text) -> HashMap<String, &'static Question> {
    let mut names = HashMap::new();
    for question in tables.questions {
        for name in [question.id.id(), text.get(question.short), text.get(question.title)] {
            names.entry(value::narrow(name)).or_insert(question);
        }
    }
    names
}
