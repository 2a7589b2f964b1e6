//! Runs cargo from a program that cargo itself has started.
//!
//! `cargo run` describes the package it runs in environment variables; an inner cargo must not inherit them, because
//! build scripts that read them would run again and again. Variables set by the person (`CARGO_TARGET_DIR`,
//! `RUSTFLAGS`, `CARGO_TERM_*`) stay.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Returns a command for the same cargo that runs this program, in `root`.
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
) -> io::Result<()> {
    let mut command = command(root);
    command.args(arguments).envs(environment.iter().copied());
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(failed(&command)) }
}

/// Runs cargo and returns its standard output.
pub fn output(root: &Path, arguments: &[&str]) -> io::Result<String> {
    let mut command = command(root);
    command.args(arguments).stderr(Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        return Err(failed(&command));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}

/// Returns an error that names the command as a person would type it.
pub fn failed(command: &Command) -> io::Error {
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    io::Error::other(format!("`cargo {}` failed; its messages are above", arguments.join(" ")))
}
