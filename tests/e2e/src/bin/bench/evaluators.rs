//! Compares the core with three rule libraries in the browser: their results for the same people, and the time each
//! takes.

use std::collections::BTreeMap;
use std::fs;

use e2e::Visit;
use serde_json::{Value, json};
use subsidy_checker::contract::answers_from_text;
use subsidy_checker::people::{Crowd, Said};
use subsidy_checker::rules::{Date, FindingId, TABLES, Truth, assess};
use tasks::bindings::{self, Form};
use tasks::dist::publish;
use tasks::packages::BENCHES;
use tasks::wasm;
use xtask::wasm::{ENGINE_PROFILE, Program};

use super::middle;

const ROUNDS: usize = 7;
/// The number of people with a subsidy, and of people without.
const PEOPLE: usize = 100;
const AS_OF: &str = "2025-12-01";

/// The questions for a claim, except the certificate date and those in `NO`.
const ASKED: [&str; 10] = [
    "certificate-occupation",
    "certificate-level",
    "certificate-issuer",
    "works-in",
    "household",
    "insurance",
    "unemployment-registered",
    "age",
    "sex",
    "front-line-post",
];

/// The questions whose other answer prevents the subsidy.
const NO: [&str; 7] = [
    "established-post",
    "full-time-student",
    "pension",
    "paid-same",
    "paid-higher",
    "paid-this-year",
    "paid-unemployment-insurance",
];

/// Dates more than twelve months ago, and less.
const DATES: [&str; 5] = ["2024-11-30", "2025-01-01", "2025-03-31", "2025-07-31", "2025-11-30"];

/// The core as a program that only assesses.
pub const EVALUATOR: Program =
    Program { name: "evaluator", arguments: &["--package", "evaluator"], relocations: false };

