//! Civil dates of Asia/Shanghai, to the day.
//!
//! A thin wrapper around chrono's date, because its arithmetic adds 3 kB to the page and jiff's 40 kB. There is no
//! time of day and no clock here: for today's date the caller passes the seconds.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A calendar day in China. Written `2025-07-31`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(NaiveDate);

impl Date {
    /// The first day that can be written.
    pub const FIRST: Date = match Date::new(1000, 1, 1) {
        Some(day) => day,
        None => Date(NaiveDate::MIN),
    };

    /// Returns the day if it exists in the calendar and its year has four digits.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        if year < 1000 || year > 9999 {
            return None;
        }
        match NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32) {
            Some(date) => Some(Date(date)),
            None => None,
        }
    }

    /// Reads a day in the form `2025-07-31` only.
    pub fn parse(text: &str) -> Option<Date> {
        let digits = |range: core::ops::Range<usize>| -> Option<u16> {
            let part = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        if !dashes {
            return None;
        }
        Date::new(digits(0..4)?, u8::try_from(digits(5..7)?).ok()?, u8::try_from(digits(8..10)?).ok()?)
    }

    /// Returns the day in Asia/Shanghai at this number of seconds since 1970-01-01 UTC. China has had no daylight
    /// saving time since 1991, so the offset is eight hours.
    pub fn in_shanghai(unix_seconds: u64) -> Option<Date> {
        Date::in_utc(unix_seconds + 8 * 3600)
    }

    /// Returns the day in UTC at this number of seconds since 1970-01-01 UTC.
    pub fn in_utc(unix_seconds: u64) -> Option<Date> {
        let days = unix_seconds / 86_400;
        let date = NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_days(Days::new(days))?;
        Date::new(u16::try_from(date.year()).ok()?, date.month() as u8, date.day() as u8)
    }

    /// Returns the same day this number of months later, or the last day of that month if it is shorter.
    pub fn after_months(self, months: u32) -> Option<Date> {
        self.0.checked_add_months(Months::new(months)).map(Date)
    }

    /// Returns the same day this number of months earlier, or the last day of that month if it is shorter.
    pub fn before_months(self, months: u32) -> Option<Date> {
        self.0.checked_sub_months(Months::new(months)).map(Date)
    }

    /// The next day.
    pub fn next(self) -> Option<Date> {
        self.0.succ_opt().map(Date)
    }

    /// The previous day.
    pub fn before(self) -> Option<Date> {
        self.0.pred_opt().map(Date)
    }

    /// The number of days until another day; negative if that day is earlier.
    pub fn days_until(self, other: Date) -> i32 {
        let days = other.0.signed_duration_since(self.0).num_days();
        // Years have four digits, so the number always fits.
        i32::try_from(days).unwrap_or(0)
    }

    /// The year, 1000 to 9999.
    pub fn year(self) -> u16 {
        self.0.year() as u16
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month() as u8
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day() as u8
    }
}

impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_takes_iso_days_only() {
        let p = |text: &str| Date::parse(text).map(|date| date.to_string());
        assert_eq!(p("2025-07-31").as_deref(), Some("2025-07-31"));
        assert_eq!(p("2024-02-29").as_deref(), Some("2024-02-29"));
        for bad in [
            "",
            "2025-02-29",
            "2025-7-31",
            "2025-07-32",
            "2025-13-01",
            "25-07-31",
            "2025/07/31",
            "+025-07-31",
            "2025-07-31x",
            "2025-07-3一",
        ] {
            assert_eq!(p(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_day_survives_writing_and_reading() {
        let mut day = Date::new(1999, 12, 31).unwrap();
        while day.year() < 2101 {
            assert_eq!(Date::parse(&day.to_string()), Some(day));
            let next = day.next().unwrap();
            assert!(day < next);
            day = next;
        }
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let a = |text: &str, months| Date::parse(text).unwrap().after_months(months).unwrap().to_string();
        assert_eq!(a("2025-07-31", 12), "2026-07-31");
        assert_eq!(a("2024-02-29", 12), "2025-02-28");
        assert_eq!(a("2025-02-28", 12), "2026-02-28");
        assert_eq!(a("2025-01-31", 1), "2025-02-28");
    }

    #[test]
    fn the_day_begins_at_midnight_in_shanghai() {
        let s = |seconds| Date::in_shanghai(seconds).map(|date| date.to_string());
        assert_eq!(s(0).as_deref(), Some("1970-01-01"));
        // 2025-12-31 15:59:59 and 16:00:00 UTC.
        assert_eq!(s(1_767_196_799).as_deref(), Some("2025-12-31"));
        assert_eq!(s(1_767_196_800).as_deref(), Some("2026-01-01"));
        assert_eq!(s(u64::MAX / 2), None);
    }
}
