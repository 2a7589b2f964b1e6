//! Packages of the npm registry that only tests and benches need: `npm ci` by the lock files in `tests/e2e/npm/`, outside the
//! repository's own folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{names, setup};

/// Packages that are needed together: a folder of `tests/e2e/npm/` with its package.json and lock file.
#[derive(Clone, Copy)]
pub struct Packages(&'static str);

/// A package as the lock file has it.
pub struct Locked {
    /// As the registry calls it.
    pub name: String,
    pub version: String,
}

/// What the end-to-end tests look and read with.
pub const CHECKS: Packages = Packages("checks");
/// What the benches measure beside ours.
pub const BENCHES: Packages = Packages("benches");
/// What other people put the engine into their programs with.
pub const BUNDLERS: Packages = Packages("bundlers");
/// An older one, whose development server puts packages together otherwise.
pub const VITE_7: Packages = Packages("vite-7");
/// What the engine runs in outside of browsers; all of it optional.
pub const RUNTIMES: Packages = Packages("runtimes");
/// The browsers on both sides of the oldest that the page runs in.
pub const OLD_BROWSERS: Packages = Packages("old-browsers");

impl Packages {
    /// The folder of one of the packages; all of them are installed if they aren't there yet.
    pub fn folder(self, package: &str) -> Result<PathBuf> {
        Ok(self.install()?.join("node_modules").join(package))
    }

    /// The folder of a package that npm leaves out in silence where it can't have it: none if there is none for this machine or
    /// the registry hasn't got it. An error if it should be there.
    pub fn optional(self, package: &str) -> Result<Option<PathBuf>> {
        let folder = self.folder(package)?;
        if folder.is_dir() {
            return Ok(Some(folder));
        }
        if !cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")) {
            return Ok(None);
        }
        let Locked { name, version } = self.locked(package)?;
        let asked = Command::new("npm").args(["view", &format!("{name}@{version}"), "version"]).output();
        let asked = asked.context("npm does not start")?;
        if asked.status.success() && !asked.stdout.is_empty() {
            let folder = self.install()?;
            bail!("{name} {version} can be had, but isn't in {}. Delete that folder and try again", folder.display());
        }
        Ok(None)
    }

    /// What the lock file says of one of the packages.
    pub fn locked(self, package: &str) -> Result<Locked> {
        let file = self.source().join("package-lock.json");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let lock: serde_json::Value = serde_json::from_str(&text)?;
        let entry = &lock["packages"][format!("node_modules/{package}")];
        let version = entry["version"].as_str().with_context(|| format!("{} has no {package}", file.display()))?;
        // Named there only where it is installed under another name.
        let name = entry["name"].as_str().unwrap_or(package);
        Ok(Locked { name: name.to_owned(), version: version.to_owned() })
    }

    fn source(self) -> PathBuf {
        crate::root().join("tests/e2e/npm").join(self.0)
    }

    /// Installs them, and says where.
    pub fn install(self) -> Result<PathBuf> {
        let source = self.source();
        install_once(self.0, &source.join("package-lock.json"), |folder| {
            for name in ["package.json", "package-lock.json"] {
                fs::copy(source.join(name), folder.join(name))?;
            }
            let mut npm = Command::new("npm");
            // Some name packages that they would work with, which nobody here needs.
            npm.args(["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]).current_dir(folder);
            quietly(&mut npm)
        })
    }
}

/// Installs what a file pins into a folder of its own, unless that is there already, and returns the folder.
pub fn install_once(name: &str, pins: &Path, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let pinned = fs::read(pins).with_context(|| format!("cannot read {}", pins.display()))?;
    // Under the file's hash: other versions, another folder.
    let folder = setup::tools().join(names::hashed(name, &pinned));
    if folder.is_dir() {
        return Ok(folder);
    }
    fs::create_dir_all(setup::tools())?;
    // Elsewhere first, so that a folder that is there is whole.
    let installing = tempfile::tempdir_in(setup::tools())?;
    install(installing.path()).with_context(|| format!("what {} names can't be installed", pins.display()))?;
    let installing = installing.keep();
    match fs::rename(&installing, &folder) {
        // Another test was quicker.
        Err(_) if folder.is_dir() => fs::remove_dir_all(&installing)?,
        done => done.with_context(|| format!("cannot move the packages to {}", folder.display()))?,
    }
    Ok(folder)
}

/// Runs a command whose words nobody needs unless it fails.
pub fn quietly(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).output().with_context(|| format!("{program} does not start"))?;
    if !done.status.success() {
        bail!("{program} failed:\n{}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}
