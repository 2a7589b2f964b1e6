//! The script by which other people's pages show the checker in a frame.
//!
//! Asked for by its name and no part of the page; what it calls a frame is wording, and comes from `locales/`.

use anyhow::Result;
use tables::Set;

use crate::{index, template};

/// Its name, in `public/` and in `dist/`: the same for ever, because it stands on other people's pages.
pub const FILE: &str = "embed.js";

/// Puts the titles of frames into the script, by language.
pub fn fill(text: &str, set: &Set) -> Result<String> {
    let title = |language: &str| Ok((language.to_owned(), index::said(set, language, "offline.name")?.into()));
    let titles = set.languages.ids().map(title).collect::<Result<serde_json::Map<_, _>>>()?;
    template::fill(&format!("public/{FILE}"), text, &[("titles", serde_json::to_string(&titles)?)])
}
