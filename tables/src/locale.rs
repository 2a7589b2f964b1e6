//! The wording: reads `locales/*.toml`, which all have the same keys, and turns them into two compact files per
//! language and into typed functions.
//!
//! There are two kinds of keys. Keys of a table row (`question.age.title`) are claimed while the tables are read,
//! and the table contains the index of the message. All other keys become functions, whose parameters are the names
//! in braces; the compiler warns of a function that is never called, and `cargo xtask test` then fails. After the
//! messages come the names that the tables themselves contain (occupations, documents, offices): each row gives its
//! names in every language.
//!
//! The page's program has two parts, and so has the wording of each language. The first file contains the messages
//! that tables hold as `FirstMsg` and those of the functions listed in `FIRST_PART`; the second file contains all
//! others.

mod facts;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use toml::de::{DeTable, DeValue};

use crate::{
    FirstMsg, Msg,
    read::file::{Block, Place, Reader, leak},
};

pub(crate) use facts::{Fact, Facts, Sentence};

/// The language whose keys the other languages must match.
const FIRST: &str = "zh-Hans";
/// The languages in which names of the tables can be given, besides their own.
const TRADITIONAL: &str = "zh-Hant";
const ENGLISH: &str = "en";
/// The languages in the order in which people choose from them.
const ORDER: [&str; 3] = [FIRST, TRADITIONAL, ENGLISH];
/// The first segment of keys that belong to table rows.
const OF_TABLES: [&str; 9] =
    ["question", "group", "value", "criterion", "course", "information", "unknown", "paper", "place"];
/// The first segment of keys that belong to index.html and the scripts: the page before the program, the messages
/// about offline use, and the info session.
const OF_PLAIN_PAGE: [&str; 3] = ["plain", "offline", "session"];

/// The functions that the page's first part calls: whole sections of the wording, and single messages of other
/// sections. Only these are functions of `FirstText`, the wording of that part. If the first part calls another
/// function, the page doesn't compile, and the message must be added here.
const FIRST_PART: &[&str] = &[
    "site",
    "start",
    "question_page",
    "date_field",
    "occupation",
    "error",
    "notice",
    "later",
    "delete",
    "review",
    "month",
    "date.day",
    "carry.broken",
    "carry.keep",
    "carry.decline",
    "carry.question",
    "carry.question_framed",
    "carry.taken",
    "carry.taken_kept",
    "carry.use",
    "result.dates_running",
    "result.dates_starting",
    "result.join",
    "result.sentences",
    "rule_book.from_start",
    "rule_book.title",
    "finding",
];

/// The advice for control characters, which have a meaning of their own in the language files.
const CONTROL: &str = "Take it out";

/// The checked wording of all languages.
pub struct Languages {
    /// The key and the argument names of each message, in the order of the indices.
    pub(crate) messages: Vec<(&'static str, Vec<&'static str>)>,
    /// The id of each language (`zh-Hans`) and its messages, in the same order, followed by the names of the
    /// tables.
    languages: Vec<(&'static str, Vec<&'static str>)>,
    /// The names as the documents write them.
    names: Vec<&'static str>,
    /// The indices of the messages and names that belong to the page's first part.
    first_part: BTreeSet<u16>,
}

impl Languages {
    /// Returns an id that changes if a message is added or removed, has other arguments, or moves to the other part
    /// of the page. A language file fits a program with the same id.
    pub fn build_id(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.messages, &self.names, &self.first_part).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether a message or name belongs to the page's first part.
    pub(crate) fn is_first_part(&self, index: usize) -> bool {
        u16::try_from(index).is_ok_and(|index| self.first_part.contains(&index))
    }

