//! A browser with its driver: starting, controlling and reusing it.
//!
//! Journeys share no stored data: a reused browser gets an empty window, and the page has an address that the browser
//! hasn't seen, because no two servers of these tests use the same port. The driver's interface is asynchronous; this
//! module makes it synchronous, so that the verbs are plain functions and a failure names the line of the test.

mod driver;

use std::cell::Cell;
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

/// Flags that prevent problems with telemetry and a missing graphics card.
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

/// Returns the point at which a finger touches an element after scrolling to it, or null if it can't be determined: in
/// a frame, in a magnified page, or with something over the element.
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

/// The required properties of a browser.
#[derive(Clone, PartialEq, Debug)]
pub struct Wishes {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    /// The preferred language.
    pub language: String,
    pub scriptless: bool,
    /// The user agent, if it differs from the browser's own.
    pub agent: Option<String>,
    /// Enables the protection against fingerprinting. In Firefox only.
    pub protective: bool,
    /// Does not wait until a page has loaded completely.
    pub impatient: bool,
    /// Starts a new browser that is not reused.
    pub fresh: bool,
    /// The folder of the browser's profile, if another browser needs it later.
    pub profile: Option<PathBuf>,
}

impl Wishes {
    /// Whether a running browser with these properties can get the others: in Firefox a window takes another size.
    fn can_become(&self, other: &Wishes) -> bool {
        let mut same = self.clone();
        if engine() == Engine::Firefox {
            (same.width, same.height) = (other.width, other.height);
        }
        same == *other
    }
}

pub struct Browser {
    runtime: Runtime,
    /// Only empty while the browser ends.
    session: Option<WebDriver>,
    /// The driver ends after the session in every case.
    driver: Driver,
    wishes: Wishes,
    /// Whether a test has sent a command of the DevTools protocol, whose effect can last as long as the window.
    window_changed: Cell<bool>,
}

/// Browsers whose journey has ended: starting one takes as long as a short journey.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// How many idle browsers are kept for later tests with the same properties. They cost only memory.
const MOST_IDLE: usize = 6;

/// How often another port is tried: a port that was free may be taken by another program before it is used.
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

    /// Returns an idle browser with these properties, if there is one.
    fn idle(wishes: &Wishes) -> Option<Browser> {
        let mut browser = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let at = idle.iter().position(|one| one.wishes.can_become(wishes))?;
            idle.remove(at)
        };
        if browser.wishes != *wishes {
            browser.wishes = wishes.clone();
            browser.prepare_window().ok()?;
        }
        Some(browser)
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
        let browser = Browser {
            runtime,
            session: Some(session),
            driver,
            wishes: wishes.clone(),
            window_changed: Cell::new(false),
        };
        // The driver's default timeouts are not adapted to this machine.
        let longest = TimeoutConfiguration::new(Some(3 * patience()), Some(3 * patience()), None);
        browser.ask(async |session| session.update_timeouts(longest).await)?;
        browser.prepare_window()?;
        Ok(browser)
    }

    /// Sets what the engines don't apply to every window from the start.
    fn prepare_window(&self) -> Result<()> {
        let Wishes { width, height, dark, .. } = self.wishes;
        let prepared = match engine() {
            Engine::Chromium if dark => self.prefer_colours("dark"),
            Engine::Chromium => Ok(()),
            // The nearest possible size: neither becomes as narrow as the smallest phones.
            Engine::Firefox | Engine::Webkit => {
                self.ask(async |session| session.set_window_rect(0, 0, width, height).await)
            }
        };
        self.window_changed.set(false);
        prepared
    }

    /// Keeps the browser for another journey, if nothing of this one can remain. WebKitGTK is not kept: after some
    /// dozens of journeys it sometimes no longer starts a page's worker, or does not do what was pressed.
    pub fn give_back(self) {
        if !self.wishes.fresh && engine() != Engine::Webkit && self.clear().is_ok() {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let oldest = (idle.len() == MOST_IDLE).then(|| idle.remove(0));
            idle.push(self);
            drop(idle);
            // This takes a while, so it is done after the lock is released.
            drop(oldest);
        }
    }

    /// Removes what a journey leaves: other windows, history and session storage. In Chromium the window stays if nothing
    /// else in it can have changed, because a new one takes a quarter of a short journey's time. In Firefox a new tab
    /// takes a third of the processor time of a new window.
    fn clear(&self) -> Result<()> {
        let windows = self.ask(async |session| session.windows().await)?;
        if engine() == Engine::Chromium && windows.len() == 1 && !self.window_changed.get() {
            self.ask(async |session| session.goto("about:blank").await)?;
            self.script("window.name = '';", Vec::new())?;
            return self.send("Page.resetNavigationHistory", json!({})).map(drop);
        }
        self.ask(async |session| {
            let new = session.new_tab().await?;
            for window in windows {
                session.switch_to_window(window).await?;
                session.close_window().await?;
            }
            session.switch_to_window(new).await
        })?;
        // In Firefox a tab has the size of its window.
        if engine() == Engine::Firefox { Ok(()) } else { self.prepare_window() }
    }

    /// Runs an operation in the session and waits for it.
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

    /// Runs a script that reports its result by calling its last argument.
    pub fn wait_script(&self, script: &str) -> Result<Value> {
        self.ask(async |session| session.execute_async(script, Vec::new()).await.map(|result| result.json().clone()))
    }

    /// Taps an element, as the driver would. Chromium's driver first runs a dozen long scripts, which took half of a
    /// journey's time.
    pub fn tap(&self, element: &WebElement) -> Result<()> {
        if engine() == Engine::Chromium {
            let place = self.ask(async |session| session.execute_async(PLACE, vec![element.to_json()?]).await)?;
            if let Value::Array(place) = place.json() {
                let touch = |kind: &str, fingers: Value| {
                    self.send("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": fingers }))
                };
                touch("touchStart", json!([{ "x": place[0], "y": place[1] }]))?;
                return touch("touchEnd", json!([])).map(drop);
            }
        }
        self.ask(async |_| element.click().await)
    }

    /// Kills all processes of the browser, like a power failure.
    pub fn kill(&mut self) {
        self.driver.end();
        // No process is left that could end the session.
        let _ = self.session.take().map(WebDriver::leak);
    }

    /// Sets the preferred colour scheme of the window, `dark` or `light`. In Chromium only.
    pub fn prefer_colours(&self, scheme: &str) -> Result<()> {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", features).map(drop)
    }

    /// Sends a test's command of Chromium's DevTools protocol; the other engines have none. The next journey gets another
    /// window.
    pub fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.window_changed.set(true);
        self.send(command, parameters)
    }

    /// Sends a command of Chromium's DevTools protocol.
    fn send(&self, command: &str, parameters: Value) -> Result<Value> {
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

/// Returns the engine in which the tests run, from the variable that `cargo xtask test` sets.
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
                // The list of visited pages makes each page slower: after thousands of pages, by half a second.
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
        // Firefox would look for updates.
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
