//! The wording: `locales/*.toml`, all with the same keys, made into one compact file a language and typed functions.
//!
//! Two kinds of keys. Those that belong to a row of a table (`question.age.title`) are claimed while the tables are
//! read, and the table holds the message's index. All others become functions, whose arguments are the names in braces;
//! one that nothing calls is a warning of the compiler, and warnings stop the build.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use toml::de::{DeTable, DeValue};

use crate::{
    Msg,
    read::{
        file::{Block, Place, Reader},
        leak,
    },
};

/// The language whose keys the others have to match.
const FIRST: &str = "zh-Hans";
/// The first part of keys that belong to rows of tables.
const OF_TABLES: [&str; 6] = ["question", "group", "value", "criterion", "information", "paper"];
/// The first part of keys that belong to the page before the program.
const OF_PLAIN_PAGE: &str = "plain";

/// Wording that has been checked.
pub struct Languages {
    /// Key and argument names, in the order of their indices.
    pub(crate) messages: Vec<(&'static str, Vec<&'static str>)>,
    /// The id of each language (`zh-Hans`) and its messages, in the same order.
    languages: Vec<(&'static str, Vec<&'static str>)>,
}

impl Languages {
    /// Changes when a message comes, goes, or takes other arguments: a language file fits a program with the same id.
    pub fn build_id(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.messages.hash(&mut hasher);
        hasher.finish()
    }

    /// Puts messages into a page: `{{start.title}}` becomes the message, safe between tags and in quotes.
    /// The error names what stands in the braces but is no message.
    pub fn fill(&self, language: &str, page: &str) -> Result<String, String> {
        let messages = self.languages.iter().find(|(id, _)| *id == language).map(|(_, messages)| messages);
        let mut parts = page.split("{{");
        let mut filled = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let (key, rest) = part.split_once("}}").ok_or_else(|| part.chars().take(20).collect::<String>())?;
            let index = self.messages.iter().position(|(known, names)| *known == key && names.is_empty());
            let message = messages.zip(index).and_then(|(messages, index)| messages.get(index)).ok_or(key)?;
            filled += &message.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            filled += rest;
        }
        Ok(filled)
    }

    /// The file of each language: `SCT1`, build id, number of messages, offsets, text. In a message, a byte 1 and a digit
    /// stand for an argument: the number of a row by its own place, others in the order of their first use.
    pub fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        self.languages.iter().map(|(id, messages)| (*id, self.file(messages))).collect()
    }

    fn file(&self, messages: &[&str]) -> Vec<u8> {
        let mut text = String::new();
        let mut offsets = vec![0_u32];
        for (message, (key, names)) in messages.iter().zip(&self.messages) {
            let mut filled = (*message).to_owned();
            for (at, name) in names.iter().enumerate() {
                let at = name.parse().unwrap_or(at);
                filled = filled.replace(&format!("{{{name}}}"), &format!("\u{1}{at}"));
            }
            debug_assert!(!filled.contains('{'), "{key}");
            text += &filled;
            offsets.push(text.len() as u32);
        }
        let mut file = b"SCT1".to_vec();
        file.extend(self.build_id().to_le_bytes());
        file.extend((messages.len() as u32).to_le_bytes());
        offsets.iter().for_each(|offset| file.extend(offset.to_le_bytes()));
        file.extend(text.into_bytes());
        file
    }
}

/// Wording while it is being read.
pub(crate) struct Words {
    files: Vec<Language>,
    claimed: Vec<&'static str>,
}

struct Language {
    file: &'static str,
    id: &'static str,
    messages: BTreeMap<&'static str, Message>,
}

struct Message {
    text: &'static str,
    place: Place,
}

impl Words {
    pub fn read(reader: &mut Reader) -> Words {
        let mut files = Vec::new();
        for name in reader.list("locales") {
            let Block { file, table, .. } = reader.open(&name);
            let id = file.trim_start_matches("locales/").trim_end_matches(".toml");
            let mut language = Language { file, id, messages: BTreeMap::new() };
            language.collect(reader, String::new(), table);
            files.push(language);
        }
        match files.iter().position(|one| one.id == FIRST) {
            Some(first) => files.swap(0, first),
            None => {
                let at = Place { file: "locales", offset: 0 };
                reader.error(
                    at,
                    format!("there is no {FIRST}.toml"),
                    "Put it back: the other languages are compared with it",
                );
                files.insert(0, Language { file: "locales", id: FIRST, messages: BTreeMap::new() });
            }
        }
        Words { files, claimed: Vec::new() }
    }

