//! The files of `rules/` of two sets of tables: which blocks are new or gone, and which values differ.
//!
//! A telephone number or a note for the bank changes nobody's result and no sentence, but what people are told.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

/// The files by name.
pub type Files = BTreeMap<String, Table>;

/// A block or value that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Datum {
    pub file: String,
    /// The block and the key, such as `course 2025-04-03 member-fee`.
    pub place: String,
    pub difference: Values,
}

/// How a block or value differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Values {
    New,
    Gone,
    /// The old and the new value, as the files have them.
    Other(String, String),
    /// The elements of a list that are new, and those that are gone.
    Elements {
        new: Vec<String>,
        gone: Vec<String>,
    },
}

/// The file of the questions, which are compared by themselves, and the keys of their answers.
const QUESTIONS: &str = "questions.toml";
const ANSWERS: [&str; 5] = ["values", "from", "to", "date", "occupations"];

/// The keys by which a block is known among others of its kind.
const KNOWN_BY: [&str; 4] = ["id", "clause", "from", "occupation"];

/// Returns all differences, by files.
pub(super) fn between(old: &Files, new: &Files) -> Vec<Datum> {
    let empty = Table::new();
    let files: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut all = Vec::new();
    for file in files {
        let tables = [old, new].map(|files| files.get(file).unwrap_or(&empty));
        compare_tables(&mut Found { file, all: &mut all }, "", tables);
    }
    all
}

/// The differences of a file.
struct Found<'f> {
    file: &'f str,
    all: &'f mut Vec<Datum>,
}

impl Found<'_> {
    fn add(&mut self, place: &str, difference: Values) {
        let last = place.rsplit(' ').next().unwrap_or_default();
        let is_question = matches!(difference, Values::New | Values::Gone) || ANSWERS.contains(&last);
        if self.file != QUESTIONS || !is_question {
            self.all.push(Datum { file: self.file.to_owned(), place: place.to_owned(), difference });
        }
    }
}

fn compare_tables(found: &mut Found, place: &str, [old, new]: [&Table; 2]) {
    let keys = new.keys().chain(old.keys().filter(|key| !new.contains_key(*key)));
    for key in keys {
        compare(found, &format!("{place} {key}"), [old.get(key), new.get(key)]);
    }
}

fn compare(found: &mut Found, place: &str, values: [Option<&Value>; 2]) {
    let place = place.trim_start();
    match values {
        [None, None] => {}
        [Some(old), Some(new)] if old == new => {}
        [Some(Value::Table(old)), Some(Value::Table(new))] => compare_tables(found, place, [old, new]),
        [old, new] if is_blocks(old) && is_blocks(new) => compare_blocks(found, place, [old, new].map(elements)),
        [Some(Value::Array(old)), Some(Value::Array(new))] if old.iter().chain(new).all(Value::is_str) => {
            let only = |these: &[Value], others: &[Value]| -> Vec<String> {
                these.iter().filter(|one| !others.contains(one)).map(written).collect()
            };
            let difference = match (only(new, old), only(old, new)) {
                // The order differs, or they are values in a fixed order, such as amounts.
                (more, gone) if more.len() == gone.len() => {
                    let written = |all: &[Value]| all.iter().map(written).collect::<Vec<_>>().join(", ");
                    Values::Other(written(old), written(new))
                }
                (new, gone) => Values::Elements { new, gone },
            };
            found.add(place, difference);
        }
        [None, Some(_)] => found.add(place, Values::New),
        [Some(_), None] => found.add(place, Values::Gone),
        [Some(old), Some(new)] => found.add(place, Values::Other(written(old), written(new))),
    }
}

/// Compares the blocks of a kind: by what they are known by, or by their position.
fn compare_blocks(found: &mut Found, place: &str, [old, new]: [&[Value]; 2]) {
    let names = [old, new].map(|blocks| blocks.iter().enumerate().map(|(at, block)| known_by(at, block)).collect());
    let [old_names, new_names]: [Vec<String>; 2] = names;
    let find = |names: &[String], blocks: &'_ [Value], name: &str| -> Option<Value> {
        names.iter().position(|one| one == name).and_then(|at| blocks.get(at)).cloned()
    };
    let gone = old_names.iter().filter(|name| !new_names.contains(name));
    for name in new_names.iter().chain(gone) {
        let (old, new) = (find(&old_names, old, name), find(&new_names, new, name));
        compare(found, &format!("{place} {name}"), [old.as_ref(), new.as_ref()]);
    }
}

/// Whether a value consists of blocks, or is absent.
fn is_blocks(value: Option<&Value>) -> bool {
    value.is_none() || !elements(value).is_empty() && elements(value).iter().all(Value::is_table)
}

fn elements(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Returns what a block is known by, or its number, from 1.
fn known_by(at: usize, block: &Value) -> String {
    let key = KNOWN_BY.iter().find_map(|key| block.get(key).filter(|value| !value.is_table()));
    key.map_or_else(|| (at + 1).to_string(), written)
}

/// Writes a value without quotation marks.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
