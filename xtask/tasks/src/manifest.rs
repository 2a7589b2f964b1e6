//! The web app manifests, with which a browser puts the page on a home screen: one per language, because most browsers
//! take the name only from there.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::json;
use tables::Set;

use crate::{icons::ICONS, index};

/// Returns each language's manifest with its plain name. `published` maps the icons' names to the published ones.
pub fn files(set: &Set, published: &BTreeMap<String, String>) -> Result<Vec<(String, Vec<u8>)>> {
    let icon = |name: &str| published.get(name).with_context(|| format!("{name} isn't among the files"));
    let mut icons = vec![json!({ "src": icon("icon.svg")?, "sizes": "any", "type": "image/svg+xml" })];
    for one in &ICONS {
        let purpose = if one.filled { "maskable" } else { "any" };
        let sizes = format!("{0}x{0}", one.side);
        icons.push(json!({ "src": icon(one.name)?, "sizes": sizes, "type": "image/png", "purpose": purpose }));
    }
    let each = set.languages.ids().map(|language| {
        let manifest = json!({
            "name": index::said(set, language, "site.title")?,
            "short_name": index::said(set, language, "offline.name")?,
            "description": index::said(set, language, "start.intro")?,
            "lang": language,
            // The address is the same in all languages and relative: it is one page in any folder, and it is the app's
            // only id.
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            // The colours of the drawing and of the page in the light scheme.
            "theme_color": "#0b5cad",
            "background_color": "#ffffff",
            "icons": icons,
        });
        Ok((format!("{language}.webmanifest"), serde_json::to_vec(&manifest)?))
    });
    each.collect()
}
