//! The sum: the payment, the refund and the rest, as figures and as bars of one scale.

use rust_decimal::prelude::ToPrimitive;

use super::{Bar, Block, Context, Row, RowKind, Section, unknown};
use crate::rules::{Finding, FindingId, Phase, Range, Truth};

/// Returns the section with the fee, the subsidy and the net cost.
pub fn section(context: &Context, subsidy: &Finding) -> Option<Section> {
    let text = context.text;
    let (fee, net) = (context.finding(FindingId::CourseFee), context.finding(FindingId::NetCost));
    let (paid, back) = (fee.and_then(Finding::yuan), subsidy.yuan());
    // All bars have one scale: the largest amount that is paid or comes back.
    let whole = [paid, back].into_iter().flatten().map(|range| whole_yuan(range.max)).max().unwrap_or(0);
    let bar = |from: u32, range: Range| {
        Some(Bar {
            from,
            sure: from.saturating_add(whole_yuan(range.min)),
            possible: from.saturating_add(whole_yuan(range.max)),
            whole,
        })
    };
    let not_known = || text.amount_unknown().to_owned();
    let row = |label, note: String, clauses, amount, kind, bar| Row { label, note, clauses, amount, kind, bar };

    let mut rows = Vec::new();
    if let (Some(fee), Some(paid)) = (fee, paid) {
        let note = match fee.criteria.last().map(|decided| decided.state) {
            Some(Truth::Met) => text.result_fee_member(),
            Some(Truth::NotMet) => text.result_fee_full(),
            _ if paid.is_exact() => "",
            _ => text.result_fee_open(),
        };
        rows.push(row(text.result_fee(), note.to_owned(), "C1 C2", text.yuan(paid), RowKind::Whole, bar(0, paid)));
    } else if fee.is_some() {
        let past = if context.assessment.phase == Phase::Past { text.result_dates_past() } else { "" };
        rows.push(row(text.result_fee(), past.to_owned(), "C1 C2", not_known(), RowKind::Whole, None));
    }
    let base = subsidy.base.flatten();
    if let Some(base) = base {
        rows.push(row(text.result_base(), String::new(), "S10", text.yuan(base), RowKind::Block, bar(0, base)));
    }
    if let Some(uplift) = subsidy.uplift.flatten() {
        // The bar of the uplift begins where that of the base ends.
        let from = base.map_or(0, |base| whole_yuan(base.max));
        rows.push(row(
            text.result_uplift(),
            String::new(),
            "S11",
            text.yuan(uplift),
            RowKind::Block,
            bar(from, uplift),
        ));
    }
    if let Some(back) = back {
        // Beside a fee the subsidy is subtracted; alone it is the amount paid out.
        let amount = if net.is_some() { text.result_minus(&text.yuan(back)) } else { text.yuan(back) };
        let label = if subsidy.state == Truth::Met { text.result_subsidy() } else { text.result_subsidy_if() };
        rows.push(row(label, String::new(), "S10 S11", amount, RowKind::Whole, bar(0, back)));
    } else if let Some(why) = unknown::reasons(text, subsidy) {
        rows.push(row(text.result_subsidy_if(), why, "S10 S11", not_known(), RowKind::Whole, None));
    }
    if let Some(left) = net.and_then(Finding::yuan) {
        // The range includes the whole fee only because the subsidy may be refused.
        let refused = match (subsidy.state, paid) {
            (Truth::Unknown(_), Some(fee)) => text.result_net_if_refused(&text.yuan(fee)),
            _ => String::new(),
        };
        rows.push(row(text.result_net(), refused, "", text.yuan(left), RowKind::Total, bar(0, left)));
    } else if net.is_some() {
        rows.push(row(text.result_net(), String::new(), "", not_known(), RowKind::Total, None));
    }
    if rows.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Sum(rows), Block::Note(text.result_estimate().to_owned())];
    // The member fee and the subsidy with its uplift are easily confused when they are equal.
    if paid.is_some() && paid == back {
        blocks.push(Block::Note(text.result_same_sum().to_owned()));
    }
    Some(Section::new(text.result_money(), blocks))
}

/// Converts an amount to whole yuan for drawing; a negative amount becomes 0.
fn whole_yuan(amount: rust_decimal::Decimal) -> u32 {
    amount.to_u32().unwrap_or(0)
}
