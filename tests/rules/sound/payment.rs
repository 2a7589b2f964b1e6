//! What is paid and where: no day without rules between two blocks, no row and no place for nobody, and no higher level
//! that pays less than a lower one.

use std::{collections::BTreeSet, ptr};

use subsidy_checker::rules::{
    Answer, Answers, Cause, Condition, Criterion, Date, DecidedCriterion, Finding, FindingId, Kind, OccupationAt,
    QuestionId, Range, Regulation, Tables, Validity, assess,
    boundaries::{conditions, days},
};

use super::{Defect, Somebody, Tried, criteria::days_in, criteria::payee};
use crate::answer_classes::{Product, classes, questions};

/// The days between two blocks on which neither holds.
pub fn gaps(tables: &'static Tables) -> Vec<Defect> {
    let mut all = Vec::new();
    let Some(last) = tables.subsidies.last() else { return all };
    let mut report = |kind: &str, (from, to): (Date, Date), somebody: Somebody, criterion: &Criterion| {
        let subsidy = subsidy(tables, &somebody);
        let state = subsidy.criteria.iter().find(|one| ptr::eq(one.criterion, criterion)).map(|one| one.state);
        if state.and_then(|state| state.cause()) == Some(Cause::NoRulesForDate) {
            let what = format!("{kind} leave a gap from {from} to {to}: {} is decided by no rules then", criterion.id);
            all.push(Defect { what, person: Some(somebody.example(tables, |_| true)) });
        }
    };
    for (from, to) in between(tables.subsidies.iter().map(|one| one.validity)) {
        let Some(criterion) = last.criteria.first() else { continue };
        let mut somebody = payee(tables, last, last.validity.from);
        somebody.as_of = from;
        somebody.answers.set(QuestionId::CERTIFICATE_DATE, Some(Answer::Date(from)));
        report("rules/subsidy.toml, the regulations", (from, to), somebody, criterion);
    }
    // The certificate's date decides on the lists: somebody claims with one of the first day of the gap.
    let holder = |day: Date| {
        let later = |one: &&Regulation| one.validity.to.is_none_or(|to| day <= to);
        let regulation = tables.subsidies.iter().find(later).unwrap_or(last);
        let mut somebody = payee(tables, regulation, day.max(regulation.validity.from));
        somebody.answers.set(QuestionId::CERTIFICATE_DATE, Some(Answer::Date(day)));
        (somebody, regulation)
    };
    for (from, to) in between(tables.catalogues.iter().map(|one| one.validity)) {
        let Some(catalogue) = tables.catalogues.last() else { continue };
        report("rules/occupations.toml, the catalogues", (from, to), holder(from).0, &catalogue.amount);
    }
    for (from, to) in between(tables.cities.iter().flat_map(|city| city.lists).map(|one| one.validity)) {
        let (somebody, regulation) = holder(from);
        report("rules/occupations.toml, the shortage lists", (from, to), somebody, &regulation.uplift);
    }
    all
}

/// The first and the last day after each block and before the next.
fn between(validities: impl Iterator<Item = Validity> + Clone) -> impl Iterator<Item = (Date, Date)> {
    validities.clone().zip(validities.skip(1)).filter_map(|(earlier, later)| {
        let (from, to) = (earlier.to?.next()?, later.from.before()?);
        (from <= to).then_some((from, to))
    })
}

/// Places where nobody can claim for sure.
pub fn places(tables: &'static Tables, tried: &mut Tried) -> Vec<Defect> {
    let mut all = Vec::new();
    for regulation in tables.subsidies {
        let when: Vec<&'static Condition> = regulation.places.iter().map(|place| &place.when).collect();
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut shown = None;
        for base in payees(tables, regulation) {
            let product = Product::of(questions(&when), |id| classes(tables, id, &when, base.as_of), &[]);
            for answers in product.ways(base.answers) {
                let one = Somebody { answers, ..base };
                tried.people += 1;
                found.extend(subsidy(tables, &one).claim_at.iter().map(|place| place.id));
                shown = shown.or(Some(one));
            }
            if found.len() == regulation.places.len() {
                break;
            }
        }
        for place in regulation.places.iter().filter(|place| !found.contains(&place.id)) {
            let from = regulation.validity.from;
            let what = format!("rules/subsidy.toml, the regulation from {from}: nobody can claim at `{}`", place.id);
            all.push(Defect { what, person: shown.map(|one: Somebody| one.example(tables, |_| true)) });
        }
    }
    all
}

