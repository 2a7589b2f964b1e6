//! A browser by its driver: started, asked, and used again.
//!
//! Nothing stored by one journey is seen by another: a browser that is used again has another window, and the page is at an
//! address that the browser hasn't seen, because no server of these tests has the port of one before. The driver's interface is
//! asynchronous; here it is made synchronous, so that the verbs can be plain functions and a failure names the line of the test.

mod driver;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tasks::setup::Engine;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, TimeoutConfiguration, WebDriver, WebElement};
use tokio::runtime::Runtime;

use crate::wait::patience;
use driver::Driver;

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

/// Where a finger meets an element once it is in sight; null where that can't be told from here, in a frame, magnified, or with
/// something over it.
const PLACE: &str = "
    var element = arguments[0], done = arguments[1], before = window.scrollY;
    if (window.top !== window || window.visualViewport.scale !== 1) return done(null);
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    function tell() {
        var place = element.getClientRects()[0] || { left: -1, right: -1, top: -1, bottom: -1 };
        var x = (Math.max(place.left, 0) + Math.min(place.right, innerWidth)) / 2;
        var y = (Math.max(place.top, 0) + Math.min(place.bottom, innerHeight)) / 2;
        done(element.contains(document.elementFromPoint(x, y)) ? [x, y] : null);
    }
    // What was scrolled is met at its new place once that has been shown.
    if (window.scrollY === before) tell();
    else requestAnimationFrame(function () { requestAnimationFrame(tell); });";

/// What a browser is to be like.
#[derive(Clone, PartialEq, Debug)]
pub struct Wishes {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    /// What it is set to.
    pub language: String,
    pub scriptless: bool,
    /// What it says it is, where that isn't what it is.
    pub agent: Option<String>,
    /// It protects people from being recognised by what is drawn, measured or told. In Firefox only.
    pub protective: bool,
    /// Nobody waits until a page has come whole.
    pub impatient: bool,
    /// Nobody has used it, and nobody will.
    pub fresh: bool,
    /// Where it keeps what it keeps, if another is to find it.
    pub profile: Option<PathBuf>,
}

pub struct Browser {
    runtime: Runtime,
    /// Only empty while the browser ends.
    session: Option<WebDriver>,
    /// Ends after the session, whatever happens.
    driver: Driver,
    wishes: Wishes,
}

/// Those that a journey was done with: starting one takes as long as a short journey.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// For tests that wish for the same a while later. They cost memory only.
const MOST_IDLE: usize = 6;

/// How often another port is tried: between looking for a free one and taking it, somebody else may take it.
const TRIES: usize = 3;

impl Browser {
    pub fn start(wishes: &Wishes) -> Result<Browser> {
        if let Some(browser) = Browser::idle(wishes) {
            return Ok(browser);
        }
        let mut last = None;
        for _ in 0..TRIES {
            match Browser::try_start(wishes) {
                Ok(browser) => return Ok(browser),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow!("the browser does not start")))
    }

    fn idle(wishes: &Wishes) -> Option<Browser> {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        idle.iter().position(|one| one.wishes == *wishes).map(|at| idle.remove(at))
    }

