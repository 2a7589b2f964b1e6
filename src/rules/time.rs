//! Finds the rules in force on a day, also if the day itself is not known exactly.
//!
//! All tables with a validity use this one mechanism: a range of days is compared with the blocks. If some of the
//! days are outside all blocks, the result reports a gap.

use core::ops::Range;

use tables::{Date, Validity};

use super::truth::{Cause, Truth, Value};

/// A range of days on which an event may fall, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Days {
    /// None if the range has no first day.
    pub first: Option<Date>,
    /// None if the range has no last day.
    pub last: Option<Date>,
    /// Why the exact day is unknown, if there are several.
    pub cause: Cause,
    /// Whether the person could name the day. The missing answer is then the cause of an unknown, not the tables
    /// that are missing for some of the days.
    pub asked: bool,
}

impl Days {
    /// A range of one day.
    pub fn on(day: Date) -> Days {
        Days { first: Some(day), last: Some(day), cause: Cause::Unanswered, asked: false }
    }

    /// Some day of this validity; an office decides which.
    pub fn within(validity: Validity) -> Days {
        Days { first: Some(validity.from), last: validity.to, cause: Cause::AuthorityDecides, asked: false }
    }

    /// That day or any later one; nobody can know which.
    pub fn from(day: Date) -> Days {
        Days { first: Some(day), last: None, cause: Cause::NoRulesForDate, asked: false }
    }

    /// That day or any earlier one; the person didn't give it.
    pub fn until(day: Date, cause: Cause) -> Days {
        Days { first: None, last: Some(day), cause, asked: true }
    }
}

/// Whether the end of a rule counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Horizon {
    /// The end counts, as the tables have it.
    AsWritten,
    /// The last known rules are extended without end.
    LastKnown,
}

/// The blocks that may be in force on some days.
pub struct InForce<'t, T> {
    /// The candidates. If there is exactly one and no gap, it is certainly in force.
    pub blocks: &'t [T],
    /// Whether some of the days are outside every block.
    pub gap: bool,
    /// The end of the block before the gap.
    pub ended: Option<Date>,
}

/// Finds the blocks that may be in force on these days. The blocks must be sorted by time and not overlap.
pub fn in_force<'t, T>(
    all: &'t [T],
    validity: impl Fn(&T) -> Validity,
    days: Days,
    horizon: Horizon,
) -> InForce<'t, T> {
    let validity = |index: usize| {
        let Validity { from, to } = validity(all.get(index)?);
        let goes_on = horizon == Horizon::LastKnown && all.len() <= index.saturating_add(1);
        Some(Validity { from, to: to.filter(|_| !goes_on) })
    };
    // The usual case is decided without the walk, because it is asked often: one day, in one block.
    if days.first == days.last
        && let Some(day) = days.first
    {
        let holds = |index: &usize| validity(*index).is_some_and(|one| one.contains(day));
        if let Some(index) = (0..all.len()).find(holds) {
            return InForce { blocks: all.get(index..=index).unwrap_or(&[]), gap: false, ended: None };
        }
    }
    let (blocks, gap, ended) = walk(&validity, days);
    InForce { blocks: all.get(blocks).unwrap_or(&[]), gap, ended }
}

/// Finds the same by the validity of each block: the indices of the blocks, whether there is a gap, and the end before
/// it. It is there once for all kinds of blocks.
fn walk(validity: &dyn Fn(usize) -> Option<Validity>, days: Days) -> (Range<usize>, bool, Option<Date>) {
    let end = |index: usize| validity(index).and_then(|one| one.to);
    let is_before = |index: usize| days.first.is_some_and(|first| end(index).is_some_and(|to| to < first));
    let begin = (0..).take_while(|index| is_before(*index)).count();
    let is_after = |one: Validity| days.last.is_some_and(|last| last < one.from);

    let mut gap = false;
    let mut ended = None;
    // The first day that is not covered yet.
    let mut open = days.first;
    let mut behind = begin;
    let mut is_covered = false;
    while let Some(one) = validity(behind).filter(|one| !is_after(*one)) {
        if !is_covered {
            if open.is_none_or(|open| open < one.from) {
                gap = true;
                ended = ended.or_else(|| behind.checked_sub(1).and_then(end));
            }
            open = one.to.and_then(Date::next);
            is_covered = open.is_none();
        }
        behind = behind.saturating_add(1);
    }
    if is_covered {
        return (begin..behind, gap, ended);
    }
    let last_reached = matches!((open, days.last), (Some(open), Some(last)) if last < open);
    if !last_reached {
        gap = true;
        ended = ended.or_else(|| behind.checked_sub(1).and_then(end));
    }
    (begin..behind, gap, ended)
}

