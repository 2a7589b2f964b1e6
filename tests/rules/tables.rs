//! Bad tables: each is told with its line, what is wrong, and what to write instead.

use std::{fs, path::Path};

use subsidy_checker::rules::TABLES;

/// The project's own tables with one text replaced by another.
pub fn with(changes: &[(&str, &str, &str)]) -> Result<tables::Set, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for part in ["rules", "locales"] {
        fs::create_dir(folder.path().join(part)).unwrap();
        for entry in root.join(part).read_dir().unwrap().map(Result::unwrap) {
            if entry.path().extension().is_some_and(|ending| ending == "toml") {
                fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
            }
        }
    }
    for (file, from, to) in changes {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
    tables::read(folder.path()).map_err(|errors| errors.0.iter().map(ToString::to_string).collect())
}

/// The only error there is, without the number of its line.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &str) {
    let errors = with(&[(file, from, to)]).err().expect("the bad table passes");
    let [error] = &errors[..] else { panic!("not one error: {errors:#?}") };
    let rest = error.strip_prefix(&format!("{file}:")).unwrap_or_else(|| panic!("not about {file}: {error}"));
    let (line, what) = rest.split_once(": ").unwrap();
    assert!(line.parse::<usize>().is_ok_and(|line| line > 0), "{error}");
    assert_eq!(what, expected);
}

#[test]
fn the_tables_as_they_are() {
    let set = with(&[]).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(format!("{:?}", set.tables), format!("{TABLES:?}"), "what was built in is what the files say");
    assert_eq!(
        (set.tables.occupations.len(), set.tables.catalogues[0].rows.len(), set.tables.shortages[0].occupations.len()),
        (31, 13, 22)
    );
}

#[test]
fn keys_and_values() {
    check(
        "rules/course.toml",
        "training-fee = \"3000\"",
        "training-fee = \"3000\"\ntraning-fee = \"3000\"",
        "unknown key `traning-fee`. Write one of the keys there are here, or leave it out: expected one of `source`, `from`, `to`, `occupation`, `level`, `training-fee`, `exam-fee`, `member-fee`, `starts-from`, `starts-to`, `claims-from`, `claims-to`",
    );
    check(
        "rules/course.toml",
        "exam-fee = \"500\"",
        "exam-fee = 500",
        "invalid type: integer `500`, expected a string. Put it in quotes: \"3120\"",
    );
    check(
        "rules/course.toml",
        "exam-fee = \"500\"",
        "exam-fee = \"five hundred\"",
        "`five hundred` is no amount. Write digits and at most one point, in quotes: \"3120\"",
    );
    check(
        "rules/course.toml",
        "exam-fee = \"500\"",
        "exam-fee = \"-500\"",
        "`-500` is no amount. Write digits and at most one point, in quotes: \"3120\"",
    );
    check(
        "rules/course.toml",
        "exam-fee = \"500\"\n",
        "",
        "missing field `exam-fee`. Add a line for it to this block; blocks of the same kind show how",
    );
    check(
        "rules/course.toml",
        "level = 3",
        "level = 6",
        "there is no level 6. Write a level from 5 (lowest) to 1 (highest)",
    );
    check(
        "rules/sources.toml",
        "[[source]]\nid = \"notice\"",
        "[[sorce]]\n[[source]]\nid = \"notice\"",
        "unknown block `sorce`. This file takes [[source]]",
    );
    check(
        "rules/occupations.toml",
        "class = \"A\"",
        "class = \"C\"",
        "there is no class `C`. Write \"A\" or \"B\", as the catalogue does",
    );
}

