//! The truth of a condition together with the questions that could still change it.
//!
//! For every question at once it works out which two values the condition can have for two answers to that question,
//! all other answers the same. This is exact where a condition names each question once; elsewhere it may report a
//! question too many, never one too few. A question that was answered "don't know" isn't open.

use tables::{Choice, Condition, Kind, List, OccupationTable, QuestionId};

use super::{Evaluate, LISTED, decide, lists_of};
use crate::rules::{
    question_set::QuestionSet,
    situation::Situation,
    time::{Days, in_force},
    truth::{Cause, Truth, Value},
};

const UNANSWERED: Truth = Truth::Unknown(Cause::Unanswered);

/// The truth of a condition, and the values that it can still have.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    truth: Truth,
    possible: Possible,
}

impl Decision {
    /// The questions whose answers could still change the value, for some answers to the other open questions.
    pub fn open(self) -> QuestionSet {
        let Possible { not_met_unknown, not_met_met, unknown_met, .. } = self.possible;
        QuestionSet(not_met_unknown | not_met_met | unknown_met)
    }

    /// The questions whose answers could still decide whether it is met. Not met and unknown count as the same.
    pub fn open_to_meet(self) -> QuestionSet {
        QuestionSet(self.possible.not_met_met | self.possible.unknown_met)
    }

    /// A leaf that depends on these open questions. `values`: whether it can be not met, unknown, met.
    fn unanswered(open: QuestionSet, values: [bool; 3]) -> Decision {
        Decision { truth: UNANSWERED, possible: Possible::of(open, values) }
    }

    /// Whether some answers to the open questions meet it.
    pub fn can_be_met(self) -> bool {
        self.possible.met != 0
    }
}

impl From<Truth> for Decision {
    fn from(truth: Truth) -> Decision {
        let possible = match truth {
            Truth::NotMet => Possible { not_met: !0, ..Possible::NONE },
            Truth::Unknown(_) => Possible { unknown: !0, ..Possible::NONE },
            Truth::Met => Possible { met: !0, ..Possible::NONE },
        };
        Decision { truth, possible }
    }
}

impl Value for Decision {
    fn truth(self) -> Truth {
        self.truth
    }

    fn and(self, other: Decision) -> Decision {
        match (self.truth, other.truth) {
            (Truth::Met, _) | (_, Truth::NotMet) => other,
            (_, Truth::Met) | (Truth::NotMet, _) => self,
            _ => Decision { truth: self.truth.and(other.truth), possible: self.possible.and(other.possible) },
        }
    }

    fn or(self, other: Decision) -> Decision {
        match (self.truth, other.truth) {
            (Truth::NotMet, _) | (_, Truth::Met) => other,
            (_, Truth::NotMet) | (Truth::Met, _) => self,
            _ => Decision { truth: self.truth.or(other.truth), possible: self.possible.or(other.possible) },
        }
    }

    fn agreed(self, other: Decision, otherwise: Cause) -> Decision {
        let possible = match otherwise {
            // The person's own answer decides which of the two it is.
            Cause::Unanswered => self.possible.with(other.possible),
            // Where the two differ, the value is unknown.
            _ => {
                let either = Decision::from(Truth::Unknown(otherwise)).possible.and(self.possible.or(other.possible));
                self.possible.and(other.possible).or(either)
            }
        };
        Decision { truth: self.truth.agreed(other.truth, otherwise), possible }
    }
}

impl Evaluate for Decision {
    fn leaf(leaf: &Condition, situation: &Situation) -> Decision {
        let is_open = |question: QuestionId| situation.answers.get(question).is_none();
        match leaf {
            Condition::Is(Choice { question, met, open }) if is_open(*question) => {
                let values = match situation.tables.question(*question).map(|one| one.kind) {
                    Some(Kind::Choice(values)) => values.len(),
                    _ => 0,
                };
                // No value is in both sets.
                let others = met.len().saturating_add(open.len()) < values;
                Decision::unanswered(QuestionSet::of(*question), [others, !open.is_empty(), !met.is_empty()])
            }
            Condition::Within(question, ..) if is_open(*question) => {
                Decision::unanswered(QuestionSet::of(*question), [true, false, true])
            }
            Condition::WithinMonths(question, _) if is_open(*question) => {
                Decision::unanswered(QuestionSet::of(*question), [true; 3])
            }
            // The occupation and the certificate date can both change it.
            Condition::Listed(list) if decide(leaf, situation) == UNANSWERED => match may_be_listed(*list, situation) {
                Some(complete) => {
                    let open = LISTED.into_iter().filter(|question| is_open(*question)).map(QuestionSet::of).collect();
                    Decision::unanswered(open, [complete, true, true])
                }
                None => UNANSWERED.into(),
            },
            _ => decide(leaf, situation).into(),
        }
    }
}

/// The two values that a condition can have for two answers to one question, all other answers the same: for each
/// two values the bits of the questions that can give them, in either order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Possible {
    not_met: u64,
    not_met_unknown: u64,
    not_met_met: u64,
    unknown: u64,
    unknown_met: u64,
    met: u64,
}

impl Possible {
    const NONE: Possible =
        Possible { not_met: 0, not_met_unknown: 0, not_met_met: 0, unknown: 0, unknown_met: 0, met: 0 };

