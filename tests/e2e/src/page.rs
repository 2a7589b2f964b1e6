//! The page under test, with verbs on what a person sees.
//!
//! Every verb waits for what it needs, up to `patience`, and fails at the line of the test that calls it, with the
//! address and the whole text of the page.

mod around;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tasks::server::faults::{Fault, Faults};
use tasks::server::{ScriptText, Server, Site};
use tasks::setup::Engine;
use thirtyfour::prelude::Key;
use thirtyfour::{By, WebElement, WindowHandle};

use crate::Visit;
use crate::browser::{Browser, engine};
use crate::wait::{long_until, until};

const RECORDER: &str = include_str!("recorder.js");
const LOOKUP: &str = include_str!("lookup.js");

/// Waits until nothing on the page has changed for two frames, so that an answer has been processed and the next verb
/// doesn't act on the previous question.
const SETTLE: &str = "
    var done = arguments[arguments.length - 1];
    var changed = true, frames = 0;
    var observer = new MutationObserver(function () { changed = true; });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    (function frame() {
        frames += 1;
        if (frames > 2 && !changed || frames > 60) { observer.disconnect(); return done(); }
        changed = false;
        requestAnimationFrame(frame);
    })();";

/// A file of the page that is no page of the program.
const BESIDE: &str = "embed.js";

/// An open browser with the page under test.
pub struct Page {
    // Dropped first: a browser whose server ends first would fill the console with errors.
    browser: Browser,
    server: Option<Server>,
    address: SocketAddr,
    /// The faults of the server.
    faults: Faults,
    /// The scripts that run before the page's: the recorder, and what a test adds to it.
    before: ScriptText,
    visit: Visit,
    complaints: Vec<String>,
    /// The open windows in the order of opening, if there are several.
    windows: Vec<WindowHandle>,
    /// Whether the browser was killed, so that nothing can be asked any more.
    killed: bool,
}

impl Page {
    pub(crate) fn start(visit: &Visit) -> Result<Page> {
        if !visit.folder.join("index.html").is_file() {
            anyhow::bail!("there is no page in {}. Build it with `cargo xtask dist`", visit.folder.display());
        }
        let before = ScriptText::from(RECORDER);
        // WebKitGTK takes its languages from the system, which may not have them.
        if engine() == Engine::Webkit {
            before.add(&format!(
                "\nObject.defineProperty(navigator, 'languages', {{ value: ['{}'] }});",
                visit.browser.language
            ));
        }
        let faults = Faults::default();
        // With the recorder in it, `index.html` is not the file that was built, and can't be kept. Without the worker each
        // visit is spared the attempt to fetch and keep every file.
        if !visit.unrecorded {
            faults.set("sw.js", Fault::NotFound);
        }
        let server = Server::on_loopback(site(visit, &before, &faults))?;
        let address = server.address();
        let browser = Browser::start(&visit.browser)?;
        let (server, visit) = (Some(server), visit.clone());
        Ok(Page {
            browser,
            server,
            address,
            faults,
            before,
            visit,
            complaints: Vec::new(),
            windows: Vec::new(),
            killed: false,
        })
    }

    /// Returns the browser for another journey. After a visit to a file it is not reused, because files share their
    /// storage.
    pub(crate) fn end(self) {
        if self.visit.file.is_none() && !self.killed {
            // The browser is returned before the server ends.
            self.browser.give_back();
        }
    }

    /// Opens the page again with a query and a fragment, such as `?as-of=2025-05-10#q/age`, or without them, and waits
    /// until its program runs.
    #[track_caller]
    pub fn open(&mut self, query_and_fragment: &str) {
        self.open_unready(query_and_fragment);
        self.wait_until_ready();
    }

    /// Like `open`, but doesn't wait for the program.
    #[track_caller]
    pub fn open_unready(&mut self, query_and_fragment: &str) {
        self.collect();
        let target = match &self.visit.file {
            None => format!("http://{}/{query_and_fragment}", self.address),
            Some(file) => format!("{}{query_and_fragment}", self.must(file_address(file))),
        };
        let before_fragment = |address: &str| address.split('#').next().unwrap_or("").to_owned();
        if before_fragment(&self.address()) == before_fragment(&target) {
            // A change of the fragment alone would not load the page again.
            self.must(self.browser.ask(async |session| session.goto("about:blank").await));
            self.wait_for(
                "the page before is still there",
                |page| Ok(page.address()),
                |address| address == "about:blank",
            );
        }
        // Not every driver waits until the previous page has gone, so that page is marked as not ready.
        let _ = self.browser.script("document.documentElement.dataset.ready = 'leaving';", Vec::new());
        self.must(self.browser.ask(async |session| session.goto(target).await));
    }

