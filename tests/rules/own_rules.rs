//! The program's own rules, by the second reading (`oracle`).
//!
//! The oracle is a reading of the rules in `tests/tables/`. It is asked for a finding only if every block that the
//! finding can depend on is the same there: a successor, or a block that was changed, isn't known to it. What it isn't
//! asked for is counted and printed, by block. That it agrees with the core on all it was written for is tested by
//! `agreement`, whatever has become of the rules since.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;
use subsidy_checker::{
    contract,
    rules::{Date, Tables, assess},
};

use crate::{
    agreement::differences,
    frozen, oracle,
    people::{Crowd, Person, Said, answers_of, check},
    tables::replace,
};

/// Keys of words and of what is only told, which the oracle doesn't read. Translations have the same with a suffix.
const TOLD: [&str; 13] = [
    "also",
    "contact",
    "exam-words",
    "least-people",
    "name",
    "number",
    "paper",
    "remittance",
    "start-words",
    "successor-heard",
    "text",
    "title",
    "wording",
];

/// Returns a value of a table without what is only told.
fn without_words(value: &toml::Value) -> toml::Value {
    let is_told = |key: &str| TOLD.contains(&key.trim_end_matches("-hant").trim_end_matches("-en"));
    match value {
        toml::Value::Table(entries) => {
            let kept = entries.iter().filter(|(key, _)| !is_told(key));
            toml::Value::Table(kept.map(|(key, value)| (key.clone(), without_words(value))).collect())
        }
        toml::Value::Array(items) => toml::Value::Array(items.iter().map(without_words).collect()),
        other => other.clone(),
    }
}

/// The rows of one kind in a file, without words.
fn rows(folder: &Path, file: &str, kind: &str) -> Vec<toml::Value> {
    let text = fs::read_to_string(folder.join("rules").join(file)).unwrap();
    let table: toml::Table = text.parse().unwrap();
    table[kind].as_array().unwrap().iter().map(without_words).collect()
}

/// A block with a validity.
#[derive(Clone, PartialEq)]
struct Block {
    from: Date,
    to: Option<Date>,
    row: toml::Value,
}

impl Block {
    fn holds(&self, days: Days) -> bool {
        days.first.is_none_or(|first| self.to.is_none_or(|to| first <= to))
            && days.last.is_none_or(|last| self.from <= last)
    }
}

/// Days on which something may be, both included; None: without end.
#[derive(Clone, Copy)]
struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

impl Days {
    fn on(day: Date) -> Days {
        Days { first: Some(day), last: Some(day) }
    }

    fn from(day: Date) -> Days {
        Days { first: Some(day), last: None }
    }

    fn until(day: Date) -> Days {
        Days { first: None, last: Some(day) }
    }
}

/// The blocks of one kind: the program's own, and those that the oracle knows.
struct Blocks {
    kind: &'static str,
    own: Vec<Block>,
    known: Vec<Block>,
}

impl Blocks {
    fn read(own: &Path, known: &Path, file: &str, kind: &'static str) -> Blocks {
        let blocks = |folder: &Path| {
            let day = |row: &toml::Value, key: &str| Some(Date::parse(&row.get(key)?.to_string()).unwrap());
            let block = |row: toml::Value| Block { from: day(&row, "from").unwrap(), to: day(&row, "to"), row };
            let mut all: Vec<_> = rows(folder, file, kind).into_iter().map(block).collect();
            all.sort_by_key(|one| one.from);
            all
        };
        Blocks { kind, own: blocks(own), known: blocks(known) }
    }

    /// Fails with the block that the oracle doesn't know, if there is one that may count on these days.
    fn ask(&self, days: Days) -> Result<(), String> {
        let mut may_count: Vec<&Block> = self.own.iter().filter(|one| one.holds(days)).collect();
        let mut known: Vec<&Block> = self.known.iter().filter(|one| one.holds(days)).collect();
        // Outside all blocks the last one counts, as if it went on.
        if !self.cover(&may_count, days) {
            may_count.extend(self.own.last());
            known.extend(self.known.last());
        }
        if may_count == known {
            return Ok(());
        }
        let unknown = may_count.iter().find(|one| !known.contains(one)).or(may_count.last());
        Err(unknown.map_or_else(
            || format!("`{}` without a block", self.kind),
            |one| format!("`{}` from {}, by {}", self.kind, one.from, one.row["source"]),
        ))
    }

