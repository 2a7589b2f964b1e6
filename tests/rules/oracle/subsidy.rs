//! S1-S9: whether the subsidy is granted, as a claim or (enrol) as a forecast.

use serde_json::{Map, Value, json};

use super::amount::{Sums, certificate_occupation, in_catalogue, s10, s11, sums};
use super::facts::Facts;
use super::json::{Criterion, finding as finding_object, state_object};
use super::logic::{AUTHORITY, Answer, Given, Met, NO_RULES, NotMet, Open, State, Unknown, all, decided};
use super::tables::{REGULATION, SHORTAGE_VALID};
use super::when::{Day, View, within_twelve_months};

/// S1: age 16 or over; men at most 60, women at most 55.
fn s1(facts: &Facts) -> State {
    let sex = facts.one_of("sex", &["male"]);
    match facts.number("age") {
        Given(age) if age < 16 => NotMet,
        Given(age) if age <= 55 => Met,
        Given(age) if age <= 60 => sex,
        Given(_) => NotMet,
        // Undecided by the age, and by the sex too if that is open.
        Open(age) => match sex {
            Unknown(sex) => Unknown(age.min(sex)),
            Met | NotMet => Unknown(age),
        },
    }
}

/// S2.2: not a full-time student. Under enrol a final-year one is for the bureau to decide.
fn s2_2(facts: &Facts) -> State {
    let not_student = facts.no("full-time-student");
    if facts.goal() != "enrol" {
        return not_student;
    }
    let student_in_final_year =
        facts.text("study-status").judge(|status| if status == "final-year" { AUTHORITY } else { NotMet });
    match (not_student, student_in_final_year) {
        (Met, _) => Met,
        (NotMet, if_student) => if_student,
        // Whether a student at all is open as well as what follows for one.
        (Unknown(student), Unknown(if_student)) => Unknown(student.min(if_student)),
        (Unknown(student), _) => Unknown(student),
    }
}

/// S3: Guangdong household; or there both working and either insured or registered unemployed.
fn s3(facts: &Facts) -> State {
    let household = facts.one_of("household", &["zhuhai", "guangdong"]);
    let insured = facts.text("insurance").judge(|insurance| match insurance {
        "zhuhai-employee" | "zhuhai-flexible" | "guangdong-employee" => Met,
        "zhuhai-resident" | "guangdong-resident" => AUTHORITY,
        _ => NotMet,
    });
    let registered = facts.yes("unemployment-registered");
    // "Insured or registered in Guangdong without either household or work there: unknown, the bureau decides."
    let works = facts.text("works-in").judge(|place| match place {
        "zhuhai" | "guangdong" => Met,
        _ => AUTHORITY,
    });
    household.or(insured.or(registered).and(works))
}

/// S4: issued by a registered social assessment organisation (claim only: a forecast takes that as met), and its
/// occupation in the catalogue.
fn s4(facts: &Facts, view: View) -> State {
    let listed = in_catalogue(certificate_occupation(facts), facts.certificate_date(), view);
    if facts.goal() == "enrol" {
        return listed;
    }
    let issuer = facts.text("certificate-issuer").judge(|issuer| match issuer {
        "assessment-organisation" => Met,
        "employer" => NotMet,
        _ => AUTHORITY,
    });
    issuer.and(listed)
}

/// S5: not issued by an employer.
fn s5(facts: &Facts) -> State {
    facts.text("certificate-issuer").judge(|issuer| decided(issuer != "employer"))
}

/// S6: within 12 months from the certificate's date of issue.
fn s6(facts: &Facts) -> State {
    facts.date("certificate-date").judge(|issued| within_twelve_months(issued, facts.as_of))
}

/// S7: neither the same nor a higher level paid; nothing is higher than level 1.
pub fn s7(facts: &Facts, level: Answer<i64>) -> State {
    let highest = level.judge(|level| decided(level == 1));
    facts.no("paid-same").and(highest.or(facts.no("paid-higher")))
}

/// What the rules of one view say: the criteria, their AND, the sums, and the days of S6.
pub struct Outcome {
    pub criteria: Vec<Criterion>,
    pub state: State,
    pub sums: Sums,
    deadline: Option<Value>,
}

