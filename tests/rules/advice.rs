//! Advice: what it says, by whom it is asked.

use subsidy_checker::rules::{Advice, Kind, Step, TABLES, Truth, advice};

use crate::people::{Said, answers, day};

const SOMEBODY: [(&str, &str); 14] = [
    ("goal", "enrol"),
    ("work-field", "this"),
    ("years-worked", "3"),
    ("certificate-held", "none"),
    ("title", "none"),
    ("education", "none"),
    ("works-in", "zhuhai"),
    ("employer-member", "no"),
    ("household", "zhuhai"),
    ("insurance", "zhuhai-employee"),
    ("age", "30"),
    ("established-post", "no"),
    ("full-time-student", "no"),
    ("pension", "no"),
];

/// All advice, a line each: finding, step, from what to what.
#[track_caller]
fn check(as_of: &str, others: &[(&str, &str)], expected: &[&str]) {
    let said: Said = SOMEBODY.iter().chain(others).map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    let found: Vec<_> = advice(&TABLES, &answers(&said), day(as_of)).iter().map(words).collect();
    assert_eq!(found, expected, "{said:?}");
}

fn words(advice: &Advice) -> String {
    let value = |id, answer| {
        let question = TABLES.question(id).unwrap();
        assert!(matches!(question.kind, Kind::Choice(_)));
        format!("{}={}", question.id.id(), subsidy_checker::rules::write(question, answer).unwrap())
    };
    let step = match advice.step {
        Step::Change(id, answer) => format!("change {}", value(id, answer)),
        Step::FindOut(id, answer) => format!("find out {}", value(id, answer)),
        Step::Wait(years) => format!("wait {years}"),
        Step::Before(day) => format!("before {day}"),
    };
    let outcome = |state: Truth, most: Option<String>| format!("{}{}", state.id(), most.unwrap_or_default());
    let most = |range: subsidy_checker::rules::Range| format!(" {}", range.max.normalize());
    let (now, then) = (advice.now, advice.then);
    let (now, then) = (outcome(now.state, now.amount.map(most)), outcome(then.state, then.amount.map(most)));
    format!("{}: {step}: {now} -> {then}", advice.finding.id())
}

#[test]
fn being_insured_as_an_employee_adds_the_uplift() {
    check(
        "2025-05-10",
        &[("insurance", "none"), ("certificate-held", "4"), ("years-worked-since-certificate", "4")],
        &["subsidy: change insurance=zhuhai-employee: met 2400 -> met 3120"],
    );
}

#[test]
fn what_is_open_is_worth_finding_out() {
    check(
        "2025-05-10",
        &[("insurance", "dont-know"), ("certificate-held", "4"), ("years-worked-since-certificate", "4")],
        &["subsidy: find out insurance=zhuhai-employee: met 2400 -> met 3120"],
    );
}

#[test]
fn one_more_year_of_work() {
    check(
        "2025-05-10",
        &[
            ("certificate-held", "4"),
            ("years-worked-since-certificate", "3"),
            ("major", "other"),
            ("study-status", "graduated"),
        ],
        &["may-sit: wait 1: not-met -> met"],
    );
}

#[test]
fn a_claim_that_is_met_has_a_last_safe_day() {
    let certificate = [
        ("goal", "claim"),
        ("certificate-occupation", "4-04-05-05"),
        ("certificate-level", "3"),
        ("certificate-date", "2025-07-31"),
        ("certificate-issuer", "assessment-organisation"),
        ("paid-same", "no"),
        ("paid-higher", "no"),
        ("paid-this-year", "no"),
        ("paid-unemployment-insurance", "no"),
    ];
    check("2025-12-01", &certificate, &["subsidy: before 2026-07-30: met 3120 -> met 3120"]);
}

#[test]
fn nothing_helps_an_established_post() {
    check(
        "2025-05-10",
        &[("established-post", "yes"), ("certificate-held", "4"), ("years-worked-since-certificate", "4")],
        &[],
    );
}
