//! What is not known, against trying everything it may be.
//!
//! People with a few open answers are judged once as they are, and once for every way to fill in what is open: a state
//! has to be what all ways agree on, an amount has to reach from the least of them to the most, and nowhere else. Every
//! way is itself judged by the core; that it judges complete people rightly is shown elsewhere (`agreement`).

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use rust_decimal::Decimal;
use subsidy_checker::rules::{
    Amount, Answer, Answers, Condition, Date, Finding, FindingId, Forecast, PlaceId, QuestionId, Range, TABLES, Truth,
    assess,
};

use crate::{
    people::{Crowd, Person, Said, answers, day, example, said, shrink},
    ways::{Dice, Product, kinds, questions, take_as_met},
};

/// More ways than this and somebody is left to others.
const MOST_WAYS: usize = 4_000;

/// What a finding comes to, as written or as if the last known rules went on.
#[derive(Clone, Copy)]
struct Outcome {
    state: Truth,
    /// Amount, base, uplift.
    amounts: [Option<Amount>; 3],
}

fn outcome(finding: &Finding, last_known: bool) -> Outcome {
    match finding.indicative.as_ref().filter(|_| last_known) {
        Some(one) => Outcome { state: one.state, amounts: [one.amount, one.base, one.uplift] },
        None => Outcome { state: finding.state, amounts: [finding.amount, finding.base, finding.uplift] },
    }
}

/// What all the ways came to.
#[derive(Default)]
struct Tried {
    states: BTreeSet<&'static str>,
    amounts: [Reach; 3],
}

/// From the least to the most.
#[derive(Default)]
struct Reach {
    range: Option<Range>,
    /// A way in which it is not known.
    unknown: bool,
    /// A way in which it doesn't apply.
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
    /// What they agree on.
    fn state(&self) -> &'static str {
        if self.states.len() == 1 { self.states.first().unwrap() } else { "unknown" }
    }
}

/// What may matter to somebody with a goal, but for what the goal settles.
fn conditions(goal: &str, level: usize) -> Vec<&'static Condition> {
    let mut all: Vec<&'static Condition> = Vec::new();
    let exam = &TABLES.exam;
    match goal {
        "exam" => return vec![&exam.passed.when, &exam.resit.when, &exam.attendance.when],
        "enrol" => {
            all.extend(TABLES.entry.levels[level].paths.iter().map(|one| &one.when));
            all.extend(TABLES.courses.iter().map(|one| &one.member.when));
        }
        _ => all.extend(TABLES.catalogues.iter().map(|one| &one.amount.when)),
    }
    for regulation in TABLES.subsidies {
        let criteria = regulation.criteria.iter().filter(|one| goal != "enrol" || one.forecast != Forecast::Taken);
        all.extend(criteria.map(|one| &one.when).chain([&regulation.uplift.when]));
        all.extend(regulation.places.iter().map(|one| &one.when));
    }
    all.extend(TABLES.recognitions.iter().chain(TABLES.craftsmen).flat_map(|one| one.criteria).map(|one| &one.when));
    all
}

fn is_settled(goal: &str, question: QuestionId) -> bool {
    use QuestionId::{CertificateDate, CertificateIssuer, CertificateLevel, CertificateOccupation, Goal};
    let certificate = [CertificateDate, CertificateIssuer, CertificateLevel, CertificateOccupation];
    question == Goal || (goal != "claim" && certificate.contains(&question))
}

/// The questions that may matter, each with an answer of every kind.
fn asked(said: &Said, as_of: Date) -> Vec<(QuestionId, Vec<Option<Answer>>)> {
    let goal = said["goal"].as_str();
    let level = said.get("target-level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(3);
    let conditions = conditions(goal, 5 - level);
    let asked = questions(&conditions).into_iter().filter(|id| !is_settled(goal, *id));
    asked.map(|id| (id, kinds(id, &conditions, as_of).into_iter().map(Some).collect())).collect()
}

/// Every way to fill in what is open; none if there are too many.
fn ways(answers: &Answers, asked: Vec<(QuestionId, Vec<Option<Answer>>)>) -> Option<Product> {
    let is_open = |id| matches!(answers.get(id), None | Some(Answer::DontKnow));
    let product = Product { questions: asked.into_iter().filter(|(id, _)| is_open(*id)).collect() };
    (product.len() <= MOST_WAYS).then_some(product)
}

/// Whether an amount has to leave out what only a claim would pay that is not met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Granted,
    /// May be wider, where some way is not met.
    AtLeastGranted,
}

