//! Starts a browser with a driver of its own, and ends both whatever happens.
//!
//! Each journey has a fresh profile: nothing stored by one is seen by another. The driver's
//! interface is asynchronous; here it is made synchronous, so that the verbs can be plain functions
//! and a failure names the line of the test.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver, WebElement};
use tokio::runtime::Runtime;
use xtask::setup::Engine;

use crate::Visit;

/// So that neither telemetry nor a missing graphics card gets into the tests' way.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

pub struct Browser {
    runtime: Runtime,
    /// Only empty while the browser ends.
    session: Option<WebDriver>,
    /// Ends after the session.
    _driver: Driver,
    /// Is removed after the browser has ended.
    _own: TempDir,
    /// Its own, or one that another visit is to find.
    profile: PathBuf,
}

impl Browser {
    pub fn start(visit: &Visit) -> Result<Browser> {
        let mut last = None;
        for _ in 0..TRIES {
            match Browser::try_start(visit) {
                Ok(browser) => return Ok(browser),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow!("the browser does not start")))
    }

    fn try_start(visit: &Visit) -> Result<Browser> {
        let engine = engine();
        let programs = engine.find()?;
        let own = tempfile::tempdir()?;
        let profile = visit.profile.clone().unwrap_or_else(|| own.path().to_owned());
        let driver = Driver::start(engine, &programs.driver, visit, &profile)?;
        let wishes = match engine {
            Engine::Chromium => chromium(&programs.browser, visit, &profile),
            Engine::Firefox => firefox(&programs.browser, visit),
            Engine::Webkit => webkit(&programs.browser, visit),
        };
        let Value::Object(mut wishes) = wishes else { bail!("what is wished for is no object") };
        if visit.impatient {
            wishes.insert("pageLoadStrategy".to_owned(), json!("none"));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let address = format!("http://127.0.0.1:{}", driver.port);
        let session = runtime
            .block_on(async { WebDriver::new(address, Capabilities::from(wishes)).await })
            .context("the browser does not start")?;
        let browser = Browser { runtime, session: Some(session), _driver: driver, _own: own, profile };
        match engine {
            Engine::Chromium if visit.dark => {
                let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
                browser.devtools("Emulation.setEmulatedMedia", dark)?;
            }
            Engine::Chromium => {}
            // As near as they get: neither becomes as narrow as the smallest phones.
            Engine::Firefox | Engine::Webkit => {
                browser.ask(async |session| session.set_window_rect(0, 0, visit.width, visit.height).await)?;
            }
        }
        Ok(browser)
    }

    /// Does something in the session and waits for it.
    pub fn ask<T>(&self, ask: impl AsyncFnOnce(&WebDriver) -> WebDriverResult<T>) -> Result<T> {
        let session = self.session.as_ref().context("the browser has ended")?;
        Ok(self.runtime.block_on(ask(session))?)
    }

    /// Runs a script in the page.
    pub fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.ask(async |session| session.execute(script, arguments).await.map(|result| result.json().clone()))
    }

    /// Runs a script that returns an element or nothing.
    pub fn element(&self, script: &str, arguments: Vec<Value>) -> Result<Option<WebElement>> {
        self.ask(async |session| {
            let result = session.execute(script, arguments).await?;
            if result.json().is_null() { Ok(None) } else { result.element().map(Some) }
        })
    }

    /// Runs a script that calls its last argument when it is done, with what it has to say.
    pub fn wait_script(&self, script: &str) -> Result<Value> {
        self.ask(async |session| session.execute_async(script, Vec::new()).await.map(|result| result.json().clone()))
    }

    /// Ends all processes of the browser as a cut of power does: none can do anything about it.
    pub fn kill(&self) -> Result<()> {
        let killed = Command::new("pkill").args(["-KILL", "-f"]).arg(&self.profile).status()?;
        if killed.success() { Ok(()) } else { bail!("no process has {}", self.profile.display()) }
    }

    /// Sends a command of Chromium's own protocol; the others have none.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.ask(async |session| session.cdp().send_raw(command, parameters).await)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let quit = async { tokio::time::timeout(Duration::from_secs(10), session.quit()).await };
            if !matches!(self.runtime.block_on(quit), Ok(Ok(()))) {
                eprintln!("the browser did not end when asked to");
            }
        }
    }
}

