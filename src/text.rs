//! Wording: the messages of one language, and amounts and dates in words.
//!
//! The wording is not in the program but in two files per language, which need no parser: the texts, one after another.
//! Each message is a function generated from `locales/` by the build, so that a missing argument does not compile. The
//! page's first part has only the first file and with it a [`FirstText`], whose functions are those of that file; all
//! other code has a [`Text`] with all functions. A third file has the messages of the command line. This module does not decide which message is used when; the caller
//! does.

#![cfg_attr(not(feature = "web"), allow(dead_code))]

use std::ops::Deref;

use tables::{Date, FirstMsg, Kind, Level, Msg, Question, Source, Value, ValueSet};

use crate::rules::{Answer, Range};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A language of the page. Which ones there are is generated from `locales/`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Language(&'static str);

/// The messages of one language that the page's first part needs. Small and cheap to copy; the file behind it is never
/// freed.
#[derive(Clone, Copy, Debug)]
pub struct FirstText {
    pub language: Language,
    messages: &'static [&'static str],
}

/// All messages of one language, including those of its second file.
#[derive(Clone, Copy, Debug)]
pub struct Text(FirstText);

impl Deref for Text {
    type Target = FirstText;

    fn deref(&self) -> &FirstText {
        &self.0
    }
}

/// The first bytes of a language's first file.
pub const FIRST: &[u8] = b"SCT31";
/// The first bytes of a language's second file.
pub const LATER: &[u8] = b"SCT32";
/// The first bytes of a language's third file.
#[cfg(feature = "cli")]
pub const COMMANDS: &[u8] = b"SCT33";

/// Why a language file can't be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextError {
    /// The file belongs to another version of the program.
    OtherBuild,
    /// The file is damaged or is no language file.
    Broken,
}

/// Returns a language that is compiled in, for programs without a page that could fetch it; it is read once.
#[cfg(any(not(target_arch = "wasm32"), feature = "engine"))]
pub fn built_in(language: Language) -> Result<Text, TextError> {
    use std::sync::OnceLock;
    static READ: [OnceLock<Text>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let found = READ.iter().zip(FILES).find(|(_, (one, ..))| *one == language);
    let (read, (_, first, later)) = found.ok_or(TextError::Broken)?;
    match read.get() {
        Some(text) => Ok(*text),
        None => {
            let text = FirstText::load(language, first)?.whole(later)?;
            #[cfg(feature = "cli")]
            let text = text.with_commands()?;
            Ok(*read.get_or_init(|| text))
        }
    }
}

/// Reads the messages of a language file that starts with the given bytes, and checks them once so that later use can't
/// fail. The messages of the other file are empty.
pub fn read(begin: &[u8], file: &'static [u8]) -> Result<Box<[&'static str]>, TextError> {
    let rest = file.strip_prefix(begin).ok_or(TextError::Broken)?;
    let (build, rest) = rest.split_first_chunk().ok_or(TextError::Broken)?;
    if u64::from_le_bytes(*build) != BUILD_ID {
        return Err(TextError::OtherBuild);
    }
    let text = str::from_utf8(rest).map_err(|_| TextError::Broken)?;
    let messages: Box<[&str]> = text.strip_suffix('\0').ok_or(TextError::Broken)?.split('\0').collect();
    if messages.len() == MESSAGES { Ok(messages) } else { Err(TextError::Broken) }
}

impl Language {
    /// The id: the name of the file in `locales/`, which is a language tag.
    pub const fn id(self) -> &'static str {
        self.0
    }

    /// Returns the language with this id.
    pub fn from_id(id: &str) -> Option<Language> {
        Language::ALL.iter().copied().find(|one| one.id() == id)
    }

    /// Whether it is a kind of Chinese.
    pub fn is_chinese(self) -> bool {
        self.0.starts_with("zh")
    }
}

impl FirstText {
    /// Returns the as-of date and the version of the tables, which are shown below every result.
    pub fn standing(&self, as_of: &str, version: &str) -> String {
        format!("{} · {}", self.site_as_of(as_of), self.site_tables(version))
    }

    /// Reads the first file of a language; its messages are never freed.
    pub fn load(language: Language, file: &'static [u8]) -> Result<FirstText, TextError> {
        read(FIRST, file).map(|messages| FirstText { language, messages: Box::leak(messages) })
    }

    /// Adds the second file of the same language.
    pub fn whole(self, file: &'static [u8]) -> Result<Text, TextError> {
        read(LATER, file).map(|messages| self.with(messages))
    }

