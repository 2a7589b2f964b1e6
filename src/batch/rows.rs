//! Splits text into rows of cells, with the line number of each row.
//!
//! The crate csv is not used, because of how it treats broken rows: a quotation mark that is never closed would
//! turn the rest of the file into one cell, and its rows would be lost. Here such a row is returned as broken, and
//! reading continues on the next line. The module doesn't know headings and answers.

use std::{io::Read, ops::Range};

use super::{BatchError, source::Source};

/// The possible delimiters. If several are equally frequent, the first one is used.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The maximum length of a row in bytes, so that no file can fill the memory. A spreadsheet cell holds a tenth of
/// it.
const LONGEST: usize = 1024 * 1024;

/// The rows of a table, read one at a time.
pub struct Rows<R> {
    source: Source<R>,
    pub delimiter: char,
    /// `\n`, or `\r` in files of old Macs.
    newline: char,
    /// Whether lines end in `\r\n`.
    pub crlf: bool,
    /// The line number of the next row, from 1.
    line: u64,
    /// The expected number of cells in a row; 0 before the heading is read.
    pub width: usize,
}

/// One row. The same value is reused for the next row.
#[derive(Default)]
pub struct Row {
    text: String,
    cells: Vec<Range<usize>>,
    /// The line on which the row begins.
    pub line: u64,
    /// The index of the cell with a wrong quotation mark, from 0. The cells are then those of the first line, split
    /// without regard to quotation marks.
    pub broken: Option<usize>,
    /// Whether some text of the row could not be decoded.
    pub damaged: bool,
}

impl Row {
    /// The number of cells.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Returns the cell at this index, or an empty text if there is none.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |range| &self.text[range.clone()])
    }

    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|range| &self.text[range.clone()])
    }

    /// Empties the row, which begins on this line.
    fn clear(&mut self, line: u64) {
        self.text.clear();
        self.cells.clear();
        (self.line, self.broken, self.damaged) = (line, None, false);
    }

    /// Splits a line at the delimiters, without regard to quotation marks.
    fn plain(&mut self, line: &str, delimiter: char) {
        self.text.push_str(line);
        let mut from = 0;
        for (at, byte) in line.bytes().enumerate() {
            if byte == delimiter as u8 {
                self.cells.push(from..at);
                from = at + 1;
            }
        }
        self.cells.push(from..line.len());
    }

    /// Appends a cell.
    fn push(&mut self, cell: &str) {
        let from = self.text.len();
        self.text.push_str(cell);
        self.cells.push(from..self.text.len());
    }
}

/// Quotation marks are wrong from the cell of this index on.
struct Broken(usize);

impl<R: Read> Rows<R> {
    /// Finds encoding and delimiter from the beginning of the file. Returns an error if the input can't be read.
    pub fn new(input: R) -> Result<Rows<R>, BatchError> {
        let source = Source::new(input).map_err(BatchError::Read)?;
        let start = source.rest();
        let newline = if start.contains('\r') && !start.contains('\n') { '\r' } else { '\n' };
        let heading = heading(start, newline);
        let mut delimiter = DELIMITERS[0];
        for other in DELIMITERS {
            if count(heading, delimiter) < count(heading, other) {
                delimiter = other;
            }
        }
        let crlf = start.contains("\r\n");
        Ok(Rows { source, delimiter, newline, crlf, line: 1, width: 0 })
    }

    /// Whether the file began with a byte-order mark.
    pub fn has_mark(&self) -> bool {
        self.source.has_mark
    }

