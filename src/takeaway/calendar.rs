//! Days for a calendar, as RFC 5545 has them. Whole days without a time zone: they are days of the calendar, wherever one is.

use tables::Date;

use crate::explain::Reminder;

/// So many days before, one is reminded, at nine in the morning.
const BEFORE: [usize; 2] = [60, 14];
/// The most bytes of a line.
const LINE: usize = 75;

/// A file for calendars. `name` is who says it, `today` the day on which; reminders that would be in the past are left out.
pub fn file(name: &str, reminders: &[Reminder], today: Date) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//subsidy-checker//subsidy-checker//ZH");
    for Reminder { id, day, words } in reminders {
        lines.add("BEGIN:VEVENT");
        // The same in every file, so that a calendar replaces what it has.
        lines.add(&format!("UID:{id}-{day}@subsidy-checker"));
        lines.add(&format!("DTSTAMP:{}T000000Z", digits(today)));
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
