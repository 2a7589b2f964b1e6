//! The device's memory, where the browser lets a page have one.
//!
//! Uses gloo-storage's raw storage after a probe: its typed calls would bring a JSON parser, and touching a refused
//! storage may throw (frames of other sites, private windows, policies).

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::StorageEvent;

/// Where the answers are kept.
const ANSWERS: &str = "subsidy-checker.answers";
/// Where the papers are kept that were ticked.
const PAPERS: &str = "subsidy-checker.papers";
/// Where the language is kept that somebody chose; the loader reads it.
const LANGUAGE: &str = "subsidy-checker.language";

/// Whether something is kept when it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Storage {
    works: bool,
    /// Nothing is written otherwise: a session's people leave nothing on the device.
    wanted: bool,
}

/// Calls whenever another window of this site has written or deleted answers, for as long as the page lives.
pub fn on_change(changed: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
        // Without a key everything was deleted.
        if event.key().is_none_or(|key| key == ANSWERS) {
            changed();
        }
    });
    let heard = listener.as_ref().unchecked_ref();
    let _ = leptos::prelude::window().add_event_listener_with_callback("storage", heard);
    listener.forget();
}

impl Storage {
    /// Tries it out once, by writing and reading.
    pub fn probe() -> Storage {
        if super::is_session() {
            return Storage { works: false, wanted: false };
        }
        const KEY: &str = "subsidy-checker.probe";
        let there = leptos::prelude::window().local_storage().ok().flatten();
        let works = there.is_some_and(|storage| {
            let written = storage.set_item(KEY, "1").is_ok() && storage.get_item(KEY) == Ok(Some("1".to_owned()));
            let _ = storage.remove_item(KEY);
            written
        });
        Storage { works, wanted: true }
    }

    /// The same, but nothing is written any more; what is there can still be deleted.
    pub fn without_writing(self) -> Storage {
        Storage { wanted: false, ..self }
    }

    /// Whether what is written is kept.
    pub fn keeps(self) -> bool {
        self.works && self.wanted
    }

    /// Whether something would be kept and can't be.
    pub fn is_refused(self) -> bool {
        self.wanted && !self.works
    }

    pub fn read_answers(self) -> Option<String> {
        if self.works { LocalStorage::raw().get_item(ANSWERS).ok().flatten() } else { None }
    }

    /// Whether they are kept now, if they are to be: a full storage is the same as none.
    pub fn write_answers(self, record: &str) -> bool {
        !self.wanted || self.works && LocalStorage::raw().set_item(ANSWERS, record).is_ok()
    }

    /// The ids of the papers that were ticked.
    pub fn read_papers(self) -> Vec<String> {
        let kept = if self.works { LocalStorage::raw().get_item(PAPERS).ok().flatten() } else { None };
        kept.unwrap_or_default().split(';').filter(|id| !id.is_empty()).map(str::to_owned).collect()
    }

    pub fn write_papers(self, ids: &[String]) {
        if self.keeps() {
            let _ = LocalStorage::raw().set_item(PAPERS, &ids.join(";"));
        }
    }

    pub fn write_language(self, language: &str) {
        if self.keeps() {
            let _ = LocalStorage::raw().set_item(LANGUAGE, language);
        }
    }

    /// With what was ticked of them.
    pub fn delete_answers(self) {
        if self.works {
            let _ = LocalStorage::raw().remove_item(ANSWERS);
            let _ = LocalStorage::raw().remove_item(PAPERS);
        }
    }
}
