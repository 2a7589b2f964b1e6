//! Every criterion over the whole product of its questions, at the boundaries of the tables.
//!
//! Two properties are tested. First, core and oracle give the same state and cause for each such person. Second,
//! the value of a condition with open answers is the result of trying every possible answer. The second makes
//! "unknown" reliable: no state is called unknown that is the same for every answer.

use std::collections::BTreeSet;

use subsidy_checker::rules::{Answer, Answers, Criterion, Forecast, Goal, assess};

use crate::{
    answer_classes::{Product, both_sides, is_asked, questions},
    frozen::TABLES,
    people::{answers, but, day},
};

/// A criterion, the goal for which it counts, and the as-of date.
struct Subject {
    criterion: &'static Criterion,
    goal: Goal,
    level: Option<u8>,
    as_of: &'static str,
}

fn subjects() -> Vec<Subject> {
    let mut all = Vec::new();
    let mut add = |goal, level, as_of, criteria: Vec<&'static Criterion>| {
        all.extend(criteria.into_iter().map(|criterion| Subject { criterion, goal, level, as_of }));
    };
    let (regulation, exam) = (TABLES.subsidies.last().unwrap(), &TABLES.exam);
    add(Goal::Claim, None, "2025-12-01", regulation.criteria.iter().collect());
    add(Goal::Claim, None, "2025-12-01", vec![&regulation.uplift, &TABLES.catalogues.last().unwrap().amount]);
    let forecast = regulation.criteria.iter().filter(|one| one.forecast == Forecast::Decided);
    add(Goal::Enrol, None, "2025-05-10", forecast.collect());
    add(Goal::Enrol, None, "2025-05-10", vec![&TABLES.courses.last().unwrap().member]);
    add(Goal::Exam, None, "2025-12-01", vec![&exam.passed, &exam.resit, &exam.attendance]);
    for (level, number) in TABLES.entry.levels.iter().zip([5, 4, 3, 2, 1]) {
        add(Goal::Enrol, Some(number), "2025-05-10", level.paths.iter().collect());
    }
    add(Goal::Claim, None, "2025-12-01", TABLES.recognitions.last().unwrap().criteria.iter().collect());
    add(Goal::Claim, None, "2024-12-01", TABLES.craftsmen.last().unwrap().criteria.iter().collect());
    all
}

impl Subject {
    /// Returns a person of whom only the goal and the target level are known.
    fn somebody(&self) -> Answers {
        let level = self.level.map(|level| level.to_string()).unwrap_or_default();
        answers(&but("", &format!("goal={};target-level={level}", self.goal.id())))
    }

    /// Returns every way to answer the questions of the criterion.
    fn product(&self, open: &[Option<Answer>]) -> Product {
        let when = [&self.criterion.when];
        let asked = questions(&when).into_iter().filter(|id| is_asked(self.goal, *id));
        Product::of(asked, |id| both_sides(id, &when, day(self.as_of)), open)
    }

    /// Returns the criterion's state without its cause.
    fn state(&self, way: &Answers) -> &'static str {
        let findings = assess(&TABLES, way, day(self.as_of)).findings;
        let criteria = findings.iter().flat_map(|one| &one.criteria).map(|one| (one.criterion.id, one.state));
        let paths = findings.iter().filter_map(|one| one.entry.as_ref()).flat_map(|one| &one.paths);
        let mut all = criteria.chain(paths.map(|path| (path.criterion.id, path.state)));
        let found = all.find(|(id, _)| *id == self.criterion.id);
        found.unwrap_or_else(|| panic!("{} is in no finding", self.criterion.id)).1.id()
    }
}

/// Returns the result of trying every answer, for each way in the product's order: the common state of all complete
/// ways, otherwise unknown.
fn tried(product: &Product, states: &[&'static str]) -> Vec<&'static str> {
    let mut tried: Vec<&'static str> = Vec::with_capacity(states.len());
    for (at, state) in states.iter().enumerate() {
        let mut stride = 1;
        let mut all = vec![*state];
        for (_, possible) in &product.0 {
            let answer = at / stride % possible.len();
            if possible[answer].is_none() {
                // Open is the last of a question's answers: the ways with the others have been gone through.
                all = (1..=answer).map(|back| tried[at - back * stride]).collect();
                break;
            }
            stride *= possible.len();
        }
        tried.push(if all.iter().all(|one| *one == all[0]) { all[0] } else { "unknown" });
    }
    tried
}

#[test]
fn with_open_answers_a_criterion_is_what_trying_every_answer_gives() {
    let (mut criteria, mut count) = (0, 0);
    let mut differing = BTreeSet::new();
    // S10 says whether the amount is known, and each level has another: open, it isn't, though every answer would do.
    for subject in subjects().into_iter().filter(|subject| subject.criterion.id != "S10") {
        let product = subject.product(&[None]);
        let ways: Vec<_> = product.ways(subject.somebody()).collect();
        let states: Vec<_> = ways.iter().map(|way| subject.state(way)).collect();
        for ((way, state), tried) in ways.iter().zip(&states).zip(tried(&product, &states)) {
            if *state != tried {
                differing.insert(format!("{}: {way:?} is {state}, not {tried}", subject.criterion.id));
            }
        }
        criteria += 1;
        count += ways.len();
    }
    println!("{criteria} criteria, {count} ways to answer: as if every answer had been tried");
    assert_eq!(differing, BTreeSet::new());
}

#[cfg(feature = "cli")]
#[test]
fn both_readings_agree_on_every_criterion() {
    let (mut criteria, mut ways) = (0, 0);
    for subject in subjects() {
        for way in subject.product(&crate::answer_classes::OPEN).ways(subject.somebody()) {
            crate::agreement::agreed(&crate::people::said(&way), day(subject.as_of));
            ways += 1;
        }
        criteria += 1;
    }
    println!("{criteria} criteria, {ways} ways to answer: both readings agree");
}
