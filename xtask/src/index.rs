//! `index.html`: the template filled with wording, contacts and the essentials of the rules, so that each stands in one
//! place only. It is all there is to read where the program can't run.
//!
//! `{{key}}` is a message, `{{language}}` the id of its language, `{{essentials}}` what `essentials` writes; what stands
//! between `{{each language}}` and `{{end}}` stands there once for each, the first language everywhere else.

use anyhow::{Result, anyhow};
use tables::Set;

use crate::essentials;

pub fn fill(page: &str, set: &Set) -> Result<String> {
    let first = set.languages.ids().next().unwrap_or_default();
    let mut parts = page.split("{{each language}}");
    let mut filled = in_language(set, first, parts.next().unwrap_or_default())?;
    for part in parts {
        let (each, rest) = part
            .split_once("{{end}}")
            .ok_or_else(|| anyhow!("index.html: `{{{{each language}}}}` has no end. Write `{{{{end}}}}` behind it"))?;
        for language in set.languages.ids() {
            filled += in_language(set, language, each.trim_start())?.as_str();
        }
        filled += in_language(set, first, rest.trim_start())?.as_str();
    }
    Ok(filled)
}

fn in_language(set: &Set, language: &str, page: &str) -> Result<String> {
    let mut parts = page.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (key, rest) = part.split_once("}}").unwrap_or((part, ""));
        filled += &match key {
            "language" => language.to_owned(),
            "essentials" => essentials::html(set, language)?,
            key => {
                let message = set.languages.message(key);
                let said = message.and_then(|message| set.languages.say(language, message, |_| None));
                escape(&said.ok_or_else(|| {
                    anyhow!("index.html: `{{{{{key}}}}}` is no message without arguments. Write a key of locales/{language}.toml")
                })?)
            }
        };
        filled += rest;
    }
    Ok(filled)
}

/// Safe between tags and in quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(page: &str) -> Result<String> {
        fill(page, &tables::read(&crate::root())?)
    }

    #[test]
    fn each_language_has_its_own() {
        let page = "<title>{{plain.language}}</title>{{each language}}\n<p lang=\"{{language}}\">{{plain.language}}</p>\n{{end}}\n{{plain.language}}";
        let expected = "<title>简体</title><p lang=\"zh-Hans\">简体</p>\n<p lang=\"zh-Hant\">繁體</p>\n<p lang=\"en\">English</p>\n简体";
        assert_eq!(filled(page).unwrap(), expected);
    }

    #[test]
    fn what_is_no_message_is_named() {
        let error = |page: &str| filled(page).unwrap_err().to_string();
        assert!(error("{{nothing.there}}").contains("`{{nothing.there}}` is no message"));
        assert!(error("{{each language}} {{language}}").contains("has no end"));
        assert!(error("{{result.met}}").contains("`{{result.met}}` is no message without arguments"));
    }
}
