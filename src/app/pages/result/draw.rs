//! Drawings: rectangles on a canvas of width 1000. The text beside them states the same.

use leptos::prelude::*;

/// Creates a rectangle from its class, left edge, top, width, height and corner radius.
pub fn rect(class: &'static str, x: u32, y: u32, width: u32, height: u32, round: u32) -> AnyView {
    let [x, y, width, height, rx] = [x, y, width, height, round].map(|number| number.to_string());
    view! { <rect class=class x=x y=y width=width height=height rx=rx></rect> }.into_any()
}

/// Creates a canvas of the given height; `stretched` fits it to the available space.
pub fn canvas(class: &'static str, height: u32, stretched: bool, inside: Vec<AnyView>) -> AnyView {
    let ratio = stretched.then_some("none");
    let canvas = format!("0 0 1000 {height}");
    view! { <svg class=class viewBox=canvas preserveAspectRatio=ratio aria-hidden="true">{inside}</svg> }.into_any()
}
