//! Every finding over every combination of its criteria's states.
//!
//! For each criterion answers are collected that give it each of its states, alone. Their product is gone through, and
//! what the findings make of it is compared with a logic of three values that is written here once more and shares
//! nothing with the core's. Criteria that share questions are collected together, so that every combination is met that
//! anybody can be in; the others are counted. Whether a criterion's own state is right is shown elsewhere (`proof`,
//! `bounds`).

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use rust_decimal::Decimal;
use subsidy_checker::rules::{
    Answer, Answers, Assessment, Condition, Date, Decided, Finding, FindingId, Kind, QuestionId, Range, Stage, TABLES,
    Tables, Truth, assess, read,
};

use crate::{
    people::{Crowd, Person, Said, answers, day, example, said, shrink},
    ways::{Dice, Product, kinds, questions},
};

/// A state and its cause, by their ids.
type State = (&'static str, Option<&'static str>);

const MET: State = ("met", None);
const NOT_MET: State = ("not-met", None);
const NO_RULES: State = ("unknown", Some("no-rules-for-date"));
const OFFICE: State = ("unknown", Some("authority-decides"));

/// The first that is there is named.
const CAUSES: [&str; 4] = ["no-rules-for-date", "authority-decides", "dont-know", "unanswered"];

fn state(truth: Truth) -> State {
    (truth.id(), truth.cause().map(|cause| cause.id()))
}

/// Unknown, for the first of the causes.
fn open(states: &[State]) -> State {
    let causes: Vec<_> = states.iter().filter_map(|one| one.1).collect();
    ("unknown", CAUSES.into_iter().find(|cause| causes.contains(cause)))
}

fn all_of(states: &[State]) -> State {
    if states.contains(&NOT_MET) {
        NOT_MET
    } else if states.iter().all(|one| *one == MET) {
        MET
    } else {
        open(states)
    }
}

fn any_of(states: &[State]) -> State {
    if states.contains(&MET) {
        MET
    } else if states.iter().all(|one| *one == NOT_MET) {
        NOT_MET
    } else {
        open(states)
    }
}

/// A finding as the rules are written, or as if the last known ones went on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Face {
    Written,
    LastKnown,
}

const FACES: [Face; 2] = [Face::Written, Face::LastKnown];

struct View<'a> {
    state: State,
    criteria: &'a [Decided],
    amount: Option<Option<Range>>,
    base: Option<Option<Range>>,
    uplift: Option<Option<Range>>,
}

fn view(finding: &Finding, face: Face) -> View<'_> {
    match finding.indicative.as_ref().filter(|_| face == Face::LastKnown) {
        Some(one) => View {
            state: state(one.state),
            criteria: &one.criteria,
            amount: one.amount,
            base: one.base,
            uplift: one.uplift,
        },
        None => View {
            state: state(finding.state),
            criteria: &finding.criteria,
            amount: finding.amount,
            base: finding.base,
            uplift: finding.uplift,
        },
    }
}

impl View<'_> {
    fn of(&self, ids: impl Fn(&str) -> bool) -> Vec<State> {
        self.criteria.iter().filter(|one| ids(one.criterion.id)).map(|one| state(one.state)).collect()
    }
}

/// S10 and S11 say how much, never whether.
fn says_how_much(id: &str) -> bool {
    matches!(id, "S10" | "S11" | "C1" | "C2")
}

/// What is wrong with the findings of somebody, if anything: none may say other than its criteria do.
fn wrong(answers: &Answers, as_of: Date) -> Option<String> {
    let found = assess(&TABLES, answers, as_of);
    wrong_of(answers, &found)
}

fn wrong_of(said: &Answers, found: &Assessment) -> Option<String> {
    // A resit costs something as long as it is possible.
    if found
        .finding(FindingId::Resit)
        .is_some_and(|resit| (resit.state == Truth::NotMet) == found.finding(FindingId::ResitFee).is_some())
    {
        return Some("resit-fee is there and should not be, or the other way round".to_owned());
    }
    FACES.into_iter().find_map(|face| found.findings.iter().find_map(|one| wrong_finding(said, found, one, face)))
}

