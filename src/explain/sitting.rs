//! The ways to the exam, with what each lacks.

use tables::Kind;

use super::{Item, Mark, Part, Section, Told, criteria};
use crate::{
    rules::{Cause, Finding, Lack, Sitting, Truth},
    text::Text,
};

/// By which path one may sit the exam, or what each lacks.
pub fn section(told: &Told, may_sit: &Finding, sitting: &Sitting) -> Section {
    let text = told.text;
    let mut parts = Vec::new();
    if let Some(level) = sitting.already_held {
        parts.push(Part::Words(text.result_held(text.level(level))));
    }
    if let Some(level) = sitting.highest_level {
        let words = match sitting.could_be_higher {
            true => text.result_highest_at_least(text.level(level)),
            false => text.result_highest(text.level(level)),
        };
        parts.push(Part::Words(words));
    }
    let items = sitting.paths.iter().map(|way| {
        let needless = told.complete && way.state.cause() == Some(Cause::Unanswered);
        let lacks = way.lacks.iter().filter(|lack| !counts_from_what_is_missing(told, lack, &way.lacks));
        let lacks = lacks.map(|lack| words(told, lack));
        let open = way.state.cause().filter(|_| !needless).map(|cause| match (cause, way.criterion.wording.open) {
            (Cause::AuthorityDecides, Some(open)) => text.get(open).to_owned(),
            _ => criteria::because(text, cause).to_owned(),
        });
        Item {
            clause: way.criterion.id,
            title: text.rule(&way.criterion.wording),
            badge: if needless { text.state_needless() } else { criteria::state(text, way.state) },
            would_be: None,
            rule: String::new(),
            reasons: lacks.chain(open).collect(),
            grounds: vec![
                text.result_source(&text.document(told.tables.entry.source)),
                criteria::basis(text, way.criterion.basis).to_owned(),
            ],
            mark: match way.state {
                _ if needless => Mark::Aside,
                Truth::Met => Mark::Met,
                // One way is enough: another that is closed is no reason for anything.
                Truth::NotMet if may_sit.state != Truth::NotMet => Mark::Aside,
                Truth::NotMet => Mark::NotMet,
                Truth::Unknown(_) => Mark::Open,
            },
        }
    });
    parts.push(Part::Criteria(items.collect()));
    parts.push(Part::Aside(text.result_centre().to_owned()));
    Section::new(heading(text, may_sit), parts)
}

/// Whether the exam of the wanted level is open to one.
pub fn heading(text: Text, may_sit: &Finding) -> String {
    let level = text.level(may_sit.sitting.as_ref().map_or(3, |sitting| sitting.level));
    match may_sit.state {
        Truth::Met => text.result_may_sit_met(level),
        Truth::NotMet => text.result_may_sit_not_met(level),
        Truth::Unknown(_) => text.result_may_sit_unknown(level),
    }
}

/// Years since a certificate or title that itself is missing: none of those since another one count, and the path's sentence
/// says how many there have to be.
fn counts_from_what_is_missing(told: &Told, lack: &Lack, all: &[Lack]) -> bool {
    let Lack::More(years, _) = lack else { return false };
    let is_missing = |id| all.iter().any(|other| matches!(other, Lack::OneOf(missing, _) if *missing == id));
    told.tables.questions.windows(2).any(|pair| match pair {
        [before, since] => since.id == *years && since.same_page && is_missing(before.id),
        _ => false,
    })
}

fn words(told: &Told, lack: &Lack) -> String {
    let text = told.text;
    let (Lack::More(id, _) | Lack::OneOf(id, _)) = lack;
    let Some(question) = told.tables.question(*id) else { return String::new() };
    let short = text.get(question.short);
    match (lack, question.kind) {
        (Lack::More(_, count), _) => text.result_lacks_more(short, &count.to_string()),
        (Lack::OneOf(_, which), Kind::Choice(values)) => {
            text.result_lacks_one_of(short, &text.any_of(text.values(values, which)))
        }
        _ => String::new(),
    }
}