#[test]
fn references() {
    check(
        "rules/course.toml",
        "source = \"notice\"",
        "source = \"notise\"",
        "there is no source `notise`. Write one of notice, regulation-2023-13, catalogue-2025, shortage-2022, standards-2023, standards-2018, skills-regulation-2024, craftsmen-2024",
    );
    check(
        "rules/occupations.toml",
        "    \"6-18-02-04\",",
        "    \"6-18-02-05\",",
        "no occupation has the code `6-18-02-05`. Add an [[occupation]] block with this id, or mend the code",
    );
    check(
        "rules/sources.toml",
        "[[source]]\nid = \"notice\"",
        "[[source]]\nid = \"notice\"\ntitle = \"x\"\n\n[[source]]\nid = \"notice\"",
        "the source `notice` stands here twice. Give one of the two another id, or leave it out",
    );
}

#[test]
fn days() {
    check(
        "rules/course.toml",
        "to = 2025-07-10",
        "to = 2025-04-02",
        "it ends on 2025-04-02, before it begins on 2025-04-03. Write the last day on which it holds, or leave the line out if no end is known",
    );
    check(
        "rules/course.toml",
        "to = 2025-07-10",
        "to = 2025-07-10T00:00:00",
        "`2025-07-10T00:00:00` is no day. Write a day of the calendar without a time: 2025-12-31",
    );
}

#[test]
fn conditions() {
    let values = "zhuhai, guangdong, elsewhere, hk-mo-tw";
    check(
        "rules/subsidy.toml",
        "question = \"household\", is = [\"zhuhai\"",
        "question = \"household\", is = [\"zhuhi\"",
        &format!("`household` has no value `zhuhi`. Write one of {values}"),
    );
    check(
        "rules/subsidy.toml",
        "question = \"pension\", is = [\"no\"]",
        "question = \"age\", is = [\"no\"]",
        "`age` is a number. Write from = and to = instead of is =",
    );
    check(
        "rules/subsidy.toml",
        "question = \"pension\", is = [\"no\"]",
        "question = \"pension\", from = 1",
        "`pension` is a choice. Write is = [\"...\"] instead of from = and to =",
    );
    check(
        "rules/subsidy.toml",
        "question = \"age\", from = 16",
        "question = \"age\", from = 200",
        "`age` can't be from 200 to 120. Write numbers from 0 to 120, the smaller one first",
    );
    check(
        "rules/subsidy.toml",
        "listed = \"shortage\"",
        "listed = \"list\"",
        "there is no list `list`. Write one of shortage, catalogue",
    );
}

#[test]
fn wording() {
    check(
        "locales/zh-Hans.toml",
        "title = \"年龄\"\n",
        "",
        "the message `criterion.S1.title` is missing. Add it: a table has a row that needs it",
    );
    check(
        "locales/zh-Hans.toml",
        "[criterion.S1]",
        "[criterion.S99]\ntitle = \"x\"\n[criterion.S1]",
        "no table uses the message `criterion.S99.title`. Leave it out, or mend its key",
    );
    check(
        "locales/zh-Hans.toml",
        "男性不超过{2}周岁",
        "男性不超过{3}周岁",
        "`criterion.S1.rule` has {3}, but the row has 3 numbers. Count from {0}, in the order of the condition's from and to",
    );
    check(
        "locales/zh-Hans.toml",
        "{amount}元",
        "{amount元",
        "`amount.exact` has a brace without its partner. Write arguments as {name}, in small letters, and no other braces",
    );
}

/// Five mistakes in three files come out together, with their lines.
#[test]
fn all_at_once() {
    let errors = with(&[
        ("rules/course.toml", "source = \"notice\"", "source = \"notise\""),
        ("rules/course.toml", "level = 3", "level = 0"),
        ("rules/subsidy.toml", "clause = \"S1\"\nbasis = \"regulation\"", "clause = \"S1\"\nbasis = \"hearsay\""),
        ("rules/subsidy.toml", "question = \"pension\", is", "question = \"pensions\", is"),
        ("locales/zh-Hans.toml", "title = \"养老金\"\n", "title = 5\n"),
    ])
    .err()
    .unwrap();
    let all = errors.join("\n");
    for part in ["`notise`", "level 0", "`hearsay`", "`pensions`", "`criterion.S2-3.title` is no text"] {
        assert!(all.contains(part), "{part} is not among\n{all}");
    }
}
