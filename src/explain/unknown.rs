//! The explanation of an unknown amount: why it is unknown, and what the last known rules would give, in separate
//! sentences.
//!
//! It is the same on the page, in the text to take away and in tables of people: no amount is missing without its
//! reason.

use tables::QuestionId;

use super::claim;
use crate::{
    rules::{Assessment, Finding, FindingId, Goal, NoAmount, Truth},
    text::Text,
};

/// Explains an unknown subsidy: why its amount is unknown, what the last known rules would give, and until when. Empty
/// if nothing is paid, or nothing would be by those rules: then the answer itself says so.
pub fn subsidy(text: Text, assessment: &Assessment) -> Vec<String> {
    let Some(subsidy) = assessment.finding(FindingId::Subsidy) else { return Vec::new() };
    if subsidy.state == Truth::NotMet || subsidy.is_refused_by_ended_rules() {
        return Vec::new();
    }
    let why = reasons(text, subsidy).map(|reasons| text.no_amount_because(&reasons));
    let days = claim::deadline(assessment).filter(|_| subsidy.deadline.is_none());
    let until = days.map(|days| days.words(text, &text.result_deadline(&text.date(days.safe), &text.date(days.last))));
    [why, by_the_last_rules(text, assessment), until].into_iter().flatten().collect()
}

/// Returns the reasons why the subsidy's amount is unknown, or `None` if it is known.
pub fn reasons(text: Text, subsidy: &Finding) -> Option<String> {
    let reasons = subsidy.no_amount.iter().map(|why| match why {
        NoAmount::NoRegulation => match subsidy.rules_known_until {
            Some(end) => text.no_amount_regulation(&text.date(end)),
            None => text.no_amount_no_regulation().to_owned(),
        },
        NoAmount::NoCatalogue => text.no_amount_catalogue().to_owned(),
        NoAmount::NoRow => text.no_amount_row().to_owned(),
        NoAmount::Open(QuestionId::CERTIFICATE_DATE) => text.no_amount_date().to_owned(),
        NoAmount::Open(_) => text.no_amount_occupation().to_owned(),
    });
    Some(text.list(reasons)).filter(|reasons| !reasons.is_empty())
}

/// Describes what the subsidy would be if the last known rules continued, or `None` if no end of rules makes a
/// difference.
pub fn by_the_last_rules(text: Text, assessment: &Assessment) -> Option<String> {
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let back = then.amount.flatten().map(|amount| text.yuan(amount));
    let net = assessment.finding(FindingId::NetCost);
    let left = net.and_then(|net| net.indicative.as_ref().map_or(net.yuan(), |then| then.amount.flatten()));
    let words = match (then.state, back, left.map(|left| text.yuan(left))) {
        (Truth::Met, Some(back), Some(left)) => text.result_indicative_met(&back, &left),
        (Truth::Met, Some(back), None) if assessment.goal == Goal::Enrol => text.result_met(&back),
        (Truth::Met, Some(back), None) => text.result_claim_met(&back),
        (Truth::NotMet, _, Some(left)) => text.result_indicative_not_met(&left),
        (Truth::NotMet, _, None) => text.result_not_met().to_owned(),
        (Truth::Unknown(_), Some(back), Some(left)) => text.result_indicative_unknown(&back, &left),
        (Truth::Unknown(_), Some(back), None) => text.result_indicative_perhaps(&back),
        _ => text.result_unknown().to_owned(),
    };
    Some(text.result_indicative(&text.date(end), &words))
}

/// Explains the fee of a past class: that the class is past, and what the fee was.
pub fn fee(text: Text, assessment: &Assessment) -> Option<String> {
    let fee = assessment.finding(FindingId::CourseFee)?;
    let past = text.result_past(&text.date(fee.rules_known_until?));
    Some(text.sentences(&past, &past_fee(text, assessment).unwrap_or_default()))
}

/// Describes what the fee of a past class was.
pub fn past_fee(text: Text, assessment: &Assessment) -> Option<String> {
    let fee = assessment.finding(FindingId::CourseFee)?;
    let was = fee.indicative.as_ref().and_then(|then| then.amount.flatten());
    was.map(|was| text.result_past_fee(&text.yuan(was)))
}
