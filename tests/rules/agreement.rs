//! Two readings of the rules, one answer: the core against the oracle, which shares nothing with it.

use serde_json::Value;
use subsidy_checker::{
    contract,
    rules::{TABLES, Tables, assess},
};

use crate::{
    examples::with_entry,
    oracle::{self, EntrySet},
    people::{Crowd, Person, Said, answers_of, day, example, shrink},
};

/// The same rules in both: the tables of the core, and the set of entry conditions of the oracle.
#[derive(Clone, Copy)]
struct Rules {
    tables: &'static Tables,
    set: EntrySet,
}

/// Those that are in use.
const IN_USE: Rules = Rules { tables: &TABLES, set: EntrySet::Of2023 };

impl Rules {
    fn core(self, said: &Said, as_of: &str) -> Value {
        let assessment = assess(self.tables, &answers_of(self.tables, said), day(as_of));
        let mut found = contract::to_json(self.tables, &assessment);
        found.as_object_mut().unwrap().remove("rules");
        found
    }

    fn oracle(self, said: &Said, as_of: &str) -> Value {
        oracle::assess_by(said, as_of, self.set)
    }

    fn agree(self, said: &Said, as_of: &str) -> bool {
        self.core(said, as_of) == self.oracle(said, as_of)
    }

    #[track_caller]
    fn check(self, seed: u64, people: usize) {
        let started = std::time::Instant::now();
        let mut crowd = Crowd::new(&[self.tables], seed);
        for _ in 0..people {
            let Person { said, as_of } = crowd.person();
            self.agreed(&said, &as_of.to_string());
        }
        println!("{people} people, both readings: {:.1} s", started.elapsed().as_secs_f32());
    }

    #[track_caller]
    fn agreed(self, said: &Said, as_of: &str) {
        if !self.agree(said, as_of) {
            let said = shrink(said.clone(), |fewer| !self.agree(fewer, as_of));
            let differences = differences("", &self.core(&said, as_of), &self.oracle(&said, as_of));
            panic!("{differences}\n{}", example(&said, as_of));
        }
    }
}

/// Both readings say the same, or the smallest person of whom they don't is shown.
#[track_caller]
pub fn agreed(said: &Said, as_of: &str) {
    IN_USE.agreed(said, as_of);
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
    IN_USE.check(2025, 1_000_000);
}

#[test]
fn random_people_by_the_set_of_2018() {
    Rules { tables: with_entry("2018"), set: EntrySet::Of2018 }.check(2018, 100_000);
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn ten_million_people() {
    IN_USE.check(1, 10_000_000);
}