    fn try_start(wishes: &Wishes) -> Result<Browser> {
        let engine = engine();
        let programs = engine.find()?;
        let driver = Driver::start(engine, &programs.driver, wishes)?;
        let wished = match engine {
            Engine::Chromium => chromium(&programs.browser, wishes, &driver.profile),
            Engine::Firefox => firefox(&programs.browser, wishes),
            Engine::Webkit => webkit(&programs.browser, wishes),
        };
        let Value::Object(mut wished) = wished else { bail!("what is wished for is no object") };
        if wishes.impatient {
            wished.insert("pageLoadStrategy".to_owned(), json!("none"));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let address = format!("http://127.0.0.1:{}", driver.port);
        let session = runtime
            .block_on(async { WebDriver::new(address, Capabilities::from(wished)).await })
            .context("the browser does not start")?;
        let browser = Browser { runtime, session: Some(session), driver, wishes: wishes.clone() };
        // The drivers' own patience doesn't know this machine.
        let longest = TimeoutConfiguration::new(Some(3 * patience()), Some(3 * patience()), None);
        browser.ask(async |session| session.update_timeouts(longest).await)?;
        browser.prepare_window()?;
        Ok(browser)
    }

    /// What the engines don't take for every window from the start.
    fn prepare_window(&self) -> Result<()> {
        let Wishes { width, height, dark, .. } = self.wishes;
        match engine() {
            Engine::Chromium if dark => self.prefer_colours("dark"),
            Engine::Chromium => Ok(()),
            // As near as they get: neither becomes as narrow as the smallest phones.
            Engine::Firefox | Engine::Webkit => {
                self.ask(async |session| session.set_window_rect(0, 0, width, height).await)
            }
        }
    }

    /// Keeps it for another journey, if nothing of this one can be left. Not WebKitGTK, which after some dozens of journeys now and
    /// then no longer starts a page's worker.
    pub fn give_back(self) {
        if !self.wishes.fresh && engine() != Engine::Webkit && self.change_window().is_ok() {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let oldest = (idle.len() == MOST_IDLE).then(|| idle.remove(0));
            idle.push(self);
            drop(idle);
            // Takes a while: not while others wait.
            drop(oldest);
        }
    }

    /// Another window in the place of all there are: with it go its history and what is kept for a session.
    fn change_window(&self) -> Result<()> {
        self.ask(async |session| {
            let old = session.windows().await?;
            let new = session.new_window().await?;
            for window in old {
                session.switch_to_window(window).await?;
                session.close_window().await?;
            }
            session.switch_to_window(new).await
        })?;
        self.prepare_window()
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

    /// Taps, as its driver would. Chromium's asks a dozen things first, by long scripts of its own: that was half the time of a journey.
    pub fn tap(&self, element: &WebElement) -> Result<()> {
        if engine() == Engine::Chromium {
            let place = self.ask(async |session| session.execute_async(PLACE, vec![element.to_json()?]).await)?;
            if let Value::Array(place) = place.json() {
                let touch = |kind: &str, fingers: Value| {
                    self.devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": fingers }))
                };
                touch("touchStart", json!([{ "x": place[0], "y": place[1] }]))?;
                return touch("touchEnd", json!([])).map(drop);
            }
        }
        self.ask(async |_| element.click().await)
    }

    /// Ends all processes of the browser as a cut of power does: none can do anything about it.
    pub fn kill(&mut self) {
        self.driver.end();
        // Nobody is there who could end it.
        let _ = self.session.take().map(WebDriver::leak);
    }

    /// Shows the window's pages as somebody has them who prefers these colours, `dark` or `light`. In Chromium only.
    pub fn prefer_colours(&self, scheme: &str) -> Result<()> {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", features).map(drop)
    }

    /// Sends a command of Chromium's own protocol; the others have none.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.ask(async |session| session.cdp().send_raw(command, parameters).await)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let quit = async { tokio::time::timeout(patience(), session.quit()).await };
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

fn chromium(program: &Path, wishes: &Wishes, profile: &Path) -> Value {
    let mut flags = FLAGS.map(str::to_owned).to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.extend(wishes.agent.as_ref().map(|agent| format!("--user-agent={agent}")));
    let screen = json!({
        "width": wishes.width, "height": wishes.height, "pixelRatio": 2.0, "touch": true, "mobile": true,
    });
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": program,
            "args": flags,
            "mobileEmulation": { "deviceMetrics": screen },
            "prefs": {
                "intl.accept_languages": wishes.language,
                // Its list of visited pages costs more with every page: after thousands, half a second each.
                "history.saving_disabled": true,
                "profile.managed_default_content_settings.javascript": if wishes.scriptless { 2 } else { 1 },
            },
        },
    })
}

fn firefox(program: &Path, wishes: &Wishes) -> Value {
    let mut settings = json!({
        "intl.accept_languages": wishes.language,
        "javascript.enabled": !wishes.scriptless,
        "privacy.resistFingerprinting": wishes.protective,
        "layout.css.prefers-color-scheme.content-override": if wishes.dark { 0 } else { 1 },
        // It would look for news of itself.
        "app.update.disabledForTesting": true,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    if let Some(agent) = &wishes.agent {
        settings["general.useragent.override"] = json!(agent);
    }
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "binary": program, "args": ["-headless"], "prefs": settings },
    })
}

fn webkit(program: &Path, wishes: &Wishes) -> Value {
    let mut arguments = vec!["--automation".to_owned()];
    arguments.extend(wishes.agent.as_ref().map(|agent| format!("--user-agent={agent}")));
    arguments.extend(wishes.scriptless.then(|| "--enable-javascript=FALSE".to_owned()));
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": program, "args": arguments },
    })
}
