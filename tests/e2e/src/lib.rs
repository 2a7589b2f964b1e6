//! Drives the built page in a real browser, as a person would.
//!
//! A test is a journey: verbs on what can be seen (`choose`, `press`, `see`), no selectors and no
//! sleeping. At the end of every journey the recorder's list of complaints must be empty. What the
//! page should say is no business of this crate: the journeys in `tests/` know.
//!
//! The page is the one in `dist/`; build it with `cargo xtask dist`, or run `cargo xtask test`,
//! which does.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

mod browser;
pub mod cases;
pub mod code;
pub mod expected;
mod page;
pub mod people;
pub mod release;
pub mod steps;
mod wait;

use browser::Wishes;
pub use browser::engine;
pub use page::Page;
pub use tasks::server::faults::Fault;
pub use tasks::setup::Engine;

/// One journey through the page on a phone. The name is that of the picture a failure leaves.
#[track_caller]
pub fn journey(name: &str, walk: impl FnOnce(&mut Page)) {
    Visit::default().journey(name, walk);
}

/// The folder with the built page.
pub fn dist() -> PathBuf {
    tasks::root().join("dist")
}

/// Says that the running test has tried a fault in this engine, what went wrong and what the person saw: a row of docs/faults.md or
/// docs/offline.md, which are held against it.
#[track_caller]
pub fn tried(cells: &[&str]) {
    let thread = std::thread::current();
    // Which names stand in such a module is seen from the engines.
    let test = thread.name().unwrap_or_default().replace("every_engine::", "");
    println!("{}: {}", test, cells.join(" | "));
    tasks::tried::record(&tasks::root(), engine(), cells, &test).unwrap_or_else(|error| panic!("{error:#}"));
}

/// Prints a row of a page's table once it has been tried, and holds the page against it.
#[track_caller]
pub fn stands_in(page: &str, cells: &[&str]) {
    let row = format!("| {} |", cells.join(" | "));
    println!("{row}");
    let text = std::fs::read_to_string(tasks::root().join(page)).unwrap_or_default();
    assert!(text.contains(&row), "{page} is not up to date. Write there:\n{row}");
}

/// What is visited, and with which screen.
#[derive(Clone, Debug)]
pub struct Visit {
    folder: PathBuf,
    browser: Wishes,
    /// Nobody keeps a list of complaints.
    unrecorded: bool,
    /// A file that is opened as such, without any server.
    file: Option<PathBuf>,
}

impl Default for Visit {
    /// The built page on a phone of 390 x 844, of somebody who reads Simplified Chinese.
    fn default() -> Visit {
        let browser = Wishes {
            width: 390,
            height: 844,
            dark: false,
            language: "zh-CN".to_owned(),
            scriptless: false,
            agent: None,
            protective: false,
            impatient: false,
            fresh: false,
            profile: None,
        };
        Visit { folder: dist(), browser, unrecorded: false, file: None }
    }
}

impl Visit {
    /// Another folder than `dist/`.
    pub fn to(folder: &Path) -> Visit {
        Visit { folder: folder.to_owned(), ..Visit::default() }
    }

    /// A file, opened from where it lies. It can't have the recorder.
    pub fn to_file(file: &Path) -> Visit {
        Visit { file: Some(file.to_owned()), unrecorded: true, ..Visit::default() }
    }

    /// Without waiting for files that never come: the verbs wait for what they need.
    pub fn impatient(mut self) -> Visit {
        self.browser.impatient = true;
        self
    }

    /// With what another visit has left in a folder. In Chromium only.
    pub fn with_profile(mut self, profile: &Path) -> Visit {
        self.browser.profile = Some(profile.to_owned());
        self.in_fresh_browser()
    }

    /// In a browser that nobody has used, as for whoever comes for the first time: what is measured isn't warm.
    pub fn in_fresh_browser(mut self) -> Visit {
        self.browser.fresh = true;
        self
    }

    pub fn with_screen(mut self, width: u32, height: u32) -> Visit {
        (self.browser.width, self.browser.height) = (width, height);
        self
    }

    /// With a browser that is set to another language; of several the first is preferred.
    pub fn in_language(mut self, language: &str) -> Visit {
        self.browser.language = language.to_owned();
        self
    }

    /// With scripts turned off in the browser: the recorder too.
    pub fn without_scripts(mut self) -> Visit {
        self.browser.scriptless = true;
        self.as_published()
    }

    /// Just as it is published, without the recorder: a page that is kept on the device can't keep what the tests add.
    pub fn as_published(self) -> Visit {
        Visit { unrecorded: true, ..self }
    }

    /// In another program's browser.
    pub fn as_agent(mut self, agent: &str) -> Visit {
        self.browser.agent = Some(agent.to_owned());
        self
    }

    /// In a browser that protects people from being recognised; in Firefox only.
    pub fn in_protective_browser(mut self) -> Visit {
        self.browser.protective = true;
        self
    }

    /// As somebody who prefers dark colours.
    pub fn in_the_dark(mut self) -> Visit {
        self.browser.dark = true;
        self
    }

    /// Takes a browser of which nobody else sees anything, walks, and looks for complaints.
    #[track_caller]
    pub fn journey(self, name: &str, walk: impl FnOnce(&mut Page)) {
        let mut page = match Page::start(&self) {
            Ok(page) => page,
            Err(error) => panic!("{name}: {error:#}"),
        };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| walk(&mut page))) {
            leave_picture(&page, name);
            resume_unwind(panic);
        }
        let complaints = page.complaints();
        if !complaints.is_empty() {
            leave_picture(&page, name);
            panic!("{name}: the page complains:\n  {}", complaints.join("\n  "));
        }
        page.end();
    }
}

/// What the page looked like when a journey failed, for people.
fn leave_picture(page: &Page, name: &str) {
    let folder = tasks::root().join("target").join("e2e");
    let file = folder.join(format!("{name}.png"));
    match std::fs::create_dir_all(&folder).map_err(anyhow::Error::from).and_then(|()| page.try_screenshot(&file)) {
        Ok(()) => eprintln!("a picture of the page is in {}", file.display()),
        Err(error) => eprintln!("no picture of the page: {error:#}"),
    }
}
