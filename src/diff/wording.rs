//! The wording of two sets of tables: which sentences differ, in every language. The names in the rows of the tables
//! are part of `data`.

use std::collections::{BTreeMap, BTreeSet};

use tables::Languages;

/// What is worded otherwise.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Reworded {
    /// Sentences that both have, each with another wording in some language.
    pub changed: Vec<Sentence>,
    /// Sentences that only the new tables have.
    pub new: Vec<Sentence>,
    /// Sentences that only the old tables have.
    pub gone: Vec<Sentence>,
}

/// A sentence as it was and as it is, in the languages in which it differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Its key in `locales/`.
    pub key: &'static str,
    /// The old and the new words by the id of their language, empty where there are none. Arguments are in braces.
    pub words: BTreeMap<&'static str, (&'static str, &'static str)>,
}

/// Returns all differences.
pub(super) fn between(old: &Languages, new: &Languages) -> Reworded {
    let mut reworded = Reworded::default();
    let keys: BTreeSet<&'static str> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (before, now) = (words(old, key), words(new, key));
        if before == now {
            continue;
        }
        let both = |language: &&'static str| {
            let said = |all: &BTreeMap<&'static str, &'static str>| all.get(language).copied().unwrap_or_default();
            (said(&before) != said(&now)).then(|| (*language, (said(&before), said(&now))))
        };
        let languages: BTreeSet<&'static str> = before.keys().chain(now.keys()).copied().collect();
        let sentence = Sentence { key, words: languages.iter().filter_map(both).collect() };
        match (before.is_empty(), now.is_empty()) {
            (true, _) => reworded.new.push(sentence),
            (_, true) => reworded.gone.push(sentence),
            _ => reworded.changed.push(sentence),
        }
    }
    reworded
}

impl Reworded {
    /// Whether anything is worded otherwise.
    pub fn differs(&self) -> bool {
        [&self.changed, &self.new, &self.gone].iter().any(|all| !all.is_empty())
    }
}

/// Returns a sentence in every language that has it.
fn words(languages: &Languages, key: &str) -> BTreeMap<&'static str, &'static str> {
    let message = languages.message(key);
    languages.ids().filter_map(|language| Some((language, languages.get(language, message?)?))).collect()
}
