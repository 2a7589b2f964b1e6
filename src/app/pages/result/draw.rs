//! Drawings: rectangles on a canvas a thousand wide. What they show stands in words beside them.

use leptos::prelude::*;

/// A rectangle: its class, left end, top, width, height and rounding.
pub fn rect(class: &'static str, x: u32, y: u32, width: u32, height: u32, round: u32) -> AnyView {
    let [x, y, width, height, rx] = [x, y, width, height, round].map(|number| number.to_string());
    view! { <rect class=class x=x y=y width=width height=height rx=rx></rect> }.into_any()
}

/// A canvas of that height; one that is no line is stretched to the space there is.
pub fn canvas(class: &'static str, height: u32, stretched: bool, inside: Vec<AnyView>) -> AnyView {
    let ratio = stretched.then_some("none");
    let canvas = format!("0 0 1000 {height}");
    view! { <svg class=class viewBox=canvas preserveAspectRatio=ratio aria-hidden="true">{inside}</svg> }.into_any()
}
