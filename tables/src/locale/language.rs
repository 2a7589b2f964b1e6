//! What a file of `locales/` says about its language, in the block `[language]`: everything that the page and the scripts
//! need to know of a language, so that a new one is a new file.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Deserialize;
use toml::Spanned;

use super::FIRST;
use crate::read::file::{Block, Place, Reader, leak};

/// A language of the page.
#[derive(Clone)]
pub struct Language {
    /// The name of its file in `locales/`, which is the language tag of the page (`zh-Hans`).
    pub id: &'static str,
    /// The language tags that mean this language, alone or with more subtags behind them: the longest first, in lower
    /// case. The id is one of them.
    pub tags: Vec<String>,
    /// Whether people who read none of the languages get this one.
    pub is_for_others: bool,
    /// The ending of the columns with names in this language: `en` of `name-en`.
    pub(super) column: String,
    /// Whether names of the tables are shown with the official name behind them.
    pub(super) has_official_names: bool,
    /// The place among the languages that people choose from.
    pub(super) order: Option<u16>,
    /// The position of the block, for errors.
    at: Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenLanguage {
    order: u16,
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    column: Option<Spanned<String>>,
    #[serde(default)]
    official_names: bool,
    #[serde(default)]
    for_others: bool,
}

impl Language {
    /// Creates a language of which nothing is known but its file.
    pub(super) fn named(id: &'static str, at: Place) -> Language {
        let own = id.to_ascii_lowercase();
        let tags = vec![own.clone()];
        Language { id, tags, is_for_others: false, column: own, has_official_names: false, order: None, at }
    }

    /// Takes the block `[language]` out of a file and reads it. What is wrong is reported and left out.
    pub(super) fn read(reader: &mut Reader, file: &mut Block) -> Language {
        let id = file.file.trim_start_matches("locales/").trim_end_matches(".toml");
        let mut language = Language::named(leak(id), Place { file: file.file, offset: 0 });
        if !is_tag(&language.column) {
            let what = format!("`{id}` is no language tag");
            reader.error(language.at, what, "Name the file as browsers name the language: pt.toml, zh-Hant.toml");
        }
        let Some(block) = reader.part(file, "language") else {
            let what = "the file says nothing about its language";
            reader.error(
                language.at,
                what,
                "Begin it with a block [language]; rules/README.md shows what stands there",
            );
            return language;
        };
        language.at = block.place();
        let Some(written) = reader.read::<WrittenLanguage>(block) else { return language };
        let at = language.at;
        for tag in written.tags.iter().chain(&written.column).filter(|tag| !is_tag(tag.get_ref())) {
            let what = format!("`{}` is no language tag in small letters", tag.get_ref());
            reader.error(at.at(tag), what, "Write letters, digits and hyphens: \"zh-hk\"");
        }
        for tag in written.tags {
            if language.tags.contains(tag.get_ref()) {
                let what = format!("`{id}` has the tag `{}` already", tag.get_ref());
                reader.error(at.at(&tag), what, "Leave it out; the name of the file is a tag by itself");
            } else {
                language.tags.push(tag.into_inner());
            }
        }
        language.tags.sort_by_key(|tag| Reverse(tag.len()));
        language.column = written.column.map_or(language.column, Spanned::into_inner);
        language.is_for_others = written.for_others;
        language.has_official_names = written.official_names;
        language.order = Some(written.order);
        language
    }

    /// Reports what several languages claim and only one can have.
    pub(super) fn compare(reader: &mut Reader, languages: &[&Language]) {
        let mut claimed = BTreeMap::new();
        for language in languages {
            let others = language.is_for_others.then(|| "for-others = true".to_owned());
            let order = language.order.map(|order| format!("order = {order}"));
            let tags = language.tags.iter().map(|tag| format!("the tag `{tag}`"));
            for what in tags.chain([format!("the column `{}`", language.column)]).chain(others).chain(order) {
                if let Some(other) = claimed.insert(what.clone(), language.id) {
                    let what = format!("{what} stands in {other}.toml as well");
                    reader.error(language.at, what, "Only one language can have it");
                }
            }
        }
        let ordered = languages.iter().filter(|one| one.order.is_some());
        let first = ordered.clone().min_by_key(|one| one.order);
        if let (Some(first), Some(own)) = (first, ordered.clone().find(|one| one.id == FIRST))
            && first.order < own.order
        {
            let what = format!("{}.toml has a smaller order than {FIRST}.toml", first.id);
            reader.error(own.at, what, "Give this language the smallest one: the page begins with it");
        }
    }
}

/// Whether a text has the form of a language tag in small letters.
fn is_tag(text: &str) -> bool {
    let is_subtag =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('-').all(is_subtag)
}
