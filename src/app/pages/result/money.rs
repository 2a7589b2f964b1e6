//! The sum as a table, with a bar below each row on a common scale: the certain amount full, the possible one lighter.

use leptos::prelude::*;

use super::draw::{canvas, rect};
use crate::{
    app::components::{Attributes, container, element, text_element, text_node},
    explain::{Bar, Row, RowKind},
};

pub fn view(rows: Vec<Row>) -> AnyView {
    let rows: Vec<AnyView> = rows.into_iter().flat_map(row).collect();
    container("table", None, "sum", vec![container("tbody", None, "", rows)])
}

/// Renders a row with its bar below; a row without a known amount has no bar.
fn row(row: Row) -> Vec<AnyView> {
    let class = match row.kind {
        RowKind::Whole => "",
        RowKind::Block => "part",
        RowKind::Total => "total",
    };
    let mut label = vec![text_node(row.label)];
    for words in [row.note.as_str(), row.clauses].into_iter().filter(|words| !words.is_empty()) {
        label.extend([text_node(" "), text_element("small", "", words)]);
    }
    let label = element("th", Attributes { scope: Some("row"), ..Attributes::default() }, label);
    let mut rows = vec![container("tr", None, class, vec![label, text_element("td", "", &row.amount)])];
    if let Some(amount) = row.bar {
        let drawn = element("td", Attributes { colspan: Some("2"), ..Attributes::default() }, vec![bar(amount)]);
        rows.push(element("tr", Attributes { class, drawn: true, ..Attributes::default() }, vec![drawn]));
    }
    rows
}

/// Draws a bar in thousandths of the longest one.
fn bar(bar: Bar) -> AnyView {
    let at = |amount: u32| amount.saturating_mul(1000).checked_div(bar.whole).unwrap_or(0);
    let piece = |class, from: u32, to: u32| rect(class, from, 0, to.saturating_sub(from), 10, 0);
    let (from, sure, possible) = (at(bar.from), at(bar.sure), at(bar.possible));
    let pieces = vec![piece("ground", 0, 1000), piece("possible", from, possible), piece("sure", from, sure)];
    canvas("bar", 10, true, pieces)
}
