//! `index.html`: the template filled with wording, contacts and the essentials of the rules, so that each stands in one
//! place only. It is all there is to read where the program can't run.
//!
//! `languages` are gone through, each with its `id`, its `essentials` and its messages by their keys (`language.start.title`);
//! `first` is the first of them. `address`, `operator` and `icp` are the build's settings. `file` is only there in the page
//! that is one file: what has to stand within it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig};
use tables::Set;

use crate::essentials;
use crate::settings::Settings;
use crate::single::{self, Inside};

/// Fills the template: as the page of a folder, or with everything inside.
pub fn fill(page: &str, set: &Set, settings: &Settings, inside: Option<&Inside>) -> Result<String> {
    let mut languages = Vec::new();
    for language in set.languages.ids() {
        let mut own = messages(set, language);
        own.insert("id".to_owned(), language.into());
        own.insert("essentials".to_owned(), Value::from_safe_string(essentials::html(set, language)?));
        if let Some(text) = inside.and_then(|inside| inside.texts.get(language)) {
            own.insert("text".to_owned(), Value::from_safe_string(text.clone()));
        }
        languages.push(Value::from(own));
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A line with nothing but a tag leaves no line.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    let filled = environment.render_named_str(
        "index.html",
        page,
        context! {
            first => languages.first(),
            languages => languages,
            address => settings.address.clone(),
            code => settings.address.as_deref().map(single::code).transpose()?.map(Value::from_safe_string),
            operator => settings.operator.clone(),
            icp => settings.icp.clone(),
            file => inside.map(Inside::value),
        },
    );
    filled.context(
        "the page can't be filled. Messages stand in locales/, under `language` or `first`; see xtask/src/index.rs",
    )
}

/// What is said in a language without any argument.
pub fn said(set: &Set, language: &str, key: &str) -> Result<String> {
    let message = set.languages.message(key);
    let said = message.and_then(|message| set.languages.say(language, message, |_| None));
    said.with_context(|| format!("`{key}` is no message without arguments. Write one in locales/{language}.toml"))
}

/// Messages without arguments, by the two parts of their keys.
fn messages(set: &Set, language: &str) -> BTreeMap<String, Value> {
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for key in set.languages.keys() {
        if let (Some((section, name)), Ok(said)) = (key.split_once('.'), said(set, language, key)) {
            sections.entry(section.to_owned()).or_default().insert(name.to_owned(), said);
        }
    }
    sections.into_iter().map(|(section, all)| (section, Value::from(all))).collect()
}

/// Safe between tags and in quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(page: &str, settings: &Settings) -> Result<String> {
        fill(page, &tables::read(&crate::root())?, settings, None)
    }

    #[test]
    fn each_language_has_its_own() {
        let page = "<title>{{ first.plain.language }}</title>\n{% for language in languages %}\n<p lang=\"{{ language.id }}\">{{ language.plain.language }}</p>\n{% endfor %}\n";
        let expected = "<title>简体</title>\n<p lang=\"zh-Hans\">简体</p>\n<p lang=\"zh-Hant\">繁體</p>\n<p lang=\"en\">English</p>";
        assert_eq!(filled(page, &Settings::default()).unwrap().trim_end(), expected);
    }

    #[test]
    fn settings_are_told_where_there_are_any_and_cannot_break_the_page() {
        let page = "{% if operator %}<p>{{ operator }}</p>{% endif %}{% if file %}file{% endif %}";
        assert_eq!(filled(page, &Settings::default()).unwrap(), "");
        let settings = Settings { operator: Some("<b>&\"".to_owned()), ..Settings::default() };
        assert_eq!(filled(page, &settings).unwrap(), "<p>&lt;b&gt;&amp;&quot;</p>");
    }

    #[test]
    fn what_is_no_message_is_named_with_its_line() {
        let error = |page: &str| format!("{:#}", filled(page, &Settings::default()).unwrap_err());
        for wrong in [
            "\n{{ first.nothing.there }}",
            "\n{{ first.start.there }}",
            "\n{{ first.result.met }}",
            "\n{% for a in b %}",
        ] {
            let error = error(wrong);
            assert!(error.contains("index.html:2") && error.contains("locales/"), "{error}");
        }
    }
}
