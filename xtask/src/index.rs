//! `index.html`: the template filled with wording and contacts, so that both stand in one place only.

use std::fmt::Write as _;

use anyhow::{Result, anyhow};
use tables::Set;

/// The language the page is written in before the program runs.
const LANGUAGE: &str = "zh-Hans";

/// Puts `{{contacts}}` and the messages into the page.
pub fn fill(page: &str, set: &Set) -> Result<String> {
    let page = page.replace("{{contacts}}", &contacts(set));
    set.languages.fill(LANGUAGE, &page).map_err(|key| {
        anyhow!("index.html: `{{{{{key}}}}}` is no message without arguments. Write a key of locales/{LANGUAGE}.toml")
    })
}

/// Whom to ask about the last class there is.
fn contacts(set: &Set) -> String {
    let contacts = set.tables.courses.last().map_or(&[][..], |course| course.contacts);
    let mut list = String::from("<ul>");
    for contact in contacts {
        let (office, person, phone) = (contact.office, contact.person, contact.phone);
        let _ = write!(list, "<li>{office} {person} <a href=\"tel:{phone}\">{phone}</a></li>");
    }
    list + "</ul>"
}
