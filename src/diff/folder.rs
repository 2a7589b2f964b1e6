//! A folder of tables with its worked examples, read at run time.
//!
//! Of an example only what has to be known to try it: its name, day and answers. What it expects is for the tests.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use tables::{Date, TableErrors, Tables};

use crate::people::{Person, Said};

/// Tables and the worked examples beside them.
pub struct Folder {
    pub tables: &'static Tables,
    pub examples: Vec<Example>,
}

/// A worked example without its result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// `claim.toml`
    pub file: String,
    pub name: String,
    pub person: Person,
}

/// Why a folder can't be read.
#[derive(Debug)]
pub enum FolderError {
    /// It isn't there, or is none that holds tables.
    NoTables(PathBuf),
    Tables(TableErrors),
    /// Worked examples that can't be read; what is wrong with each.
    Examples(Vec<String>),
}

#[derive(Deserialize)]
struct WrittenFile {
    #[serde(default)]
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    name: String,
    as_of: toml::value::Datetime,
    answers: BTreeMap<String, toml::Value>,
}

impl Folder {
    /// Reads a folder with `rules/` and `locales/` in it, or its `rules/`.
    ///
    /// # Errors
    ///
    /// There are no tables in it, or they are wrong: all that is wrong with them.
    pub fn read(path: &Path) -> Result<Folder, FolderError> {
        let root = root(path).ok_or_else(|| FolderError::NoTables(path.to_owned()))?;
        let set = tables::read(&root).map_err(FolderError::Tables)?;
        let examples = examples(&root.join("rules/cases")).map_err(FolderError::Examples)?;
        Ok(Folder { tables: Box::leak(Box::new(set.tables)), examples })
    }

    /// The worked examples of both: all of the new ones, and of the old ones those that the new ones no longer have.
    pub fn examples_of_both(old: &Folder, new: &Folder) -> Vec<Example> {
        let gone = old.examples.iter().filter(|example| !new.examples.contains(example));
        new.examples.iter().chain(gone).cloned().collect()
    }
}

/// The folder in which `rules/` and `locales/` stand.
fn root(path: &Path) -> Option<PathBuf> {
    // So that `rules` and `.` have a parent, too.
    let path = path.canonicalize().ok()?;
    if path.join("rules").is_dir() {
        return Some(path);
    }
    let parent = path.parent()?;
    (path.ends_with("rules") && path.is_dir()).then(|| parent.to_owned())
}

fn examples(folder: &Path) -> Result<Vec<Example>, Vec<String>> {
    // Tables without examples are tables all the same.
    let mut files: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for path in files {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read =
            fs::read_to_string(&path).map_err(|error| format!("can't be read ({error}). Put it back, as UTF-8 text"));
        match read.and_then(|text| parse(&file, &text)) {
            Ok(examples) => all.extend(examples),
            Err(what) => errors.push(format!("rules/cases/{file}: {what}")),
        }
    }
    if errors.is_empty() { Ok(all) } else { Err(errors) }
}

/// The examples of a file; the error says what to write instead.
fn parse(file: &str, text: &str) -> Result<Vec<Example>, String> {
    let WrittenFile { case } = toml::from_str(text).map_err(|error| {
        format!("{}. Compare with the examples around it\n{}", error.message(), error.to_string().trim_end())
    })?;
    let example = |Written { name, as_of, answers }: Written| {
        let as_of = Date::parse(&as_of.to_string())
            .ok_or_else(|| format!("`{name}`: `{as_of}` is no day. Write as-of = 2025-12-31"))?;
        let said: Said = answers.into_iter().map(|(id, value)| (id, plain(value))).collect();
        Ok(Example { file: file.to_owned(), name, person: Person { said, as_of } })
    };
    case.into_iter().map(example).collect()
}

/// Text without its quotes, a number or day as it is written.
fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::NoTables(path) => write!(
                f,
                "`{}` has no tables. Give a folder with rules/ and locales/ in it, or its rules/",
                path.display()
            ),
            FolderError::Tables(errors) => errors.fmt(f),
            FolderError::Examples(errors) => f.write_str(&errors.join("\n")),
        }
    }
}

impl std::error::Error for FolderError {}
