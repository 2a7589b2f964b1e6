//! Checks the tables of `rules/` and `locales/` in seconds, without building the page, or shows the page with every change.

use std::path::Path;

use anyhow::{Result, bail};

use crate::serve::{self, Serve};
use xtask::cargo;

#[derive(clap::Args)]
pub struct Rules {
    /// Ask of each worked example that comes out otherwise whether that is right, and write those that are
    #[arg(long)]
    accept: bool,
    /// With --accept: don't ask, all are right. Each is shown all the same
    #[arg(long, requires = "accept")]
    yes: bool,
    /// Show the page, and show it again with every change some seconds later
    #[arg(long, conflicts_with = "accept")]
    watch: bool,
}

/// The command line is the build with which the tests of the rules run too.
const CORE: [&str; 5] = ["--quiet", "--package=subsidy-checker", "--no-default-features", "--features", "cli"];

/// Reads and checks every table and reports all errors at once; then runs the worked examples and shows those with a
/// different result, and checks the tables for gaps, criteria that never decide and unnecessary questions. Both need
/// the program's core, so they are programs of the core, built without the page.
pub fn run(root: &Path, options: &Rules) -> Result<()> {
    if options.watch {
        return serve::watch(root, &Serve::default());
    }
    let set = tables::read(root)?;
    println!("the tables are well-formed: version {}", set.tables.version);
    let accept = [options.accept.then_some("--accept"), options.yes.then_some("--yes")];
    let examples = [&["run"], &CORE[..], &["--bin", "checker", "--", "examples", "."]].concat();
    let as_stated = cargo::run(root, examples.into_iter().chain(accept.into_iter().flatten()), &[]);
    let tests = ["--", "the_tables_are_sound", "both_readings_agree_on_the_rules_as_they_are", "--nocapture"];
    cargo::run(root, [&["test"], &CORE[..], &["--test", "rules"], &tests].concat(), &[])?;
    if as_stated.is_err() {
        bail!("some worked examples don't come out as they say (above)");
    }
    Ok(())
}
