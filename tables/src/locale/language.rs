//! What a file of `locales/` says about its language, in the block `[language]`: everything that the page and the scripts
//! need to know of a language, so that a new one is a new file.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Deserialize;
use toml::Spanned;

use super::FIRST;
use crate::{
    bilingual::{Bilingual, bilingual},
    read::file::{Block, Place, Reader, leak},
};

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
            let what = bilingual!("`{id}` is no language tag", "`{id}` 不是语言标签");
            reader.error(
                language.at,
                what,
                bilingual!(
                    "Name the file as browsers name the language: pt.toml, zh-Hant.toml",
                    "文件名要和浏览器里这种语言的名称一样：pt.toml, zh-Hant.toml"
                ),
            );
        }
        let Some(block) = reader.part(file, "language") else {
            reader.error(
                language.at,
                bilingual!("the file says nothing about its language", "文件里没有写这是什么语言"),
                bilingual!(
                    "Begin it with a block [language]; rules/README.md shows what stands there",
                    "在开头写 [language] 块；写法见别的语言文件"
                ),
            );
            return language;
        };
        language.at = block.place();
        let Some(written) = reader.read::<WrittenLanguage>(block) else { return language };
        let at = language.at;
        for tag in written.tags.iter().chain(&written.column).filter(|tag| !is_tag(tag.get_ref())) {
            let what = bilingual!("`{}` is no language tag in small letters", "`{}` 不是小写的语言标签", tag.get_ref());
            reader.error(
                at.at(tag),
                what,
                bilingual!("Write letters, digits and hyphens: \"zh-hk\"", "只写字母、数字和连字符：\"zh-hk\""),
            );
        }
        for tag in written.tags {
            if language.tags.contains(tag.get_ref()) {
                let what = bilingual!("`{id}` has the tag `{}` already", "`{id}` 已经有标签 `{}`", tag.get_ref());
                reader.error(
                    at.at(&tag),
                    what,
                    bilingual!(
                        "Leave it out; the name of the file is a tag by itself",
                        "去掉它；文件名本身就是一个标签"
                    ),
                );
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
            let others = language.is_for_others.then(|| bilingual!("for-others = true", "for-others = true 这一项"));
            let order = language.order.map(|order| bilingual!("order = {order}", "order = {order} 这一项"));
            let tags = language.tags.iter().map(|tag| bilingual!("the tag `{tag}`", "标签 `{tag}` 这一项"));
            let column = bilingual!("the column `{}`", "列 `{}` 这一项", language.column);
            for what in tags.chain([column]).chain(others).chain(order) {
                if let Some(other) = claimed.insert(what.clone(), language.id) {
                    let Bilingual { english, chinese } = what;
                    let what =
                        bilingual!("{english} stands in {other}.toml as well", "{chinese}在 {other}.toml 里也有");
                    reader.error(language.at, what, bilingual!("Only one language can have it", "只能有一种语言写它"));
                }
            }
        }
        let ordered = languages.iter().filter(|one| one.order.is_some());
        let first = ordered.clone().min_by_key(|one| one.order);
        if let (Some(first), Some(own)) = (first, ordered.clone().find(|one| one.id == FIRST))
            && first.order < own.order
        {
            let what = bilingual!(
                "{}.toml has a smaller order than {FIRST}.toml",
                "{}.toml 的 order 比 {FIRST}.toml 的小",
                first.id
            );
            reader.error(
                own.at,
                what,
                bilingual!(
                    "Give this language the smallest one: the page begins with it",
                    "这种语言的 order 要最小：页面先用它"
                ),
            );
        }
    }
}

/// Whether a text has the form of a language tag in small letters.
fn is_tag(text: &str) -> bool {
    let is_subtag =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('-').all(is_subtag)
}
