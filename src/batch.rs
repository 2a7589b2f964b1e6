//! Assesses a CSV table of people and writes the same table with the findings: `checker batch`.
//!
//! It is separate from the contract because people create these tables, with their own encodings, separators,
//! headings, date formats and mistakes. It reads and writes row by row and keeps no more in memory. It decides
//! nothing and opens no file: input, wording, day and the receiver of remarks are arguments.

// Text is cut only at positions that were found in it. Positions and line numbers are less than the file's length.
#![allow(clippy::string_slice, clippy::arithmetic_side_effects)]

mod columns;
mod output;
mod rows;
mod source;
mod value;

use std::{
    fmt,
    io::{self, Read, Write},
};

use columns::{Column, Meaning};
use output::Output;
use rows::{Row, Rows};

use crate::{
    explain,
    rules::{Answers, Date, QuestionId, Tables, assess},
    text::Text,
};

/// The rules and the wording for a table of people.
#[derive(Clone)]
pub struct Batch {
    pub tables: &'static Tables,
    /// The languages whose wording is accepted in headings and values. Notes are written in the first one.
    pub texts: Vec<Text>,
    pub as_of: Date,
}

/// The number of processed rows.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Done {
    pub rows: u64,
    /// Rows that could not be read completely. They have no findings.
    pub bad: u64,
}

/// A remark about the input. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A column that is no question. Reported because a misspelt heading would leave its question open without
    /// notice.
    PassedThrough { column: usize, heading: String },
    /// A row that is not assessed.
    Bad(BadCell),
}

/// An error in one cell. Its row has no findings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadCell {
    /// The line on which the row begins.
    pub line: u64,
    pub column: usize,
    pub heading: String,
    pub what: String,
}

/// Why a whole table can't be processed.
#[derive(Debug)]
pub enum BatchError {
    Read(io::Error),
    Write(io::Error),
    /// The table has no heading.
    Empty,
    /// The heading has wrong quotation marks or a wrong encoding.
    BadHeading,
    /// No column contains the goal, the only required question.
    NoGoal,
    /// Two columns are for the same question.
    Twice {
        question: &'static str,
        columns: [usize; 2],
    },
    /// The line is so long that the file is probably no table.
    LongLine(u64),
}

impl Batch {
    /// Processes a table. An error in a row is passed to `remark`, and the other rows are still assessed.
    pub fn run(
        &self,
        input: impl Read,
        mut output: impl Write,
        mut remark: impl FnMut(Remark),
    ) -> Result<Done, BatchError> {
        let mut rows = Rows::new(input)?;
        let mut row = Row::default();
        let columns = self.heading(&mut rows, &mut row)?;
        for (at, column) in columns.iter().enumerate() {
            if matches!(column.meaning, Meaning::PassedThrough) && !column.heading.is_empty() {
                remark(Remark::PassedThrough { column: at + 1, heading: column.heading.clone() });
            }
        }
        if rows.has_mark() {
            output.write_all("\u{feff}".as_bytes()).map_err(BatchError::Write)?;
        }
        let mut output = Output::new(output, rows.delimiter, rows.crlf);
        output.heading(&columns)?;
        let mut done = Done::default();
        while rows.next(&mut row)? {
            done.rows += 1;
            let bad = self.row(&columns, &row, &mut output)?;
            done.bad += u64::from(!bad.is_empty());
            bad.into_iter().for_each(|bad| remark(Remark::Bad(bad)));
        }
        output.finish()?;
        Ok(done)
    }

    /// Reads the first row as headings.
    fn heading(&self, rows: &mut Rows<impl Read>, row: &mut Row) -> Result<Vec<Column>, BatchError> {
        if !rows.next(row)? {
            return Err(BatchError::Empty);
        }
        if row.broken.is_some() || row.damaged {
            return Err(BatchError::BadHeading);
        }
        rows.width = row.width();
        columns::columns(self.tables, &self.texts, row)
    }

