//! Wrong tables: each file in `bad/` has one defect, which gives its name, and no other check finds it. The files
//! in `good/` look similar but are correct.
//!
//! Each file replaces a few texts of the tables in `tests/tables/`. What can be found by reading is an error with its
//! line, what is wrong, and what to write instead, in English and Chinese. The rest is a defect, with a person who shows
//! it.

use std::{fs, num::NonZero, path::Path, thread};

use serde::Deserialize;
use subsidy_checker::rules::{self, QuestionId, Tables};
use tables::{TableError, TableErrors};
use tempfile::TempDir;

use crate::{
    frozen::{self, OWN, TABLES, copy},
    sound::defects,
};

/// Reads the copied tables with some texts replaced. Only the first language and the changed ones have their
/// messages, so that a removed message is reported once.
pub fn with(changes: &[(&str, &str, &str)]) -> Result<tables::Set, TableErrors> {
    let folder = copy();
    for language in languages().iter().filter(|one| *one != FIRST && changes.iter().all(|(file, ..)| file != one)) {
        let file = folder.path().join(language);
        let whole = fs::read_to_string(&file).unwrap();
        // What the file says about its language stays, because rows have names in it.
        fs::write(file, whole.split_once("\n[site]").unwrap().0).unwrap();
    }
    read(&folder, changes)
}

/// The copied language files.
pub fn languages() -> Vec<String> {
    let files = Path::new(frozen::FOLDER).join("locales").read_dir().unwrap();
    files.map(|file| format!("locales/{}", file.unwrap().file_name().to_string_lossy())).collect()
}

/// Like `with`, in every language.
#[cfg(feature = "cli")]
pub fn with_languages(changes: &[(&str, &str, &str)]) -> Result<tables::Set, TableErrors> {
    read(&copy(), changes)
}

fn read(folder: &TempDir, changes: &[(&str, &str, &str)]) -> Result<tables::Set, TableErrors> {
    changes.iter().for_each(|(file, from, to)| replace(folder.path(), file, from, to));
    tables::read(folder.path())
}

/// Like `with`, for changes without errors.
pub fn changed(changes: &[(&str, &str, &str)]) -> &'static Tables {
    let set = with(changes).unwrap_or_else(|errors| panic!("{errors}"));
    Box::leak(Box::new(set.tables))
}

/// Replaces the first occurrence of a text in a copied file.
pub fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// The language with which the others are compared.
const FIRST: &str = "locales/zh-Hans.toml";

/// A file of `bad/` or `good/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The only error of reading the tables, literally, without its position.
    error: Option<String>,
    /// The same in Chinese. Without it, only its names are compared with the English.
    chinese: Option<String>,
    /// Texts in the only defect of tables that can be read: what is wrong, and parts of the person.
    #[serde(default)]
    defect: Vec<String>,
    change: Vec<Change>,
}

/// A replacement of the first occurrence of a text in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    from: String,
    to: String,
}

impl Trial {
    /// Checks that wrong tables are found and correct ones pass. The error says why not.
    fn fails(&self) -> Result<(), String> {
        let changes: Vec<_> =
            self.change.iter().map(|one| (one.file.as_str(), one.from.as_str(), one.to.as_str())).collect();
        match (with(&changes), &self.error) {
            (Err(errors), Some(expected)) => self.is_the_error(&errors, expected),
            (Err(errors), None) => Err(format!("it can't be read: {errors}")),
            (Ok(_), Some(_)) => Err("no error".to_owned()),
            (Ok(set), None) => self.is_the_defect(Box::leak(Box::new(set.tables))),
        }
    }

    fn is_the_error(&self, errors: &TableErrors, expected: &str) -> Result<(), String> {
        let [error] = &errors.0[..] else { return Err(format!("not one error: {errors}")) };
        let TableError { file, line, what, instead } = error;
        if self.change.iter().all(|one| one.file != *file) {
            return Err(format!("not about a file that was changed: {error}"));
        }
        if *line == 0 {
            return Err(format!("no line: {error}"));
        }
        if format!("{}. {}", what.english, instead.english) != expected {
            return Err(format!("another error: {error}"));
        }
        let chinese = format!("{}。{}", what.chinese, instead.chinese);
        if self.chinese.as_ref().is_some_and(|expected| *expected != chinese) {
            return Err(format!("other Chinese: {error}"));
        }
        let same = [what, instead].iter().all(|text| says_the_same(&text.english, &text.chinese));
        if same { Ok(()) } else { Err(format!("the Chinese has other names than the English, or is none: {error}")) }
    }

