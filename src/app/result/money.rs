//! The money: what is paid, what comes back, until when and where, and what is uncertain about it.

use leptos::prelude::*;
use tables::PlaceId;

use super::criteria;
use crate::{
    rules::{Assessment, Cause, Decided, Finding, FindingId, Goal, Phase, Remark, Truth},
    text::Text,
};

/// Everything about the subsidy, and about the fee where there is one.
pub fn view(text: Text, assessment: &Assessment, subsidy: &Finding, complete: bool) -> AnyView {
    let fee = assessment.finding(FindingId::CourseFee);
    let net = assessment.finding(FindingId::NetCost);
    let forecast = assessment.goal == Goal::Enrol && subsidy.state != Truth::NotMet;
    view! {
        {criteria::refused(text, subsidy)}
        {indicative(text, subsidy, net)}
        {deadline(text, subsidy)}
        {sum(text, assessment, fee, subsidy, net)}
        <p class="help">{text.result_estimate()}</p>
        {places(text, subsidy)}
        {uncertain(text, fee, subsidy, complete)}
        {criteria::list(text, text.result_criteria_subsidy().to_owned(), subsidy, complete)}
        {fee.map(|fee| criteria::list(text, text.result_criteria_fee().to_owned(), fee, complete))}
        {forecast.then(|| view! {
            <section>
                <h2>{text.result_provided()}</h2>
                <p>{text.result_provided_text()}</p>
            </section>
        })}
    }
    .into_any()
}

/// What it would be if the rules that have ended went on.
fn indicative(text: Text, subsidy: &Finding, net: Option<&Finding>) -> Option<impl IntoView> {
    let (end, then) = (subsidy.rules_known_until?, subsidy.indicative.as_ref()?);
    let back = then.amount.flatten().map(|amount| text.yuan(amount));
    let left = net.and_then(|net| net.indicative.as_ref().map_or(net.yuan(), |then| then.amount.flatten()));
    let words = match (then.state, back, left.map(|left| text.yuan(left))) {
        (Truth::Met, Some(back), Some(left)) => text.result_indicative_met(&back, &left),
        (Truth::Met, Some(back), None) => text.result_claim_met(&back),
        (Truth::NotMet, _, Some(left)) => text.result_indicative_not_met(&left),
        (Truth::NotMet, _, None) => text.result_not_met().to_owned(),
        (Truth::Unknown(_), Some(back), Some(left)) => text.result_indicative_unknown(&back, &left),
        _ => text.result_unknown().to_owned(),
    };
    let end = text.date(end);
    Some(view! {
        <section class="indicative">
            <p>{text.result_until(&end)}</p>
            <p><strong>{text.result_indicative(&end)}</strong> "：" {words}</p>
        </section>
    })
}

fn deadline(text: Text, subsidy: &Finding) -> Option<impl IntoView> {
    let deadline = subsidy.deadline?;
    let words = text.result_deadline(&text.date(deadline.safe), &text.date(deadline.last));
    Some(view! { <p><strong>{words}</strong></p> })
}

/// The sum: what is paid, what comes back, what is left.
fn sum(
    text: Text,
    assessment: &Assessment,
    fee: Option<&Finding>,
    subsidy: &Finding,
    net: Option<&Finding>,
) -> impl IntoView {
    let fee = fee.and_then(|fee| {
        let kind = match fee.criteria.last().map(|decided| decided.state) {
            Some(Truth::Met) => text.result_fee_member(),
            Some(Truth::NotMet) => text.result_fee_full(),
            _ if fee.yuan()?.is_exact() => "",
            _ => text.result_fee_open(),
        };
        let label = if assessment.phase == Phase::Past { text.result_fee_old() } else { text.result_fee() };
        Some(row(label, kind, "C1 C2", text.yuan(fee.yuan()?), ""))
    });
    // Beside a fee the subsidy is taken off; alone it is what is paid.
    let both = |amount| if net.is_some() { text.result_minus(&text.yuan(amount)) } else { text.yuan(amount) };
    let label = if subsidy.state == Truth::Met { text.result_subsidy() } else { text.result_subsidy_if() };
    let rows = [
        fee,
        subsidy.base.flatten().map(|amount| row(text.result_base(), "", "S10", text.yuan(amount), "part")),
        subsidy.uplift.flatten().map(|amount| row(text.result_uplift(), "", "S11", text.yuan(amount), "part")),
        subsidy.yuan().map(|amount| row(label, "", "S10 S11", both(amount), "")),
        net.and_then(Finding::yuan).map(|amount| row(text.result_net(), "", "", text.yuan(amount), "total")),
    ];
    let rows: Vec<AnyView> = rows.into_iter().flatten().collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text.result_money()}</h2>
                <table class="sum"><tbody>{rows}</tbody></table>
            </section>
        }
    })
}

fn row(label: &'static str, kind: &'static str, clause: &'static str, amount: String, class: &'static str) -> AnyView {
    let small = |words: &'static str| (!words.is_empty()).then(|| view! { <small>{words}</small> });
    view! {
        <tr class=class>
            <th scope="row">{label} {small(kind)} {small(clause)}</th>
            <td>{amount}</td>
        </tr>
    }
    .into_any()
}

fn places(text: Text, subsidy: &Finding) -> Option<impl IntoView> {
    if subsidy.claim_at.is_empty() {
        return None;
    }
    let name = |place: &PlaceId| match place {
        PlaceId::Zhuhai => text.result_place_zhuhai(),
        PlaceId::OtherGuangdong => text.result_place_other_guangdong(),
    };
    let names: Vec<_> = subsidy.claim_at.iter().map(name).collect();
    let elsewhere = subsidy.claim_at.contains(&PlaceId::OtherGuangdong).then(|| text.result_elsewhere());
    let any = (1 < names.len()).then(|| text.result_claim_any());
    Some(view! {
        <p>{text.result_claim_at(&names.join(text.result_join()))} {any}</p>
        {elsewhere.map(|words| view! { <p class="help">{words}</p> })}
    })
}

/// What is open, each with its reason, and what we don't know at all.
fn uncertain(text: Text, fee: Option<&Finding>, subsidy: &Finding, complete: bool) -> impl IntoView {
    let counts = |one: &&Decided| !(complete && criteria::is_unanswered(one));
    let decided = || fee.into_iter().chain([subsidy]).flat_map(|finding| &finding.criteria).filter(counts);
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
    view! {
        <section>
            <h2>{text.result_uncertain()}</h2>
            <ul>{all.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
        </section>
    }
}
