//! The time line: a line to scale, and the same days in text below it.

use leptos::prelude::*;

use crate::{
    explain::{Event, EventKind},
    text::Text,
};

pub fn view(text: Text, events: &[Event]) -> AnyView {
    let rows: Vec<AnyView> = events
        .iter()
        .map(|event| {
            view! { <li class=class(event.kind)><strong>{event.when(text)}</strong> " " {event.words.clone()}</li> }
                .into_any()
        })
        .collect();
    view! { {line(events)} <ol class="time">{rows}</ol> }.into_any()
}

/// In thousandths of the way from the first day to the last.
fn line(events: &[Event]) -> Option<AnyView> {
    let first = events.iter().map(|event| event.from).min()?;
    let last = events.iter().map(|event| event.to).max()?;
    let whole = first.days_until(last).max(1);
    // Half a dot is left on either side.
    let at = |day: tables::Date| 20 + first.days_until(day).max(0) * 960 / whole;
    let dots: Vec<AnyView> = events
        .iter()
        .map(|event| {
            let (from, to) = (at(event.from) - 8, at(event.to) + 8);
            view! {
                <rect class=class(event.kind) x=from.to_string() y="12" width=(to - from).to_string() height="16" rx="8"></rect>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <svg class="line" viewBox="0 0 1000 40" aria-hidden="true">
                <rect class="ground" y="18" width="1000" height="4"></rect>
                {dots}
            </svg>
        }
        .into_any(),
    )
}

fn class(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Plain => "day",
        EventKind::Term => "day term",
        EventKind::End => "day end",
        EventKind::Today => "day today",
    }
}
