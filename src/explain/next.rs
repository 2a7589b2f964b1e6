//! What follows a passed exam: the certificate, and what can be claimed with it.

use super::{Block, Context, Section};
use crate::rules::{FindingId, Goal, Regulation};

/// Returns the section, or `None` if the exam isn't passed or no class belongs to it.
pub fn section(context: &Context) -> Option<Section> {
    let text = context.text;
    let worth = context.finding(FindingId::ExamPassed)?.worth.as_ref()?;
    let months = worth.regulation.and_then(Regulation::months_to_claim)?;
    let claim = text.next_claim(&months.to_string());
    let mut blocks = vec![Block::Bullets(vec![text.next_certificate().to_owned(), claim])];
    let level = || context.assessment.level.map(|level| text.level(level));
    let then = || worth.indicative.as_ref().and_then(|then| then.amount.flatten());
    // If the rules have ended, the amount is the one by the last known rules.
    let amount = worth.yuan().map(|amount| (amount, None)).or_else(|| Some((then()?, worth.rules_known_until)));
    if let (Some(level), Some((amount, known_until))) = (level(), amount) {
        let amount = text.yuan(amount);
        blocks.push(Block::Paragraph(match known_until {
            None => text.next_amount(level, &amount),
            Some(end) => text.next_amount_by_old_rules(&text.date(end), level, &amount),
        }));
    }
    blocks.push(Block::Continue(Goal::Claim, text.next_go_on().to_owned()));
    Some(Section::new(text.next_title(), blocks))
}
