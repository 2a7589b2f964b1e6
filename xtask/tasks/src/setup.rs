//! Installs what the commands need on a machine that has only rustup and a network.
//!
//! Each tool is installed only if it is missing; if it can't be installed, the message names what to install. Only
//! rustup, apt and cargo download anything, and npm and pip the packages of the tests (`packages`, `readers`).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use xtask::cargo;

/// A browser engine of the end-to-end tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Engine {
    Chromium,
    Firefox,
    /// WebKitGTK, whose own small browser stands for Safari.
    Webkit,
}

/// The programs of one engine.
pub struct Browser {
    pub browser: PathBuf,
    /// The program that speaks WebDriver.
    pub driver: PathBuf,
}

impl Engine {
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        }
    }

    pub fn from_name(name: &str) -> Option<Engine> {
        Engine::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Returns the names of its browser in different distributions.
    fn browsers(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            Engine::Firefox => &["firefox-esr", "firefox"],
            // The program is installed beside the library and not on the PATH.
            Engine::Webkit => &[
                "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
            ],
        }
    }

    fn driver(self) -> &'static str {
        match self {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::Webkit => "WebKitWebDriver",
        }
    }

    /// Returns the Debian packages of the engine.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => &["chromium", "chromium-driver"],
            Engine::Firefox => &["firefox-esr"],
            Engine::Webkit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// Finds the browser and the driver.
    pub fn find(self) -> Result<Browser> {
        let browser = self.browsers().iter().copied().find_map(find);
        let driver =
            find(self.driver()).or_else(|| Some(tools().join("bin").join(self.driver())).filter(|it| it.is_file()));
        // The engine can't start without a screen, so a virtual one is needed too.
        let screen = self != Engine::Webkit || find("Xvfb").is_some();
        match (browser, driver) {
            (Some(browser), Some(driver)) if screen => Ok(Browser { browser, driver }),
            _ => bail!("{}", self.what_to_install()),
        }
    }

    /// Returns the browser's name and version.
    pub fn version(self) -> Result<String> {
        let said = match self {
            Engine::Chromium | Engine::Firefox => Command::new(self.find()?.browser).arg("--version").output(),
            // The program prints nothing without a screen, so the package manager is asked.
            Engine::Webkit => Command::new("dpkg-query")
                .args(["--show", "--showformat=WebKitGTK ${Version}", "webkit2gtk-driver"])
                .output(),
        };
        let said = said.context("its version can't be asked for")?;
        Ok(String::from_utf8_lossy(&said.stdout).lines().next().unwrap_or_default().trim().to_owned())
    }

    /// Installs the engine's programs with apt, if they are missing and that is possible.
    pub fn install(self, root: &Path) -> Result<()> {
        if self.find().is_ok() {
            return Ok(());
        }
        if self.browsers().iter().all(|name| find(name).is_none()) || self != Engine::Firefox {
            install(self.packages()).with_context(|| self.what_to_install())?;
        }
        if self == Engine::Firefox && self.find().is_err() {
            // Debian has no package of geckodriver.
            println!("cargo install geckodriver {GECKODRIVER}");
            let mut cargo = cargo::command(root);
            // The driver only forwards messages: an optimised build would take longer than it ever runs.
            cargo
                .args(["install", "geckodriver", "--version", GECKODRIVER, "--locked", "--debug", "--root"])
                .arg(tools());
            logged(&mut cargo).with_context(|| format!("geckodriver can't be built. {}", self.what_to_install()))?;
        }
        self.find().map(drop)
    }

    fn what_to_install(self) -> String {
        match self {
            Engine::Chromium => {
                "tests in Chromium need Chromium or Chrome and its driver of the same version, on the \
                                 PATH. On Debian: `apt-get install chromium chromium-driver`; on Ubuntu: `apt-get \
                                 install chromium-browser chromium-chromedriver`"
            }
            Engine::Firefox => {
                "tests in Firefox need Firefox and geckodriver. On Debian: `apt-get install firefox-esr` and `cargo \
                 install geckodriver`"
            }
            Engine::Webkit => {
                "tests in WebKit need WebKitGTK with its driver, and a screen without a screen. On Debian: `apt-get \
                 install webkit2gtk-driver xvfb`"
            }
        }
        .to_owned()
    }
}

/// The version that works with Debian's Firefox.
const GECKODRIVER: &str = "0.36.0";

/// Returns the folder for programs that are built for the tests.
pub fn tools() -> PathBuf {
    crate::root().join("target").join("tools")
}

/// Installs `cargo fmt` and `cargo clippy` if they are missing.
pub fn components(root: &Path) -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        // The proxies of rustup exist even without the component, so the program has to be run.
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
    println!("rustup {}", arguments.join(" "));
    logged(tool(root, "rustup").args(arguments)).context("install that part of the Rust toolchain by hand")
}

/// Returns a command for a program of the toolchain that `rust-toolchain.toml` names.
fn tool(root: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}

/// Installs a font with Chinese characters if there is none: without one, pictures show boxes, and lines have
/// unrealistic lengths.
pub fn install_letters() {
    if !has_chinese_letters() && install(&["fonts-noto-cjk"]).is_err() {
        // The tests read text, not pictures, so a missing font is a warning and not a failure.
        println!("no font with Chinese letters: pictures will show boxes");
    }
}

/// Installs npm if it is missing.
pub fn install_npm() -> Result<()> {
    if find("npm").is_some() {
        return Ok(());
    }
    install(&["npm"]).context("the tests need npm, which comes with Node.js. On Debian: `apt-get install npm`")
}

/// Installs what Python needs to make virtual environments, if it is missing.
pub fn install_python() -> Result<()> {
    let there = Command::new("python3").args(["-c", "import ensurepip, venv"]).stderr(Stdio::null()).status();
    if there.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    install(&["python3-venv"]).context("the readers of codes need Python. On Debian: `apt-get install python3-venv`")
}

/// Installs packages with apt.
pub fn install(packages: &[&str]) -> Result<()> {
    let Some(apt) = apt() else { bail!("apt can't be used without a password here") };
    println!("apt-get install {}", packages.join(" "));
    let update = vec!["update", "--quiet"];
    for arguments in [update, [&["install", "--yes", "--no-install-recommends"], packages].concat()] {
        let mut command = Command::new(apt[0]);
        command.args(&apt[1..]).args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(&arguments);
        logged(&mut command)?;
    }
    Ok(())
}

/// Runs a command whose output goes to `target/set-up.log`.
fn logged(command: &mut Command) -> Result<()> {
    let log = crate::root().join("target").join("set-up.log");
    let file = std::fs::File::options().create(true).append(true).open(&log);
    let file = file.with_context(|| format!("cannot write {}", log.display()))?;
    let status = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).status();
    if !status.as_ref().is_ok_and(|status| status.success()) {
        bail!("`{}` failed; its messages are in {}", command.get_program().display(), log.display());
    }
    Ok(())
}

/// Returns the command to put before `apt-get` to run it as root without a password, or `None` if that is not possible.
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

/// Looks for a program on the PATH, or at its absolute path if one is given.
fn find(program: &str) -> Option<PathBuf> {
    if Path::new(program).is_absolute() {
        return Some(PathBuf::from(program)).filter(|it| it.is_file());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}
