//! Facts in the wording: a number, a date or a clause in a sentence comes from a table, or stands in `facts.toml` with the
//! reason why it can't.

use std::{collections::BTreeSet, fs, path::Path};

use serde::Deserialize;
use subsidy_checker::rules::boundaries;

use crate::frozen::OWN;

/// The messages that may contain a number of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    keys: Vec<String>,
    because: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    allowed: Vec<Allowed>,
}

const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];
/// Chinese numerals, in simplified and traditional characters; 一 is part of too many words.
const NUMERALS: &str = "二两兩三四五六七八九十";
/// What is counted with a numeral.
const COUNTED: [&str; 16] =
    ["条", "條", "项", "項", "个", "個", "年", "月", "岁", "歲", "天", "成", "期", "分", "人", "元"];
const ENGLISH: [&str; 13] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "third", "second"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the messages of a language by key.
fn messages(language: &str) -> Vec<(String, String)> {
    fn collect(prefix: &str, table: &toml::Table, all: &mut Vec<(String, String)>) {
        for (key, value) in table {
            let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => collect(&key, inner, all),
                other => all.push((key, other.as_str().unwrap().to_owned())),
            }
        }
    }
    let text = fs::read_to_string(root().join(format!("locales/{language}.toml"))).unwrap();
    let mut table: toml::Table = text.parse().unwrap();
    // What the page knows of the language is no wording.
    table.remove("language");
    let mut all = Vec::new();
    collect("", &table, &mut all);
    all
}

/// Removes what a table fills in: `{name}`, and both words of `{name|one|many}`.
fn without_facts(message: &str) -> String {
    let mut parts = message.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// Splits a message into its clause ids and the rest. Levels are names and no numbers.
fn clauses(message: &str) -> (Vec<String>, String) {
    let (mut ids, mut rest) = (Vec::new(), String::new());
    let mut signs = message.chars().peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        if "CXESR".contains(sign) && !before.is_ascii_alphanumeric() && signs.peek().is_some_and(char::is_ascii_digit) {
            let mut id = sign.to_string();
            while let Some(next) = signs.next_if(|next| next.is_ascii_digit() || *next == '.') {
                id.push(next);
            }
            let ends_sentence = id.ends_with('.');
            ids.push(id.trim_end_matches('.').to_owned());
            rest += if ends_sentence { "." } else { "" };
        } else {
            rest.push(sign);
        }
        before = sign;
    }
    for level in
        ["Level 5", "Level 4", "Level 3", "Level 2", "Level 1", "Levels 4 and 3", "Levels 2 and 1", "Levels 3, 2 and 1"]
    {
        for others in [", 2 or 1", " or 1", ""] {
            rest = rest.replace(&format!("{level}{others}"), "");
        }
    }
    (ids, rest)
}

/// Whether a text contains a number, however it is written.
fn has_number(text: &str) -> bool {
    let digit = text.chars().any(|sign| sign.is_ascii_digit() || ('０'..='９').contains(&sign));
    let chinese = NUMERALS.chars().any(|numeral| COUNTED.iter().any(|one| text.contains(&format!("{numeral}{one}"))));
    let words = text.split(|sign: char| !sign.is_ascii_alphabetic());
    digit || chinese || words.map(str::to_ascii_lowercase).any(|word| ENGLISH.contains(&word.as_str()))
}

#[test]
fn numbers_are_found_however_they_are_written() {
    for one in ["30天", "３０天", "三条都符合", "两个月", "all three", "Annex 1", "2025", "十二個月"] {
        assert!(has_number(one), "{one}");
    }
    for none in ["第一项", "一些", "someone", "often", "二级", "三級證書"] {
        assert!(!has_number(none), "{none}");
    }
    let (ids, rest) = clauses("At Level 3, 2 or 1 (S11, S2.1). See E.");
    assert_eq!((ids, rest.as_str()), (vec!["S11".to_owned(), "S2.1".to_owned()], "At  (, ). See E."));
    assert_eq!(without_facts("a{x}b{n|day 1|days 2}c"), "abc");
}

#[test]
fn every_fact_in_the_wording_comes_from_a_table() {
    let list: List = toml::from_str(&fs::read_to_string(root().join("tests/rules/facts.toml")).unwrap()).unwrap();
    assert!(list.allowed.iter().all(|one| !one.because.trim().is_empty()), "a number is allowed without a reason");
    let allowed: BTreeSet<&str> = list.allowed.iter().flat_map(|one| one.keys.iter().map(String::as_str)).collect();
    let criteria = boundaries::criteria(&OWN.tables).into_iter().map(|one| one.id);
    let information = OWN.tables.courses.iter().flat_map(|course| course.information).chain(OWN.tables.information);
    let known: BTreeSet<&str> = criteria.chain(information.map(|one| one.clause)).chain(["S12", "S13"]).collect();
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        for (key, message) in messages(language) {
            let (ids, rest) = clauses(&without_facts(&message));
            let file = format!("locales/{language}.toml");
            for id in ids.iter().filter(|id| !known.contains(id.as_str())) {
                wrong.push(format!("{file}: `{key}` cites {id}, and no table has such a clause"));
            }
            if has_number(&rest) {
                match allowed.get(key.as_str()) {
                    Some(key) => drop(used.insert(*key)),
                    None => wrong.push(format!(
                        "{file}: `{key}` has a number of its own: {message}\n    Take it from the table with {{name}}, write \
                         the sentence in the row it belongs to, or give the reason in tests/rules/facts.toml"
                    )),
                }
            }
        }
    }
    wrong
        .extend(allowed.difference(&used).map(|key| format!("tests/rules/facts.toml: `{key}` has no number any more")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
