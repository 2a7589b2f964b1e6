//! Checks the tables of `rules/` and `locales/` in seconds, without building the page.

use std::path::Path;

use anyhow::Result;

use xtask::cargo;

/// Reads and checks every table and reports all errors at once; then runs the worked examples and prints those with a
/// different result, and checks the tables for gaps, criteria that never decide and unnecessary questions. Both need
/// the program's core, so they are tests of the core, built without the page.
pub fn run(root: &Path) -> Result<()> {
    let set = tables::read(root)?;
    println!("the tables are well-formed: version {}", set.tables.version);
    let tests = ["--", "worked_examples", "the_tables_are_sound", "--nocapture"];
    Ok(cargo::run(root, ["test", "--quiet", "--no-default-features", "--test", "rules"].into_iter().chain(tests), &[])?)
}
