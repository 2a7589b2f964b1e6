//! The worked examples of `tests/tables/`, for tests that give them to the page or to other programs.

use std::fs;

use serde_json::{Map, Value, json};

/// A person's answers and the as-of date.
pub struct Case {
    pub as_of: String,
    /// The answers in the format of the contract.
    pub answers: Map<String, Value>,
}

impl Case {
    /// Returns the answers as a record in the device's storage.
    pub fn record(&self) -> String {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let each = self.answers.iter().map(|(question, value)| format!(";{question}={}", text(value)));
        format!("1{}", each.collect::<String>())
    }
}

/// Returns all examples in order.
pub fn all() -> Vec<Case> {
    let folder = tasks::root().join("tests/tables/rules/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let table: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for case in table["case"].as_array().unwrap() {
            let answer =
                |value: &toml::Value| value.as_str().map_or_else(|| json!(value.as_integer()), |text| json!(text));
            let answers = case["answers"].as_table().unwrap();
            all.push(Case {
                as_of: case["as-of"].as_datetime().unwrap().to_string(),
                answers: answers.iter().map(|(question, value)| (question.clone(), answer(value))).collect(),
            });
        }
    }
    all
}
