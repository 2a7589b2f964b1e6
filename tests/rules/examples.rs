//! The worked examples of `rules/cases/`: each states findings in full, and is compared to the letter.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use subsidy_checker::rules::{self, Answers, Date, Decided, Finding, QuestionId, Range, Remark, TABLES, Truth};
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    clauses: Vec<String>,
    as_of: Datetime,
    answers: BTreeMap<String, toml::Value>,
    findings: BTreeMap<String, Expected>,
}

/// A finding in full: what isn't written must be absent.
#[derive(Deserialize, PartialEq, Debug, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Expected {
    state: String,
    cause: Option<String>,
    amount: Option<[String; 2]>,
    base: Option<[String; 2]>,
    uplift: Option<[String; 2]>,
    claim_at: Vec<String>,
    remarks: Vec<String>,
    criteria: BTreeMap<String, String>,
    rules_known_until: Option<Datetime>,
    indicative: Option<Then>,
}

#[derive(Deserialize, PartialEq, Debug, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Then {
    state: String,
    amount: Option<[String; 2]>,
}

#[test]
fn worked_examples() {
    let mut count = 0;
    let mut changed = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in cases.case {
            count += 1;
            changed.extend(differences(&case).into_iter().map(|difference| format!("{}: {difference}", case.name)));
        }
    }
    assert!(changed.is_empty(), "results that are not as their examples say:\n{}", changed.join("\n"));
    println!("{count} worked examples come out as they say");
}

/// Every clause that the tables decide has an example that names it.
#[test]
fn every_criterion_has_an_example() {
    let mut named = Vec::new();
    for file in files() {
        let cases: File = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        named.extend(cases.case.into_iter().flat_map(|case| case.clauses));
    }
    let courses = TABLES.courses.iter().flat_map(|course| [course.fee, course.member]);
    let subsidies = TABLES.subsidies.iter().flat_map(|one| one.criteria.iter().copied().chain([one.uplift]));
    for criterion in courses.chain(subsidies) {
        assert!(
            named.iter().any(|clause| clause == criterion.id),
            "{} has no worked example in rules/cases/",
            criterion.id
        );
    }
}

fn files() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/cases");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn differences(case: &Case) -> Vec<String> {
    assert!(!case.findings.is_empty() && !case.clauses.is_empty(), "{}: says nothing", case.name);
    let assessment = rules::assess(&TABLES, &answers(&case.answers), date(&case.as_of));
    let mut all = Vec::new();
    for (id, expected) in &case.findings {
        match assessment.findings.iter().find(|finding| finding.id.id() == id) {
            None => all.push(format!("there is no finding `{id}`")),
            Some(finding) => {
                let found = written(finding);
                if found != *expected {
                    all.push(format!("{id} is\n{found:#?}\nnot\n{expected:#?}"));
                }
            }
        }
    }
    all
}

/// Answers as the contract writes them.
pub fn answers(written: &BTreeMap<String, toml::Value>) -> Answers {
    let mut answers = Answers::NONE;
    for (id, value) in written {
        let question =
            QuestionId::from_id(id).and_then(|id| TABLES.question(id)).unwrap_or_else(|| panic!("no question `{id}`"));
        let value = match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let answer = rules::read(question, &value).unwrap_or_else(|error| panic!("{id} = {value}: {error:?}"));
        answers.set(question.id, Some(answer));
    }
    answers
}

fn date(written: &Datetime) -> Date {
    Date::parse(&written.to_string()).unwrap()
}

fn written(finding: &Finding) -> Expected {
    Expected {
        state: finding.state.id().to_owned(),
        cause: finding.state.cause().map(|cause| cause.id().to_owned()),
        amount: finding.amount.map(amounts),
        base: finding.base.map(amounts),
        uplift: finding.uplift.map(amounts),
        claim_at: finding.claim_at.iter().map(|place| place.id().to_owned()).collect(),
        remarks: finding.remarks.iter().map(|Remark::BirthdayMatters| "birthday-matters".to_owned()).collect(),
        criteria: finding.criteria.iter().map(|one| (one.criterion.id.to_owned(), state(one))).collect(),
        rules_known_until: finding.rules_known_until.map(|day| day.to_string().parse().unwrap()),
        indicative: finding
            .indicative
            .as_ref()
            .map(|then| Then { state: then.state.id().to_owned(), amount: then.amount.map(amounts) }),
    }
}

/// A state, or the cause of its being unknown.
fn state(decided: &Decided) -> String {
    match decided.state {
        Truth::Unknown(cause) => cause.id().to_owned(),
        state => state.id().to_owned(),
    }
}

fn amounts(range: Range) -> [String; 2] {
    [range.min.normalize().to_string(), range.max.normalize().to_string()]
}
