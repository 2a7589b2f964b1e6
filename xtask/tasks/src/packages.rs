//! Packages of the npm registry that only tests and benches need, installed by `npm ci` from the lock files in
//! `tests/e2e/npm/`, outside the repository's own folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{names, setup};

/// Packages that are installed together: a folder of `tests/e2e/npm/` with its package.json and lock file.
#[derive(Clone, Copy)]
pub struct Packages(&'static str);

/// A package as the lock file describes it.
pub struct Locked {
    /// The package's name in the registry.
    pub name: String,
    pub version: String,
}

/// The tools with which the end-to-end tests inspect and read the page.
pub const CHECKS: Packages = Packages("checks");
/// The programs with which the benches compare the page.
pub const BENCHES: Packages = Packages("benches");
/// The bundlers with which other people put the engine into their programs.
pub const BUNDLERS: Packages = Packages("bundlers");
/// An older version, whose development server bundles packages differently.
pub const VITE_7: Packages = Packages("vite-7");
/// The runtimes outside browsers in which the engine runs; all of them are optional.
pub const RUNTIMES: Packages = Packages("runtimes");
/// Browsers just above and below the oldest supported version.
pub const OLD_BROWSERS: Packages = Packages("old-browsers");

impl Packages {
    /// Returns the folder of a package, after installing the packages if they are missing.
    pub fn folder(self, package: &str) -> Result<PathBuf> {
        Ok(self.install()?.join("node_modules").join(package))
    }

    /// Returns the folder of a package that npm silently omits if it is unavailable: `None` if there is no build for
    /// this machine or the registry does not have it, and an error if it should be there.
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

    /// Returns the lock file's entry of a package.
    pub fn locked(self, package: &str) -> Result<Locked> {
        let file = self.source().join("package-lock.json");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let lock: serde_json::Value = serde_json::from_str(&text)?;
        let entry = &lock["packages"][format!("node_modules/{package}")];
        let version = entry["version"].as_str().with_context(|| format!("{} has no {package}", file.display()))?;
        // The entry has a name only if the package is installed under another one.
        let name = entry["name"].as_str().unwrap_or(package);
        Ok(Locked { name: name.to_owned(), version: version.to_owned() })
    }

    fn source(self) -> PathBuf {
        crate::root().join("tests/e2e/npm").join(self.0)
    }

    /// Installs the packages and returns their folder.
    pub fn install(self) -> Result<PathBuf> {
        let source = self.source();
        install_once(self.0, &source.join("package-lock.json"), |folder| {
            for name in ["package.json", "package-lock.json"] {
                fs::copy(source.join(name), folder.join(name))?;
            }
            let mut npm = Command::new("npm");
            // Peer dependencies are skipped, because nothing here needs them.
            npm.args(["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]).current_dir(folder);
            quietly(&mut npm)
        })
    }
}

/// Installs what a file pins into a separate folder, unless it exists already, and returns the folder.
pub fn install_once(name: &str, pins: &Path, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let pinned = fs::read(pins).with_context(|| format!("cannot read {}", pins.display()))?;
    // The folder's name contains the file's hash, so other versions get another folder.
    let folder = setup::tools().join(names::hashed(name, &pinned));
    if folder.is_dir() {
        return Ok(folder);
    }
    fs::create_dir_all(setup::tools())?;
    // The packages are installed elsewhere first, so that an existing folder is complete.
    let installing = tempfile::tempdir_in(setup::tools())?;
    install(installing.path()).with_context(|| format!("what {} names can't be installed", pins.display()))?;
    let installing = installing.keep();
    match fs::rename(&installing, &folder) {
        // Another test has installed them in the meantime.
        Err(_) if folder.is_dir() => fs::remove_dir_all(&installing)?,
        done => done.with_context(|| format!("cannot move the packages to {}", folder.display()))?,
    }
    Ok(folder)
}

/// Runs a command and shows its error output only if it fails.
pub fn quietly(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).output().with_context(|| format!("{program} does not start"))?;
    if !done.status.success() {
        bail!("{program} failed:\n{}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}
