//! Two readings of the rules, one answer: the core against the oracle, which shares nothing with it.

use serde_json::Value;
use subsidy_checker::{
    contract,
    rules::{TABLES, assess},
};

use crate::{
    oracle,
    people::{Crowd, Person, Said, answers, day, example},
};

fn core(said: &Said, as_of: &str) -> Value {
    let mut found = contract::to_json(&TABLES, &assess(&TABLES, &answers(said), day(as_of)));
    found.as_object_mut().unwrap().remove("rules");
    found
}

fn agree(said: &Said, as_of: &str) -> bool {
    core(said, as_of) == oracle::assess(said, as_of)
}

/// Leaves out answers as long as the two still differ.
fn shrink(mut said: Said, as_of: &str) -> Said {
    loop {
        let fewer = said.keys().filter(|id| *id != "goal").map(|id| {
            let mut fewer = said.clone();
            fewer.remove(id);
            fewer
        });
        match fewer.into_iter().find(|fewer| !agree(fewer, as_of)) {
            Some(fewer) => said = fewer,
            None => return said,
        }
    }
}

#[track_caller]
fn check(seed: u64, people: usize) {
    let mut crowd = Crowd::new(&[&TABLES], seed);
    for _ in 0..people {
        let Person { said, as_of } = crowd.person();
        agreed(&said, &as_of.to_string());
    }
}

/// Both readings say the same, or the smallest person of whom they don't is shown.
#[track_caller]
pub fn agreed(said: &Said, as_of: &str) {
    if !agree(said, as_of) {
        let said = shrink(said.clone(), as_of);
        let (core, oracle) = (core(&said, as_of), oracle::assess(&said, as_of));
        panic!("{}\n{}", differences("", &core, &oracle), example(&said, as_of));
    }
}

/// Where two values differ, a line each.
fn differences(at: &str, core: &Value, oracle: &Value) -> String {
    match (core, oracle) {
        (Value::Object(one), Value::Object(two)) => {
            let keys: std::collections::BTreeSet<_> = one.keys().chain(two.keys()).collect();
            let null = Value::Null;
            keys.into_iter()
                .map(|key| {
                    let get = |object: &serde_json::Map<String, Value>| object.get(key).cloned();
                    match (get(one), get(two)) {
                        (Some(one), Some(two)) => differences(&format!("{at}/{key}"), &one, &two),
                        (one, two) => format!(
                            "{at}/{key}: core {}, oracle {}\n",
                            one.unwrap_or(null.clone()),
                            two.unwrap_or(null.clone())
                        ),
                    }
                })
                .collect()
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => one
            .iter()
            .zip(two)
            .enumerate()
            .map(|(key, (one, two))| differences(&format!("{at}/{key}"), one, two))
            .collect(),
        (one, two) if one == two => String::new(),
        (one, two) => format!("{at}: core {one}, oracle {two}\n"),
    }
}

#[test]
fn random_people() {
    let started = std::time::Instant::now();
    let people = 1_000_000;
    check(2025, people);
    println!("{people} people, both readings: {:.1} s", started.elapsed().as_secs_f32());
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn ten_million_people() {
    check(1, 10_000_000);
}
