//! Independent readers of QR codes with which the tests check the program's codes: Python packages pinned by
//! `tests/e2e/readers/requirements.txt`, in a separate environment.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{packages, setup};

/// Installs the readers, and with apt the library that the packages don't contain.
pub fn set_up() -> Result<()> {
    setup::install_python()?;
    install()?;
    if read(&[]).is_err() {
        setup::install(&["libzbar0"])?;
    }
    read(&[]).map(drop)
}

/// Reads pictures of QR codes. Returns JSON: for each picture what each reader has read.
pub fn read(pictures: &[PathBuf]) -> Result<String> {
    let python = install()?.join("bin/python");
    let done = Command::new(python).arg(source().join("read.py")).args(pictures).stdin(Stdio::null()).output();
    let done = done.context("Python does not start")?;
    if !done.status.success() {
        bail!(
            "the readers of codes don't work. On Debian: `apt-get install libzbar0`. They say:\n{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn source() -> PathBuf {
    crate::root().join("tests/e2e/readers")
}

fn install() -> Result<PathBuf> {
    let requirements = source().join("requirements.txt");
    packages::install_once("readers", &requirements, |folder| {
        packages::quietly(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]);
        packages::quietly(pip.arg("--requirement").arg(&requirements))
    })
}
