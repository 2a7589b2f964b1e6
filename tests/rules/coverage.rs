//! Every clause has a rule and an example. The test keeps the page of the documentation that lists them up to date.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use subsidy_checker::rules::Criterion;

use crate::{examples::by_clause, frozen::OWN};

/// Every clause, without the entry paths.
const CLAUSES: [&str; 35] = [
    "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "X1", "X2", "X3", "X4", "E5", "E4", "E3", "E2", "E1", "S1", "S2.1",
    "S2.2", "S2.3", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12", "S13", "R1", "R2", "R3",
];

/// The entry paths.
const PATHS: [&str; 18] = [
    "E5.1", "E4.1", "E4.2", "E4.3", "E3.1", "E3.2", "E3.3", "E3.4", "E3.5", "E3.6", "E2.1", "E2.2", "E2.3", "E2.4",
    "E2.5", "E1.1", "E1.2", "E1.3",
];

/// Returns where each clause is in the tables.
fn rules() -> BTreeMap<&'static str, &'static str> {
    let tables = &OWN.tables;
    let mut all = BTreeMap::new();
    let mut criteria = |place: &'static str, criteria: &[&Criterion]| {
        for criterion in criteria {
            all.insert(criterion.id, place);
        }
    };
    for course in tables.courses {
        criteria("course.toml", &[&course.fee, &course.member, &course.dates]);
    }
    let exam = &tables.exam;
    criteria("exam.toml", &[&exam.passed, &exam.resit, &exam.fee, &exam.attendance]);
    for level in &tables.entry.levels {
        criteria("exam.toml", &[&level.clause]);
        criteria("exam.toml", &level.paths.iter().collect::<Vec<_>>());
    }
    for regulation in tables.subsidies {
        criteria("subsidy.toml", &regulation.criteria.iter().chain([&regulation.uplift]).collect::<Vec<_>>());
    }
    for catalogue in tables.catalogues {
        criteria("occupations.toml", &[&catalogue.amount]);
    }
    for block in tables.recognitions.iter().chain(tables.craftsmen) {
        criteria("recognition.toml", &block.criteria.iter().collect::<Vec<_>>());
    }
    for course in tables.courses {
        for told in course.information {
            all.entry(told.clause).or_insert("course.toml");
        }
    }
    for told in tables.information {
        all.entry(told.clause).or_insert("information.toml");
    }
    if tables.subsidies.iter().all(|regulation| !regulation.places.is_empty()) {
        all.insert("S12", "subsidy.toml");
    }
    // No table, but a sentence with every amount: that it is an estimate.
    all.insert("S13", "locales, `result.estimate`");
    all
}

#[test]
fn every_clause_has_a_rule_and_an_example() {
    let (rules, examples) = (rules(), by_clause());
    let mut page = String::from(
        "# Coverage\n\nEach clause of the rules, where it stands in `rules/`, and how many worked examples in `rules/cases/` name it (a\n\
         path: state it), with the first of them. Kept by a test; `UPDATE_DOCS=1 cargo test --test rules coverage` writes it\n\
         anew.\n\n| clause | rule | examples | for instance |\n|---|---|---|---|\n",
    );
    let mut holes = Vec::new();
    // A clause of new rules comes behind those that there always have to be.
    let listed: Vec<&str> = CLAUSES.into_iter().chain(PATHS).collect();
    let new = rules.keys().copied().filter(|clause| !listed.contains(clause));
    for clause in listed.iter().copied().chain(new) {
        match (rules.get(clause), examples.get(clause)) {
            (Some(rule), Some(named)) => {
                let _ = writeln!(page, "| {clause} | {rule} | {} | {} |", named.len(), named[0].replace('|', "/"));
            }
            (None, _) => holes.push(format!("{clause} has no rule. Put it back into its table")),
            (Some(file), None) => {
                holes.push(format!("{clause} of {file} has no example. Write one that names it, in rules/cases/"));
            }
        }
    }
    assert!(holes.is_empty(), "clauses without a rule or an example:\n{}", holes.join("\n"));

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "docs/coverage.md is not up to date. Run `UPDATE_DOCS=1 cargo test --test rules coverage`");
}
