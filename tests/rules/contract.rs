//! The contract with programs, literally: rules.md, section 6.

use serde_json::{Value, json};
use subsidy_checker::{contract, rules::assess};

use crate::{
    frozen::TABLES,
    people::{CLAIM, but, day},
};

/// The findings for a person with a certificate of level 3 of 2025-07-31, insured as an employee in Zhuhai.
fn found(as_of: &str, others: &str) -> Value {
    // Numbers, where the answer is one.
    let value = |value: String| value.parse::<u16>().map_or_else(|_| json!(value), |number| json!(number));
    let said = but(CLAIM, others).into_iter().map(|(id, said)| (id, value(said))).collect();
    let input = serde_json::from_value(Value::Object(said)).unwrap();
    let answers = contract::answers_from_json(&TABLES, &input, day(as_of)).unwrap();
    contract::to_json(&TABLES, &assess(&TABLES, &answers, day(as_of)))
}

#[test]
fn the_example_of_the_rules() {
    let ended = |id: &str| json!({ "id": id, "state": "unknown", "cause": "no-rules-for-date" });
    let met = |id: &str| json!({ "id": id, "state": "met" });
    let mut criteria: Vec<Value> =
        ["S1", "S2.1", "S2.2", "S2.3", "S3", "S4", "S5", "S6", "S7", "S8", "S9"].map(ended).into();
    criteria.extend([met("S10"), ended("S11")]);
    let expected = json!({
        "as-of": "2026-01-15",
        "rules": TABLES.version,
        "findings": {
            "subsidy": {
                "state": "unknown",
                "cause": "no-rules-for-date",
                "amount": null,
                "base": null,
                "uplift": null,
                "rules-known-until": "2025-12-31",
                "claim-at": ["zhuhai"],
                "indicative": {
                    "state": "met",
                    "amount": { "min": "3120", "max": "3120" },
                    "base": { "min": "2400", "max": "2400" },
                    "uplift": { "min": "720", "max": "720" },
                    "deadline": { "safe": "2026-07-30", "last": "2026-07-31" },
                },
                "criteria": criteria,
            },
            "recognition": { "state": "met", "criteria": [met("R1"), met("R2")] },
            "district-craftsman": {
                "state": "unknown",
                "cause": "no-rules-for-date",
                "rules-known-until": "2024-12-31",
                "indicative": { "state": "unknown", "cause": "authority-decides" },
                "criteria": [ended("R3")],
            },
        },
        "information": ["C8", "X4"],
    });
    assert_eq!(found("2026-01-15", ""), expected);
}

/// Compares the last day of the regulation with the day after it.
#[test]
fn what_the_end_of_the_regulation_takes_away() {
    let range = |amount: &str| json!({ "min": amount, "max": amount });
    let days = json!({ "safe": "2026-07-30", "last": "2026-07-31" });
    let before = &found("2025-12-31", "")["findings"]["subsidy"];
    assert_eq!((&before["state"], &before["amount"], &before["deadline"]), (&json!("met"), &range("3120"), &days));
    assert_eq!(before.get("indicative"), None);
    let after = &found("2026-01-01", "")["findings"]["subsidy"];
    assert_eq!((&after["state"], &after["amount"]), (&json!("unknown"), &Value::Null));
    assert_eq!((after.get("deadline"), &after["indicative"]["deadline"]), (None, &days));
    // Nothing is due by the old rules either: then there is no amount, and the term is told all the same.
    let refused = &found("2026-01-01", "pension=yes")["findings"]["subsidy"]["indicative"];
    assert_eq!((&refused["state"], refused.get("amount")), (&json!("not-met"), None));
    assert_eq!(refused["deadline"], days);
}

/// An unknown amount is null for each key that exists; amounts that the tables contain are numbers.
#[test]
fn null_is_not_known() {
    let c = |others: &str| {
        let found = found("2025-12-01", others);
        ["amount", "base", "uplift"].map(|key| found["findings"]["subsidy"][key].clone())
    };
    let exactly = |amounts: [&str; 3]| amounts.map(|amount| json!({ "min": amount, "max": amount }));
    let unknown = [Value::Null, Value::Null, Value::Null];
    assert_eq!(c(""), exactly(["3120", "2400", "720"]));
    assert_eq!(c("certificate-occupation=4-04-05-03"), {
        let [_, base, _] = exactly(["", "2000", ""]);
        [json!({ "min": "2000", "max": "2600" }), base, json!({ "min": "0", "max": "600" })]
    });
    // In the shortage list, but in no row of the catalogue.
    assert_eq!(c("certificate-occupation=6-18-02-04"), unknown);
    assert_eq!(c("certificate-occupation=other"), unknown);
    assert_eq!(c("certificate-occupation=dont-know"), unknown);
    // The first day of the catalogue, and the day before.
    assert_eq!(c("certificate-date=2025-01-01"), exactly(["3120", "2400", "720"]));
    assert_eq!(c("certificate-date=2024-12-31"), unknown);
    assert_eq!(c("certificate-date=dont-know"), unknown);
    // Only in another city, at levels 3 and 4.
    let elsewhere = "household=guangdong;insurance=guangdong-employee;works-in=guangdong";
    assert_eq!(c(elsewhere), {
        let [_, base, _] = exactly(["", "2400", ""]);
        [json!({ "min": "2400", "max": "3120" }), base, json!({ "min": "0", "max": "720" })]
    });
    assert_eq!(c(&format!("{elsewhere};certificate-level=4")), exactly(["1500", "1500", "0"]));
}