impl Outcome {
    /// What a finding and its `indicative` have in common.
    fn insert_into(&self, object: &mut Map<String, Value>) {
        self.sums.insert_into(object);
        if let Some(deadline) = &self.deadline {
            object.insert("deadline".into(), deadline.clone());
        }
    }
}

pub fn outcome(facts: &Facts, view: View) -> Outcome {
    let in_force = REGULATION.covers(facts.claim_date(), view);
    let by_regulation = |rule: fn(&Facts) -> State| if in_force { rule(facts) } else { NO_RULES };
    let mut criteria = vec![
        ("S1", by_regulation(s1)),
        ("S2.1", by_regulation(|facts| facts.no("established-post"))),
        ("S2.2", by_regulation(s2_2)),
        ("S2.3", by_regulation(|facts| facts.no("pension"))),
        ("S3", by_regulation(s3)),
    ];
    if facts.goal() == "enrol" {
        // "S4's issuer and S5-S9 are taken as met"; "S4's occupation and S10 stand" whenever the claim will be.
        criteria.push(("S4", s4(facts, view)));
    } else {
        criteria.push(("S4", if in_force { s4(facts, view) } else { NO_RULES }));
        criteria.push(("S5", by_regulation(s5)));
        criteria.push(("S6", by_regulation(s6)));
        criteria.push(("S7", by_regulation(|facts| s7(facts, facts.certificate_level()))));
        criteria.push(("S8", by_regulation(|facts| facts.no("paid-this-year"))));
        criteria.push(("S9", by_regulation(|facts| facts.no("paid-unemployment-insurance"))));
    }
    // "AND of S1-S9 (S10-S13 never change its state)".
    let state = all(criteria.iter().map(|(_, state)| *state));
    criteria.push(("S10", s10(facts, view)));
    criteria.push(("S11", s11(facts, view)));
    let sums = if state == NotMet { Sums::Absent } else { sums(facts, view) };
    Outcome { criteria, state, sums, deadline: if in_force { deadline(facts) } else { None } }
}

/// S6: "the day before is the last safe day". A forecast has no certificate yet.
fn deadline(facts: &Facts) -> Option<Value> {
    match facts.date("certificate-date") {
        Given(issued) if facts.goal() == "claim" => {
            let last = issued.twelve_months_later();
            Some(json!({ "safe": last.day_before().to_string(), "last": last.to_string() }))
        }
        Given(_) | Open(_) => None,
    }
}

/// The earliest end of a validity that the claim or the certificate lies, or may lie, beyond.
pub fn known_until(facts: &Facts) -> Option<Day> {
    let regulation = REGULATION.end_passed(facts.claim_date());
    let list = match facts.certificate_date() {
        Given(date) => SHORTAGE_VALID.end_passed(date),
        Open(_) => None,
    };
    regulation.into_iter().chain(list).min()
}

/// S12: the certain places of claim.
fn claim_at(facts: &Facts) -> Vec<&'static str> {
    let mut places = Vec::new();
    if facts.may_claim_in_zhuhai() == Met {
        places.push("zhuhai");
    }
    if facts.may_claim_elsewhere_in_guangdong() == Met {
        places.push("other-guangdong");
    }
    places
}

pub fn finding(facts: &Facts) -> Value {
    let known = outcome(facts, View::AsKnown);
    let mut object = finding_object(known.state, &known.criteria);
    known.insert_into(&mut object);
    if let Some(end) = known_until(facts) {
        let indicative = outcome(facts, View::LastRulesGoOn);
        let mut inner: Map<String, Value> = state_object(indicative.state);
        indicative.insert_into(&mut inner);
        object.insert("indicative".into(), inner.into());
        object.insert("rules-known-until".into(), end.to_string().into());
    }
    let places = claim_at(facts);
    if known.state != NotMet && !places.is_empty() {
        object.insert("claim-at".into(), places.into());
    }
    if facts.goal() == "enrol" {
        let provided = ["S4", "S5", "S6", "S7", "S8", "S9", "may-sit", "exam-passed"];
        object.insert("provided-that".into(), json!(provided));
    }
    object.into()
}
