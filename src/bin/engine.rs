//! The core as a module of JavaScript: what `engine/index.js` calls. Only hands over; `subsidy_checker::engine` does it.

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
    // JavaScript knows no whole numbers; what is none becomes 0 or the largest there is.
    Day { as_of, now: now as u64 }
}

/// Nothing begins by itself.
fn main() {}