/// Rows with which nobody is told anything else than without them; where a rule has ended, as if it went on, because
/// then nearly everything is possible, also what no rule has ever paid.
pub fn rows(tables: &'static Tables, tried: &mut Tried) -> Vec<Defect> {
    let mut all = Vec::new();
    let Some(nowhere) = outside(tables) else { return all };
    let everybody: Vec<_> = tables.subsidies.iter().flat_map(|one| payees(tables, one)).collect();
    let mut idle = |list: String, validity: Validity, rows: Vec<OccupationAt>, told: &dyn Fn(&Finding) -> String| {
        let mut idle = Vec::new();
        let mut shown = None;
        for row in rows {
            tried.rows += 1;
            let person = everybody.iter().flat_map(|base| dated(tables, base, validity)).find(|one| {
                tried.people += 1;
                let of =
                    |occupation| told(&subsidy(tables, &with(one, QuestionId::CERTIFICATE_OCCUPATION, occupation)));
                shown = shown.or(Some(with(one, QuestionId::CERTIFICATE_OCCUPATION, row)));
                of(row) != of(nowhere)
            });
            if person.is_none() {
                idle.push(tables.occupations[usize::from(row)].id);
            }
        }
        if !idle.is_empty() {
            let what = format!("{list}: no result depends on the rows of {}", idle.join(", "));
            all.push(Defect { what, person: shown.map(|one: Somebody| one.example(tables, |_| true)) });
        }
    };
    for catalogue in tables.catalogues {
        let name = format!("rules/occupations.toml, the catalogue from {}", catalogue.validity.from);
        let rows = catalogue.rows.iter().map(|row| row.occupation).collect();
        idle(name, catalogue.validity, rows, &|finding| match &finding.indicative {
            Some(then) => format!("{} {:?}", then.state.id(), then.base),
            None => format!("{} {:?}", finding.state.id(), finding.base),
        });
    }
    for list in tables.cities.iter().flat_map(|city| city.lists) {
        let name = format!("rules/occupations.toml, the shortage list from {}", list.validity.from);
        // The amounts differ for the catalogue's sake; whether something is added is the list's.
        idle(name, list.validity, list.occupations.to_vec(), &|finding| match &finding.indicative {
            Some(then) => raised(tables, &then.criteria),
            None => raised(tables, &finding.criteria),
        });
    }
    all
}

/// Levels of one occupation that pay less than a lower one.
pub fn levels(tables: &'static Tables, tried: &mut Tried) -> Vec<Defect> {
    for base in tables.subsidies.iter().flat_map(|one| payees(tables, one)) {
        let occupations = classes(tables, QuestionId::CERTIFICATE_OCCUPATION, &conditions(tables), base.as_of);
        for date in classes(tables, QuestionId::CERTIFICATE_DATE, &[], base.as_of) {
            for occupation in &occupations {
                let mut one = base;
                one.answers.set(QuestionId::CERTIFICATE_DATE, Some(date));
                one.answers.set(QuestionId::CERTIFICATE_OCCUPATION, Some(*occupation));
                let mut lower: Option<(u16, Range)> = None;
                for at in 0..5 {
                    tried.people += 1;
                    let one = with(&one, QuestionId::CERTIFICATE_LEVEL, at);
                    let Some(amount) = subsidy(tables, &one).yuan() else { continue };
                    match lower {
                        Some((below, least)) if amount.min < least.min || amount.max < least.max => {
                            let (above, below) = (5 - at, 5 - below);
                            let what = format!(
                                "rules/occupations.toml: level {above} pays {} at most, and the lower level {below} {}",
                                amount.max.normalize(),
                                least.max.normalize()
                            );
                            return vec![Defect { what, person: Some(one.example(tables, |_| true)) }];
                        }
                        _ => lower = Some((at, amount)),
                    }
                }
            }
        }
    }
    Vec::new()
}

/// Somebody with nothing in the way on each of the days of a regulation; after the last one too, when people are told
/// what would be if it went on.
fn payees(tables: &'static Tables, regulation: &'static Regulation) -> Vec<Somebody> {
    let held = days_in(tables, regulation.validity).into_iter().map(|day| payee(tables, regulation, day));
    let mut all: Vec<_> = held.collect();
    let last = tables.subsidies.last().is_some_and(|last| ptr::eq(last, regulation));
    if let (true, Some(somebody), Some(to)) = (last, all.last().copied(), regulation.validity.to) {
        let later = days(tables).into_iter().filter(|day| to < *day);
        all.extend(later.map(|as_of| Somebody { as_of, ..somebody }));
    }
    all
}

/// The same person with a certificate of each kind of day on which a list holds.
fn dated(tables: &'static Tables, base: &Somebody, validity: Validity) -> impl Iterator<Item = Somebody> {
    let days = classes(tables, QuestionId::CERTIFICATE_DATE, &[], base.as_of).into_iter();
    let held = move |day: &Answer| match day {
        Answer::Date(day) => validity.from <= *day && validity.to.is_none_or(|to| *day <= to),
        _ => false,
    };
    let base = *base;
    days.filter(held).map(move |day| {
        let mut one = base;
        one.answers.set(QuestionId::CERTIFICATE_DATE, Some(day));
        one
    })
}

/// The value for occupations that are in no table.
fn outside(tables: &Tables) -> Option<u16> {
    match tables.question(QuestionId::CERTIFICATE_OCCUPATION)?.kind {
        Kind::Choice(values) if tables.occupations.len() < values.len() => u16::try_from(tables.occupations.len()).ok(),
        _ => None,
    }
}

fn with(somebody: &Somebody, question: QuestionId, value: u16) -> Somebody {
    let mut answers: Answers = somebody.answers;
    answers.set(question, Some(Answer::Choice(value)));
    Somebody { answers, ..*somebody }
}

fn subsidy(tables: &'static Tables, somebody: &Somebody) -> Finding {
    let found = assess(tables, &somebody.answers, somebody.as_of).findings;
    found.into_iter().find(|one| one.id == FindingId::Subsidy).expect("whoever claims is told of the subsidy")
}

/// The states of what the uplift needs.
fn raised(tables: &Tables, criteria: &[DecidedCriterion]) -> String {
    let uplifts = || tables.subsidies.iter().map(|one| &one.uplift);
    let of = criteria.iter().filter(|one| uplifts().any(|uplift| ptr::eq(one.criterion, uplift)));
    of.map(|one| one.state.id()).collect()
}