    /// Adds the messages of another file of the same language.
    fn with(self, mut messages: Box<[&'static str]>) -> Text {
        for (message, first) in messages.iter_mut().zip(self.messages).filter(|(message, _)| message.is_empty()) {
            *message = first;
        }
        Text::of(self.language, Box::leak(messages))
    }

    /// Returns a message without arguments.
    pub fn get(self, message: FirstMsg) -> &'static str {
        self.at(message.0)
    }

    fn at(self, index: u16) -> &'static str {
        self.messages.get(usize::from(index)).copied().unwrap_or("")
    }

    /// Returns an answer in words.
    pub fn answer(self, question: &Question, answer: Answer) -> String {
        match (answer, question.kind) {
            (Answer::Choice(at), Kind::Choice(values)) => {
                values.get(usize::from(at)).map_or("", |value| self.get(value.label)).to_owned()
            }
            (Answer::Number(number), _) => number.to_string(),
            (Answer::Date(day), _) => self.date(day),
            _ => self.question_page_dont_know().to_owned(),
        }
    }

    /// Returns a date in words.
    pub fn date(self, date: Date) -> String {
        let month = match date.month() {
            1 => self.month_1(),
            2 => self.month_2(),
            3 => self.month_3(),
            4 => self.month_4(),
            5 => self.month_5(),
            6 => self.month_6(),
            7 => self.month_7(),
            8 => self.month_8(),
            9 => self.month_9(),
            10 => self.month_10(),
            11 => self.month_11(),
            _ => self.month_12(),
        };
        self.date_day(&date.year().to_string(), month, &date.day().to_string())
    }

    /// Joins names to a list.
    pub fn list(self, names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        joined(names, |all, name| self.result_join(all, name))
    }

    /// Joins two sentences, either of which may be empty.
    pub fn sentences(self, one: &str, two: &str) -> String {
        if one.is_empty() || two.is_empty() { format!("{one}{two}") } else { self.result_sentences(one, two) }
    }
}

impl Text {
    /// Creates a text from its messages.
    pub fn of(language: Language, messages: &'static [&'static str]) -> Text {
        Text(FirstText { language, messages })
    }

    /// Adds the messages of the command line.
    #[cfg(feature = "cli")]
    fn with_commands(self) -> Result<Text, TextError> {
        let found = COMMAND_FILES.iter().find(|(one, _)| *one == self.language);
        let (_, file) = found.ok_or(TextError::Broken)?;
        read(COMMANDS, file).map(|messages| self.with(messages))
    }

    /// Returns a message without arguments.
    pub fn get(self, message: impl Into<Msg>) -> &'static str {
        self.0.at(message.into().0)
    }

    /// Returns the names of some of a question's values.
    pub fn values(self, values: &[Value], which: &ValueSet) -> Vec<&'static str> {
        which.iter().filter_map(|at| values.get(usize::from(at))).map(|value| self.get(value.label)).collect()
    }

    /// Returns the name of a level.
    pub fn level(self, level: Level) -> &'static str {
        match level {
            Level::Five => self.level_five(),
            Level::Four => self.level_four(),
            Level::Three => self.level_three(),
            Level::Two => self.level_two(),
            Level::One => self.level_one(),
        }
    }

    /// Returns an amount or a range of amounts in yuan.
    pub fn yuan(self, range: Range) -> String {
        let (min, max) = (range.min.normalize().to_string(), range.max.normalize().to_string());
        if range.is_exact() { self.amount_exact(&min) } else { self.amount_range(&min, &max) }
    }

    /// Returns a document with its number, as it is cited.
    pub fn document(self, source: &Source) -> String {
        let title = self.get(source.title);
        source.number.map_or_else(|| title.to_owned(), |number| self.result_document(title, self.get(number)))
    }

    /// Returns the note that a contact's phone number is also a WeChat number; empty otherwise.
    pub fn also_on(self, contact: &tables::Contact) -> &'static str {
        if contact.wechat { self.result_wechat() } else { "" }
    }

    /// Joins requirements that must all be met.
    pub fn and(self, all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        joined(all, |all, name| self.result_and(all, name))
    }

    /// Joins names of which any one is enough, for use within quotation marks.
    pub fn any_of(self, names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        joined(names, |all, name| self.result_or(all, name))
    }

    /// Returns words followed by a note in brackets, if there is one.
    pub fn with_note(self, words: &str, aside: &str) -> String {
        if aside.is_empty() { words.to_owned() } else { self.result_with_note(words, aside) }
    }
}

