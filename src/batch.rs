//! A table of people in, the same table with what was found out: `checker batch`.
//!
//! Apart from the contract, because tables are made by people: their encodings, separators, headings, days, and their
//! mistakes. Reads and writes a row at a time and holds no more than that. Decides nothing, and opens no file: bytes come
//! from outside, and so do the wording, the day and the place for complaints.

// Text is cut where something was found in it; places in a file and numbers of its lines are below its length.
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

/// By which rules and wording a table is read.
#[derive(Clone)]
pub struct Batch {
    pub tables: &'static Tables,
    /// Headings and values may be this language's wording.
    pub texts: Vec<Text>,
    pub as_of: Date,
}

/// How many rows there were.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Done {
    pub rows: u64,
    /// Rows that could not be read, or only in part. They have no findings.
    pub bad: u64,
}

/// Something to tell about the input. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A column that is no question. Said because a misspelt heading would otherwise leave a question open unseen.
    PassedThrough { column: usize, heading: String },
    /// A row that is not assessed.
    Bad(BadCell),
}

/// What is wrong with one cell. Its row has no findings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadCell {
    /// The line on which the row begins.
    pub line: u64,
    pub column: usize,
    pub heading: String,
    pub what: String,
}

/// Why a table can't be worked on at all.
#[derive(Debug)]
pub enum BatchError {
    Read(io::Error),
    Write(io::Error),
    /// There is no heading.
    Empty,
    /// Quotation marks of the heading are wrong, or its encoding is.
    BadHeading,
    /// No column is the one question that has to be answered.
    NoGoal,
    /// Two columns are the same question.
    Twice {
        question: QuestionId,
        columns: [usize; 2],
    },
    /// A line so long that this is no table.
    LongLine(u64),
}

impl Batch {
    /// Works through a table. What is wrong with single rows is remarked on, and the others are done.
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

    /// Writes one row with what was found, and gives back what is wrong with it.
    fn row(&self, columns: &[Column], row: &Row, output: &mut Output<impl Write>) -> Result<Vec<BadCell>, BatchError> {
        if row.broken.is_none() && row.cells().all(str::is_empty) {
            // Spreadsheets write such rows below the last; nobody stands in them.
            output.row(columns, row, None, "", "")?;
            return Ok(Vec::new());
        }
        match self.answers(columns, row) {
            Ok(answers) => {
                let found = assess(self.tables, &answers, self.as_of);
                let note = self.texts.first().map(|text| explain::note(*text, &found)).unwrap_or_default();
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
                Ok(None) if reader.question.id == QuestionId::Goal => {
                    wrong.push(bad(at, value::goal_missing(self.tables, self.as_of)));
                }
                Ok(answer) => answers.set(reader.question.id, answer),
                Err(what) => wrong.push(bad(at, what)),
            }
        }
        if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
    }
}

/// What is wrong with a row as a whole, and from which cell on.
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
                let id = question.id();
                write!(f, "columns {one} and {two} are both the question `{id}`. Keep one of them")
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