    fn is_the_defect(&self, tables: &'static Tables) -> Result<(), String> {
        let found: Vec<_> = defects(tables).0.iter().map(ToString::to_string).collect();
        match (&found[..], &self.defect[..]) {
            ([], []) => Ok(()),
            ([], _) => Err("no defect".to_owned()),
            ([one], parts @ [_, ..]) => match parts.iter().find(|part| !one.contains(part.as_str())) {
                None => Ok(()),
                Some(part) => Err(format!("`{part}` isn't in {one}")),
            },
            _ => Err(format!("not one defect, but {}:\n{}", found.len(), found.join("\n"))),
        }
    }
}

/// Whether the second text is Chinese and has the same names in backticks as the first.
fn says_the_same(english: &str, chinese: &str) -> bool {
    let split = |text: &str| {
        let (mut words, mut names) = (String::new(), Vec::new());
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 0 { words += part } else { names.push(part.to_owned()) }
        }
        names.sort();
        (words, names)
    };
    let ((_, names), (words, same)) = (split(english), split(chinese));
    names == same && words.contains(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

/// Returns the English and the Chinese of each `bilingual!` in a source file, before values are filled in.
fn pairs(source: &str) -> Vec<[String; 2]> {
    let literal = |text: &mut &str| {
        let (mut literal, mut escaped) = (String::new(), false);
        let start = text.find('"').unwrap() + 1;
        for (at, sign) in text[start..].char_indices() {
            match sign {
                '"' if !escaped => {
                    *text = &text[start + at + 1..];
                    return literal;
                }
                sign => literal.push(sign),
            }
            escaped = sign == '\\' && !escaped;
        }
        panic!("no end: {literal}")
    };
    source.split("bilingual!(").skip(1).map(|mut rest| [literal(&mut rest), literal(&mut rest)]).collect()
}

/// Returns the files of a folder, sorted by name.
fn trials(folder: &str) -> Vec<(String, Trial)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(folder);
    let mut all: Vec<_> = root
        .read_dir()
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            let trial = toml::from_str(&fs::read_to_string(path).unwrap());
            (name.clone(), trial.unwrap_or_else(|error| panic!("{name}: {error}")))
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// Tables with more questions than there is room for are refused.
#[cfg(feature = "cli")]
#[test]
fn more_questions_than_there_is_room_for() {
    let own = TABLES.questions.len();
    let errors = |count: usize| {
        let new: String =
            (own..count).map(|at| format!("[[question]]\nid = \"invented-{at}\"\ndate = true\n\n")).collect();
        let set = with_languages(&[(
            "rules/questions.toml",
            "[[question]]\nid = \"sex\"",
            &format!("{new}[[question]]\nid = \"sex\""),
        )]);
        set.err().map(|errors| errors.to_string()).unwrap_or_default()
    };
    assert!(!errors(QuestionId::MOST).contains("Leave some out"));
    assert!(errors(QuestionId::MOST + 1).contains("there are 65 questions. Leave some out: there is room for 64"));
}

/// The program asks for the person's age by its role, so the question can't go or get another name.
#[cfg(feature = "cli")]
#[test]
fn a_question_that_the_program_needs_is_missing() {
    let set = with_languages(&[("rules/questions.toml", "id = \"age\"", "id = \"years-of-age\"")]);
    let errors = set.err().unwrap().to_string();
    assert!(errors.contains("the question `age` is missing. Add it"), "{errors}");
}

/// A name in a language that the page doesn't have, and one in a language that has only begun.
#[test]
fn a_name_in_another_language() {
    let before = "name-en = \"ICT network operations administrator\"";
    let new = format!("name-pt = \"administrador\"\n{before}");
    let with_files = |text: &str| {
        let folder = copy();
        replace(folder.path(), "rules/occupations.toml", before, &new);
        fs::write(folder.path().join("locales/pt.toml"), text).unwrap();
        tables::read(folder.path()).map_err(|errors| errors.to_string())
    };
    let error = with_languages(&[("rules/occupations.toml", before, new.as_str())]).err().unwrap().to_string();
    let expected =
        "rules/occupations.toml:10: `name-pt` belongs to no language of locales/. Write one of name-hant, name-en";
    assert!(error.starts_with(expected), "{error}");
    let begun = with_files("[language]\norder = 999\n").unwrap_or_else(|error| panic!("{error}"));
    assert!(begun.languages.ids().all(|id| id != "pt"), "a language without messages is offered");
    let error = with_files("[language]\norder = 999\n\n[site]\ntitle = \"x\"\n").err().unwrap();
    assert!(error.contains("locales/pt.toml:1: the message `start.go_on` is missing"), "{error}");
}

#[test]
fn bad_tables_are_caught_and_good_ones_pass() {
    let (bad, good) = (trials("bad"), trials("good"));
    for (name, trial) in &bad {
        assert!(trial.error.is_some() == trial.defect.is_empty(), "{name}: expects an error or a defect");
        assert!(trial.error.is_some() || trial.chinese.is_none(), "{name}: only errors are in Chinese");
    }
    for (name, trial) in &good {
        assert!(
            trial.error.is_none() && trial.chinese.is_none() && trial.defect.is_empty(),
            "{name}: expects something"
        );
    }
    let all: Vec<_> = bad.iter().chain(&good).collect();
    // Each is read and tried out from the beginning: as many at once as the computer can.
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let failed: Vec<String> = thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(threads));
        let handles: Vec<_> = parts
            .map(|part| {
                let fails = |(name, trial): &&(String, Trial)| Some(format!("{name}: {}", trial.fails().err()?));
                scope.spawn(move || part.iter().filter_map(fails).collect::<Vec<_>>())
            })
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    let errors = bad.iter().filter(|(_, trial)| trial.error.is_some()).count();
    println!(
        "{} bad tables caught, {errors} when read and {} when tried out; {} good ones pass",
        bad.len(),
        bad.len() - errors,
        good.len()
    );
}

