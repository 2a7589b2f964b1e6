//! The browser versions with which the end-to-end tests last passed: browsers are updated independently of this
//! project.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::setup::Engine;

/// The full names of browsers with their versions, by the engine's name.
type Versions = BTreeMap<String, String>;

/// Prints the installed version, and the version with which the tests last passed if it differs.
pub fn report(root: &Path, engine: Engine) -> Result<()> {
    let here = engine.version()?;
    match other(&here, read(root)?.get(engine.name())) {
        None => println!("  {}: {here}", engine.name()),
        Some(passed) => println!("  {}: {here}; the tests last passed with {passed}", engine.name()),
    }
    Ok(())
}

/// Returns an explanation for a failure of the tests in an engine.
pub fn explain_failure(root: &Path, engine: Engine) -> String {
    let (Ok(here), Ok(versions)) = (engine.version(), read(root)) else { return format!("in {}", engine.name()) };
    match other(&here, versions.get(engine.name())) {
        None => format!("in {here}, with which the tests have passed before"),
        Some(passed) => format!(
            "in {here}. The tests last passed with {passed}: where nothing else has changed, look at what is new in the browser"
        ),
    }
}

/// Records that all tests have passed with the installed version.
pub fn passed(root: &Path, engine: Engine) -> Result<()> {
    let mut versions = read(root)?;
    let here = engine.version()?;
    if versions.insert(engine.name().to_owned(), here.clone()).as_ref() == Some(&here) {
        return Ok(());
    }
    let text: String = versions.iter().map(|(engine, version)| format!("{engine} = \"{version}\"\n")).collect();
    let file = file(root);
    fs::write(&file, format!("{HEAD}{text}")).with_context(|| format!("cannot write {}", file.display()))
}

const HEAD: &str = "# The browsers that all end-to-end tests last passed with. Written by `cargo xtask test`.\n";

/// Returns the version with which the tests passed, if it differs from the installed one.
fn other<'a>(here: &str, passed: Option<&'a String>) -> Option<&'a str> {
    passed.map(String::as_str).filter(|passed| *passed != here)
}

fn read(root: &Path) -> Result<Versions> {
    let file = file(root);
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is no list of engines and versions", file.display()))
}

fn file(root: &Path) -> PathBuf {
    root.join("tests/e2e/browsers.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_version_is_told() {
        let passed = "Chromium 156.0.8078.73".to_owned();
        let c = |here: &str, passed: Option<&String>, expected| assert_eq!(other(here, passed), expected);
        c("Chromium 156.0.8078.73", Some(&passed), None);
        c("Chromium 157.0.1.1", Some(&passed), Some("Chromium 156.0.8078.73"));
        c("Chromium 157.0.1.1", None, None);
        assert!(read(&crate::root()).unwrap().contains_key("chromium"));
    }
}
