//! Next year's rules are only new blocks in the tables.
//!
//! All additions are invented: a successor of the regulation with another age limit, a shortage list with a smaller
//! uplift, and another class. Results for last year must stay the same.

use subsidy_checker::{
    consultation::Consultation,
    explain::explain,
    rule_book::{SectionId, clauses, is_named},
    rules::{Action, Advice, Course, FindingId, Phase, Range, Tables, Truth, advice, assess, class_on, other_classes},
    takeaway,
    text::{Language, Text},
};

use crate::{
    frozen::{self, TABLES, block, texts},
    people::{CLAIM, ENROL, EXAM, Said, answers, answers_of, but, day},
    tables::{changed, with_languages},
};

/// Returns the next class, with another fee, remittance note and telephone number.
fn class() -> String {
    block("rules/course.toml", "[[course]]\n")
        .replace("source = \"notice\"", "source = \"invented\"")
        .replace("from = 2025-04-03", "from = 2026-03-01")
        .replace("to = 2025-07-10", "to = 2026-06-30")
        .replace("member-fee = \"3120\"", "member-fee = \"3000\"")
        .replace("number = 3 #", "number = 1 #")
        .replace("三级软协第3期", "三级软协第1期")
        .replace("2025年4月中旬", "2026年3月中旬")
        .replace("17377872077", "10000000000")
        .replace("2025-04-1", "2026-03-1")
        .replace("2025-04-20", "2026-03-20")
        .replace("2025-07", "2026-07")
        .replace("2025-09", "2026-09")
}

/// Returns the tables with the next class, announced early.
fn announced_ahead() -> (&'static Tables, Text) {
    let class = class().replace("source = \"invented\"", "source = \"notice\"");
    let set = with_languages(&[("rules/course.toml", "[[course]]\n", &format!("{class}\n[[course]]\n"))]);
    let set = set.unwrap_or_else(|errors| panic!("{errors}"));
    let text = texts(&set).swap_remove(0);
    (Box::leak(Box::new(set.tables)), text)
}

/// Returns the tables followed by the invented blocks.
fn tables() -> &'static Tables {
    let source = "[[source]]\nid = \"invented\"\ntitle = \"invented\"\n\n[[source]]\nid = \"notice\"";
    let regulation = block("rules/subsidy.toml", "[[subsidy]]\n")
        .replace(
            "source = \"regulation-2023-13\"\nfrom = 2023-08-15\nto = 2025-12-31",
            "source = \"invented\"\nfrom = 2026-01-01",
        )
        .replace("to = 60 }", "to = 63 }");
    let list = "[[shortage]]\nsource = \"invented\"\nplace = \"zhuhai\"\nfrom = 2026-01-01\nuplift = \"0.25\"\noccupations = [\"4-04-05-05\"]\n";
    let class = class();
    changed(&[
        ("rules/sources.toml", "[[source]]\nid = \"notice\"", source),
        ("rules/subsidy.toml", "[[subsidy]]\n", &format!("{regulation}\n[[subsidy]]\n")),
        ("rules/occupations.toml", "[[shortage]]\n", &format!("{list}\n[[shortage]]\n")),
        ("rules/course.toml", "[[course]]\n", &format!("{class}\n[[course]]\n")),
    ])
}

/// Returns a person with a certificate who is too old for the present rules.
fn somebody(others: &str) -> Said {
    but(CLAIM, &format!("age=62;sex=male;employer-member=yes;{others}"))
}

/// Checks the state of the subsidy, its largest amount, and the source of its criteria.
#[track_caller]
fn check(tables: &'static Tables, said: &Said, as_of: &str, expected: (&str, Option<&str>, &str)) {
    let assessment = assess(tables, &answers(said), day(as_of));
    let found = assessment.finding(FindingId::Subsidy).unwrap();
    let most = found.yuan().map(|range| range.max.normalize().to_string());
    assert_eq!((found.state.id(), most.as_deref(), found.criteria[0].source.id), expected, "{as_of} {found:#?}");
}

#[test]
fn a_successor_is_a_new_block() {
    let tables = tables();
    let certificate = |date| somebody(&format!("certificate-date={date}"));
    // The old rules still decide what was claimed while they held; the new ones from their first day on.
    check(tables, &certificate("2025-07-31"), "2025-12-31", ("not-met", None, "regulation-2023-13"));
    check(tables, &certificate("2025-07-31"), "2026-01-01", ("met", Some("3120"), "invented"));
    // The certificate's date decides the list: the old one by its last day, the new one from its first.
    check(tables, &certificate("2025-12-31"), "2026-02-01", ("met", Some("3120"), "invented"));
    check(tables, &certificate("2026-01-01"), "2026-02-01", ("met", Some("3000"), "invented"));
}

