//! Calendar files as defined by RFC 5545. The events are whole days without a time zone, because they are the same days
//! wherever the person is.

use tables::Date;

use crate::explain::Reminder;

/// How many days before the event an alarm is shown, at nine in the morning.
const BEFORE: [usize; 2] = [60, 14];
/// The start of 2025 in seconds since 1970. Sequence numbers count the seconds since then, so they grow until 2093.
const FIRST_SEQUENCE: u64 = 1_735_689_600;
/// The largest sequence number of RFC 5545.
const LAST_SEQUENCE: u64 = 0x7fff_ffff;
/// The most bytes of a line.
const LINE: usize = 75;

/// Returns a calendar file. `name` is the sender and `today` the present day; alarms that would be in the past are left
/// out. `now` is the moment of writing, in seconds since 1970-01-01 UTC.
pub fn file(name: &str, reminders: &[Reminder], today: Date, now: u64) -> String {
    let stamp = stamp(now).unwrap_or_else(|| format!("{}T000000Z", digits(today)));
    let mut lines = Lines(String::new());
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//subsidy-checker//subsidy-checker//ZH");
    for Reminder { id, day, words } in reminders {
        lines.add("BEGIN:VEVENT");
        // The id is the same in every file. With a later stamp and a higher number, the event replaces the one in the
        // calendar.
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

/// Whether a day is more than the given number of days after another.
fn is_after(day: Date, other: Date, days: usize) -> bool {
    (0..days).try_fold(other, |other, _| other.next()).is_some_and(|other| other < day)
}

/// Formats a moment in UTC.
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
    /// Adds a line; a long line is continued on the next one after a space.
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

    /// Returns the beginning of an event, up to its text.
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
        // Midnight in Shanghai is still the previous day in UTC.
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
        // A clock that was never set.
        c("2026-07-29", 0, "UID:claim@subsidy-checker DTSTAMP:19700101T000000Z SEQUENCE:0 DTSTART;VALUE=DATE:20260729");
        c(
            "2026-07-29",
            u64::MAX / 2,
            "UID:claim@subsidy-checker DTSTAMP:20260729T000000Z SEQUENCE:2147483647 DTSTART;VALUE=DATE:20260729",
        );
    }
}
