//! Whom to ask, and what: where the rules have ended, and where an office decides.

use super::{Part, Section, Told, criteria, unknown};
use crate::rules::{Finding, Truth};

/// What held until which day and what it would give; then whom to ask.
pub fn ended(told: &Told, subsidy: &Finding) -> Option<Section> {
    let text = told.text;
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let chinese = format!("{}年{}月{}日", end.year(), end.month(), end.day());
    let heading = text.result_until(&text.date(end));
    let mut parts = Vec::new();
    parts.extend(unknown::by_the_last_rules(text, told.assessment).map(Part::Marked));
    if then.state == Truth::NotMet {
        parts.push(Part::Points(criteria::reasons(text, &then.criteria)));
    }
    parts.push(Part::Aside(criteria::heard(text, text.result_national())));
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

/// Whom the class's notice names, and of which day that is.
fn contacts(told: &Told) -> impl Iterator<Item = Part> {
    let parts = told.assessment.course.map(|course| {
        let day = told.text.date(course.validity.from);
        [Part::Contacts(course.contacts), Part::Aside(told.text.result_contacts_of(&day))]
    });
    parts.into_iter().flatten()
}
