//! The faults that the end-to-end tests try, and the tables in the documentation that list them.
//!
//! A row of such a table contains the fault, the engines in which it is tried, what the person sees (in one or several
//! cells), and the test. A test looks up its row with [`record`] and fails if there is none; [`check`] finds rows that
//! no test has recorded in one of its engines during a complete run. So tables and tests agree.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::setup::Engine;

const PAGES: [&str; 2] = ["docs/faults.md", "docs/offline.md"];
/// The heading of the second column, which identifies the tables.
const ENGINES: &str = "tried in";
const ALL: &str = "all three";

fn label(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "Chromium",
        Engine::Firefox => "Firefox",
        Engine::Webkit => "WebKitGTK",
    }
}

/// One row of a table.
#[derive(PartialEq, Debug)]
struct Row {
    fault: String,
    engines: Vec<Engine>,
    seen: Vec<String>,
    test: String,
}

impl Row {
    fn parse(line: &str) -> Result<Row> {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [fault, engines, seen @ .., test] = &cells[..] else { bail!("`{line}` has too few cells") };
        let engines = if *engines == ALL {
            Engine::ALL.to_vec()
        } else {
            let named = |name| Engine::ALL.into_iter().find(|engine| label(*engine) == name);
            engines
                .split(", ")
                .map(|name| named(name).with_context(|| format!("`{name}` is no engine, in `{line}`")))
                .collect::<Result<_>>()?
        };
        let owned = |cell: &&str| (*cell).to_owned();
        Ok(Row {
            fault: owned(fault),
            engines,
            seen: seen.iter().map(owned).collect(),
            test: test.trim_matches('`').to_owned(),
        })
    }

    /// Returns what a test records: everything except the engines.
    fn key(&self) -> String {
        format!("{}\t{}\t{}", self.fault, self.seen.join("\t"), self.test)
    }
}

/// Parses the rows of all tables of a document that have a column of engines.
fn parse(text: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut is_ours = false;
    for line in text.lines() {
        if !line.starts_with('|') {
            is_ours = false;
        } else if line.split('|').nth(2).is_some_and(|cell| cell.trim() == ENGINES) {
            is_ours = true;
        } else if is_ours && !line.starts_with("|---") {
            rows.push(Row::parse(line)?);
        }
    }
    Ok(rows)
}

fn rows(root: &Path) -> Result<Vec<Row>> {
    let mut all = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).with_context(|| page.to_owned())?;
        all.extend(parse(&text).with_context(|| page.to_owned())?);
    }
    Ok(all)
}

/// Returns the file with the records of an engine.
fn file(root: &Path, engine: Engine) -> PathBuf {
    root.join("target").join("e2e").join(format!("tried.{}", engine.name()))
}

/// Records that a test has tried a fault in an engine: `cells` are the fault and what was seen. Fails if no table
/// contains that row.
pub fn record(root: &Path, engine: Engine, cells: &[&str], test: &str) -> Result<()> {
    let line = |engines: &str| format!("| {} | {engines} | {} | `{test}` |", cells[0], cells[1..].join(" | "));
    let tried = Row::parse(&line(label(engine)))?;
    if !rows(root)?.iter().any(|row| row.key() == tried.key() && row.engines.contains(&engine)) {
        let pages = PAGES.join(" nor ");
        bail!("neither {pages} has this row, be it with more engines. Write there:\n{}", line(label(engine)));
    }
    let file = file(root, engine);
    fs::create_dir_all(file.parent().context("no folder")?)?;
    // The record is written in one call, because other tests write at the same time.
    let entry = format!("{}\n", tried.key());
    Ok(OpenOptions::new().create(true).append(true).open(file)?.write_all(entry.as_bytes())?)
}

/// Deletes the records of an engine, before a complete run.
pub fn begin(root: &Path, engine: Engine) -> Result<()> {
    let file = file(root, engine);
    if file.exists() { Ok(fs::remove_file(file)?) } else { Ok(()) }
}

/// Fails if, after a complete run in an engine, a table names a fault for that engine that no test has tried.
pub fn check(root: &Path, engine: Engine) -> Result<()> {
    let recorded = fs::read_to_string(file(root, engine)).unwrap_or_default();
    untried(&rows(root)?, engine, &recorded)
}

fn untried(rows: &[Row], engine: Engine, recorded: &str) -> Result<()> {
    let recorded: BTreeSet<&str> = recorded.lines().collect();
    let missing: Vec<String> = rows
        .iter()
        .filter(|row| row.engines.contains(&engine) && !recorded.contains(row.key().as_str()))
        .map(|row| format!("{} ({})", row.fault, row.test))
        .collect();
    if !missing.is_empty() {
        let pages = PAGES.join(" or ");
        bail!("{pages} says that these are tried in {}, and no test has:\n  {}", label(engine), missing.join("\n  "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "
| what | tried in | what the person sees | test |
|---|---|---|---|
| a clock is set back | all three | nothing | `kept::back` |
| the line breaks | Chromium, WebKitGTK | the plain page | `faults::cut` |

| another | table |
|---|---|
| of | something else |";

    #[test]
    fn a_row_is_read_with_its_engines() {
        let rows = parse(PAGE).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].engines.len(), rows[0].test.as_str()), (3, "kept::back"));
        assert_eq!(rows[1].engines, [Engine::Chromium, Engine::Webkit]);
        let wrong = PAGE.replace("all three", "Safari");
        assert_eq!(
            parse(&wrong).unwrap_err().to_string(),
            "`Safari` is no engine, in `| a clock is set back | Safari | nothing | `kept::back` |`"
        );
    }

    #[test]
    fn a_row_that_no_test_has_recorded_is_found() {
        let rows = parse(PAGE).unwrap();
        let both = "a clock is set back\tnothing\tkept::back\nthe line breaks\tthe plain page\tfaults::cut\n";
        assert!(untried(&rows, Engine::Chromium, both).is_ok());
        let one = both.lines().next().unwrap();
        assert!(untried(&rows, Engine::Firefox, one).is_ok());
        let found = untried(&rows, Engine::Webkit, one).unwrap_err().to_string();
        assert!(found.ends_with("tried in WebKitGTK, and no test has:\n  the line breaks (faults::cut)"), "{found}");
        // A record with another test or another outcome is another row.
        assert!(untried(&rows, Engine::Firefox, &one.replace("kept::", "clock::")).is_err());
        assert!(untried(&rows, Engine::Firefox, &one.replace("nothing", "something")).is_err());
    }
}
