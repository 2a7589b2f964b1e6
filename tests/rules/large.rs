//! Tables with many more occupations than the copied excerpt. The catalogue alone has 510. A choice may have any
//! number of values, and all code that uses one must be correct for each of them.
//!
//! The added occupations are invented. They come before the copied ones, so that those are the last values.

use std::{fs, path::Path};

use serde_json::{Value, json};
use subsidy_checker::{
    batch::Batch,
    consultation::Consultation,
    contract, explain, export, flow,
    rules::{Action, AnswerSet, Answers, Kind, QuestionId, Tables, advice, assess},
    text::Text,
};

use crate::{
    export::conforms,
    frozen::{TABLES, texts},
    people::{CLAIM, answers_of, but, day},
    tables::with_languages,
};

/// Sizes at the ends of 64-bit words, and larger than the catalogue.
const SIZES: [usize; 9] = [62, 63, 64, 65, 127, 128, 129, 510, 700];
const AS_OF: &str = "2025-09-01";
const AI_TRAINER: &str = "4-04-05-05";

/// Returns tables with this number of occupations, and their wording. Claims are granted for the AI trainer only,
/// by a condition with its value.
fn tables(count: usize) -> (&'static Tables, Vec<Text>) {
    let own = TABLES.occupations.len();
    let invented = || (own..count).map(|at| format!("invented-{at}"));
    let occupations: String = invented()
        .map(|id| {
            format!("[[occupation]]\nid = \"{id}\"\nname = \"{id}\"\nname-hant = \"{id}\"\nname-en = \"{id}\"\n\n")
        })
        .collect();
    let rows: String =
        invented().map(|id| format!("[[catalogue.row]]\noccupation = \"{id}\"\nclass = \"B\"\n\n")).collect();
    let set = with_languages(&[
        ("rules/occupations.toml", "[[occupation]]\n", &format!("{occupations}[[occupation]]\n")),
        ("rules/occupations.toml", "[[catalogue.row]]", &format!("{rows}[[catalogue.row]]")),
        (
            "rules/subsidy.toml",
            "when = { question = \"paid-this-year\", is = [\"no\"] }",
            "when = { all = [{ question = \"paid-this-year\", is = [\"no\"] }, { question = \"certificate-occupation\", is = [\"4-04-05-05\"] }] }",
        ),
    ]);
    let set = set.unwrap_or_else(|errors| panic!("{errors}"));
    let texts = texts(&set);
    (Box::leak(Box::new(set.tables)), texts)
}

fn somebody(tables: &Tables, occupation: Option<&str>) -> Answers {
    answers_of(tables, &but(CLAIM, &format!("certificate-occupation={}", occupation.unwrap_or_default())))
}

/// Returns the subsidy in the format of the contract.
fn subsidy(tables: &'static Tables, answers: &Answers) -> Value {
    contract::to_json(tables, &assess(tables, answers, day(AS_OF)))["findings"]["subsidy"].clone()
}

