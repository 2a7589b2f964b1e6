//! Cargo called from a program that cargo itself has started.
//!
//! `cargo run` describes the package it runs in the environment; an inner cargo must not inherit
//! that, or build scripts that look at it run again and again. What the person has set
//! (`CARGO_TARGET_DIR`, `RUSTFLAGS`, `CARGO_TERM_*`) stays.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The same cargo that runs this program, in `root`.
pub fn command(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        if describes_a_package(&name) {
            command.env_remove(&name);
        }
    }
    command
}

fn describes_a_package(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    name.starts_with("CARGO_PKG_")
        || matches!(
            name,
            "CARGO_MANIFEST_DIR"
                | "CARGO_MANIFEST_PATH"
                | "CARGO_CRATE_NAME"
                | "CARGO_BIN_NAME"
                | "CARGO_PRIMARY_PACKAGE"
                | "CARGO_TARGET_TMPDIR"
                | "OUT_DIR"
        )
}

/// Runs cargo with all its output visible.
pub fn run<S: AsRef<OsStr>>(
    root: &Path,
    arguments: impl IntoIterator<Item = S>,
    environment: &[(&str, &str)],
) -> Result<()> {
    let mut command = command(root);
    command.args(arguments).envs(environment.iter().copied());
    let status = command.status().context("cargo does not start")?;
    if !status.success() {
        bail!("`{}` failed; its messages are above", words(&command));
    }
    Ok(())
}

/// Runs cargo and returns what it prints on standard output.
pub fn output(root: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = command(root);
    command.args(arguments).stderr(Stdio::inherit());
    let output = command.output().context("cargo does not start")?;
    if !output.status.success() {
        bail!("`{}` failed; its messages are above", words(&command));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What is built as Wasm: its name, and what cargo has to be told to build it and nothing else.
pub struct Product {
    pub name: &'static str,
    pub arguments: &'static [&'static str],
    /// What is to be split must tell what it refers to.
    pub relocations: bool,
}

/// Builds a product of the package as Wasm, and says where cargo has put it.
///
/// The place is cargo's own answer: it depends on the profile, the target folder and the person's
/// configuration.
pub fn build_wasm(root: &Path, profile: &str, product: &Product) -> Result<PathBuf> {
    let &Product { name, arguments, relocations } = product;
    let mut command = command(root);
    command
        .args(["rustc", "--profile", profile, "--target", "wasm32-unknown-unknown", "--no-default-features"])
        .args(arguments)
        .args(["--message-format", "json-render-diagnostics"])
        .args(["--config", &without_local_paths(root)?])
        .args(if relocations { &["--", "-Clink-args=--emit-relocs"][..] } else { &[] })
        .stdout(Stdio::piped());
    let mut child = command.spawn().context("cargo does not start")?;
    let messages = child.stdout.take().context("cargo has no standard output")?;
    let mut built = None;
    for line in BufReader::new(messages).lines() {
        let line = line?;
        let Ok(message) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        if message["reason"] == "compiler-artifact"
            && message["target"]["name"] == name
            && let Some(file) = message["filenames"][0].as_str()
        {
            built = Some(PathBuf::from(file));
        }
    }
    if !child.wait()?.success() {
        bail!("{name} does not build as Wasm; the messages are above");
    }
    built.with_context(|| format!("cargo built {name} but did not say where"))
}

/// Configuration that keeps this machine's folders out of the page.
///
/// Panic messages name source files. With the folders they would cost bytes, tell who has built the page, and give the
/// same source another hash on every machine.
fn without_local_paths(root: &Path) -> Result<String> {
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    remap(root, "");
    let registries = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .map(|home| home.join("registry").join("src"));
    if let Some(registries) = registries
        && let Ok(entries) = registries.read_dir()
    {
        entries.flatten().for_each(|entry| remap(&entry.path(), ""));
    }
    // Where the standard library's source is installed, the compiler names it there and not as everywhere else.
    let sysroot = rustc(root, &["--print", "sysroot"])?;
    let version = rustc(root, &["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.context("rustc doesn't say which commit it is of")?;
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), &format!("/rustc/{commit}"));
    // A list of strings is the same in JSON and in TOML.
    Ok(format!("target.wasm32-unknown-unknown.rustflags={}", serde_json::json!(flags)))
}

/// What the compiler says of itself.
fn rustc(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("rustc").args(arguments).current_dir(root).output().context("rustc does not start")?;
    Ok(String::from_utf8(output.stdout)?)
}

/// The command as somebody would type it, for messages.
fn words(command: &Command) -> String {
    let mut words = String::from("cargo");
    for argument in command.get_args() {
        words.push(' ');
        words.push_str(&argument.to_string_lossy());
    }
    words
}
