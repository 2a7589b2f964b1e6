//! Two readings of the rules, one answer: the core against the oracle, which shares nothing with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZero,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use serde_json::Value;
use subsidy_checker::{
    contract,
    rules::{Assessment, Date, FindingId, TABLES, Tables, Validity, assess},
};

use crate::{
    combinations::unfounded,
    examples::with_entry,
    oracle::{self, EntrySet},
    outcome::{Outcome, outcomes},
    people::{Crowd, Person, Said, answers, answers_of, check},
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
    /// Where the two readings differ.
    fn differ(self, said: &Said, found: &Assessment) -> Option<String> {
        let mut core = contract::to_json(self.tables, found);
        core.as_object_mut().unwrap().remove("rules");
        let oracle = oracle::assess_by(said, &found.as_of.to_string(), self.set);
        (core != oracle).then(|| differences(&core, &oracle))
    }

    /// Looks for what is wrong with people of a crowd, in as many threads as the computer has; whoever they are doesn't
    /// depend on how many that is.
    fn check(self, seed: u64, people: usize, wrong: impl Fn(&Said, &Assessment) -> Option<String> + Sync) {
        const CROWDS: u64 = 50;
        let next = AtomicU64::new(0);
        let crowds = || {
            while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < CROWDS) {
                let mut crowd = Crowd::new(&[self.tables], seed + (at << 32));
                for Person { said, as_of } in (0..people / CROWDS as usize).map(|_| crowd.person()) {
                    let found = |said: &Said| assess(self.tables, &answers_of(self.tables, said), as_of);
                    check(&said, as_of, |said| wrong(said, &found(said)));
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
                scope.spawn(crowds);
            }
        });
        println!("{people} people, both readings");
    }
}

/// Both readings say the same, or the smallest person of whom they don't is shown.
#[track_caller]
pub fn agreed(said: &Said, as_of: Date) {
    check(said, as_of, |said| IN_USE.differ(said, &assess(&TABLES, &answers(said), as_of)));
}

/// Where two values differ, a line each.
fn differences(core: &Value, oracle: &Value) -> String {
    let [core, oracle] = [core, oracle].map(|value| {
        let mut all = BTreeMap::new();
        leaves(String::new(), value, &mut all);
        all
    });
    let places: BTreeSet<_> = core.keys().chain(oracle.keys()).collect();
    let differing = places.into_iter().filter(|at| core.get(*at) != oracle.get(*at));
    differing.map(|at| format!("{at}: core {:?}, oracle {:?}\n", core.get(at), oracle.get(at))).collect()
}

/// Each part of a value that has no parts, by its place.
fn leaves<'v>(at: String, value: &'v Value, all: &mut BTreeMap<String, &'v Value>) {
    match value {
        Value::Object(parts) if !parts.is_empty() => {
            parts.iter().for_each(|(key, part)| leaves(format!("{at}/{key}"), part, all))
        }
        Value::Array(parts) => {
            parts.iter().enumerate().for_each(|(key, part)| leaves(format!("{at}/{key}"), part, all))
        }
        _ => {
            all.insert(at, value);
        }
    }
}

/// The same tables, but nothing that the subsidy and what is beside it need has ended.
fn tables_that_go_on() -> &'static Tables {
    fn go_on<T: Clone>(blocks: &[T], validity: fn(&mut T) -> &mut Validity) -> &'static [T] {
        let mut blocks = blocks.to_vec();
        if let Some(last) = blocks.last_mut() {
            validity(last).to = None;
        }
        blocks.leak()
    }
    Box::leak(Box::new(Tables {
        subsidies: go_on(TABLES.subsidies, |one| &mut one.validity),
        shortages: go_on(TABLES.shortages, |one| &mut one.validity),
        catalogues: go_on(TABLES.catalogues, |one| &mut one.validity),
        recognitions: go_on(TABLES.recognitions, |one| &mut one.validity),
        craftsmen: go_on(TABLES.craftsmen, |one| &mut one.validity),
        ..TABLES.clone()
    }))
}

/// What is told as if the last known rules went on, and isn't what rules that do go on say.
fn stops(found: &Assessment, on: &Assessment) -> Option<String> {
    [FindingId::Subsidy, FindingId::Recognition, FindingId::DistrictCraftsman].into_iter().find_map(|id| {
        let (one, other) = (found.finding(id)?, on.finding(id)?);
        let ([_, one], [other, _]) = (outcomes(one), outcomes(other));
        let states =
            |outcome: Outcome| -> Vec<_> { outcome.criteria.iter().map(|one| (one.criterion.id, one.state)).collect() };
        let same = (one.state, one.amounts, states(one)) == (other.state, other.amounts, states(other));
        (!same).then(|| format!("{} as if the rules went on: {one:#?}, not {other:#?}", id.id()))
    })
}

/// Of each of them: both readings agree, each finding follows from its criteria, and what is indicative is what it says.
fn random(seed: u64, people: usize) {
    let tables = tables_that_go_on();
    IN_USE.check(seed, people, |said, found| {
        let on = || assess(tables, &answers(said), found.as_of);
        IN_USE.differ(said, found).or_else(|| unfounded(found)).or_else(|| stops(found, &on()))
    });
}

#[test]
fn random_people() {
    random(2025, 1_000_000);
}

#[test]
fn random_people_by_the_set_of_2018() {
    let rules = Rules { tables: with_entry("2018"), set: EntrySet::Of2018 };
    rules.check(2018, 100_000, |said, found| rules.differ(said, found));
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn ten_million_people() {
    random(1, 10_000_000);
}