fn wrong_finding(said: &Answers, found: &Assessment, finding: &Finding, face: Face) -> Option<String> {
    let seen = view(finding, face);
    let of = |id| found.finding(id).map(|one| view(one, face));
    let expected = match finding.id {
        FindingId::MaySit => {
            let paths: Vec<_> = finding.sitting.iter().flat_map(|one| &one.paths).map(|one| state(one.state)).collect();
            any_of(&paths)
        }
        FindingId::CourseDates => course_dates(found.as_of).0,
        FindingId::CourseFee => fee(found, face).0,
        FindingId::NetCost => {
            let decided = |id| of(id).map(|one| if one.state == NOT_MET { MET } else { one.state });
            all_of(&[decided(FindingId::CourseFee)?, decided(FindingId::Subsidy)?])
        }
        FindingId::Recognition | FindingId::DistrictCraftsman => any_of(&seen.of(|_| true)),
        FindingId::ResitFee => resit_fee(said).0,
        _ => all_of(&seen.of(|id| !says_how_much(id))),
    };
    let criteria: Vec<_> = seen.criteria.iter().map(|one| (one.criterion.id, state(one.state))).collect();
    let tell = |what: &str| Some(format!("{} {face:?}: {what}; {criteria:?}", finding.id.id()));
    if seen.state != expected {
        return tell(&format!("{:?}, not {expected:?}", seen.state));
    }
    // What has a say is marked so.
    let misled = seen.criteria.iter().find(|one| one.decides == says_how_much(one.criterion.id));
    if let Some(one) = misled {
        return tell(&format!("{} counts, or doesn't", one.criterion.id));
    }
    let amounts = [seen.amount, seen.base, seen.uplift];
    let right = match finding.id {
        FindingId::Subsidy => amounts.iter().all(|one| one.is_none() == (seen.state == NOT_MET)),
        FindingId::CourseFee => seen.amount == Some(fee(found, face).1),
        FindingId::NetCost => {
            let (fee, subsidy) = (of(FindingId::CourseFee)?, of(FindingId::Subsidy)?);
            seen.amount == Some(net(fee.amount.flatten(), &subsidy))
        }
        FindingId::ResitFee => seen.amount == Some(resit_fee(said).1),
        _ => amounts.iter().all(Option::is_none),
    };
    if !right {
        return tell(&format!("amounts {amounts:?}"));
    }
    let stage = (finding.id == FindingId::CourseDates).then(|| course_dates(found.as_of).1);
    if finding.stage != stage { tell(&format!("stage {stage:?}")) } else { None }
}

/// C4, by the days of the notice.
fn course_dates(as_of: Date) -> (State, Stage) {
    let after = |text| as_of > day(text);
    match () {
        () if after("2025-07-10") => (NOT_MET, Stage::Past),
        () if after("2025-04-20") => (NOT_MET, Stage::Running),
        () if after("2025-04-10") => (OFFICE, Stage::Starting),
        () => (MET, Stage::Open),
    }
}

/// C1 and C2: the state and the amount, from the state of the member fee's criterion.
fn fee(found: &Assessment, face: Face) -> (State, Option<Range>) {
    let yuan = |min: u32, max: u32| Some(Range { min: Decimal::from(min), max: Decimal::from(max) });
    if found.as_of < day("2025-04-03") {
        return (NO_RULES, None);
    }
    let finding = found.finding(FindingId::CourseFee).unwrap();
    let member = view(finding, Face::LastKnown).of(|id| id == "C2")[0];
    let (decided, amount) = match member {
        MET => (MET, yuan(3120, 3120)),
        NOT_MET => (MET, yuan(3500, 3500)),
        unknown => (unknown, yuan(3120, 3500)),
    };
    let over = face == Face::Written && found.as_of > day("2025-07-10");
    (if over { NO_RULES } else { decided }, amount)
}

/// Fee less subsidy.
fn net(fee: Option<Range>, subsidy: &View) -> Option<Range> {
    let fee = fee?;
    if subsidy.state == NOT_MET {
        return Some(fee);
    }
    let back = subsidy.amount.flatten()?;
    let max = if subsidy.state == MET { fee.max - back.min } else { fee.max };
    Some(Range { min: fee.min - back.max, max })
}

