//! The export of all tables as one JSON object, and the schema that describes it.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};
use subsidy_checker::{export, text::Language};

use crate::frozen::{self, OWN, TABLES, texts};

fn exported() -> Value {
    export::to_json(&TABLES, frozen::text(Language::ZH_HANS))
}

/// The copied tables and the program's own.
fn both() -> [Value; 2] {
    [exported(), export::to_json(&OWN.tables, texts(&OWN).swap_remove(0))]
}

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/rules.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema()).unwrap()
}

/// Collects all values of one key, at any depth.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(entries) => {
            found.extend(entries.get(key));
            entries.values().for_each(|inner| all(inner, key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        _ => {}
    }
}

/// Fails if exported tables are not as the schema says.
#[track_caller]
pub fn conforms(exported: &Value) {
    let words = |text: String| text.chars().take(200).collect::<String>();
    let errors = validator()
        .iter_errors(exported)
        .map(|error| format!("{}: {}", error.instance_path(), words(error.to_string())))
        .collect::<Vec<_>>();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn conforms_to_its_schema() {
    both().iter().for_each(conforms);
}

#[test]
fn the_schema_is_closed_and_described() {
    let schema = schema();
    jsonschema::meta::validate(&schema).unwrap();
    fn check(value: &Value, path: &str) {
        match value {
            Value::Object(entries) => {
                if entries.get("type") == Some(&json!("object")) {
                    assert_eq!(entries.get("additionalProperties"), Some(&json!(false)), "{path} is open");
                    assert!(entries.contains_key("description"), "{path} isn't described");
                }
                entries.iter().for_each(|(key, inner)| check(inner, &format!("{path}/{key}")));
            }
            Value::Array(items) => items.iter().for_each(|item| check(item, path)),
            _ => {}
        }
    }
    check(&schema, "");
}

/// Checks that the schema refuses the tables after one change.
#[track_caller]
fn refused(pointer: &str, change: impl FnOnce(&mut Value)) {
    let mut exported = exported();
    change(exported.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")));
    assert!(!validator().is_valid(&exported), "{pointer} may be broken");
}

#[test]
fn the_schema_refuses_what_is_broken() {
    let without = |key: &'static str| move |value: &mut Value| drop(value.as_object_mut().unwrap().shift_remove(key));
    let with = |key: &'static str, what: Value| move |value: &mut Value| value[key] = what;

    refused("", with("extra", json!(1)));
    refused("/course/0", with("trainer", json!("x")));
    refused("/subsidy/0/criterion/0/when", with("question", json!("age")));
    refused("", without("source"));
    refused("/subsidy/0", without("source"));
    refused("/source/0", without("title"));
    for amount in [json!(3120), json!("3,120"), json!("3120.00"), json!("-1"), json!("")] {
        refused("/course/0", with("member-fee", amount.clone()));
        refused("/catalogue/0/row/0/amounts", with("3", amount));
    }
    refused("/catalogue/0/row/0/amounts", with("6", json!("1")));
    refused("/catalogue/0/row/0/amounts", without("1"));
    for day in [json!("2025-2-1"), json!("2025-02-30"), json!(2025), Value::Null] {
        refused("/course/0", with("from", day));
    }
    refused("/course/0", with("level", json!(6)));
    refused("/subsidy/0/criterion/0", with("basis", json!("hearsay")));
    refused("/question/0", with("date", json!(true)));
    refused("/question/0", without("values"));
    refused("/question/3", without("to"));
    refused("/subsidy/0/criterion/1/when", without("is"));
    refused("/exam/subject/0/failed", without("to"));
}

/// Every id that refers to something refers to an existing item.
#[test]
fn every_id_can_be_looked_up() {
    for exported in both() {
        let ids = |table: &str| -> BTreeSet<&str> {
            exported[table].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
        };
        let mut count = 0;
        for (key, table) in
            [("source", "source"), ("occupation", "occupation"), ("question", "question"), ("group", "group")]
        {
            let known = ids(table);
            let mut found = Vec::new();
            all(&exported, key, &mut found);
            for id in found.into_iter().filter_map(Value::as_str) {
                count += 1;
                assert!(known.contains(id), "{key} {id}");
            }
        }
        assert!(100 < count, "{count}");
    }
}

#[track_caller]
fn check(pointer: &str, expected: Value) {
    assert_eq!(exported().pointer(pointer), Some(&expected), "{pointer}");
}

/// Figures that were taken from the rules, not from the tables.
#[test]
fn the_figures_of_the_rules() {
    let exported = exported();
    let row = |table: &str, key: &str, id: &str| {
        let rows = exported.pointer(table).unwrap().as_array().unwrap();
        rows.iter().find(|row| row[key] == id).unwrap_or_else(|| panic!("{id} is not in {table}")).clone()
    };
    let (a, b) = (
        json!({ "5": "1000", "4": "1500", "3": "2400", "2": "3000", "1": "3600" }),
        json!({ "5": "1000", "4": "1500", "3": "2000", "2": "2500", "1": "3000" }),
    );
    assert_eq!(row("/catalogue/0/row", "occupation", "4-04-05-05")["amounts"], a);
    assert_eq!(row("/catalogue/0/row", "occupation", "4-04-05-03")["amounts"], b);
    check("/shortage/0/uplift", json!("0.3"));
    check("/shortage/0/to", json!("2025-12-31"));
    check("/shortage/0/occupations/5", json!("shortage-6"));
    assert_eq!(
        row("/occupation", "id", "4-04-05-04"),
        json!({ "id": "4-04-05-04", "name": "数据库运行管理员", "also": "DBA", "digital": true })
    );
    for (key, amount) in [("training-fee", "3000"), ("exam-fee", "500"), ("member-fee", "3120")] {
        check(&format!("/course/0/{key}"), json!(amount));
    }
    check("/exam/subject/0/fee", json!([{ "levels": [4, 3], "amount": "90" }]));
    check("/exam/subject/1/fee", json!([{ "levels": [4, 3], "amount": "410" }]));
    check("/entry/0/source", json!("standards-2023"));
    check("/exam/subject/0/failed", json!({ "question": "theory-score", "to": 59 }));
    check("/subsidy/0/from", json!("2023-08-15"));
    check("/subsidy/0/uplift/clause", json!("S11"));

    let criterion = |clause: &str| row("/subsidy/0/criterion", "clause", clause);
    let age = criterion("S1");
    assert_eq!(age["basis"], "regulation");
    assert_eq!(
        age["when"],
        json!({ "all": [
            { "question": "age", "from": 16 },
            { "any": [
                { "question": "age", "to": 55 },
                { "all": [{ "question": "sex", "is": ["male"] }, { "question": "age", "to": 60 }] },
            ] },
        ] })
    );
    let rule = age["wording"]["rule"].as_str().unwrap();
    assert!(["16", "55", "60"].iter().all(|number| rule.contains(number)), "{rule}");
    assert_eq!(criterion("S6")["when"], json!({ "question": "certificate-date", "within-months": 12 }));
    assert_eq!(
        (criterion("S4")["taken"].as_str(), criterion("S5")["taken"].as_str()),
        (Some("partly"), Some("wholly"))
    );
    assert_eq!(age.get("taken"), None);
    assert_eq!(criterion("S3")["when"]["any"][0], json!({ "question": "household", "is": ["zhuhai", "guangdong"] }));

    let question = |id: &str| row("/question", "id", id);
    assert_eq!((&question("age")["from"], &question("age")["to"]), (&json!(0), &json!(120)));
    assert_eq!(question("passed-on")["date"], true);
    assert_eq!(question("insurance")["values"].as_array().map(Vec::len), Some(7));
    assert_eq!(question("pension")["group"], "status");
    assert_eq!(row("/information", "clause", "X4")["goals"], json!(["exam", "claim"]));
}
