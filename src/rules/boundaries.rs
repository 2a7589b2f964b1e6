//! Where the tables make a difference: their conditions, and the numbers and days they mention.
//!
//! For whoever tries the tables out (tests, the comparison of two sets of tables); nothing is decided here, and the page
//! has no use for it. A new kind of block is added here once and then met by all of them.

use std::collections::BTreeSet;

use tables::{Condition, Criterion, Date, Kind, Question, QuestionId, Tables, Validity};

/// Every criterion of the tables, block by block; of the exam's entry the set that is in use.
pub fn criteria(tables: &'static Tables) -> Vec<&'static Criterion> {
    let mut all: Vec<&'static Criterion> = Vec::new();
    all.extend(tables.entry.levels.iter().flat_map(|level| level.paths.iter().chain([&level.clause])));
    all.extend(tables.courses.iter().flat_map(|one| [&one.dates, &one.fee, &one.member]));
    all.extend(tables.subsidies.iter().flat_map(|one| one.criteria.iter().chain([&one.uplift])));
    all.extend(tables.catalogues.iter().map(|one| &one.amount));
    let exam = &tables.exam;
    all.extend([&exam.passed, &exam.resit, &exam.fee, &exam.attendance]);
    all.extend(tables.recognitions.iter().chain(tables.craftsmen).flat_map(|one| one.criteria));
    all
}

/// Every condition of the tables: those of the criteria, of the places and of the failed subject.
pub fn conditions(tables: &'static Tables) -> Vec<&'static Condition> {
    let mut all: Vec<_> = criteria(tables).into_iter().map(|one| &one.when).collect();
    all.extend(tables.subsidies.iter().flat_map(|one| one.places).map(|one| &one.when));
    all.extend([&tables.exam.failed_theory, &tables.exam.failed_practice]);
    all
}

/// When each block holds, kind by kind.
pub fn validities(tables: &Tables) -> Vec<Validity> {
    let mut all: Vec<Validity> = Vec::new();
    all.extend(tables.catalogues.iter().map(|one| one.validity));
    all.extend(tables.shortages.iter().map(|one| one.validity));
    all.extend(tables.courses.iter().flat_map(|one| [one.validity, one.starts, one.claims]));
    all.extend(tables.subsidies.iter().map(|one| one.validity));
    all.extend(tables.recognitions.iter().chain(tables.craftsmen).map(|one| one.validity));
    all
}

/// The leaves of a condition.
pub fn leaves(condition: &'static Condition, visit: &mut impl FnMut(&'static Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| leaves(part, visit)),
        leaf => visit(leaf),
    }
}

/// The numbers a question's answer is compared with, and their neighbours.
pub fn numbers(tables: &'static Tables, question: &Question) -> BTreeSet<u16> {
    let Kind::Number(least, most) = question.kind else { return BTreeSet::new() };
    let mut all = BTreeSet::from([least, most]);
    for condition in conditions(tables) {
        leaves(condition, &mut |leaf| {
            if let Condition::Within(asked, from, to) = *leaf
                && asked == question.id
            {
                for edge in [from, to] {
                    all.extend([edge.saturating_sub(1), edge, edge.saturating_add(1)]);
                }
            }
        });
    }
    all.into_iter().filter(|number| (least..=most).contains(number)).collect()
}

/// The days on which a block begins or ends, and their neighbours.
pub fn days(tables: &Tables) -> BTreeSet<Date> {
    let edges = validities(tables).into_iter().flat_map(|one| [Some(one.from), one.to]).flatten();
    edges.flat_map(|day| [day.before(), Some(day), day.next()]).flatten().collect()
}

/// After how many months the day of a question makes a difference.
pub fn months(tables: &'static Tables, question: QuestionId) -> BTreeSet<u16> {
    let mut all = BTreeSet::new();
    for condition in conditions(tables) {
        leaves(condition, &mut |leaf| {
            if let Condition::WithinMonths(asked, months) = *leaf
                && asked == question
            {
                all.insert(months);
            }
        });
    }
    all
}
