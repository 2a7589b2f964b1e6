//! The script with which other websites' pages show the checker in a frame.
//!
//! It is requested by its name and is not part of the page; the frame's title is wording and comes from `locales/`.

use anyhow::Result;
use tables::Set;

use crate::{index, template};

/// The script's name in `public/` and `dist/`. It never changes, because other websites' pages refer to it.
pub const FILE: &str = "embed.js";

/// Inserts the titles of the frame into the script, by language.
pub fn fill(text: &str, set: &Set) -> Result<String> {
    let title = |language: &str| Ok((language.to_owned(), index::said(set, language, "offline.name")?.into()));
    let titles = set.languages.ids().map(title).collect::<Result<serde_json::Map<_, _>>>()?;
    template::fill(&format!("public/{FILE}"), text, &[("titles", serde_json::to_string(&titles)?)])
}
