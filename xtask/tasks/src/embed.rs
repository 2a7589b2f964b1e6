//! The script with which other websites' pages show the checker in a frame.
//!
//! It is requested by its name and is not part of the page; the languages and the frame's titles come from `locales/`.

use anyhow::Result;
use serde_json::json;
use tables::{Language, Set};

use crate::{index, template};

/// The script's name in `public/` and `dist/`. It never changes, because other websites' pages refer to it.
pub const FILE: &str = "embed.js";

/// Inserts the languages into the script: the id, the tags that mean the language, and the frame's title.
pub fn fill(text: &str, set: &Set) -> Result<String> {
    let value = |language: &Language| {
        let title = index::said(set, language.id, "offline.name")?;
        Ok(json!({ "id": language.id, "tags": language.tags.join("|"), "title": title }))
    };
    let languages = set.languages.all().map(value).collect::<Result<Vec<_>>>()?;
    template::fill(&format!("public/{FILE}"), text, &[("languages", serde_json::to_string(&languages)?)])
}
