//! The page's one style sheet, put together from `style/`.
//!
//! The order is the cascade: later files may override earlier ones. It is written here and not
//! taken from the file names, so that a file cannot change the look by being renamed.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// The files of `style/`, in the order of the cascade. One that isn't there yet is left out.
const ORDER: [&str; 5] = ["tokens.css", "base.css", "controls.css", "pages.css", "print.css"];

/// Reads and joins the style files.
pub fn read(folder: &Path) -> Result<Vec<u8>> {
    for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !ORDER.contains(&name.as_ref()) {
            bail!(
                "style/{name} is not part of the page. Add it to the order in xtask/src/style.rs, \
                 or move its rules into one of {}",
                ORDER.join(", ")
            );
        }
    }
    let mut style = Vec::new();
    for name in ORDER {
        let file = folder.join(name);
        if file.exists() {
            style.extend(std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
            style.push(b'\n');
        }
    }
    Ok(style)
}
