//! Whom to ask, and what to ask, after the rules have ended or where an office decides.

use super::{Block, Context, Section, criteria, unknown};
use crate::rules::{Finding, Truth};

/// Returns the section about ended rules: until when they held, what they would give, and whom to ask.
pub fn ended(context: &Context, subsidy: &Finding) -> Option<Section> {
    let text = context.text;
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let chinese = format!("{}年{}月{}日", end.year(), end.month(), end.day());
    let heading = text.result_until(&text.date(end));
    let mut blocks = Vec::new();
    blocks.extend(unknown::by_the_last_rules(text, context.assessment).map(Block::Highlight));
    if then.state == Truth::NotMet {
        blocks.push(Block::Bullets(criteria::reasons(text, &then.criteria)));
    }
    let heard = then.regulation.and_then(|regulation| regulation.successor);
    blocks.extend(heard.map(|heard| Block::Note(criteria::unverified(text, text.get(heard)))));
    blocks.push(Block::Paragraph(text.result_ask_first().to_owned()));
    // The inquiry is in Chinese in every language, because the office reads Chinese.
    blocks.push(Block::Inquiry(text.result_ask_ended(&chinese)));
    blocks.extend(contacts(context));
    Some(Section::new(heading, blocks))
}

/// Returns the section with the contacts for all other questions.
pub fn section(context: &Context) -> Section {
    let text = context.text;
    let mut blocks = vec![Block::Paragraph(text.result_ask_text().to_owned())];
    blocks.extend(contacts(context));
    Section::new(text.result_ask(), blocks)
}

/// Returns the contacts of the class's notice and the notice's date.
fn contacts(context: &Context) -> impl Iterator<Item = Block> {
    let blocks = context.assessment.course.map(|course| {
        let day = context.text.date(course.validity.from);
        [Block::Contacts(course.contacts), Block::Note(context.text.result_contacts_of(&day))]
    });
    blocks.into_iter().flatten()
}
