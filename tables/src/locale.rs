//! The wording: reads `locales/*.toml`, which all have the same keys, and turns them into two compact files per
//! language and into typed functions.
//!
//! There are two kinds of keys. Keys of a table row (`question.age.title`) are claimed while the tables are read,
//! and the table contains the index of the message. All other keys become functions, whose parameters are the names
//! in braces; the compiler warns of a function that is never called, and `cargo xtask test` then fails. After the
//! messages come the names that the tables themselves contain (occupations, documents, offices): each row gives its
//! names in other languages where there are any (`name-en`). A file begins with what the page has to know of its
//! language (`[language]`).
//!
//! The page's program has two parts, and so has the wording of each language. The first file contains the messages
//! that tables hold as `FirstMsg` and those of the functions listed in `FIRST_PART`; the second file contains all
//! others. The messages that only the command line uses are in a third file, which the page doesn't have.

mod facts;
mod language;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use toml::de::{DeTable, DeValue};

pub use language::Language;

use crate::{
    FirstMsg, Level, Msg,
    bilingual::{Bilingual, bilingual},
    read::file::{Block, Place, Reader, leak},
};

pub(crate) use facts::{Fact, Facts, Sentence};

/// The language whose keys the other languages must match.
const FIRST: &str = "zh-Hans";
/// The first segment of keys that belong to table rows.
const OF_TABLES: [&str; 11] = [
    "question",
    "group",
    "value",
    "criterion",
    "course",
    "information",
    "unknown",
    "paper",
    "place",
    "shortage",
    "subject",
];
/// The first segment of keys that belong to index.html and the scripts: the page before the program, the messages
/// about offline use, and the info session.
const OF_PLAIN_PAGE: [&str; 3] = ["plain", "offline", "session"];
/// The first segment of keys that only the command line uses.
const OF_COMMAND_LINE: [&str; 1] = ["diff"];

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

/// The part of the project that uses a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum User {
    /// The page's program, by its two parts.
    FirstPart,
    LaterPart,
    CommandLine,
    /// index.html and the scripts.
    PlainPage,
}

/// The checked wording of all languages.
pub struct Languages {
    /// The key and the argument names of each message, in the order of the indices.
    pub(crate) messages: Vec<(&'static str, Vec<&'static str>)>,
    /// Each language and its messages, in the same order, followed by the names of the tables.
    languages: Vec<(Language, Vec<&'static str>)>,
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

    /// All languages in the order in which people choose from them, beginning with the one that the others must match.
    pub fn all(&self) -> impl Iterator<Item = &Language> {
        self.languages.iter().map(|(language, _)| language)
    }

    /// The id of each language, in the same order.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.all().map(|language| language.id)
    }

    /// The number of messages and names of a language.
    pub(crate) fn count(&self) -> usize {
        self.messages.len() + self.names.len()
    }

