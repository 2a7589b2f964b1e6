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
use crate::bilingual::{Bilingual, bilingual};

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
                self.error(
                    place,
                    bilingual!("the file can't be read ({error})", "文件打不开（{error}）"),
                    bilingual!("Put it back, as UTF-8 text", "把它放回去，存成 UTF-8 纯文本"),
                );
                ""
            }
        };
        self.texts.insert(file.to_owned(), text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let place = Place { file, offset: error.span().map_or(0, |span| span.start) };
            let (message, line) = (error.message().replace('\n', ", "), self.line(place));
            self.error(
                place,
                bilingual!("not TOML: {message}", "第{line}行不是正确的 TOML：{message}"),
                bilingual!(
                    "Compare with the blocks around it; rules/README.md shows the format",
                    "对照前后的块；格式见 rules/README.zh-CN.md"
                ),
            );
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
                            bilingual!("`{key}` has something in it that is no block", "`{key}` 里有不是块的内容"),
                            bilingual!(
                                "Write each one as a block of its own: [[{key}]]",
                                "每一个单独写成一块：[[{key}]]"
                            ),
                        ),
                    }
                }
            }
            _ => self.error(
                place,
                bilingual!("`{key}` is written as one", "`{key}` 只写成了一块"),
                bilingual!(
                    "Write [[{key}]] in double brackets: there can be several",
                    "用双方括号写 [[{key}]]：可以有好几块"
                ),
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
                    let names = names(known);
                    self.error(
                        place,
                        bilingual!("unknown key `{key}`", "没有 `{key}` 这一项"),
                        bilingual!(
                            "Write one of the keys there are here, or leave it out: {known}",
                            "写下面的一项，或者去掉：{names}"
                        ),
                    );
                    block.table.remove(key.as_str());
                }
                None => {
                    self.error(place, wrong_value(message), advice(message));
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
                bilingual!("unknown block `{}`", "没有 `{}` 这种块", key.get_ref()),
                bilingual!("This file takes {}", "这个文件里可以写 {}", known.join(", ")),
            );
        }
    }

    /// Records an error with its line.
    pub fn error(&mut self, at: Place, what: Bilingual, instead: Bilingual) {
        self.errors.push(TableError { file: at.file.to_owned(), line: self.line(at), what, instead });
    }

    /// Returns the line number of a position, from 1.
    fn line(&self, at: Place) -> usize {
        let before = self.texts.get(at.file).and_then(|text| text.get(..at.offset)).unwrap_or("");
        before.matches('\n').count() + 1
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

/// Returns an error of serde, which is English, with its frequent kinds in Chinese.
fn wrong_value(message: &str) -> Bilingual {
    let english = message.replace('\n', ", ");
    if let Some(field) = english.strip_prefix("missing field ") {
        return bilingual!("{english}", "缺少 {field}");
    }
    match english.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", ")) {
        Some((field, known)) => {
            let known = names(known);
            bilingual!("{english}", "没有 {field} 这一项，这里可以写 {known}")
        }
        None => bilingual!("{english}", "这个值不对（{english}）"),
    }
}

/// Returns the names in backticks of an error of serde.
fn names(message: &str) -> String {
    let names = message.split('`').skip(1).step_by(2).map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}

/// Returns what to write instead, for the frequent errors of serde.
fn advice(message: &str) -> Bilingual {
    if message.contains("expected a string") {
        bilingual!("Put it in quotes: \"3120\"", "加上引号：\"3120\"")
    } else if message.starts_with("missing field") {
        bilingual!(
            "Add a line for it to this block; blocks of the same kind show how",
            "在这一块里补上这一项；写法见同类的块"
        )
    } else if message.contains("expected a datetime") || message.contains("expected a TOML datetime") {
        bilingual!("Write the day without quotes: 2025-12-31", "日期不加引号：2025-12-31")
    } else if message.contains("integer") || message.contains("u16") || message.contains("u8") {
        bilingual!("Write a whole number without quotes: 60", "写整数，不加引号：60")
    } else {
        bilingual!(
            "Compare with a block of the same kind; rules/README.md shows the format",
            "对照同类的块；格式见 rules/README.zh-CN.md"
        )
    }
}

/// Leaks a text, so that it lives as long as the program.
pub fn leak(text: impl Into<String>) -> &'static str {
    Box::leak(text.into().into_boxed_str())
}
