//! The sum: what is paid, what comes back, what is left.

use leptos::prelude::*;

use crate::{
    rules::{Assessment, Finding, Phase, Truth},
    text::Text,
};

pub fn view(text: Text, assessment: &Assessment, fee: &Finding, subsidy: &Finding, net: &Finding) -> impl IntoView {
    let member = fee.criteria.last().map(|decided| decided.state);
    let kind = match member {
        Some(Truth::Met) => text.result_fee_member(),
        Some(Truth::NotMet) => text.result_fee_full(),
        _ if fee.amount.is_some_and(|amount| amount.is_exact()) => "",
        _ => text.result_fee_open(),
    };
    let fee_label = if assessment.phase == Phase::Past { text.result_fee_old() } else { text.result_fee() };
    let minus = |amount| text.result_minus(&text.yuan(amount));
    let subsidy_label = if subsidy.state == Truth::Met { text.result_subsidy() } else { text.result_subsidy_if() };
    let rows = [
        fee.amount.map(|amount| row(fee_label, kind, "C1 C2", text.yuan(amount), "")),
        subsidy.base.map(|amount| row(text.result_base(), "", "S10", text.yuan(amount), "part")),
        subsidy.uplift.map(|amount| row(text.result_uplift(), "", "S11", text.yuan(amount), "part")),
        subsidy.amount.map(|amount| row(subsidy_label, "", "S10 S11", minus(amount), "")),
        net.amount.map(|amount| row(text.result_net(), "", "", text.yuan(amount), "total")),
    ];
    view! {
        <section>
            <h2>{text.result_money()}</h2>
            <table class="sum"><tbody>{rows.into_iter().flatten().collect::<Vec<_>>()}</tbody></table>
        </section>
    }
}

fn row(label: &'static str, kind: &'static str, clause: &'static str, amount: String, class: &'static str) -> AnyView {
    view! {
        <tr class=class>
            <th scope="row">{label} {(!kind.is_empty()).then(|| view! { <small>{kind}</small> })} <small class="clause">{clause}</small></th>
            <td>{amount}</td>
        </tr>
    }
    .into_any()
}
