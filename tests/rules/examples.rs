//! The worked examples of `rules/cases/`: each states complete findings, which are compared literally.

use std::{collections::BTreeMap, path::Path};

use rust_decimal::Decimal;
use serde::Deserialize;
use subsidy_checker::rules::{self, Date, EntryPath, Finding, Kind, Level, Missing, TABLES, Truth};
use toml::value::Datetime;

use crate::people::answers;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    clauses: Vec<String>,
    as_of: Datetime,
    answers: BTreeMap<String, toml::Value>,
    #[serde(default)]
    findings: BTreeMap<String, Expected>,
    /// All clauses that are shown beside the findings.
    information: Option<Vec<String>>,
}

/// A complete finding: attributes that the example doesn't mention must be absent.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Expected {
    state: String,
    cause: Option<String>,
    amount: Option<Amount>,
    base: Option<Amount>,
    uplift: Option<Amount>,
    deadline: Option<Deadline>,
    claim_at: Vec<String>,
    phase: Option<String>,
    paths: BTreeMap<String, String>,
    lacks: BTreeMap<String, BTreeMap<String, toml::Value>>,
    highest_level: Option<u8>,
    already_held: Option<u8>,
    provided_that: Vec<String>,
    criteria: BTreeMap<String, String>,
    rules_known_until: Option<Datetime>,
    indicative: Option<Then>,
}

impl Expected {
    /// Returns each attribute by its name, to compare and to print.
    fn parts(&self) -> [(&'static str, String); 16] {
        let Expected { state, cause, amount, base, uplift, deadline, claim_at, phase, paths, lacks, .. } = self;
        let Expected { highest_level, already_held, provided_that, criteria, rules_known_until, indicative, .. } = self;
        [
            ("state", format!("{state:?}")),
            ("cause", format!("{cause:?}")),
            ("amount", format!("{amount:?}")),
            ("base", format!("{base:?}")),
            ("uplift", format!("{uplift:?}")),
            ("deadline", format!("{deadline:?}")),
            ("claim-at", format!("{claim_at:?}")),
            ("phase", format!("{phase:?}")),
            ("paths", format!("{paths:?}")),
            ("lacks", format!("{lacks:?}")),
            ("highest-level", format!("{highest_level:?}")),
            ("already-held", format!("{already_held:?}")),
            ("provided-that", format!("{provided_that:?}")),
            ("criteria", format!("{criteria:?}")),
            ("rules-known-until", format!("{rules_known_until:?}")),
            ("indicative", format!("{indicative:?}")),
        ]
    }
}

/// The ends of a range; `not-known` where the contract has null.
#[derive(Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Amount {
    Range([String; 2]),
    NotKnown(String),
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Deadline {
    safe: String,
    last: String,
}

#[derive(Deserialize, PartialEq, Debug, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Then {
    state: String,
    cause: Option<String>,
    amount: Option<Amount>,
    base: Option<Amount>,
    uplift: Option<Amount>,
    deadline: Option<Deadline>,
}

#[test]
fn worked_examples() {
    let mut count = 0;
    let mut changed = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in cases.case {
            count += 1;
            changed.extend(differences(&case).into_iter().map(|difference| format!("{}: {difference}", case.name)));
        }
    }
    assert!(changed.is_empty(), "results that are not as their examples say:\n{}", changed.join("\n"));
    println!("{count} worked examples come out as they say");
}

/// Returns the names of the examples by clause. A path counts if an example states it.
pub fn by_clause() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files() {
        let cases: File = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for case in cases.case {
            let paths = case.findings.values().flat_map(|finding| finding.paths.keys());
            for clause in case.clauses.iter().chain(paths) {
                all.entry(clause.clone()).or_default().push(case.name.clone());
            }
        }
    }
    all
}

