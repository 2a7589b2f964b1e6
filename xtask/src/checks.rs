//! `cargo xtask test`: everything a change must pass, one step after the other.
//!
//! The cheap steps come first, so that a slip is found in seconds. The end-to-end tests come last
//! and nothing is printed after them: a run ends with the lines of the test runner.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::dist::{self, Profile};
use crate::settings::Settings;
use crate::setup::{self, Engine};
use crate::{cargo, packages, rules, weight};

#[derive(clap::Args)]
pub struct Checks {
    /// The one engine of the end-to-end tests; all of them if it isn't given
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Also run the tests that take long (those marked `#[ignore]`)
    #[arg(long)]
    long: bool,
    /// Only tests whose name contains one of these; format and lints are left out
    filter: Vec<String>,
}

pub fn run(root: &Path, options: &Checks) -> Result<()> {
    let mut steps = Steps::default();
    let cargo = |arguments: &[&str]| cargo::run(root, arguments, &[]);
    let mut tail: Vec<&str> = vec!["--"];
    tail.extend(options.long.then_some("--include-ignored"));
    tail.extend(options.filter.iter().map(String::as_str));

    let mut engines = Vec::new();
    steps.run("set-up", || {
        setup::wasm_target(root)?;
        setup::components(root)?;
        setup::install_letters();
        setup::install_npm()?;
        for package in
            [packages::AXE, packages::TYPESCRIPT, packages::ACORN, packages::CSS_TREE, packages::COMPATIBILITY]
        {
            package.folder()?;
        }
        engines = engines_there(root, options.engine)?;
        Ok(())
    })?;
    if options.filter.is_empty() {
        steps.run("format", || cargo(&["fmt", "--all", "--check"]))?;
        steps.run("tables", || rules::run(root))?;
        // Not with the page: natively Leptos would be built for nothing.
        let others = ["clippy", "--workspace", "--exclude", "subsidy-checker", "--all-targets", "--", "-D", "warnings"];
        steps.run("clippy, native", || cargo(&others))?;
        for (name, features) in ALONE {
            steps.run(&format!("clippy, {name}"), || {
                let package = ["clippy", "--package", "subsidy-checker", "--all-targets", "--no-default-features"];
                cargo(&[&package[..], features, &["--", "-D", "warnings"]].concat())
            })?;
        }
        for (name, program) in [("web", "page"), ("engine", "engine")] {
            steps.run(&format!("clippy, Wasm, {name}"), || {
                let package = ["clippy", "--package", "subsidy-checker", "--target", "wasm32-unknown-unknown"];
                let alone = ["--no-default-features", "--features", name, "--lib", "--bin", program];
                cargo(&[&package[..], &alone, &["--", "-D", "warnings"]].concat())
            })?;
        }
        steps.run("no browser below the page", || core_has_no_browser(root))?;
    }
    // The rules' own tests only once, with the command line, which is the build that has all of them.
    steps.run("native tests", || cargo(&[&["test"], &OTHERS[..], &["--lib"], &tail[..]].concat()))?;
    for (name, features) in ALONE {
        steps.run(&format!("native tests, {name}"), || {
            let package = ["test", "--package", "subsidy-checker", "--no-default-features"];
            let only: &[&str] = if features.is_empty() { &["--lib"] } else { &[] };
            // The proofs say how many people, combinations and ways they went through.
            cargo(&[&package[..], features, only, &tail[..], &["--show-output"]].concat())
        })?;
    }
    steps.run("page", || dist::run(root, Profile::Web, &Settings::default()).map(drop))?;
    steps.run("crates in the page", || weight::check(root))?;
    let Some((last, others)) = engines.split_last() else { bail!("there is no engine to test in") };
    let end_to_end = |engine: Engine| {
        // Two browsers at a time: each takes a core.
        let environment = [("E2E_ENGINE", engine.name()), ("RUST_TEST_THREADS", "2")];
        cargo::run(root, [&["test"], &OTHERS[..], &["--test", "browsers"], &tail[..]].concat(), &environment)
    };
    for engine in others {
        steps.run(&format!("end to end, {}", engine.name()), || end_to_end(*engine))?;
    }
    steps.summary();
    steps.run_last(&format!("end to end, {}", last.name()), || end_to_end(*last))
}

/// The engines to test in, with their versions told. One that can't be had is left out, but not where a change is judged.
fn engines_there(root: &Path, only: Option<Engine>) -> Result<Vec<Engine>> {
    let wanted = only.map_or(Engine::ALL.to_vec(), |engine| vec![engine]);
    let mut there = Vec::new();
    for engine in wanted {
        match engine.install(root).and_then(|()| engine.version()) {
            Ok(version) => {
                println!("  {}: {version}", engine.name());
                there.push(engine);
            }
            Err(error) if only.is_some() || std::env::var_os("CI").is_some() => return Err(error),
            Err(error) => println!("  {} is left out: {error:#}", engine.name()),
        }
    }
    Ok(there)
}

/// What isn't the checker itself, always named together: cargo builds what several of them need with what all of those named want
/// of it, and would build it again for each other set of names.
const OTHERS: [&str; 6] = ["--package", "tables", "--package", "xtask", "--package", "e2e"];

/// The builds without the page, each alone.
const ALONE: [(&str, &[&str]); 2] = [("without features", &[]), ("command line", &["--features", "cli"])];

/// The core must build without anything of the browser.
fn core_has_no_browser(root: &Path) -> Result<()> {
    let tree = cargo::output(
        root,
        &[
            "tree",
            "--package",
            "subsidy-checker",
            "--no-default-features",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--target",
            "all",
        ],
    )?;
    for line in tree.lines() {
        let name = line.split(' ').next().unwrap_or("");
        if matches!(name, "leptos" | "web-sys" | "js-sys" | "wasm-bindgen" | "gloo-storage") {
            bail!(
                "without its default features the package still depends on {name}. Make the \
                 dependency that brings it optional, under the feature `web`"
            );
        }
    }
    Ok(())
}

/// The steps done so far and the time each took.
#[derive(Default)]
struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        let started = Instant::now();
        self.run_last(name, step)?;
        let taken = started.elapsed();
        println!("  {name}: {:.1} s", taken.as_secs_f32());
        self.done.push((name.to_owned(), taken));
        Ok(())
    }

    /// Like `run`, but silent after success.
    fn run_last(&self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("▸ {name}");
        step().with_context(|| format!("step `{name}`"))
    }

    fn summary(&self) {
        println!("▸ times so far");
        let mut total = Duration::ZERO;
        for (name, taken) in &self.done {
            println!("  {:>7.1} s  {name}", taken.as_secs_f32());
            total += *taken;
        }
        println!("  {:>7.1} s  together", total.as_secs_f32());
    }
}