fn joined(names: impl IntoIterator<Item = impl AsRef<str>>, join: impl Fn(&str, &str) -> String) -> String {
    let all = names.into_iter().map(|name| name.as_ref().to_owned());
    all.reduce(|all, name| join(&all, &name)).unwrap_or_default()
}

/// Inserts the arguments into a message. A byte 1 and a digit stand for an argument. A byte 2, a digit and two texts
/// that end with the bytes 3 and 4 stand for one of the texts: the first if the argument is 1.
fn fill(message: &'static str, arguments: &[&str]) -> String {
    let mut rest = message;
    let mut filled = String::new();
    while let Some((words, after)) = rest.split_once(['\u{1}', '\u{2}']) {
        let is_number = rest.as_bytes().get(words.len()) == Some(&2);
        let (digit, after) = after.split_at_checked(1).unwrap_or(("", after));
        let argument = digit.parse().ok().and_then(|at: usize| arguments.get(at)).copied().unwrap_or("");
        filled += words;
        rest = after;
        if is_number {
            let (one, after) = rest.split_once('\u{3}').unwrap_or(("", rest));
            let (many, after) = after.split_once('\u{4}').unwrap_or(("", after));
            filled += if argument == "1" { one } else { many };
            rest = after;
        } else {
            filled += argument;
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::TABLES;
    use rust_decimal::Decimal;

    fn text() -> Text {
        built_in(Language::ZH_HANS).unwrap()
    }

    #[test]
    fn amounts_and_dates() {
        let y = |min: &str, max: &str| text().yuan(Range { min: min.parse().unwrap(), max: max.parse().unwrap() });
        assert_eq!(y("3120", "3120"), "3120元");
        assert_eq!(y("3120.00", "3120"), "3120元");
        assert_eq!(y("0", "720.50"), "0至720.5元");
        assert_eq!(text().yuan(Range::exactly(Decimal::ZERO)), "0元");
        let d = |language| built_in(language).unwrap().date(Date::new(2025, 12, 31).unwrap());
        assert_eq!(
            [Language::ZH_HANS, Language::ZH_HANT, Language::EN].map(d),
            ["2025年12月31日", "2025年12月31日", "31 December 2025"]
        );
    }

    #[test]
    fn one_and_many() {
        let c = |language, count| built_in(language).unwrap().rule_book_found(count);
        assert_eq!(c(Language::EN, "1"), "1 entry found.");
        assert_eq!(c(Language::EN, "12"), "12 entries found.");
        assert_eq!(c(Language::ZH_HANS, "1"), "找到1条。");
    }

    #[test]
    fn a_file_is_taken_whole_or_not_at_all() {
        let files: [(&[u8], &'static [u8]); 2] = [
            (FIRST, include_bytes!(concat!(env!("OUT_DIR"), "/zh-Hans.text"))),
            (LATER, include_bytes!(concat!(env!("OUT_DIR"), "/zh-Hans.later.text"))),
        ];
        for (begin, whole) in files {
            for length in 0..whole.len() {
                assert!(read(begin, &whole[..length]).is_err(), "cut at {length}");
            }
            let changed = |at: usize| {
                let mut bytes = whole.to_vec();
                bytes[at] ^= 0x80;
                read(begin, bytes.leak()).unwrap_err()
            };
            assert_eq!(changed(0), TextError::Broken);
            assert_eq!(changed(5), TextError::OtherBuild);
            let text = whole.iter().skip(13).position(|byte| *byte != 0).unwrap() + 13;
            assert_eq!(changed(text), TextError::Broken);
        }
        // A file of one kind is rejected as the other kind.
        assert_eq!(read(FIRST, files[1].1), Err(TextError::Broken));
        assert_eq!(read(LATER, files[0].1), Err(TextError::Broken));
    }

    /// The questions' messages are in the first file, the criteria's in the second, and no message is in both.
    #[test]
    fn each_message_is_in_one_file() {
        let first = read(FIRST, include_bytes!(concat!(env!("OUT_DIR"), "/en.text"))).unwrap();
        let later = read(LATER, include_bytes!(concat!(env!("OUT_DIR"), "/en.later.text"))).unwrap();
        for (one, other) in first.iter().zip(&later) {
            assert!(one.is_empty() || other.is_empty(), "{one}");
        }
        for question in TABLES.questions {
            for message in [question.title, question.short, question.why].into_iter().chain(question.help) {
                assert_ne!(first[usize::from(message.0)], "", "{question:?}");
            }
        }
        for criterion in TABLES.subsidies.iter().flat_map(|regulation| regulation.criteria) {
            assert_ne!(later[usize::from(criterion.wording.title.0)], "", "{criterion:?}");
        }
    }
}
