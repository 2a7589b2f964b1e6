//! Fills the facts of a table row into its sentences.
//!
//! A sentence names a fact of its row or block, such as `{least_people}`, so it can't differ from the table. It is filled
//! when the tables are read: the program gets complete sentences, and two blocks have two sentences from one message.

use super::{Claim, LanguageFile, Name, Translations, Words, filled, level_key, parts};
use crate::{
    Level, Share,
    bilingual::bilingual,
    read::file::{Place, Reader, leak},
};

/// A value of a row or block that its sentences may contain.
#[derive(Clone)]
pub(crate) enum Fact {
    Number(u16),
    /// A share such as 0.3, written as 30.
    Percent(Share),
    Level(Level),
    /// Words that the row gives, in each language.
    Words(Name),
    /// The same text in every language.
    Text(&'static str),
}

/// The facts of a row, by name.
pub(crate) type Facts = Vec<(String, Fact)>;

/// Where the sentence of a row is written.
#[derive(Clone)]
pub(crate) enum Sentence {
    /// In `locales/`, under this key.
    Key(String),
    /// In the row itself, at this position.
    Own(Name, Place),
}

impl Sentence {
    /// Returns the sentence that a row at this position writes, with its translations, or else the one under the key.
    pub fn of_row(own: Option<&String>, translated: Translations, at: Place, key: &str) -> Sentence {
        match own {
            Some(own) => Sentence::Own(Name::sentence(own, translated), at),
            None => Sentence::Key(key.to_owned()),
        }
    }
}

impl Words {
    /// Returns a sentence with the facts that it names. Reports a missing sentence, and names of facts that the row
    /// doesn't have.
    pub fn fill<M: Claim>(&mut self, reader: &mut Reader, sentence: &Sentence, facts: &Facts) -> M {
        if let Sentence::Key(key) = sentence
            && !self.has(key)
        {
            return self.claim(reader, key);
        }
        if self.files.iter().all(|language| parts(self.template(language, sentence)).len() < 2) {
            return match sentence {
                Sentence::Key(key) => self.claim(reader, key),
                Sentence::Own(name, at) => self.name_of(reader, *at, name.clone()),
            };
        }
        let mut texts = Vec::new();
        for language in &self.files {
            let fact = |name: &str| {
                let known = facts.iter().find(|(known, _)| known == name);
                if known.is_none() {
                    let what = match sentence {
                        Sentence::Key(key) => bilingual!(
                            "`{key}` has {{{name}}}, which is no fact of its row",
                            "`{key}` 里有 {{{name}}}，表里那一块没有这一项"
                        ),
                        Sentence::Own(..) => bilingual!(
                            "a sentence of this row has {{{name}}}, which is no fact of its row",
                            "这一块的一个句子里有 {{{name}}}，这一块没有这一项"
                        ),
                    };
                    let known: Vec<_> = facts.iter().map(|(name, _)| format!("{{{name}}}")).collect();
                    let instead = match known.as_slice() {
                        [] => bilingual!("Leave it out: the row has no facts", "去掉它：那一块没有可以填进句子的项"),
                        known => bilingual!("Write one of {}", "写其中一个：{}", known.join(", ")),
                    };
                    reader.error(self.place(language, sentence), what, instead);
                }
                Some(known.map_or_else(String::new, |(_, fact)| self.fact(language, fact)))
            };
            // A brace without its partner has been reported already.
            let said = filled(self.template(language, sentence), fact).unwrap_or_default();
            texts.push((language.language.id, leak(said)));
        }
        if let Sentence::Key(key) = sentence {
            self.claimed.extend(self.first().messages.get_key_value(key.as_str()).map(|(key, _)| *key));
        }
        let mut texts = texts.into_iter();
        let official = texts.next().map_or("", |(_, said)| said);
        self.entry(Name { official, translated: texts.collect(), is_sentence: true })
    }

    /// Like `fill`, for a sentence that may be missing.
    pub fn fill_if_there<M: Claim>(&mut self, reader: &mut Reader, sentence: &Sentence, facts: &Facts) -> Option<M> {
        match sentence {
            Sentence::Key(key) if !self.has(key) => None,
            _ => Some(self.fill(reader, sentence, facts)),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.first().messages.contains_key(key)
    }

    /// Returns the sentence of a language before it is filled.
    fn template(&self, language: &LanguageFile, sentence: &Sentence) -> &'static str {
        match sentence {
            Sentence::Key(key) => language.messages.get(key.as_str()).map_or("", |message| message.text),
            Sentence::Own(name, _) => name.said(&language.language),
        }
    }

    fn place(&self, language: &LanguageFile, sentence: &Sentence) -> Place {
        match sentence {
            Sentence::Key(key) => {
                let place = language.messages.get(key.as_str()).map(|message| message.place);
                place.unwrap_or(Place { file: language.file, offset: 0 })
            }
            Sentence::Own(_, at) => *at,
        }
    }

    /// Writes a fact in a language. Messages that are missing are reported elsewhere.
    fn fact(&self, language: &LanguageFile, fact: &Fact) -> String {
        match fact {
            Fact::Number(number) => number.to_string(),
            Fact::Percent(share) => share.percent(),
            Fact::Level(level) => {
                language.messages.get(level_key(*level)).map_or("", |message| message.text).to_owned()
            }
            Fact::Words(name) => name.said(&language.language).to_owned(),
            Fact::Text(text) => (*text).to_owned(),
        }
    }
}
