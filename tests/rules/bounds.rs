//! Results with open answers, compared with every way to answer them.
//!
//! A person with a few open answers is assessed as is, and once for every way to fill in what is open. A state must
//! be the one on which all ways agree. An amount must reach exactly from the smallest to the largest of them. Every
//! way is itself assessed by the core; `agreement` checks that the core assesses complete answers correctly.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use subsidy_checker::rules::{
    Amount, Answer, Answers, Condition, Date, FindingId, Forecast, Goal, Place, QuestionId, Range, Truth, Validity,
    assess,
};

use crate::{
    answer_classes::{Product, classes, is_asked, questions},
    frozen::TABLES,
    outcome::outcomes,
    people::{CLAIM, Crowd, Dice, Person, Said, answers, but, day, example, mostly_met, said, shrink},
};

/// A person with more ways than this is skipped.
const MOST_WAYS: usize = 4_000;

/// The results of all ways.
#[derive(Default)]
struct Tried {
    states: BTreeSet<&'static str>,
    /// The states of each entry path.
    paths: BTreeMap<&'static str, BTreeSet<&'static str>>,
    amounts: [Reach; 3],
}

/// The range of an amount over all ways.
#[derive(Default)]
struct Reach {
    range: Option<Range>,
    /// Whether the amount is unknown in some way.
    unknown: bool,
    /// Whether the amount doesn't apply in some way.
    absent: bool,
}

impl Reach {
    fn add(&mut self, amount: Option<Amount>) {
        match (amount, self.range) {
            (None, _) => self.absent = true,
            (Some(None), _) => self.unknown = true,
            (Some(Some(one)), None) => self.range = Some(one),
            (Some(Some(one)), Some(all)) => {
                self.range = Some(Range { min: all.min.min(one.min), max: all.max.max(one.max) });
            }
        }
    }

    fn amount(&self) -> Option<Amount> {
        if self.unknown { Some(None) } else { self.range.map(Some) }
    }
}

impl Tried {
    /// Returns the state on which all ways agree.
    fn state(&self) -> &'static str {
        agreed(&self.states)
    }

    /// Returns the state by single paths: met if all ways agree on some path. Two paths that cover everybody only
    /// together (E2.4 is for graduates, E2.5 for students) don't count, because the rules derive the finding from
    /// the state of each path.
    fn by_paths(&self) -> &'static str {
        let states: BTreeSet<_> = self.paths.values().map(agreed).collect();
        if states.contains("met") { "met" } else { agreed(&states) }
    }
}

fn agreed(states: &BTreeSet<&'static str>) -> &'static str {
    if states.len() == 1 { states.first().unwrap() } else { "unknown" }
}

/// Returns the conditions that may matter for a goal, apart from answers that follow from the goal.
fn conditions(goal: Goal, level: usize) -> Vec<&'static Condition> {
    let mut all: Vec<&'static Condition> = Vec::new();
    let exam = &TABLES.exam;
    match goal {
        Goal::Exam => return vec![&exam.passed.when, &exam.resit.when, &exam.attendance.when],
        Goal::Enrol => {
            all.extend(TABLES.entry.levels[level].paths.iter().map(|one| &one.when));
            all.extend(TABLES.courses.iter().map(|one| &one.member.when));
        }
        Goal::Claim => all.extend(TABLES.catalogues.iter().map(|one| &one.amount.when)),
    }
    for regulation in TABLES.subsidies {
        let criteria =
            regulation.criteria.iter().filter(|one| goal != Goal::Enrol || one.forecast != Forecast::AssumedMet);
        all.extend(criteria.map(|one| &one.when).chain([&regulation.uplift.when]));
        all.extend(regulation.places.iter().map(|one| &one.when));
    }
    all.extend(TABLES.recognitions.iter().chain(TABLES.craftsmen).flat_map(|one| one.criteria).map(|one| &one.when));
    all
}

/// Returns the questions that may matter, each with one answer of every class.
fn asked(said: &Said, as_of: Date) -> Product {
    let goal = Goal::from_id(&said["goal"]).unwrap();
    let level = said.get("target-level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(3);
    let conditions = conditions(goal, 5 - level);
    let asked = questions(&conditions).into_iter().filter(|id| is_asked(goal, *id));
    Product::of(asked, |id| classes(&TABLES, id, &conditions, as_of), &[])
}

fn is_open(answers: &Answers, question: QuestionId) -> bool {
    matches!(answers.get(question), None | Some(Answer::DontKnow))
}

/// Returns every way to fill in what is open, or None if there are too many.
fn ways(answers: &Answers, mut asked: Product) -> Option<Product> {
    asked.0.retain(|(id, _)| is_open(answers, *id));
    (asked.len() <= MOST_WAYS).then_some(asked)
}

/// Whether an amount must exclude ways in which the claim is refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Granted,
    /// The amount may be wider if the claim is refused in some way.
    AtLeastGranted,
}

