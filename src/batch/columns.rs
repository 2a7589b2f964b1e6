//! The columns of a table of people, in the input and in the output.

use std::collections::HashMap;

use super::{BatchError, rows::Row, value};
use crate::{
    rules::{FindingId, Question, QuestionId, Tables},
    text::Text,
};

/// One column of the input.
pub struct Column {
    /// The heading as written in the file.
    pub heading: String,
    pub meaning: Meaning,
}

/// The meaning of a column.
pub enum Meaning {
    Question(value::Reader),
    /// A column that we don't know. It is copied to the output unchanged.
    PassedThrough,
    /// A column that an earlier run wrote. It is omitted and written again.
    Written,
}

/// Reads the heading. Errors: two columns are for the same question, or no column is for the goal.
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
                    return Err(BatchError::Twice { question: question.name, columns: [first + 1, at + 1] });
                }
                Meaning::Question(value::Reader::new(question, texts))
            }
            None if written.contains(&name) => Meaning::Written,
            None => Meaning::PassedThrough,
        };
        columns.push(Column { heading: heading.to_owned(), meaning });
    }
    if seen.contains_key(&QuestionId::GOAL) { Ok(columns) } else { Err(BatchError::NoGoal) }
}

/// The headings of the columns that we add, in the order of output.
pub fn headings() -> Vec<String> {
    let of = |id: &FindingId| ["state", "min", "max"].map(|part| format!("{}.{part}", id.id()));
    let mut headings: Vec<String> = FindingId::ALL.iter().flat_map(of).collect();
    headings.push(format!("{}.last", FindingId::Subsidy.id()));
    headings.push("error".to_owned());
    headings.push("amounts.note".to_owned());
    headings
}

/// Maps names to questions: the id and, for each language, the short name with and without its unit, and the full
/// text.
fn names(tables: &Tables, texts: &[Text]) -> HashMap<String, &'static Question> {
    let mut names = HashMap::new();
    for question in tables.questions {
        let mut add = |name: &str| {
            names.entry(value::narrow(name)).or_insert(question);
        };
        add(question.name);
        for text in texts {
            let short = text.get(question.short);
            let without_unit = short.split(['（', '(']).next().unwrap_or(short).trim();
            [short, without_unit, text.get(question.title)].into_iter().for_each(&mut add);
        }
    }
    names
}