    /// The id of each language, beginning with the one that the others must match.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.languages.iter().map(|(id, _)| *id)
    }

    /// The number of messages and names of a language.
    pub(crate) fn count(&self) -> usize {
        self.messages.len() + self.names.len()
    }

    /// Returns a message or a name of the tables.
    fn get(&self, language: &str, message: Msg) -> Option<&'static str> {
        let (_, messages) = self.languages.iter().find(|(id, _)| *id == language)?;
        messages.get(usize::from(message.0)).copied()
    }

    /// Returns the message of a key.
    pub fn message(&self, key: &str) -> Option<Msg> {
        self.messages.iter().position(|(known, _)| *known == key).map(|at| Msg(at as u16))
    }

    /// The keys of all messages. Names have no keys.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.messages.iter().map(|(key, _)| *key)
    }

    /// Returns a message or name with its arguments filled in, for callers that can't use the typed functions.
    /// Returns None if the language or an argument is missing.
    pub fn say(
        &self,
        language: &str,
        message: impl Into<Msg>,
        argument: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let mut said = String::new();
        for part in parts(self.get(language, message.into())?) {
            match part {
                Part::Words(words) => said += words,
                Part::Argument { name, number: None } => said += &argument(name)?,
                Part::Argument { name, number: Some((one, many)) } => {
                    said += if argument(name)? == "1" { one } else { many };
                }
                Part::Brace => return None,
            }
        }
        Some(said)
    }

    /// Returns the two files of each language with their names: `en.text` for the page's first part,
    /// `en.later.text` for the second.
    ///
    /// Format: `SCT3`, then `1` or `2` for the part, the build id, and the messages, each ended by a byte 0.
    /// Messages of the other part are empty. In a message, a byte 1 and a digit stand for an argument: a number of
    /// a row by its index, others in the order of their first use. A byte 2, a digit, and two texts that end with
    /// the bytes 3 and 4 stand for the first text if that argument is 1, otherwise for the second.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let both = self.languages.iter().flat_map(|(id, messages)| {
            [
                (format!("{id}.text"), self.file(b"SCT31", messages, true)),
                (format!("{id}.later.text"), self.file(b"SCT32", messages, false)),
            ]
        });
        both.collect()
    }

    /// Writes one file of a language.
    fn file(&self, begin: &[u8], messages: &[&str], first_part: bool) -> Vec<u8> {
        let mut text = String::new();
        let arguments = self.messages.iter().map(|(_, names)| &names[..]).chain(self.names.iter().map(|_| &[][..]));
        let of_page = self.messages.iter().map(|(key, _)| of_page(key)).chain(self.names.iter().map(|_| false));
        for (index, ((message, names), of_page)) in messages.iter().zip(arguments).zip(of_page).enumerate() {
            // Messages of index.html and the scripts are not needed by the program.
            let message = if of_page || self.is_first_part(index) != first_part { "" } else { message };
            for part in parts(message) {
                let Part::Argument { name, number } = part else {
                    if let Part::Words(words) = part {
                        text += words;
                    }
                    continue;
                };
                let at = name.parse().ok().or(names.iter().position(|one| *one == name)).unwrap_or(0);
                text += &match number {
                    None => format!("\u{1}{at}"),
                    Some((one, many)) => format!("\u{2}{at}{one}\u{3}{many}\u{4}"),
                };
            }
            text.push('\0');
        }
        let mut file = begin.to_vec();
        file.extend(self.build_id().to_le_bytes());
        file.extend(text.into_bytes());
        file
    }
}

/// The wording while it is being read.
pub(crate) struct Words {
    files: Vec<Language>,
    claimed: Vec<&'static str>,
    names: Vec<Name>,
    /// The indices of the messages that tables hold as `FirstMsg`.
    first_part: BTreeSet<u16>,
}

/// A message as a table holds it, by its index.
pub(crate) trait Claim {
    /// Whether the page's first part needs the message.
    const FIRST_PART: bool;

    /// Creates the message with this index.
    fn of(index: u16) -> Self;
}

impl Claim for Msg {
    const FIRST_PART: bool = false;

    fn of(index: u16) -> Msg {
        Msg(index)
    }
}

impl Claim for FirstMsg {
    const FIRST_PART: bool = true;

    fn of(index: u16) -> FirstMsg {
        FirstMsg(index)
    }
}

/// Words of a table row, in each language.
#[derive(Clone, PartialEq)]
pub(crate) enum Name {
    /// A name as the document writes it, and in other languages. English shows the official name as well; without a
    /// translation the official name is used.
    Official { official: &'static str, traditional: Option<&'static str>, english: Option<&'static str> },
    /// The text of each language by its id, the first language first.
    Sentence(Vec<(&'static str, &'static str)>),
}

impl Name {
    /// Creates a sentence that a row writes. Languages without a translation show the first language's.
    pub fn sentence(written: &str, traditional: Option<&str>, english: Option<&str>) -> Name {
        let others = [(TRADITIONAL, traditional), (ENGLISH, english)].into_iter();
        let others = others.filter_map(|(id, text)| Some((id, leak(text?))));
        Name::Sentence([(FIRST, leak(written))].into_iter().chain(others).collect())
    }

    /// Returns the words in a language.
    fn said(&self, language: &str) -> &'static str {
        match self {
            Name::Official { traditional: Some(name), .. } if language == TRADITIONAL => name,
            Name::Official { official, english: Some(name), .. } if language == ENGLISH => {
                leak(format!("{name} ({official})"))
            }
            Name::Official { official, .. } => official,
            Name::Sentence(texts) => {
                let own = texts.iter().find(|(id, _)| *id == language).or(texts.first());
                own.map_or("", |(_, text)| text)
            }
        }
    }