pub fn judging() {
    let (people, expected) = people();
    let folder = tempfile::tempdir().expect("a folder");
    publish(folder.path(), files(&people)).expect("the page of the benches");
    let mut measured = Value::Null;
    Visit::to(folder.path()).impatient().in_fresh_browser().journey("bench-judging", |page| {
        page.open_unready("");
        page.wait_until("return !!window.measured;");
        measured = page.script("return window.measured;");
    });
    let all = measured.as_array().expect("measurements");
    for one in all {
        let said = one["said"].as_array().expect("what it said");
        for (at, (said, expected)) in said.iter().zip(&expected).enumerate() {
            // The other libraries calculate with binary fractions.
            let same = (said.as_f64().unwrap_or(f64::NAN) - expected).abs() < 0.01;
            assert!(same, "{} says {said} and not {expected} of {:?}", one["name"], people[at]);
        }
    }
    let times = |one: &Value| middle(one["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect());
    let own = times(&all[0]);
    println!("Judging: {} people of whom everything is known; all say the same; medians of {ROUNDS}", expected.len());
    println!("| | microseconds for one | times as long |\n|---|---|---|");
    for one in all {
        println!("| {} | {:.1} | {:.1} |", one["name"].as_str().unwrap_or(""), times(one), times(one) / own);
    }
}

/// Returns people whose case is completely known and decided, and the amount in yuan for each.
fn people() -> (Vec<Said>, Vec<f64>) {
    let as_of = Date::parse(AS_OF).expect("a day");
    let mut crowd = Crowd::new(&[&TABLES], 9);
    let (mut people, mut expected) = (Vec::new(), Vec::new());
    let mut wanted = BTreeMap::from([(true, PEOPLE), (false, PEOPLE)]);
    let mut drawn = 0;
    while wanted.values().any(|left| *left > 0) {
        // A person with a complete set of answers is combined from several.
        let mut said = Said::new();
        while said.len() < ASKED.len() + NO.len() {
            let other = crowd.person().said;
            let known = other.into_iter().filter(|(id, value)| {
                (ASKED.contains(&id.as_str()) || NO.contains(&id.as_str())) && value != "dont-know"
            });
            for (id, value) in known {
                said.entry(id).or_insert(value);
            }
        }
        drawn += 1;
        said.insert("goal".to_owned(), "claim".to_owned());
        said.insert("certificate-date".to_owned(), DATES[drawn % DATES.len()].to_owned());
        // People whom nothing prevents from claiming are rarely drawn.
        if drawn % 2 == 0 {
            for id in NO {
                said.insert(id.to_owned(), "no".to_owned());
            }
            said.insert("certificate-issuer".to_owned(), "assessment-organisation".to_owned());
        }
        let Some(yuan) = yuan(&said, as_of) else { continue };
        let left = wanted.entry(yuan > 0.0).or_default();
        if *left > 0 {
            *left -= 1;
            people.push(said);
            expected.push(yuan);
        }
    }
    (people, expected)
}

/// Returns the amount, or `None` if it isn't decided.
fn yuan(said: &Said, as_of: Date) -> Option<f64> {
    let written = said.iter().map(|(id, value)| (id.as_str(), Ok(value.clone())));
    let answers = answers_from_text(&TABLES, written, as_of).ok()?;
    let assessment = assess(&TABLES, &answers, as_of);
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    match subsidy.state {
        // A person who is refused for one reason may be undecided for another, which the other libraries can't express.
        Truth::NotMet => {
            let open = subsidy.criteria.iter().any(|one| matches!(one.state, Truth::Unknown(_)));
            (!open).then_some(0.0)
        }
        Truth::Met => subsidy.yuan().filter(|amount| amount.is_exact())?.max.to_string().parse().ok(),
        Truth::Unknown(_) => None,
    }
}

fn files(people: &[Said]) -> Vec<(String, Vec<u8>)> {
    // From level 1 on, while the tables start at level 5.
    let amounts = |amounts: &[tables::Yuan; 5]| {
        let yuan = amounts.iter().rev().map(|yuan| yuan.0.to_string().parse::<f64>().expect("yuan"));
        yuan.collect::<Vec<_>>()
    };
    let id = |at: tables::OccupationAt| TABLES.occupations[usize::from(at)].id;
    let catalogue = TABLES.catalogues.iter().flat_map(|one| one.rows);
    let catalogue: BTreeMap<_, _> = catalogue.map(|row| (id(row.occupation), amounts(&row.amounts))).collect();
    let shortage: Vec<_> =
        TABLES.cities.iter().flat_map(|city| city.lists).flat_map(|one| one.occupations).map(|at| id(*at)).collect();
    let given =
        json!({ "rounds": ROUNDS, "people": people, "asOf": AS_OF, "catalogue": catalogue, "shortage": shortage });

    let root = tasks::root();
    let wasm = wasm::compile(&root, ENGINE_PROFILE, &EVALUATOR).expect("the evaluator");
    let own = bindings::make(&wasm, Form::Module { name: "evaluator" }).expect("its bindings");
    let ours = |name: &str| fs::read(root.join("tests/e2e/evaluators").join(name)).expect(name);
    let built = |name: &str| fs::read(e2e::dist().join("engine").join(name)).expect(name);
    let theirs = |package: &str, file: &str| fs::read(BENCHES.folder(package).expect(file).join(file)).expect(file);
    let html = "<!doctype html><meta charset=utf-8><title>-</title><link rel=icon href=data:,><script type=module src=run.js></script>";
    [
        ("index.html", html.into()),
        ("people.json", given.to_string().into_bytes()),
        ("run.js", ours("run.js")),
        ("rules.js", ours("rules.js")),
        ("evaluator.js", own.js),
        ("evaluator.wasm", own.wasm),
        ("engine/index.js", built("index.js")),
        ("engine/engine.js", built("engine.js")),
        ("engine/engine-wasm.js", built("engine-wasm.js")),
        ("publicodes.js", theirs("publicodes", "dist/index.js")),
        ("zen.js", theirs("@gorules/zen-engine-wasm", "dist/zen_engine_wasm.js")),
        ("zen.wasm", theirs("@gorules/zen-engine-wasm", "dist/zen_engine_wasm_bg.wasm")),
        ("json-rules-engine.js", json_rules_engine().into_bytes()),
    ]
    .map(|(name, content)| (name.to_owned(), content))
    .into()
}

/// Returns the library's files and their dependencies as one module, because browsers have no `require`.
fn json_rules_engine() -> String {
    let folder = BENCHES.folder("json-rules-engine").expect("json-rules-engine").join("dist");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("its files").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let own = files.iter().map(|file| (format!("./{}", file.file_stem().unwrap_or_default().display()), file.clone()));
    let others = [
        ("clone", "clone.js"),
        ("eventemitter2", "lib/eventemitter2.js"),
        ("hash-it", "dist/umd/index.js"),
        ("jsonpath-plus", "dist/index-browser-umd.cjs"),
    ];
    let others = others.map(|(name, file)| (name.to_owned(), BENCHES.folder(name).expect(name).join(file)));
    let mut text = "const all = {}, there = {};
        function require(name) {
            if (!there[name]) { there[name] = { exports: {} }; all[name](there[name], there[name].exports); }
            return there[name].exports;
        }\n"
    .to_owned();
    for (name, file) in own.chain(others) {
        let source = fs::read_to_string(&file).expect("its source");
        text += &format!("all['{name}'] = function (module, exports) {{\n{source}\n}};\n");
    }
    text + "export const { Engine } = require('./json-rules-engine');\n"
}
