//! Starts a browser with a driver of its own, and ends both whatever happens.
//!
//! Each journey has a fresh profile: nothing stored by one is seen by another. The driver's
//! interface is asynchronous; here it is made synchronous, so that the verbs can be plain functions
//! and a failure names the line of the test.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{ChromiumLikeCapabilities as _, DesiredCapabilities, WebDriver, WebElement};
use tokio::runtime::Runtime;

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
    _profile: TempDir,
}

impl Browser {
    pub fn start(visit: &Visit) -> Result<Browser> {
        let engine = std::env::var("E2E_ENGINE").unwrap_or_else(|_| "chromium".to_owned());
        if engine != "chromium" {
            bail!("there are no tests in {engine} yet. Set E2E_ENGINE to `chromium`, or leave it out");
        }
        let programs = xtask::setup::browser()?;
        let driver = Driver::start(&programs.driver)?;
        let profile = tempfile::tempdir()?;

        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(&programs.chromium.to_string_lossy())?;
        for flag in FLAGS {
            wishes.add_arg(flag)?;
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wishes.add_experimental_option(
            "mobileEmulation",
            json!({ "deviceMetrics": {
                "width": visit.width, "height": visit.height, "pixelRatio": 2.0, "touch": true, "mobile": true,
            }}),
        )?;

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let session = runtime
            .block_on(async { WebDriver::new(format!("http://127.0.0.1:{}", driver.port), wishes).await })
            .context("the browser does not start")?;
        let browser = Browser { runtime, session: Some(session), _driver: driver, _profile: profile };
        if visit.dark {
            let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
            browser.devtools("Emulation.setEmulatedMedia", dark)?;
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

    /// Runs a script that calls its last argument when it is done.
    pub fn wait_script(&self, script: &str) -> Result<()> {
        self.ask(async |session| session.execute_async(script, Vec::new()).await.map(drop))
    }

    /// Sends a command of Chromium's own protocol.
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

/// The program that speaks WebDriver.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a port it chooses itself and waits until it says which.
    fn start(program: &std::path::Path) -> Result<Driver> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let output = process.stdout.take().context("the driver has no output")?;
        let mut driver = Driver { process, port: 0 };
        let mut output = BufReader::new(output);
        let mut said = String::new();
        while output.read_line(&mut said)? > 0 {
            let last = said.lines().last().unwrap_or("");
            if let Some((_, port)) = last.split_once("started successfully on port ") {
                driver.port = port.trim().trim_end_matches('.').parse().context("the driver names no port")?;
                // It must never wait for somebody to read what else it says.
                std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
                return Ok(driver);
            }
        }
        bail!("{} ended at once, saying: {said}", program.display())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