/// Returns a difference between the result with open answers and the results of all ways.
fn wrong(said: &Said, as_of: Date, bounds: Bounds) -> Option<String> {
    let somebody = answers(said);
    let ways = ways(&somebody, asked(said, as_of))?;
    let found = assess(&TABLES, &somebody, as_of);
    // As the tables are written, and as if the last known rules went on.
    let mut tried: BTreeMap<(FindingId, bool), Tried> = BTreeMap::new();
    let mut places: BTreeMap<FindingId, Vec<&'static Place>> = BTreeMap::new();
    let mut known_until: BTreeMap<FindingId, Date> = BTreeMap::new();
    let mut held = BTreeSet::new();
    for path in ways.ways(somebody) {
        for finding in &assess(&TABLES, &path, as_of).findings {
            for (one, last_known) in outcomes(finding).into_iter().zip([false, true]) {
                let all = tried.entry((finding.id, last_known)).or_default();
                all.states.insert(one.state.id());
                for path in finding.entry.iter().flat_map(|one| &one.paths) {
                    all.paths.entry(path.criterion.id).or_default().insert(path.state.id());
                }
                all.amounts.iter_mut().zip(one.amounts).for_each(|(all, one)| all.add(one));
            }
            if finding.state != Truth::NotMet {
                let all = places.entry(finding.id).or_insert_with(|| finding.claim_at.clone());
                all.retain(|place| finding.claim_at.contains(place));
            }
            if let Some(until) = finding.rules_known_until {
                let first = known_until.entry(finding.id).or_insert(until);
                *first = until.min(*first);
            }
            held.extend(finding.entry.as_ref().map(|one| one.already_held));
        }
    }
    for ((id, last_known), all) in &tried {
        let which = format!("{}{}", id.id(), if *last_known { " indicative" } else { "" });
        let Some(finding) = found.finding(*id) else { return Some(format!("{which} is absent")) };
        let told = outcomes(finding)[usize::from(*last_known)];
        let other = |id| found.finding(id).map(|one| outcomes(one)[usize::from(*last_known)]);
        let expected = match id {
            // Which fee it is has to be known, not that there is one; and what is left follows from both.
            FindingId::CourseFee | FindingId::ResitFee => {
                let exact = all.amounts[0].range.is_none_or(|one| one.min == one.max);
                if all.state() == "met" && !exact { "unknown" } else { all.state() }
            }
            FindingId::NetCost => {
                let decided = |id| other(id).is_some_and(|one| !one.state.is_unknown());
                let both = decided(FindingId::CourseFee) && decided(FindingId::Subsidy);
                if both { "met" } else { "unknown" }
            }
            FindingId::MaySit => all.by_paths(),
            _ => all.state(),
        };
        if told.state.id() != expected {
            return Some(format!("{which}: {:?}, but all ways say {:?}", told.state, all.states));
        }
        let names = ["amount", "base", "uplift"];
        for ((name, told), all) in names.into_iter().zip(told.amounts).zip(&all.amounts) {
            let wider = match (told, all.amount()) {
                (Some(Some(told)), Some(Some(all))) => told.min <= all.min && all.max <= told.max,
                (told, all) => told == Some(None) && all.is_some(),
            };
            let excused = bounds == Bounds::AtLeastGranted && all.absent && wider;
            if told != all.amount() && !(excused && *id == FindingId::Subsidy) {
                return Some(format!("{which}: {name} {}, but all ways give {}", yuan(told), yuan(all.amount())));
            }
        }
        if *last_known {
            continue;
        }
        let everywhere = places.remove(id).unwrap_or_default();
        if finding.claim_at != everywhere {
            return Some(format!("{which}: at {:?}, but all ways say {everywhere:?}", finding.claim_at));
        }
        if finding.rules_known_until != known_until.get(id).copied() {
            let all = known_until.get(id);
            return Some(format!("{which}: until {:?}, but all ways say {all:?}", finding.rules_known_until));
        }
        // A term is told while a regulation holds; after the end of one, only as if it went on.
        let dated = matches!(somebody.get(QuestionId::CERTIFICATE_DATE), Some(Answer::Date(_)));
        let has_term = dated && said["goal"] == "claim" && *id == FindingId::Subsidy;
        let holds = |one: Validity| one.from <= as_of && one.to.is_none_or(|to| as_of <= to);
        if finding.deadline.is_some() != (has_term && TABLES.subsidies.iter().any(|one| holds(one.validity))) {
            return Some(format!("{which}: deadline {:?}", finding.deadline));
        }
        if let Some(then) = &finding.indicative
            && then.deadline.is_some() != has_term
        {
            return Some(format!("{which} indicative: deadline {:?}", then.deadline));
        }
        if let Some(entry) = &finding.entry {
            let all = if held.len() == 1 { *held.first().unwrap() } else { None };
            if entry.already_held != all {
                return Some(format!("{which}: holds {:?}, but all ways say {held:?}", entry.already_held));
            }
        }
    }
    let more = found.findings.iter().find(|one| !tried.contains_key(&(one.id, false)));
    more.map(|one| format!("{} is there, but no way has it", one.id.id()))
}