    /// Whether a page of the visited server, or a file, is open.
    fn is_here(&self) -> bool {
        let own = match &self.visit.file {
            None => format!("http://{}/", self.address),
            Some(_) => "file:".to_owned(),
        };
        self.address().starts_with(&own)
    }

    /// Opens something that has the storage of the visited page, without the program if possible: it takes a third of the
    /// time.
    #[track_caller]
    fn open_beside(&mut self, query: &str) {
        if self.visit.file.is_some() {
            return self.open(query);
        }
        let address = format!("http://{}/{BESIDE}", self.address);
        self.open_address(&address);
        self.wait_for("the script beside the page isn't there", |page| Ok(page.address()), |seen| *seen == address);
    }

    /// Opens another file than the visited one; it need not contain the program.
    #[track_caller]
    pub fn open_file(&mut self, file: &Path) {
        self.visit.file = Some(file.to_owned());
        self.open_unready("");
    }

    /// Opens a page of another server.
    #[track_caller]
    pub fn open_address(&mut self, address: &str) {
        self.must(self.browser.ask(async |session| session.goto(address).await));
    }

    /// Chooses a radio button or check box by its label, unless it is chosen already.
    #[track_caller]
    pub fn choose(&mut self, label: &str) {
        self.set_choice(label, true);
    }

    /// Clears a check box by its label.
    #[track_caller]
    pub fn unchoose(&mut self, label: &str) {
        self.set_choice(label, false);
    }

    /// Whether a radio button or check box is chosen.
    #[track_caller]
    pub fn is_chosen(&mut self, label: &str) -> bool {
        let look = format!("{LOOKUP} var label = choice(arguments[0]); return label && label.control.checked;");
        let chosen = until(|| {
            let chosen = self.browser.script(&look, vec![json!(label)]).map_err(|error| format!("{error:#}"))?;
            chosen.as_bool().ok_or_else(|| "no such choice".to_owned())
        });
        chosen.unwrap_or_else(|seen| self.fail(&format!("there is no choice `{label}`: {seen}")))
    }

    #[track_caller]
    fn set_choice(&mut self, label: &str, chosen: bool) {
        if self.is_chosen(label) == chosen {
            return;
        }
        let find = format!("{LOOKUP} return choice(arguments[0]);");
        self.act(&find, label, &format!("no choice `{label}` can be made"), Browser::tap);
    }

    /// Presses a button or a link by its text.
    #[track_caller]
    pub fn press(&mut self, text: &str) {
        let find = format!("{LOOKUP} return button(arguments[0]);");
        self.act(&find, text, &format!("no button or link `{text}` can be pressed"), Browser::tap);
    }

    /// Types into the page's only field, replacing its content.
    #[track_caller]
    pub fn enter(&mut self, value: &str) {
        let find = format!("{LOOKUP} return onlyField();");
        self.act(&find, "", "the page has no field to type into", |browser, field| type_into(browser, field, value));
    }

    /// Types into the field with this label, replacing its content.
    #[track_caller]
    pub fn enter_in(&mut self, label: &str, value: &str) {
        let find = format!("{LOOKUP} return field(arguments[0]);");
        let failure = format!("there is no field `{label}` to type into");
        self.act(&find, label, &failure, |browser, field| type_into(browser, field, value));
    }

    /// Sends a key, as WebDriver writes it, to the focused element.
    #[track_caller]
    pub fn key(&mut self, key: &str) {
        let key = key.to_owned();
        self.must(self.browser.ask(async |session| session.active_element().await?.send_keys(key).await));
        self.settle();
    }

    /// Presses a key as on a keyboard: wherever the focus is, even in a frame, and whatever happens to the focused
    /// element.
    #[track_caller]
    pub fn press_key(&mut self, key: &str) {
        self.must(self.browser.ask(async |session| session.action_chain().send_keys(key).perform().await));
        self.settle();
    }

    /// Returns the content of the page's only field.
    #[track_caller]
    pub fn entered(&mut self) -> String {
        let look = format!("{LOOKUP} return onlyField().value;");
        self.must(self.browser.script(&look, Vec::new())).as_str().unwrap_or("").to_owned()
    }

