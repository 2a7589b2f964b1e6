//! What is around the page and not on it: what is stored, the network, the worker, other windows and frames.
//!
//! Nothing here is done by a person; it is what happens to one.

use serde_json::json;
use tasks::server::Server;
use tasks::server::faults::Fault;

use super::{Page, site};
use crate::wait::{long_until, until};

impl Page {
    /// Puts something into localStorage, as another version or another page might have.
    #[track_caller]
    pub fn storage_set(&self, key: &str, value: &str) {
        let script = "localStorage.setItem(arguments[0], arguments[1]);";
        self.must(self.browser.script(script, vec![json!(key), json!(value)]));
    }

    /// Opens a page of the program on a device that has kept these answers.
    #[track_caller]
    pub fn open_with(&mut self, query: &str, fragment: &str, record: &str) {
        self.open(query);
        self.storage_set("subsidy-checker.answers", record);
        self.open(&format!("{query}{fragment}"));
    }

    /// What localStorage holds.
    #[track_caller]
    pub fn storage_get(&self, key: &str) -> Option<String> {
        let value = self.must(self.browser.script("return localStorage.getItem(arguments[0]);", vec![json!(key)]));
        value.as_str().map(str::to_owned)
    }

    /// From the next `open` or `reload` on, touching localStorage throws, as in a private frame.
    #[track_caller]
    pub fn emulate_storage_refused(&mut self) {
        self.before_every_page(
            "Object.defineProperty(window, 'localStorage', { get: function () {
                throw new DOMException('refused', 'SecurityError');
            } });",
        );
    }

    /// From the next `open` or `reload` on, runs a script before anything of the page.
    #[track_caller]
    pub fn before_every_page(&mut self, script: &str) {
        self.before.add(&format!("\n(function () {{ {script} }})();"));
    }

    /// Stops the server: for the page, an honest "offline".
    pub fn go_offline(&mut self) {
        self.server = None;
    }

    /// Starts the server again at the same address.
    #[track_caller]
    pub fn go_online(&mut self) {
        self.server = None;
        self.server = Some(self.must(Server::start(site(&self.visit, &self.before, &self.faults), self.address)));
    }

    /// Serves at an address of its own, where the browser has nothing yet.
    #[track_caller]
    pub fn move_elsewhere(&mut self) {
        let server = self.must(Server::on_loopback(site(&self.visit, &self.before, &self.faults)));
        self.address = server.address();
        self.server = Some(server);
    }

    /// From now on a file of the page goes wrong; `index.html` is the page itself.
    pub fn break_file(&mut self, name: &str, fault: Fault) {
        self.faults.set(name, fault);
    }

    /// Waits until a file has gone wrong for somebody who asked for it.
    #[track_caller]
    pub fn wait_until_met(&mut self, name: &str) {
        self.wait_for(&format!("nobody asks for {name}"), |page| Ok(page.faults.met(name)), |met| *met > 0);
    }

    /// Nothing goes wrong any more.
    pub fn mend(&mut self) {
        self.faults.mend();
    }

    /// Waits until the browser is done with whatever it installs, and has or hasn't got a version on the device: so many
    /// files under a name with this mark.
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

    /// Waits until the browser has given up a worker that could not be installed. The page may be trying again by then.
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

    /// Waits until the versions on the device, by their names, are those that should be there: what isn't wanted any more goes a
    /// moment after something else has taken its place.
    #[track_caller]
    pub fn wait_until_versions(&mut self, wanted: impl Fn(&[String]) -> bool) {
        let look = "var done = arguments[arguments.length - 1];
             caches.keys().then(function (names) { done(names); });";
        let read = |page: &Page| -> anyhow::Result<Vec<String>> {
            Ok(serde_json::from_value(page.browser.wait_script(look)?)?)
        };
        self.wait_for("other versions are on the device", read, |names| wanted(names));
    }

    /// Opens another window and goes on there: to the page the same as a tab, and shown by every driver.
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

    /// Goes on in another window; they are counted from 0 as they were opened.
    #[track_caller]
    pub fn switch_window(&mut self, at: usize) {
        let window = self.windows[at].clone();
        self.must(self.browser.ask(async |session| session.switch_to_window(window).await));
    }

    /// Goes into the frame at that place of the page, counted from 0: every verb is about what it shows.
    #[track_caller]
    pub fn enter_frame(&mut self, at: usize) {
        // What is out of sight is drawn by no browser, and knows not how high it is.
        let find = format!(
            "var frame = document.querySelectorAll('iframe')[{at}] || null, place = frame && frame.getBoundingClientRect();
             if (frame && (place.bottom < 50 || place.top > window.innerHeight - 50)) frame.scrollIntoView();
             return frame;"
        );
        let entered = until(|| {
            let frame = self.browser.element(&find, Vec::new()).map_err(|error| format!("{error:#}"))?;
            let frame = frame.ok_or("no such frame")?;
            self.must(self.browser.ask(async |_| frame.enter_frame().await));
            // A frame whose page is only coming leads back to where one was, in one of the drivers.
            self.is_true("return window.parent !== window;").inspect_err(|_| self.leave_frame())
        });
        if let Err(seen) = entered {
            self.fail(&format!("there is no frame {at}: {seen}"));
        }
    }

    /// Back to the page that has the frame.
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