/// Known where the level has a fee and it is known which subject was failed: just one was, so either score tells.
fn resit_fee(said: &Answers) -> (State, Option<Range>) {
    // Level 3 unless another is said.
    let level = match said.get(QuestionId::TargetLevel) {
        Some(Answer::Choice(0 | 3 | 4)) => OFFICE,
        _ => MET,
    };
    let yuan = |min: u32, max: u32| Some(Range { min: Decimal::from(min), max: Decimal::from(max) });
    let score = |id| match said.get(id) {
        Some(Answer::Number(score)) => Ok(score >= 60),
        Some(_) => Err(("unknown", Some("dont-know"))),
        None => Err(("unknown", Some("unanswered"))),
    };
    let (subject, fee) = match (score(QuestionId::TheoryScore), score(QuestionId::PracticeScore)) {
        (Ok(true), _) | (_, Ok(false)) => (MET, yuan(410, 410)),
        (Ok(false), _) | (_, Ok(true)) => (MET, yuan(90, 90)),
        (Err(one), Err(two)) => (open(&[one, two]), yuan(90, 410)),
    };
    (all_of(&[level, subject]), fee.filter(|_| level == MET))
}

/// Criteria that share questions, and answers for each combination of their states.
struct Group {
    criteria: Vec<&'static str>,
    ways: Vec<(Vec<State>, Answers)>,
    questions: BTreeSet<QuestionId>,
}

/// What is gone through.
struct Subject<'a> {
    said: &'a [(&'a str, &'a str)],
    as_of: &'a str,
    findings: &'a [FindingId],
    /// Criteria whose states are not part of the product.
    without: &'a [&'a str],
    /// Every how manieth combination is looked at.
    step: usize,
}

/// Combinations that somebody can be in, those that nobody can, and those that were looked at.
#[derive(Default)]
struct Counts {
    findings: usize,
    combinations: usize,
    unreachable: usize,
    people: usize,
}

impl Counts {
    fn print(&self, what: &str, started: Instant) {
        println!(
            "{what}: {} findings, {} combinations of states, {} more that nobody can be in, {} people, {:.1} s",
            self.findings,
            self.combinations,
            self.unreachable,
            self.people,
            started.elapsed().as_secs_f32()
        );
    }
}

fn person(said: &[(&str, &str)]) -> Answers {
    answers(&said.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect())
}

/// The states of some criteria, wherever they stand.
fn states(found: &Assessment, findings: &[FindingId], criteria: &[&str], face: Face) -> Vec<State> {
    let find = |id: &&str| {
        let views = findings.iter().filter_map(|one| found.finding(*one)).map(|one| view(one, face));
        views.flat_map(|one| one.criteria).find(|one| one.criterion.id == *id).map(|one| state(one.state))
    };
    // Absent with its finding.
    criteria.iter().map(|id| find(id).unwrap_or(("absent", None))).collect()
}

fn groups(subject: &Subject, somebody: &Answers, face: Face) -> Vec<Group> {
    let as_of = day(subject.as_of);
    let found = assess(&TABLES, somebody, as_of);
    let mut all: Vec<(Vec<&'static str>, Vec<&'static Condition>, BTreeSet<QuestionId>)> = Vec::new();
    for finding in subject.findings.iter().filter_map(|id| found.finding(*id)) {
        for criterion in finding.criteria.iter().map(|one| one.criterion) {
            if subject.without.contains(&criterion.id) {
                continue;
            }
            let (mut ids, mut conditions) = (vec![criterion.id], vec![&criterion.when]);
            let mut asked = questions(&conditions);
            asked.retain(|id| somebody.get(*id).is_none() && !is_settled(somebody, *id));
            let sharing = all.extract_if(.., |one| !one.2.is_disjoint(&asked)).collect::<Vec<_>>();
            for (more, others, shared) in sharing {
                ids.extend(more);
                conditions.extend(others);
                asked.extend(shared);
            }
            all.push((ids, conditions, asked));
        }
    }
    all.into_iter()
        .map(|(criteria, conditions, questions)| {
            let possible = |id| kinds(id, &conditions, as_of).into_iter().map(Some);
            let possible = |id| possible(id).chain([None, Some(Answer::DontKnow)]).collect();
            let product = Product { questions: questions.iter().map(|id| (*id, possible(*id))).collect() };
            let mut ways = BTreeMap::new();
            for way in (0..product.len()).map(|at| product.way(at, somebody)) {
                let found = assess(&TABLES, &way, as_of);
                ways.entry(states(&found, subject.findings, &criteria, face)).or_insert(way);
            }
            Group { criteria, ways: ways.into_iter().collect(), questions }
        })
        .collect()
}

