//! The table that is written: the input's columns, then what was found.
//!
//! Quoting is the crate csv's. Cells of the input that a spreadsheet would run as a formula are made text here, whatever
//! column they stand in.

use std::{
    fmt::{Display, Write as _},
    io::Write,
};

use super::{
    BatchError,
    columns::{Column, Meaning, headings},
    rows::Row,
};
use crate::rules::{Assessment, FindingId};

/// The table that comes out, row by row.
pub struct Output<W: Write> {
    csv: csv::Writer<W>,
    /// A cell while it is put together.
    cell: String,
}

impl<W: Write> Output<W> {
    /// In the shape of the table that came in: its delimiter and its ends of lines.
    pub fn new(output: W, delimiter: char, crlf: bool) -> Output<W> {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let csv = csv::WriterBuilder::new().delimiter(delimiter as u8).terminator(terminator).from_writer(output);
        Output { csv, cell: String::new() }
    }

    /// The names of the columns: those that came, and those of the findings.
    pub fn heading(&mut self, columns: &[Column]) -> Result<(), BatchError> {
        for column in columns.iter().filter(|column| column.is_kept()) {
            self.foreign(&column.heading)?;
        }
        for heading in headings() {
            self.own(&heading)?;
        }
        self.end()
    }

    /// Writes a row; without an assessment what was found stays empty. `note` says why an amount is empty that isn't known.
    pub fn row(
        &mut self,
        columns: &[Column],
        row: &Row,
        found: Option<&Assessment>,
        error: &str,
        note: &str,
    ) -> Result<(), BatchError> {
        for (at, column) in columns.iter().enumerate() {
            if column.is_kept() {
                self.foreign(row.cell(at))?;
            }
        }
        for id in FindingId::ALL {
            self.finding(found, *id)?;
        }
        let last = found.and_then(|found| found.finding(FindingId::Subsidy)?.deadline).map(|deadline| deadline.last);
        self.shown(last.as_ref())?;
        self.own(error)?;
        self.own(note)?;
        self.end()
    }

    /// Writes what is left. Errors: as the file's.
    pub fn finish(mut self) -> Result<(), BatchError> {
        self.csv.flush().map_err(BatchError::Write)
    }

    fn finding(&mut self, found: Option<&Assessment>, id: FindingId) -> Result<(), BatchError> {
        let finding = found.and_then(|found| found.finding(id));
        self.own(finding.map_or("", |finding| finding.state.id()))?;
        let yuan = finding.and_then(|finding| finding.yuan());
        self.shown(yuan.map(|range| range.min.normalize()).as_ref())?;
        self.shown(yuan.map(|range| range.max.normalize()).as_ref())
    }

    fn shown(&mut self, value: Option<&impl Display>) -> Result<(), BatchError> {
        self.cell.clear();
        if let Some(value) = value {
            // Writing to a string can't fail.
            let _ = write!(self.cell, "{value}");
        }
        self.csv.write_field(&self.cell).map_err(failed)
    }

    fn own(&mut self, cell: &str) -> Result<(), BatchError> {
        self.csv.write_field(cell).map_err(failed)
    }

    fn foreign(&mut self, cell: &str) -> Result<(), BatchError> {
        if !is_formula(cell) {
            return self.own(cell);
        }
        self.cell.clear();
        self.cell.push('\'');
        self.cell.push_str(cell);
        self.csv.write_field(&self.cell).map_err(failed)
    }

    fn end(&mut self) -> Result<(), BatchError> {
        self.csv.write_record(None::<&[u8]>).map_err(failed)
    }
}

impl Column {
    fn is_kept(&self) -> bool {
        !matches!(self.meaning, Meaning::Written)
    }
}

/// What spreadsheets run when they open the file. Some take the full-width forms for the same.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn failed(error: csv::Error) -> BatchError {
    BatchError::Write(error.into())
}
