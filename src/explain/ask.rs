//! Whom to ask, and what: where the rules have ended, and where an office decides.

use super::{Part, Section, Told, criteria};
use crate::rules::{Finding, FindingId, Truth};

/// What held until which day and what it would give; then whom to ask.
pub fn ended(told: &Told, subsidy: &Finding) -> Option<Section> {
    let text = told.text;
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let back = then.amount.flatten().map(|amount| text.yuan(amount));
    let net = told.finding(FindingId::NetCost);
    let left = net.and_then(|net| net.indicative.as_ref().map_or(net.yuan(), |then| then.amount.flatten()));
    let words = match (then.state, back, left.map(|left| text.yuan(left))) {
        (Truth::Met, Some(back), Some(left)) => text.result_indicative_met(&back, &left),
        (Truth::Met, Some(back), None) if told.is_forecast() => text.result_met(&back),
        (Truth::Met, Some(back), None) => text.result_claim_met(&back),
        (Truth::NotMet, _, Some(left)) => text.result_indicative_not_met(&left),
        (Truth::NotMet, _, None) => text.result_not_met().to_owned(),
        (Truth::Unknown(_), Some(back), Some(left)) => text.result_indicative_unknown(&back, &left),
        _ => text.result_unknown().to_owned(),
    };
    let chinese = format!("{}年{}月{}日", end.year(), end.month(), end.day());
    let end = text.date(end);
    let heading = text.result_until(&end);
    let mut parts = vec![Part::Marked(text.result_indicative(&end, &words))];
    if then.state == Truth::NotMet {
        parts.push(Part::Points(criteria::reasons(text, &then.criteria)));
    }
    parts.push(Part::Words(text.result_ask_first().to_owned()));
    // Whatever language it is explained in: an office reads Chinese.
    parts.push(Part::Question(text.result_ask_ended(&chinese)));
    parts.extend(contacts(told));
    Some(Section::new(heading, parts))
}

/// Whom to ask about everything else.
pub fn section(told: &Told) -> Section {
    let text = told.text;
    let mut parts = vec![Part::Words(text.result_ask_text().to_owned())];
    parts.extend(contacts(told));
    Section::new(text.result_ask(), parts)
}

fn contacts(told: &Told) -> Option<Part> {
    told.tables.courses.last().map(|course| Part::Contacts(course.contacts))
}
