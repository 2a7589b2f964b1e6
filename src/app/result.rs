//! The result: the answer first, then the sum, then every criterion with its clause.

mod criteria;
mod sum;

use leptos::prelude::*;
use tables::PlaceId;

use super::{page::Page, state::State};
use crate::{
    browser,
    rules::{Assessment, Cause, Finding, FindingId, Phase, Remark, Truth},
    text::Text,
};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    let assessment = state.assessment();
    let found = |id| assessment.finding(id);
    let (Some(fee), Some(subsidy), Some(net)) =
        (found(FindingId::CourseFee), found(FindingId::Subsidy), found(FindingId::NetCost))
    else {
        return ().into_any();
    };
    let heading = headline(text, state, subsidy);
    browser::set_title(&format!("{heading} · {}", text.site_title()));
    let open = state.path().next.is_some();
    let begun = state.has_answers();
    view! {
        {class_note(text, &assessment, fee)}
        <section class="answer" data-state=subsidy.state.id()>
            <h1 id="heading" tabindex="-1">{heading}</h1>
            {figure(text, &assessment, subsidy, net)}
        </section>
        {open.then(|| view! {
            <p class="warning">{text.result_open()} " " <a href=Page::Next.address()>{text.review_go_on()}</a></p>
        })}
        {criteria::refused(text, subsidy)}
        {indicative(text, subsidy, net)}
        {sum::view(text, &assessment, fee, subsidy, net)}
        <p class="help">{text.result_estimate()}</p>
        {places(text, subsidy)}
        {uncertain(text, fee, subsidy, !open)}
        {criteria::list(text, text.result_criteria_subsidy(), subsidy, !open)}
        {criteria::list(text, text.result_criteria_fee(), fee, !open)}
        {(subsidy.state != Truth::NotMet).then(|| view! {
            <section>
                <h2>{text.result_provided()}</h2>
                <p>{text.result_provided_text()}</p>
            </section>
        })}
        {contacts(text, state)}
        <a class="button" href=Page::Answers.address()>{text.result_change()}</a>
        {begun.then(|| view! {
            <button type="button" class="quiet" on:click=move |_| state.forget()>{text.result_again()}</button>
        })}
    }
    .into_any()
}

/// The answer in one sentence.
fn headline(text: Text, state: State, subsidy: &Finding) -> String {
    match (subsidy.state, subsidy.amount, subsidy.rules_known_until) {
        (Truth::Met, Some(amount), _) => text.result_met(&text.yuan(amount)),
        (Truth::NotMet, ..) => text.result_not_met().to_owned(),
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(end)) if end < state.as_of => text.result_ended().to_owned(),
        (Truth::Unknown(Cause::NoRulesForDate), ..) => text.result_ahead().to_owned(),
        _ => text.result_unknown().to_owned(),
    }
}

/// The answer in one figure: what is left to pay in the end.
fn figure(text: Text, assessment: &Assessment, subsidy: &Finding, net: &Finding) -> Option<impl IntoView> {
    let amount = net.amount?;
    let label = match (assessment.phase, subsidy.state) {
        (Phase::Past, _) => text.result_left_old(),
        (_, Truth::NotMet) => text.result_left_if_none(),
        (_, Truth::Unknown(_)) => text.result_left_unknown(),
        _ => text.result_left(),
    };
    Some(view! { <p class="figure">{label} " " <strong>{text.yuan(amount)}</strong></p> })
}

fn class_note(text: Text, assessment: &Assessment, fee: &Finding) -> Option<impl IntoView> {
    let words = match (assessment.phase, fee.rules_known_until) {
        (Phase::Past, Some(end)) => text.result_past(&text.date(end)),
        (Phase::Before, _) => text.result_not_yet().to_owned(),
        _ => return None,
    };
    Some(view! { <p class="warning">{words}</p> })
}

/// What it would be if the rules that have ended went on.
fn indicative(text: Text, subsidy: &Finding, net: &Finding) -> Option<impl IntoView> {
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let left = net.indicative.as_ref().and_then(|net| net.amount).or(net.amount);
    let left = left.map(|left| text.yuan(left)).unwrap_or_default();
    let back = then.amount.map(|amount| text.yuan(amount)).unwrap_or_default();
    let words = match then.state {
        Truth::Met => text.result_indicative_met(&back, &left),
        Truth::NotMet => text.result_indicative_not_met(&left),
        Truth::Unknown(_) => text.result_indicative_unknown(&back, &left),
    };
    let end = text.date(end);
    Some(view! {
        <section class="indicative">
            <p>{text.result_until(&end)}</p>
            <p><strong>{text.result_indicative(&end)}</strong> "：" {words}</p>
        </section>
    })
}

fn places(text: Text, subsidy: &Finding) -> Option<impl IntoView> {
    if subsidy.state == Truth::NotMet || subsidy.claim_at.is_empty() {
        return None;
    }
    let name = |place: &PlaceId| match place {
        PlaceId::Zhuhai => text.result_place_zhuhai(),
        PlaceId::OtherGuangdong => text.result_place_other_guangdong(),
    };
    let names: Vec<_> = subsidy.claim_at.iter().map(name).collect();
    let elsewhere = subsidy.claim_at.contains(&PlaceId::OtherGuangdong).then(|| text.result_elsewhere());
    Some(view! {
        <p>{text.result_claim_at(&names.join(text.result_join()))}</p>
        {elsewhere.map(|words| view! { <p class="help">{words}</p> })}
    })
}

/// What is open, each with its reason, and what we don't know at all.
fn uncertain(text: Text, fee: &Finding, subsidy: &Finding, complete: bool) -> impl IntoView {
    let decided =
        || fee.criteria.iter().chain(&subsidy.criteria).filter(|one| !(complete && criteria::is_unanswered(one)));
    let mut all: Vec<String> = Vec::new();
    // What is open for the same reason is said together.
    for cause in Cause::ALL {
        let open = decided().filter(|one| one.state.cause() == Some(cause));
        let names: Vec<_> =
            open.map(|one| text.result_criterion(text.get(one.criterion.wording.title), one.criterion.id)).collect();
        if !names.is_empty() {
            all.push(text.result_open_because(&names.join(text.result_join()), criteria::because(text, cause)));
        }
    }
    if all.is_empty() {
        all.push(text.result_uncertain_none().to_owned());
    }
    if subsidy.remarks.contains(&Remark::BirthdayMatters) {
        all.push(text.result_birthday().to_owned());
    }
    if subsidy.state != Truth::NotMet {
        all.push(text.result_insured_when().to_owned());
    }
    all.push(text.result_may_sit().to_owned());
    view! {
        <section>
            <h2>{text.result_uncertain()}</h2>
            <ul>{all.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
        </section>
    }
}

fn contacts(text: Text, state: State) -> impl IntoView {
    let contacts = state.tables.courses.last().map_or(&[][..], |course| course.contacts);
    let rows = contacts.iter().map(|contact| {
        view! { <li>{contact.office} " " {contact.person} " " <a href=format!("tel:{}", contact.phone)>{contact.phone}</a></li> }
    });
    view! {
        <section>
            <h2>{text.result_ask()}</h2>
            <p>{text.result_ask_text()}</p>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
}