/// Before there is a certificate nobody is asked about it.
fn is_settled(somebody: &Answers, question: QuestionId) -> bool {
    let claim = somebody.get(QuestionId::Goal) == Some(Answer::Choice(2));
    let certificate = TABLES.question(question).is_some_and(|one| {
        use QuestionId::{CertificateDate, CertificateIssuer, CertificateLevel, CertificateOccupation};
        [CertificateDate, CertificateIssuer, CertificateLevel, CertificateOccupation].contains(&one.id)
    });
    certificate && !claim
}

/// Goes through the product of the states.
#[track_caller]
fn check(subject: &Subject, face: Face, counts: &mut Counts) {
    let somebody = person(subject.said);
    let as_of = day(subject.as_of);
    let groups = groups(subject, &somebody, face);
    let total: usize = groups.iter().map(|group| group.ways.len()).product();
    let thinkable: usize = groups
        .iter()
        .map(|group| {
            let states = |at| group.ways.iter().map(|(states, _)| states[at]).collect::<BTreeSet<_>>().len();
            (0..group.criteria.len()).map(states).product::<usize>()
        })
        .product();
    for at in (0..total).step_by(subject.step) {
        let (mut way, mut rest) = (somebody, at);
        let mut expected = Vec::new();
        for group in &groups {
            let (states, answers) = &group.ways[rest % group.ways.len()];
            rest /= group.ways.len();
            group.questions.iter().for_each(|id| way.set(*id, answers.get(*id)));
            expected.push((&group.criteria, states));
        }
        let found = assess(&TABLES, &way, as_of);
        if wrong_of(&way, &found).is_some() {
            check_person(&way, as_of);
        }
        for (criteria, alone) in expected {
            let together = states(&found, subject.findings, criteria, face);
            assert_eq!(&together, alone, "{criteria:?} alone\n{}", example(&said(&way), subject.as_of));
        }
        counts.people += 1;
    }
    counts.combinations += total;
    counts.unreachable += thinkable - total;
    counts.findings += subject.findings.len();
}

#[test]
fn subsidy_of_a_claim() {
    let started = Instant::now();
    let mut counts = Counts::default();
    let days = [
        // In full where the rules hold; beside their edges and after them a part.
        ("2025-12-01", Face::Written, 1),
        ("2026-01-15", Face::LastKnown, 11),
        ("2026-01-15", Face::Written, 1),
        ("2025-12-31", Face::Written, 97),
        ("2026-01-01", Face::LastKnown, 97),
        ("2023-08-14", Face::Written, 1),
        ("2023-08-15", Face::Written, 97),
        ("2025-01-01", Face::Written, 97),
    ];
    for (as_of, face, step) in days {
        let subject = Subject {
            said: &[("goal", "claim")],
            as_of,
            findings: &[FindingId::Subsidy],
            without: &["S10", "S11"],
            step,
        };
        check(&subject, face, &mut counts);
    }
    counts.print("subsidy of a claim", started);
}

#[test]
fn enrol() {
    let started = Instant::now();
    let mut counts = Counts::default();
    let days = [
        ("2025-04-02", 7),
        ("2025-04-03", 7),
        ("2025-04-10", 13),
        ("2025-04-11", 13),
        ("2025-04-20", 13),
        ("2025-04-21", 13),
        ("2025-05-10", 1),
        ("2025-07-10", 7),
        ("2025-07-11", 7),
        ("2025-12-31", 13),
        ("2026-01-01", 13),
        ("2026-01-15", 1),
    ];
    let findings = [FindingId::Subsidy, FindingId::CourseFee, FindingId::NetCost, FindingId::Recognition];
    for (as_of, step) in days {
        for face in FACES {
            let subject = Subject { said: &[("goal", "enrol")], as_of, findings: &findings, without: &[], step };
            check(&subject, face, &mut counts);
        }
    }
    // Another level has no class.
    for level in ["5", "4", "2", "1"] {
        for as_of in ["2025-05-10", "2026-01-15"] {
            let said = [("goal", "enrol"), ("target-level", level)];
            let subject = Subject { said: &said, as_of, findings: &findings, without: &[], step: 1 };
            FACES.into_iter().for_each(|face| check(&subject, face, &mut counts));
        }
    }
    counts.print("enrol", started);
}

