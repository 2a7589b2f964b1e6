//! Decides conditions.
//!
//! The operators are exactly those of `tables::Condition`. Conditions follow Kleene's three-valued logic; the
//! tables are written so that the result equals that of trying every possible answer. One evaluation gives the truth
//! alone, or also the questions that could still change it (`decision`). Which condition follows from others is in
//! `follows`.

mod decision;
mod follows;

use tables::{Choice, City, CityAt, Condition, Criterion, List, OccupationAt, OccupationTable, QuestionId};

use super::{
    answers::Answer,
    finding::Deadline,
    situation::Situation,
    time::{Days, in_force},
    truth::{Cause, Truth, Value},
};

pub use decision::Decision;
pub use follows::follows;

/// A value that conditions can be evaluated to.
pub trait Evaluate: Value {
    /// Evaluates a condition without parts.
    fn leaf(leaf: &Condition, situation: &Situation) -> Self;
}

/// Decides a condition for a situation.
pub fn decide(condition: &Condition, situation: &Situation) -> Truth {
    evaluate(condition, situation)
}

/// Evaluates a condition for a situation. Stops as soon as the rest can't change the result.
pub fn evaluate<V: Evaluate>(condition: &Condition, situation: &Situation) -> V {
    match condition {
        Condition::All(parts) => {
            let mut all = V::from(Truth::Met);
            for part in *parts {
                all = all.and(evaluate(part, situation));
                if all.truth() == Truth::NotMet {
                    break;
                }
            }
            all
        }
        Condition::Any(parts) => {
            let mut any = V::from(Truth::NotMet);
            for part in *parts {
                any = any.or(evaluate(part, situation));
                if any.truth() == Truth::Met {
                    break;
                }
            }
            any
        }
        one => V::leaf(one, situation),
    }
}

impl Evaluate for Truth {
    fn leaf(leaf: &Condition, situation: &Situation) -> Truth {
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
    match Deadline::after(day, months) {
        Some(term) if situation.as_of < term.last => Truth::Met,
        Some(term) if situation.as_of == term.last => Truth::Unknown(Cause::AuthorityDecides),
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

/// Decides whether the certificate's occupation is on a list that is in force on the day that decides.
fn listed(list: List, situation: &Situation) -> Truth {
    match list {
        List::Catalogue => listed_in(situation.tables.catalogues, situation.certificate, situation),
        List::Shortage(at) => match lists_of(at, situation) {
            Some(city) => listed_in(city.lists, situation.list_days(city), situation),
            None => Truth::NotMet,
        },
    }
}

/// Returns the city if its shortage lists count.
fn lists_of(at: CityAt, situation: &Situation) -> Option<&'static City> {
    situation.tables.city(at).filter(|_| situation.city.is_none_or(|only| only == at))
}

/// Decides the same for the blocks of one list. If our copy of a block is an excerpt, an occupation outside it is left to
/// the office.
fn listed_in<T: OccupationTable>(blocks: &[T], days: Days, situation: &Situation) -> Truth {
    let said = situation.answers.get(QuestionId::CERTIFICATE_OCCUPATION);
    let found = |has: &dyn Fn(OccupationAt) -> bool, is_complete: bool| match said {
        Some(Answer::Choice(at)) if has(at) => Truth::Met,
        Some(Answer::Choice(_)) if is_complete => Truth::NotMet,
        Some(Answer::Choice(_)) => Truth::Unknown(Cause::AuthorityDecides),
        other => unknown_without_answer(other),
    };
    if days.asked {
        // The certificate date is unknown, so every block counts. An occupation that no block lists stays open for
        // that reason too.
        let ever = found(&|at| blocks.iter().any(|one| one.has(at)), blocks.iter().all(T::is_complete));
        return Truth::Unknown(days.cause).and(ever);
    }
    in_force(blocks, T::validity, days, situation.horizon)
        .decide(days, |one| found(&|at| one.has(at), one.is_complete()))
}