#[test]
fn the_next_class_is_a_new_block() {
    let tables = tables();
    let said = somebody("goal=enrol;certificate-date=");
    let fee = |as_of: &str| {
        let assessment = assess(tables, &answers(&said), day(as_of));
        let fee = assessment.finding(FindingId::CourseFee).unwrap();
        let most = |range: Range| range.max.normalize().to_string();
        (fee.state, fee.yuan().map(most), fee.indicative.as_ref().and_then(|then| then.amount.flatten()).map(most))
    };
    let (met, past) = (Truth::Met, Truth::Unknown(subsidy_checker::rules::Cause::NoRulesForDate));
    // A fee of a class that is over is told apart from what holds.
    assert_eq!(fee("2025-05-10"), (met, Some("3120".to_owned()), None));
    assert_eq!(fee("2026-02-28"), (past, None, Some("3120".to_owned())));
    assert_eq!(fee("2026-03-01"), (met, Some("3000".to_owned()), None));
    assert_eq!(fee("2026-07-01"), (past, None, Some("3000".to_owned())));
    // Its certificates are expected under the new rules.
    check(tables, &said, "2026-03-01", ("met", Some("3000"), "invented"));
    // Of the class of 2025 they were expected under the old ones.
    check(tables, &said, "2025-05-10", ("not-met", None, "regulation-2023-13"));
}

/// What a successor words otherwise, or says no more, stands in its block; the earlier regulation keeps its sentences.
#[test]
fn a_successor_has_its_own_sentences() {
    let paid = "when = { question = \"paid-this-year\", is = [\"no\"] }\n";
    let successor = block("rules/subsidy.toml", "[[subsidy]]\n")
        .replace(
            "from = 2023-08-15\nto = 2025-12-31\nuplift-most = \"0.3\"",
            "from = 2026-01-01\nuplift-fixed = \"0.2\"\nplaces-rule = \"invented {uplift_most}\"\nplaces-rule-en = \"English\"",
        )
        .replace("id = \"other-guangdong\"\n", "id = \"other-guangdong\"\nnote = \"also invented {uplift_most}\"\nnote-en = \"also English\"\n")
        .replace(paid, &format!("{paid}[subsidy.criterion.wording]\nheard = \"\"\n"));
    let set = with_languages(&[("rules/subsidy.toml", "[[subsidy]]\n", &format!("{successor}\n[[subsidy]]\n"))]);
    let set = set.unwrap_or_else(|errors| panic!("{errors}"));
    let c = |language: Language, at: usize, expected: (&str, &str)| {
        let text = texts(&set).into_iter().find(|text| text.language == language).unwrap();
        let regulation = &set.tables.subsidies[at];
        let note = regulation.places.last().and_then(|place| place.note).unwrap();
        assert_eq!((text.get(regulation.places_rule), text.get(note)), expected);
    };
    c(Language::ZH_HANS, 1, ("invented 20", "also invented 20"));
    c(Language::EN, 1, ("English", "also English"));
    let earlier = &TABLES.subsidies[0];
    let text = frozen::text(Language::ZH_HANS);
    let note = earlier.places.last().and_then(|place| place.note).unwrap();
    c(Language::ZH_HANS, 0, (text.get(earlier.places_rule), text.get(note)));
    let heard = |at: usize| {
        let criterion = set.tables.subsidies[at].criteria.iter().find(|one| one.id == "S8");
        criterion.and_then(|one| one.wording.heard).is_some()
    };
    assert_eq!([heard(0), heard(1)], [true, false]);
}

