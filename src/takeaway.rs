//! What a person takes away: a QR code for the phone's camera, calendar events, a short text, and a note for the bank
//! transfer.
//!
//! This module creates text and data only, the same natively and in the page; `app` and `browser` show, save and share
//! them. The complete result as text comes from `explain::Explanation::plain`, and the record in an address from
//! `record`.

pub mod calendar;
pub mod code;

use tables::{Course, Date};

use crate::{
    explain::Explanation,
    record,
    text::{Language, Text},
};

/// The most bytes of text in a code that a phone can read from a screen; a Chinese character takes three.
const SHORT: usize = 600;

/// Returns an address of the page that contains a record. `as_of` is the as-of date, if it isn't today.
pub fn link(address: &str, language: Language, as_of: Option<Date>, record: &str) -> String {
    let day = as_of.map_or_else(String::new, |day| format!("&as-of={day}"));
    format!("{address}?lang={}{day}#record/{}", language.id(), record::to_address(record))
}

/// Returns the answer in a few lines, for a code where there is no address. `as_of` and `version` are those of the
/// assessment and its tables.
pub fn summary(explained: &Explanation, text: Text, as_of: &str, version: &str) -> String {
    let figure = explained.figure.iter().map(|(label, amount)| format!("{label} {amount}"));
    let before = [&explained.headline].into_iter().chain(&explained.notes).cloned();
    let lines = before.chain(figure).chain(explained.below.iter().cloned());
    let standing = text.standing(as_of, version);
    let mut said = String::new();
    // Only complete lines are added.
    for line in lines.filter(|line| !line.is_empty()) {
        if SHORT < [said.len(), line.len(), 1, standing.len()].into_iter().sum() {
            break;
        }
        said += &line;
        said.push('\n');
    }
    said + &standing
}

/// Returns the note of a bank transfer (C7): a name and the fixed text, without a character between them, or `None`
/// without a name.
pub fn note(course: &Course, name: &str) -> Option<String> {
    let name: String = name.chars().filter(|sign| sign.is_alphanumeric() || *sign == '·').take(NAME).collect();
    (!name.is_empty()).then(|| name + course.remittance)
}

/// The longest accepted name, in characters.
const NAME: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::TABLES;

    #[test]
    fn a_note_is_one_string() {
        let n = |name| note(&TABLES.courses[0], name);
        assert_eq!(n("李明").as_deref(), Some("李明三级软协第3期人工智能训练师培训费"));
        assert_eq!(n(" 李 明+ ").as_deref(), Some("李明三级软协第3期人工智能训练师培训费"));
        assert_eq!(n("古丽·买买提").as_deref(), Some("古丽·买买提三级软协第3期人工智能训练师培训费"));
        assert_eq!(n(""), None);
        assert_eq!(n("+ -"), None);
        assert_eq!(n(&"长".repeat(1000)).map(|note| note.chars().count()), Some(NAME + 17));
    }
}
