//! The changes of docs/changing.md that need data and wording only, each made on a copy of the tables and asked for its
//! effect.
//!
//! Everything added here is invented.

use subsidy_checker::{
    consultation::Consultation,
    flow,
    rules::{FindingId, Tables, assess},
    text::Text,
};

use crate::{
    frozen::{copy, texts},
    people::{CLAIM, EXAM, answers_of, but, day},
    tables::{languages, replace, with_languages},
};

/// Inserts text before other text, in a file of the rules or in every language. Returns the tables, and the wording in Simplified
/// Chinese.
fn changed(rules: &[(&str, &str, &str)], wording: &[(&str, &str)]) -> (&'static Tables, Text) {
    let in_rules = rules.iter().map(|(file, before, new)| (*file, *before, format!("{new}{before}")));
    let languages = languages();
    let in_languages = languages
        .iter()
        .flat_map(|file| wording.iter().map(move |(before, new)| (file.as_str(), *before, format!("{new}{before}"))));
    let changes: Vec<_> = in_rules.chain(in_languages).collect();
    let changes: Vec<_> = changes.iter().map(|(file, from, to)| (*file, *from, to.as_str())).collect();
    let set = with_languages(&changes).unwrap_or_else(|errors| panic!("{errors}"));
    let text = texts(&set).swap_remove(0);
    (Box::leak(Box::new(set.tables)), text)
}