/// Returns every line of the explanation, and the remittance note.
fn told((tables, text): (&'static Tables, Text), somebody: &str, as_of: &str) -> Vec<String> {
    let consultation = Consultation::new(tables, &answers(&but(somebody, "")), day(as_of));
    let note = consultation.assessment.course.and_then(|course| takeaway::note(course, "李明"));
    let plain = explain(text, tables, &consultation, None).plain(text, as_of, "");
    plain.lines().map(str::to_owned).chain(note).collect()
}

/// Before its first day the next class changes nothing: not the fee and dates, nor the remittance note, the
/// telephone numbers, the documents, or the end of the present class.
#[test]
fn a_class_that_is_announced_ahead_changes_nothing_before() {
    let ahead = announced_ahead();
    let now: (&'static Tables, Text) = (&TABLES, frozen::text(Language::ZH_HANS));
    for somebody in [ENROL, EXAM, CLAIM] {
        for as_of in ["2025-04-05", "2025-04-15", "2025-05-10", "2025-09-01", "2026-02-28"] {
            assert_eq!(told(ahead, somebody, as_of), told(now, somebody, as_of), "{as_of}");
        }
    }
    let told = told(ahead, ENROL, "2026-03-01").join("\n");
    assert!(told.contains("10000000000") && told.ends_with("李明三级软协第1期人工智能训练师培训费"), "{told}");
}

/// Returns the tables with a class that can be joined while the one of 2025 is still running, and one that is
/// announced for later.
fn three_classes() -> (&'static Tables, Text) {
    let class = |from: &str, number: u8| {
        class()
            .replace("source = \"invented\"", "source = \"notice\"")
            .replace("from = 2026-03-01", &format!("from = {from}"))
            .replace("number = 1 #", &format!("number = {number} #"))
            .replace("三级软协第1期", &format!("三级软协第{number}期"))
    };
    let (early, late) = (class("2025-06-01", 4), class("2026-01-01", 1).replace("2026-03-", "2026-05-"));
    let set = with_languages(&[("rules/course.toml", "[[course]]\n", &format!("{early}\n{late}\n[[course]]\n"))]);
    let set = set.unwrap_or_else(|errors| panic!("{errors}"));
    let text = texts(&set).swap_remove(0);
    (Box::leak(Box::new(set.tables)), text)
}

/// Of several classes, the one that can be joined and begins first is meant; the others are named beside it.
#[test]
fn classes_that_overlap_are_told_apart() {
    let (tables, text) = three_classes();
    let c = |as_of: &str, (own, phase): (&str, Phase), others: &[&str]| {
        let (course, found) = class_on(tables, day(as_of));
        let named = |course: &Course| text.get(course.name);
        let beside: Vec<_> = other_classes(tables, day(as_of)).map(named).collect();
        assert_eq!((course.map(named).unwrap(), found, beside.as_slice()), (own, phase, others), "{as_of}");
    };
    let (third, fourth, first) = ("2025年第3期", "2026年第4期", "2026年第1期");
    c("2025-04-02", (third, Phase::Before), &[fourth, first]);
    c("2025-04-20", (third, Phase::During), &[fourth, first]);
    // The third class is running and can't be joined; the fourth isn't announced yet.
    c("2025-05-31", (third, Phase::During), &[fourth, first]);
    c("2025-06-01", (fourth, Phase::During), &[first]);
    c("2026-01-01", (fourth, Phase::During), &[first]);
    c("2026-03-21", (first, Phase::During), &[]);
    c("2026-07-01", (first, Phase::Past), &[]);
    // The person is told the fee, days and telephone number of the class that is meant.
    let told = told((tables, text), ENROL, "2025-06-01").join("\n");
    assert!(told.contains("2026年3月中旬") && told.ends_with("李明三级软协第4期人工智能训练师培训费"), "{told}");
}

/// What another block brings is not said to come of age and years of work: nobody is advised to wait for it.
#[test]
fn waiting_for_another_block_is_no_advice() {
    let c = |tables: &'static Tables, finding: FindingId, somebody: &str, as_of: &str, expected: &[Action]| {
        let waits = |one: &Advice| one.finding == finding && matches!(one.action, Action::Wait(_) | Action::From(_));
        let all = advice(tables, &answers_of(tables, &but(ENROL, somebody)), day(as_of));
        let found: Vec<_> = all.into_iter().filter(waits).map(|one| one.action).collect();
        assert_eq!(found, expected, "{somebody:?} {as_of}");
    };
    // A cheaper class.
    let (tables, _) = announced_ahead();
    for as_of in ["2025-04-05", "2025-05-10", "2026-02-28"] {
        c(tables, FindingId::CourseFee, "works-in=zhuhai;employer-member=dont-know", as_of, &[]);
    }
    // A catalogue with higher amounts.
    let catalogue = block("rules/occupations.toml", "[[catalogue]]\n")
        .split("[[shortage]]")
        .next()
        .unwrap()
        .replace("from = 2025-01-01", "from = 2026-01-01")
        .replace("\"2400\"", "\"2500\"");
    let ended = changed(&[
        ("rules/occupations.toml", "from = 2025-01-01", "from = 2025-01-01\nto = 2025-12-31"),
        ("rules/occupations.toml", "[[catalogue]]\n", &format!("{catalogue}\n[[catalogue]]\n")),
    ]);
    c(ended, FindingId::Subsidy, "", "2025-05-10", &[]);
    // Whom waiting helps by itself still hears of it.
    c(ended, FindingId::Subsidy, "age=15", "2025-05-10", &[Action::Wait(1)]);
}

/// A clause of the rule book that several blocks have is addressed by its id once: on the page of a day it is that of the
/// block in force.
#[test]
fn an_address_in_the_rule_book_means_the_block_of_the_day() {
    let tables = tables();
    let c = |section: SectionId, id: &str, as_of: &str, source: &str| {
        let as_of = day(as_of);
        let all = clauses(tables, class_on(tables, as_of).0, section);
        let named = (0..all.len()).filter(|at| all[*at].id == id && is_named(&all, *at, as_of));
        let sources: Vec<_> = named.map(|at| all[at].source.id).collect();
        assert_eq!(sources, [source], "{id} on {as_of}");
    };
    c(SectionId::Subsidy, "S1", "2025-12-31", "regulation-2023-13");
    c(SectionId::Subsidy, "S1", "2026-01-01", "invented");
    c(SectionId::Course, "C1", "2025-05-10", "notice");
    // Between the classes: the one that is over.
    c(SectionId::Course, "C1", "2025-12-31", "notice");
    c(SectionId::Course, "C1", "2026-03-01", "invented");
    c(SectionId::Amounts, "shortage", "2025-12-31", "shortage-2022");
    c(SectionId::Amounts, "shortage", "2026-01-01", "invented");
}
