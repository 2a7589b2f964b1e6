//! Compiles the page's programs to Wasm and finds the compiled files.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use xtask::wasm::{self, Program};

/// Compiles a program and returns the path of the Wasm file.
///
/// Cargo reports the path: it depends on the profile, the target folder and the person's configuration.
pub fn compile(root: &Path, profile: &str, program: &Program) -> Result<PathBuf> {
    let name = program.name;
    let mut child =
        wasm::compile(root, profile, program)?.stdout(Stdio::piped()).spawn().context("cargo does not start")?;
    let messages = child.stdout.take().context("cargo has no standard output")?;
    let mut compiled = None;
    for line in BufReader::new(messages).lines() {
        let line = line?;
        let Ok(message) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        if message["reason"] == "compiler-artifact"
            && message["target"]["name"] == name
            && let Some(file) = message["filenames"][0].as_str()
        {
            compiled = Some(PathBuf::from(file));
        }
    }
    if !child.wait()?.success() {
        bail!("{name} does not build as Wasm; the messages are above");
    }
    compiled.with_context(|| format!("cargo built {name} but did not say where"))
}