    fn cover(&self, blocks: &[&Block], days: Days) -> bool {
        let mut open = days.first;
        for block in blocks {
            if open.is_none_or(|open| open < block.from) {
                return false;
            }
            match block.to.and_then(Date::next) {
                None => return true,
                next => open = next,
            }
        }
        matches!((open, days.last), (Some(open), Some(last)) if last < open)
    }
}

/// What the oracle knows of the rules in a folder.
struct Known {
    classes: Blocks,
    regulations: Blocks,
    catalogues: Blocks,
    shortages: Blocks,
    recognitions: Blocks,
    craftsmen: Blocks,
    /// Rows without a validity, by kind: whether they are those that the oracle knows.
    same: BTreeMap<&'static str, bool>,
}

impl Known {
    fn read(own: &Path) -> Known {
        let known = Path::new(frozen::FOLDER);
        let blocks = |file, kind| Blocks::read(own, known, file, kind);
        let whole = [("exam.toml", "exam"), ("exam.toml", "entry"), ("information.toml", "information")];
        let mut same: BTreeMap<_, _> =
            whole.into_iter().map(|(file, kind)| (kind, rows(own, file, kind) == rows(known, file, kind))).collect();
        // Another question more is none of its business.
        let questions = rows(own, "questions.toml", "question");
        same.insert("question", rows(known, "questions.toml", "question").iter().all(|one| questions.contains(one)));
        Known {
            classes: blocks("course.toml", "course"),
            regulations: blocks("subsidy.toml", "subsidy"),
            catalogues: blocks("occupations.toml", "catalogue"),
            shortages: blocks("occupations.toml", "shortage"),
            recognitions: blocks("recognition.toml", "recognition"),
            craftsmen: blocks("recognition.toml", "craftsman"),
            same,
        }
    }

    fn same(&self, kind: &str) -> Result<(), String> {
        if self.same[kind] { Ok(()) } else { Err(format!("`{kind}`, which was changed")) }
    }

    /// Fails with what the oracle doesn't know of a finding, or of the list of information.
    fn ask(&self, finding: &str, said: &Said, as_of: Date) -> Result<(), String> {
        let class = || self.classes.ask(Days::on(as_of));
        self.same("question")?;
        match finding {
            "may-sit" => self.same("entry"),
            "course-dates" | "course-fee" => class(),
            "net-cost" => class().and_then(|()| self.subsidy(said, as_of)),
            "subsidy" => self.subsidy(said, as_of),
            "recognition" => self.recognitions.ask(Days::on(as_of)),
            "district-craftsman" => self.craftsmen.ask(Days::on(as_of)),
            "information" => class().and_then(|()| self.same("information")),
            _ => self.same("exam"),
        }
    }

    fn subsidy(&self, said: &Said, as_of: Date) -> Result<(), String> {
        let (claim, certificate) = if said["goal"] == "enrol" {
            self.classes.ask(Days::on(as_of))?;
            let class = self.classes.own.iter().find(|one| one.holds(Days::on(as_of)));
            let day = |key: &str| class.map(|one| Date::parse(&one.row[key].to_string()).unwrap());
            let own_level = said.get("target-level").is_none_or(|level| matches!(level.as_str(), "3" | "dont-know"));
            let days = match (day("claims-from"), day("claims-to")) {
                (Some(first), Some(last)) if own_level => Days { first: Some(first), last: Some(last) },
                _ => Days::from(as_of),
            };
            (days, days)
        } else {
            let issued = said.get("certificate-date").and_then(|day| Date::parse(day));
            (Days::on(as_of), issued.map_or(Days::until(as_of), Days::on))
        };
        self.regulations.ask(claim)?;
        self.catalogues.ask(certificate)?;
        self.shortages.ask(certificate)
    }
}