    /// Returns a message or a name of the tables as it is written, with its arguments in braces.
    pub fn get(&self, language: &str, message: impl Into<Msg>) -> Option<&'static str> {
        let (_, messages) = self.languages.iter().find(|(one, _)| one.id == language)?;
        messages.get(usize::from(message.into().0)).copied()
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
        filled(self.get(language, message)?, argument)
    }

    /// Returns the two files of each language with their names: `en.text` for the page's first part,
    /// `en.later.text` for the second.
    ///
    /// Format: `SCT3`, then `1` or `2` for the part, the build id, and the messages, each ended by a byte 0.
    /// Messages of the other part are empty. In a message, a byte 1 and a digit stand for an argument,
    /// numbered in the order of first use. A byte 2, a digit, and two texts that end with the bytes 3 and 4 stand for the
    /// first text if that argument is 1, otherwise for the second.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let both = self.languages.iter().flat_map(|(Language { id, .. }, messages)| {
            [
                (format!("{id}.text"), self.file(b"SCT31", messages, User::FirstPart)),
                (format!("{id}.later.text"), self.file(b"SCT32", messages, User::LaterPart)),
            ]
        });
        both.collect()
    }

    /// Returns the third file of each language with its name, `en.commands.text`: the messages that only the command
    /// line uses. Its format is that of the other two.
    pub fn files_of_command_line(&self) -> Vec<(String, Vec<u8>)> {
        let file = |messages: &[&str]| self.file(b"SCT33", messages, User::CommandLine);
        self.languages.iter().map(|(one, messages)| (format!("{}.commands.text", one.id), file(messages))).collect()
    }

    /// Returns the user of a message, by its index and its key. Names have no key.
    fn user(&self, index: usize, key: Option<&str>) -> User {
        match key {
            Some(key) if of_page(key) => User::PlainPage,
            Some(key) if of_command_line(key) => User::CommandLine,
            _ if self.is_first_part(index) => User::FirstPart,
            _ => User::LaterPart,
        }
    }

    /// Writes one file of a language, with the messages of one user.
    fn file(&self, begin: &[u8], messages: &[&str], user: User) -> Vec<u8> {
        let mut text = String::new();
        for (index, message) in messages.iter().enumerate() {
            let known = self.messages.get(index);
            let names = known.map_or(&[][..], |(_, names)| names);
            let message = if self.user(index, known.map(|(key, _)| *key)) == user { message } else { "" };
            for part in parts(message) {
                let Part::Argument { name, number } = part else {
                    if let Part::Words(words) = part {
                        text += words;
                    }
                    continue;
                };
                let at = names.iter().position(|one| *one == name).unwrap_or(0);
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
    files: Vec<LanguageFile>,
    /// The languages in which rows may give their names, besides the name that the document has.
    translations: Vec<Language>,
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

/// Words of a table row: as the row writes them, and in other languages by their ids.
#[derive(Clone, PartialEq)]
pub(crate) struct Name {
    official: &'static str,
    translated: Translations,
    /// Whether it is a sentence of ours, and no name that a document has.
    is_sentence: bool,
}

/// The translations of a name, by the ids of their languages.
pub(crate) type Translations = Vec<(&'static str, &'static str)>;

impl Name {
    /// Creates a sentence that a row writes.
    pub fn sentence(written: &str, translated: Translations) -> Name {
        Name { official: leak(written), translated, is_sentence: true }
    }

    /// Returns the words in a language, with the official name behind them if the language shows it. Without a
    /// translation, returns those of the row.
    fn said(&self, language: &Language) -> &'static str {
        match self.translated.iter().find(|(id, _)| *id == language.id) {
            Some((_, name)) if language.has_official_names && !self.is_sentence => {
                leak(format!("{name} ({})", self.official))
            }
            Some((_, name)) => name,
            None => self.official,
        }
    }
}

/// A language file while it is being read.
struct LanguageFile {
    file: &'static str,
    language: Language,
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
            let mut block = reader.open(&name);
            let language = Language::read(reader, &mut block);
            let mut read = LanguageFile { file: block.file, language, messages: BTreeMap::new() };
            read.collect(reader, String::new(), block.table);
            files.push(read);
        }
        Language::compare(reader, &files.iter().map(|one| &one.language).collect::<Vec<_>>());
        files.sort_by_key(|one| (one.language.id != FIRST, one.language.order));
        if files.first().is_none_or(|one| one.language.id != FIRST) {
            let at = Place { file: "locales", offset: 0 };
            reader.error(
                at,
                bilingual!("there is no {FIRST}.toml", "没有 {FIRST}.toml"),
                bilingual!("Put it back: the other languages are compared with it", "放回去：别的语言要和它对照"),
            );
            files.insert(
                0,
                LanguageFile { file: at.file, language: Language::named(FIRST, at), messages: BTreeMap::new() },
            );
        }
        let translations = files.iter().skip(1).map(|one| one.language.clone()).collect();
        // A language without messages is still being prepared.
        files.retain(|one| one.language.id == FIRST || !one.messages.is_empty());
        Words { files, translations, claimed: Vec::new(), names: Vec::new(), first_part: BTreeSet::new() }
    }

    /// Returns the index of a message that a table needs, and reports an error if it is missing.
    pub fn claim<M: Claim>(&mut self, reader: &mut Reader, key: &str) -> M {
        self.claim_if_there(key).unwrap_or_else(|| {
            let at = Place { file: self.first().file, offset: 0 };
            reader.error(
                at,
                bilingual!("the message `{key}` is missing", "缺少句子 `{key}`"),
                bilingual!("Add it: a table has a row that needs it", "补上：表里有一行要用它"),
            );
            M::of(0)
        })
    }

    /// Like `claim`, for a message that may be missing.
    pub fn claim_if_there<M: Claim>(&mut self, key: &str) -> Option<M> {
        let (index, (key, _)) = self.first().in_order().enumerate().find(|(_, (known, _))| *known == key)?;
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

    /// Takes the translations of some columns out of a row: `name-en` is one of the column `name`. Reports those that no
    /// language has.
    pub fn translations<const N: usize>(
        &self,
        reader: &mut Reader,
        row: &mut Block,
        columns: [&str; N],
    ) -> [Translations; N] {
        let mut found = [const { Vec::new() }; N];
        for (key, value) in std::mem::take(&mut row.table) {
            let ending = |column: &str| key.get_ref().strip_prefix(column)?.strip_prefix('-').map(str::to_owned);
            let ending =
                columns.iter().zip(&mut found).find_map(|(column, found)| Some((column, ending(column)?, found)));
            let Some((column, ending, found)) = ending else {
                row.table.insert(key, value);
                continue;
            };
            let at = Place { file: row.file, offset: key.span().start };
            let language = self.translations.iter().find(|language| language.column == ending);
            match (language, value.into_inner()) {
                (Some(language), DeValue::String(text)) => found.push((language.id, leak(text))),
                (Some(_), _) => {
                    let what = bilingual!("`{}` is no text", "`{}` 不是文字", key.get_ref());
                    reader.error(at, what, bilingual!("Put it in quotes", "加上引号"));
                }
                (None, _) => {
                    let known = self.translations.iter().map(|language| format!("{column}-{}", language.column));
                    let known = known.collect::<Vec<_>>().join(", ");
                    let what = bilingual!(
                        "`{}` belongs to no language of locales/",
                        "`{}` 不属于 locales/ 里的任何一种语言",
                        key.get_ref()
                    );
                    reader.error(
                        at,
                        what,
                        bilingual!("Write one of {known}, or leave it out", "写其中一个：{known}；或者去掉"),
                    );
                }
            }
        }
        found.iter_mut().for_each(|found| found.sort_unstable());
        found
    }

    /// Returns the index of a name that a row gives.
    pub fn name<M: Claim>(&mut self, reader: &mut Reader, at: Place, official: &str, translated: Translations) -> M {
        self.name_of(reader, at, Name { official: leak(official), translated, is_sentence: false })
    }

    /// Like `name`, also for sentences.
    fn name_of<M: Claim>(&mut self, reader: &mut Reader, at: Place, name: Name) -> M {
        for one in name.translated.iter().map(|(_, words)| *words).chain([name.official]) {
            if one.contains(char::is_control) {
                reader.error(
                    at,
                    bilingual!("the name {one:?} has a control character", "名称 {one:?} 里有控制字符"),
                    bilingual!("Take it out", "删掉它"),
                );
            }
        }
        self.entry(name)
    }

    /// Returns the index of a name, or of a sentence whose facts are filled in. Equal words share one index.
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
                    bilingual!("no table uses the message `{key}`", "没有表用到句子 `{key}`"),
                    bilingual!("Leave it out, or mend its key", "去掉它，或者改正它的编号"),
                );
            }
        }
        for listed in FIRST_PART {
            if !first.messages.keys().any(|key| is_listed(key, listed)) {
                let at = Place { file: first.file, offset: 0 };
                reader.error(
                    at,
                    bilingual!(
                        "no message is called `{listed}`, which FIRST_PART of tables/src/locale.rs lists",
                        "没有叫 `{listed}` 的句子，但是 tables/src/locale.rs 的 FIRST_PART 里有"
                    ),
                    bilingual!("Take it out there, or mend the key", "在那里去掉，或者改正编号"),
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
                            bilingual!("the message `{key}` is missing", "缺少句子 `{key}`"),
                            bilingual!("Translate it from {}", "照 {} 翻译", first.file),
                        );
                    }
                    Some(own) => {
                        let (mut here, mut there) = (names(own.text), names(message.text));
                        here.sort_unstable();
                        there.sort_unstable();
                        if here != there {
                            reader.error(
                                own.place,
                                bilingual!(
                                    "`{key}` has other arguments than in {}",
                                    "`{key}` 花括号里的名称和 {} 不一样",
                                    first.file
                                ),
                                bilingual!("Use {}", "用 {}", there.join(", ")),
                            );
                        }
                    }
                }
            }
            for (key, own) in other.messages.iter().filter(|(key, _)| !first.messages.contains_key(*key)) {
                reader.error(
                    own.place,
                    bilingual!("{} has no message `{key}`", "{} 没有句子 `{key}`", first.file),
                    bilingual!("Leave it out, or add it there first", "去掉它，或者先在那里加上"),
                );
            }
        }
    }

    /// Finishes reading. Call it only if reading reported no error.
    pub fn into_languages(self) -> Languages {
        let mut messages = Vec::new();
        let mut first_part = self.first_part.clone();
        for (index, (key, message)) in self.first().in_order().enumerate() {
            messages.push((key, names(message.text)));
            if FIRST_PART.iter().any(|listed| is_listed(key, listed)) {
                first_part.insert(index as u16);
            }
        }
        let languages = self
            .files
            .iter()
            .map(|one| {
                let messages = one.in_order().map(|(_, message)| message.text);
                let names = self.names.iter().map(|name| name.said(&one.language));
                (one.language.clone(), messages.chain(names).collect())
            })
            .collect();
        let names = self.names.iter().map(|name| name.official).collect();
        Languages { messages, languages, names, first_part }
    }

    /// Returns the language that the others must match.
    fn first(&self) -> &LanguageFile {
        &self.files[0]
    }
}

