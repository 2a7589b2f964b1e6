//! Reads a folder of tables and its worked examples at run time.
//!
//! Of an example only name, day and answers are read. Its expected result is used only by the tests.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use tables::{Date, Languages, TableErrors, Tables};

use super::data::Files;
use crate::people::{Person, Said};

/// Tables, their wording and their worked examples.
pub struct Folder {
    pub tables: &'static Tables,
    pub languages: Languages,
    /// The files of `rules/`, as they are written.
    pub files: Files,
    pub examples: Vec<Example>,
}

/// A worked example without its expected result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The name of the file, such as `claim.toml`.
    pub file: String,
    pub name: String,
    pub person: Person,
}

/// Why a folder can't be read.
#[derive(Debug)]
pub enum FolderError {
    /// The folder doesn't exist or doesn't contain tables.
    NoTables(PathBuf),
    Tables(TableErrors),
    /// Worked examples that can't be read, with what is wrong with each file.
    Examples(Vec<String>),
}

/// A file of worked examples.
#[derive(Deserialize)]
struct WrittenFile {
    #[serde(default)]
    case: Vec<Written>,
}

/// A worked example as it is written in a file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    name: String,
    as_of: toml::value::Datetime,
    answers: BTreeMap<String, toml::Value>,
}

impl Folder {
    /// Reads a folder that contains `rules/` and `locales/`; the path of its `rules/` is accepted too.
    ///
    /// # Errors
    ///
    /// The folder has no tables, or the tables or the examples are wrong; then all their errors are listed.
    pub fn read(path: &Path) -> Result<Folder, FolderError> {
        let root = root(path).ok_or_else(|| FolderError::NoTables(path.to_owned()))?;
        let set = tables::read(&root).map_err(FolderError::Tables)?;
        let examples = examples(&root.join("rules/cases")).map_err(FolderError::Examples)?;
        let files = files(&root.join("rules"));
        Ok(Folder { tables: Box::leak(Box::new(set.tables)), languages: set.languages, files, examples })
    }

    /// Returns the worked examples of both folders: all new ones, then the old ones that are not among the new
    /// ones.
    pub fn examples_of_both(old: &Folder, new: &Folder) -> Vec<Example> {
        let gone = old.examples.iter().filter(|example| !new.examples.contains(example));
        new.examples.iter().chain(gone).cloned().collect()
    }
}

/// Returns the folder that contains `rules/` and `locales/`.
fn root(path: &Path) -> Option<PathBuf> {
    // Makes the path absolute, so that `rules` and `.` have a parent.
    let path = path.canonicalize().ok()?;
    if path.join("rules").is_dir() {
        return Some(path);
    }
    let parent = path.parent()?;
    (path.ends_with("rules") && path.is_dir()).then(|| parent.to_owned())
}

/// Returns the paths of the TOML files of a folder, sorted. A folder that isn't there has none.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files
}

/// Reads the files of tables, which were checked before.
fn files(folder: &Path) -> Files {
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some((name, toml::from_str(&fs::read_to_string(&path).ok()?).ok()?))
    };
    toml_files(folder).into_iter().filter_map(read).collect()
}

/// Reads all worked examples of a folder. Returns the errors of all files at once.
fn examples(folder: &Path) -> Result<Vec<Example>, Vec<String>> {
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    // A set of tables without examples is valid.
    for path in toml_files(folder) {
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

/// Reads the examples of a file. The error says what to write instead.
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

/// Returns a text without quotation marks, or a number or date as written.
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
