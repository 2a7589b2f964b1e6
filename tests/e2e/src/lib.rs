//! Drives the built page in a real browser, as a person would.
//!
//! A test is a journey: verbs on what is visible (`choose`, `press`, `see`), without selectors and without sleeping. At
//! the end of every journey the recorder's list of complaints must be empty. This crate does not know what the page
//! should show; the journeys in `tests/` do.
//!
//! The page is the one in `dist/`; build it with `cargo xtask dist`, or run `cargo xtask test`, which builds it. If the
//! tables of the tests are not those of `rules/`, the tests are compiled with the feature `frozen`, and the page is the
//! one in `dist-frozen/`.

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
use tasks::dist::Build;
pub use tasks::server::faults::Fault;
pub use tasks::setup::Engine;
pub use wait::giving_up_soon;

/// Runs one journey through the page on a phone. The name is that of the picture taken after a failure.
#[track_caller]
pub fn journey(name: &str, walk: impl FnOnce(&mut Page)) {
    Visit::default().journey(name, walk);
}

/// Returns the folder with the built page: the one that has the same tables as this crate.
pub fn dist() -> PathBuf {
    let build = if cfg!(feature = "frozen") { Build::Frozen } else { Build::Release };
    build.folder(&tasks::root())
}

/// Records that the running test has tried a fault in this engine: what went wrong and what the person saw. Each is a
/// row of docs/faults.md or docs/offline.md, which are compared with these records.
#[track_caller]
pub fn tried(cells: &[&str]) {
    let thread = std::thread::current();
    // The engines are listed in the row, so the module's name is left out.
    let test = thread.name().unwrap_or_default().replace("every_engine::", "");
    println!("{}: {}", test, cells.join(" | "));
    tasks::tried::record(&tasks::root(), engine(), cells, &test).unwrap_or_else(|error| panic!("{error:#}"));
}

/// Prints a row of a document's table once it has been tried, and fails if the document does not contain it.
#[track_caller]
pub fn stands_in(page: &str, cells: &[&str]) {
    let row = format!("| {} |", cells.join(" | "));
    println!("{row}");
    let text = std::fs::read_to_string(tasks::root().join(page)).unwrap_or_default();
    assert!(text.contains(&row), "{page} is not up to date. Write there:\n{row}");
}

/// The visited page and the browser for it.
#[derive(Clone, Debug)]
pub struct Visit {
    folder: PathBuf,
    browser: Wishes,
    /// Whether the page runs without the recorder of complaints.
    unrecorded: bool,
    /// A file that is opened without a server.
    file: Option<PathBuf>,
}

impl Default for Visit {
    /// Visits the built page on a phone of 390 x 844 pixels, with the browser in Simplified Chinese.
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
    /// Visits another folder than `dist/`.
    pub fn to(folder: &Path) -> Visit {
        Visit { folder: folder.to_owned(), ..Visit::default() }
    }

    /// Visits a file without a server. It can't have the recorder.
    pub fn to_file(file: &Path) -> Visit {
        Visit { file: Some(file.to_owned()), unrecorded: true, ..Visit::default() }
    }

    /// Does not wait for files that never come: the verbs wait for what they need.
    pub fn impatient(mut self) -> Visit {
        self.browser.impatient = true;
        self
    }

    /// Uses the profile that another visit has left in a folder. In Chromium only.
    pub fn with_profile(mut self, profile: &Path) -> Visit {
        self.browser.profile = Some(profile.to_owned());
        self.in_fresh_browser()
    }

    /// Uses a new browser, as on a first visit, so that measurements don't benefit from earlier journeys.
    pub fn in_fresh_browser(mut self) -> Visit {
        self.browser.fresh = true;
        self
    }

    pub fn with_screen(mut self, width: u32, height: u32) -> Visit {
        (self.browser.width, self.browser.height) = (width, height);
        self
    }

    /// Sets the browser's language; of several languages the first is preferred.
    pub fn in_language(mut self, language: &str) -> Visit {
        self.browser.language = language.to_owned();
        self
    }

    /// Turns off scripts in the browser, including the recorder.
    pub fn without_scripts(mut self) -> Visit {
        self.browser.scriptless = true;
        self.as_published()
    }

    /// Visits the page as published, without the recorder: a page that is kept on the device can't keep what the tests
    /// add.
    pub fn as_published(self) -> Visit {
        Visit { unrecorded: true, ..self }
    }

    /// Uses the user agent of another browser.
    pub fn as_agent(mut self, agent: &str) -> Visit {
        self.browser.agent = Some(agent.to_owned());
        self
    }

    /// Uses a browser with protection against fingerprinting; in Firefox only.
    pub fn in_protective_browser(mut self) -> Visit {
        self.browser.protective = true;
        self
    }

    /// Prefers dark colours.
    pub fn in_the_dark(mut self) -> Visit {
        self.browser.dark = true;
        self
    }

    /// Starts a browser that no other journey uses at that time, runs the journey, and checks for complaints.
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

/// Saves a picture of the page when a journey has failed.
fn leave_picture(page: &Page, name: &str) {
    let folder = tasks::root().join("target").join("e2e");
    let file = folder.join(format!("{name}.png"));
    match std::fs::create_dir_all(&folder).map_err(anyhow::Error::from).and_then(|()| page.try_screenshot(&file)) {
        Ok(()) => eprintln!("a picture of the page is in {}", file.display()),
        Err(error) => eprintln!("no picture of the page: {error:#}"),
    }
}