#[test]
fn exam() {
    let started = Instant::now();
    let mut counts = Counts::default();
    let findings = [FindingId::ExamPassed, FindingId::Resit, FindingId::ResitFee, FindingId::TrainingCertificate];
    for level in ["5", "4", "3", "2", "1"] {
        for as_of in ["2025-08-01", "2026-02-28"] {
            let said = [("goal", "exam"), ("target-level", level)];
            // What a resit costs is there or not with the resit: it is looked at with every person, never alone.
            let subject = Subject { said: &said, as_of, findings: &findings, without: &["X3"], step: 1 };
            check(&subject, Face::Written, &mut counts);
            counts.people += check_marks(&person(&said), day(as_of));
        }
    }
    counts.print("exam", started);
}

/// The same tables, but nothing that the subsidy and what is beside it need has ended.
fn tables_that_go_on() -> &'static Tables {
    let mut tables = TABLES;
    let mut regulations = TABLES.subsidies.to_vec();
    let mut lists = TABLES.shortages.to_vec();
    let mut catalogues = TABLES.catalogues.to_vec();
    let mut recognitions = TABLES.recognitions.to_vec();
    let mut calls = TABLES.craftsmen.to_vec();
    let last = [
        regulations.last_mut().map(|one| &mut one.validity),
        lists.last_mut().map(|one| &mut one.validity),
        catalogues.last_mut().map(|one| &mut one.validity),
        recognitions.last_mut().map(|one| &mut one.validity),
        calls.last_mut().map(|one| &mut one.validity),
    ];
    last.into_iter().flatten().for_each(|one| one.to = None);
    tables.subsidies = regulations.leak();
    tables.shortages = lists.leak();
    tables.catalogues = catalogues.leak();
    tables.recognitions = recognitions.leak();
    tables.craftsmen = calls.leak();
    Box::leak(Box::new(tables))
}

#[test]
fn indicative_is_the_finding_of_rules_that_go_on() {
    let started = Instant::now();
    let tables = tables_that_go_on();
    let differs = |said: &Said, as_of| {
        let (found, on) = (assess(&TABLES, &answers(said), as_of), assess(tables, &answers(said), as_of));
        [FindingId::Subsidy, FindingId::Recognition, FindingId::DistrictCraftsman].into_iter().find_map(|id| {
            let (one, other) = (found.finding(id)?, on.finding(id)?);
            let all = |view: View| (view.state, view.of(|_| true), view.amount, view.base, view.uplift);
            let (one, other) = (all(view(one, Face::LastKnown)), all(view(other, Face::Written)));
            (one != other).then(|| format!("{}: {one:?}, not {other:?}", id.id()))
        })
    };
    let mut crowd = Crowd::new(&[&TABLES], 61);
    let people = 200_000;
    let mut ended = 0;
    for _ in 0..people {
        let Person { said, as_of } = crowd.person();
        if differs(&said, as_of).is_some() {
            let said = shrink(said, |fewer| differs(fewer, as_of).is_some());
            panic!("{}\n{}", differs(&said, as_of).unwrap(), example(&said, &as_of.to_string()));
        }
        let found = assess(&TABLES, &answers(&said), as_of);
        ended += usize::from(found.finding(FindingId::Subsidy).is_some_and(|one| one.indicative.is_some()));
    }
    println!(
        "{people} people, {ended} with a subsidy whose rules have ended, as if they went on: {:.1} s",
        started.elapsed().as_secs_f32()
    );
}

