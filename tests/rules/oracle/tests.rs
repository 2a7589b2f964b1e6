//! What the clauses themselves give as figures, the people who are easily misled, and the contract's own example.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::amount::{EVERY_KIND, occupation};
use super::paths::EntrySet;
use super::tables::{CATALOGUE, SHORTAGE};
use super::{assess, assess_by};

/// Answers from `id=value` words.
fn answers(words: &str) -> BTreeMap<String, String> {
    let pairs = words.split_whitespace().map(|word| word.split_once('=').expect("id=value"));
    pairs.map(|(id, value)| (id.to_string(), value.to_string())).collect()
}

fn findings(words: &str, as_of: &str) -> Value {
    assess(&answers(words), as_of)["findings"].clone()
}

fn exactly(sum: &str) -> Value {
    json!({ "min": sum, "max": sum })
}

fn criterion(finding: &Value, id: &str) -> Value {
    let list = finding["criteria"].as_array().expect("criteria");
    list.iter().find(|criterion| criterion["id"] == id).expect("the criterion").clone()
}

/// Enrols, and nothing stands in the way but what a test adds.
const ENROLS: &str = "goal=enrol age=30 established-post=no full-time-student=no pension=no ";
/// Claims for an AI trainer's level 3, likewise.
const CLAIMS: &str = "goal=claim age=30 established-post=no full-time-student=no pension=no paid-same=no \
    paid-higher=no paid-this-year=no paid-unemployment-insurance=no certificate-occupation=4-04-05-05 \
    certificate-level=3 certificate-issuer=assessment-organisation ";

fn enrols(more: &str) -> Value {
    findings(&format!("{ENROLS}{more}"), "2025-05-15")
}

fn claims(more: &str, as_of: &str) -> Value {
    findings(&format!("{CLAIMS}{more}"), as_of)
}

#[test]
fn figures_of_section_5() {
    let employee = "works-in=zhuhai insurance=zhuhai-employee household=elsewhere unemployment-registered=no ";
    let household = "works-in=guangdong insurance=guangdong-employee household=guangdong ";
    for (more, fee, subsidy, net) in [
        (format!("{employee} employer-member=yes"), "3120", "3120", "0"),
        (format!("{employee} employer-member=no"), "3500", "3120", "380"),
        (format!("{household} employer-member=no"), "3500", "2400", "1100"),
        (format!("{household} employer-member=yes"), "3120", "2400", "720"),
    ] {
        let found = enrols(&more);
        assert_eq!(found["subsidy"]["state"], "met", "{more}");
        assert_eq!(found["course-fee"]["amount"], exactly(fee), "{more}");
        assert_eq!(found["subsidy"]["amount"], exactly(subsidy), "{more}");
        assert_eq!(found["net-cost"]["amount"], exactly(net), "{more}");
        assert_eq!(found["net-cost"]["state"], "met", "{more}");
    }
    for (member, net) in [("no", "3500"), ("yes", "3120")] {
        let found = enrols(&format!("{employee} established-post=yes employer-member={member}"));
        assert_eq!(found["subsidy"]["state"], "not-met");
        assert_eq!(found["subsidy"].get("amount"), None);
        assert_eq!(found["net-cost"]["amount"], exactly(net));
    }
}

#[test]
fn final_year_student() {
    let student = "full-time-student=yes education=technician-senior study-status=final-year major=matching \
        household=zhuhai insurance=zhuhai-resident works-in=not-working";
    let found = enrols(student);
    assert_eq!(found["may-sit"]["state"], "met");
    assert_eq!(found["may-sit"]["highest-level"], 3);
    assert_eq!(found["subsidy"]["cause"], "authority-decides");
    let found = claims(&format!("{student} certificate-date=2025-07-31"), "2025-09-01");
    assert_eq!(found["subsidy"]["state"], "not-met");
    assert_eq!(criterion(&found["subsidy"], "S2.2")["state"], "not-met");
}

#[test]
fn teacher_in_an_established_post() {
    let found = enrols("established-post=yes work-field=related years-worked=12 household=zhuhai");
    assert_eq!(found["may-sit"]["state"], "met");
    assert_eq!(found["subsidy"]["state"], "not-met");
    assert_eq!(criterion(&found["subsidy"], "S2.1")["state"], "not-met");
}