    /// Waits until the page's main part shows a text. Any run of white space counts as one space.
    #[track_caller]
    pub fn see(&mut self, text: &str) {
        self.wait_for(&format!("`{text}` is not on the page"), Page::try_text, |shown| {
            shown.contains(&one_spaced(text))
        });
    }

    /// Waits until a text is shown anywhere on the page, even outside the main part.
    #[track_caller]
    pub fn see_anywhere(&mut self, text: &str) {
        self.wait_for(&format!("`{text}` is nowhere"), Page::try_whole_text, |shown| shown.contains(&one_spaced(text)));
    }

    /// Waits until a text is shown nowhere on the page.
    #[track_caller]
    pub fn not_see_anywhere(&mut self, text: &str) {
        self.wait_for(&format!("`{text}` is there"), Page::try_whole_text, |shown| !shown.contains(&one_spaced(text)));
    }

    /// Returns the text of the whole page, with each run of white space as one space.
    fn try_whole_text(&self) -> Result<String> {
        let text = self.browser.script("return document.body ? document.body.innerText : '';", Vec::new())?;
        Ok(one_spaced(text.as_str().unwrap_or_default()))
    }

    /// Returns the visible text by asking the browser instead of the page, which works without scripts.
    #[track_caller]
    pub fn visible_text(&self) -> String {
        self.must(self.browser.ask(async |session| session.find(By::Tag("body")).await?.text().await))
    }

    /// Waits until the page's main part no longer shows a text.
    #[track_caller]
    pub fn not_see(&mut self, text: &str) {
        self.wait_for(&format!("`{text}` is on the page"), Page::try_text, |shown| !shown.contains(&one_spaced(text)));
    }

    /// Waits until the page's heading is this one.
    #[track_caller]
    pub fn see_heading(&mut self, text: &str) {
        self.wait_for(&format!("the heading is not `{text}`"), Page::try_heading, |heading| {
            *heading == one_spaced(text)
        });
    }

    /// Returns the page's present first heading.
    #[track_caller]
    pub fn heading(&self) -> String {
        self.must(self.try_heading())
    }

    fn try_heading(&self) -> Result<String> {
        let look = format!(
            "{LOOKUP} var heading = Array.prototype.find.call(document.querySelectorAll('h1'), visible);
             return heading ? words(heading) : '';"
        );
        Ok(self.browser.script(&look, Vec::new())?.as_str().unwrap_or("").to_owned())
    }

    /// Returns the text of the page's main part, with each run of white space as one space.
    #[track_caller]
    pub fn text(&self) -> String {
        self.must(self.try_text())
    }

    #[track_caller]
    pub fn reload(&mut self) {
        self.collect();
        match engine() {
            // The driver's own reload bypasses the cache, unlike a key or a gesture of a person.
            Engine::Firefox => {
                self.script("document.documentElement.dataset.ready = 'leaving'; location.reload();");
            }
            _ => self.must(self.browser.ask(async |session| session.refresh().await)),
        }
        self.wait_until_ready();
    }

    /// Answers the first page after the goal: none of the circumstances that alone exclude the subsidy apply.
    #[track_caller]
    pub fn pass_status(&mut self) {
        self.see_heading("下面哪些符合您的情况？");
        self.choose("以上都没有");
        self.press("继续");
    }

    /// Presses the browser's back button.
    #[track_caller]
    pub fn back(&mut self) {
        self.collect();
        self.must(self.browser.ask(async |session| session.back().await));
        self.settle();
    }

    /// Presses the browser's forward button.
    #[track_caller]
    pub fn forward(&mut self) {
        self.collect();
        self.must(self.browser.ask(async |session| session.forward().await));
        self.settle();
    }

    /// Returns the complete address that the browser shows.
    #[track_caller]
    pub fn address(&self) -> String {
        self.must(self.browser.ask(async |session| session.current_url().await)).to_string()
    }

    /// Runs a script in the page, for what no verb covers, and returns the value that it returns.
    #[track_caller]
    pub fn script(&self, script: &str) -> Value {
        self.must(self.browser.script(script, Vec::new()))
    }

    /// Waits longer than the time in which the page takes an empty form for a second tap on the previous page.
    #[track_caller]
    pub fn pause_between_taps(&mut self) {
        self.wait_script("setTimeout(arguments[arguments.length - 1], 450);");
    }

