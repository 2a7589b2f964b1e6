//! The core as a JavaScript module: the functions that `engine/index.js` calls. They only pass the arguments to
//! `subsidy_checker::engine`.

use subsidy_checker::engine::{self, Day};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn assess(answers: &str, as_of: Option<String>, now: f64) -> Result<String, String> {
    engine::findings(answers, day(as_of.as_deref(), now))
}

#[wasm_bindgen(js_name = nextQuestion)]
pub fn next_question(answers: &str, as_of: Option<String>, now: f64) -> Result<String, String> {
    engine::next_question(answers, day(as_of.as_deref(), now))
}

#[wasm_bindgen]
pub fn advice(answers: &str, as_of: Option<String>, now: f64) -> Result<String, String> {
    engine::hints(answers, day(as_of.as_deref(), now))
}

#[wasm_bindgen]
pub fn tables() -> Result<String, String> {
    engine::rules().map_err(|error| format!("{error:?}"))
}

#[wasm_bindgen]
pub fn version() -> String {
    engine::version().to_owned()
}

fn day(as_of: Option<&str>, now: f64) -> Day<'_> {
    // JavaScript has no integers; a number out of range becomes the nearest integer in range, and NaN becomes 0.
    Day { as_of, now: now as u64 }
}

/// The module does nothing when it is loaded.
fn main() {}