/// What is told with open answers and is not what trying all of them gives.
fn wrong(said: &Said, as_of: Date, bounds: Bounds) -> Option<String> {
    let somebody = answers(said);
    let ways = ways(&somebody, asked(said, as_of))?;
    let found = assess(&TABLES, &somebody, as_of);
    let mut tried: BTreeMap<(FindingId, bool), Tried> = BTreeMap::new();
    let mut places: BTreeMap<FindingId, Vec<PlaceId>> = BTreeMap::new();
    let mut known_until: BTreeMap<FindingId, Date> = BTreeMap::new();
    let mut held = BTreeSet::new();
    for way in (0..ways.len()).map(|at| ways.way(at, &somebody)) {
        for finding in &assess(&TABLES, &way, as_of).findings {
            for last_known in [false, true] {
                let one = outcome(finding, last_known);
                let all = tried.entry((finding.id, last_known)).or_default();
                all.states.insert(one.state.id());
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
            held.extend(finding.sitting.as_ref().map(|one| one.already_held));
        }
    }
    for ((id, last_known), all) in &tried {
        let which = format!("{}{}", id.id(), if *last_known { " indicative" } else { "" });
        let Some(finding) = found.finding(*id) else { return Some(format!("{which} is absent")) };
        let told = outcome(finding, *last_known);
        let other = |id| found.finding(id).map(|one| outcome(one, *last_known));
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
        let dated = matches!(somebody.get(QuestionId::CertificateDate), Some(Answer::Date(_)));
        if finding.deadline.is_some() != (dated && said["goal"] == "claim" && *id == FindingId::Subsidy) {
            return Some(format!("{which}: deadline {:?}", finding.deadline));
        }
        if let Some(sitting) = &finding.sitting {
            let all = if held.len() == 1 { *held.first().unwrap() } else { None };
            if sitting.already_held != all {
                return Some(format!("{which}: holds {:?}, but all ways say {held:?}", sitting.already_held));
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

/// Somebody who has said everything but a few things.
fn somebody(crowd: &mut Crowd, dice: &mut Dice) -> Option<(Said, Date, usize)> {
    let Person { said: mut drawn, as_of } = crowd.person();
    if dice.below(3) > 0 {
        take_as_met(&mut drawn, dice);
    }
    let mut known = answers(&drawn);
    let asked = asked(&drawn, as_of);
    for (id, kinds) in &asked {
        if matches!(known.get(*id), None | Some(Answer::DontKnow)) && !kinds.is_empty() {
            known.set(*id, dice.one(kinds));
        }
    }
    for _ in 0..1 + dice.below(9) {
        let (id, _) = &asked[dice.below(asked.len())];
        known.set(*id, [None, Some(Answer::DontKnow)][dice.below(2)]);
    }
    let ways = ways(&known, asked)?.len();
    Some((said(&known), as_of, ways))
}

#[test]
fn what_is_open_is_what_every_way_to_fill_it_in_gives() {
    let started = Instant::now();
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
        let shown = format!("{what}\n{}", example(&said, &as_of.to_string()));
        found.entry(kind).or_insert((shown, 0)).1 += 1;
    }
    println!(
        "{people} people, {ways} ways to fill in, {wider} amounts wider than what may be granted: {:.1} s",
        started.elapsed().as_secs_f32()
    );
    let shown: Vec<_> = found.values().map(|(shown, count)| format!("{count} like this: {shown}")).collect();
    assert!(found.is_empty(), "{}", shown.join("\n"));
}

/// An amount is what is paid if it is granted: not over what would be refused. But "where the certificate may be from before
/// 2025" it isn't known, also where it would be too old by then.
#[test]
fn an_amount_is_what_may_be_granted() {
    let check = |others: &[(&str, &str)], as_of: &str, expected: Option<&str>| {
        let said = SOMEBODY.iter().chain(others).map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
        assert!(ways(&answers(&said), asked(&said, day(as_of))).is_some(), "{said:?}: too many ways");
        assert_eq!(wrong(&said, day(as_of), Bounds::AtLeastGranted), None);
        let what = wrong(&said, day(as_of), Bounds::Granted);
        assert_eq!(what.as_deref(), expected, "{}", example(&said, as_of));
    };
    let level = [("certificate-level", "3")];
    let dated = |paid_higher| [("certificate-date", "2025-01-01"), ("paid-higher", paid_higher)];
    // Who had it for a higher level already can only have level 1 left.
    check(&dated("yes"), "2025-07-11", None);
    check(&dated("no"), "2025-07-11", None);
    // A certificate from before the catalogue is too old by 2026; the rules say that its amount isn't known.
    check(&level, "2025-12-31", None);
    check(&level, "2026-01-01", Some("subsidy indicative: amount not known, but all ways give 3120 to 3120"));
}

const SOMEBODY: [(&str, &str); 15] = [
    ("goal", "claim"),
    ("certificate-occupation", "4-04-05-05"),
    ("certificate-issuer", "assessment-organisation"),
    ("works-in", "zhuhai"),
    ("household", "zhuhai"),
    ("insurance", "zhuhai-employee"),
    ("unemployment-registered", "no"),
    ("age", "30"),
    ("established-post", "no"),
    ("full-time-student", "no"),
    ("pension", "no"),
    ("paid-same", "no"),
    ("paid-this-year", "no"),
    ("paid-unemployment-insurance", "no"),
    ("front-line-post", "no"),
];
