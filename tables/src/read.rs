//! Reads `rules/` and `locales/` and checks them.
//!
//! All errors are reported at once, each with file, line, what is wrong, and what to write instead, in English and
//! Chinese, because the person who corrects a table is usually not the one who builds the program. Memory is leaked on
//! purpose: tables are read once and live as long as the program, so that their types are the same as for constants.

mod condition;
pub(crate) mod file;
mod rules;

use std::{
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use crate::{Bilingual, Languages, Tables, locale::Words};
use file::{Reader, leak};

/// Tables and their wording.
pub struct Set {
    pub tables: Tables,
    pub languages: Languages,
}

/// An error in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TableError {
    /// The path of the file, relative to the root of the project.
    pub file: String,
    /// The line number, from 1.
    pub line: usize,
    pub what: Bilingual,
    pub instead: Bilingual,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TableError { file, line, what, instead } = self;
        writeln!(f, "{file}:{line}: {}. {}", what.english, instead.english)?;
        write!(f, "  中文：{}。{}", what.chinese, instead.chinese)
    }
}

/// All errors, in the order of files and lines; never empty.
#[derive(Debug)]
pub struct TableErrors(pub Vec<TableError>);

impl fmt::Display for TableErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.0 {
            writeln!(f, "{error}")?;
        }
        let count = self.0.len();
        writeln!(f, "{count} {} in the tables", if count == 1 { "error" } else { "errors" })?;
        write!(f, "  中文：表里有{count}处错误")
    }
}

impl std::error::Error for TableErrors {}

/// Reads the tables and the wording below the root of the project.
pub fn read(root: &Path) -> Result<Set, TableErrors> {
    let mut reader = Reader::new(root);
    let mut words = Words::read(&mut reader);
    let tables = rules::read(&mut reader, &mut words);
    words.finish(&mut reader);
    reader.errors.sort();
    reader.errors.dedup();
    match tables {
        Some(tables) if reader.errors.is_empty() => Ok(Set {
            tables: Tables { version: leak(version(&reader.texts)), ..tables },
            languages: words.into_languages(),
        }),
        _ => Err(TableErrors(reader.errors)),
    }
}

/// Returns a short hash of all files that were read: the tables and the wording in every language. Both are what
/// people are told.
fn version(texts: &BTreeMap<String, &str>) -> String {
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    format!("{:08x}", hasher.finish() as u32)
}
