//! Finding something in the rule book: each thing that can be found says its words once, and is told whether to show.
//!
//! Knows nothing of clauses. A thing that holds others is shown with any of them.

use leptos::prelude::*;

/// What can be found, and what was.
#[derive(Clone, Copy)]
pub struct Search {
    words: StoredValue<Vec<String>>,
    /// In the order of the words; empty while nothing is searched for.
    hits: RwSignal<Vec<bool>>,
}

impl Search {
    /// Over nothing yet.
    pub fn new() -> Search {
        Search { words: StoredValue::new(Vec::new()), hits: RwSignal::new(Vec::new()) }
    }

    /// The place of what is added next.
    pub fn place(self) -> usize {
        self.words.with_value(Vec::len)
    }

    /// Takes the words of the next entry.
    pub fn add(self, words: &str) {
        self.words.update_value(|all| all.push(words.to_ascii_lowercase()));
    }

    /// Whether to hide what was added from that place on until now.
    pub fn hides(self, from: usize) -> impl Fn() -> bool + Copy + Send + 'static {
        let to = self.place();
        move || self.hits.with(|hits| hits.get(from..to).is_some_and(|own| !own.contains(&true)))
    }

    /// Finds the entries in which these words stand, in small letters or capitals; none are wanted: nothing is searched for.
    pub fn look_for(self, wanted: &str) {
        let wanted = wanted.trim().to_ascii_lowercase();
        let found = |all: &Vec<String>| all.iter().map(|words| words.contains(&wanted)).collect();
        self.hits.set(if wanted.is_empty() { Vec::new() } else { self.words.with_value(found) });
    }

    /// How many were found; None while nothing is searched for.
    pub fn count(self) -> Option<usize> {
        self.hits.with(|hits| (!hits.is_empty()).then(|| hits.iter().filter(|hit| **hit).count()))
    }
}
