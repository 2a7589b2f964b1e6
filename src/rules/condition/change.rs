//! Finds the questions that could still change a condition.
//!
//! For one open question it works out every pair of values that the condition can have for two of its answers, all other answers the
//! same: exact where a condition names each question once, and on the safe side elsewhere.

use tables::{Choice, Condition, Kind, List, QuestionId};

use super::{LISTED, Value, decide, names, walk};
use crate::rules::{
    situation::Situation,
    time::in_force,
    truth::{Cause, Truth},
};

/// Whether the answer to an open question could still change the condition, for some answers to the other open
/// questions. Answers "don't know" are kept.
pub fn could_change(condition: &Condition, situation: &Situation, question: QuestionId) -> bool {
    value_pairs_if_open(condition, situation, question).differ()
}

/// Whether the answer to an open question could still decide if the condition is met. Not met and unknown count as
/// the same.
pub fn could_meet(condition: &Condition, situation: &Situation, question: QuestionId) -> bool {
    value_pairs_if_open(condition, situation, question).has_any_of(Pairs::ONE_MET)
}

/// Whether some answers to the open questions meet the condition.
pub fn is_meetable(condition: &Condition, situation: &Situation) -> bool {
    // A cheap test first: most conditions can't be met.
    decide(condition, situation) != Truth::NotMet && value_pairs(condition, situation, None).has_any_of(Pairs::MET)
}

/// Whether the answer to an open question could still change the conjunction of several conditions. `None` stands
/// for a condition that stays unknown whatever is answered.
pub fn could_change_all<'c>(
    conditions: impl Iterator<Item = Option<&'c Condition>> + Clone,
    situation: &Situation,
    question: QuestionId,
) -> bool {
    // A cheap test first: most questions occur in none of the conditions.
    if !conditions.clone().flatten().any(|one| could_change(one, situation, question)) {
        return false;
    }
    let each = conditions.map(|one| match one {
        Some(condition) => value_pairs(condition, situation, Some(question)),
        None => Pairs::UNKNOWN,
    });
    each.fold(Pairs::MET, Pairs::and).differ()
}

/// Returns the pairs of values for two answers to an open question, or none if the question can't change the
/// condition.
fn value_pairs_if_open(condition: &Condition, situation: &Situation, question: QuestionId) -> Pairs {
    let open = situation.answers.get(question).is_none() && names(condition, question);
    if open { value_pairs(condition, situation, Some(question)) } else { Pairs::NONE }
}

/// The pairs of values that a condition can have for two different answers to one question, with all other answers
/// the same. There are nine pairs, one bit each. The index of a pair is three times its first value plus its
/// second; 0 is not met, 1 unknown, 2 met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Pairs(u16);

impl Pairs {
    const NONE: Pairs = Pairs(0);
    const UNKNOWN: Pairs = Pairs(0b000_010_000);
    /// The pairs of two equal values.
    const SAME: Pairs = Pairs(0b100_010_001);
    /// The pairs in which exactly one value is met.
    const ONE_MET: Pairs = Pairs(0b011_100_100);
    /// The pairs whose first value is the least or the greatest, and the same for the second value.
    const FIRST_LEAST: Pairs = Pairs(0b000_000_111);
    const FIRST_GREATEST: Pairs = Pairs(0b111_000_000);
    const SECOND_LEAST: Pairs = Pairs(0b001_001_001);
    const SECOND_GREATEST: Pairs = Pairs(0b100_100_100);

    /// The pairs of a condition that no answer changes.
    fn fixed(truth: Truth) -> Pairs {
        match truth {
            Truth::NotMet => Pairs::NOT_MET,
            Truth::Unknown(_) => Pairs::UNKNOWN,
            Truth::Met => Pairs::MET,
        }
    }

    /// The union of two sets.
    fn with(self, other: Pairs) -> Pairs {
        Pairs(self.0 | other.0)
    }

    /// The intersection of two sets.
    fn both(self, other: Pairs) -> Pairs {
        Pairs(self.0 & other.0)
    }

    /// The difference of two sets.
    fn without(self, other: Pairs) -> Pairs {
        Pairs(self.0 & !other.0)
    }

    /// Moves every pair up by this number of places. The caller makes sure that no pair moves beyond the end.
    fn moved_up(self, places: u32) -> Pairs {
        Pairs(self.0.rotate_left(places))
    }

    /// Moves every pair down by this number of places. The caller makes sure that no pair moves beyond the end.
    fn moved_down(self, places: u32) -> Pairs {
        Pairs(self.0.rotate_right(places))
    }

    /// Adds to each pair all pairs with the same second value and a lesser first one.
    fn first_or_less(self) -> Pairs {
        let once = self.without(Pairs::FIRST_LEAST).moved_down(3);
        self.with(once).with(once.without(Pairs::FIRST_LEAST).moved_down(3))
    }

    /// Adds to each pair all pairs with the same first value and a lesser second one.
    fn second_or_less(self) -> Pairs {
        let once = self.without(Pairs::SECOND_LEAST).moved_down(1);
        self.with(once).with(once.without(Pairs::SECOND_LEAST).moved_down(1))
    }

    /// Adds to each pair all pairs with the same second value and a greater first one.
    fn first_or_more(self) -> Pairs {
        let once = self.without(Pairs::FIRST_GREATEST).moved_up(3);
        self.with(once).with(once.without(Pairs::FIRST_GREATEST).moved_up(3))
    }

    /// Adds to each pair all pairs with the same first value and a greater second one.
    fn second_or_more(self) -> Pairs {
        let once = self.without(Pairs::SECOND_GREATEST).moved_up(1);
        self.with(once).with(once.without(Pairs::SECOND_GREATEST).moved_up(1))
    }

