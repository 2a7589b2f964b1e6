//! The oracle: a second implementation of the rules, used only to check the first one.
//!
//! What it is: the clauses of the notice and of the documents behind it, written again as literally as possible,
//! each rule under its clause id, so that text and code can be compared. It takes a person's answers and returns
//! the JSON object of the contract (without the version of the tables).
//!
//! Why it exists: it shares neither code nor tables with the project's own implementation. If the two disagree, one
//! of them has misread the rules.
//!
//! What it doesn't do: it isn't fast, explains nothing, contains no wording, and accepts only valid answers (others
//! panic).

mod amount;
mod course;
mod entry;
mod exam;
mod facts;
mod information;
mod json;
mod logic;
mod paths;
mod recognition;
mod subsidy;
mod tables;
#[cfg(test)]
mod tests;
mod when;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use facts::Facts;

/// Returns the findings for one person on one day.
pub fn assess(answers: &BTreeMap<String, String>, as_of: &str) -> Value {
    let facts = Facts::new(answers, as_of);
    let mut findings = Map::new();
    // The table of goals and findings.
    match facts.goal() {
        "enrol" => {
            findings.insert("may-sit".into(), entry::may_sit(&facts));
            findings.insert("subsidy".into(), subsidy::finding(&facts));
            // "Level 3 only: with another target level course-dates, course-fee and net-cost are absent."
            if facts.target_level() == 3 {
                findings.insert("course-dates".into(), course::dates(&facts));
                findings.insert("course-fee".into(), course::fee(&facts));
                findings.insert("net-cost".into(), course::net_cost(&facts));
            }
            findings.insert("recognition".into(), recognition::recognition(&facts));
            findings.insert("district-craftsman".into(), recognition::district_craftsman(&facts));
        }
        "exam" => {
            findings.insert("exam-passed".into(), exam::passed(&facts));
            findings.insert("resit".into(), exam::resit(&facts));
            if let Some(fee) = exam::resit_fee(&facts) {
                findings.insert("resit-fee".into(), fee);
            }
            findings.insert("training-certificate".into(), exam::training_certificate(&facts));
        }
        "claim" => {
            findings.insert("subsidy".into(), subsidy::finding(&facts));
            findings.insert("recognition".into(), recognition::recognition(&facts));
            findings.insert("district-craftsman".into(), recognition::district_craftsman(&facts));
        }
        other => panic!("no such goal: {other}"),
    }
    json!({ "as-of": as_of, "findings": findings, "information": information::list(&facts) })
}
