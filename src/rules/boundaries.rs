//! The boundaries of the tables: their conditions, and the numbers and days at which a result can change.
//!
//! The module serves code that tries out answers: advice, tests, and the comparison of two sets of tables. It
//! decides nothing. A new kind of block has to be added here once.

use tables::{Condition, Criterion, Date, Kind, Question, QuestionId, Tables, Validity};

use super::{answers::Answer, condition::months};

/// Returns every criterion of the tables.
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

/// Returns every condition of the tables: those of the criteria, of the places and of the failed subjects.
pub fn conditions(tables: &'static Tables) -> Vec<&'static Condition> {
    let mut all: Vec<_> = criteria(tables).into_iter().map(|one| &one.when).collect();
    all.extend(tables.subsidies.iter().flat_map(|one| one.places).map(|one| &one.when));
    all.extend(tables.exam.subjects.iter().map(|subject| &subject.failed));
    all
}

/// Returns the validity of every block of the tables.
pub fn validities(tables: &Tables) -> Vec<Validity> {
    let mut all: Vec<Validity> = Vec::new();
    all.extend(tables.catalogues.iter().map(|one| one.validity));
    all.extend(tables.cities.iter().flat_map(|city| city.lists).map(|one| one.validity));
    all.extend(tables.courses.iter().flat_map(|one| [one.validity, one.starts, one.claims]));
    all.extend(tables.subsidies.iter().map(|one| one.validity));
    all.extend(tables.recognitions.iter().chain(tables.craftsmen).map(|one| one.validity));
    all
}

/// Calls `visit` for each leaf of a condition.
pub fn leaves(condition: &'static Condition, visit: &mut impl FnMut(&'static Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| leaves(part, visit)),
        leaf => visit(leaf),
    }
}

/// Returns the answers to a question between which a result can differ, in order: every value of a choice; the
/// numbers with which an answer is compared, and their neighbours; the days up to the as-of date on which something
/// begins or ends.
pub fn answers(tables: &'static Tables, question: &Question, as_of: Date) -> Vec<Answer> {
    match question.kind {
        Kind::Choice(values) => (0..u16::try_from(values.len()).unwrap_or(u16::MAX)).map(Answer::Choice).collect(),
        Kind::Number(..) => numbers(tables, question).into_iter().map(Answer::Number).collect(),
        Kind::Date => {
            let days = days(tables).into_iter().chain(days_within(tables, question.id, as_of)).chain([as_of]);
            in_order(days.filter(|day| *day <= as_of)).into_iter().map(Answer::Date).collect()
        }
    }
}

/// Returns the numbers with which the answers to a question are compared, and their neighbours, in order.
pub fn numbers(tables: &'static Tables, question: &Question) -> Vec<u16> {
    let Kind::Number(least, most) = question.kind else { return Vec::new() };
    let mut all = vec![least, most];
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
    in_order(all.into_iter().filter(|number| (least..=most).contains(number)))
}

/// Returns the days on which a block begins or ends, and their neighbours, in order.
pub fn days(tables: &Tables) -> Vec<Date> {
    let edges = validities(tables).into_iter().flat_map(|one| [Some(one.from), one.to]).flatten();
    in_order(edges.flat_map(|day| [day.before(), Some(day), day.next()]).flatten())
}

/// Returns the days for which a time limit in months, as the conditions about this question have it, ends on or
/// near the as-of date.
pub fn days_within(tables: &'static Tables, question: QuestionId, as_of: Date) -> Vec<Date> {
    let mut all = Vec::new();
    for condition in conditions(tables) {
        let begin = months(condition, question).and_then(|months| as_of.before_months(u32::from(months)));
        if let Some(begin) = begin {
            // Months differ in length: one year after 28 and after 29 February may be the same day.
            let (before, after) = (begin.before(), begin.next());
            all.extend([before, Some(begin), after, after.and_then(Date::next)].into_iter().flatten());
        }
    }
    in_order(all.into_iter())
}

/// Sorts and removes duplicates by insertion. The lists are short, and the standard library's sort adds much code.
fn in_order<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for item in items {
        if let Err(at) = all.binary_search(&item) {
            all.insert(at, item);
        }
    }
    all
}
