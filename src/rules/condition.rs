//! Decides conditions, and finds the questions that could still change one.
//!
//! The operators are exactly those of `tables::Condition`. Conditions follow Kleene's three-valued logic; the
//! tables are written so that the result equals that of trying every possible answer.

use tables::{Choice, Condition, Criterion, Date, Kind, List, OccupationAt, QuestionId};

use super::{
    answers::Answer,
    situation::Situation,
    time::in_force,
    truth::{Cause, Truth, all, any},
};

/// Decides a condition for a situation.
pub fn decide(condition: &Condition, situation: &Situation) -> Truth {
    match condition {
        Condition::All(parts) => all(parts.iter().map(|part| decide(part, situation))),
        Condition::Any(parts) => any(parts.iter().map(|part| decide(part, situation))),
        Condition::Is(choice) => is(choice, situation),
        &Condition::Within(question, from, to) => match situation.answers.get(question) {
            Some(Answer::Number(number)) if from <= number && number <= to => Truth::Met,
            Some(Answer::Number(_)) => Truth::NotMet,
            other => unknown_without_answer(other),
        },
        &Condition::WithinMonths(question, months) => within_months(question, months, situation),
        Condition::Listed(list) => listed(*list, situation),
        Condition::NeverAsked => Truth::Unknown(Cause::AuthorityDecides),
    }
}

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
const LISTED: [QuestionId; 2] = [QuestionId::CertificateOccupation, QuestionId::CertificateDate];

/// The pairs of values that a condition can have for two different answers to one question, with all other answers
/// the same. There are nine pairs, one bit each. The index of a pair is three times its first value plus its
/// second; 0 is not met, 1 unknown, 2 met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Pairs(u16);

impl Pairs {
    const NONE: Pairs = Pairs(0);
    const NOT_MET: Pairs = Pairs(0b000_000_001);
    const UNKNOWN: Pairs = Pairs(0b000_010_000);
    const MET: Pairs = Pairs(0b100_000_000);
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

    /// Whether the two sets have a common pair.
    fn has_any_of(self, other: Pairs) -> bool {
        self.both(other) != Pairs::NONE
    }

    /// Whether some pair has two different values.
    fn differ(self) -> bool {
        self.without(Pairs::SAME) != Pairs::NONE
    }
}

/// Returns the pairs of a condition for two answers to this question. Without a question, both values of a pair are
/// equal.
fn value_pairs(condition: &Condition, situation: &Situation, question: Option<QuestionId>) -> Pairs {
    match condition {
        Condition::All(parts) => {
            parts.iter().fold(Pairs::MET, |all, part| all.and(value_pairs(part, situation, question)))
        }
        Condition::Any(parts) => {
            parts.iter().fold(Pairs::NOT_MET, |any, part| any.or(value_pairs(part, situation, question)))
        }
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
            if decide(condition, situation).cause() == Some(Cause::Unanswered) && may_be_in_force(*list, situation) =>
        {
            leaf_pairs(question.is_some_and(|question| LISTED.contains(&question)), [false, true, true])
        }
        _ => Pairs::fixed(decide(condition, situation)),
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

/// Whether a block of the list may be in force on the certificate date.
fn may_be_in_force(list: List, situation: &Situation) -> bool {
    let (tables, days, horizon) = (situation.tables, situation.certificate, situation.horizon);
    match list {
        List::Shortage => !in_force(tables.shortages, |one| one.validity, days, horizon).blocks.is_empty(),
        List::Catalogue => !in_force(tables.catalogues, |one| one.validity, days, horizon).blocks.is_empty(),
    }
}

/// Decides whether the certificate's occupation is on a list that is in force on the certificate date. An
/// occupation that isn't on the list is left to the office.
fn listed(list: List, situation: &Situation) -> Truth {
    let (tables, days) = (situation.tables, situation.certificate);
    let said = situation.answers.get(QuestionId::CertificateOccupation);
    let found = |has: &dyn Fn(OccupationAt) -> bool| match said {
        Some(Answer::Choice(at)) if has(at) => Truth::Met,
        Some(Answer::Choice(_)) => Truth::Unknown(Cause::AuthorityDecides),
        other => unknown_without_answer(other),
    };
    if days.asked {
        // The certificate date is unknown, so every block counts. An occupation that no block lists stays open for
        // that reason too.
        let ever = match list {
            List::Shortage => found(&|at| tables.shortages.iter().any(|one| one.occupations.contains(&at))),
            List::Catalogue => found(&|at| tables.catalogues.iter().any(|one| one.has(at))),
        };
        return Truth::Unknown(days.cause).and(ever);
    }
    match list {
        List::Shortage => in_force(tables.shortages, |one| one.validity, days, situation.horizon)
            .decide(days, |one| found(&|at| one.occupations.contains(&at))),
        List::Catalogue => in_force(tables.catalogues, |one| one.validity, days, situation.horizon)
            .decide(days, |one| found(&|at| one.has(at))),
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