/// Returns the last day that is covered by blocks without a gap, counted from the block in force on `day`, or from
/// the last one before it. None if no end is known. The blocks must be sorted by time and not overlap.
pub fn known_until<T>(all: &[T], validity: impl Fn(&T) -> Validity, day: Date) -> Option<Date> {
    let begun = all.iter().take_while(|block| validity(block).from <= day).count();
    let mut until = None;
    for block in all.iter().skip(begun.saturating_sub(1)) {
        let Validity { from, to } = validity(block);
        if until.is_some_and(|until: Date| until.next() != Some(from)) {
            break;
        }
        until = Some(to?);
    }
    until
}

impl<T> InForce<'_, T> {
    /// Returns the state on which all candidate blocks agree. Unknown if they differ, or if there may be no block.
    pub fn decide<V: Value>(&self, days: Days, state: impl Fn(&T) -> V) -> V {
        // The usual case: one block and no gap.
        if let ([only], false) = (self.blocks, self.gap) {
            return state(only);
        }
        let none = V::from(Truth::Unknown(if days.asked { days.cause } else { Cause::NoRulesForDate }));
        let states = self.blocks.iter().map(state).chain(self.gap.then_some(none));
        states.reduce(|one, other| one.agreed(other, days.cause)).unwrap_or(none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the candidate blocks, the gap, and the end before the gap.
    fn check(blocks: &[(&str, &str)], days: (&str, &str), horizon: Horizon, expected: (&[usize], bool, &str)) {
        let date = |text: &str| Date::parse(text);
        let blocks: Vec<_> = blocks
            .iter()
            .enumerate()
            .map(|(at, (from, to))| (at, Validity { from: date(from).unwrap(), to: date(to) }))
            .collect();
        let days = Days { first: date(days.0), last: date(days.1), cause: Cause::DontKnow, asked: false };
        let found = in_force(&blocks, |block| block.1, days, horizon);
        let which: Vec<_> = found.blocks.iter().map(|block| block.0).collect();
        let ended = found.ended.map(|day| day.to_string()).unwrap_or_default();
        assert_eq!((which.as_slice(), found.gap, ended.as_str()), expected, "{days:?} {horizon:?}");
    }

    #[test]
    fn days_over_blocks() {
        use Horizon::*;
        let one = [("2025-01-10", "2025-01-20")];
        check(&one, ("2025-01-10", "2025-01-10"), AsWritten, (&[0], false, ""));
        check(&one, ("2025-01-20", "2025-01-20"), AsWritten, (&[0], false, ""));
        check(&one, ("2025-01-09", "2025-01-09"), AsWritten, (&[], true, ""));
        check(&one, ("2025-01-21", "2025-01-21"), AsWritten, (&[], true, "2025-01-20"));
        check(&one, ("2025-01-21", "2025-01-21"), LastKnown, (&[0], false, ""));
        check(&one, ("2025-01-09", "2025-01-09"), LastKnown, (&[], true, ""));
        check(&one, ("2025-01-15", ""), AsWritten, (&[0], true, "2025-01-20"));
        check(&one, ("2025-01-15", ""), LastKnown, (&[0], false, ""));
        check(&one, ("", "2025-01-15"), AsWritten, (&[0], true, ""));
        check(&one, ("", ""), LastKnown, (&[0], true, ""));

        let two = [("2025-01-10", "2025-01-20"), ("2025-01-21", "")];
        check(&two, ("2025-01-20", "2025-01-21"), AsWritten, (&[0, 1], false, ""));
        check(&two, ("2025-01-21", ""), AsWritten, (&[1], false, ""));

        let apart = [("2025-01-10", "2025-01-20"), ("2025-02-01", "")];
        check(&apart, ("2025-01-20", "2025-02-01"), AsWritten, (&[0, 1], true, "2025-01-20"));
        check(&apart, ("2025-01-25", "2025-01-25"), AsWritten, (&[], true, "2025-01-20"));
        check(&apart, ("2025-01-25", "2025-02-01"), LastKnown, (&[1], true, "2025-01-20"));
        check(&[], ("2025-01-25", ""), AsWritten, (&[], true, ""));
    }
}