#[test]
fn zhuhai_resident_without_employee_insurance() {
    let found = claims("household=zhuhai insurance=zhuhai-resident certificate-date=2025-07-31", "2025-09-01");
    assert_eq!(found["subsidy"]["state"], "met");
    assert_eq!(found["subsidy"]["amount"], exactly("2400"));
    assert_eq!(found["subsidy"]["claim-at"], json!(["zhuhai"]));
}

#[test]
fn macau_resident_working_and_insured_in_zhuhai() {
    let macau = "household=hk-mo-tw works-in=zhuhai insurance=zhuhai-employee certificate-date=2025-07-31";
    let found = claims(macau, "2025-09-01");
    assert_eq!(found["subsidy"]["state"], "met");
    assert_eq!(found["subsidy"]["amount"], exactly("3120"));
}

#[test]
fn employer_issued_certificate() {
    let found = claims("household=zhuhai certificate-issuer=employer certificate-date=2025-07-31", "2025-09-01");
    for id in ["S4", "S5"] {
        assert_eq!(criterion(&found["subsidy"], id)["state"], "not-met");
    }
    assert_eq!(found["subsidy"]["state"], "not-met");
}

#[test]
fn twelve_months_to_the_day() {
    let on = |as_of| claims("household=zhuhai certificate-date=2024-12-20", as_of)["subsidy"].clone();
    assert_eq!(criterion(&on("2025-12-19"), "S6")["state"], "met");
    assert_eq!(criterion(&on("2025-12-20"), "S6")["cause"], "authority-decides");
    assert_eq!(criterion(&on("2025-12-21"), "S6")["state"], "not-met");
    // The catalogue of before 2025 isn't in the tables: not known, neither zero nor absent.
    assert_eq!(on("2025-12-19").get("amount"), Some(&Value::Null));
    let leap = claims("certificate-date=2024-02-29", "2025-01-15");
    assert_eq!(leap["subsidy"]["deadline"], json!({ "safe": "2025-02-27", "last": "2025-02-28" }));
}

#[test]
fn claim_in_2026() {
    let found = claims("insurance=zhuhai-employee works-in=zhuhai certificate-date=2025-07-31", "2026-01-15");
    let subsidy = &found["subsidy"];
    assert_eq!(subsidy["state"], "unknown");
    assert_eq!(subsidy["cause"], "no-rules-for-date");
    assert_eq!(subsidy["amount"], json!({ "min": "2400", "max": "3120" }));
    assert_eq!(subsidy["base"], exactly("2400"));
    assert_eq!(subsidy["uplift"], json!({ "min": "0", "max": "720" }));
    assert_eq!(subsidy["deadline"], json!({ "safe": "2026-07-30", "last": "2026-07-31" }));
    assert_eq!(subsidy["rules-known-until"], "2025-12-31");
    assert_eq!(subsidy["claim-at"], json!(["zhuhai"]));
    assert_eq!(subsidy["indicative"]["state"], "met");
    assert_eq!(subsidy["indicative"]["amount"], exactly("3120"));
    assert_eq!(found["recognition"]["state"], "met");
}

#[test]
fn lacks_of_a_path() {
    let found = enrols("work-field=this years-worked=9 certificate-held=4 years-worked-since-certificate=3 title=none");
    let paths = found["may-sit"]["paths"].as_array().expect("paths");
    assert_eq!(paths[0]["lacks"], json!({ "years-worked": 1 }));
    assert_eq!(paths[1]["lacks"], json!({ "years-worked-since-certificate": 1 }));
    assert_eq!(paths[2]["lacks"], json!({ "title": ["junior", "intermediate", "senior"] }));
    assert_eq!(found["may-sit"]["highest-level"], 4);
}

#[test]
fn set_of_2018_is_stricter() {
    let person = answers("goal=enrol work-field=this years-worked=10 certificate-held=none title=none education=none");
    let state = |set| assess_by(&person, "2025-05-15", set)["findings"]["may-sit"]["state"].clone();
    assert_eq!(state(EntrySet::Of2023), "met");
    assert_eq!(state(EntrySet::Of2018), "not-met");
}

#[test]
fn every_kind_of_occupation() {
    let ids: BTreeSet<&str> = CATALOGUE.iter().map(|(id, _)| *id).chain(SHORTAGE).chain(["other"]).collect();
    assert_eq!(ids.len(), 13 + 22 - 4 + 1);
    assert!(ids.iter().all(|id| EVERY_KIND.contains(&occupation(id))));
    assert!(EVERY_KIND.iter().all(|kind| ids.iter().any(|id| occupation(id) == *kind)));
}
