//! The sentences of an explanation that a result page has to show, in order. The words come from the program, so this
//! module contains no wording.

use subsidy_checker::explain::{Block, Explanation};

use crate::Page;

/// Waits for the result and compares it with the explanation; `about` names the person in the error message.
#[track_caller]
pub fn stands_on(page: &mut Page, explained: &Explanation, about: &str) {
    page.see_heading(&explained.headline);
    let shown = squeezed(&page.text());
    let mut rest = shown.as_str();
    for words in all(explained) {
        match rest.split_once(squeezed(&words).as_str()) {
            Some((_, behind)) => rest = behind,
            None => panic!("`{words}` doesn't follow on the page of {about}; what is left there: {rest}"),
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns everything that the page has to show, in order.
fn all(explained: &Explanation) -> Vec<String> {
    let mut all = vec![explained.headline.clone()];
    all.extend(explained.notes.clone());
    all.extend(explained.figure.iter().map(|(label, amount)| format!("{label} {amount}")));
    all.extend(explained.below.clone());
    for section in &explained.sections {
        all.push(section.heading.clone());
        for part in &section.blocks {
            match part {
                Block::Paragraph(words)
                | Block::Note(words)
                | Block::Highlight(words)
                | Block::Inquiry(words)
                | Block::Continue(_, words) => all.push(words.clone()),
                Block::Bullets(points) | Block::Information(points) => all.extend(points.iter().cloned()),
                Block::Papers(papers) => all.extend(papers.iter().map(|(_, words)| words.clone())),
                Block::Sum(rows) => all.extend(rows.iter().flat_map(|row| [row.label.to_owned(), row.amount.clone()])),
                Block::Timeline(events) => all.extend(events.iter().map(|event| event.words.clone())),
                Block::Criteria(items) => all.extend(items.iter().flat_map(|item| {
                    let first = format!("{} {} {}", item.title, item.clause, item.badge);
                    [first].into_iter().chain(item.would_be.clone()).chain(item.reasons.clone())
                })),
                Block::Advice(hints) => all.extend(hints.iter().map(|hint| hint.words.clone())),
                Block::Contacts(contacts) => all.extend(contacts.iter().map(|one| one.phone.to_owned())),
            }
        }
    }
    all
}
