//! Criteria as people read them: state, reason, and where it stands.

use leptos::prelude::*;

use crate::{
    rules::{Basis, Cause, Decided, Finding, Truth},
    text::Text,
};

/// The criteria that are why nothing is paid, first of all.
pub fn refused(text: Text, subsidy: &Finding) -> Option<impl IntoView> {
    if subsidy.state != Truth::NotMet {
        return None;
    }
    // What only raises the amount is no reason.
    let reasons = subsidy.criteria.iter().filter(|decided| decided.state == Truth::NotMet && decided.decides);
    let rows =
        reasons.map(|decided| view! { <li>{reason(text, decided)} {text.result_in_clause(decided.criterion.id)}</li> });
    Some(view! {
        <section class="refused">
            <h2>{text.result_refused()}</h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    })
}

/// All criteria of a finding, each with its clause, source, validity and basis behind a tap.
/// `complete`: everything that could change the result was asked.
pub fn list(text: Text, heading: String, finding: &Finding, complete: bool) -> impl IntoView {
    let then = finding.indicative.as_ref();
    let rows = finding.criteria.iter().enumerate().map(|(at, decided)| {
        let would_be = then.and_then(|then| then.criteria.get(at)).filter(|then| then.state.id() != decided.state.id());
        item(text, decided, would_be, complete)
    });
    view! {
        <section>
            <h2>{heading}</h2>
            <ul class="criteria">{rows.collect_view()}</ul>
        </section>
    }
}

fn item(text: Text, decided: &Decided, would_be: Option<&Decided>, complete: bool) -> AnyView {
    let Decided { criterion, source, validity, state, decides } = *decided;
    let needless = complete && is_unanswered(decided);
    let label = if needless { text.state_needless() } else { label(text, decided) };
    let would_be = would_be.map(|then| text.result_indicative_tag(self::label(text, then)));
    let document = match source.number {
        Some(number) => format!("{}（{number}）", source.title),
        None => source.title.to_owned(),
    };
    let held = validity.map(|held| match held.to {
        Some(to) => text.result_validity(&text.date(held.from), &text.date(to)),
        None => text.result_validity_open(&text.date(held.from)),
    });
    let basis = match criterion.basis {
        Basis::Notice => text.basis_notice(),
        Basis::Regulation => text.basis_regulation(),
        Basis::Inferred => text.basis_inferred(),
    };
    view! {
        <li data-state=if decides && !needless { state.id() } else { "aside" }>
            <p class="state"><strong>{text.get(criterion.wording.title)}</strong> <span class="badge">{label}</span>
                {would_be.map(|words| view! { <span class="badge then">{words}</span> })}</p>
            <p>{text.rule(&criterion.wording)}</p>
            {reason(text, decided).filter(|_| !needless).map(|why| view! { <p class="reason">{why}</p> })}
            <details>
                <summary>{text.result_clause(criterion.id)}</summary>
                <p>{text.result_source(&document)} {held.map(|held| view! { <br/> {held} })} <br/> {basis}</p>
            </details>
        </li>
    }
    .into_any()
}

/// Open because nothing was said. Where everything that counts was asked, that means that it doesn't count.
pub fn is_unanswered(decided: &Decided) -> bool {
    decided.state.cause() == Some(Cause::Unanswered)
}

/// Why a criterion is not met, or open. That there are no rules is said once for all of them, above.
fn reason(text: Text, decided: &Decided) -> Option<&'static str> {
    match decided.state {
        Truth::Met | Truth::Unknown(Cause::NoRulesForDate) => None,
        Truth::NotMet => decided.criterion.wording.refused.map(|message| text.get(message)),
        Truth::Unknown(cause) => Some(because(text, cause)),
    }
}

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

pub fn state(text: Text, state: Truth) -> &'static str {
    match state {
        Truth::Met => text.state_met(),
        Truth::NotMet => text.state_not_met(),
        Truth::Unknown(_) => text.state_unknown(),
    }
}