fn files() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/cases");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn differences(case: &Case) -> Vec<String> {
    let says = !case.findings.is_empty() || case.information.is_some();
    assert!(says && !case.clauses.is_empty(), "{}: says nothing", case.name);
    let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let said = case.answers.iter().map(|(id, value)| (id.clone(), text(value))).collect();
    let assessment = rules::assess(&TABLES, &answers(&said), date(&case.as_of));
    let mut all = Vec::new();
    for (id, expected) in &case.findings {
        match assessment.findings.iter().find(|finding| finding.id.id() == id) {
            None => all.push(format!("there is no finding `{id}`")),
            Some(finding) => {
                let found = written(finding);
                let parts = found.parts().into_iter().zip(expected.parts());
                let other = parts.filter(|(found, expected)| found != expected);
                all.extend(other.map(|((part, found), (_, expected))| {
                    format!("{id}, {part}:\n    is {found}\n    not {expected}")
                }));
            }
        }
    }
    let told: Vec<_> = assessment.information.iter().map(|one| one.clause).collect();
    if case.information.as_ref().is_some_and(|expected| *expected != told) {
        all.push(format!("information is {told:?}, not {:?}", case.information));
    }
    all
}

fn date(written: &Datetime) -> Date {
    Date::parse(&written.to_string()).unwrap()
}

fn written(finding: &Finding) -> Expected {
    let entry = finding.entry.as_ref();
    let paths = entry.map(|entry| entry.paths.as_slice()).unwrap_or_default();
    Expected {
        state: finding.state.id().to_owned(),
        cause: finding.state.cause().map(|cause| cause.id().to_owned()),
        amount: finding.amount.map(amounts),
        base: finding.base.map(amounts),
        uplift: finding.uplift.map(amounts),
        deadline: finding.deadline.map(|one| Deadline { safe: one.safe.to_string(), last: one.last.to_string() }),
        claim_at: finding.claim_at.iter().map(|place| place.id.to_owned()).collect(),
        phase: finding.stage.map(|stage| stage.id().to_owned()),
        paths: paths.iter().map(|path| (path.criterion.id.to_owned(), state(path.state))).collect(),
        lacks: paths.iter().filter(|path| !path.missing.is_empty()).map(lacks).collect(),
        highest_level: entry.and_then(|entry| entry.highest_level).map(Level::number),
        already_held: entry.and_then(|entry| entry.already_held).map(Level::number),
        provided_that: finding.provided_that.iter().map(|id| (*id).to_owned()).collect(),
        criteria: finding.criteria.iter().map(|one| (one.criterion.id.to_owned(), state(one.state))).collect(),
        rules_known_until: finding.rules_known_until.map(|day| day.to_string().parse().unwrap()),
        indicative: finding.indicative.as_ref().map(|then| Then {
            state: then.state.id().to_owned(),
            cause: then.state.cause().map(|cause| cause.id().to_owned()),
            amount: then.amount.map(amounts),
            base: then.base.map(amounts),
            uplift: then.uplift.map(amounts),
            deadline: then.deadline.map(|one| Deadline { safe: one.safe.to_string(), last: one.last.to_string() }),
        }),
    }
}

fn lacks(path: &EntryPath) -> (String, BTreeMap<String, toml::Value>) {
    let each = path.missing.iter().map(|lack| match lack {
        Missing::More(question, missing) => {
            (TABLES.name_of(*question).to_owned(), toml::Value::from(i64::from(*missing)))
        }
        Missing::OneOf(question, which) => {
            let Some(Kind::Choice(values)) = TABLES.question(*question).map(|one| one.kind) else { unreachable!() };
            let would_do = which.iter().map(|at| values[usize::from(at)].id);
            (TABLES.name_of(*question).to_owned(), toml::Value::from(would_do.collect::<Vec<_>>()))
        }
    });
    (path.criterion.id.to_owned(), each.collect())
}

/// Returns a state, or the cause if it is unknown.
fn state(state: Truth) -> String {
    match state {
        Truth::Unknown(cause) => cause.id().to_owned(),
        state => state.id().to_owned(),
    }
}

fn amounts(amount: rules::Amount) -> Amount {
    let text = |amount: Decimal| amount.normalize().to_string();
    match amount {
        Some(range) => Amount::Range([text(range.min), text(range.max)]),
        None => Amount::NotKnown("not-known".to_owned()),
    }
}