    /// The words as the row writes them.
    fn written(&self) -> Vec<&'static str> {
        match self {
            Name::Official { official, traditional, english } => {
                [Some(*official), *traditional, *english].into_iter().flatten().collect()
            }
            Name::Sentence(texts) => texts.iter().map(|(_, text)| *text).collect(),
        }
    }

    /// The words in the first language.
    fn official(&self) -> &'static str {
        self.said(FIRST)
    }
}

/// A language file while it is being read.
struct Language {
    file: &'static str,
    id: &'static str,
    messages: BTreeMap<&'static str, Message>,
}

/// A message and its position in the file.
struct Message {
    text: &'static str,
    place: Place,
}

impl Words {
    /// Reads all language files.
    pub fn read(reader: &mut Reader) -> Words {
        let mut files = Vec::new();
        for name in reader.list("locales") {
            let Block { file, table, .. } = reader.open(&name);
            let id = file.trim_start_matches("locales/").trim_end_matches(".toml");
            if !ORDER.contains(&id) {
                let at = Place { file, offset: 0 };
                reader.error(
                    at,
                    format!("`{id}` is no language of the page"),
                    format!("Write one of {}", ORDER.join(", ")),
                );
            }
            let mut language = Language { file, id, messages: BTreeMap::new() };
            language.collect(reader, String::new(), table);
            files.push(language);
        }
        files.sort_by_key(|one| ORDER.iter().position(|id| *id == one.id));
        if files.first().is_none_or(|one| one.id != FIRST) {
            let at = Place { file: "locales", offset: 0 };
            reader.error(
                at,
                format!("there is no {FIRST}.toml"),
                "Put it back: the other languages are compared with it",
            );
            files.insert(0, Language { file: "locales", id: FIRST, messages: BTreeMap::new() });
        }
        Words { files, claimed: Vec::new(), names: Vec::new(), first_part: BTreeSet::new() }
    }

    /// Returns the index of a message that a table needs, and reports an error if it is missing.
    pub fn claim<M: Claim>(&mut self, reader: &mut Reader, key: &str) -> M {
        self.claim_if_there(key).unwrap_or_else(|| {
            let at = Place { file: self.first().file, offset: 0 };
            reader.error(at, format!("the message `{key}` is missing"), "Add it: a table has a row that needs it");
            M::of(0)
        })
    }

    /// Like `claim`, for a message that may be missing.
    pub fn claim_if_there<M: Claim>(&mut self, key: &str) -> Option<M> {
        let index = self.first().messages.keys().position(|one| *one == key)?;
        let key = *self.first().messages.keys().nth(index)?;
        self.claimed.push(key);
        Some(self.held(index))
    }

    /// Returns the message of this index as a table holds it, and records whether the page's first part needs it.
    fn held<M: Claim>(&mut self, index: usize) -> M {
        let index = index as u16;
        if M::FIRST_PART {
            self.first_part.insert(index);
        }
        M::of(index)
    }

    /// Returns the index of a name that a row gives. Equal names share one index.
    pub fn name<M: Claim>(
        &mut self,
        reader: &mut Reader,
        at: Place,
        official: &str,
        traditional: Option<String>,
        english: Option<String>,
    ) -> M {
        let name =
            Name::Official { official: leak(official), traditional: traditional.map(leak), english: english.map(leak) };
        self.name_of(reader, at, name)
    }

    /// Like `name`, for words in every form.
    fn name_of<M: Claim>(&mut self, reader: &mut Reader, at: Place, name: Name) -> M {
        for words in name.written() {
            if words.contains(char::is_control) {
                reader.error(at, format!("the name {words:?} has a control character"), CONTROL);
            }
        }
        self.entry(name)
    }

