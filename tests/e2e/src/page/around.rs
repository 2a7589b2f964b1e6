//! The page's surroundings: storage, network, worker, other windows and frames.
//!
//! These verbs are not actions of a person but events that happen around the page.

use serde_json::json;
use tasks::server::Server;
use tasks::server::faults::Fault;

use super::{Page, site};
use crate::wait::{long_until, until};

impl Page {
    /// Stores a value in localStorage, as another version or another page might have done.
    #[track_caller]
    pub fn storage_set(&self, key: &str, value: &str) {
        let script = "localStorage.setItem(arguments[0], arguments[1]);";
        self.must(self.browser.script(script, vec![json!(key), json!(value)]));
    }

    /// Opens a page of the program on a device that has stored these answers; an empty record is none.
    #[track_caller]
    pub fn open_with(&mut self, query: &str, fragment: &str, record: &str) {
        if !self.is_here() {
            self.open_beside(query);
        }
        let script = "if (arguments[1]) localStorage.setItem(arguments[0], arguments[1]); else localStorage.removeItem(arguments[0]);";
        self.must(self.browser.script(script, vec![json!("subsidy-checker.answers"), json!(record)]));
        self.open(&format!("{query}{fragment}"));
    }

    /// Returns a value of localStorage.
    #[track_caller]
    pub fn storage_get(&self, key: &str) -> Option<String> {
        let value = self.must(self.browser.script("return localStorage.getItem(arguments[0]);", vec![json!(key)]));
        value.as_str().map(str::to_owned)
    }

    /// Makes every access to localStorage throw, as in a private frame, from the next `open` or `reload` on.
    #[track_caller]
    pub fn emulate_storage_refused(&mut self) {
        self.before_every_page(
            "Object.defineProperty(window, 'localStorage', { get: function () {
                throw new DOMException('refused', 'SecurityError');
            } });",
        );
    }

    /// Runs a script before those of the page, from the next `open` or `reload` on.
    #[track_caller]
    pub fn before_every_page(&mut self, script: &str) {
        self.before.add(&format!("\n(function () {{ {script} }})();"));
    }

    /// Stops the server, so that the page is really offline.
    pub fn go_offline(&mut self) {
        self.server = None;
    }

    /// Starts the server again at the same address.
    #[track_caller]
    pub fn go_online(&mut self) {
        self.server = None;
        self.server = Some(self.must(Server::start(site(&self.visit, &self.before, &self.faults), self.address)));
    }

    /// Serves the page at a new address, for which the browser has stored nothing.
    #[track_caller]
    pub fn move_elsewhere(&mut self) {
        let server = self.must(Server::on_loopback(site(&self.visit, &self.before, &self.faults)));
        self.address = server.address();
        self.server = Some(server);
    }

    /// Sets a fault for a file of the page; `index.html` is the page itself.
    pub fn break_file(&mut self, name: &str, fault: Fault) {
        self.faults.set(name, fault);
    }

    /// Waits until a request has met a file's fault.
    #[track_caller]
    pub fn wait_until_met(&mut self, name: &str) {
        self.wait_for(&format!("nobody asks for {name}"), |page| Ok(page.faults.met(name)), |met| *met > 0);
    }

    /// Removes all faults.
    pub fn mend(&mut self) {
        self.faults.mend();
    }

    /// Waits until the browser has finished its installation and the cache whose name contains the mark holds this many
    /// files (0 if there is no such cache).
    #[track_caller]
    pub fn wait_until_kept(&mut self, mark: &str, files: usize) {
        let look = format!(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.getRegistration().then(function (registration) {{
                 if (!registration || registration.installing) return done(-1);
                 return caches.keys().then(function (names) {{
                     var ours = names.filter(function (name) {{ return name.indexOf('{mark}') >= 0; }})[0];
                     if (!ours) return done(0);
                     return caches.open(ours).then(function (cache) {{ return cache.keys(); }})
                         .then(function (all) {{ done(all.length); }});
                 }});
             }}).catch(function (why) {{ done(String(why)); }});"
        );
        let kept = long_until(|| match self.browser.wait_script(&look) {
            Ok(seen) if seen == json!(files) => Ok(()),
            Ok(seen) => Err(format!("{seen}; -1 is a worker that is being installed")),
            Err(error) => Err(format!("{error:#}")),
        });
        if let Err(seen) = kept {
            self.fail(&format!("there are not {files} files of `{mark}` on the device: {seen}"));
        }
    }

    /// Waits until the browser has discarded a worker that could not be installed. The page may already be trying
    /// again.
    #[track_caller]
    pub fn wait_until_redundant(&mut self) {
        self.wait_script(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' }).then(function (registration) {
                 var worker = registration.installing;
                 if (!worker) return registration.active ? registration.update().then(done, done) : done();
                 worker.onstatechange = look;
                 look();
                 function look() { if (worker.state === 'redundant') done(); }
             }).catch(done);",
        );
    }

    /// Waits until the names of the caches on the device satisfy the condition: an old version is removed a moment
    /// after the new one has replaced it.
    #[track_caller]
    pub fn wait_until_versions(&mut self, wanted: impl Fn(&[String]) -> bool) {
        let look = "var done = arguments[arguments.length - 1];
             caches.keys().then(function (names) { done(names); });";
        let read = |page: &Page| -> anyhow::Result<Vec<String>> {
            Ok(serde_json::from_value(page.browser.wait_script(look)?)?)
        };
        self.wait_for("other versions are on the device", read, |names| wanted(names));
    }

    /// Opens another window and continues in it. For the page it is the same as a tab, and every driver shows it.
    #[track_caller]
    pub fn open_window(&mut self) {
        let (old, new) = self.must(self.browser.ask(async |session| {
            let (old, new) = (session.window().await?, session.new_window().await?);
            session.switch_to_window(new.clone()).await?;
            Ok((old, new))
        }));
        if self.windows.is_empty() {
            self.windows.push(old);
        }
        self.windows.push(new);
    }

    /// Continues in another window, counted from 0 in the order of opening.
    #[track_caller]
    pub fn switch_window(&mut self, at: usize) {
        let window = self.windows[at].clone();
        self.must(self.browser.ask(async |session| session.switch_to_window(window).await));
    }

    /// Enters the frame at this position on the page, counted from 0: every verb then refers to its content.
    #[track_caller]
    pub fn enter_frame(&mut self, at: usize) {
        // Browsers don't render what is out of sight, so its height would be unknown.
        let find = format!(
            "var frame = document.querySelectorAll('iframe')[{at}] || null, place = frame && frame.getBoundingClientRect();
             if (frame && (place.bottom < 50 || place.top > window.innerHeight - 50)) frame.scrollIntoView();
             return frame;"
        );
        let entered = until(|| {
            let frame = self.browser.element(&find, Vec::new()).map_err(|error| format!("{error:#}"))?;
            let frame = frame.ok_or("no such frame")?;
            self.must(self.browser.ask(async |_| frame.enter_frame().await));
            // In one of the drivers, entering a frame that is still loading leads back to the page.
            self.is_true("return window.parent !== window;").inspect_err(|_| self.leave_frame())
        });
        if let Err(seen) = entered {
            self.fail(&format!("there is no frame {at}: {seen}"));
        }
    }

    /// Returns to the page that contains the frame.
    #[track_caller]
    pub fn leave_frame(&mut self) {
        self.must(self.browser.ask(async |session| session.enter_default_frame().await));
    }

    /// Kills the browser: no verb works after this one.
    #[track_caller]
    pub fn kill(&mut self) {
        self.killed = true;
        self.browser.kill();
    }
}