    /// Writes one row with its findings, and returns the errors in it.
    fn row(&self, columns: &[Column], row: &Row, output: &mut Output<impl Write>) -> Result<Vec<BadCell>, BatchError> {
        if row.broken.is_none() && row.cells().all(str::is_empty) {
            // Spreadsheets write empty rows after the last one; they contain no person.
            output.row(columns, row, None, "", "")?;
            return Ok(Vec::new());
        }
        match self.answers(columns, row) {
            Ok(answers) => {
                let found = assess(self.tables, &answers, self.as_of);
                let note =
                    self.texts.first().map(|text| explain::explain_unknown_amounts(*text, &found)).unwrap_or_default();
                output.row(columns, row, Some(&found), "", &note)?;
                Ok(Vec::new())
            }
            Err(bad) => {
                let texts: Vec<String> = bad.iter().map(|bad| format!("`{}`: {}", bad.heading, bad.what)).collect();
                output.row(columns, row, None, &texts.join("; "), "")?;
                Ok(bad)
            }
        }
    }

    /// Reads the answers of a row. Returns all errors at once.
    fn answers(&self, columns: &[Column], row: &Row) -> Result<Answers, Vec<BadCell>> {
        let bad = |at: usize, what: String| {
            let heading = columns.get(at).map(|column| column.heading.clone()).unwrap_or_default();
            BadCell { line: row.line, column: at + 1, heading, what }
        };
        if let Some((at, what)) = misshapen(columns, row) {
            return Err(vec![bad(at, what)]);
        }
        let mut answers = Answers::NONE;
        let mut wrong = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let Meaning::Question(reader) = &column.meaning else { continue };
            match reader.read(self.tables, row.cell(at), self.as_of) {
                Ok(None) if reader.question.id == QuestionId::GOAL => {
                    wrong.push(bad(at, value::goal_missing(self.tables, self.as_of)));
                }
                Ok(answer) => answers.set(reader.question.id, answer),
                Err(what) => wrong.push(bad(at, what)),
            }
        }
        if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
    }
}

/// Returns the error of a row as a whole, and the index of the cell at which it begins.
fn misshapen(columns: &[Column], row: &Row) -> Option<(usize, String)> {
    if let Some(at) = row.broken {
        let what = "has a quotation mark that isn't closed, or text behind it. Write a cell with quotation marks as \
                    \"...\", and each one inside it twice";
        return Some((at, what.to_owned()));
    }
    if row.damaged {
        let at = row.cells().position(|cell| cell.contains('\u{fffd}')).unwrap_or(0);
        return Some((at, "has bytes that are no text. Save the file as UTF-8 or GB18030 throughout".to_owned()));
    }
    let (has, should) = (row.width(), columns.len());
    let beyond = row.cells().skip(should).any(|cell| !cell.is_empty());
    (has < should || beyond).then(|| {
        let what =
            format!("the row has {has} cells, the heading {should}. Write as many, empty where nothing is known");
        (has.min(should), what)
    })
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::PassedThrough { column, heading } => {
                write!(f, "column {column} (`{heading}`) is no question and is passed through")
            }
            Remark::Bad(bad) => bad.fmt(f),
        }
    }
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {} (`{}`): {}", self.line, self.column, self.heading, self.what)
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BatchError::Read(_) => f.write_str("the table can't be read"),
            BatchError::Write(_) => f.write_str("the findings can't be written"),
            BatchError::Empty => f.write_str("the table is empty. Its first line names the columns: goal,age,..."),
            BatchError::BadHeading => f.write_str(
                "the first line, with the headings, can't be read. Close its quotation marks, and save it as UTF-8 or \
                 GB18030",
            ),
            BatchError::NoGoal => {
                f.write_str("no column says what is wanted. Add a column `goal` with enrol, exam or claim in each row")
            }
            BatchError::Twice { question, columns: [one, two] } => {
                write!(f, "columns {one} and {two} are both the question `{question}`. Keep one of them")
            }
            BatchError::LongLine(line) => {
                write!(f, "line {line} is too long for a table. Give a file with one person a line")
            }
        }
    }
}

impl std::error::Error for BatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BatchError::Read(error) | BatchError::Write(error) => Some(error),
            _ => None,
        }
    }
}
