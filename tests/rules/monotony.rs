//! What the rules promise to grow or shrink one way only.
//!
//! Two people who differ in one thing are compared: the day of the claim, or the level. Everything else is the same, and
//! so are the blocks of the tables that hold, because a new regulation may promise less than the old one.

use std::{collections::BTreeMap, time::Instant};

use subsidy_checker::rules::{
    Amount, Date, Finding, FindingId, QuestionId, TABLES, Truth, Validity, assess, boundaries,
};

use crate::{
    people::{Crowd, Person, Said, answers, example, shrink},
    ways::{Dice, take_as_met},
};

/// As much of a finding as is compared; as written or as if the last known rules went on.
struct Outcome {
    state: Truth,
    amounts: [Option<Amount>; 3],
}

/// What the subsidy comes to, both ways.
fn subsidy(said: &Said, as_of: Date) -> [Outcome; 2] {
    let found = assess(&TABLES, &answers(said), as_of);
    let written = |one: &Finding| Outcome { state: one.state, amounts: [one.amount, one.base, one.uplift] };
    let finding = found.finding(FindingId::Subsidy).unwrap();
    let last_known = finding
        .indicative
        .as_ref()
        .map(|one| Outcome { state: one.state, amounts: [one.amount, one.base, one.uplift] });
    [written(finding), last_known.unwrap_or_else(|| written(finding))]
}

fn sureness(truth: Truth) -> u8 {
    match truth {
        Truth::NotMet => 0,
        Truth::Unknown(_) => 1,
        Truth::Met => 2,
    }
}

/// Neither end of the first is above that of the second. What isn't known on one side has to be so on the other.
fn pays_no_more(one: Option<Amount>, other: Option<Amount>) -> bool {
    match (one, other) {
        (Some(Some(one)), Some(Some(other))) => one.min <= other.min && one.max <= other.max,
        (Some(None), Some(other)) => other.is_none(),
        (Some(Some(_)), Some(None)) => false,
        (None, _) => true,
        (Some(_), None) => false,
    }
}

/// Every stretch of days in which the same blocks hold.
fn stretches() -> Vec<(Date, Date)> {
    let regulations = TABLES.subsidies.iter().map(|one| one.validity);
    let lists = TABLES.shortages.iter().map(|one| one.validity);
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

/// The days of a stretch that matter, among them those on which this certificate runs out.
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

/// What is better on the later day.
fn gains_by_waiting(said: &Said, sooner: Date, later: Date) -> Option<String> {
    let certificate = said.get("certificate-date").and_then(|text| Date::parse(text));
    if certificate.is_some_and(|day| day > sooner) {
        return None;
    }
    let pairs = subsidy(said, sooner).into_iter().zip(subsidy(said, later));
    pairs.zip(["as written", "indicative"]).find_map(|((then, late), which)| {
        if sureness(late.state) > sureness(then.state) {
            return Some(format!("{which}: {:?} becomes {:?}", then.state, late.state));
        }
        let mut amounts = late.amounts.into_iter().zip(then.amounts);
        let more = amounts.position(|(late, then)| !pays_no_more(late, then))?;
        Some(format!("{which}: {:?} becomes {:?}", then.amounts[more], late.amounts[more]))
    })
}

#[test]
fn a_later_claim_never_pays_more() {
    let started = Instant::now();
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 41), Dice(41));
    let stretches = stretches();
    let (mut people, mut pairs) = (0, 0);
    let mut worse: BTreeMap<&str, usize> = BTreeMap::new();
    while people < 100_000 {
        let Person { mut said, .. } = crowd.person();
        said.insert("goal".to_owned(), "claim".to_owned());
        if dice.below(3) > 0 {
            take_as_met(&mut said, &mut dice);
        }
        people += 1;
        let days = days(dice.one(&stretches), &said);
        if days.len() < 2 {
            continue;
        }
        for _ in 0..4 {
            let (one, other) = (dice.one(&days), dice.one(&days));
            let (sooner, later) = (one.min(other), one.max(other));
            pairs += 1;
            if gains_by_waiting(&said, sooner, later).is_some() {
                let said = shrink(said, |fewer| gains_by_waiting(fewer, sooner, later).is_some());
                let what = gains_by_waiting(&said, sooner, later).unwrap();
                panic!("until {later}, {what}\n{}", example(&said, &sooner.to_string()));
            }
            let [then, _] = subsidy(&said, sooner);
            let [late, _] = subsidy(&said, later);
            let kind = match (sureness(then.state), sureness(late.state)) {
                (0, _) => "out on both",
                (one, two) if one == two => "the same on both",
                _ => "worse on the later",
            };
            *worse.entry(kind).or_default() += 1;
        }
    }
    println!("{people} people, {pairs} pairs of days {worse:?}: {:.1} s", started.elapsed().as_secs_f32());
}

/// What the higher level pays less.
fn loses_by_level(said: &Said, as_of: Date, question: QuestionId, lower: &str, higher: &str) -> Option<String> {
    let at = |level: &str| {
        let mut said = said.clone();
        said.insert(question.id().to_owned(), level.to_owned());
        subsidy(&said, as_of)
    };
    let class = TABLES.courses.last().unwrap();
    let own = [lower, higher].contains(&class.level.to_string().as_str());
    // While the class is not past, its level is judged by the rules of its days, the others by those of any later day.
    let apart = question == QuestionId::TargetLevel && own && class.validity.to.is_none_or(|to| as_of <= to);
    let pairs = at(lower).into_iter().zip(at(higher)).zip(["as written", "indicative"]);
    pairs.skip(usize::from(apart)).find_map(|((low, high), which)| {
        if sureness(high.state) == 0 {
            return None;
        }
        // Some of its later days may be known, and none of the earlier ones.
        if apart && (low.amounts.contains(&Some(None)) || high.amounts.contains(&Some(None))) {
            return None;
        }
        let mut amounts = low.amounts.into_iter().zip(high.amounts);
        let less = amounts.position(|(low, high)| !pays_no_more(low, high))?;
        Some(format!("{which}: {:?} and {:?}", low.amounts[less], high.amounts[less]))
    })
}

#[test]
fn a_higher_level_never_pays_less() {
    let started = Instant::now();
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 43), Dice(43));
    let (mut people, mut pairs) = (0, 0);
    while people < 60_000 {
        let Person { mut said, as_of } = crowd.person();
        if said["goal"] == "exam" {
            continue;
        }
        if dice.below(3) > 0 {
            take_as_met(&mut said, &mut dice);
        }
        people += 1;
        let question = if said["goal"] == "enrol" { QuestionId::TargetLevel } else { QuestionId::CertificateLevel };
        for (lower, higher) in [("5", "4"), ("4", "3"), ("3", "2"), ("2", "1")] {
            pairs += 1;
            if loses_by_level(&said, as_of, question, lower, higher).is_some() {
                let said = shrink(said, |fewer| loses_by_level(fewer, as_of, question, lower, higher).is_some());
                let what = loses_by_level(&said, as_of, question, lower, higher).unwrap();
                panic!("levels {lower} and {higher}, {what}\n{}", example(&said, &as_of.to_string()));
            }
        }
    }
    println!("{people} people, {pairs} pairs of levels: {:.1} s", started.elapsed().as_secs_f32());
}
