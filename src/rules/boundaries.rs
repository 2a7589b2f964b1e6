//! Where the tables make a difference: their conditions, and the numbers and days they mention.
//!
//! For whoever tries answers out: advice, tests, the comparison of two sets of tables. Nothing is decided here. A new kind
//! of block is added here once and then met by all of them.

use tables::{Condition, Criterion, Date, Kind, Question, QuestionId, Tables, Validity};

use super::{answers::Answer, condition::months};

/// Every criterion of the tables, block by block.
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

/// The answers to a question between which the tables can make a difference, in their order: every value of a choice,
/// the numbers that an answer is compared with and their neighbours, the days on which something begins or ends.
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

/// The numbers a question's answer is compared with, and their neighbours.
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

/// The days on which a block begins or ends, and their neighbours.
pub fn days(tables: &Tables) -> Vec<Date> {
    let edges = validities(tables).into_iter().flat_map(|one| [Some(one.from), one.to]).flatten();
    in_order(edges.flat_map(|day| [day.before(), Some(day), day.next()]).flatten())
}

/// The days from which so many months, as a condition counts them, end about the as-of date.
pub fn days_within(tables: &'static Tables, question: QuestionId, as_of: Date) -> Vec<Date> {
    let mut all = Vec::new();
    for condition in conditions(tables) {
        let begin = months(condition, question).and_then(|months| as_of.before_months(u32::from(months)));
        if let Some(begin) = begin {
            // Months of unlike length: the 28th and the 29th of February may end on the same day.
            let (before, after) = (begin.before(), begin.next());
            all.extend([before, Some(begin), after, after.and_then(Date::next)].into_iter().flatten());
        }
    }
    in_order(all.into_iter())
}

/// By insertion: the lists are short, and the sorting of the standard library is long.
fn in_order<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for item in items {
        if let Err(at) = all.binary_search(&item) {
            all.insert(at, item);
        }
    }
    all
}
