//! The output table: the columns of the input, followed by the findings.
//!
//! The crate csv does the quoting. Input cells that a spreadsheet would run as a formula are turned into text here,
//! in any column.

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

/// The output table, written row by row.
pub struct Output<W: Write> {
    csv: csv::Writer<W>,
    /// A buffer for the text of a cell.
    cell: String,
}

impl<W: Write> Output<W> {
    /// Creates an output with the same delimiter and line ends as the input.
    pub fn new(output: W, delimiter: char, crlf: bool) -> Output<W> {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let csv = csv::WriterBuilder::new().delimiter(delimiter as u8).terminator(terminator).from_writer(output);
        Output { csv, cell: String::new() }
    }

    /// Writes the headings: those of the input that are kept, then those of the findings.
    pub fn heading(&mut self, columns: &[Column]) -> Result<(), BatchError> {
        for column in columns.iter().filter(|column| column.is_kept()) {
            self.write_input_cell(&column.heading)?;
        }
        for heading in headings() {
            self.write_cell(&heading)?;
        }
        self.end()
    }

    /// Writes a row. Without an assessment the findings are empty. `note` explains why an amount is unknown and its
    /// cell empty.
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
                self.write_input_cell(row.cell(at))?;
            }
        }
        for id in FindingId::ALL {
            self.finding(found, *id)?;
        }
        let last = found.and_then(|found| found.finding(FindingId::Subsidy)?.deadline).map(|deadline| deadline.last);
        self.write_value(last.as_ref())?;
        self.write_cell(error)?;
        self.write_cell(note)?;
        self.end()
    }

    /// Writes what is still buffered. Returns the errors of the output.
    pub fn finish(mut self) -> Result<(), BatchError> {
        self.csv.flush().map_err(BatchError::Write)
    }

    /// Writes the state and the smallest and largest amount of a finding.
    fn finding(&mut self, found: Option<&Assessment>, id: FindingId) -> Result<(), BatchError> {
        let finding = found.and_then(|found| found.finding(id));
        self.write_cell(finding.map_or("", |finding| finding.state.id()))?;
        let yuan = finding.and_then(|finding| finding.yuan());
        self.write_value(yuan.map(|range| range.min.normalize()).as_ref())?;
        self.write_value(yuan.map(|range| range.max.normalize()).as_ref())
    }

    /// Writes a value, or an empty cell.
    fn write_value(&mut self, value: Option<&impl Display>) -> Result<(), BatchError> {
        self.cell.clear();
        if let Some(value) = value {
            // Writing to a string can't fail.
            let _ = write!(self.cell, "{value}");
        }
        self.csv.write_field(&self.cell).map_err(failed)
    }

    /// Writes a cell whose text is our own.
    fn write_cell(&mut self, cell: &str) -> Result<(), BatchError> {
        self.csv.write_field(cell).map_err(failed)
    }

    /// Writes a cell of the input. A formula gets an apostrophe in front.
    fn write_input_cell(&mut self, cell: &str) -> Result<(), BatchError> {
        if !is_formula(cell) {
            return self.write_cell(cell);
        }
        self.cell.clear();
        self.cell.push('\'');
        self.cell.push_str(cell);
        self.csv.write_field(&self.cell).map_err(failed)
    }

    /// Ends the row.
    fn end(&mut self) -> Result<(), BatchError> {
        self.csv.write_record(None::<&[u8]>).map_err(failed)
    }
}

impl Column {
    /// Whether the column is written to the output.
    fn is_kept(&self) -> bool {
        !matches!(self.meaning, Meaning::Written)
    }
}

/// Whether a spreadsheet would run the cell as a formula. Some spreadsheets accept the full-width characters as
/// well.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Converts an error of the crate csv.
fn failed(error: csv::Error) -> BatchError {
    BatchError::Write(error.into())
}
