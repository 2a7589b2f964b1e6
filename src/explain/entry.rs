//! The entry paths to the exam, with what is missing on each.

use tables::{Kind, Level};

use super::{Block, Context, Item, Mark, Section, criteria};
use crate::{
    rules::{Cause, ExamEntry, Finding, Missing, Truth},
    text::Text,
};

/// Returns the section with the entry paths: the one that is open to the person, or what is missing on each.
pub fn section(context: &Context, may_sit: &Finding, entry: &ExamEntry) -> Section {
    let text = context.text;
    let mut blocks = Vec::new();
    if let Some(level) = entry.already_held {
        blocks.push(Block::Paragraph(text.result_held(text.level(level))));
    }
    if let Some(level) = entry.highest_level {
        let words = match entry.could_be_higher {
            true => text.result_highest_at_least(text.level(level)),
            false => text.result_highest(text.level(level)),
        };
        blocks.push(Block::Paragraph(words));
    }
    let items = entry.paths.iter().map(|path| {
        let needless = context.complete && path.state.cause() == Some(Cause::Unanswered);
        let missing = path.missing.iter().filter(|one| !counts_from_what_is_missing(context, one, &path.missing));
        let missing = missing.map(|one| words(context, one));
        let open = path.state.cause().filter(|_| !needless).map(|cause| match (cause, path.criterion.wording.open) {
            (Cause::AuthorityDecides, Some(open)) => text.get(open).to_owned(),
            _ => criteria::because(text, cause).to_owned(),
        });
        Item {
            clause: path.criterion.id,
            title: text.get(path.criterion.wording.rule).to_owned(),
            badge: if needless { text.state_needless() } else { criteria::state(text, path.state) },
            would_be: None,
            rule: String::new(),
            reasons: missing.chain(open).collect(),
            grounds: vec![
                text.result_source(&text.document(context.tables.entry.source)),
                criteria::basis(text, path.criterion.basis).to_owned(),
            ],
            mark: match path.state {
                _ if needless => Mark::NotCounted,
                Truth::Met => Mark::Met,
                // One path is enough, so a closed path is no reason if another one is open.
                Truth::NotMet if may_sit.state != Truth::NotMet => Mark::NotCounted,
                Truth::NotMet => Mark::NotMet,
                Truth::Unknown(_) => Mark::Open,
            },
        }
    });
    blocks.push(Block::Criteria(items.collect()));
    blocks.push(Block::Note(text.result_centre().to_owned()));
    Section::new(heading(text, may_sit), blocks)
}

/// Describes whether the person may sit the exam of the wanted level.
pub fn heading(text: Text, may_sit: &Finding) -> String {
    let level = text.level(may_sit.entry.as_ref().map_or(Level::Three, |entry| entry.level));
    match may_sit.state {
        Truth::Met => text.result_may_sit_met(level),
        Truth::NotMet => text.result_may_sit_not_met(level),
        Truth::Unknown(_) => text.result_may_sit_unknown(level),
    }
}

/// Whether missing years are counted from a certificate or title that is missing itself. Years since another one don't
/// count, and the path's text states how many are required.
fn counts_from_what_is_missing(context: &Context, one: &Missing, all: &[Missing]) -> bool {
    let Missing::More(years, _) = one else { return false };
    let is_missing = |id| all.iter().any(|other| matches!(other, Missing::OneOf(missing, _) if *missing == id));
    context.tables.questions.windows(2).any(|pair| match pair {
        [before, since] => since.id == *years && since.same_page && is_missing(before.id),
        _ => false,
    })
}

fn words(context: &Context, one: &Missing) -> String {
    let text = context.text;
    let (Missing::More(id, _) | Missing::OneOf(id, _)) = one;
    let Some(question) = context.tables.question(*id) else { return String::new() };
    let short = text.get(question.short);
    match (one, question.kind) {
        (Missing::More(_, count), _) => text.result_lacks_more(short, &count.to_string()),
        (Missing::OneOf(_, which), Kind::Choice(values)) => {
            text.result_lacks_one_of(short, &text.any_of(text.values(values, which)))
        }
        _ => String::new(),
    }
}