    /// Runs a script that reports its result by calling its last argument.
    #[track_caller]
    pub fn wait_script(&self, script: &str) -> Value {
        self.must(self.browser.wait_script(script))
    }

    /// Sets the preferred colour scheme, `dark` or `light`. In Chromium only.
    #[track_caller]
    pub fn prefer_colours(&self, scheme: &str) {
        self.must(self.browser.prefer_colours(scheme));
    }

    /// Sends a command of Chromium's DevTools protocol; the other engines have none.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.must(self.browser.devtools(command, parameters))
    }

    /// Waits until a script returns true, even on a page that is loaded in the meantime.
    #[track_caller]
    pub fn wait_until(&mut self, script: &str) {
        if let Err(seen) = long_until(|| self.is_true(script)) {
            self.fail(&format!("it doesn't become true: {script}; {seen}"));
        }
        self.settle();
    }

    /// Waits until a script returns a string, even on a page that is loaded in the meantime, and returns it; `None` if
    /// it never does.
    #[track_caller]
    pub fn outcome(&mut self, script: &str) -> Option<String> {
        until(|| match self.browser.script(script, Vec::new()) {
            Ok(Value::String(said)) => Ok(said),
            other => Err(format!("{other:?}")),
        })
        .ok()
    }

    /// Saves a picture of the screen.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        self.must(self.try_screenshot(file));
    }

    /// Saves a picture of the whole page, however long it is.
    #[track_caller]
    pub fn whole_screenshot(&self, file: &Path) {
        // The driver's picture shows only the screen, so the screen is made as high as the page.
        let height = self.script("return document.documentElement.scrollHeight;").as_u64().unwrap_or(0);
        let screen = json!({
            "width": self.visit.browser.width, "height": height.max(self.visit.browser.height.into()),
            "deviceScaleFactor": 2, "mobile": true,
        });
        self.must(self.browser.devtools("Emulation.setDeviceMetricsOverride", screen));
        self.settle();
        self.must(self.try_screenshot(file));
        let screen = json!({
            "width": self.visit.browser.width, "height": self.visit.browser.height, "deviceScaleFactor": 2, "mobile": true,
        });
        self.must(self.browser.devtools("Emulation.setDeviceMetricsOverride", screen));
    }

    /// Waits for a complaint that contains a text and removes it from the list, for tests of failures. Every other
    /// complaint still fails the journey.
    #[track_caller]
    pub fn expect_complaint(&mut self, part: &str) {
        let found = until(|| {
            self.collect();
            let found = self.complaints.iter().position(|complaint| complaint.contains(part));
            found.ok_or_else(|| format!("the list {:?}", self.complaints))
        });
        match found {
            Ok(at) => drop(self.complaints.remove(at)),
            Err(seen) => self.fail(&format!("nothing complains of `{part}`: {seen}")),
        }
    }

    /// Removes one complaint that contains a text, if there is one, for consequences of an expected failure. Returns
    /// whether there was one.
    #[track_caller]
    pub fn forgive(&mut self, part: &str) -> bool {
        self.collect();
        let found = self.complaints.iter().position(|complaint| complaint.contains(part));
        found.map(|at| self.complaints.remove(at)).is_some()
    }

    /// Returns all complaints that were not expected.
    #[track_caller]
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.collect();
        std::mem::take(&mut self.complaints)
    }

    pub(crate) fn try_screenshot(&self, file: &Path) -> Result<()> {
        let picture = self.browser.ask(async |session| session.screenshot_as_png().await)?;
        std::fs::write(file, picture).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Fetches the recorder's list before a page is left.
    #[track_caller]
    fn collect(&mut self) {
        if self.killed {
            return;
        }
        let address = self.address();
        if address.starts_with("http") && !address.ends_with(BESIDE) && !self.visit.unrecorded {
            match self.fetch_complaints() {
                Some(list) => self.complaints.extend(list),
                None => self.complaints.push(format!("the recorder is not on {}", self.address())),
            }
        }
    }

    /// Finds an element and acts on it; tries again if the page changes in the meantime.
    #[track_caller]
    fn act(&mut self, find: &str, name: &str, failure: &str, act: impl Fn(&Browser, &WebElement) -> Result<()>) {
        let done = until(|| match self.browser.element(find, vec![json!(name)]) {
            Ok(Some(found)) => act(&self.browser, &found).map_err(|error| format!("{error:#}")),
            Ok(None) => Err("no such thing".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        });
        if let Err(seen) = done {
            self.fail(&format!("{failure}: {seen}"));
        }
        self.settle();
    }

    /// Waits for the program of a page that was opened with `open_unready`.
    #[track_caller]
    pub fn wait_until_it_runs(&mut self) {
        self.wait_until_ready();
    }

    #[track_caller]
    fn wait_until_ready(&self) {
        let ready = "var page = document.documentElement; return !!page && page.dataset.ready === 'true';";
        // The driver refuses scripts while one page replaces another.
        if let Err(seen) = long_until(|| self.is_true(ready)) {
            self.fail(&format!("the page's program does not start, its root has no data-ready=\"true\": {seen}"));
        }
        self.settle();
    }

    /// Waits until the page is still; a page that is left in the meantime counts as still.
    fn settle(&self) {
        let _ = self.browser.wait_script(SETTLE);
    }

    /// Reads a value until it is the wanted one; otherwise fails with the last value. Reading fails for a moment while
    /// one page replaces another, and is repeated.
    #[track_caller]
    fn wait_for<T: std::fmt::Debug>(
        &self,
        failure: &str,
        read: impl Fn(&Page) -> Result<T>,
        wanted: impl Fn(&T) -> bool,
    ) {
        let seen = until(|| {
            let seen = read(self).map_err(|error| format!("{error:#}"))?;
            // The beginning is enough, because the whole text of the page follows in the message.
            if wanted(&seen) { Ok(()) } else { Err(format!("{seen:?}").chars().take(80).collect()) }
        });
        if let Err(seen) = seen {
            self.fail(&format!("{failure}: {seen}"));
        }
    }

    /// Checks that a script returns true; otherwise returns what it returned instead.
    fn is_true(&self, script: &str) -> Result<(), String> {
        match self.browser.script(script, Vec::new()) {
            Ok(Value::Bool(true)) => Ok(()),
            Ok(other) => Err(other.to_string()),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    fn try_text(&self) -> Result<String> {
        let text = self.browser.script(&format!("{LOOKUP} return shown();"), Vec::new())?;
        Ok(text.as_str().unwrap_or("").to_owned())
    }

    #[track_caller]
    fn must<T>(&self, result: Result<T>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => panic!("the browser refuses: {error:#}"),
        }
    }

    #[track_caller]
    fn fail(&self, message: &str) -> ! {
        let text = self.try_text().unwrap_or_else(|error| format!("(no text: {error:#})"));
        let mut report = format!("{message}\naddress: {}\nthe page shows: {text}", self.address());
        // Complaints often contain the reason: a program that has stopped may show the right page but not react.
        let complaints = self.fetch_complaints().unwrap_or_default();
        for complaint in self.complaints.iter().chain(&complaints) {
            report.push_str("\nthe page complains: ");
            report.push_str(complaint);
        }
        panic!("{report}")
    }

    /// Returns what the recorder has listed since the last call, or `None` without a recorder.
    fn fetch_complaints(&self) -> Option<Vec<String>> {
        let fetch = "return window.e2eComplaints ? e2eComplaints() : null;";
        let list = self.browser.script(fetch, Vec::new()).ok()?;
        Some(list.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}

fn file_address(file: &Path) -> Result<String> {
    let address =
        url::Url::from_file_path(file).map_err(|()| anyhow::anyhow!("{} is no whole path", file.display()))?;
    Ok(address.into())
}

fn site(visit: &Visit, before: &ScriptText, faults: &Faults) -> Site {
    let site = Site::new(&visit.folder).with_faults(faults.clone());
    if visit.unrecorded { site } else { site.with_script("e2e-recorder.js", before.clone()) }
}

/// Types like a person over the present content; the driver's own clearing sends no events to the page.
fn type_into(browser: &Browser, field: &WebElement, value: &str) -> Result<()> {
    browser.ask(async |_| {
        // On a busy machine the keys may arrive before the focus.
        for _ in 0..5 {
            field.click().await?;
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Delete + "").await?;
            if field.prop("value").await?.is_none_or(|left| left.is_empty()) {
                break;
            }
        }
        // Not every driver accepts an empty text.
        if value.is_empty() { Ok(()) } else { field.send_keys(value).await }
    })
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
