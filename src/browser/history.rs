//! Where a page was left, so that the back button returns there.
//!
//! The browser remembers that for documents. Here a page is made anew whenever its fragment is gone to, and some pages only when the
//! later part of the program has come. So before a press that may lead away, and when the document goes, the place is written into
//! the history's own entry: how far it was scrolled, and the link. A place that nobody has left yet has none. Holds no answer.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

use super::{document, window};

/// Not scrolled, and left by a button.
const TOP: &str = "0 ";

/// Notes the place with every press of what may lead away, for as long as the page lives.
pub fn keep() {
    let listener = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(pressed) = pressed.and_then(|target| target.closest("a[href], button").ok().flatten()) else { return };
        note(&pressed.get_attribute("href").unwrap_or_default());
    });
    // Before anybody else hears of the press, who may go away at once.
    let heard = listener.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("click", heard, true);
    listener.forget();
    let listener = Closure::<dyn Fn()>::new(|| {
        // A press just now has noted its link as well.
        if !noted().is_some_and(|place| place.starts_with(&format!("{} ", scrolled()))) {
            note("");
        }
    });
    let _ = window().add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Writes down how far the page is scrolled, and by which link it is left.
fn note(address: &str) {
    let place = format!("{} {address}", scrolled());
    // Writing costs a third of what making a page does, and who goes on by a button mostly is at the top, as a place that
    // nobody has left.
    if place != noted().as_deref().unwrap_or(TOP) {
        // Refused for some files and in some frames: then the way back leads to the top.
        let _ = window().history().and_then(|history| history.replace_state(&JsValue::from_str(&place), ""));
    }
}

/// In whole pixels: text of other numbers costs 20 kB.
fn scrolled() -> i32 {
    window().scroll_y().unwrap_or(0.0) as i32
}

/// What stands in the history's entry.
fn noted() -> Option<String> {
    window().history().and_then(|history| history.state()).ok()?.as_string()
}

/// Shows a page that was just made: as it was left, or from the heading with that id.
pub fn arrive(heading: &'static str) {
    let left = noted();
    request_animation_frame(move || {
        let left = left.as_deref().and_then(|left| left.split_once(' '));
        let Some((scrolled, address)) = left.and_then(|(y, address)| Some((y.parse::<i32>().ok()?, address))) else {
            if let Some(heading) = element(&format!("[id=\"{heading}\"]")) {
                match heading.tag_name().as_str() {
                    "H1" => window().scroll_to_with_x_and_y(0.0, 0.0),
                    _ => heading.scroll_into_view(),
                }
                let _ = heading.focus();
            }
            return;
        };
        let link = element(&format!("[href=\"{address}\"]"));
        if let Some(link) = link.or_else(|| element("h1")) {
            if let Ok(Some(closed)) = link.closest("details") {
                let _ = closed.set_attribute("open", "");
            }
            let _ = link.focus();
        }
        window().scroll_to_with_x_and_y(0.0, scrolled.into());
    });
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(&format!("main {selector}")).ok().flatten()?.dyn_into().ok()
}
