//! Packages of the npm registry that only tests and benches need: `npm ci` by the lock files in `tests/e2e/npm/`, outside the
//! repository's own folders.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{names, setup};

/// Packages that are needed together: a folder of `tests/e2e/npm/` with its package.json and lock file.
#[derive(Clone, Copy)]
pub struct Packages(&'static str);

/// What the end-to-end tests look and read with.
pub const CHECKS: Packages = Packages("checks");
/// What the benches measure beside ours.
pub const BENCHES: Packages = Packages("benches");
/// The browsers on both sides of the oldest that the page runs in.
pub const OLD_BROWSERS: Packages = Packages("old-browsers");

impl Packages {
    /// The folder of one of the packages; all of them are installed if they aren't there yet.
    pub fn folder(self, package: &str) -> Result<PathBuf> {
        Ok(self.install()?.join("node_modules").join(package))
    }

    /// Installs them, and says where.
    pub fn install(self) -> Result<PathBuf> {
        let source = crate::root().join("tests/e2e/npm").join(self.0);
        let lock = source.join("package-lock.json");
        let lock = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        // Under the lock file's hash: another lock file, another folder.
        let folder = setup::tools().join(names::hashed(self.0, &lock));
        if folder.is_dir() {
            return Ok(folder);
        }
        fs::create_dir_all(setup::tools())?;
        // Elsewhere first, so that a folder that is there is whole.
        let installing = tempfile::tempdir_in(setup::tools())?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(source.join(name), installing.path().join(name))?;
        }
        let mut npm = Command::new("npm");
        // Some name packages that they would work with, which nobody here needs.
        npm.args(["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]);
        let done = npm.current_dir(&installing).stdin(Stdio::null()).output().context("npm does not start")?;
        if !done.status.success() {
            bail!("`npm ci` for {} failed:\n{}", source.display(), String::from_utf8_lossy(&done.stderr));
        }
        let installing = installing.keep();
        match fs::rename(&installing, &folder) {
            // Another test was quicker.
            Err(_) if folder.is_dir() => fs::remove_dir_all(&installing)?,
            done => done.with_context(|| format!("cannot move the packages to {}", folder.display()))?,
        }
        Ok(folder)
    }
}
