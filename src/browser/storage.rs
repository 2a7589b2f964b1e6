//! The local storage of the device, where the browser permits it.
//!
//! Uses gloo-storage's raw storage after a probe: the typed calls would add a JSON parser, and accessing a refused
//! storage may throw (frames of other websites, private windows, policies).

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::StorageEvent;

/// The key of the answers.
const ANSWERS: &str = "subsidy-checker.answers";
/// The key of the ticked documents.
const PAPERS: &str = "subsidy-checker.papers";
/// The key of the chosen language, which the loader reads.
const LANGUAGE: &str = "subsidy-checker.language";

/// Whether the storage works and whether the page may write to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Storage {
    works: bool,
    /// Whether the page may write. In an info session it stores nothing on the device.
    wanted: bool,
}

/// Calls `changed` whenever another window of this website has written or deleted answers, for as long as the page
/// lives.
pub fn on_change(changed: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
        // An event without a key means that everything was deleted.
        if event.key().is_none_or(|key| key == ANSWERS) {
            changed();
        }
    });
    let heard = listener.as_ref().unchecked_ref();
    let _ = leptos::prelude::window().add_event_listener_with_callback("storage", heard);
    listener.forget();
}

impl Storage {
    /// Probes the storage by writing and reading; an info session does not use it.
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

    /// Returns the same storage without permission to write; stored values can still be deleted.
    pub fn without_writing(self) -> Storage {
        Storage { wanted: false, ..self }
    }

    /// Whether written values are stored.
    pub fn keeps(self) -> bool {
        self.works && self.wanted
    }

    /// Whether the page should store values but can't.
    pub fn is_refused(self) -> bool {
        self.wanted && !self.works
    }

    pub fn read_answers(self) -> Option<String> {
        if self.works { LocalStorage::raw().get_item(ANSWERS).ok().flatten() } else { None }
    }

    /// Stores the answers. Returns false if they should be stored but can't, for example because the storage is full.
    pub fn write_answers(self, record: &str) -> bool {
        !self.wanted || self.works && LocalStorage::raw().set_item(ANSWERS, record).is_ok()
    }

    /// Returns the ids of the ticked documents.
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

    /// Deletes the answers and the ticks of the documents.
    pub fn delete_answers(self) {
        if self.works {
            let _ = LocalStorage::raw().remove_item(ANSWERS);
            let _ = LocalStorage::raw().remove_item(PAPERS);
        }
    }
}