/// Every kind of marks, for what they make of the resit's fee.
fn check_marks(somebody: &Answers, as_of: Date) -> usize {
    let exam = &TABLES.exam;
    let conditions = [&exam.passed.when, &exam.resit.when, &exam.attendance.when];
    let possible = |id| kinds(id, &conditions, as_of).into_iter().map(Some);
    let possible = |id| possible(id).chain([None, Some(Answer::DontKnow)]).collect();
    let asked = questions(&conditions);
    let product = Product { questions: asked.into_iter().map(|id| (id, possible(id))).collect() };
    for way in (0..product.len()).map(|at| product.way(at, somebody)) {
        check_person(&way, as_of);
    }
    product.len()
}

/// Nothing is wrong with what somebody is told, or the smallest such person is shown.
#[track_caller]
fn check_person(way: &Answers, as_of: Date) {
    if wrong(way, as_of).is_some() {
        let said = shrink(said(way), |fewer| wrong(&answers(fewer), as_of).is_some());
        panic!("{}\n{}", wrong(&answers(&said), as_of).unwrap(), example(&said, &as_of.to_string()));
    }
}

#[test]
fn recognition_and_the_call_for_craftsmen() {
    let started = Instant::now();
    let mut counts = Counts::default();
    let findings = [FindingId::Recognition, FindingId::DistrictCraftsman];
    let days = ["2024-06-30", "2024-07-01", "2024-10-11", "2024-10-12", "2024-12-31", "2025-01-01", "2026-01-15"];
    for as_of in days {
        for goal in ["claim", "enrol"] {
            for face in FACES {
                let subject = Subject { said: &[("goal", goal)], as_of, findings: &findings, without: &[], step: 1 };
                check(&subject, face, &mut counts);
            }
        }
    }
    counts.print("recognition", started);
}

/// Whatever occupation, level, date and place make of the amount: whether it is paid is for the others to say.
#[test]
fn what_says_how_much_never_says_whether() {
    use QuestionId::{
        CertificateDate, CertificateLevel, CertificateOccupation, Household, Insurance, PaidHigher, Pension, WorksIn,
    };
    let started = Instant::now();
    let (mut people, mut combinations) = (0, BTreeSet::new());
    for as_of in ["2025-12-01", "2025-12-31", "2026-01-01", "2026-01-15"].map(day) {
        let regulation = TABLES.subsidies.last().unwrap();
        let mut conditions: Vec<_> = regulation.criteria.iter().map(|one| &one.when).collect();
        conditions.push(&regulation.uplift.when);
        conditions.extend(TABLES.catalogues.iter().map(|one| &one.amount.when));
        conditions.extend(regulation.places.iter().map(|one| &one.when));
        let asked = [
            CertificateOccupation,
            CertificateLevel,
            CertificateDate,
            Household,
            Insurance,
            WorksIn,
            PaidHigher,
            Pension,
        ];
        let possible = |id| kinds(id, &conditions, as_of).into_iter().map(Some);
        let possible = |id| possible(id).chain([None, Some(Answer::DontKnow)]).collect();
        let product = Product { questions: asked.map(|id| (id, possible(id))).into() };
        let somebody = person(&[
            ("goal", "claim"),
            ("certificate-issuer", "assessment-organisation"),
            ("unemployment-registered", "no"),
            ("age", "30"),
            ("established-post", "no"),
            ("full-time-student", "no"),
            ("paid-same", "no"),
            ("paid-this-year", "no"),
            ("paid-unemployment-insurance", "no"),
        ]);
        // A prime, so that every answer meets every other.
        for at in (0..product.len()).step_by(11) {
            let way = product.way(at, &somebody);
            check_person(&way, as_of);
            let found = assess(&TABLES, &way, as_of);
            let subsidy = view(found.finding(FindingId::Subsidy).unwrap(), Face::LastKnown);
            combinations.insert((subsidy.state, subsidy.of(|id| id == "S10"), subsidy.of(|id| id == "S11")));
            people += 1;
        }
    }
    println!(
        "S10 and S11 beside the rest: {} combinations, {people} people, {:.1} s",
        combinations.len(),
        started.elapsed().as_secs_f32()
    );
}

