//! The timeline: a drawing to scale, and the same days as text below it.

use leptos::prelude::*;

use super::draw::{canvas, rect};
use crate::{
    app::components::{container, group, text_element, text_node},
    explain::{Event, EventKind},
    text::Text,
};

pub fn view(text: Text, events: &[Event]) -> AnyView {
    let rows = events.iter().map(|event| {
        let inside = vec![text_element("strong", "", &event.when(text)), text_node(" "), text_node(&event.words)];
        container("li", None, class(event.kind), inside)
    });
    group(vec![drawn(events).unwrap_or_else(|| text_node("")), container("ol", None, "time", rows.collect())])
}

/// Draws the days in thousandths of the time from the first day to the last.
fn drawn(events: &[Event]) -> Option<AnyView> {
    let first = events.iter().map(|event| event.from).min()?;
    let last = events.iter().map(|event| event.to).max()?;
    let whole = first.days_until(last).max(1);
    // Half a dot is left free on either side.
    let at = |day: tables::Date| {
        let thousandths = first.days_until(day).max(0).saturating_mul(960).checked_div(whole);
        thousandths.and_then(|at| u32::try_from(at).ok()).unwrap_or(0).saturating_add(20)
    };
    let mut pieces = vec![rect("ground", 0, 18, 1000, 4, 0)];
    pieces.extend(events.iter().map(|event| {
        let (from, to) = (at(event.from).saturating_sub(8), at(event.to).saturating_add(8));
        rect(class(event.kind), from, 12, to.saturating_sub(from), 16, 8)
    }));
    Some(canvas("line", 40, false, pieces))
}

fn class(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Plain => "day",
        EventKind::Term => "day term",
        EventKind::End => "day end",
        EventKind::Today => "day today",
    }
}
