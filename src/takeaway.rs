//! What a person carries home: a picture for a phone's camera, days for a calendar, a short text, a note for the bank.
//!
//! Text and data only, the same natively and in the page; whoever shows, saves or shares it is in `app` and `browser`. The whole
//! result as text is the explanation's own (`explain::Explanation::plain`), a record in an address is `record`'s.

pub mod calendar;
pub mod code;

use tables::{Course, Date};

use crate::{
    explain::Explanation,
    record,
    text::{Language, Text},
};

/// How much text a code may hold that a phone is to read from a screen, in bytes; a Chinese sign has three.
const SHORT: usize = 600;

/// A record in an address of the page. `as_of` is the day whose rules were asked for, if that isn't today.
pub fn link(address: &str, language: Language, as_of: Option<Date>, record: &str) -> String {
    let day = as_of.map_or_else(String::new, |day| format!("&as-of={day}"));
    format!("{address}?lang={}{day}#record/{}", language.id(), record::to_address(record))
}

/// The answer in a few lines, for a code where there is no address. `as_of` and `version` are of the assessment and its tables.
pub fn summary(explained: &Explanation, text: Text, as_of: &str, version: &str) -> String {
    let figure = explained.figure.iter().map(|(label, amount)| format!("{label} {amount}"));
    let before = [&explained.headline].into_iter().chain(&explained.notes).cloned();
    let lines = before.chain(figure).chain(explained.below.iter().cloned());
    let standing = text.standing(as_of, version);
    let mut said = String::new();
    // Whole lines only.
    for line in lines.filter(|line| !line.is_empty()) {
        if SHORT < [said.len(), line.len(), 1, standing.len()].into_iter().sum() {
            break;
        }
        said += &line;
        said.push('\n');
    }
    said + &standing
}

/// The note of a remittance (C7): a name and what stands behind it, without a sign between them. None without a name.
pub fn note(course: &Course, name: &str) -> Option<String> {
    let name: String = name.chars().filter(|sign| sign.is_alphanumeric() || *sign == '·').take(NAME).collect();
    (!name.is_empty()).then(|| name + course.remittance)
}

/// The longest name that is taken, in signs.
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
