//! The programs that are compiled to Wasm, and the command that compiles them.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cargo;

/// The compiler's name of the browsers' target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A program that is compiled to Wasm: its name, and the cargo arguments that compile only this program.
pub struct Program {
    pub name: &'static str,
    pub arguments: &'static [&'static str],
    /// Whether to keep relocations, which splitting the program requires.
    pub relocations: bool,
}

/// The page, before it is split into the first part and the later part.
pub const PAGE: Program =
    Program { name: "page", arguments: &["--features", "web", "--bin", "page"], relocations: true };

/// The compiler's profile of the programs for other programs.
pub const ENGINE_PROFILE: &str = "engine";

/// The rules as a module for other programs.
pub const ENGINE: Program =
    Program { name: "engine", arguments: &["--features", "engine", "--bin", "engine"], relocations: false };

/// Both with the tables of the tests.
pub const FROZEN_PAGE: Program = Program { arguments: &["--features", "web,frozen", "--bin", "page"], ..PAGE };
pub const FROZEN_ENGINE: Program = Program { arguments: &["--features", "engine,frozen", "--bin", "engine"], ..ENGINE };

/// Returns the command that compiles a program. The crates must have been downloaded ([`fetch`]), because their folder
/// is among the arguments.
pub fn compile(root: &Path, profile: &str, program: &Program) -> io::Result<Command> {
    let mut command = cargo::command(root);
    command
        .args(["rustc", "--profile", profile, "--target", TARGET, "--no-default-features"])
        .args(program.arguments)
        .args(["--message-format", "json-render-diagnostics"])
        .args(["--config", &without_local_paths(root)?])
        .args(if program.relocations { &["--", "-Clink-args=--emit-relocs"][..] } else { &[] });
    Ok(command)
}

/// Downloads all crates of Cargo.lock that are missing.
pub fn fetch(root: &Path) -> io::Result<()> {
    cargo::run(root, ["fetch", "--quiet"], &[])
}

/// Installs the Wasm target if the compiler lacks it.
///
/// `rust-toolchain.toml` requests the target, but rustup doesn't install it on every machine (with
/// `RUSTUP_AUTO_INSTALL=0`, or if the toolchain was installed before).
pub fn install_target(root: &Path) -> io::Result<()> {
    let folder = rustc(root, &["--print", "target-libdir", "--target", TARGET]);
    if folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("rustup target add {TARGET}");
    let added = Command::new("rustup").current_dir(root).args(["target", "add", TARGET]).status()?;
    if !added.success() {
        let message = format!("`rustup target add {TARGET}` failed. Install that target of the Rust toolchain by hand");
        return Err(io::Error::other(message));
    }
    Ok(())
}

/// Returns a configuration that keeps this machine's folders out of the page.
///
/// Panic messages name source files. With their folders they would cost bytes, reveal who has built the page, and give
/// the same source another hash on every machine.
fn without_local_paths(root: &Path) -> io::Result<String> {
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
    // If the standard library's source is installed, the compiler names its files by that folder, so the same source
    // would give other bytes on that machine.
    let sysroot = rustc(root, &["--print", "sysroot"])?;
    let version = rustc(root, &["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.ok_or_else(|| io::Error::other("rustc doesn't say which commit it is of"))?;
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), &format!("/rustc/{commit}"));
    let flags: Vec<_> = flags.iter().map(|flag| quoted(flag)).collect();
    Ok(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")))
}

/// Returns a text as a TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Runs the compiler and returns its standard output.
fn rustc(root: &Path, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new("rustc").args(arguments).current_dir(root).stderr(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("`rustc {}` failed", arguments.join(" "))));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}
