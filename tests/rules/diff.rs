//! The comparison of two sets of tables: who gains, who loses, and how the report shows it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use subsidy_checker::{
    diff::{Example, Folder, Of, Pair, Report, Tally},
    people::{Crowd, Person},
    rules::{FindingId, TABLES},
};

use crate::{
    people::day,
    tables::{changed, copy, replace},
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn examples() -> Vec<Example> {
    Folder::read(Path::new(ROOT)).unwrap().examples
}

fn report(pair: Pair, people: usize) -> Report {
    let mut crowd = Crowd::new(&[pair.old, pair.new], 1);
    pair.report(examples(), std::iter::repeat_with(|| crowd.person()).take(people))
}

/// Compares the project's tables with the same tables after replacing a text. Checks for one finding whether people
/// gain, lose and get other results, and that the report contains a line.
#[track_caller]
fn check(changes: &[(&str, &str, &str)], finding: FindingId, signs: [bool; 3], line: &str) {
    let report = report(Pair { old: &TABLES, new: changed(changes) }, 4_000);
    let told = report.to_string();
    let Tally { gain, lose, other } = report.findings.get(&Of::Finding(finding)).copied().unwrap_or_default();
    assert_eq!([gain, lose, other].map(|count| 0 < count), signs, "{told}");
    assert!(told.lines().any(|one| one == line), "no line\n{line}\nin\n{told}");
    assert!(report.differs());
    // The reverse is the reverse.
    let Pair { old, new } = report.pair;
    let back = self::report(Pair { old: new, new: old }, 4_000);
    let back = back.findings.get(&Of::Finding(finding)).copied().unwrap_or_default();
    assert_eq!((back.gain > 0, back.lose > 0, back.other > 0), (signs[1], signs[0], signs[2]));
}

#[test]
fn the_same_tables_make_no_difference() {
    let report = report(Pair { old: &TABLES, new: changed(&[]) }, 2_000);
    assert!(!report.differs());
    let told = report.to_string();
    assert!(told.contains("\nOf 2,000 random people nobody gets another result.\n"), "{told}");
    assert!(told.starts_with("The rules are the same: version "), "{told}");
    assert!(100 < report.examples && report.findings.is_empty() && report.kinds.is_empty());
}

#[test]
fn a_higher_amount() {
    check(
        &[("rules/occupations.toml", "\"2400\", \"3000\", \"3600\"", "\"3000\", \"3000\", \"3600\"")],
        FindingId::Subsidy,
        // After the rules' end the amount stands only in what the last known ones would give: nobody gains by that.
        [true, false, true],
        "    subsidy: met, 3120 yuan -> met, 3900 yuan (gains)",
    );
}

#[test]
fn a_lower_age() {
    check(
        &[("rules/subsidy.toml", "{ question = \"age\", to = 60 }", "{ question = \"age\", to = 59 }")],
        FindingId::Subsidy,
        [false, true, true],
        "    subsidy: met, 3120 yuan -> not-met (loses, S1)",
    );
}

/// A higher fee is a loss. The net cost isn't reported, because it would count the same twice.
#[test]
fn a_higher_fee() {
    let changes = [("rules/course.toml", "member-fee = \"3120\"", "member-fee = \"3300\"")];
    // Of a class that is past the fee isn't known, before and after; only what it was is told otherwise.
    check(&changes, FindingId::CourseFee, [false, true, true], "#   course-fee: met, 3120 yuan -> met, 3300 yuan");
    let report = report(Pair { old: &TABLES, new: changed(&changes) }, 2_000);
    assert_eq!(report.findings.keys().collect::<Vec<_>>(), [&Of::Finding(FindingId::CourseFee)]);
    assert_eq!(report.changed, report.findings[&Of::Finding(FindingId::CourseFee)]);
}

/// The fee was uncertain and possibly low before, and is certain and high now: the amount counts, not the
/// certainty.
#[test]
fn a_fee_that_is_certain_and_high_is_no_gain() {
    let member = "{ question = \"employer-member\", is = [\"yes\"] }";
    let pair = Pair {
        old: &TABLES,
        new: changed(&[("rules/course.toml", member, "{ any = [{ question = \"age\", from = 120 }] }")]),
    };
    let somebody = person("2025-05-10", &[("goal", "enrol"), ("works-in", "zhuhai"), ("age", "30")]);
    let report = pair.report(vec![], [somebody]);
    assert_eq!(report.changed, Tally { lose: 1, ..Tally::default() });
    let line = "#   course-fee: unknown (unanswered), 3120 to 3500 yuan -> met, 3500 yuan";
    assert!(report.to_string().lines().any(|one| one == line), "{report}");
}

#[test]
fn a_shorter_deadline() {
    check(
        &[("rules/subsidy.toml", "within-months = 12", "within-months = 11")],
        FindingId::Subsidy,
        [false, true, true],
        "      deadline: safe 2026-07-30, last 2026-07-31 -> safe 2026-06-29, last 2026-06-30",
    );
}

#[test]
fn an_easier_way_to_the_exam() {
    check(
        &[(
            "rules/exam.toml",
            "{ question = \"years-worked\", from = 10 }",
            "{ question = \"years-worked\", from = 9 }",
        )],
        FindingId::MaySit,
        [true, false, true],
        "clauses = [\"E3\"]",
    );
}

#[test]
fn an_information_less() {
    let block = "[[information]]\nclause = \"X4\"\ngoals = [\"exam\", \"claim\"]";
    let fewer = block.replace("\"exam\", ", "");
    let pair = Pair { old: &TABLES, new: changed(&[("rules/information.toml", block, &fewer)]) };
    let report = pair.report(vec![], [person("2025-05-10", &[("goal", "exam")])]);
    assert_eq!(report.changed, Tally { other: 1, ..Tally::default() });
    assert!(report.to_string().contains("#   information: [C8, X4] -> [C8]\n"), "{report}");
}

/// A person with an answer that only one of the tables accepts is counted separately.
#[test]
fn a_value_that_only_one_has() {
    let values = "values = [\"zhuhai\", \"guangdong\", \"elsewhere\", \"hk-mo-tw\"]";
    let more = values.replace("\"hk-mo-tw\"", "\"hk-mo-tw\", \"hengqin\"");
    let label = "value.hk-mo-tw = \"我是港澳台居民\"\n";
    let new = changed(&[
        ("rules/questions.toml", values, &more),
        ("locales/zh-Hans.toml", label, &format!("{label}value.hengqin = \"横琴\"\n")),
    ]);
    for (pair, side) in [(Pair { old: &TABLES, new }, "old"), (Pair { old: new, new: &TABLES }, "new")] {
        let report = report(pair, 2_000);
        assert!(report.changed == Tally::default() && 0 < report.refused && report.differs(), "{report}");
        let line = format!("  the {side} rules don't take household = \"hengqin\" ({})", report.refused);
        assert!(report.to_string().lines().any(|one| one == line), "{line}\n{report}");
    }
}

/// No further answer of a sample can be removed, and the sample still shows the same change.
#[test]
fn the_shortest_answers() {
    let new = changed(&[("rules/subsidy.toml", "question = \"age\", from = 16", "question = \"age\", from = 17")]);
    let report = report(Pair { old: &TABLES, new }, 4_000);
    assert!(!report.kinds.is_empty());
    for (kind, sample) in &report.kinds {
        let same = |person: &Person| {
            report.pair.changes(person).is_ok_and(|changes| changes.iter().any(|one| one.kind() == *kind))
        };
        assert!(same(&sample.person), "{kind:?}");
        for question in sample.person.said.keys() {
            let mut fewer = sample.person.clone();
            fewer.said.remove(question);
            assert!(!same(&fewer), "{question} of {kind:?} can be left out");
        }
    }
    let told = report.to_string();
    assert!(told.contains("answers = { goal = \"enrol\", age = 16 }\n"), "{told}");
    // What is pasted is read.
    let pasted: Vec<&str> = told.split("\n\n# ").skip(1).collect();
    assert_eq!(pasted.len(), report.kinds.len());
    for case in pasted {
        let parsed: toml::Table = toml::from_str(&format!("# {case}")).unwrap_or_else(|error| panic!("{case}{error}"));
        assert_eq!(parsed["case"].as_array().map(Vec::len), Some(1), "{case}");
    }
}

fn person(as_of: &str, said: &[(&str, &str)]) -> Person {
    let said = said.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    Person { said, as_of: day(as_of) }
}

/// Returns the exit status of the program, its standard output and its standard error.
fn run(old: &Path, new: &Path) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    let output = command.arg("diff").args([old, new]).args(["--people", "500"]).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_says_it_by_its_exit_status() {
    let (root, folder) = (PathBuf::from(ROOT), copy());
    let other = folder.path();
    let (status, told, error) = run(&root, &other.join("rules"));
    assert_eq!((status, error.as_str()), (Some(0), ""), "{told}");

    // An example that only the old tables have is tried, too.
    replace(other, "rules/cases/claim.toml", "16: just old enough", "another name");
    replace(other, "rules/subsidy.toml", "question = \"age\", from = 16", "question = \"age\", from = 17");
    let (status, told, error) = run(&root.join("rules"), other);
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    for name in ["16: just old enough", "another name"] {
        assert!(told.contains(&format!("  claim.toml: {name}\n    subsidy: met, 3120 yuan -> not-met")), "{told}");
    }

    replace(other, "rules/course.toml", "level = 3", "level = 0");
    replace(other, "rules/course.toml", "exam-fee = \"500\"", "exam-fee = 500");
    let (status, told, error) = run(&root, other);
    assert_eq!((status, told.as_str()), (Some(2), ""), "{error}");
    assert!(error.starts_with(&format!("error: in NEW (`{}`):\nrules/course.toml:", other.display())), "{error}");
    assert!(error.contains("there is no level 0") || error.contains("integer `500`"), "{error}");
    assert!(error.trim_end().ends_with("in the tables"), "{error}");

    let (status, _, error) = run(&other.join("locales"), &root);
    assert_eq!(status, Some(2));
    assert!(error.contains("has no tables. Give a folder with rules/ and locales/ in it, or its rules/"), "{error}");

    let bad = copy();
    replace(bad.path(), "rules/cases/exam.toml", "as-of = 2025", "as-off = 2025");
    let (status, _, error) = run(&root, bad.path());
    assert_eq!(status, Some(2));
    assert!(error.contains("rules/cases/exam.toml: missing field `as-of`"), "{error}");
}