    /// Reads the next row that is not blank. Returns false at the end of the file.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, BatchError> {
        loop {
            row.clear(self.line);
            let Some(line_end) = self.line_end(0)? else { return Ok(false) };
            let end = self.split(row, line_end)?;
            let newlines = self.source.rest()[..end].bytes().filter(|byte| *byte == self.newline as u8).count();
            self.line += newlines as u64 + 1;
            self.source.take(end + 1);
            if row.width() > 1 || !row.cell(0).is_empty() {
                row.damaged = self.source.damaged && row.text.contains('\u{fffd}');
                return Ok(true);
            }
        }
    }

    /// Returns the end of the line that contains this offset, or None after the last line.
    fn line_end(&mut self, from: usize) -> Result<Option<usize>, BatchError> {
        let mut searched = from;
        loop {
            let text = self.source.rest().get(searched..).unwrap_or("");
            if let Some(at) = text.find(self.newline) {
                return Ok(Some(searched + at));
            }
            searched += text.len();
            if LONGEST < searched - from {
                return Err(BatchError::LongLine(self.line));
            }
            if !self.source.more().map_err(BatchError::Read)? {
                return Ok((from < searched).then_some(searched));
            }
        }
    }

    /// Splits the row that begins with this line, and returns its end.
    fn split(&mut self, row: &mut Row, line_end: usize) -> Result<usize, BatchError> {
        let line = &self.source.rest()[..line_end];
        if !line.contains('"') {
            row.plain(without_return(line), self.delimiter);
            return Ok(line_end);
        }
        match self.split_quoted(row, line_end)? {
            Ok(end) => Ok(end),
            Err(Broken(cell)) => {
                row.clear(self.line);
                row.plain(without_return(&self.source.rest()[..line_end]), self.delimiter);
                row.broken = Some(cell);
                Ok(line_end)
            }
        }
    }

    /// Splits a row with quotation marks, and returns its end.
    fn split_quoted(&mut self, row: &mut Row, line_end: usize) -> Result<Result<usize, Broken>, BatchError> {
        let (mut at, mut end) = (0, line_end);
        let mut over_lines = None;
        loop {
            let rest = &self.source.rest()[at..end];
            if rest.starts_with('"') {
                match self.quoted(row, at + 1, end)? {
                    Some((after, new_end)) => {
                        if end < new_end {
                            over_lines = Some(row.width() - 1);
                        }
                        (at, end) = (after, new_end);
                    }
                    None => return Ok(Err(Broken(row.width()))),
                }
            } else {
                let length = rest.find(self.delimiter).unwrap_or(without_return(rest).len());
                row.push(&rest[..length]);
                at += length;
            }
            let rest = &self.source.rest()[at..end];
            if rest.starts_with(self.delimiter) {
                at += 1;
            } else if without_return(rest).is_empty() {
                // With the wrong number of cells, these are probably several rows, joined by a stray quotation
                // mark.
                let joined = over_lines.filter(|_| self.width != 0 && row.width() != self.width);
                return Ok(joined.map_or(Ok(end), |cell| Err(Broken(cell))));
            } else {
                return Ok(Err(Broken(row.width().saturating_sub(1))));
            }
        }
    }

    /// Reads a quoted cell, from after its opening quotation mark, over several lines if needed. Returns the offset
    /// after the closing mark and the end of that line, or None if the mark is missing or too far away.
    fn quoted(&mut self, row: &mut Row, mut at: usize, mut end: usize) -> Result<Option<(usize, usize)>, BatchError> {
        let from = row.text.len();
        loop {
            let piece = &self.source.rest()[at..end];
            let Some(close) = piece.find('"') else {
                row.text.push_str(piece);
                row.text.push(self.newline);
                at = end + 1;
                match self.line_end(at)? {
                    Some(next) if next < LONGEST => end = next,
                    _ => return Ok(None),
                }
                continue;
            };
            row.text.push_str(&piece[..close]);
            at += close + 1;
            if !self.source.rest()[at..end].starts_with('"') {
                row.cells.push(from..row.text.len());
                return Ok(Some((at, end)));
            }
            row.text.push('"');
            at += 1;
        }
    }
}

/// Returns the first line that is not blank. Line ends within quotation marks don't count.
fn heading(start: &str, newline: char) -> &str {
    let start = start.trim_start_matches(['\r', '\n']);
    let mut quoted = false;
    let end = start.find(|c| {
        quoted ^= c == '"';
        c == newline && !quoted
    });
    &start[..end.unwrap_or(start.len())]
}

/// Counts the delimiters outside quotation marks.
fn count(heading: &str, delimiter: char) -> usize {
    let outside = heading.split('"').step_by(2);
    outside.map(|part| part.matches(delimiter).count()).sum()
}

/// Removes the `\r` at the end of a line.
fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}
