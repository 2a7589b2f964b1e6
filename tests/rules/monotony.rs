//! Monotony: results that can only grow or only shrink.
//!
//! Two people are compared who differ in one attribute: the day of the claim, or the level. Everything else is the
//! same, including the blocks in force, because a new regulation may give less than the old one.

use std::collections::BTreeMap;

use subsidy_checker::rules::{
    Answers, Assessment, Date, FindingId, Goal, Level, QuestionId, Truth, Validity, answer, assess, boundaries,
};

use crate::{
    frozen::TABLES,
    outcome::{Outcome, outcomes, sureness},
    people::{Crowd, Dice, Person, Said, answers, check, mostly_met},
};

/// Returns the first amount that is greater than the other person's. Neither end may be higher, and an amount that
/// is unknown for one must be unknown for the other.
fn pays_more(one: &Outcome, other: &Outcome) -> Option<String> {
    one.amounts.into_iter().zip(other.amounts).find_map(|(one, other)| {
        let is_less = match (one, other) {
            (Some(Some(one)), Some(Some(other))) => one.min <= other.min && one.max <= other.max,
            (Some(None), Some(other)) => other.is_none(),
            (None, _) => true,
            (Some(_), _) => false,
        };
        (!is_less).then(|| format!("{one:?} is more than {other:?}"))
    })
}

/// Returns every period in which the same blocks are in force.
fn stretches() -> Vec<(Date, Date)> {
    let regulations = TABLES.subsidies.iter().map(|one| one.validity);
    let lists = TABLES.cities.iter().flat_map(|city| city.lists).map(|one| one.validity);
    let catalogues = TABLES.catalogues.iter().map(|one| one.validity);
    let edges = |one: Validity| [Some(one.from), one.to.and_then(Date::next)];
    let mut firsts: Vec<_> = regulations.chain(lists).chain(catalogues).flat_map(edges).flatten().collect();
    firsts.sort();
    firsts.dedup();
    let mut all: Vec<_> = firsts.windows(2).map(|two| (two[0], two[1].before().unwrap())).collect();
    let last = *firsts.last().unwrap();
    all.push((last, last.after_months(30).unwrap()));
    all
}

/// Returns the relevant days of a period, among them those on which this certificate expires.
fn days(stretch: (Date, Date), said: &Said) -> Vec<Date> {
    let mut all = boundaries::days(&TABLES);
    let certificate = said.get("certificate-date").and_then(|text| Date::parse(text));
    let ends = certificate.and_then(|day| day.after_months(12));
    all.extend(ends.into_iter().flat_map(|end| [end.before(), Some(end), end.next()]).flatten());
    all.extend(
        [Some(stretch.0), stretch.0.after_months(3), stretch.0.after_months(7), Some(stretch.1)].into_iter().flatten(),
    );
    let from = certificate.unwrap_or(stretch.0).max(stretch.0);
    all.into_iter().filter(|day| (from..=stretch.1).contains(day)).collect()
}

/// Returns the subsidy, as the tables are written and as if the last known rules were extended.
fn subsidy(found: &Assessment) -> [Outcome<'_>; 2] {
    outcomes(found.finding(FindingId::Subsidy).unwrap())
}

const WHICH: [&str; 2] = ["as written", "indicative"];

/// Returns what is better on the later day, if anything.
fn gains_by_waiting(sooner: &Assessment, later: &Assessment) -> Option<String> {
    subsidy(sooner).into_iter().zip(subsidy(later)).zip(WHICH).find_map(|((then, late), which)| {
        if sureness(late.state) > sureness(then.state) {
            return Some(format!("{which}: {:?} becomes {:?}", then.state, late.state));
        }
        pays_more(&late, &then).map(|what| format!("{which}: {what}"))
    })
}

#[test]
fn a_later_claim_never_pays_more() {
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 41), Dice(41));
    let stretches = stretches();
    let (people, mut pairs) = (100_000, 0);
    let mut worse: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..people {
        let Person { mut said, .. } = crowd.person();
        said.insert("goal".to_owned(), "claim".to_owned());
        mostly_met(&mut said, &mut dice);
        let days = days(dice.one(&stretches), &said);
        if days.len() < 2 {
            continue;
        }
        let somebody = answers(&said);
        for _ in 0..4 {
            let (one, other) = (dice.one(&days), dice.one(&days));
            let [sooner, later] = [one.min(other), one.max(other)];
            let [then, late] = [sooner, later].map(|day| assess(&TABLES, &somebody, day));
            pairs += 1;
            if gains_by_waiting(&then, &late).is_some() {
                check(&said, sooner, |fewer| {
                    let [then, late] = [sooner, later].map(|day| assess(&TABLES, &answers(fewer), day));
                    gains_by_waiting(&then, &late).map(|what| format!("until {later}, {what}"))
                });
            }
            let kind = match (sureness(subsidy(&then)[0].state), sureness(subsidy(&late)[0].state)) {
                (0, _) => "out on both",
                (one, two) if one == two => "the same on both",
                _ => "worse on the later",
            };
            *worse.entry(kind).or_default() += 1;
        }
    }
    println!("{people} people, {pairs} pairs of days {worse:?}");
}

/// Returns an amount that is lower than that of the level below, if there is one.
fn loses_by_level(said: &Answers, as_of: Date) -> Option<String> {
    let enrols = Goal::of(&TABLES, said) == Goal::Enrol;
    let question = if enrols { QuestionId::TARGET_LEVEL } else { QuestionId::CERTIFICATE_LEVEL };
    let each: Vec<_> = Level::ALL
        .iter()
        .map(|level| {
            let mut one = *said;
            one.set(question, answer(&TABLES, question, level.id()));
            (*level, assess(&TABLES, &one, as_of))
        })
        .collect();
    let class = TABLES.courses.last().unwrap();
    let pairs = each.windows(2).flat_map(|pair| {
        // While the class is not past, its level is judged by the rules of its days, the others by those of any later day.
        let own = pair.iter().any(|(level, _)| *level == class.level);
        let apart = own && enrols && class.validity.to.is_none_or(|to| as_of <= to);
        let both = subsidy(&pair[0].1).into_iter().zip(subsidy(&pair[1].1)).zip(WHICH).skip(usize::from(apart));
        both.map(move |((low, high), which)| (low, high, apart, format!("level {}, {which}", pair[1].0.id())))
    });
    pairs.into_iter().find_map(|(low, high, apart, which)| {
        // Some of its later days may be known, and none of the earlier ones.
        let unknown = apart && (low.amounts.contains(&Some(None)) || high.amounts.contains(&Some(None)));
        if high.state == Truth::NotMet || unknown {
            return None;
        }
        pays_more(&low, &high).map(|what| format!("{which}: on the level below {what}"))
    })
}

#[test]
fn a_higher_level_never_pays_less() {
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 43), Dice(43));
    let mut people = 0;
    while people < 60_000 {
        let Person { mut said, as_of } = crowd.person();
        if said["goal"] == "exam" {
            continue;
        }
        mostly_met(&mut said, &mut dice);
        people += 1;
        check(&said, as_of, |said| loses_by_level(&answers(said), as_of));
    }
    println!("{people} people, each at all levels");
}
