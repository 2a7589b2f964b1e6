//! Days for a calendar, as RFC 5545 has them. Whole days without a time zone: they are days of the calendar, wherever one is.

use tables::Date;

use crate::explain::Reminder;

/// So many days before, one is reminded, at nine in the morning.
const BEFORE: [usize; 2] = [60, 14];
/// When 2025 began, in seconds. Files are numbered by the seconds since then: that grows, and lasts until 2093.
const FIRST_SEQUENCE: u64 = 1_735_689_600;
/// The highest number that RFC 5545 knows.
const LAST_SEQUENCE: u64 = 0x7fff_ffff;
/// The most bytes of a line.
const LINE: usize = 75;

/// A file for calendars. `name` is who says it, `today` the day on which; reminders that would be in the past are left out. `now` is
/// the moment of writing, in seconds since 1970 began in UTC.
pub fn file(name: &str, reminders: &[Reminder], today: Date, now: u64) -> String {
    let stamp = stamp(now).unwrap_or_else(|| format!("{}T000000Z", digits(today)));
    let mut lines = Lines(String::new());
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//subsidy-checker//subsidy-checker//ZH");
    for Reminder { id, day, words } in reminders {
        lines.add("BEGIN:VEVENT");
        // The same in every file, whatever the day: with a later stamp and a higher number it takes the place of what a calendar has.
        lines.add(&format!("UID:{id}@subsidy-checker"));
        lines.add(&format!("DTSTAMP:{stamp}"));
        lines.add(&format!("SEQUENCE:{}", now.saturating_sub(FIRST_SEQUENCE).min(LAST_SEQUENCE)));
        lines.add(&format!("DTSTART;VALUE=DATE:{}", digits(*day)));
        lines.add(&format!("SUMMARY:{}", escaped(words)));
        lines.add(&format!("DESCRIPTION:{}", escaped(name)));
        lines.add("TRANSP:TRANSPARENT");
        for before in BEFORE.into_iter().filter(|before| is_after(*day, today, *before)) {
            lines.add("BEGIN:VALARM");
            lines.add("ACTION:DISPLAY");
            lines.add(&format!("DESCRIPTION:{}", escaped(words)));
            lines.add(&format!("TRIGGER:-P{}DT15H", before.saturating_sub(1)));
            lines.add("END:VALARM");
        }
        lines.add("END:VEVENT");
    }
    lines.add("END:VCALENDAR");
    lines.0
}

/// Whether a day is more than so many days after another.
fn is_after(day: Date, other: Date, days: usize) -> bool {
    (0..days).try_fold(other, |other, _| other.next()).is_some_and(|other| other < day)
}

/// A moment in UTC.
fn stamp(now: u64) -> Option<String> {
    let [hours, minutes, seconds] = [now / 3600 % 24, now / 60 % 60, now % 60];
    Some(format!("{}T{hours:02}{minutes:02}{seconds:02}Z", digits(Date::in_utc(now)?)))
}

fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

struct Lines(String);

impl Lines {
    /// A line of the file; one that is too long goes on in the next, behind a blank.
    fn add(&mut self, line: &str) {
        let mut length = 0;
        for sign in line.chars() {
            if LINE < sign.len_utf8().saturating_add(length) {
                self.0 += "\r\n ";
                length = 1;
            }
            self.0.push(sign);
            length = sign.len_utf8().saturating_add(length);
        }
        self.0 += "\r\n";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How an event begins, up to its words.
    fn beginning(day: &str, now: u64) -> String {
        let day = Date::parse(day).unwrap();
        let file = file("", &[Reminder { id: "claim", day, words: String::new() }], day, now);
        file.split_once("BEGIN:VEVENT\r\n").unwrap().1.split_once("\r\nSUMMARY").unwrap().0.replace("\r\n", " ")
    }

    #[test]
    fn a_corrected_day_replaces_the_one_before() {
        let c = |day: &str, now: u64, expected: &str| assert_eq!(beginning(day, now), expected);
        c(
            "2026-07-30",
            1_759_284_000,
            "UID:claim@subsidy-checker DTSTAMP:20251001T020000Z SEQUENCE:23594400 DTSTART;VALUE=DATE:20260730",
        );
        // Midnight in Shanghai is in UTC still the day before.
        c(
            "2026-07-29",
            1_759_334_399,
            "UID:claim@subsidy-checker DTSTAMP:20251001T155959Z SEQUENCE:23644799 DTSTART;VALUE=DATE:20260729",
        );
        c(
            "2026-07-29",
            1_759_334_400,
            "UID:claim@subsidy-checker DTSTAMP:20251001T160000Z SEQUENCE:23644800 DTSTART;VALUE=DATE:20260729",
        );
        // A clock that nobody has set.
        c("2026-07-29", 0, "UID:claim@subsidy-checker DTSTAMP:19700101T000000Z SEQUENCE:0 DTSTART;VALUE=DATE:20260729");
        c(
            "2026-07-29",
            u64::MAX / 2,
            "UID:claim@subsidy-checker DTSTAMP:20260729T000000Z SEQUENCE:2147483647 DTSTART;VALUE=DATE:20260729",
        );
    }
}