/// Also those that no file of `bad/` has.
#[test]
fn every_error_is_in_english_and_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables/src");
    let (mut folders, mut count) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for [english, chinese] in pairs(&fs::read_to_string(&path).unwrap()) {
                assert!(says_the_same(&english, &chinese), "{}: {english}: {chinese}", path.display());
                count += 1;
            }
        }
    }
    assert!(100 < count, "only {count} texts were found");
}

/// How it is printed: the English first, the Chinese below it.
#[test]
fn an_error_as_it_is_printed() {
    let errors = with(&[("rules/course.toml", "exam-fee = \"500\"", "exam-fee = \"500元\"")]).err().unwrap();
    let expected = "\
rules/course.toml:12: `500元` is no amount. Write digits and at most one point, in quotes: \"3120\"
  中文：`500元` 不是金额。只写数字，最多一个小数点，加上引号：\"3120\"
1 error in the tables
  中文：表里有1处错误";
    assert_eq!(errors.to_string(), expected);
}

#[test]
fn the_tables_as_they_are() {
    assert_eq!(format!("{:?}", OWN.tables), format!("{:?}", rules::TABLES), "what was built in is what the files say");
    assert_eq!(
        (TABLES.occupations.len(), TABLES.catalogues[0].rows.len(), TABLES.cities[0].lists[0].occupations.len()),
        (31, 13, 22)
    );
}

/// The version stands below every result: it is another one as soon as somebody may be told something else.
#[cfg(feature = "cli")]
#[test]
fn a_corrected_sentence_is_another_version() {
    let version = |changes: &[(&str, &str, &str)]| with_languages(changes).unwrap().tables.version;
    assert_eq!(version(&[]), TABLES.version);
    let changes = [
        ("locales/zh-Hans.toml", "changed = \"您已经", "changed = \"您"),
        ("locales/zh-Hant.toml", "changed = \"您已經", "changed = \"您"),
        ("locales/en.toml", "changed = \"", "changed = \"By then, "),
        ("rules/course.toml", "13824120136", "13824120137"),
    ];
    let versions = changes.map(|change| version(&[change]));
    for (at, one) in versions.iter().enumerate() {
        assert!(*one != TABLES.version && !versions[..at].contains(one), "{:?}", changes[at]);
    }
}

/// Five errors in three files are reported together, with their lines.
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
    let all = errors.to_string();
    for part in ["`notise`", "level 0", "`hearsay`", "`pensions`", "`criterion.S2-3.title` is no text"] {
        assert!(all.contains(part), "{part} is not among\n{all}");
    }
}
