//! Splits TOML files into blocks with known lines.
//!
//! serde stops at the first error of its input. Therefore each block is deserialized alone, and unknown keys are
//! removed and reported first. The module doesn't know the rules.

use std::{collections::BTreeMap, ops::Range, path::Path};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use super::TableError;

/// Reads files below a root, and collects their errors.
pub(crate) struct Reader<'r> {
    root: &'r Path,
    pub errors: Vec<TableError>,
    pub texts: BTreeMap<String, &'static str>,
}

/// A table of a file that is not deserialized yet.
pub(crate) struct Block {
    pub file: &'static str,
    pub table: DeTable<'static>,
    span: Range<usize>,
}

/// A position in a file, for errors.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub file: &'static str,
    pub offset: usize,
}

impl<'r> Reader<'r> {
    pub fn new(root: &'r Path) -> Self {
        Reader { root, errors: Vec::new(), texts: BTreeMap::new() }
    }

    /// Returns the paths of the TOML files in a folder, sorted.
    pub fn list(&mut self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".toml"))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        names.sort();
        names
    }

    /// Opens a file. What can't be parsed is reported and left out.
    pub fn open(&mut self, file: &str) -> Block {
        let file = leak(file);
        let text = match std::fs::read_to_string(self.root.join(file)) {
            Ok(text) => leak(text),
            Err(error) => {
                let place = Place { file, offset: 0 };
                self.error(place, format!("the file can't be read ({error})"), "Put it back, as UTF-8 text");
                ""
            }
        };
        self.texts.insert(file.to_owned(), text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let place = Place { file, offset: error.span().map_or(0, |span| span.start) };
            let what = format!("not TOML: {}", error.message().replace('\n', ", "));
            self.error(place, what, "Compare with the blocks around it; rules/README.md shows the format");
        }
        Block { file, table: table.into_inner(), span: 0..0 }
    }

    /// Removes the blocks `[[key]]` from a block and returns them.
    pub fn split(&mut self, from: &mut Block, key: &str) -> Vec<Block> {
        let Some(value) = from.table.remove(key) else { return Vec::new() };
        let place = Place { file: from.file, offset: value.span().start };
        let mut blocks = Vec::new();
        match value.into_inner() {
            DeValue::Array(items) => {
                for item in items {
                    let span = item.span();
                    match item.into_inner() {
                        DeValue::Table(table) => blocks.push(Block { file: from.file, table, span }),
                        _ => self.error(
                            place,
                            format!("`{key}` has something in it that is no block"),
                            format!("Write each one as a block of its own: [[{key}]]"),
                        ),
                    }
                }
            }
            _ => self.error(
                place,
                format!("`{key}` is written as one"),
                format!("Write [[{key}]] in double brackets: there can be several"),
            ),
        }
        blocks
    }

    /// Removes the block `[key]` from a file and returns it.
    pub fn part(&mut self, from: &mut Block, key: &str) -> Option<Block> {
        let value = from.table.remove(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some(Block { file: from.file, table, span }),
            _ => None,
        }
    }

    /// Deserializes a block. Unknown keys are reported one by one, then the first wrong value.
    pub fn read<T: DeserializeOwned>(&mut self, mut block: Block) -> Option<T> {
        loop {
            let value = Spanned::new(block.span.clone(), DeValue::Table(block.table.clone()));
            let error = match T::deserialize(ValueDeserializer::from(value)) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let span = error.span().unwrap_or(block.span.clone());
            let place = Place { file: block.file, offset: span.start };
            let message = error.message();
            let unknown = block.table.keys().find(|key| key.span() == span).map(|key| key.get_ref().to_string());
            match unknown.filter(|_| message.starts_with("unknown field")) {
                Some(key) => {
                    let known = message.split_once(", ").map_or("", |(_, known)| known);
                    self.error(
                        place,
                        format!("unknown key `{key}`"),
                        format!("Write one of the keys there are here, or leave it out: {known}"),
                    );
                    block.table.remove(key.as_str());
                }
                None => {
                    self.error(place, message.replace('\n', ", "), advice(message));
                    // Removing the wrong key as well would only add an error about a missing key.
                    return None;
                }
            }
        }
    }

    /// Reports the keys of a file that were not used.
    pub fn finish(&mut self, rest: Block, known: &[&str]) {
        for key in rest.table.keys() {
            let place = Place { file: rest.file, offset: key.span().start };
            self.error(
                place,
                format!("unknown block `{}`", key.get_ref()),
                format!("This file takes {}", known.join(", ")),
            );
        }
    }

    /// Records an error with its line.
    pub fn error(&mut self, at: Place, what: impl Into<String>, instead: impl Into<String>) {
        let before = self.texts.get(at.file).and_then(|text| text.get(..at.offset)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        self.errors.push(TableError { file: at.file.to_owned(), line, what: what.into(), instead: instead.into() });
    }
}

impl Block {
    /// Returns the position of the block.
    pub fn place(&self) -> Place {
        Place { file: self.file, offset: self.span.start }
    }
}

impl Place {
    /// Returns the position of another value in the same file.
    pub fn at<T>(self, value: &Spanned<T>) -> Place {
        Place { offset: value.span().start, ..self }
    }
}

/// Returns what to write instead, for the frequent errors of serde.
fn advice(message: &str) -> &'static str {
    if message.contains("expected a string") {
        "Put it in quotes: \"3120\""
    } else if message.starts_with("missing field") {
        "Add a line for it to this block; blocks of the same kind show how"
    } else if message.contains("expected a datetime") || message.contains("expected a TOML datetime") {
        "Write the day without quotes: 2025-12-31"
    } else if message.contains("integer") || message.contains("u16") || message.contains("u8") {
        "Write a whole number without quotes: 60"
    } else {
        "Compare with a block of the same kind; rules/README.md shows the format"
    }
}

/// Leaks a text, so that it lives as long as the program.
pub fn leak(text: impl Into<String>) -> &'static str {
    Box::leak(text.into().into_boxed_str())
}
