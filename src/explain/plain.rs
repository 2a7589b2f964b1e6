//! The explanation as plain text, for a chat or a terminal.

use super::{Block, Explanation, Item};
use crate::text::Text;

impl Explanation {
    /// Returns the explanation as text, one line per statement. `as_of` and `version` are those of the assessment and
    /// its tables.
    pub fn plain(&self, text: Text, as_of: &str, version: &str) -> String {
        // As on the page, the notes come before any amount.
        let mut lines = vec![self.headline.clone()];
        lines.extend(self.notes.clone());
        lines.extend(self.figure.iter().map(|(label, amount)| format!("{label} {amount}")));
        lines.extend(self.below.clone());
        for section in &self.sections {
            let mut said = Vec::new();
            section.blocks.iter().for_each(|block| block.lines(text, &mut said));
            if !said.is_empty() {
                lines.extend([String::new(), format!("【{}】", section.heading)]);
                lines.extend(said);
            }
        }
        lines.push(String::new());
        lines.push(text.standing(as_of, version));
        lines.join("\n")
    }
}

impl Block {
    fn lines(&self, text: Text, lines: &mut Vec<String>) {
        match self {
            Block::Paragraph(words) | Block::Note(words) | Block::Highlight(words) => lines.push(words.clone()),
            Block::Continue(_, words) => lines.push(format!("→ {words}")),
            Block::Inquiry(words) => lines.push(format!("“{words}”")),
            Block::Bullets(points) | Block::Information(points) => {
                lines.extend(points.iter().map(|point| format!("· {point}")))
            }
            Block::Papers(papers) => lines.extend(papers.iter().map(|(_, words)| format!("□ {words}"))),
            Block::Advice(hints) => lines.extend(hints.iter().map(|hint| format!("· {}", hint.words))),
            Block::Sum(rows) => {
                lines.extend(rows.iter().map(|row| format!("{} {}", text.with_note(row.label, &row.note), row.amount)))
            }
            Block::Timeline(events) => {
                lines.extend(events.iter().map(|event| format!("{} {}", event.when(text), event.words)));
            }
            Block::Criteria(items) => items.iter().for_each(|item| item.lines(text, lines)),
            Block::Contacts(contacts) => {
                lines.extend(contacts.iter().map(|one| {
                    let phone = text.with_note(one.phone, text.also_on(one));
                    format!("· {} {} {phone}", text.get(one.office), text.get(one.person))
                }));
            }
        }
    }
}

impl Item {
    fn lines(&self, text: Text, lines: &mut Vec<String>) {
        let badge = text.with_note(&format!("[{}]", self.badge), self.would_be.as_deref().unwrap_or_default());
        let words = match self.rule.as_str() {
            "" => self.title.clone(),
            rule => text.result_title_and_rule(&self.title, rule),
        };
        lines.push(format!("{badge} {} {words}", self.clause));
        lines.extend(self.reasons.iter().map(|reason| format!("    {reason}")));
    }
}
