//! The worked examples: those of `rules/cases/` by the program's own tables, and those that were copied with the tables
//! of the tests. What `cargo xtask rules` says of an example that comes out otherwise, and what `--accept` writes.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use subsidy_checker::examples::{Example, read};
use tables::Set;

use crate::{
    frozen::{self, OWN, copy},
    tables::replace,
};

fn own() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns what is said of the examples that come out otherwise, and how many examples there are.
fn differences(root: &Path, set: &'static Set) -> (Vec<String>, usize) {
    let examples = read(root).unwrap_or_else(|errors| panic!("{errors}"));
    let difference = |one: &Example| match one.difference(set) {
        Ok(difference) => difference.map(|one| one.report(root).unwrap()),
        Err(what) => Some(what),
    };
    (examples.iter().filter_map(difference).collect(), examples.len())
}

#[test]
fn worked_examples() {
    let (changed, count) = differences(own(), &OWN);
    let what = "If the rules are right and the examples are of earlier ones: cargo xtask rules --accept";
    assert!(changed.is_empty(), "results that are not as their examples say:\n{}\n{what}", changed.join("\n"));
    println!("{count} worked examples come out as they say");
}

#[test]
fn the_copied_examples() {
    let (changed, count) = differences(Path::new(frozen::FOLDER), &frozen::SET);
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert!(100 < count, "{count}");
}

/// Returns the names of the examples by clause. A path counts if an example states it.
pub fn by_clause() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for example in read(own()).unwrap_or_else(|errors| panic!("{errors}")) {
        for clause in example.shows() {
            all.entry(clause.to_owned()).or_default().push(example.name.clone());
        }
    }
    all
}

/// Runs `checker examples` on a folder: exit status, standard output and standard error.
fn run(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    command.arg("examples").arg(folder).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that asks nothing reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const CASES: &str = "rules/cases/claim.toml";

/// Men may be 63 instead of 60: two examples come out otherwise.
fn older() -> tempfile::TempDir {
    let folder = copy();
    replace(folder.path(), "rules/subsidy.toml", "{ question = \"age\", to = 60 }", "{ question = \"age\", to = 63 }");
    folder
}

#[test]
fn an_example_that_comes_out_otherwise_is_shown_to_paste_and_not_changed() {
    let folder = older();
    let before = fs::read_to_string(folder.path().join(CASES)).unwrap();
    let (status, told, error) = run(folder.path(), &[], "");
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    let line = 1 + before.lines().position(|line| line == "name = \"a man of 61: a year too old\"").unwrap() - 1;
    for part in [
        &format!("{CASES}:{line}: a man of 61: a year too old\n  subsidy, state: \"not-met\" -> \"met\"\n") as &str,
        "  because S1 not-met -> met, by regulation-2023-13: ",
        "63",
        "\n[[case]]\nname = \"a man of 61: a year too old\"\n",
        "--accept",
    ] {
        assert!(told.contains(part), "`{part}` isn't in {told}");
    }
    // What is to be pasted is read.
    let (_, pasted) = told.split_once("as it comes out now:\n\n").unwrap();
    let (pasted, _) = pasted.split_once("\n\n").unwrap();
    let case: toml::Table = toml::from_str(pasted).unwrap_or_else(|error| panic!("{error}\n{pasted}"));
    assert_eq!(case["case"][0]["findings"]["subsidy"]["state"].as_str(), Some("met"), "{pasted}");
    assert_eq!(fs::read_to_string(folder.path().join(CASES)).unwrap(), before);
}

/// What an example could answer is named, and nothing that another of its answers says.
#[test]
fn an_answer_that_is_missing_is_named() {
    let folder = copy();
    let level = "{ question = \"certificate-level\", is = [\"5\", \"4\", \"3\"], open = [\"2\", \"1\"] },";
    let attendance = format!("{level}\n    {{ question = \"attendance\", from = 1 }},");
    replace(folder.path(), "rules/exam.toml", level, &attendance);
    let (status, told, error) = run(folder.path(), &[], "");
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    let (_, told) = told.split_once("level 5 has two subjects: both passed is passed").unwrap();
    let because = told.lines().find(|line| line.contains("because X1")).unwrap();
    assert!(because.starts_with("  because X1 met -> unanswered"), "{because}");
    assert!(because.ends_with(" (the example doesn't answer attendance; it could)"), "{because}");
}

/// Each example is written only after it was shown and agreed to.
#[test]
fn what_is_accepted_is_written_and_nothing_else() {
    let folder = older();
    let comment = "# A comment that stays.\n[[case]]\nname = \"a man of 61";
    replace(folder.path(), CASES, "[[case]]\nname = \"a man of 61", comment);
    let now = || fs::read_to_string(folder.path().join(CASES)).unwrap();
    let before = now();
    // No answer is no.
    let (status, told, error) = run(folder.path(), &["--accept"], "n\n");
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    assert_eq!(now(), before);
    let asked = told.matches("Is that right?").count();
    assert!(1 < asked, "{told}");

    let (status, told, error) = run(folder.path(), &["--accept"], "y\n");
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    // Only that example is another one, and its comment stays.
    let parts = |text: &str| -> Vec<String> {
        let (before, rest) = text.split_once(comment).unwrap();
        let (own, after) = rest.split_once("\n[[case]]").unwrap();
        [before, own, after].map(str::to_owned).into()
    };
    let ([before_it, old, after_it], [before_now, own, after_now]) = (&parts(&before)[..], &parts(&now())[..]) else {
        panic!()
    };
    assert_eq!((before_it, after_it), (before_now, after_now));
    assert!(
        old.contains("state = \"not-met\"") && own.contains("state = \"met\"\namount = [\"3120\", \"3120\"]\n"),
        "{own}"
    );

    let (status, told, error) = run(folder.path(), &["--accept", "--yes"], "");
    assert_eq!((status, error.as_str()), (Some(0), ""), "{told}");
    // Each is shown all the same.
    assert_eq!(told.matches("as it comes out now:").count(), asked - 1, "{told}");
    assert!(!told.contains("Is that right?"), "{told}");
    let (status, told, _) = run(folder.path(), &[], "");
    assert_eq!(status, Some(0), "{told}");
    // The order of the examples, and of what they state, is as it was.
    let names = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("name = ")).map(str::to_owned).collect()
    };
    assert_eq!(names(&now()), names(&before));
    assert_eq!(now().matches("# ").count(), before.matches("# ").count());
}

#[test]
fn yes_alone_is_refused_and_wrong_examples_are_named() {
    let folder = copy();
    let (status, _, error) = run(folder.path(), &["--yes"], "");
    assert_eq!(status, Some(2));
    assert!(error.contains("--accept"), "{error}");
    replace(folder.path(), CASES, "[case.findings.subsidy]\nstate", "[case.findings.subsidy]\nstates");
    let (status, _, error) = run(folder.path(), &[], "");
    assert_eq!(status, Some(2));
    assert!(error.contains("rules/cases/claim.toml") && error.contains("has no `states`"), "{error}");
}
