//! The core in a browser as the benches want it: answers are read once and judged as often as wanted, nothing crosses as JSON.
//! Apart from the engine, which is what other programs get: they have no use for it.

use subsidy_checker::contract::{Input, answers_from_json};
use subsidy_checker::rules::{Answers, Date, FindingId, TABLES, assess};
use wasm_bindgen::prelude::wasm_bindgen;

/// People whose answers have been read.
#[wasm_bindgen]
pub struct People {
    all: Vec<Answers>,
    as_of: Date,
}

#[wasm_bindgen]
impl People {
    /// From a list of answers as the contract has them.
    #[wasm_bindgen(constructor)]
    pub fn new(people: &str, as_of: &str) -> People {
        let as_of = Date::parse(as_of).expect("a day");
        let people: Vec<Input> = serde_json::from_str(people).expect("a list of answers");
        let all = people.iter().map(|one| answers_from_json(&TABLES, one, as_of).expect("answers")).collect();
        People { all, as_of }
    }

    /// All findings of one of them, of which the subsidy is told: yuan, 0 where there is none.
    pub fn subsidy(&self, at: usize) -> f64 {
        let assessment = assess(&TABLES, &self.all[at], self.as_of);
        let amount = assessment.finding(FindingId::Subsidy).and_then(|finding| finding.yuan());
        amount.map_or(0.0, |amount| amount.max.mantissa() as f64 / 10_f64.powi(amount.max.scale() as i32))
    }
}
