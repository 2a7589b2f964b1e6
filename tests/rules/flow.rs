//! The questionnaire: what it asks of whom, and that nothing asked is idle and nothing left out is missed.

use subsidy_checker::{
    flow,
    rules::{Answers, Date, FindingId, QuestionId, TABLES, assess, read},
};

use crate::people::{Crowd, Person, Said, answers, day};

/// Answers every question that comes up, by the list or else with its first value; returns what was asked.
fn check(as_of: &str, said: &[(&str, &str)], expected: &str) {
    let mut known = Answers::NONE;
    let mut asked = Vec::new();
    while let Some(step) = flow::replay(&TABLES, &known, day(as_of)).next {
        for question in step.questions {
            let value = said.iter().find(|(id, _)| *id == question.id.id()).map(|(_, value)| *value);
            let value = value.unwrap_or_else(|| panic!("{} is asked, after {asked:?}", question.id.id()));
            known.set(question.id, Some(read(question, value).unwrap()));
            asked.push(question.id.id());
        }
    }
    assert_eq!(asked.join(" "), expected);
}

/// Somebody who considers the class, 30, a graduate who has worked three years, insured in Zhuhai.
const SOMEBODY: [(&str, &str); 18] = [
    ("goal", "enrol"),
    ("work-field", "this"),
    ("years-worked", "3"),
    ("certificate-held", "none"),
    ("title", "none"),
    ("education", "university"),
    ("major", "matching"),
    ("study-status", "graduated"),
    ("works-in", "zhuhai"),
    ("employer-member", "yes"),
    ("household", "zhuhai"),
    ("insurance", "zhuhai-employee"),
    ("unemployment-registered", "no"),
    ("age", "30"),
    ("established-post", "no"),
    ("full-time-student", "no"),
    ("pension", "no"),
    ("sex", "male"),
];

/// Somebody with a few other answers.
fn but(others: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    [others, &SOMEBODY].concat()
}

#[test]
fn asks_in_the_order_of_the_tables_and_only_what_matters() {
    let rest = "established-post full-time-student pension";
    let entry = "goal work-field years-worked certificate-held title education major study-status";
    let all = format!("{entry} works-in employer-member household insurance age {rest}");
    check("2025-05-10", &but(&[]), &all);
    // After the rules' end the same is asked, for what held until then.
    check("2026-11-24", &but(&[]), &all);
    // Whoever doesn't work has no employer; between 56 and 60 the sex counts.
    let older = [("works-in", "not-working"), ("age", "56")];
    check("2025-05-10", &but(&older), &format!("{entry} works-in household insurance age sex {rest}"));
    // Neither household nor insurance: being registered as unemployed may help. Who is out is asked no more, but for
    // the age, which the exam asks for too.
    let outside = [("household", "elsewhere"), ("insurance", "none")];
    check(
        "2025-05-10",
        &but(&outside),
        &format!("{entry} works-in employer-member household insurance unemployment-registered"),
    );
    // Not knowing the age, the sex can't change anything.
    check("2025-05-10", &but(&[("age", "dont-know")]), &all);
    check("2025-05-10", &but(&[("age", "61")]), &format!("{entry} works-in employer-member household insurance age"));
    // Who never worked has no years, and no title counts without any; with a certificate and a title the years since them count.
    check(
        "2025-05-10",
        &but(&[("work-field", "never-worked")]),
        &all.replace(" years-worked", "").replace(" title", ""),
    );
    let held = [
        ("certificate-held", "4"),
        ("years-worked-since-certificate", "1"),
        ("title", "junior"),
        ("years-worked-since-title", "0"),
    ];
    check(
        "2025-05-10",
        &but(&held),
        "goal work-field years-worked certificate-held years-worked-since-certificate title years-worked-since-title \
         education major study-status works-in employer-member household insurance age established-post \
         full-time-student pension",
    );
}

#[test]
fn the_marks_and_the_certificate() {
    check(
        "2025-08-01",
        &[
            ("goal", "exam"),
            ("theory-score", "60"),
            ("practice-score", "59"),
            ("passed-on", "2025-07-05"),
            ("resit-used", "no"),
            ("attendance", "90"),
        ],
        "goal theory-score practice-score passed-on resit-used attendance",
    );
    check(
        "2025-08-01",
        &[("goal", "exam"), ("theory-score", "60"), ("practice-score", "60"), ("attendance", "90")],
        "goal theory-score practice-score attendance",
    );
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
    check(
        "2025-12-01",
        &[&certificate[..], &SOMEBODY].concat(),
        "goal certificate-occupation certificate-level certificate-date certificate-issuer works-in household insurance \
         age established-post full-time-student pension paid-same paid-higher paid-this-year paid-unemployment-insurance",
    );
    // An employer's own certificate is out at once.
    check(
        "2025-12-01",
        &[&[("certificate-issuer", "employer")], &certificate[..]].concat(),
        "goal certificate-occupation certificate-level certificate-date certificate-issuer",
    );
}

#[test]
fn a_changed_answer_keeps_the_others_and_what_no_longer_matters_is_not_used() {
    let written = [
        ("goal", "enrol"),
        ("work-field", "never-worked"),
        ("years-worked", "7"),
        ("certificate-held", "none"),
        ("title", "senior"),
        ("works-in", "not-working"),
        ("employer-member", "yes"),
    ];
    let written: Said = written.map(|(id, value)| (id.to_owned(), value.to_owned())).into();
    let path = flow::replay(&TABLES, &answers(&written), day("2025-05-10"));
    assert_eq!(path.used.get(QuestionId::YearsWorked), None);
    assert_eq!(path.used.get(QuestionId::Title), None);
    assert!(path.used.get(QuestionId::CertificateHeld).is_some());
    assert_eq!(path.next.and_then(|step| step.id()), Some(QuestionId::Education));
}

/// What people are told, without the causes: what was not asked may be open for another reason, never with another
/// result.
fn told(answers: &Answers, as_of: Date) -> Vec<String> {
    let findings = assess(&TABLES, answers, as_of).findings;
    let each = findings.into_iter().map(|one| {
        // Nobody is asked for the sake of a call that is over.
        let then = one.indicative.filter(|_| one.id != FindingId::DistrictCraftsman);
        let then = then.map(|then| (then.state.id(), then.amount));
        let highest = one.sitting.and_then(|sitting| sitting.highest_level);
        format!(
            "{} {} {:?} {:?} {:?} {highest:?} {then:?}",
            one.id.id(),
            one.state.id(),
            one.amount,
            one.deadline,
            one.claim_at
        )
    });
    each.collect()
}

#[test]
fn what_is_asked_gives_the_same_findings_as_all_answers() {
    let mut crowd = Crowd::new(&[&TABLES], 7);
    let mut most = 0;
    for _ in 0..20_000 {
        let Person { mut said, as_of } = crowd.person();
        // Everything is answered, if only by not knowing.
        for question in TABLES.questions {
            said.entry(question.id.id().to_owned()).or_insert_with(|| "dont-know".to_owned());
        }
        let all = answers(&said);
        let path = flow::replay(&TABLES, &all, as_of);
        assert!(path.next.is_none());
        most = most.max(path.asked.len());
        assert_eq!(told(&path.used, as_of), told(&all, as_of), "{as_of} {said:?}");
    }
    println!("at most {most} pages");
    assert!(most <= 18, "{most} pages");
}