    /// Whether the two sets have a common pair.
    fn has_any_of(self, other: Pairs) -> bool {
        self.both(other) != Pairs::NONE
    }

    /// Whether some pair has two different values.
    fn differ(self) -> bool {
        self.without(Pairs::SAME) != Pairs::NONE
    }
}

impl Value for Pairs {
    const MET: Pairs = Pairs(0b100_000_000);
    const NOT_MET: Pairs = Pairs(0b000_000_001);

    /// The pairs of the conjunction of two conditions: for every pair of one and every pair of the other, the
    /// minimum of the first values and the minimum of the second values. Each minimum comes from one of the two
    /// pairs, and the other pair has no lesser value.
    fn and(self, other: Pairs) -> Pairs {
        let (first, second) = (self.first_or_less(), other.first_or_less());
        first
            .both(other.second_or_less())
            .with(self.second_or_less().both(second))
            .with(self.both(second.second_or_less()))
            .with(first.second_or_less().both(other))
    }

    /// The pairs of the disjunction of two conditions: likewise with the maximum.
    fn or(self, other: Pairs) -> Pairs {
        let (first, second) = (self.first_or_more(), other.first_or_more());
        first
            .both(other.second_or_more())
            .with(self.second_or_more().both(second))
            .with(self.both(second.second_or_more()))
            .with(first.second_or_more().both(other))
    }
}

/// Returns the pairs of a condition for two answers to this question. Without a question, both values of a pair are
/// equal.
fn value_pairs(condition: &Condition, situation: &Situation, question: Option<QuestionId>) -> Pairs {
    walk(condition, &|leaf| leaf_value_pairs(leaf, situation, question))
}

fn leaf_value_pairs(leaf: &Condition, situation: &Situation, question: Option<QuestionId>) -> Pairs {
    match leaf {
        Condition::Is(Choice { question: asked, met, open }) if situation.answers.get(*asked).is_none() => {
            let values = match situation.tables.question(*asked).map(|one| one.kind) {
                Some(Kind::Choice(values)) => values.len(),
                _ => 0,
            };
            // No value is in both sets.
            let others = met.len().saturating_add(open.len()) < values;
            leaf_pairs(Some(*asked) == question, [others, !open.is_empty(), !met.is_empty()])
        }
        Condition::Within(asked, ..) if situation.answers.get(*asked).is_none() => {
            leaf_pairs(Some(*asked) == question, [true, false, true])
        }
        Condition::WithinMonths(asked, _) if situation.answers.get(*asked).is_none() => {
            leaf_pairs(Some(*asked) == question, [true; 3])
        }
        // The occupation and the certificate date can both change it.
        Condition::Listed(list)
            if decide(leaf, situation).cause() == Some(Cause::Unanswered) && may_be_in_force(*list, situation) =>
        {
            let complete = match list {
                List::Shortage => situation.tables.shortages.iter().any(|one| one.complete),
                List::Catalogue => situation.tables.catalogues.iter().any(|one| one.complete),
            };
            leaf_pairs(question.is_some_and(|question| LISTED.contains(&question)), [complete, true, true])
        }
        _ => Pairs::fixed(decide(leaf, situation)),
    }
}

/// Returns the pairs of a leaf that can have some of the three values. If the leaf depends on the question itself
/// (`itself`), its two values may differ; otherwise they are equal.
fn leaf_pairs(itself: bool, [not_met, unknown, met]: [bool; 3]) -> Pairs {
    let which = |is_possible: bool, pairs: Pairs| if is_possible { pairs } else { Pairs::NONE };
    if !itself {
        // An open question may also stay open.
        return Pairs::UNKNOWN.with(which(not_met, Pairs::NOT_MET)).with(which(met, Pairs::MET));
    }
    let middle = Pairs(0b000_111_000);
    let first = which(not_met, Pairs::FIRST_LEAST).with(which(unknown, middle)).with(which(met, Pairs::FIRST_GREATEST));
    let middle = Pairs(0b010_010_010);
    let second =
        which(not_met, Pairs::SECOND_LEAST).with(which(unknown, middle)).with(which(met, Pairs::SECOND_GREATEST));
    first.both(second)
}

/// Whether a block of the list may be in force on the certificate date.
fn may_be_in_force(list: List, situation: &Situation) -> bool {
    let (tables, days, horizon) = (situation.tables, situation.certificate, situation.horizon);
    match list {
        List::Shortage => !in_force(tables.shortages, |one| one.validity, days, horizon).blocks.is_empty(),
        List::Catalogue => !in_force(tables.catalogues, |one| one.validity, days, horizon).blocks.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the bit operations with a loop over every pair of both sets.
    #[test]
    fn pairs_are_joined_as_one_by_one() {
        let pair = |place: u16| (place / 3, place % 3);
        let one_by_one = |one: u16, two: u16, join: fn(u16, u16) -> u16| {
            let each = |pairs: u16| {
                (0..9_u16).filter(move |place| pairs & 1_u16.rotate_left(u32::from(*place)) != 0).map(pair)
            };
            each(one)
                .flat_map(|(a, b)| {
                    each(two).map(move |(c, d)| 1_u16.rotate_left(u32::from(join(a, c) * 3 + join(b, d))))
                })
                .fold(0, |all, one| all | one)
        };
        for one in 0..512 {
            for two in 0..512 {
                assert_eq!(Pairs(one).and(Pairs(two)).0, one_by_one(one, two, u16::min), "{one:09b} {two:09b}");
                assert_eq!(Pairs(one).or(Pairs(two)).0, one_by_one(one, two, u16::max), "{one:09b} {two:09b}");
            }
        }
    }
}
