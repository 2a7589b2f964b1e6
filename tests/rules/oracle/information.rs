//! `information`: what is shown beside the findings, without a state.

use super::facts::Facts;
use super::tables::THE_CLASS;
use super::when::{View, When};

/// "enrol C3, C4, C5, C7 (while the class is valid) and C8; exam and claim C8, X4."
pub fn list(facts: &Facts) -> Vec<&'static str> {
    if facts.goal() != "enrol" {
        vec!["C8", "X4"]
    } else if THE_CLASS.covers(When::On(facts.as_of), View::AsKnown) {
        vec!["C3", "C4", "C5", "C7", "C8"]
    } else {
        vec!["C8"]
    }
}