    /// Returns the index of words that a row gives or fills. Equal words share one index.
    fn entry<M: Claim>(&mut self, name: Name) -> M {
        let at = self.names.iter().position(|one| *one == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        self.held(self.first().messages.len() + at)
    }

    /// Reports differences between the languages, and messages that no table uses.
    pub fn finish(&self, reader: &mut Reader) {
        let first = self.first();
        let none_before = reader.errors.is_empty();
        for (key, message) in &first.messages {
            // After other errors, the row that uses it may just not have been read.
            if of_tables(key) && none_before && !self.claimed.contains(key) {
                reader.error(
                    message.place,
                    format!("no table uses the message `{key}`"),
                    "Leave it out, or mend its key",
                );
            }
        }
        for listed in FIRST_PART {
            if !first.messages.keys().any(|key| is_listed(key, listed)) {
                let at = Place { file: first.file, offset: 0 };
                let what = format!("no message is called `{listed}`, which FIRST_PART of tables/src/locale.rs lists");
                reader.error(at, what, "Take it out there, or mend the key");
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

    /// Finishes reading. Call it only if reading reported no error.
    pub fn into_languages(self) -> Languages {
        let mut messages = Vec::new();
        let mut first_part = self.first_part.clone();
        for (index, (key, message)) in self.first().messages.iter().enumerate() {
            messages.push((*key, names(message.text)));
            if FIRST_PART.iter().any(|listed| is_listed(key, listed)) {
                first_part.insert(index as u16);
            }
        }
        let languages = self
            .files
            .iter()
            .map(|one| {
                let messages = one.messages.values().map(|message| message.text);
                (one.id, messages.chain(self.names.iter().map(|name| name.said(one.id))).collect())
            })
            .collect();
        let names = self.names.iter().map(Name::official).collect();
        Languages { messages, languages, names, first_part }
    }

    /// Returns the language that the others must match.
    fn first(&self) -> &Language {
        &self.files[0]
    }
}

impl Language {
    /// Collects the messages of a file; nested tables become keys with dots.
    fn collect(&mut self, reader: &mut Reader, prefix: String, table: DeTable<'static>) {
        for (key, value) in table {
            let place = Place { file: self.file, offset: key.span().start };
            let key = format!("{prefix}{}", key.get_ref());
            match value.into_inner() {
                DeValue::Table(inner) => self.collect(reader, key + ".", inner),
                DeValue::String(text) => {
                    let text = leak(text);
                    if text.contains(char::is_control) {
                        reader.error(place, format!("`{key}` has a control character"), CONTROL);
                    } else if let Err(what) = check(text) {
                        reader.error(
                            place,
                            format!("`{key}` {what}"),
                            "Write arguments as {name}, in small letters, a word that depends on a number as \
                             {name|one|many}, and no other braces",
                        );
                    }
                    self.messages.insert(leak(key), Message { text, place });
                }
                _ => {
                    reader.error(place, format!("`{key}` is no text"), "Put it in quotes");
                    // The message exists, only with a wrong type, so it isn't reported as missing as well.
                    self.messages.insert(leak(key), Message { text: "", place });
                }
            }
        }
    }
}

/// Whether a key belongs to a table row.
fn of_tables(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| OF_TABLES.contains(&first))
}

/// Whether an entry of the list names this message or its section.
fn is_listed(key: &str, listed: &str) -> bool {
    key.strip_prefix(listed).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a key becomes a function of the program.
pub(crate) fn of_program(key: &str) -> bool {
    !of_tables(key) && !of_page(key)
}

/// Whether a key belongs to index.html or a script.
fn of_page(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| OF_PLAIN_PAGE.contains(&first))
}

/// Returns what is wrong with a message, if anything.
fn check(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        return Err("is empty");
    }
    if text.trim() != text {
        return Err("begins or ends with a blank");
    }
    for part in parts(text) {
        match part {
            Part::Words(_) => {}
            Part::Argument { name, .. } => {
                let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
                if name.is_empty() || !name.bytes().all(is_letter) {
                    return Err("has an argument whose name can't be used");
                }
            }
            Part::Brace => return Err("has a brace without its partner"),
        }
    }
    Ok(())
}

/// Returns the arguments of a message, each once, in the order of their first use.
fn names(text: &'static str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for part in parts(text) {
        if let Part::Argument { name, .. } = part
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// A segment of a message.
enum Part<'m> {
    Words(&'m str),
    /// An argument `{name}`, or `{name|year|years}`: the first word if the argument is 1, otherwise the second.
    Argument {
        name: &'m str,
        number: Option<(&'m str, &'m str)>,
    },
    /// A brace without its counterpart. It is the last segment.
    Brace,
}

/// Splits a message into text and arguments.
fn parts(message: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = message;
    while let Some(at) = rest.find(['{', '}']) {
        parts.push(Part::Words(&rest[..at]));
        let Some((inner, after)) = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            parts.push(Part::Brace);
            return parts;
        };
        let (name, number) = match inner.split_once('|') {
            None => (inner, None),
            Some((name, words)) => (name, words.split_once('|')),
        };
        // With only one word the whole text counts as the name, which is then invalid.
        let name = if number.is_none() { inner } else { name };
        parts.push(Part::Argument { name, number });
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts
}