/// The paths of one level over the whole product of their questions.
fn check_paths(level: &str) {
    let started = Instant::now();
    let as_of = day("2025-05-10");
    let at = 5 - level.parse::<usize>().unwrap();
    let conditions: Vec<_> = TABLES.entry.levels[at].paths.iter().map(|one| &one.when).collect();
    let somebody = person(&[("goal", "enrol"), ("target-level", level)]);
    let possible = |id| kinds(id, &conditions, as_of).into_iter().map(Some);
    let possible = |id| possible(id).chain([None, Some(Answer::DontKnow)]).collect();
    let asked = questions(&conditions);
    let product = Product { questions: asked.into_iter().map(|id| (id, possible(id))).collect() };
    let mut combinations = BTreeSet::new();
    for at in 0..product.len() {
        let way = product.way(at, &somebody);
        let found = assess(&TABLES, &way, as_of);
        let finding = found.finding(FindingId::MaySit).unwrap();
        let paths: Vec<_> = finding.sitting.as_ref().unwrap().paths.iter().map(|one| state(one.state)).collect();
        if any_of(&paths) != state(finding.state)
            || all_of(&view(finding, Face::Written).of(|_| true)) != any_of(&paths)
        {
            let said = shrink(said(&way), |fewer| wrong(&answers(fewer), as_of).is_some());
            panic!("{:?} of {paths:?}\n{}", finding.state, example(&said, &as_of.to_string()));
        }
        combinations.insert(paths);
    }
    println!(
        "may-sit {level}: {} combinations of its paths' states, {} people, {:.1} s",
        combinations.len(),
        product.len(),
        started.elapsed().as_secs_f32()
    );
}

#[test]
fn paths_to_level_5() {
    check_paths("5");
}

#[test]
fn paths_to_level_4() {
    check_paths("4");
}

#[test]
fn paths_to_level_3() {
    check_paths("3");
}

#[test]
fn paths_to_level_2() {
    check_paths("2");
}

#[test]
fn paths_to_level_1() {
    check_paths("1");
}

#[test]
fn highest_level_and_what_is_held_already() {
    let started = Instant::now();
    let as_of = day("2025-05-10");
    let conditions: Vec<_> = TABLES.entry.levels.iter().flat_map(|one| one.paths).map(|one| &one.when).collect();
    let every = |id| match TABLES.question(id).map(|one| one.kind) {
        Some(Kind::Choice(values)) => (0..values.len() as u16).map(Answer::Choice).collect(),
        _ => kinds(id, &conditions, as_of),
    };
    let possible = |id| every(id).into_iter().map(Some).chain([None, Some(Answer::DontKnow)]).collect();
    let asked = questions(&conditions);
    let product = Product { questions: asked.into_iter().map(|id| (id, possible(id))).collect() };
    let levels = TABLES.question(QuestionId::TargetLevel).unwrap();
    let levels = ["1", "2", "3", "4", "5"].map(|id| (id.parse::<u8>().unwrap(), read(levels, id).unwrap()));
    let (mut dice, people) = (Dice(5), 60_000);
    let mut told = BTreeMap::new();
    for _ in 0..people {
        let somebody = product.way(dice.below(product.len()), &person(&[("goal", "enrol")]));
        let each = levels.map(|(level, answer)| {
            let mut way = somebody;
            way.set(QuestionId::TargetLevel, Some(answer));
            let found = assess(&TABLES, &way, as_of);
            let finding = found.finding(FindingId::MaySit).unwrap();
            let sitting = finding.sitting.as_ref().unwrap();
            (level, finding.state, sitting.highest_level, sitting.already_held)
        });
        let best = each.iter().find(|one| one.1 == Truth::Met).map(|one| one.0);
        let held = match said(&somebody).get("certificate-held").map(String::as_str) {
            None | Some("none" | "other-occupation" | "dont-know") => None,
            Some(level) => Some(level.parse::<u8>().unwrap()),
        };
        for (level, _, highest, already) in each {
            let text = example(&said(&somebody), &as_of.to_string());
            assert_eq!(highest, best, "highest level, {level} wanted\n{text}");
            assert_eq!(already, held.filter(|held| *held <= level), "already held, {level} wanted\n{text}");
        }
        *told.entry(best).or_insert(0) += 1;
    }
    println!("highest level of {people} people: {told:?}, {:.1} s", started.elapsed().as_secs_f32());
}
