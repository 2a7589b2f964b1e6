//! What the commands need on a machine that has only rustup and a network.
//!
//! Each part is looked for first and installed only where it is missing; where it can't be
//! installed, the message names what to install. Nothing is downloaded but by rustup and apt.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

const WASM: &str = "wasm32-unknown-unknown";

/// The names the browser goes by in different distributions.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER: &str = "chromedriver";

/// The browser of the end-to-end tests and the program that drives it.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Makes sure that the compiler can build for the browser.
///
/// `rust-toolchain.toml` asks for the target, but rustup doesn't install it on every machine (with
/// `RUSTUP_AUTO_INSTALL=0`, or when the toolchain was there before).
pub fn wasm_target(root: &Path) -> Result<()> {
    let library = tool(root, "rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .context("rustc does not start")?;
    let folder = String::from_utf8(library.stdout)?;
    if library.status.success() && Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    rustup(root, &["target", "add", WASM])
}

/// Makes sure that `cargo fmt` and `cargo clippy` work.
pub fn components(root: &Path) -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        // The proxies of rustup exist without the component; only asking them tells.
        let answers = tool(root, program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !answers {
            rustup(root, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(root: &Path, arguments: &[&str]) -> Result<()> {
    let words = arguments.join(" ");
    println!("rustup {words}");
    let done = tool(root, "rustup").args(arguments).status().is_ok_and(|status| status.success());
    if !done {
        bail!("`rustup {words}` failed. Install that part of the Rust toolchain by hand");
    }
    Ok(())
}

/// A program of the toolchain that `rust-toolchain.toml` names.
fn tool(root: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}

/// Finds the browser and its driver.
pub fn browser() -> Result<Browser> {
    let chromium = BROWSERS.into_iter().find_map(find);
    match (chromium, find(DRIVER)) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        _ => bail!("{}", what_to_install()),
    }
}

/// Makes sure that there are a browser, its driver and Chinese letters, installing with apt where
/// that is possible.
pub fn install_browser() -> Result<()> {
    let mut missing = Vec::new();
    if BROWSERS.into_iter().all(|name| find(name).is_none()) {
        missing.push("chromium");
    }
    if find(DRIVER).is_none() {
        missing.push("chromium-driver");
    }
    if !has_chinese_letters() {
        missing.push("fonts-noto-cjk");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let Some(apt) = apt() else {
        if missing == ["fonts-noto-cjk"] {
            // The tests read text, not pictures: worth a word, not a failure.
            println!("no font with Chinese letters: pictures will show boxes");
            return Ok(());
        }
        bail!("{}", what_to_install());
    };
    let steps = [vec!["update", "--quiet"], [vec!["install", "--yes", "--no-install-recommends"], missing].concat()];
    for arguments in steps {
        println!("apt-get {}", arguments.join(" "));
        let done = Command::new(apt[0])
            .args(&apt[1..])
            .args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .args(&arguments)
            .status()
            .is_ok_and(|status| status.success());
        if !done {
            bail!("`apt-get {}` failed. {}", arguments.join(" "), what_to_install());
        }
    }
    browser().map(drop)
}

/// How to run apt as root, if there is a way that asks nothing: what to put before `apt-get`.
fn apt() -> Option<&'static [&'static str]> {
    find("apt-get")?;
    let silent =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).stderr(Stdio::null()).output().ok();
    let user = silent("id", &["-u"])?;
    if user.stdout == b"0\n" {
        return Some(&["/usr/bin/env"]);
    }
    silent("sudo", &["-n", "true"])?.status.success().then_some(&["sudo", "-n"])
}

fn has_chinese_letters() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let fonts = Command::new("fc-list").args([":lang=zh-cn", "family"]).output();
    fonts.is_ok_and(|fonts| !fonts.stdout.is_empty())
}

fn what_to_install() -> String {
    format!(
        "the end-to-end tests need Chromium or Chrome and its driver of the same version, on the \
         PATH (as one of {}; and {DRIVER}). On Debian: `apt-get install chromium chromium-driver \
         fonts-noto-cjk`; on Ubuntu: `apt-get install chromium-browser chromium-chromedriver \
         fonts-noto-cjk`",
        BROWSERS.join(", ")
    )
}

/// Looks for a program on the PATH.
fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}
