//! The tables of the tests of the program: the copy in `tests/tables/` (`tables::frozen`).
//!
//! Those tests name blocks, days, amounts and sentences. They would fail with each new class or regulation, and nobody
//! could say from that whether the program is wrong. Tests of the rules use `OWN` instead: `coverage`, `examples`, `facts`,
//! `own_rules`, `sound`, and those of `export` and `wording` that hold for any tables.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use subsidy_checker::{
    rules::Tables,
    text::{self, Language, Text},
};
use tempfile::TempDir;

/// The folder of the copied tables.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables");

/// The copied tables, with their wording.
pub static SET: LazyLock<tables::Set> =
    LazyLock::new(|| tables::read(copy().path()).unwrap_or_else(|errors| panic!("in tests/tables: {errors}")));

/// The copied tables.
pub static TABLES: LazyLock<Tables> = LazyLock::new(|| SET.tables.clone());

/// The rules as they are: `rules/` and `locales/`.
pub static OWN: LazyLock<tables::Set> =
    LazyLock::new(|| tables::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|errors| panic!("{errors}")));

static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| texts(&SET));

/// Returns the wording of the copied tables, and of the program.
pub fn text(language: Language) -> Text {
    *TEXTS.iter().find(|text| text.language == language).unwrap()
}

/// Returns the wording that belongs to some tables, in every language.
pub fn texts(set: &tables::Set) -> Vec<Text> {
    let files: BTreeMap<String, Vec<u8>> = set.languages.files().into_iter().collect();
    let text = |language: &Language| {
        let messages = |file: String| {
            // Behind how it begins and the number of the build, which is another program's.
            let messages = String::from_utf8(files[&file][text::FIRST.len() + 8..].to_vec()).unwrap().leak();
            messages.strip_suffix('\0').unwrap().split('\0')
        };
        let both = messages(format!("{}.text", language.id())).zip(messages(format!("{}.later.text", language.id())));
        let messages: Vec<&'static str> =
            both.map(|(first, later)| if first.is_empty() { later } else { first }).collect();
        Text::of(*language, messages.leak())
    };
    Language::ALL.iter().filter(|one| set.languages.ids().any(|id| id == one.id())).map(text).collect()
}

/// Copies the copied tables into a folder of their own, with the messages of the program.
pub fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tables::frozen::copy(Path::new(env!("CARGO_MANIFEST_DIR")), folder.path()).unwrap();
    folder
}

/// Returns a file of the copied tables, from the first block of a kind to the end.
pub fn block(name: &str, first: &str) -> String {
    let text = fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
    text.split_once(first).map(|(_, rest)| format!("{first}{rest}")).unwrap()
}
