//! Which answers are worth trying: of those that nothing tells apart, one.
//!
//! Numbers fall into stretches between the ends that conditions mention, values into sets that every condition takes
//! alike, days into those before, within and after the lists. So a whole product of questions stays small, and trying
//! it is still trying everything.

use std::collections::BTreeSet;

use subsidy_checker::{
    people::{Crowd, Person},
    rules::{
        Answer, Answers, Choice, Condition, Date, Kind, QuestionId, TABLES, Tables, Validity, assess,
        boundaries::{conditions, leaves},
    },
};

use super::Somebody;

/// The questions that some conditions depend on.
pub fn questions<'a>(conditions: impl IntoIterator<Item = &'a &'static Condition>) -> BTreeSet<QuestionId> {
    let mut all = BTreeSet::new();
    for condition in conditions {
        leaves(condition, &mut |leaf| match *leaf {
            Condition::Is(Choice { question, .. })
            | Condition::Within(question, ..)
            | Condition::WithinMonths(question, _) => all.extend([question]),
            Condition::Listed(_) => all.extend([QuestionId::CertificateOccupation, QuestionId::CertificateDate]),
            _ => {}
        });
    }
    all
}

/// One answer of each kind that the conditions tell apart, as of a day; of days the latest first, since those are the
/// ones for which there are rules.
pub fn answers(
    tables: &'static Tables,
    question: QuestionId,
    conditions: &[&'static Condition],
    as_of: Date,
) -> Vec<Answer> {
    match tables.question(question).map(|one| one.kind) {
        Some(Kind::Choice(values)) => {
            let mut kinds = Vec::new();
            let places = 0..u16::try_from(values.len()).unwrap();
            let first = places.filter(|at| {
                let kind = value_kind(tables, question, *at, conditions);
                let new = !kinds.contains(&kind);
                kinds.push(kind);
                new
            });
            first.map(Answer::Choice).collect()
        }
        Some(Kind::Number(least, most)) => {
            let mut begins = BTreeSet::from([least]);
            for condition in conditions {
                leaves(condition, &mut |leaf| match *leaf {
                    Condition::Within(asked, from, to) if asked == question => begins.extend([from, to + 1]),
                    _ => {}
                });
            }
            begins.into_iter().filter(|number| *number <= most).map(Answer::Number).collect()
        }
        Some(Kind::Date) => {
            let mut days: BTreeSet<_> = begins(lists(tables)).collect();
            days.extend(days.first().and_then(|day| day.before()));
            for condition in conditions {
                leaves(condition, &mut |leaf| match *leaf {
                    Condition::WithinMonths(asked, months) if asked == question => days.extend(ago(as_of, months)),
                    _ => {}
                });
            }
            days.insert(as_of);
            days.into_iter().rev().filter(|day| *day <= as_of).map(Answer::Date).collect()
        }
        None => Vec::new(),
    }
}

/// What tells a value from others. Fields of work and levels stay apart: the core knows some of them itself.
fn value_kind(tables: &'static Tables, question: QuestionId, at: u16, conditions: &[&'static Condition]) -> Vec<u64> {
    let mut kind = Vec::new();
    if matches!(question, QuestionId::WorkField | QuestionId::TargetLevel | QuestionId::CertificateLevel) {
        kind.push(u64::from(at));
    }
    if question == QuestionId::CertificateOccupation {
        for catalogue in tables.catalogues {
            let row = catalogue.rows.iter().find(|row| row.occupation == at);
            let alike = catalogue.rows.iter().position(|one| row.is_some_and(|row| one.amounts == row.amounts));
            kind.push(alike.map_or(0, |at| 1 + at as u64));
        }
        kind.extend(tables.shortages.iter().map(|list| u64::from(list.occupations.contains(&at))));
    }
    for condition in conditions {
        leaves(condition, &mut |leaf| match *leaf {
            Condition::Is(choice) if choice.question == question => {
                kind.extend([choice.met, choice.open].map(|bits| bits >> at & 1));
            }
            _ => {}
        });
    }
    kind
}