/// The engine that the tests are run in, by the variable that `cargo xtask test` sets.
pub fn engine() -> Engine {
    let name = std::env::var("E2E_ENGINE").unwrap_or_else(|_| Engine::Chromium.name().to_owned());
    Engine::from_name(&name).unwrap_or_else(|| {
        let names: Vec<_> = Engine::ALL.iter().map(|engine| engine.name()).collect();
        panic!("there are no tests in `{name}`. Set E2E_ENGINE to one of {}", names.join(", "))
    })
}

fn chromium(program: &Path, visit: &Visit, profile: &Path) -> Value {
    let mut flags = FLAGS.map(str::to_owned).to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.extend(visit.agent.as_ref().map(|agent| format!("--user-agent={agent}")));
    let screen = json!({
        "width": visit.width, "height": visit.height, "pixelRatio": 2.0, "touch": true, "mobile": true,
    });
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": program,
            "args": flags,
            "mobileEmulation": { "deviceMetrics": screen },
            "prefs": {
                "intl.accept_languages": visit.language,
                // Its list of visited pages costs more with every page: after thousands, half a second each.
                "history.saving_disabled": true,
                "profile.managed_default_content_settings.javascript": if visit.scriptless { 2 } else { 1 },
            },
        },
    })
}

fn firefox(program: &Path, visit: &Visit) -> Value {
    let mut settings = json!({
        "intl.accept_languages": visit.language,
        "javascript.enabled": !visit.scriptless,
        "layout.css.prefers-color-scheme.content-override": if visit.dark { 0 } else { 1 },
        // It would look for news of itself.
        "app.update.disabledForTesting": true,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    if let Some(agent) = &visit.agent {
        settings["general.useragent.override"] = json!(agent);
    }
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "binary": program, "args": ["-headless"], "prefs": settings },
    })
}

fn webkit(program: &Path, visit: &Visit) -> Value {
    let mut arguments = vec!["--automation".to_owned()];
    arguments.extend(visit.agent.as_ref().map(|agent| format!("--user-agent={agent}")));
    arguments.extend(visit.scriptless.then(|| "--enable-javascript=FALSE".to_owned()));
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": program, "args": arguments },
    })
}

/// The program that speaks WebDriver, and the screen it needs.
struct Driver {
    process: Child,
    screen: Option<Child>,
    port: u16,
}

/// How often another port is tried: between looking for a free one and taking it, somebody else may take it.
const TRIES: usize = 3;

impl Driver {
    /// Starts it on a free port and waits until it answers.
    fn start(engine: Engine, program: &Path, visit: &Visit, profile: &Path) -> Result<Driver> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut screen = None;
        match engine {
            Engine::Chromium => {}
            Engine::Firefox => {
                command.arg("--websocket-port=0");
            }
            Engine::Webkit => {
                let (child, display) = start_screen()?;
                screen = Some(child);
                command.env("DISPLAY", display);
                // Its sandbox needs rights that root in a container lacks; what it shows is ours.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                command.env("GTK_THEME", if visit.dark { "Adwaita:dark" } else { "Adwaita" });
                // Nothing of one journey is seen by another.
                for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
                    command.env(folder, profile.join(folder));
                }
            }
        }
        let process = command.spawn().with_context(|| format!("{} does not start", program.display()))?;
        let mut driver = Driver { process, screen, port };
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = driver.process.try_wait()? {
                bail!("{} ended at once: {status}", program.display());
            }
            if Duration::from_secs(20) < started.elapsed() {
                bail!("{} does not answer", program.display());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }
}

/// A screen that nobody sees, and its name. Chromium and Firefox need none.
fn start_screen() -> Result<(Child, String)> {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x2000x24", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("Xvfb does not start")?;
    let mut number = String::new();
    if let Some(output) = screen.stdout.as_mut() {
        BufReader::new(output).read_line(&mut number)?;
    }
    Ok((screen, format!(":{}", number.trim())))
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in [Some(&mut self.process), self.screen.as_mut()].into_iter().flatten() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
