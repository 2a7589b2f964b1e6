//! Checks the tables of `rules/` and `locales/` in seconds, without building the page.

use std::path::Path;

use anyhow::Result;

use crate::cargo;

/// Reads and checks every table, all errors at once; then runs the worked examples and prints those whose result is
/// another than they say. The examples need the program's core, so they are a test of it, built without the page.
pub fn run(root: &Path) -> Result<()> {
    let set = tables::read(root)?;
    println!("the tables are well-formed: version {}", set.tables.version);
    let examples =
        ["test", "--quiet", "--no-default-features", "--test", "rules", "worked_examples", "--", "--nocapture"];
    cargo::run(root, examples.map(String::from), &[])
}
