//! `index.html`: the template filled with wording, contacts and the essentials of the rules, so that each has one
//! source only. It is all that people can read where the program can't run.
//!
//! The template iterates over `languages`, each with its `id`, the `tags` that mean it, whether it is `for_others`, its
//! `essentials` and its messages by key (`language.start.title`); `first` is the first of them. `address`, `operator` and `icp` are the build's settings.
//! `inside` exists only in the single file and holds the embedded files. `file('style.css')` returns the published name
//! of a file.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use minijinja::{Error, ErrorKind, Value, context};
use tables::Set;

use crate::essentials;
use crate::settings::Settings;
use crate::single::{self, Inside};
use crate::template;

/// Fills the template, as the page of a folder or as the single file. `published` maps each file's plain name to its
/// published name.
pub fn fill(
    page: &str,
    set: &Set,
    settings: &Settings,
    published: &BTreeMap<String, String>,
    inside: Option<&Inside>,
) -> Result<String> {
    let mut languages = Vec::new();
    for about in set.languages.all() {
        let language = about.id;
        let mut own = messages(set, language);
        own.insert("id".to_owned(), language.into());
        own.insert("tags".to_owned(), about.tags.join("|").into());
        own.insert("for_others".to_owned(), about.is_for_others.into());
        own.insert("essentials".to_owned(), essentials::value(set, language)?);
        for (name, file) in [("text", format!("{language}.text")), ("later_text", format!("{language}.later.text"))] {
            if let Some(text) = inside.and_then(|inside| inside.texts.get(&file)) {
                own.insert(name.to_owned(), Value::from_safe_string(text.clone()));
            }
        }
        languages.push(Value::from(own));
    }
    let mut environment = template::environment()?;
    let names = published.clone();
    environment.add_function("file", move |name: &str| -> Result<Value, Error> {
        let published = names.get(name).map(|name| Value::from_safe_string(name.clone()));
        published.ok_or_else(|| {
            let known: Vec<_> = names.keys().map(String::as_str).collect();
            let message =
                format!("`{name}` is no file of the page. Write one of {}, or put it into public/", known.join(", "));
            Error::new(ErrorKind::InvalidOperation, message)
        })
    });
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
            inside => inside.map(Inside::value),
        },
    );
    let filled = filled.context(
        "the page can't be filled. Messages stand in locales/, under `language` or `first`; see index.rs of the tasks",
    )?;
    for name in published.keys() {
        if let Some(before) = filled.find(&format!("=\"{name}\"")) {
            let line = 1 + filled[..before].matches('\n').count();
            bail!(
                "line {line} of the filled index.html asks for \"{name}\". Write \"{{{{ file('{name}') }}}}\", its published name"
            );
        }
    }
    Ok(filled)
}

/// Returns a message without arguments in a language.
pub fn said(set: &Set, language: &str, key: &str) -> Result<String> {
    let message = set.languages.message(key);
    let said = message.and_then(|message| set.languages.say(language, message, |_| None));
    said.with_context(|| format!("`{key}` is no message without arguments. Write one in locales/{language}.toml"))
}

/// Returns the messages without arguments, by section and name of their keys.
fn messages(set: &Set, language: &str) -> BTreeMap<String, Value> {
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for key in set.languages.keys() {
        if let (Some((section, name)), Ok(said)) = (key.split_once('.'), said(set, language, key)) {
            sections.entry(section.to_owned()).or_default().insert(name.to_owned(), said);
        }
    }
    sections.into_iter().map(|(section, all)| (section, Value::from(all))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(page: &str, settings: &Settings) -> Result<String> {
        let published = [("a.js", "a.e3b0c44298.js")].map(|(name, published)| (name.to_owned(), published.to_owned()));
        fill(page, &tables::read(&crate::root())?, settings, &published.into(), None)
    }

    #[test]
    fn each_language_has_its_own() {
        let page = "<title>{{ first.plain.language }}</title>\n{% for language in languages %}\n<p lang=\"{{ language.id }}\">{{ language.tags }} {{ language.for_others }} {{ language.plain.language }}</p>\n{% endfor %}\n";
        let expected = "<title>简体</title>\n<p lang=\"zh-Hans\">zh-hans|zho|zh False 简体</p>\n\
                        <p lang=\"zh-Hant\">zh-hant|zh-tw|zh-hk|zh-mo False 繁體</p>\n<p lang=\"en\">eng|en True English</p>";
        let filled = filled(page, &Settings::default()).unwrap();
        assert!(filled.starts_with(expected), "{filled}");
    }

    #[test]
    fn settings_are_told_where_there_are_any_and_cannot_break_the_page() {
        let page = "{% if operator %}<p>{{ operator }}</p>{% endif %}{% if inside %}file{% endif %}";
        assert_eq!(filled(page, &Settings::default()).unwrap(), "");
        let settings = Settings { operator: Some("<b>&\"".to_owned()), ..Settings::default() };
        assert_eq!(filled(page, &settings).unwrap(), "<p>&lt;b&gt;&amp;&quot;</p>");
    }

    #[test]
    fn files_are_asked_for_by_their_published_names() {
        let c = |page: &str| filled(page, &Settings::default()).map_err(|error| format!("{error:#}"));
        assert_eq!(c("<script src=\"{{ file('a.js') }}\">").unwrap(), "<script src=\"a.e3b0c44298.js\">");
        let lost = c("\n<script src=\"{{ file('lost.js') }}\">").unwrap_err();
        assert!(
            lost.contains("index.html:2") && lost.contains("`lost.js` is no file of the page. Write one of a.js"),
            "{lost}"
        );
        let plain = c("\n<script src=\"a.js\">").unwrap_err();
        assert!(plain.contains("line 2 of the filled index.html asks for \"a.js\""), "{plain}");
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
