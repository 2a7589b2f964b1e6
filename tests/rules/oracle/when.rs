//! Days, "12 months after", and whether a table is valid for a day.

use std::fmt;

use super::logic::{AUTHORITY, Met, NotMet, State};

/// A day of the calendar; the derived order is the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i32,
    pub month: i32,
    pub day: i32,
}

pub const fn day(year: i32, month: i32, day: i32) -> Day {
    Day { year, month, day }
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn read(text: &str) -> Day {
        let mut parts = text.split('-').map(|part| part.parse::<i32>().expect("a number in a date"));
        let mut next = || parts.next().expect("three parts in a date");
        Day { year: next(), month: next(), day: next() }
    }

    /// S6: the same day a year on; "after a day that the month lacks, that month's last day".
    pub fn twelve_months_later(self) -> Day {
        let year = self.year + 1;
        Day { year, month: self.month, day: self.day.min(days_in_month(year, self.month)) }
    }

    pub fn day_before(self) -> Day {
        if self.day > 1 {
            Day { day: self.day - 1, ..self }
        } else if self.month > 1 {
            let month = self.month - 1;
            Day { year: self.year, month, day: days_in_month(self.year, month) }
        } else {
            day(self.year - 1, 12, 31)
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// S6, X2: twelve months from a day. The day before the last is safe, the last itself unknown, after it it's over.
pub fn within_twelve_months(from: Day, today: Day) -> State {
    let last = from.twelve_months_later();
    if today < last {
        Met
    } else if today == last {
        AUTHORITY
    } else {
        NotMet
    }
}

/// A date as far as it is known: one day, or (forecasts) any day from one to another, or from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    On(Day),
    Between(Day, Day),
    OnOrAfter(Day),
}

/// The rules as they are known, or as if the last known ones went on (`indicative`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    AsKnown,
    LastRulesGoOn,
}

/// Validity: first and last day of a table.
pub struct Validity {
    pub from: Day,
    pub to: Option<Day>,
}

impl Validity {
    /// Whether the table is valid for certain: on every day that the date may be.
    pub fn covers(&self, when: When, view: View) -> bool {
        let (When::On(first) | When::Between(first, _) | When::OnOrAfter(first)) = when;
        self.from <= first && (view == View::LastRulesGoOn || self.end_passed(when).is_none())
    }

    /// The table's last day, where the date lies, or may lie, beyond it.
    pub fn end_passed(&self, when: When) -> Option<Day> {
        let to = self.to?;
        match when {
            When::On(last) | When::Between(_, last) if last <= to => None,
            When::On(_) | When::Between(..) | When::OnOrAfter(_) => Some(to),
        }
    }
}