/// What was compared: findings, and for each block that the oracle doesn't know how many findings it wasn't asked for.
#[derive(Default)]
struct Compared {
    findings: usize,
    unknown: BTreeMap<String, usize>,
}

/// Returns the differences between the two readings, in what the oracle knows.
fn differ(tables: &'static Tables, known: &Known, said: &Said, as_of: Date, compared: &mut Compared) -> Option<String> {
    let mut core = contract::to_json(tables, &assess(tables, &answers_of(tables, said), as_of));
    core.as_object_mut().unwrap().remove("rules");
    let mut oracle = oracle::assess(said, &as_of.to_string());
    let names: Vec<String> = core["findings"].as_object().unwrap().keys().cloned().collect();
    for name in names.iter().map(String::as_str).chain(["information"]) {
        let Err(block) = known.ask(name, said, as_of) else {
            compared.findings += 1;
            continue;
        };
        *compared.unknown.entry(block).or_default() += 1;
        for reading in [&mut core, &mut oracle] {
            let of = if name == "information" { Some(reading) } else { reading.get_mut("findings") };
            of.and_then(Value::as_object_mut).map(|all| all.shift_remove(name));
        }
    }
    (core != oracle).then(|| differences(&core, &oracle))
}

/// Compares both readings of the rules in a folder, for random people.
#[track_caller]
fn compare(tables: &'static Tables, folder: &Path, people: usize) -> Compared {
    let (known, mut crowd) = (Known::read(folder), Crowd::new(&[tables], 71));
    let mut compared = Compared::default();
    for Person { said, as_of } in (0..people).map(|_| crowd.person()) {
        if differ(tables, &known, &said, as_of, &mut compared).is_some() {
            check(&said, as_of, |said| differ(tables, &known, said, as_of, &mut Compared::default()));
        }
    }
    compared
}

#[test]
fn both_readings_agree_on_the_rules_as_they_are() {
    let people = 20_000;
    let Compared { findings, unknown } = compare(&frozen::OWN.tables, Path::new(env!("CARGO_MANIFEST_DIR")), people);
    println!("{people} people, {findings} findings by both readings of the rules as they are");
    for (block, findings) in &unknown {
        println!("  not known to the second reading: {block} ({findings} findings)");
    }
    let all = findings + unknown.values().sum::<usize>();
    if unknown.is_empty() {
        println!("  the second reading knows every block");
    }
    assert!(people < all, "{all} findings");
}

/// After a successor and the next class, the oracle is asked for what held before, and names what it doesn't know.
#[test]
fn the_second_reading_says_which_blocks_it_does_not_know() {
    let folder = frozen::copy();
    let c = |file: &str, from: &str, to: &str| replace(folder.path(), file, from, to);
    let course = frozen::block("rules/course.toml", "[[course]]\n");
    let later = course.replace("2025-", "2026-");
    c("rules/course.toml", "[[course]]\n", &format!("{later}\n[[course]]\n"));
    let regulation = frozen::block("rules/subsidy.toml", "[[subsidy]]\n")
        .replace("from = 2023-08-15\nto = 2025-12-31", "from = 2026-01-01")
        .replace("to = 60 }", "to = 63 }");
    c("rules/subsidy.toml", "[[subsidy]]\n", &format!("{regulation}\n[[subsidy]]\n"));
    c("rules/recognition.toml", "is = [\"4\", \"3\", \"2\", \"1\"]", "is = [\"4\", \"3\", \"2\"]");
    let set = tables::read(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    let compared = compare(Box::leak(Box::new(set.tables)), folder.path(), 4_000);
    let named: Vec<_> = compared.unknown.keys().map(String::as_str).collect();
    assert_eq!(
        named,
        [
            "`course` from 2026-04-03, by \"notice\"",
            "`recognition` from 2024-07-01, by \"skills-regulation-2024\"",
            "`subsidy` from 2026-01-01, by \"regulation-2023-13\""
        ]
    );
    assert!(4_000 < compared.findings, "{}", compared.findings);
}
