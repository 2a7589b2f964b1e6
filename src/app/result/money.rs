//! The sum as a table, a bar of one scale below each row: the surely paid part full, the possible one hatched.

use leptos::prelude::*;

use crate::explain::{Bar, Row, RowKind};

pub fn view(rows: Vec<Row>) -> AnyView {
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    view! { <table class="sum"><tbody>{rows}</tbody></table> }.into_any()
}

fn row(row: Row) -> AnyView {
    let class = match row.kind {
        RowKind::Whole => "",
        RowKind::Part => "part",
        RowKind::Total => "total",
    };
    let small: Vec<AnyView> = [row.note, row.clauses]
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| view! { <small>{words}</small> " " }.into_any())
        .collect();
    view! {
        <tr class=class>
            <th scope="row">{row.label} " " {small}</th>
            <td>{row.amount}</td>
        </tr>
        <tr class=class aria-hidden="true">
            <td colspan="2">{bar(row.bar)}</td>
        </tr>
    }
    .into_any()
}

/// In thousandths of the longest.
fn bar(bar: Bar) -> AnyView {
    let at = |amount: u32| amount.saturating_mul(1000) / bar.whole.max(1);
    let (from, sure, possible) = (at(bar.from), at(bar.sure), at(bar.possible));
    let piece = |class: &'static str, from: u32, to: u32| {
        view! { <rect class=class x=from.to_string() width=to.saturating_sub(from).to_string() height="10"></rect> }
            .into_any()
    };
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            {[piece("ground", 0, 1000), piece("possible", from, possible), piece("sure", from, sure)]}
        </svg>
    }
    .into_any()
}
