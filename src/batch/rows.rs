//! Text as rows of cells, with the line on which each begins.
//!
//! Our own splitting, not the crate csv's, because of what happens to a row that is broken: a quotation mark that is never
//! closed would make one cell of the rest of the file, and its rows would be lost. Here such a row is given back as broken
//! and reading goes on in the next line. Knows nothing of headings and answers.

use std::{io::Read, ops::Range};

use super::{BatchError, source::Source};

/// What may stand between two cells. The first wins where none is more frequent.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The most bytes of one row, so that no file can fill the memory. A spreadsheet's cell holds a tenth of it.
const LONGEST: usize = 1024 * 1024;

/// The rows of a table, one at a time.
pub struct Rows<R> {
    source: Source<R>,
    pub delimiter: char,
    /// `\r` alone in files of old Macs.
    newline: char,
    /// Lines end in `\r\n`.
    pub crlf: bool,
    /// The line of the next row, from 1.
    line: u64,
    /// How many cells a row should have; 0 while the heading isn't read.
    pub width: usize,
}

/// One row; used again for the next.
#[derive(Default)]
pub struct Row {
    text: String,
    cells: Vec<Range<usize>>,
    /// The line on which it begins.
    pub line: u64,
    /// The cell, from 0, in which a quotation mark is wrong. The cells are then those of the first line, as good as can
    /// be told.
    pub broken: Option<usize>,
    /// Something in it could not be decoded.
    pub damaged: bool,
}

impl Row {
    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Empty where there is none.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |range| &self.text[range.clone()])
    }

    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|range| &self.text[range.clone()])
    }

    fn clear(&mut self, line: u64) {
        self.text.clear();
        self.cells.clear();
        (self.line, self.broken, self.damaged) = (line, None, false);
    }

    /// Takes a line without looking at quotation marks.
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

    fn push(&mut self, cell: &str) {
        let from = self.text.len();
        self.text.push_str(cell);
        self.cells.push(from..self.text.len());
    }
}

/// A row whose quotation marks are wrong from this cell on.
struct Broken(usize);

impl<R: Read> Rows<R> {
    /// Looks at the beginning to find encoding and delimiter. Errors: it can't be read, or is empty.
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

    /// Whether it began with the mark of UTF-8.
    pub fn has_mark(&self) -> bool {
        self.source.has_mark
    }

    /// Reads the next row that isn't blank; false at the end.
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

    /// Where the line ends in which this place of the rest lies; None behind the last.
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

    /// Splits a row that begins with this line and gives its end.
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
                // With the wrong number of cells it is not one row but several, joined by a stray quotation mark.
                let joined = over_lines.filter(|_| self.width != 0 && row.width() != self.width);
                return Ok(joined.map_or(Ok(end), |cell| Err(Broken(cell))));
            } else {
                return Ok(Err(Broken(row.width().saturating_sub(1))));
            }
        }
    }

    /// Reads a quoted cell from behind its first quotation mark, over several lines where it must be. Gives the place
    /// behind its last and the end of that line; None: it has no last.
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

/// The first line that isn't blank, outside quotation marks.
fn heading(start: &str, newline: char) -> &str {
    let start = start.trim_start_matches(['\r', '\n']);
    let mut quoted = false;
    let end = start.find(|c| {
        quoted ^= c == '"';
        c == newline && !quoted
    });
    &start[..end.unwrap_or(start.len())]
}

fn count(heading: &str, delimiter: char) -> usize {
    let outside = heading.split('"').step_by(2);
    outside.map(|part| part.matches(delimiter).count()).sum()
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}
