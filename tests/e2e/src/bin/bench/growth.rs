//! Measures the cost of growing rules: the same rules once, ten and a hundred times.
//!
//! Occupations and the sets of entry conditions are repeated, each under its own name, and every condition except time
//! limits becomes a choice (`any`) of that many equal ones, so the results stay the same and are compared. Questions
//! and clauses are not repeated, because their ids belong to the contract.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use e2e::people::{CLAIM, ENROL, findings_by};
use serde_json::Value as Json;
use subsidy_checker::rules::{Answers, Date, Tables, assess};
use subsidy_checker::{flow, record};
use tasks::dist::Build;
use tasks::wasm;
use toml::{Table, Value};

use super::evaluators::EVALUATOR;

/// How often the rules are repeated, and whether they are also compiled: as constants, a hundred times the rules are
/// too much for the compiler.
const TIMES: [(usize, bool); 3] = [(1, true), (10, true), (100, false)];
const AS_OF: &str = "2025-05-10";
const PATIENCE: Duration = Duration::from_millis(500);

pub fn growing() {
    // A separate folder, like another version of the project.
    let folder = tempfile::tempdir().expect("a folder");
    copy(folder.path());
    println!("Growing: the same rules so many times; microseconds natively, bytes of a program that only judges");
    println!("| rules | occupations | judging | to the first | next question | to the first | Wasm | to the first |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut first: Option<([f64; 3], Json)> = None;
    for (times, is_built) in TIMES {
        multiply(&tasks::root(), folder.path(), times);
        let set = tables::read(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
        let tables: &'static Tables = Box::leak(Box::new(set.tables));
        let (figures, found) = measure(tables);
        let bytes = if is_built {
            let wasm = wasm::compile(folder.path(), Build::Release.profile(), &EVALUATOR).expect("the evaluator");
            fs::metadata(wasm).expect("its size").len() as f64
        } else {
            f64::NAN
        };
        let [judging, next] = figures;
        let (base, expected) = first.get_or_insert(([judging, next, bytes], found.clone()));
        assert_eq!(&found, expected, "{times} times the rules say something else");
        println!(
            "| {times} | {} | {judging:.1} | {:.1} | {next:.0} | {:.1} | {} |",
            tables.occupations.len(),
            judging / base[0],
            next / base[1],
            if is_built { format!("{bytes} | {:.1}", bytes / base[2]) } else { "| ".to_owned() },
        );
    }
}

/// Copies the files of the project that git tracks.
fn copy(to: &Path) {
    let root = tasks::root();
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(&root).output().expect("git");
    let names = String::from_utf8(listed.stdout).expect("names");
    for name in names.split('\0').filter(|name| root.join(name).is_file()) {
        let target = to.join(name);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(root.join(name), target).expect("a copy");
    }
}

fn multiply(from: &Path, to: &Path, times: usize) {
    for entry in fs::read_dir(from.join("rules")).expect("rules") {
        let file = entry.expect("a file").path();
        if file.extension().is_none_or(|kind| kind != "toml") {
            continue;
        }
        let mut all: Table = fs::read_to_string(&file).expect("rules").parse().expect("TOML");
        all.iter_mut().for_each(|(_, value)| conditions(value, times));
        for name in ["occupation", "entry"] {
            if let Some(blocks) = all.get_mut(name).and_then(Value::as_array_mut) {
                again(blocks, "id", times);
            }
        }
        for (name, rows) in [("catalogue", "row"), ("shortage", "occupations")] {
            for block in all.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Some(rows) = block.get_mut(rows).and_then(Value::as_array_mut) {
                    again(rows, "occupation", times);
                }
            }
        }
        let name = file.file_name().expect("a name");
        fs::write(to.join("rules").join(name), all.to_string()).expect("rules");
    }
}

/// Repeats the blocks, with other ids for the copies.
fn again(blocks: &mut Vec<Value>, id: &str, times: usize) {
    let first = blocks.clone();
    for at in 1..times {
        blocks.extend(first.iter().cloned().map(|mut block| {
            match &mut block {
                Value::String(text) => *text += &format!("-{at}"),
                block => {
                    let Some(Value::String(text)) = block.get_mut(id) else { panic!("no {id} in {block}") };
                    *text += &format!("-{at}");
                }
            }
            block
        }));
    }
}

fn conditions(value: &mut Value, times: usize) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| conditions(one, times)),
        Value::Table(all) => {
            for (key, value) in all.iter_mut() {
                // A time limit is not repeated, because otherwise no last day could be given.
                if key == "when" && times > 1 && value.get("within-months").is_none() {
                    let all = vec![value.clone(); times];
                    *value = Value::Table(Table::from_iter([("any".to_owned(), Value::Array(all))]));
                } else {
                    conditions(value, times);
                }
            }
        }
        _ => {}
    }
}

/// Returns the microseconds to assess a person and to find the next question, and the findings.
fn measure(tables: &'static Tables) -> ([f64; 2], Json) {
    let as_of = Date::parse(AS_OF).expect("a day");
    let people: Vec<Answers> =
        [CLAIM, ENROL].map(|text| record::from_text(tables, text).expect("answers").answers).into();
    let judging = time(|| people.iter().for_each(|one| drop(black_box(assess(tables, one, as_of))))) / 2.0;
    let next = time(|| people.iter().for_each(|one| drop(black_box(flow::replay(tables, one, as_of))))) / 2.0;
    let found = [CLAIM, ENROL].map(|text| findings_by(tables, text, AS_OF));
    ([judging, next], found.into_iter().collect())
}

fn time(mut act: impl FnMut()) -> f64 {
    let (begun, mut done) = (Instant::now(), 0_u32);
    while begun.elapsed() < PATIENCE {
        act();
        done += 1;
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(done)
}
