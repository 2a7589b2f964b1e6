//! `cargo xtask test`: everything a change must pass, step by step.
//!
//! The cheap steps come first, so that simple mistakes are found in seconds. The end-to-end tests come last and nothing
//! is printed after them, so a run ends with the lines of the test runner. Browsers are installed in parallel with the
//! other steps, because that waits for the network.

use std::path::Path;
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use xtask::{cargo, wasm};

use crate::dist::{self, Build};
use crate::settings::Settings;
use crate::setup::{self, Engine};
use crate::{browsers, packages, patience, readers, tried, weight};

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
    setup::components(root)?;
    let engines = options.engine.map_or(Engine::ALL.to_vec(), |engine| vec![engine]);
    let required = options.engine.is_some() || std::env::var_os("CI").is_some();
    std::thread::scope(|scope| {
        let set_up = scope.spawn(|| set_up(root, &engines, required, options.filter.is_empty()));
        all(root, options, &engines, set_up)
    })
}

/// The packages with native tests, always given together: cargo builds their common dependencies with the features that
/// all given packages need, and would build them again for any other set.
const NATIVE: [&str; 13] = [
    "--package",
    "subsidy-checker",
    "--package",
    "tables",
    "--package",
    "xtask",
    "--package",
    "tasks",
    "--package",
    "e2e",
    // The command line is the build that contains all tests of the rules.
    "--no-default-features",
    "--features",
    "subsidy-checker/cli",
];

/// The page's library without the final program, which is enough for lints.
const PAGE_LIBRARY: wasm::Program =
    wasm::Program { name: "subsidy_checker", arguments: &["--features", "web", "--lib"], relocations: false };

