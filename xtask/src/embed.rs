//! The script by which other people's pages show the checker in a frame.
//!
//! Asked for by its name and no part of the page; what it calls a frame is wording, and comes from `locales/`.

use anyhow::{Result, bail};
use tables::Set;

use crate::index;

/// Its name, in `public/` and in `dist/`: the same for ever, because it stands on other people's pages.
pub const FILE: &str = "embed.js";

const PLACE: &str = "{{titles}}";

/// Puts the titles of frames into the script, by language.
pub fn fill(template: &str, set: &Set) -> Result<String> {
    if template.matches(PLACE).count() != 1 {
        bail!("public/{FILE} has not just one `{PLACE}`. Write it once, where it is to be filled in");
    }
    let title = |language: &str| Ok((language.to_owned(), index::said(set, language, "offline.name")?.into()));
    let titles = set.languages.ids().map(title).collect::<Result<serde_json::Map<_, _>>>()?;
    Ok(template.replace(PLACE, &serde_json::to_string(&titles)?))
}
