//! A driver with everything that is started for it, all of which ends with it, even if the tests are ended from
//! outside.
//!
//! Separate from the browser module, which only defines the required properties.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tasks::setup::Engine;
use tempfile::TempDir;

use super::Wishes;
use crate::wait::patience;

/// The program that speaks WebDriver, in one process group with its browser and the virtual screen.
pub struct Driver {
    pub port: u16,
    /// The folder of the browser's profile: its own, or one that another visit uses later.
    pub profile: PathBuf,
    group: Vec<Child>,
    /// The process that ends the group; only empty once it has done so.
    watcher: Option<Child>,
    /// A temporary folder, removed when the whole group has ended.
    own: TempDir,
}

/// A shell script that ends a process group and removes its folder once its input is closed, which also happens when
/// the tests end in any way.
const WATCH: &str = "cat; kill -KILL \"-$0\"; rm -rf \"$1\"";

impl Driver {
    /// Starts the driver on a free port and waits until it answers.
    pub fn start(engine: Engine, program: &Path, wishes: &Wishes) -> Result<Driver> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let own = tempfile::tempdir()?;
        let profile = wishes.profile.clone().unwrap_or_else(|| own.path().to_owned());
        let mut driver = Driver { port, profile, group: Vec::new(), watcher: None, own };
        let mut command = Command::new(program);
        // Temporary files of the programs are removed with this folder.
        command.arg(format!("--port={port}")).env("TMPDIR", driver.own.path());
        match engine {
            Engine::Chromium => {}
            Engine::Firefox => {
                command.arg("--websocket-port=0");
            }
            Engine::Webkit => {
                command.env("DISPLAY", driver.start_screen()?);
                // The sandbox of WebKitGTK needs rights that root in a container lacks; the pages shown here are our
                // own.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                command.env("GTK_THEME", if wishes.dark { "Adwaita:dark" } else { "Adwaita" });
                for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
                    command.env(folder, driver.profile.join(folder));
                }
            }
        }
        driver.spawn(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))?;
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = driver.group.last_mut().map(Child::try_wait).transpose()?.flatten() {
                bail!("{} ended at once: {status}", program.display());
            }
            if 3 * patience() < started.elapsed() {
                bail!("{} does not answer", program.display());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// Starts a program in the group, which has the process number of its first program.
    fn spawn(&mut self, command: &mut Command) -> Result<&mut Child> {
        let number = self.group.first().map_or(0, Child::id);
        let name = command.get_program().display().to_string();
        let child = command.process_group(number as i32).spawn().with_context(|| format!("{name} does not start"))?;
        if self.watcher.is_none() {
            let watcher = Command::new("sh")
                .args(["-c", WATCH, &child.id().to_string()])
                .arg(self.own.path())
                // A key that ends the tests signals only their own group.
                .process_group(0)
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .context("sh does not start");
            self.watcher = Some(watcher?);
        }
        self.group.push(child);
        self.group.last_mut().context("nothing has started")
    }

    /// Starts a virtual screen and returns its name. Chromium and Firefox need none.
    fn start_screen(&mut self) -> Result<String> {
        let screen = self.spawn(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1600x2000x24", "-nolisten", "tcp"])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut number = String::new();
        if let Some(output) = screen.stdout.as_mut() {
            BufReader::new(output).read_line(&mut number)?;
        }
        Ok(format!(":{}", number.trim()))
    }

    /// Kills the whole group, like a power failure.
    pub fn end(&mut self) {
        if let Some(mut watcher) = self.watcher.take() {
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
        for child in &mut self.group {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}