impl LanguageFile {
    /// Returns the messages in the order of their indices: those of table rows come last, so that another row changes
    /// no index of a function.
    fn in_order(&self) -> impl Iterator<Item = (&'static str, &Message)> {
        let all = |of_row: bool| self.messages.iter().filter(move |(key, _)| of_tables(key) == of_row);
        all(false).chain(all(true)).map(|(key, message)| (*key, message))
    }

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
                        reader.error(
                            place,
                            bilingual!("`{key}` has a control character", "`{key}` 里有控制字符"),
                            bilingual!("Take it out", "删掉它"),
                        );
                    } else if let Err(what) = check(&key, text) {
                        reader.error(
                            place,
                            what,
                            bilingual!(
                                "Write arguments as {{name}}, in small letters, a word that depends on a number as \
                                 {{name|one|many}}, and no other braces",
                                "花括号里写名称，用小写字母：{{name}}；随数字变化的词写成 {{name|one|many}}；\
                                 别处不用花括号"
                            ),
                        );
                    }
                    self.messages.insert(leak(key), Message { text, place });
                }
                _ => {
                    reader.error(
                        place,
                        bilingual!("`{key}` is no text", "`{key}` 不是文字"),
                        bilingual!("Put it in quotes", "加上引号"),
                    );
                    // The message exists, only with a wrong type, so it isn't reported as missing as well.
                    self.messages.insert(leak(key), Message { text: "", place });
                }
            }
        }
    }
}