/// Makes the compiler lint the workspace's crates while compiling them. `cargo clippy` only checks, so the dependencies
/// would be compiled a second time for the tests.
const LINTS: [(&str, &str); 2] =
    [("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"), ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__")];

fn all(
    root: &Path,
    options: &Checks,
    engines: &[Engine],
    set_up: ScopedJoinHandle<'_, Result<Vec<Engine>>>,
) -> Result<()> {
    let everything = options.filter.is_empty();
    // The end-to-end tests drive a page with the tables of the tests. While these are those of `rules/`, it is the page
    // that is published; otherwise that page is built as well, for the tests that hold for any tables.
    let [own, frozen] = [Build::Release, Build::Frozen].map(|build| build.tables(root));
    let differ = own?.tables.version != frozen?.tables.version;
    let any_tables = differ
        && engines.contains(&Engine::Chromium)
        && (everything || options.filter.iter().any(|filter| filter.contains("any_tables")));
    let builds: &[Build] = match differ {
        false => &[Build::Release],
        true if everything || any_tables => &[Build::Release, Build::Frozen],
        true => &[Build::Frozen],
    };
    let mut steps = Steps::new(if everything { 8 } else { 3 } + builds.len() + usize::from(any_tables) + engines.len());
    let mut tail: Vec<&str> = vec!["--"];
    tail.extend(options.long.then_some("--include-ignored"));
    tail.extend(options.filter.iter().map(String::as_str));

    if everything {
        steps.run("format", 1, || Ok(cargo::run(root, ["fmt", "--all", "--check"], &[])?))?;
    }
    steps.run("lints and native tests, compiling", 180, || {
        let arguments = [&["test", "--no-run", "--lib", "--bins", "--tests", "--benches"], &NATIVE[..]].concat();
        Ok(cargo::run(root, arguments, &LINTS)?)
    })?;
    if everything {
        steps.run("lints of the page", 20, || {
            let mut command = wasm::compile(root, Build::Release.profile(), &PAGE_LIBRARY)?;
            let status = command.envs(LINTS).stdout(std::process::Stdio::null()).status()?;
            if status.success() { Ok(()) } else { Err(cargo::failed(&command).into()) }
        })?;
        steps.run("lints of the engine", 20, || {
            let packages =
                ["clippy", "--target", wasm::TARGET, "--package", "subsidy-checker", "--package", "evaluator"];
            let features =
                ["--no-default-features", "--features", "subsidy-checker/engine", "--lib", "--bin", "engine"];
            Ok(cargo::run(root, [&packages[..], &features, &["--", "-D", "warnings"]].concat(), &[])?)
        })?;
        steps.run("lints of the core alone", 10, || {
            let package = ["clippy", "--package", "subsidy-checker", "--lib", "--no-default-features"];
            cargo::run(root, [&package[..], &["--", "-D", "warnings"]].concat(), &[])?;
            core_has_no_browser(root)
        })?;
    }
    steps.run("native tests", 90, || {
        let tests = ["test", "--lib", "--bins", "--test", "rules", "--test", "outside"];
        // The proofs print how many people, combinations and variants they tested.
        Ok(cargo::run(root, [&tests, &NATIVE[..], &tail, &["--show-output"]].concat(), &LINTS)?)
    })?;
    if everything {
        steps.run("crates in the page", 1, || weight::check(root))?;
    }
    for build in builds {
        let name = if *build == Build::Frozen { "release with the tables of the tests" } else { "release" };
        steps.run(name, 60, || dist::run(root, *build, &Settings::default()).map(drop))?;
    }
    let mut there = Vec::new();
    steps.run("what was installed meanwhile", 1, || {
        there = set_up.join().map_err(|_| anyhow::anyhow!("installing has panicked"))??;
        Ok(())
    })?;
    let Some((last, others)) = there.split_last() else { bail!("there is no engine to test in") };
    let patience = patience::measure()?.to_string();
    let in_browser = |engine: Engine, tables: &[&str], tail: &[&str]| {
        // Two browsers run at a time, one per core.
        let environment = [("E2E_ENGINE", engine.name()), ("E2E_PATIENCE", &patience), ("RUST_TEST_THREADS", "2")];
        let tests = [&["test"], &NATIVE[..], tables, &["--test", "browsers"], tail].concat();
        cargo::run(root, tests, &[&LINTS[..], &environment].concat())
            .with_context(|| browsers::explain_failure(root, engine))
    };
    if any_tables && there.contains(&Engine::Chromium) {
        steps.run("the rules as they are, chromium", 30, || {
            in_browser(Engine::Chromium, &[], &["--", "any_tables::"])
        })?;
    }
    let frozen: &[&str] = if differ { &["--features", "e2e/frozen"] } else { &[] };
    let end_to_end = |engine: Engine| -> Result<()> {
        let mut tail = tail.clone();
        if everything {
            tried::begin(root, engine)?;
            tail.extend((engine != Engine::Chromium).then_some("every_engine::"));
        }
        in_browser(engine, frozen, &tail)?;
        if everything {
            tried::check(root, engine)?;
        }
        // In CI the record of versions is not changed.
        if everything && std::env::var_os("CI").is_none() { browsers::passed(root, engine) } else { Ok(()) }
    };
    for engine in others {
        steps.run(&format!("end to end, {}", engine.name()), 240, || end_to_end(*engine))?;
    }
    steps.summary();
    steps.run_last(&format!("end to end, {}", last.name()), 150, || end_to_end(*last))
}

/// Installs what the end-to-end tests need, and returns the engines to test in: one that can't be installed is left out
/// unless it is required. If only some tests run, those install what only they need. The readers of QR codes are
/// required only in CI.
fn set_up(root: &Path, engines: &[Engine], required: bool, everything: bool) -> Result<Vec<Engine>> {
    setup::install_letters();
    setup::install_npm()?;
    packages::CHECKS.install()?;
    match readers::set_up() {
        Err(error) if std::env::var_os("CI").is_some() => return Err(error),
        Err(error) => println!("  reading codes by readers of other makes is left out: {error:#}"),
        Ok(()) => {}
    }
    if everything && engines.contains(&Engine::Chromium) {
        packages::BUNDLERS.install()?;
        packages::VITE_7.install()?;
        packages::RUNTIMES.install()?;
    }
    let mut there = Vec::new();
    for engine in engines {
        match engine.install(root).and_then(|()| browsers::report(root, *engine)) {
            Ok(()) => there.push(*engine),
            Err(error) if required => return Err(error),
            Err(error) => println!("  {} is left out: {error:#}", engine.name()),
        }
    }
    Ok(there)
}

/// Checks that the core builds without any crate of the browser.
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

/// The steps done so far, with their times.
struct Steps {
    count: usize,
    done: Vec<(String, Duration)>,
}

impl Steps {
    fn new(count: usize) -> Steps {
        Steps { count, done: Vec::new() }
    }

    /// Runs a step; `usual` is the seconds it takes for a clean build on two cores.
    fn run(&mut self, name: &str, usual: u32, step: impl FnOnce() -> Result<()>) -> Result<()> {
        let started = Instant::now();
        self.run_last(name, usual, step)?;
        let taken = started.elapsed();
        println!("  {name}: {:.1} s", taken.as_secs_f32());
        self.done.push((name.to_owned(), taken));
        Ok(())
    }

    /// Like `run`, but prints nothing after success.
    fn run_last(&self, name: &str, usual: u32, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("▸ {} of {}: {name} (about {usual} s)", self.done.len() + 1, self.count);
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
