//! The search in the rule book: each entry registers its text once and learns whether to be shown.
//!
//! This module knows nothing of clauses. An element that contains several entries is shown if any of them is found.

use leptos::prelude::*;

/// The searchable texts and the result of the search.
#[derive(Clone, Copy)]
pub struct Search {
    words: StoredValue<Vec<String>>,
    /// Whether each text was found, in the order of the texts; empty while nothing is searched for.
    hits: RwSignal<Vec<bool>>,
}

impl Search {
    /// Creates a search without entries.
    pub fn new() -> Search {
        Search { words: StoredValue::new(Vec::new()), hits: RwSignal::new(Vec::new()) }
    }

    /// Returns the index of the next entry.
    pub fn place(self) -> usize {
        self.words.with_value(Vec::len)
    }

    /// Adds the text of the next entry.
    pub fn add(self, words: &str) {
        self.words.update_value(|all| all.push(words.to_ascii_lowercase()));
    }

    /// Returns a function that tells whether to hide the entries from that index up to now.
    pub fn hides(self, from: usize) -> impl Fn() -> bool + Copy + Send + 'static {
        let to = self.place();
        move || self.hits.with(|hits| hits.get(from..to).is_some_and(|own| !own.contains(&true)))
    }

    /// Finds the entries that contain the wanted words, ignoring ASCII case; an empty text ends the search.
    pub fn look_for(self, wanted: &str) {
        let wanted = wanted.trim().to_ascii_lowercase();
        let found = |all: &Vec<String>| all.iter().map(|words| words.contains(&wanted)).collect();
        self.hits.set(if wanted.is_empty() { Vec::new() } else { self.words.with_value(found) });
    }

    /// Returns how many entries were found, or `None` while nothing is searched for.
    pub fn count(self) -> Option<usize> {
        self.hits.with(|hits| (!hits.is_empty()).then(|| hits.iter().filter(|hit| **hit).count()))
    }
}
