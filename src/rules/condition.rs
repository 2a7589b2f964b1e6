//! Decides conditions.
//!
//! The operators are exactly those of `tables::Condition`. Conditions follow Kleene's three-valued logic; the
//! tables are written so that the result equals that of trying every possible answer. Which questions could still change a
//! condition is in `change`, and which condition follows from others in `follows`; both walk through a condition as `decide` does.

mod change;
mod follows;

use tables::{Choice, Condition, Criterion, Date, List, OccupationAt, QuestionId};

use super::{
    answers::Answer,
    situation::Situation,
    time::in_force,
    truth::{Cause, Truth},
};

pub use change::{could_change, could_change_all, could_meet, is_meetable};
pub use follows::follows;

/// Decides a condition for a situation.
pub fn decide(condition: &Condition, situation: &Situation) -> Truth {
    walk(condition, &|leaf| decide_leaf(leaf, situation))
}

/// A value that conditions have, joined by "all of" and "any of".
trait Value: Copy + PartialEq {
    /// The value that changes nothing in "all of", and settles "any of".
    const MET: Self;
    /// The value that changes nothing in "any of", and settles "all of".
    const NOT_MET: Self;

    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
}

impl Value for Truth {
    const MET: Truth = Truth::Met;
    const NOT_MET: Truth = Truth::NotMet;

    fn and(self, other: Truth) -> Truth {
        Truth::and(self, other)
    }

    fn or(self, other: Truth) -> Truth {
        Truth::or(self, other)
    }
}

/// Joins the values of a condition's leaves. Stops as soon as the rest can't change the result.
fn walk<V: Value>(condition: &Condition, leaf: &impl Fn(&Condition) -> V) -> V {
    match condition {
        Condition::All(parts) => {
            let mut all = V::MET;
            for part in *parts {
                all = all.and(walk(part, leaf));
                if all == V::NOT_MET {
                    break;
                }
            }
            all
        }
        Condition::Any(parts) => {
            let mut any = V::NOT_MET;
            for part in *parts {
                any = any.or(walk(part, leaf));
                if any == V::MET {
                    break;
                }
            }
            any
        }
        one => leaf(one),
    }
}

fn decide_leaf(leaf: &Condition, situation: &Situation) -> Truth {
    match leaf {
        Condition::Is(choice) => is(choice, situation),
        &Condition::Within(question, from, to) => match situation.answers.get(question) {
            Some(Answer::Number(number)) if from <= number && number <= to => Truth::Met,
            Some(Answer::Number(_)) => Truth::NotMet,
            other => unknown_without_answer(other),
        },
        &Condition::WithinMonths(question, months) => within_months(question, months, situation),
        Condition::Listed(list) => listed(*list, situation),
        Condition::NeverAsked => Truth::Unknown(Cause::AuthorityDecides),
        // No leaves.
        Condition::All(_) | Condition::Any(_) => decide(leaf, situation),
    }
}

/// Whether the condition depends on the answer to a question.
pub fn names(condition: &Condition, question: QuestionId) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| names(part, question)),
        Condition::Is(choice) => choice.question == question,
        Condition::Within(asked, ..) | Condition::WithinMonths(asked, _) => *asked == question,
        Condition::Listed(_) => LISTED.contains(&question),
        Condition::NeverAsked => false,
    }
}

/// Returns the criterion with the same id in another block.
pub fn with_same_id<'c>(criterion: &'c Criterion, block: &'c [Criterion]) -> Option<&'c Criterion> {
    // Usually it is the same block, where no ids have to be compared.
    match block.as_ptr_range().contains(&core::ptr::from_ref(criterion)) {
        true => Some(criterion),
        false => block.iter().find(|one| one.id == criterion.id),
    }
}

/// The questions that decide whether an occupation is listed.
const LISTED: [QuestionId; 2] = [QuestionId::CERTIFICATE_OCCUPATION, QuestionId::CERTIFICATE_DATE];

/// Decides whether the answer is one of the values of a choice.
fn is(choice: &Choice, situation: &Situation) -> Truth {
    match situation.answers.get(choice.question) {
        Some(Answer::Choice(at)) if choice.met.contains(at) => Truth::Met,
        Some(Answer::Choice(at)) if choice.open.contains(at) => Truth::Unknown(Cause::AuthorityDecides),
        Some(Answer::Choice(_)) => Truth::NotMet,
        other => unknown_without_answer(other),
    }
}

/// The truth of a leaf without a usable answer. An answer of another type counts as "don't know"; reading answers
/// prevents that case.
fn unknown_without_answer(answer: Option<Answer>) -> Truth {
    Truth::Unknown(match answer {
        None => Cause::Unanswered,
        Some(_) => Cause::DontKnow,
    })
}

/// Decides a time limit in months. On its last day the result is open, because the source doesn't specify whether
/// that day counts.
fn within_months(question: QuestionId, months: u16, situation: &Situation) -> Truth {
    let day = match situation.answers.get(question) {
        Some(Answer::Date(day)) => day,
        other => return unknown_without_answer(other),
    };
    match last_day(day, months) {
        Some(last) if situation.as_of < last => Truth::Met,
        Some(last) if situation.as_of == last => Truth::Unknown(Cause::AuthorityDecides),
        _ => Truth::NotMet,
    }
}

/// Returns the number of months of the condition's first `WithinMonths` about this question.
pub fn months(condition: &Condition, question: QuestionId) -> Option<u16> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(|part| months(part, question)),
        Condition::WithinMonths(asked, months) if *asked == question => Some(*months),
        _ => None,
    }
}

/// Returns the last day that is within this number of months of a day, or None beyond the calendar.
pub fn last_day(day: Date, months: u16) -> Option<Date> {
    day.after_months(u32::from(months))
}

/// Decides whether the certificate's occupation is on a list that is in force on the certificate date. If our copy of
/// the list is an excerpt, an occupation outside it is left to the office.
fn listed(list: List, situation: &Situation) -> Truth {
    let (tables, days) = (situation.tables, situation.certificate);
    let said = situation.answers.get(QuestionId::CERTIFICATE_OCCUPATION);
    let found = |has: &dyn Fn(OccupationAt) -> bool, complete: bool| match said {
        Some(Answer::Choice(at)) if has(at) => Truth::Met,
        Some(Answer::Choice(_)) if complete => Truth::NotMet,
        Some(Answer::Choice(_)) => Truth::Unknown(Cause::AuthorityDecides),
        other => unknown_without_answer(other),
    };
    if days.asked {
        // The certificate date is unknown, so every block counts. An occupation that no block lists stays open for
        // that reason too.
        let ever = match list {
            List::Shortage => {
                let all = tables.shortages;
                found(&|at| all.iter().any(|one| one.has(at)), all.iter().all(|one| one.complete))
            }
            List::Catalogue => {
                let all = tables.catalogues;
                found(&|at| all.iter().any(|one| one.has(at)), all.iter().all(|one| one.complete))
            }
        };
        return Truth::Unknown(days.cause).and(ever);
    }
    match list {
        List::Shortage => in_force(tables.shortages, |one| one.validity, days, situation.horizon)
            .decide(days, |one| found(&|at| one.has(at), one.complete)),
        List::Catalogue => in_force(tables.catalogues, |one| one.validity, days, situation.horizon)
            .decide(days, |one| found(&|at| one.has(at), one.complete)),
    }
}
