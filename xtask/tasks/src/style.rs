//! The page's one style sheet, joined from `style/`.
//!
//! The files are templates, which may iterate over the ids of the `languages`. The order of the files is the cascade: later files may override earlier ones. It is listed here and not taken from
//! the file names, so that renaming a file can't change the page's appearance.

use std::path::Path;

use anyhow::{Context, Result, bail};
use minijinja::{Value, context};
use tables::Set;

use crate::template;

/// The files of `style/`, in the order of the cascade. A missing file is skipped.
const ORDER: [&str; 5] = ["tokens.css", "base.css", "controls.css", "pages.css", "print.css"];

/// Reads, fills and joins the style files.
pub fn read(folder: &Path, set: &Set) -> Result<Vec<u8>> {
    for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !ORDER.contains(&name.as_ref()) {
            bail!(
                "style/{name} is not part of the page. Add it to the order in xtask/tasks/src/style.rs, \
                 or move its rules into one of {}",
                ORDER.join(", ")
            );
        }
    }
    let environment = template::environment()?;
    let languages = Value::from_iter(set.languages.ids());
    let mut style = String::new();
    for name in ORDER {
        let file = folder.join(name);
        if file.exists() {
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let filled = environment.render_named_str(
                &format!("style/{name}"),
                &text,
                context! { languages => languages.clone() },
            );
            style += &filled.with_context(|| format!("style/{name} can't be filled"))?;
            style.push('\n');
        }
    }
    Ok(style.into_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// Returns the colours of the tokens for the light and the dark theme.
    fn themes() -> [(&'static str, BTreeMap<String, [f64; 3]>); 2] {
        let tokens = std::fs::read_to_string(crate::root().join("style/tokens.css")).unwrap();
        let (light, rest) = tokens.split_once("@media (prefers-color-scheme: dark)").unwrap();
        let (dark, _) = rest.split_once("@media").unwrap();
        let light = colours(light);
        let mut both = light.clone();
        both.extend(colours(dark));
        [("light", light), ("dark", both)]
    }

    fn colours(css: &str) -> BTreeMap<String, [f64; 3]> {
        let declared = css.split(';').filter_map(|line| line.rsplit_once("--")?.1.split_once(':'));
        let colour = |value: &str| {
            let digits = value.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
            let part = |at: usize| Some(f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0);
            Some([part(0)?, part(2)?, part(4)?])
        };
        declared.filter_map(|(name, value)| Some((name.trim().to_owned(), colour(value)?))).collect()
    }

    /// Returns the relative luminance as defined by WCAG.
    fn luminance(colour: [f64; 3]) -> f64 {
        let [red, green, blue] =
            colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: [f64; 3], two: [f64; 3]) -> f64 {
        let (one, two) = (luminance(one), luminance(two));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    #[test]
    fn contrast_as_wcag_counts_it() {
        let c = |one: &str, two: &str| {
            let found = colours(&format!("--one: #{one}; --two: #{two};"));
            contrast(found["one"], found["two"])
        };
        assert!((c("000000", "ffffff") - 21.0).abs() < 1e-9);
        assert!((c("777777", "ffffff") - 4.478).abs() < 1e-3);
    }

    /// Checks the contrast of text on backgrounds, at least 4.5, and of field borders and the focus, at least 3.
    #[test]
    fn every_text_can_be_read_and_every_field_seen() {
        for (theme, colours) in themes() {
            let check = |front: &str, back: &str, least: f64| {
                let found = contrast(colours[front], colours[back]);
                assert!(least <= found, "{theme}: {front} on {back} has {found:.2}, less than {least}");
            };
            for back in ["ground", "surface", "tint"] {
                for front in ["text", "quiet", "accent"] {
                    check(front, back, 4.5);
                }
            }
            check("on-accent", "accent", 4.5);
            check("on-accent", "bad", 4.5);
            for state in ["good", "bad", "open"] {
                let tint = format!("{state}-tint");
                for (front, back) in [("text", tint.as_str()), (state, &tint), (state, "surface"), (state, "ground")] {
                    check(front, back, 4.5);
                }
                // Links and secondary text within a coloured section.
                check("accent", &tint, 4.5);
            }
            check("quiet", "surface", 3.0);
            check("accent", "ground", 3.0);
        }
    }
}