/// A claim with some other answers: the states of the subsidy and of one criterion, and that criterion's title.
#[track_caller]
fn claim(
    (tables, text): (&'static Tables, Text),
    others: &str,
    clause: &str,
) -> (&'static str, &'static str, &'static str) {
    let consultation = Consultation::new(tables, &answers_of(tables, &but(CLAIM, others)), day("2025-09-01"));
    let subsidy = consultation.assessment.finding(FindingId::Subsidy).unwrap();
    let criterion = subsidy.criteria.iter().find(|one| one.criterion.id == clause);
    let criterion = criterion.unwrap_or_else(|| panic!("no criterion {clause}"));
    (subsidy.state.id(), criterion.state.id(), text.get(criterion.criterion.wording.title))
}

#[test]
fn a_criterion() {
    let criterion = "[[subsidy.criterion]]\nclause = \"S2.4\"\nbasis = \"inferred\"\n\
                     when = { question = \"works-in\", is = [\"zhuhai\", \"guangdong\", \"elsewhere\"] }\n\n";
    let wording = "[criterion.S2-4]\ntitle = \"invented\"\nrule = \"invented\"\nrefused = \"invented\"\n\n";
    let changed = changed(
        &[("rules/subsidy.toml", "[[subsidy.criterion]]\nclause = \"S3\"", criterion)],
        &[("[criterion.S3]", wording)],
    );
    assert_eq!(claim(changed, "works-in=zhuhai", "S2.4"), ("met", "met", "invented"));
    let out_of_work = "works-in=not-working;unemployment-registered=no";
    assert_eq!(claim(changed, out_of_work, "S2.4"), ("not-met", "not-met", "invented"));
}

#[test]
fn an_occupation_with_its_amounts() {
    let occupation = "[[occupation]]\nid = \"invented-1\"\nname = \"invented\"\n\n";
    let row = "[[catalogue.row]]\noccupation = \"invented-1\"\nclass = \"B\"\n\n";
    let (tables, text) = changed(
        &[
            ("rules/occupations.toml", "[[occupation]]\n", occupation),
            ("rules/occupations.toml", "[[catalogue.row]]", row),
        ],
        &[],
    );
    let others = "certificate-occupation=invented-1";
    assert_eq!(claim((tables, text), others, "S10").1, "met");
    let answers = answers_of(tables, &but(CLAIM, others));
    let assessment = Consultation::new(tables, &answers, day("2025-09-01")).assessment;
    let base = assessment.finding(FindingId::Subsidy).unwrap().base.flatten().unwrap();
    // Level 3 of class B.
    assert_eq!(base.max.normalize().to_string(), "2000");
}

#[test]
fn a_value_of_a_question() {
    let changed = changed(
        &[
            ("rules/questions.toml", "\"elsewhere\", \"hk-mo-tw\"]", "\"invented\", "),
            // With it the criterion of household and work is met.
            ("rules/subsidy.toml", "\"guangdong\"] },\n    { all = [\n        { any = [", "\"invented\", "),
        ],
        &[("value.hk-mo-tw = ", "value.invented = \"invented\"\n")],
    );
    let others =
        |household: &str| format!("household={household};works-in=elsewhere;insurance=none;unemployment-registered=no");
    assert_eq!(claim(changed, &others("invented"), "S3").1, "met");
    assert_eq!(claim(changed, &others("elsewhere"), "S3").1, "not-met");
}

#[test]
fn a_paper_to_bring() {
    let paper = "[[subsidy.paper]]\nid = \"invented\"\nbasis = \"unverified\"\n\n";
    let (tables, text) = changed(
        &[("rules/subsidy.toml", "[[subsidy.paper]]\nid = \"identity\"", paper)],
        &[("account = ", "invented = \"invented\"\n")],
    );
    let answers = answers_of(tables, &but(CLAIM, ""));
    let assessment = Consultation::new(tables, &answers, day("2025-09-01")).assessment;
    let regulation = assessment.finding(FindingId::Subsidy).unwrap().regulation.unwrap();
    assert_eq!((regulation.papers[0].id, text.get(regulation.papers[0].wording)), ("invented", "invented"));
}

#[test]
fn a_question() {
    let question = "[[question]]\nid = \"invented\"\nfrom = 0\nto = 9\n\n";
    let criterion = "[[subsidy.criterion]]\nclause = \"S9.1\"\nbasis = \"inferred\"\n\
                     when = { question = \"invented\", to = 2 }\n\n";
    let asked = "[question.invented]\ntitle = \"invented\"\nshort = \"invented\"\nwhy = \"invented\"\n\n";
    let worded = "[criterion.S9-1]\ntitle = \"invented\"\nrule = \"invented {0}\"\nrefused = \"invented\"\n\n";
    let (tables, text) = changed(
        &[
            ("rules/questions.toml", "[[question]]\nid = \"front-line-post\"", question),
            ("rules/subsidy.toml", "[[subsidy.criterion]]\nclause = \"S11\"", criterion),
        ],
        &[("[question.front-line-post]", asked), ("[criterion.S11]", worded)],
    );
    assert_eq!(claim((tables, text), "invented=2", "S9.1"), ("met", "met", "invented"));
    assert_eq!(claim((tables, text), "invented=3", "S9.1"), ("not-met", "not-met", "invented"));
    // A person who hasn't answered it yet is asked.
    let path = flow::replay(tables, &answers_of(tables, &but(CLAIM, "")), day("2025-09-01"));
    assert_eq!(path.next.and_then(|page| page.id()).map(|id| tables.name_of(id)), Some("invented"));
}

#[test]
fn a_place_to_claim_at() {
    let place = "[[subsidy.place]]\nid = \"invented\"\nwhen = { question = \"household\", is = [\"hk-mo-tw\"] }\n\n";
    let named = "[place.invented]\nname = \"invented\"\nnote = \"another note\"\n\n";
    let (tables, text) = changed(
        &[("rules/subsidy.toml", "[[subsidy.place]]\nid = \"other-guangdong\"", place)],
        &[("[place.other-guangdong]", named)],
    );
    let places = |household: &str| {
        let answers = answers_of(tables, &but(CLAIM, &format!("household={household}")));
        let assessment = Consultation::new(tables, &answers, day("2025-09-01")).assessment;
        let at = assessment.finding(FindingId::Subsidy).unwrap().claim_at.clone();
        at.iter()
            .map(|place| (place.id, text.get(place.name), place.note.map(|note| text.get(note))))
            .collect::<Vec<_>>()
    };
    let (zhuhai, invented) = (("zhuhai", "珠海", None), ("invented", "invented", Some("another note")));
    assert_eq!(places("hk-mo-tw"), [zhuhai, invented]);
    assert_eq!(places("zhuhai"), [zhuhai]);
}

/// The tables with a second city: its values of three questions, its place, and its list with another uplift.
fn second_city() -> (&'static Tables, Text) {
    let place = "[[subsidy.place]]\nid = \"invented\"\n[subsidy.place.when]\nany = [\n\
                 { question = \"household\", is = [\"invented\"] },\n\
                 { question = \"insurance\", is = [\"invented-employee\"] },\n\
                 { question = \"works-in\", is = [\"invented\"] },\n]\n\n";
    let list = "[[shortage]]\nsource = \"shortage-2022\"\nplace = \"invented\"\nfrom = 2025-07-15\n\
                uplift = \"0.1\"\ncomplete = true\noccupations = [\"4-04-05-05\"]\n\n";
    let needs = "{ all = [\n{ listed = \"shortage\", place = \"invented\" },\n\
                 { question = \"insurance\", is = [\"invented-employee\"] },\n] },\n        ";
    changed(
        &[
            ("rules/questions.toml", "\"elsewhere\", \"not-working\"]\n", "\"invented\", "),
            ("rules/questions.toml", "\"elsewhere\", \"hk-mo-tw\"]", "\"invented\", "),
            ("rules/questions.toml", "\"zhuhai-flexible\",\n", "\"invented-employee\",\n    "),
            // The new place is in the province.
            ("rules/subsidy.toml", "\"guangdong\"] },\n    { all = [\n        { any = [", "\"invented\", "),
            ("rules/subsidy.toml", "\"guangdong-employee\"], open = [\"zhuhai-resident\"", "\"invented-employee\", "),
            ("rules/subsidy.toml", "\"guangdong\"], open = [\"elsewhere\", \"not-working\"", "\"invented\", "),
            ("rules/subsidy.toml", "{ all = [\n            { listed = \"shortage\"", needs),
            ("rules/subsidy.toml", "[[subsidy.place]]\nid = \"other-guangdong\"", place),
            ("rules/occupations.toml", "[[shortage]]\n", list),
        ],
        &[
            ("value.not-working = ", "value.invented = \"invented\"\n"),
            ("value.hk-mo-tw = ", "value.invented = \"invented\"\n"),
            ("value.zhuhai-flexible = ", "value.invented-employee = \"invented\"\n"),
            ("[place.other-guangdong]", "[place.invented]\nname = \"invented\"\n\n"),
            ("[shortage.zhuhai]", "[shortage.invented]\nrule = \"invented {uplift}\"\n\n"),
        ],
    )
}

/// What a person can claim in yuan, from and to, and where.
fn claimed(tables: &'static Tables, others: &str) -> (String, String) {
    let answers = answers_of(tables, &but(CLAIM, others));
    let assessment = Consultation::new(tables, &answers, day("2025-09-01")).assessment;
    let subsidy = assessment.finding(FindingId::Subsidy).unwrap();
    let amount = subsidy.yuan().map(|amount| format!("{} {}", amount.min.normalize(), amount.max.normalize()));
    let places: Vec<_> = subsidy.claim_at.iter().map(|place| place.id).collect();
    (amount.unwrap_or_default(), places.join(" "))
}

#[test]
fn a_second_city_with_its_list() {
    let (tables, text) = second_city();
    let check = |others: &str, state: &str, amount: &str, places: &str| {
        assert_eq!(claim((tables, text), others, "S11").1, state, "{others}");
        assert_eq!(claimed(tables, others), (amount.to_owned(), places.to_owned()), "{others}");
    };
    check("", "met", "3120 3120", "zhuhai");
    let there = "household=invented;insurance=invented-employee;works-in=invented";
    check(there, "met", "2640 2640", "invented");
    // The other city's list has all that its document has, that of Zhuhai is an excerpt.
    check(&format!("{there};certificate-occupation=4-04-04-06"), "not-met", "2000 2000", "invented");
    check("certificate-occupation=4-04-04-06", "unknown", "2000 2600", "zhuhai");
    // In both places, insured in one of them.
    check("household=invented", "met", "3120 3120", "zhuhai invented");
    check("insurance=invented-employee", "met", "2640 2640", "zhuhai invented");
    // Where the insurance isn't known, either list may count.
    check("household=invented;insurance=dont-know", "unknown", "2400 3120", "zhuhai invented");
    // A third city, of which there is no list.
    let elsewhere = "household=guangdong;insurance=guangdong-employee;works-in=guangdong";
    check(elsewhere, "unknown", "2400 3120", "other-guangdong");
    // That a city has no list yet concerns those who can claim there.
    let before = |others: &str| claim((tables, text), &format!("{others};certificate-date=2025-07-14"), "S11").1;
    assert_eq!([before(""), before(there)], ["met", "unknown"]);
}

/// The share that is added is fixed by the regulation, or by nobody.
#[test]
fn another_who_fixes_the_uplift() {
    let amount = |changes: &[(&str, &str, &str)]| {
        let set = with_languages(changes).unwrap_or_else(|errors| panic!("{errors:#?}"));
        claimed(Box::leak(Box::new(set.tables)), "").0
    };
    let regulation = ("rules/subsidy.toml", "uplift-most = \"0.3\"", "uplift-fixed = \"0.2\"");
    assert_eq!(amount(&[]), "3120 3120");
    assert_eq!(amount(&[regulation]), "2880 2880");
    let languages = languages();
    let mut changes = vec![("rules/occupations.toml", "uplift = \"0.3\"\n", "")];
    changes.extend(languages.iter().map(|file| (file.as_str(), "{uplift}", "")));
    assert_eq!(amount(&changes), "2400 3120");
    changes.push(regulation);
    assert_eq!(amount(&changes), "2880 2880");
}

/// A list can be that of the day of the claim instead of the day of the certificate.
#[test]
fn another_day_that_decides_the_list() {
    let state = |decided_by: &str| {
        let ended = format!("to = 2025-08-31\ndecided-by = \"{decided_by}\"\nuplift = \"0.3\"");
        let set = with_languages(&[("rules/occupations.toml", "to = 2025-12-31\nuplift = \"0.3\"", &ended)]);
        let set = set.unwrap_or_else(|errors| panic!("{errors:#?}"));
        let text = texts(&set).swap_remove(0);
        claim((Box::leak(Box::new(set.tables)), text), "certificate-date=2025-07-31", "S11").1
    };
    assert_eq!([state("certificate"), state("claim")], ["met", "unknown"]);
}

/// Outside a list that is complete nothing is left to an office.
#[test]
fn a_complete_list() {
    let complete = |changes: &[(&str, &str, &str)]| changed(changes, &[]);
    let catalogue = ("rules/occupations.toml", "\n[[catalogue.criterion]]", "complete = true\n");
    let list = ("rules/occupations.toml", "uplift = \"0.3\"", "complete = true\n");
    // An occupation without a row, and one of the catalogue that isn't short.
    let (none, other) = ("certificate-occupation=other", "certificate-occupation=4-04-04-06");
    let amounts = |somebody: &str, clause: &str, changes: &[(&str, &str, &str)]| {
        let (state, criterion, _) = claim(complete(changes), somebody, clause);
        (state, criterion)
    };
    assert_eq!(amounts(none, "S4", &[]), ("unknown", "unknown"));
    assert_eq!(amounts(none, "S4", &[catalogue]), ("not-met", "not-met"));
    assert_eq!(amounts(other, "S11", &[]), ("met", "unknown"));
    assert_eq!(amounts(other, "S11", &[list]), ("met", "not-met"));
    // The day of the certificate isn't known: no list has the occupation, whichever holds.
    let undated = format!("{none};certificate-date=dont-know");
    assert_eq!(amounts(&undated, "S4", &[]).1, "unknown");
    assert_eq!(amounts(&undated, "S4", &[catalogue]).1, "not-met");
}

/// A fourth language, with the words of the English but one.
#[test]
fn a_language() {
    let folder = copy();
    let path = |file: &str| folder.path().join(file);
    std::fs::copy(path("locales/en.toml"), path("locales/sr-Latn.toml")).unwrap();
    let about = "order = 3\ntags = [\"eng\"]\nofficial-names = true\nfor-others = true\n";
    let invented = "order = 999\ntags = [\"sr\"]\nofficial-names = true\n";
    replace(folder.path(), "locales/sr-Latn.toml", about, invented);
    replace(folder.path(), "locales/sr-Latn.toml", "go_on = \"Continue\"", "go_on = \"invented\"");
    let column = "name-en = \"ICT network operations administrator\"\n";
    let invented = format!("name-sr-latn = \"invented\"\n{column}");
    replace(folder.path(), "rules/occupations.toml", column, &invented);

    let set = tables::read(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    let languages = &set.languages;
    let last = languages.all().last().unwrap();
    assert_eq!((last.id, last.tags.join(" ").as_str(), last.is_for_others), ("sr-Latn", "sr-latn sr", false));
    let message = |key: &str| languages.say("sr-Latn", languages.message(key).unwrap(), |_| None).unwrap();
    assert_eq!([message("start.go_on"), message("start.again")], ["invented", "Check something else"]);
    // A name, and one that is missing in this language.
    let name = |language: &str, at: usize| languages.say(language, set.tables.occupations[at].name, |_| None).unwrap();
    assert_eq!(name("sr-Latn", 0), "invented (信息通信网络运行管理员)");
    assert_eq!(name("sr-Latn", 1), "网络与信息安全管理员");
    assert_eq!(name("en", 1), "Network and information security administrator (网络与信息安全管理员)");
    // The program has it, with both files.
    let program = tables::bake(&set).messages;
    assert!(program.contains("Language(\"sr-Latn\")"), "the program doesn't have the language");
    let files: Vec<_> = languages.files().into_iter().map(|(name, _)| name).collect();
    assert!(files.ends_with(&["sr-Latn.text".to_owned(), "sr-Latn.later.text".to_owned()]), "{files:?}");
}

/// A level-2 exam with a third subject, its mark, and the fees of all three.
#[test]
fn a_subject_of_the_exam() {
    let fee = |amount: &str| format!("[[exam.subject.fee]]\nlevels = [2]\namount = \"{amount}\"\n\n");
    let question = "[[question]]\nid = \"review-score\"\nfrom = 0\nto = 100\n\n[[question]]\nid = \"passed-on\"";
    let practice = format!("{}[[exam.subject]]\nid = \"practice\"", fee("120"));
    let review = format!(
        "{}[[exam.subject]]\nid = \"review\"\nlevels = [2]\nfailed = {{ question = \"review-score\", to = 59 }}\n{}\
         [[exam.criterion]]\nclause = \"X1\"",
        fee("500"),
        fee("300")
    );
    let failed = "{ all = [{ question = \"theory-score\", from = 60 }, { question = \"practice-score\", to = 59 }] },";
    let resit = format!(
        "{{ all = [{{ question = \"certificate-level\", is = [\"2\"] }}, {{ question = \"theory-score\", from = 60 }}] }},\n\
         {failed}"
    );
    let mut changes = vec![
        ("rules/questions.toml", "[[question]]\nid = \"passed-on\"", question),
        ("rules/exam.toml", "[[exam.subject]]\nid = \"practice\"", &practice),
        ("rules/exam.toml", "[[exam.criterion]]\nclause = \"X1\"", &review),
        ("rules/exam.toml", failed, &resit),
        (
            "rules/exam.toml",
            "is = [\"4\", \"3\"], open = [\"5\", \"2\", \"1\"] }",
            "is = [\"4\", \"3\", \"2\"], open = [\"5\", \"1\"] }",
        ),
    ];
    let asked = "[question.review-score]\ntitle = \"invented\"\nshort = \"invented\"\nwhy = \"invented\"\n\n[paper]";
    let languages = languages();
    for file in languages.iter().map(String::as_str) {
        changes.extend([(file, "[subject]\n", "[subject]\nreview = \"invented\"\n"), (file, "[paper]", asked)]);
    }
    let set = with_languages(&changes).unwrap_or_else(|errors| panic!("{errors}"));
    let tables: &'static Tables = Box::leak(Box::new(set.tables));
    let c = |marks: &str, expected: (&str, &str)| {
        let said = but(EXAM, &format!("target-level=2;theory-score=60;{marks}"));
        let assessment = assess(tables, &answers_of(tables, &said), day("2025-08-01"));
        let fee = assessment.finding(FindingId::ResitFee).unwrap();
        let amount = fee.yuan().map_or_else(String::new, |range| format!("{} {}", range.min, range.max));
        assert_eq!((fee.state.id(), amount.as_str()), expected, "{marks}");
    };
    c("practice-score=70;review-score=50", ("met", "300 300"));
    c("practice-score=50;review-score=70", ("met", "500 500"));
    c("practice-score=50;review-score=50", ("met", "800 800"));
    // Theory was passed: of two subjects, one or both were failed.
    c("practice-score=dont-know;review-score=dont-know", ("unknown", "300 800"));
    c("practice-score=50;review-score=dont-know", ("unknown", "500 800"));
    // Its mark is asked although the others settle that there is a resit.
    let said = but(EXAM, "target-level=2;theory-score=60;practice-score=50;review-score=");
    let path = flow::replay(tables, &answers_of(tables, &said), day("2025-08-01"));
    let review = tables.questions.iter().find(|one| one.name == "review-score").unwrap().id;
    assert!(path.next.is_some_and(|step| step.asks(review)));
    // The only subject that can have been failed.
    c("practice-score=70;review-score=dont-know", ("met", "300 300"));
}
