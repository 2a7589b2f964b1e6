//! Lines for a terminal, on which a Chinese character takes two columns.

use std::iter::repeat_n;

/// Returns the number of columns of a text.
pub fn columns(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// Returns the number of columns of a character.
fn of(character: char) -> usize {
    // Chinese characters, their punctuation, and wide letters. The dash, the ellipsis and quotation marks are narrow
    // in most terminals.
    if matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
    {
        2
    } else {
        1
    }
}

/// Cuts a text that has too many columns. An ellipsis stands for the rest.
pub fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += of(character);
        if most < used {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

/// Cuts two versions of a sentence to the place where they begin to differ, with the words before it.
pub fn around(old: &str, new: &str, most: usize) -> (String, String) {
    let same = old.chars().zip(new.chars()).take_while(|(one, other)| one == other).count();
    // Everything before the difference is kept if both sentences fit, or if it leaves half of the line.
    let before: usize = old.chars().take(same).map(of).sum();
    let fits = columns(old).max(columns(new)) <= most;
    let mut skipped = 0;
    if !fits {
        let mut left = before.saturating_sub(most / 3);
        for character in old.chars().take(same) {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(of(character));
            skipped += 1;
        }
    }
    let part = |text: &str| {
        let rest: String = text.chars().skip(skipped).collect();
        cut(&if skipped == 0 { rest } else { format!("…{rest}") }, most)
    };
    (part(old), part(new))
}

/// Breaks a text into lines, after a semicolon where possible. The last of the lines is cut.
pub fn wrapped(text: &str, most: usize, lines: usize) -> Vec<String> {
    let (mut all, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        if columns(rest) <= most || lines <= all.len() + 1 {
            all.push(cut(rest, most));
            break;
        }
        let mut used = 0;
        let fits = rest.char_indices().find(|(_, character)| {
            used += of(*character);
            most < used
        });
        let end = fits.map_or(rest.len(), |(end, _)| end);
        let (line, _) = rest.split_at(end);
        let end = line
            .rfind(['；', ';'])
            .and_then(|at| line.char_indices().find(|(start, _)| at < *start))
            .map_or(end, |(next, _)| next);
        let (line, after) = rest.split_at(end);
        all.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    all
}

/// Returns the rows of a table: the labels to the left, the columns to the right.
pub fn table<const N: usize>(rows: impl IntoIterator<Item = (String, [String; N])>) -> Vec<String> {
    let rows: Vec<_> = rows.into_iter().collect();
    let label = rows.iter().map(|(label, _)| columns(label)).max().unwrap_or_default();
    let cells = rows.iter().flat_map(|(_, cells)| cells);
    let cell = cells.map(|cell| columns(cell)).max().unwrap_or_default();
    let row = |(name, cells): &(String, [String; N])| {
        let mut line = format!("  {}", padded(name, label));
        for one in cells {
            line.extend(repeat_n(' ', 2 + cell - columns(one)));
            line.push_str(one);
        }
        line
    };
    rows.iter().map(row).collect()
}

/// Fills a text with blanks.
fn padded(text: &str, most: usize) -> String {
    let blanks = most.saturating_sub(columns(text));
    text.chars().chain(repeat_n(' ', blanks)).collect()
}

/// Writes a number with thousands separators: 100,000.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let comma = |at: usize| at != 0 && (digits.len() - at).is_multiple_of(3);
    let each = digits.chars().enumerate().map(|(at, digit)| if comma(at) { format!(",{digit}") } else { digit.into() });
    each.collect()
}
