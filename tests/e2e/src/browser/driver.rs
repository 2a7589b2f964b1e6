//! A driver with everything that is started for it, and the end of all of that: also when the tests are ended from outside.
//!
//! Apart from the browser, which only says what is wanted of it.

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

/// The program that speaks WebDriver, in one group of processes with the browser it starts and the screen that needs.
pub struct Driver {
    pub port: u16,
    /// The browser's own, or one that another visit is to find.
    pub profile: PathBuf,
    group: Vec<Child>,
    /// Ends the group; only empty once it has.
    watcher: Option<Child>,
    /// Is removed when all of the group have ended.
    own: TempDir,
}

/// Ends a group of processes and what it has stored, once nobody holds the other end of its input: also when the tests have ended,
/// in whatever way.
const WATCH: &str = "cat; kill -KILL \"-$0\"; rm -rf \"$1\"";

impl Driver {
    /// Starts it on a free port and waits until it answers.
    pub fn start(engine: Engine, program: &Path, wishes: &Wishes) -> Result<Driver> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let own = tempfile::tempdir()?;
        let profile = wishes.profile.clone().unwrap_or_else(|| own.path().to_owned());
        let mut driver = Driver { port, profile, group: Vec::new(), watcher: None, own };
        let mut command = Command::new(program);
        // So that what they leave lying about goes with the rest.
        command.arg(format!("--port={port}")).env("TMPDIR", driver.own.path());
        match engine {
            Engine::Chromium => {}
            Engine::Firefox => {
                command.arg("--websocket-port=0");
            }
            Engine::Webkit => {
                command.env("DISPLAY", driver.start_screen()?);
                // Its sandbox needs rights that root in a container lacks; what it shows is ours.
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

    /// Starts a program in the group, of which the first has the number.
    fn spawn(&mut self, command: &mut Command) -> Result<&mut Child> {
        let number = self.group.first().map_or(0, Child::id);
        let name = command.get_program().display().to_string();
        let child = command.process_group(number as i32).spawn().with_context(|| format!("{name} does not start"))?;
        if self.watcher.is_none() {
            let watcher = Command::new("sh")
                .args(["-c", WATCH, &child.id().to_string()])
                .arg(self.own.path())
                // What ends the tests by a key goes to their own group.
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

    /// A screen that nobody sees, and its name. Chromium and Firefox need none.
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

    /// Ends all of it as a cut of power does: none can do anything about it.
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