    /// The values of a leaf; `values` as in `Decision::unanswered`. Two answers to one of its open questions may give two
    /// different values. Two answers to any other question give the same value twice, also unknown, because the leaf's own
    /// question may stay unanswered.
    fn of(QuestionSet(open): QuestionSet, values: [bool; 3]) -> Possible {
        let [not_met, unknown, met] = values.map(|is_possible| if is_possible { !0 } else { 0 });
        Possible {
            not_met,
            not_met_unknown: open & not_met & unknown,
            not_met_met: open & not_met & met,
            unknown: !open | unknown,
            unknown_met: open & unknown & met,
            met,
        }
    }

    /// The union: one of two conditions, but not known which.
    fn with(self, other: Possible) -> Possible {
        Possible {
            not_met: self.not_met | other.not_met,
            not_met_unknown: self.not_met_unknown | other.not_met_unknown,
            not_met_met: self.not_met_met | other.not_met_met,
            unknown: self.unknown | other.unknown,
            unknown_met: self.unknown_met | other.unknown_met,
            met: self.met | other.met,
        }
    }

    /// The conjunction, with the order not met < unknown < met: each pair of values of one condition is combined with each
    /// pair of the other one; the result is the minimum of the first values and the minimum of the second values.
    fn and(self, other: Possible) -> Possible {
        let (a, b) = (self, other);
        let least_unknown = |one: Possible| one.unknown | one.unknown_met;
        let least_not_met = |one: Possible| one.not_met_unknown | one.not_met_met;
        let some_unknown = |one: Possible| one.not_met_unknown | one.unknown | one.unknown_met;
        let some_met = |one: Possible| one.not_met_met | one.unknown_met | one.met;
        Possible {
            not_met: a.not_met | b.not_met | least_not_met(a) & least_not_met(b),
            not_met_unknown: a.not_met_unknown & (some_unknown(b) | some_met(b))
                | b.not_met_unknown & (some_unknown(a) | some_met(a))
                | a.not_met_met & some_unknown(b)
                | b.not_met_met & some_unknown(a),
            not_met_met: a.not_met_met & some_met(b) | b.not_met_met & some_met(a),
            unknown: least_unknown(a) & least_unknown(b) | a.unknown & b.met | a.met & b.unknown,
            unknown_met: a.unknown_met & (b.unknown_met | b.met) | a.met & b.unknown_met,
            met: a.met & b.met,
        }
    }

    /// The values of the disjunction: likewise with the maximum.
    fn or(self, other: Possible) -> Possible {
        self.negated().and(other.negated()).negated()
    }

    /// The values of the negation.
    fn negated(self) -> Possible {
        Possible {
            not_met: self.met,
            not_met_unknown: self.unknown_met,
            unknown_met: self.not_met_unknown,
            met: self.not_met,
            ..self
        }
    }
}

/// Whether some block of the list has all occupations of its document, so that an occupation can be outside it. None if
/// no block may be in force on the day that decides.
fn may_be_listed(list: List, situation: &Situation) -> Option<bool> {
    fn of<T: OccupationTable>(blocks: &[T], days: Days, situation: &Situation) -> Option<bool> {
        let may_be_in_force = !in_force(blocks, T::validity, days, situation.horizon).blocks.is_empty();
        may_be_in_force.then(|| blocks.iter().any(T::is_complete))
    }
    match list {
        List::Catalogue => of(situation.tables.catalogues, situation.certificate, situation),
        List::Shortage(at) => {
            lists_of(at, situation).and_then(|city| of(city.lists, situation.list_days(city), situation))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs of values in the order of the fields; 0 is not met, 1 unknown, 2 met.
    const PAIRS: [(u8, u8); 6] = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];

    fn possible(bits: u8) -> Possible {
        let [not_met, not_met_unknown, not_met_met, unknown, unknown_met, met] =
            [0, 1, 2, 3, 4, 5].map(|at| u64::from(bits.rotate_right(at) & 1));
        Possible { not_met, not_met_unknown, not_met_met, unknown, unknown_met, met }
    }

    /// Compares the bit operations with a loop over all pairs of both conditions, in either order.
    #[test]
    fn values_are_joined_as_one_by_one() {
        let ordered = |bits: u8| {
            let pairs = PAIRS.into_iter().enumerate().filter(move |(at, _)| bits.rotate_right(*at as u32) & 1 != 0);
            pairs.flat_map(|(_, (first, second))| [(first, second), (second, first)])
        };
        let one_by_one = |one: u8, two: u8, join: fn(u8, u8) -> u8| {
            let all = ordered(one).flat_map(|(a, b)| ordered(two).map(move |(c, d)| (join(a, c), join(b, d))));
            all.fold(0, |bits, pair| {
                let at = PAIRS.iter().position(|other| *other == pair).unwrap_or(7);
                if at == 7 { bits } else { bits | 1_u8.rotate_left(at as u32) }
            })
        };
        for one in 1..64 {
            for two in 1..64 {
                let joined = |join| possible(one_by_one(one, two, join));
                assert_eq!(possible(one).and(possible(two)), joined(u8::min), "{one:06b} {two:06b}");
                assert_eq!(possible(one).or(possible(two)), joined(u8::max), "{one:06b} {two:06b}");
            }
        }
    }
}