/// When the lists hold that a certificate's date decides on.
fn lists(tables: &Tables) -> impl Iterator<Item = Validity> {
    tables.catalogues.iter().map(|one| one.validity).chain(tables.shortages.iter().map(|one| one.validity))
}

/// The first days of what they divide time into.
fn begins(validities: impl Iterator<Item = Validity>) -> impl Iterator<Item = Date> {
    validities.flat_map(|one| [Some(one.from), one.to.and_then(Date::next)]).flatten()
}

/// The day of which it is the last day within so many months, and its neighbours; as months differ in length, a few.
fn ago(as_of: Date, months: u16) -> Vec<Date> {
    let count = as_of.year() * 12 + u16::from(as_of.month()) - 1 - months;
    // A month may lack the day.
    let day = (0..4).find_map(|less| Date::new(count / 12, (count % 12) as u8 + 1, as_of.day().saturating_sub(less)));
    let first = day.and_then(Date::before);
    std::iter::successors(first, |day| day.next()).take(if as_of.day() < 28 { 3 } else { 6 }).collect()
}

/// Everybody who differs from somebody in these questions only, each with every answer worth trying.
pub fn everybody(base: Somebody, questions: &[(QuestionId, Vec<Answer>)]) -> impl Iterator<Item = Somebody> {
    let count = questions.iter().map(|(_, answers)| answers.len()).product();
    (0..count).map(move |mut at: usize| {
        let mut one = base;
        for (question, answers) in questions {
            one.answers.set(*question, Some(answers[at % answers.len()]));
            at /= answers.len();
        }
        one
    })
}

/// Everything that the people of a crowd are told stays the same if each answer is replaced by the one of its kind that
/// is tried: so nothing is missed by trying these alone.
#[test]
fn answers_that_nothing_tells_apart_lead_to_the_same() {
    let mut crowd = Crowd::new(&[&TABLES], 13);
    let conditions = conditions(&TABLES);
    let mut replaced = 0;
    for _ in 0..3000 {
        let Person { said, as_of } = crowd.person();
        let said = crate::people::answers(&said);
        let mut instead = said;
        for question in TABLES.questions.iter().filter(|one| one.id != QuestionId::Goal) {
            let Some(answer) = said.get(question.id) else { continue };
            let tried = answers(&TABLES, question.id, &conditions, as_of);
            let kind = |at| value_kind(&TABLES, question.id, at, &conditions);
            let same = tried.into_iter().filter(|one| match (*one, answer) {
                (Answer::Choice(one), Answer::Choice(other)) => kind(one) == kind(other),
                (Answer::Number(one), Answer::Number(other)) => one <= other,
                (Answer::Date(one), Answer::Date(other)) => one <= other,
                _ => false,
            });
            // Of numbers and days the nearest one before.
            let same = same.max_by_key(|one| match *one {
                Answer::Number(number) => (number, None),
                Answer::Date(day) => (0, Some(day)),
                _ => (0, None),
            });
            replaced += usize::from(same.is_some_and(|same| same != answer));
            instead.set(question.id, same.or(Some(answer)));
        }
        assert_eq!(told(&said, as_of), told(&instead, as_of), "{as_of} {said:?}");
    }
    println!("{replaced} answers replaced by another of their kind, with the same result");
    assert!(1000 < replaced);
}

/// Each criterion and path with its state, and the amounts.
fn told(answers: &Answers, as_of: Date) -> Vec<String> {
    let findings = assess(&TABLES, answers, as_of).findings;
    let each = findings.iter().map(|finding| {
        let criteria = finding.criteria.iter().map(|one| (one.criterion.id, one.state));
        let paths = finding.sitting.iter().flat_map(|one| &one.paths).map(|one| (one.criterion.id, one.state));
        let states: Vec<_> = criteria.chain(paths).collect();
        format!("{} {states:?} {:?} {:?} {:?}", finding.id.id(), finding.base, finding.amount, finding.claim_at)
    });
    each.collect()
}
