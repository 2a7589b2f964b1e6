//! Criteria in words: state, reason and source.

use tables::Validity;

use super::{Block, Context, Item, Mark, Section};
use crate::{
    rules::{self, Basis, Cause, DecidedCriterion, Finding, FindingId, Forecast, Truth},
    text::Text,
};

/// Returns the section with the criteria for which nothing is paid, which comes first.
pub fn refused(context: &Context, subsidy: &Finding) -> Option<Section> {
    if subsidy.state != Truth::NotMet {
        return None;
    }
    Some(Section::new(context.text.result_refused(), vec![Block::Bullets(reasons(context.text, &subsidy.criteria))]))
}

/// Returns why nothing is paid, each reason with its clause. Criteria that only raise the amount are not reasons.
pub fn reasons(text: Text, criteria: &[DecidedCriterion]) -> Vec<String> {
    // What an office has to decide may prevent the payment as well.
    let stands = |state| matches!(state, Truth::NotMet | Truth::Unknown(Cause::AuthorityDecides));
    let refusing = criteria.iter().filter(|decided| stands(decided.state) && decided.decides);
    let reason = |decided: &DecidedCriterion| reason(text, decided, decided.state.cause()).unwrap_or_default();
    refusing.map(|decided| text.result_cited(reason(decided), decided.criterion.id)).collect()
}

/// Returns all criteria of a finding.
pub fn list(context: &Context, finding: &Finding) -> Block {
    let then = finding.indicative.as_ref();
    let items = finding.criteria.iter().enumerate().map(|(at, decided)| {
        let would_be = then.and_then(|then| then.criteria.get(at)).filter(|then| then.state.id() != decided.state.id());
        item(context, decided, would_be)
    });
    Block::Criteria(items.collect())
}

fn item(context: &Context, decided: &DecidedCriterion, would_be: Option<&DecidedCriterion>) -> Item {
    let text = context.text;
    let DecidedCriterion { criterion, source, validity, state, decides } = *decided;
    let needless = is_needless(context, decided);
    let mut reasons = Vec::new();
    if !needless {
        reasons.extend(reason(text, decided, cause(context, decided)).map(str::to_owned));
        // There is no certificate yet, so nobody has issued it.
        if context.is_forecast() && criterion.forecast == Forecast::PartlyAssumedMet {
            reasons.push(text.result_partly_taken().to_owned());
        }
    }
    let mut grounds = vec![text.result_source(&text.document(source))];
    grounds.extend(validity.map(|validity| validity_period(text, validity)));
    grounds.push(basis(text, criterion.basis).to_owned());
    grounds.extend(criterion.wording.heard.map(|message| unverified(text, text.get(message))));
    Item {
        clause: criterion.id,
        title: text.get(criterion.wording.title).to_owned(),
        badge: if needless { text.state_needless() } else { label(text, decided) },
        would_be: would_be.map(|then| text.result_indicative_tag(label(text, then))),
        rule: text.get(criterion.wording.rule).to_owned(),
        reasons,
        grounds,
        mark: match state {
            _ if needless || !decides => Mark::NotCounted,
            Truth::Met => Mark::Met,
            Truth::NotMet => Mark::NotMet,
            Truth::Unknown(_) => Mark::Open,
        },
    }
}

/// Whether a criterion does not count: it is open because nothing was answered although every question that counts was
/// asked, or it only changes the amount although nothing is paid.
pub fn is_needless(context: &Context, decided: &DecidedCriterion) -> bool {
    let nothing_is_paid = || context.finding(FindingId::Subsidy).is_some_and(|subsidy| subsidy.state == Truth::NotMet);
    let is_open = decided.state.is_unknown();
    context.complete
        && is_open
        && (decided.state.cause() == Some(Cause::Unanswered) || !decided.decides && nothing_is_paid())
}

/// Returns why a criterion is open. An office is named only after every question was asked that could settle the
/// criterion before.
pub fn cause(context: &Context, decided: &DecidedCriterion) -> Option<Cause> {
    let cause = decided.state.cause()?;
    let (used, as_of) = (&context.path.used, context.assessment.as_of);
    let is_still_asked = || {
        let mut open = rules::OpenQuestions::of(context.tables, used, as_of);
        let mut questions = context.tables.questions.iter();
        questions.any(|question| rules::names(&decided.criterion.when, question.id) && open.contains(question.id))
    };
    let is_early = cause == Cause::AuthorityDecides && !context.complete && is_still_asked();
    Some(if is_early { Cause::Unanswered } else { cause })
}

/// Explains why a criterion is not met, or is open for this cause. Missing rules are explained once for all criteria,
/// at another place.
fn reason(text: Text, decided: &DecidedCriterion, cause: Option<Cause>) -> Option<&'static str> {
    let wording = &decided.criterion.wording;
    match (decided.state, cause) {
        (Truth::NotMet, _) => wording.refused.map(|message| text.get(message)),
        (Truth::Met, _) | (_, None | Some(Cause::NoRulesForDate)) => None,
        (_, Some(Cause::AuthorityDecides)) => {
            Some(wording.open.map_or(text.cause_authority(), |message| text.get(message)))
        }
        (_, Some(cause)) => Some(because(text, cause)),
    }
}

/// Words the cause of an unknown.
pub fn because(text: Text, cause: Cause) -> &'static str {
    match cause {
        Cause::NoRulesForDate => text.cause_no_rules(),
        Cause::AuthorityDecides => text.cause_authority(),
        Cause::DontKnow => text.cause_dont_know(),
        Cause::Unanswered => text.cause_unanswered(),
    }
}

/// Returns the label of a criterion's state: "applies" for criteria that only change an amount, "met" for the others.
fn label(text: Text, decided: &DecidedCriterion) -> &'static str {
    match (decided.state, decided.decides) {
        (Truth::Met, false) => text.state_applies(),
        (Truth::NotMet, false) => text.state_applies_not(),
        (state, _) => self::state(text, state),
    }
}

/// Returns the name of a state.
pub fn state(text: Text, state: Truth) -> &'static str {
    match state {
        Truth::Met => text.state_met(),
        Truth::NotMet => text.state_not_met(),
        Truth::Unknown(_) => text.state_unknown(),
    }
}

/// Describes a period of validity.
pub fn validity_period(text: Text, validity: Validity) -> String {
    match validity.to {
        Some(to) => text.result_validity(&text.date(validity.from), &text.date(to)),
        None => text.result_validity_open(&text.date(validity.from)),
    }
}

/// Marks words as unverified.
pub fn unverified(text: Text, words: &str) -> String {
    text.result_title_and_rule(basis(text, Basis::Unverified), words)
}

/// Describes how certain a clause is.
pub fn basis(text: Text, basis: Basis) -> &'static str {
    match basis {
        Basis::Notice => text.basis_notice(),
        Basis::Regulation => text.basis_regulation(),
        Basis::Inferred => text.basis_inferred(),
        Basis::Unverified => text.basis_unverified(),
    }
}
