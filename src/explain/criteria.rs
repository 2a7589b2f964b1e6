//! Criteria as people read them: state, reason, and where it stands.

use tables::Validity;

use super::{Item, Mark, Part, Section, Told};
use crate::{
    rules::{Basis, Cause, Decided, Finding, Truth},
    text::Text,
};

/// The criteria that are why nothing is paid, first of all.
pub fn refused(told: &Told, subsidy: &Finding) -> Option<Section> {
    if subsidy.state != Truth::NotMet {
        return None;
    }
    Some(Section::new(told.text.result_refused(), vec![Part::Points(reasons(told.text, &subsidy.criteria))]))
}

/// Why nothing is paid, each reason with its clause. What only raises the amount is none.
pub fn reasons(text: Text, criteria: &[Decided]) -> Vec<String> {
    // What an office would have to decide stands in the way as well.
    let stands = |state| matches!(state, Truth::NotMet | Truth::Unknown(Cause::AuthorityDecides));
    let refusing = criteria.iter().filter(|decided| stands(decided.state) && decided.decides);
    refusing.map(|decided| text.result_cited(reason(text, decided).unwrap_or_default(), decided.criterion.id)).collect()
}

/// All criteria of a finding.
pub fn list(told: &Told, finding: &Finding) -> Part {
    let then = finding.indicative.as_ref();
    let items = finding.criteria.iter().enumerate().map(|(at, decided)| {
        let would_be = then.and_then(|then| then.criteria.get(at)).filter(|then| then.state.id() != decided.state.id());
        item(told, decided, would_be)
    });
    Part::Criteria(items.collect())
}

fn item(told: &Told, decided: &Decided, would_be: Option<&Decided>) -> Item {
    let text = told.text;
    let Decided { criterion, source, validity, state, decides } = *decided;
    let needless = is_needless(told, decided);
    let mut grounds = vec![text.result_source(&text.document(source))];
    grounds.extend(validity.map(|validity| held(text, validity)));
    grounds.push(basis(text, criterion.basis).to_owned());
    grounds.extend(criterion.wording.heard.map(|message| heard(text, text.get(message))));
    Item {
        clause: criterion.id,
        title: text.get(criterion.wording.title).to_owned(),
        badge: if needless { text.state_needless() } else { label(text, decided) },
        would_be: would_be.map(|then| text.result_indicative_tag(label(text, then))),
        rule: text.rule(&criterion.wording),
        reasons: reason(text, decided).filter(|_| !needless).map(str::to_owned).into_iter().collect(),
        grounds,
        mark: match state {
            _ if needless || !decides => Mark::Aside,
            Truth::Met => Mark::Met,
            Truth::NotMet => Mark::NotMet,
            Truth::Unknown(_) => Mark::Open,
        },
    }
}

/// Open because nothing was said: where everything that counts was asked, that means that it doesn't count.
pub fn is_needless(told: &Told, decided: &Decided) -> bool {
    told.complete && decided.state.cause() == Some(Cause::Unanswered)
}

/// Why a criterion is not met, or open. That there are no rules is said once for all of them, above.
fn reason(text: Text, decided: &Decided) -> Option<&'static str> {
    match decided.state {
        Truth::Met | Truth::Unknown(Cause::NoRulesForDate) => None,
        Truth::NotMet => decided.criterion.wording.refused.map(|message| text.get(message)),
        Truth::Unknown(Cause::AuthorityDecides) => {
            Some(decided.criterion.wording.open.map_or(text.cause_authority(), |message| text.get(message)))
        }
        Truth::Unknown(cause) => Some(because(text, cause)),
    }
}

/// Why something isn't known.
pub fn because(text: Text, cause: Cause) -> &'static str {
    match cause {
        Cause::NoRulesForDate => text.cause_no_rules(),
        Cause::AuthorityDecides => text.cause_authority(),
        Cause::DontKnow => text.cause_dont_know(),
        Cause::Unanswered => text.cause_unanswered(),
    }
}

/// A criterion that decides nothing but an amount applies or not; one that decides is met or not.
fn label(text: Text, decided: &Decided) -> &'static str {
    match (decided.state, decided.decides) {
        (Truth::Met, false) => text.state_applies(),
        (Truth::NotMet, false) => text.state_applies_not(),
        (state, _) => self::state(text, state),
    }
}

/// What a state is called.
pub fn state(text: Text, state: Truth) -> &'static str {
    match state {
        Truth::Met => text.state_met(),
        Truth::NotMet => text.state_not_met(),
        Truth::Unknown(_) => text.state_unknown(),
    }
}

/// From when to when it holds.
pub fn held(text: Text, validity: Validity) -> String {
    match validity.to {
        Some(to) => text.result_validity(&text.date(validity.from), &text.date(to)),
        None => text.result_validity_open(&text.date(validity.from)),
    }
}

/// Something known by report only, with the words that say so.
pub fn heard(text: Text, words: &str) -> String {
    text.result_title_and_rule(basis(text, Basis::Unverified), words)
}

/// How sure we are of it.
pub fn basis(text: Text, basis: Basis) -> &'static str {
    match basis {
        Basis::Notice => text.basis_notice(),
        Basis::Regulation => text.basis_regulation(),
        Basis::Inferred => text.basis_inferred(),
        Basis::Unverified => text.basis_unverified(),
    }
}
