//! The questions of two sets of tables: which are new, gone, or have other answers.
//!
//! Questions are compared by name: their ids are numbers of one set of tables.

use tables::{Kind, Question, Tables};

/// A question that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub name: &'static str,
    pub difference: Difference,
}

/// How a question differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Only the new tables ask it.
    New,
    /// Only the old tables ask it.
    Gone,
    /// Values of a choice, by their ids, that only the new tables have, and those that only the old ones have.
    Values { new: Vec<&'static str>, gone: Vec<&'static str> },
    /// Another range of numbers, or answers of another type.
    Kind,
}

/// Returns the questions that differ, in the order of the new tables. Those that are gone come last.
pub(super) fn between(old: &Tables, new: &Tables) -> Vec<Asked> {
    let asked = |question: &Question| {
        let difference = match old.question_named(question.name) {
            None => Difference::New,
            Some(before) => difference(before.kind, question.kind)?,
        };
        Some(Asked { name: question.name, difference })
    };
    let gone = old.questions.iter().filter(|question| new.question_named(question.name).is_none());
    let gone = gone.map(|question| Asked { name: question.name, difference: Difference::Gone });
    new.questions.iter().filter_map(asked).chain(gone).collect()
}

/// Returns how the answers to a question differ. None if they don't.
fn difference(old: Kind, new: Kind) -> Option<Difference> {
    match (old, new) {
        (Kind::Choice(old), Kind::Choice(new)) => {
            let only = |these: &[tables::Value], others: &[tables::Value]| -> Vec<&'static str> {
                let is_other = |id: &&'static str| others.iter().all(|other| other.id != *id);
                these.iter().map(|value| value.id).filter(is_other).collect()
            };
            let (new, gone) = (only(new, old), only(old, new));
            (!new.is_empty() || !gone.is_empty()).then_some(Difference::Values { new, gone })
        }
        (Kind::Number(from, to), Kind::Number(new_from, new_to)) if (from, to) == (new_from, new_to) => None,
        (Kind::Date, Kind::Date) => None,
        _ => Some(Difference::Kind),
    }
}
