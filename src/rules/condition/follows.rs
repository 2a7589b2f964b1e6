//! Finds whether one condition follows from others, leaf by leaf.

use tables::Condition;

use super::decide;
use crate::rules::{situation::Situation, truth::Truth};

/// Whether everybody who meets all known conditions also meets the other one, given the situation's answers. It
/// compares leaf by leaf and returns false where that isn't enough to prove it.
pub fn follows(known: &[&'static Condition], other: &Condition, situation: &Situation) -> bool {
    let apart = known.iter().enumerate().find_map(|(at, one)| match one {
        Condition::All(parts) => Some((at, *parts, true)),
        Condition::Any(parts) => Some((at, *parts, false)),
        _ => None,
    });
    if let Some((at, parts, together)) = apart {
        let others = || known.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, one)| *one);
        return match together {
            true => follows(&others().chain(parts).collect::<Vec<_>>(), other, situation),
            false => parts.iter().all(|part| follows(&others().chain([part]).collect::<Vec<_>>(), other, situation)),
        };
    }
    // Everything follows from a condition that can't be met.
    known.iter().any(|one| is_never_met(one, situation))
        || match other {
            Condition::All(parts) => parts.iter().all(|part| follows(known, part, situation)),
            Condition::Any(parts) => parts.iter().any(|part| follows(known, part, situation)),
            leaf => decide(leaf, situation) == Truth::Met || known.iter().any(|one| leaf_follows(one, leaf)),
        }
}

/// Whether the leaf can't be met: it has no value that meets it, or the question has an answer that doesn't.
fn is_never_met(leaf: &Condition, situation: &Situation) -> bool {
    let is_answered_otherwise =
        |question| situation.answers.get(question).is_some() && decide(leaf, situation) != Truth::Met;
    match leaf {
        Condition::Is(choice) => choice.met.is_empty() || is_answered_otherwise(choice.question),
        Condition::Within(question, ..) => is_answered_otherwise(*question),
        Condition::NeverAsked => true,
        _ => false,
    }
}

/// Whether every answer that meets the known leaf also meets the other leaf.
fn leaf_follows(known: &Condition, other: &Condition) -> bool {
    match (known, other) {
        (Condition::Is(one), Condition::Is(two)) => {
            one.question == two.question && one.met.iter().all(|at| two.met.contains(at))
        }
        (Condition::Within(one, from, to), Condition::Within(two, least, most)) => {
            one == two && least <= from && to <= most
        }
        _ => false,
    }
}
