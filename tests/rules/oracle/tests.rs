//! What the clauses themselves give as figures, the people who are easily misled, and the contract's own example.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::assess;
use super::tables::{CATALOGUE, SHORTAGE};

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

fn between(least: &str, most: &str) -> Value {
    json!({ "min": least, "max": most })
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
    let household = "works-in=zhuhai insurance=none household=guangdong ";
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
    let elsewhere = "works-in=guangdong insurance=guangdong-employee household=guangdong employer-member=yes";
    let found = enrols(elsewhere);
    assert_eq!(found["subsidy"]["state"], "met");
    assert_eq!(found["subsidy"]["amount"], between("2400", "3120"));
    assert_eq!(criterion(&found["subsidy"], "S11")["cause"], "authority-decides");
    assert_eq!(found["net-cost"]["amount"], between("0", "720"));
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

/// The example of section 6, to the letter.
#[test]
fn example_of_the_contract() {
    let answers = answers(&format!(
        "{CLAIMS}works-in=zhuhai household=zhuhai insurance=zhuhai-employee front-line-post=yes \
         certificate-date=2025-07-31"
    ));
    let no_rules = |id: &str| json!({ "id": id, "state": "unknown", "cause": "no-rules-for-date" });
    let mut criteria: Vec<Value> =
        ["S1", "S2.1", "S2.2", "S2.3", "S3", "S4", "S5", "S6", "S7", "S8", "S9"].map(no_rules).to_vec();
    criteria.extend([json!({ "id": "S10", "state": "met" }), no_rules("S11")]);
    let subsidy = json!({
        "state": "unknown", "cause": "no-rules-for-date",
        "amount": null, "base": null, "uplift": null,
        "rules-known-until": "2025-12-31", "claim-at": ["zhuhai"],
        "indicative": { "state": "met", "amount": { "min": "3120", "max": "3120" },
            "base": { "min": "2400", "max": "2400" }, "uplift": { "min": "720", "max": "720" },
            "deadline": { "safe": "2026-07-30", "last": "2026-07-31" } },
        "criteria": criteria });
    let recognition = json!({ "state": "met",
        "criteria": [{ "id": "R1", "state": "met" }, { "id": "R2", "state": "met" }] });
    let craftsman = json!({ "state": "unknown", "cause": "no-rules-for-date", "rules-known-until": "2024-12-31",
        "indicative": { "state": "unknown", "cause": "authority-decides" }, "criteria": [no_rules("R3")] });
    let whole = json!({ "as-of": "2026-01-15",
        "findings": { "subsidy": subsidy, "recognition": recognition, "district-craftsman": craftsman },
        "information": ["C8", "X4"] });
    assert_eq!(assess(&answers, "2026-01-15"), whole);
}

#[test]
fn last_day_of_the_regulation() {
    let on = |as_of| {
        let answers = "works-in=zhuhai insurance=zhuhai-employee certificate-date=2025-07-31";
        claims(answers, as_of)["subsidy"].clone()
    };
    let last = on("2025-12-31");
    assert_eq!(last["state"], "met");
    assert_eq!(last["amount"], exactly("3120"));
    assert_eq!(last["deadline"]["last"], "2026-07-31");
    assert_eq!(last.get("indicative"), None);
    let after = on("2026-01-01");
    for sum in ["amount", "base", "uplift"] {
        assert_eq!(after.get(sum), Some(&Value::Null), "{sum}");
    }
    assert_eq!(after.get("deadline"), None);
    assert_eq!(after["indicative"]["deadline"], last["deadline"]);
    assert_eq!(after["indicative"]["amount"], last["amount"]);
}

#[test]
fn past_class() {
    let member = format!("{ENROLS}works-in=zhuhai insurance=zhuhai-employee employer-member=yes");
    let last = findings(&member, "2025-07-10");
    assert_eq!(last["course-fee"]["amount"], exactly("3120"));
    assert_eq!(last["net-cost"]["amount"], exactly("0"));
    let after = findings(&member, "2025-07-11");
    for finding in ["course-fee", "subsidy", "net-cost"] {
        assert_eq!(after[finding].get("amount"), Some(&Value::Null), "{finding}");
        assert_eq!(after[finding]["indicative"]["amount"], last[finding]["amount"], "{finding}");
    }
}

#[test]
fn occupation_outside_the_rows_or_open() {
    let zhuhai =
        "goal=claim household=zhuhai insurance=zhuhai-employee certificate-level=3 certificate-date=2025-07-31";
    // The welder is on the shortage list, and in none of the rows of the catalogue.
    for occupation in [" certificate-occupation=other", " certificate-occupation=6-18-02-04", ""] {
        let found = findings(&format!("{zhuhai}{occupation}"), "2025-12-01");
        for sum in ["amount", "base", "uplift"] {
            assert_eq!(found["subsidy"].get(sum), Some(&Value::Null), "{occupation} {sum}");
        }
    }
    let found = findings(&format!("{zhuhai} certificate-occupation=4-04-05-08"), "2025-12-01");
    assert_eq!(found["subsidy"]["base"], exactly("2000"));
    assert_eq!(found["subsidy"]["uplift"], between("0", "600"));
}

#[test]
fn claim_only_in_another_city() {
    let check = |more: &str, s11: &str, uplift: Value| {
        let found = claims(&format!("certificate-date=2025-07-31 {more}"), "2025-12-01");
        let criterion = criterion(&found["subsidy"], "S11");
        assert_eq!(criterion.get("cause").unwrap_or(&criterion["state"]), s11, "{more}");
        assert_eq!(found["subsidy"]["uplift"], uplift, "{more}");
    };
    let other = "household=guangdong works-in=guangdong";
    check(&format!("{other} insurance=guangdong-employee"), "authority-decides", between("0", "720"));
    check(&format!("{other} insurance=guangdong-resident"), "authority-decides", between("0", "720"));
    // Whether residents' insurance lets them claim in Zhuhai too is not certain.
    check(&format!("{other} insurance=zhuhai-resident"), "authority-decides", between("0", "720"));
    // One place in Zhuhai is enough: what is told is for a claim there.
    check("household=guangdong works-in=zhuhai insurance=guangdong-employee", "not-met", exactly("0"));
    check("household=zhuhai works-in=guangdong insurance=guangdong-employee", "not-met", exactly("0"));
    check(&format!("{other} insurance=zhuhai-employee"), "met", exactly("720"));
}

#[test]
fn exam_at_each_level() {
    let check = |level: &str, scores: &str, state: &str| {
        let found = findings(&format!("goal=exam target-level={level} {scores}"), "2025-09-01");
        let passed = &found["exam-passed"];
        assert_eq!(passed.get("cause").unwrap_or(&passed["state"]), state, "{level} {scores}");
    };
    for (level, both) in
        [("5", "met"), ("4", "met"), ("3", "met"), ("2", "authority-decides"), ("1", "authority-decides")]
    {
        check(level, "theory-score=60 practice-score=60", both);
        check(level, "theory-score=60 practice-score=59", "not-met");
    }
}

#[test]
fn attendance() {
    let check = |attendance: &str, state: &str| {
        let found = findings(&format!("goal=exam attendance={attendance}"), "2025-09-01");
        let certificate = &found["training-certificate"];
        assert_eq!(certificate.get("cause").unwrap_or(&certificate["state"]), state, "{attendance}");
    };
    check("89", "not-met");
    check("90", "authority-decides");
    check("100", "authority-decides");
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
fn rows_of_the_tables() {
    let ids: BTreeSet<&str> = CATALOGUE.iter().map(|(id, _)| *id).chain(SHORTAGE).collect();
    // "A code in both tables is one occupation": programmer, software tester, network operator, AI trainer.
    assert_eq!(ids.len(), 13 + 22 - 4);
}