    /// The index of a message that a table needs.
    pub fn claim(&mut self, reader: &mut Reader, key: &str) -> Msg {
        self.claim_if_there(key).unwrap_or_else(|| {
            let at = Place { file: self.first().file, offset: 0 };
            reader.error(at, format!("the message `{key}` is missing"), "Add it: a table has a row that needs it");
            Msg(0)
        })
    }

    /// Likewise, for a message whose arguments are numbers of the row: `{0}` is the first.
    pub fn claim_numbered(&mut self, reader: &mut Reader, key: &str, numbers: usize) -> Msg {
        for language in &self.files {
            let Some(message) = language.messages.get(key) else { continue };
            for name in names(message.text) {
                if !name.parse().is_ok_and(|at: usize| at < numbers) {
                    let what = format!("`{key}` has {{{name}}}, but the row has {numbers} numbers");
                    reader.error(message.place, what, "Count from {0}, in the order of the condition's from and to");
                }
            }
        }
        self.claim(reader, key)
    }

    pub fn claim_if_there(&mut self, key: &str) -> Option<Msg> {
        let index = self.first().messages.keys().position(|one| *one == key)?;
        let key = *self.first().messages.keys().nth(index)?;
        self.claimed.push(key);
        Some(Msg(index as u16))
    }

    /// Reports what doesn't match between the languages, and what nothing uses.
    pub fn finish(&self, reader: &mut Reader) {
        let first = self.first();
        for (key, message) in &first.messages {
            if of_tables(key) && !self.claimed.contains(key) {
                reader.error(
                    message.place,
                    format!("no table uses the message `{key}`"),
                    "Leave it out, or mend its key",
                );
            }
        }
        for other in &self.files[1..] {
            for (key, message) in &first.messages {
                match other.messages.get(key) {
                    None => {
                        let at = Place { file: other.file, offset: 0 };
                        reader.error(
                            at,
                            format!("the message `{key}` is missing"),
                            format!("Translate it from {}", first.file),
                        );
                    }
                    Some(own) => {
                        let (mut here, mut there) = (names(own.text), names(message.text));
                        here.sort_unstable();
                        there.sort_unstable();
                        if here != there {
                            reader.error(
                                own.place,
                                format!("`{key}` has other arguments than in {}", first.file),
                                format!("Use {}", there.join(", ")),
                            );
                        }
                    }
                }
            }
            for (key, own) in other.messages.iter().filter(|(key, _)| !first.messages.contains_key(*key)) {
                reader.error(
                    own.place,
                    format!("{} has no message `{key}`", first.file),
                    "Leave it out, or add it there first",
                );
            }
        }
    }

    /// Call only where reading found no error.
    pub fn into_languages(self) -> Languages {
        let mut messages = Vec::new();
        for (key, message) in &self.first().messages {
            messages.push((*key, names(message.text)));
        }
        let languages = self
            .files
            .iter()
            .map(|one| (one.id, one.messages.values().map(|message| message.text).collect()))
            .collect();
        Languages { messages, languages }
    }

    fn first(&self) -> &Language {
        &self.files[0]
    }
}

impl Language {
    fn collect(&mut self, reader: &mut Reader, prefix: String, table: DeTable<'static>) {
        for (key, value) in table {
            let place = Place { file: self.file, offset: key.span().start };
            let key = format!("{prefix}{}", key.get_ref());
            match value.into_inner() {
                DeValue::Table(inner) => self.collect(reader, key + ".", inner),
                DeValue::String(text) => {
                    let text = leak(text);
                    if let Err(what) = check(text) {
                        reader.error(
                            place,
                            format!("`{key}` {what}"),
                            "Write arguments as {name}, in small letters, and no other braces",
                        );
                    }
                    self.messages.insert(leak(key), Message { text, place });
                }
                _ => {
                    reader.error(place, format!("`{key}` is no text"), "Put it in quotes");
                    // It is there, only not as it should be: not missing as well.
                    self.messages.insert(leak(key), Message { text: "", place });
                }
            }
        }
    }
}

/// Whether a key belongs to a row of a table.
fn of_tables(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| OF_TABLES.contains(&first))
}

/// Whether a key is a function of the program.
pub(crate) fn of_program(key: &str) -> bool {
    !of_tables(key) && key.split('.').next() != Some(OF_PLAIN_PAGE)
}

/// What is wrong with a message, if anything.
fn check(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        return Err("is empty");
    }
    if text.trim() != text {
        return Err("begins or ends with a blank");
    }
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let Some((name, after)) = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            return Err("has a brace without its partner");
        };
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return Err("has an argument whose name can't be used");
        }
        rest = after;
    }
    Ok(())
}

/// The arguments of a message, each once, in the order of their first use.
fn names(text: &'static str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}