#[test]
fn a_choice_may_have_any_number_of_values() {
    for count in SIZES {
        let (tables, texts) = tables(count);
        let Some(Kind::Choice(values)) = tables.question(QuestionId::CERTIFICATE_OCCUPATION).map(|one| one.kind) else {
            panic!("the occupation is a choice")
        };
        assert_eq!(values.len(), count + 1, "every occupation, and `other`");
        let sums = |amount: &str| json!({ "min": amount, "max": amount });
        for value in values {
            let found = subsidy(tables, &somebody(tables, Some(value.id)));
            let granted = value.id == AI_TRAINER;
            assert_eq!(found["state"], if granted { "met" } else { "not-met" }, "{count}: {}", value.id);
            assert_eq!(found["amount"], if granted { sums("3120") } else { Value::Null }, "{count}: {}", value.id);
        }
        unknown_occupation(tables, &texts, count);
        table_of_people(tables, values.iter().map(|value| value.id), count);
        let exported = export::to_json(tables, texts[0]);
        conforms(&exported);
        let exported = exported.to_string();
        assert!(exported.contains(r#""is":["4-04-05-05"]"#), "{count}");
    }
}

/// A person who doesn't know the occupation is asked for it, advised to find it out, and shown that the result
/// depends on it.
fn unknown_occupation(tables: &'static Tables, texts: &[Text], count: usize) {
    let open = somebody(tables, None);
    let path = flow::replay(tables, &open, day(AS_OF));
    let asked = path.next.is_some_and(|step| step.asks(QuestionId::CERTIFICATE_OCCUPATION));
    assert!(asked, "{count}: the occupation is asked for");

    let mut unsure = open;
    unsure.set(QuestionId::CERTIFICATE_OCCUPATION, Some(subsidy_checker::rules::Answer::DontKnow));
    for answers in [open, unsure] {
        let found = advice(tables, &answers, day(AS_OF)).into_iter().find_map(|one| match one.action {
            Action::FindOut(QuestionId::CERTIFICATE_OCCUPATION, AnswerSet::Choices(which)) => Some(which),
            _ => None,
        });
        let which = found.unwrap_or_else(|| panic!("{count}: no advice"));
        assert_eq!(contract::ids(tables, QuestionId::CERTIFICATE_OCCUPATION, &which), [AI_TRAINER], "{count}");
        let consultation = Consultation::new(tables, &answers, day(AS_OF));
        for text in texts {
            let said = explain::explain(*text, tables, &consultation, None).plain(*text, AS_OF, "");
            let name = tables.occupations.iter().find(|one| one.id == AI_TRAINER).map(|one| text.get(one.name));
            // Only where everything else was asked is there advice.
            assert!(!consultation.is_complete() || said.contains(name.unwrap()), "{count}: {said}");
        }
    }
}

/// Assesses a table with a row for every occupation.
fn table_of_people(tables: &'static Tables, ids: impl Iterator<Item = &'static str>, count: usize) {
    let mut input = "goal,certificate-occupation,certificate-level,certificate-date\n".to_owned();
    ids.for_each(|id| input += &format!("claim,{id},3,2025-07-31\n"));
    let mut output = Vec::new();
    let batch = Batch { tables, texts: Vec::new(), as_of: day(AS_OF) };
    let done = batch.run(input.as_bytes(), &mut output, |remark| panic!("{remark}")).unwrap();
    assert_eq!((done.rows, done.bad), (count as u64 + 1, 0));
    let mut rows = csv::Reader::from_reader(output.as_slice());
    let state = rows.headers().unwrap().iter().position(|one| one == "subsidy.state").unwrap();
    for row in rows.records().map(Result::unwrap) {
        let open = &row[1] == AI_TRAINER;
        assert_eq!(&row[state], if open { "unknown" } else { "not-met" }, "{count}: {row:?}");
    }
}

/// `clippy::arithmetic_side_effects` denies arithmetic that could overflow, but doesn't check shifts. Code that
/// runs in the page must not contain any. Invented people and the comparison of tables run natively only.
#[test]
fn nothing_is_shifted_by_a_number_that_grows_with_the_tables() {
    fn files(folder: &Path, all: &mut Vec<(String, String)>) {
        for entry in folder.read_dir().unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.path().to_string_lossy().into_owned());
            if path.is_dir() {
                files(&path, all);
            } else if name.ends_with(".rs") && !name.ends_with("people.rs") && !name.ends_with("commands.rs") {
                all.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    files(&root.join("src"), &mut all);
    all.push(("tables".to_owned(), fs::read_to_string(root.join("tables/src/value_set.rs")).unwrap()));
    assert!(50 < all.len());
    for (name, text) in all {
        let shift = text.lines().find(|line| [" << ", " >> ", " <<= ", " >>= "].iter().any(|sign| line.contains(sign)));
        assert_eq!(shift, None, "{name}: write rotate_left, or a ValueSet for values of a choice");
    }
}
