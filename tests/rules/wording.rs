//! The wording of the languages: what a comparison of keys can't find.

use std::collections::BTreeSet;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use subsidy_checker::{
    consultation::Consultation,
    explain::{self, Explanation},
    text::{Language, Text},
};

use crate::{
    frozen::{self, OWN, TABLES},
    people::{CLAIM, ENROL, answers, but, day},
};

/// Returns all wording of a language, including names of the tables.
fn words(language: &str) -> String {
    let files = OWN.languages.files().into_iter().chain(OWN.languages.files_of_command_line());
    let files = files.filter(|(name, _)| name.starts_with(&format!("{language}.")));
    let words: String = files.map(|(_, file)| String::from_utf8_lossy(&file).into_owned()).collect();
    // What a bank is to have is simplified in every language.
    OWN.tables.courses.iter().fold(words, |words, course| words.replace(course.remittance, ""))
}

/// Characters that are used in both scripts, although one script also has another form.
const BOTH: &str = "准台";

#[test]
fn the_traditional_has_no_simplified_character() {
    let to_traditional = OpenCC::from_config(BuiltinConfig::S2t).unwrap();
    let to_simplified = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let is_simplified = |c: &char| {
        let alone = c.to_string();
        to_traditional.convert(&alone) != alone && to_simplified.convert(&alone) == alone && !BOTH.contains(*c)
    };
    let simplified = |text: &str| text.chars().filter(is_simplified).collect::<BTreeSet<_>>();
    let found = simplified(&words("zh-Hant"));
    assert!(found.is_empty(), "{found:?} in locales/zh-Hant.toml or a row of rules/: write its `...-hant`");
    // It does find them.
    assert!(simplified("人工智能训练师").contains(&'训'));
    assert!(100 < simplified(&words("zh-Hans")).len());
}

/// Returns the result of a person with some answers replaced, in all languages.
fn explained(as_of: &str, somebody: &str, others: &str) -> Vec<(Text, Explanation)> {
    let as_of = day(as_of);
    let consultation = Consultation::new(&TABLES, &answers(&but(somebody, others)), as_of);
    let explained = |text| (text, explain::explain(text, &TABLES, &consultation, None));
    frozen::texts(&frozen::SET).into_iter().map(explained).collect()
}

#[test]
fn what_is_known_by_report_only_is_said_as_such() {
    let messages = &frozen::SET.languages;
    let message = |text: Text, key: &str| {
        let message = match key {
            "successor" => TABLES.subsidies.last().unwrap().successor,
            key => messages.message(key),
        };
        messages.say(text.language.id(), message.unwrap(), |_| None).unwrap()
    };
    // How sure we are stands first; Chinese has another colon.
    let said = |text: Text, key: &str| {
        format!("{}: {}", message(text, "basis.unverified"), message(text, key)).replace('：', ": ")
    };
    let c = |as_of: &str, keys: &[&str], others: &[&str]| {
        for (text, explained) in explained(as_of, CLAIM, "") {
            let plain = explained.plain(text, "", "");
            let tells = |key: &&&str| plain.lines().any(|line| line.replace('：', ": ") == said(text, key));
            let missing: Vec<_> = keys.iter().filter(|key| !tells(key)).collect();
            assert!(missing.is_empty(), "{missing:?} isn't told on {as_of}:\n{plain}");
            let too_many: Vec<_> = others.iter().filter(tells).collect();
            assert!(too_many.is_empty(), "{too_many:?} is told on {as_of}:\n{plain}");
        }
    };
    c("2025-08-01", &["criterion.S8.heard", "criterion.S9.heard"], &["successor", "criterion.S10.heard"]);
    c("2026-01-09", &["criterion.S8.heard", "criterion.S9.heard", "successor"], &["criterion.S10.heard"]);
}

#[test]
fn contacts_say_which_numbers_are_on_wechat_and_of_which_day_they_are() {
    let c = |language, lines: [&str; 4]| {
        let found = explained("2025-08-01", CLAIM, "").into_iter().find(|(text, _)| text.language == language);
        let (text, explained) = found.unwrap();
        let plain = explained.plain(text, "", "");
        for line in lines {
            assert!(plain.lines().any(|one| one.ends_with(line)), "no `{line}` in\n{plain}");
        }
    };
    let english = "Names and numbers are those of the notice of 3 April 2025 and may have changed.";
    c(Language::EN, [" 17377872077 (also on WeChat)", " 13824120136", " 13169606923 (also on WeChat)", english]);
    let chinese = "联系人和电话是2025年4月3日的通知上写的，现在可能变了。";
    c(Language::ZH_HANS, [" 17377872077（微信同号）", " 13824120136", " 13169606923（微信同号）", chinese]);
}

#[test]
fn a_fee_that_equals_the_subsidy_is_said_to_be_another_thing() {
    let sentences = ["只是碰巧", "只是碰巧", "happen to be the same sum"];
    let c = |member, expected| {
        let others = format!("years-worked=12;insurance=zhuhai-employee;employer-member={member}");
        for ((text, explained), sentence) in explained("2025-05-10", ENROL, &others).into_iter().zip(sentences) {
            let plain = explained.plain(text, "", "");
            assert_eq!(plain.contains(sentence), expected, "member {member}:\n{plain}");
        }
    };
    c("yes", true);
    c("no", false);
}