/// Returns some sections of a language file: those of table rows, or all others.
pub(crate) fn sections(file: &str, of_rows: bool) -> String {
    let mut wanted = !of_rows;
    let lines = file.split_inclusive('\n').filter(|line| {
        if let Some(name) = line.strip_prefix('[') {
            wanted = of_tables(name.split_once(']').map_or(name, |(name, _)| name)) == of_rows;
        }
        wanted
    });
    lines.collect()
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

/// Whether a key belongs to the command line only.
pub(crate) fn of_command_line(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| OF_COMMAND_LINE.contains(&first))
}

/// Whether a key belongs to index.html or a script.
fn of_page(key: &str) -> bool {
    key.split('.').next().is_some_and(|first| OF_PLAIN_PAGE.contains(&first))
}

/// Returns what is wrong with a message, if anything.
fn check(key: &str, text: &str) -> Result<(), Bilingual> {
    if text.trim().is_empty() {
        return Err(bilingual!("`{key}` is empty", "`{key}` 是空的"));
    }
    if text.trim() != text {
        return Err(bilingual!("`{key}` begins or ends with a blank", "`{key}` 的开头或末尾有空格"));
    }
    for part in parts(text) {
        match part {
            Part::Words(_) => {}
            Part::Argument { name, .. } => {
                let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
                if name.is_empty() || !name.bytes().all(is_letter) {
                    return Err(bilingual!(
                        "`{key}` has an argument whose name can't be used",
                        "`{key}` 花括号里的名称不能用"
                    ));
                }
            }
            Part::Brace => return Err(bilingual!("`{key}` has a brace without its partner", "`{key}` 的花括号不成对")),
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

/// Returns a message with its arguments filled in. None if an argument is missing, or a brace has no partner.
fn filled(message: &str, mut argument: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut said = String::new();
    for part in parts(message) {
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

/// Returns the key of a level's name.
pub fn level_key(level: Level) -> &'static str {
    level.of::<&str>(&["level.five", "level.four", "level.three", "level.two", "level.one"])
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