fn yuan(amount: Option<Amount>) -> String {
    match amount {
        None => "absent".to_owned(),
        Some(None) => "not known".to_owned(),
        Some(Some(Range { min, max })) => format!("{} to {}", Decimal::normalize(&min), Decimal::normalize(&max)),
    }
}

/// Returns a random person with a few open answers.
fn somebody(crowd: &mut Crowd, dice: &mut Dice) -> Option<(Said, Date, usize)> {
    let Person { said: mut drawn, as_of } = crowd.person();
    mostly_met(&mut drawn, dice);
    let mut known = answers(&drawn);
    let asked = asked(&drawn, as_of);
    for (id, classes) in &asked.0 {
        if is_open(&known, *id) && !classes.is_empty() {
            known.set(*id, dice.one(classes));
        }
    }
    for _ in 0..1 + dice.below(9) {
        let (id, _) = &asked.0[dice.below(asked.0.len())];
        known.set(*id, [None, Some(Answer::DontKnow)][dice.below(2)]);
    }
    let ways = ways(&known, asked)?.len();
    Some((said(&known), as_of, ways))
}

#[test]
fn what_is_open_is_what_every_way_to_fill_it_in_gives() {
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 31), Dice(31));
    let (mut people, mut ways, mut wider) = (0, 0, 0);
    // One of each kind: the words before the first number.
    let mut found: BTreeMap<String, (String, usize)> = BTreeMap::new();
    while people < 14_000 {
        let Some((said, as_of, tried)) = somebody(&mut crowd, &mut dice) else { continue };
        people += 1;
        ways += tried;
        if wrong(&said, as_of, Bounds::Granted).is_none() {
            continue;
        }
        let fails = |said: &Said| wrong(said, as_of, Bounds::AtLeastGranted);
        if fails(&said).is_none() {
            wider += 1;
            continue;
        }
        let said = shrink(said, |fewer| fails(fewer).is_some());
        let what = fails(&said).unwrap();
        let kind = what.split(|one: char| one.is_ascii_digit()).next().unwrap_or_default().to_owned();
        let shown = format!("{what}\n{}", example(&said, as_of));
        found.entry(kind).or_insert((shown, 0)).1 += 1;
    }
    println!("{people} people, {ways} ways to fill in, {wider} amounts wider than what may be granted");
    let shown: Vec<_> = found.values().map(|(shown, count)| format!("{count} like this: {shown}")).collect();
    assert!(found.is_empty(), "{}", shown.join("\n"));
}

/// An amount is what is paid if the claim is granted, without the levels that would be refused. If the certificate
/// may be from before 2025, the amount is unknown, even if such a certificate would be too old by then.
#[test]
fn an_amount_is_what_may_be_granted() {
    let somebody = format!("{CLAIM};unemployment-registered=no;front-line-post=no");
    let check = |others: &str, as_of: &str, expected: Option<&str>| {
        let (said, as_of) = (but(&somebody, others), day(as_of));
        assert!(ways(&answers(&said), asked(&said, as_of)).is_some(), "{said:?}: too many ways");
        assert_eq!(wrong(&said, as_of, Bounds::AtLeastGranted), None);
        let what = wrong(&said, as_of, Bounds::Granted);
        assert_eq!(what.as_deref(), expected, "{}", example(&said, as_of));
    };
    // Who had it for a higher level already can only have level 1 left.
    check("certificate-level=;certificate-date=2025-01-01;paid-higher=yes", "2025-07-11", None);
    check("certificate-level=;certificate-date=2025-01-01", "2025-07-11", None);
    // A certificate from before the catalogue is too old by 2026; the rules say that its amount isn't known.
    let expected = "subsidy indicative: amount not known, but all ways give 3120 to 3120";
    check("certificate-date=;paid-higher=", "2025-12-31", None);
    check("certificate-date=;paid-higher=", "2026-01-01", Some(expected));
}
