//! Two readings of the rules must agree: the core, and the oracle, which shares no code or tables with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZero,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use serde_json::Value;
use subsidy_checker::{
    contract,
    rules::{Assessment, City, Date, FindingId, Tables, Validity, assess},
};

use crate::{
    combinations::unfounded,
    frozen::TABLES,
    oracle,
    outcome::{Outcome, outcomes},
    people::{Crowd, Person, Said, answers, check},
};

/// Returns the differences between the two readings.
fn differ(said: &Said, found: &Assessment) -> Option<String> {
    let mut core = contract::to_json(&TABLES, found);
    core.as_object_mut().unwrap().remove("rules");
    let oracle = oracle::assess(said, &found.as_of.to_string());
    (core != oracle).then(|| differences(&core, &oracle))
}

/// Checks that both readings agree. If they don't, reports the person with the fewest answers for whom they differ.
#[track_caller]
pub fn agreed(said: &Said, as_of: Date) {
    check(said, as_of, |said| differ(said, &assess(&TABLES, &answers(said), as_of)));
}

/// Lists the differences of two JSON values, one per line.
pub fn differences(core: &Value, oracle: &Value) -> String {
    let [core, oracle] = [core, oracle].map(|value| {
        let mut all = BTreeMap::new();
        leaves(String::new(), value, &mut all);
        all
    });
    let places: BTreeSet<_> = core.keys().chain(oracle.keys()).collect();
    let differing = places.into_iter().filter(|at| core.get(*at) != oracle.get(*at));
    differing.map(|at| format!("{at}: core {:?}, oracle {:?}\n", core.get(at), oracle.get(at))).collect()
}

/// Collects the leaves of a JSON value by their paths.
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

/// The same tables, in which the last blocks for the subsidy, recognition and craftsmen have no end.
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
        cities: TABLES
            .cities
            .iter()
            .map(|city| City { lists: go_on(city.lists, |one| &mut one.validity), ..*city })
            .collect::<Vec<_>>()
            .leak(),
        catalogues: go_on(TABLES.catalogues, |one| &mut one.validity),
        recognitions: go_on(TABLES.recognitions, |one| &mut one.validity),
        craftsmen: go_on(TABLES.craftsmen, |one| &mut one.validity),
        ..TABLES.clone()
    }))
}

/// Returns where an indicative finding differs from the finding by rules without an end.
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

/// Checks random people: both readings agree, each finding follows from its criteria, and indicative findings equal
/// those by rules without an end. The people are the same whatever the number of threads.
fn random(seed: u64, people: usize) {
    const CROWDS: u64 = 50;
    let (next, tables) = (AtomicU64::new(0), tables_that_go_on());
    let wrong = |said: &Said, as_of| {
        let somebody = answers(said);
        let (found, on) = (assess(&TABLES, &somebody, as_of), || assess(tables, &somebody, as_of));
        differ(said, &found).or_else(|| unfounded(&found)).or_else(|| stops(&found, &on()))
    };
    let crowds = || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < CROWDS) {
            let mut crowd = Crowd::new(&[&TABLES], seed + (at << 32));
            for Person { said, as_of } in (0..people / CROWDS as usize).map(|_| crowd.person()) {
                check(&said, as_of, |said| wrong(said, as_of));
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

#[test]
fn random_people() {
    random(2025, 1_000_000);
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn ten_million_people() {
    random(1, 10_000_000);
}
