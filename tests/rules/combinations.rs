//! Every finding over every combination of the states of its criteria.
//!
//! For each criterion, answers are collected that produce each of its states. The test iterates over their product:
//! each criterion keeps its state whatever the answers to the others are, and the finding follows from all of them
//! by a three-valued logic that is written here again and independent of the core. Criteria that share questions
//! are collected together, so that every combination that a person can have occurs; impossible combinations are
//! counted. Amounts, and whether a criterion's own state is correct, are checked by the oracle for some of the
//! people.

use std::collections::{BTreeMap, BTreeSet};

use subsidy_checker::rules::{
    Answers, Assessment, Cause, Condition, Date, Finding, FindingId, Goal, Horizon, QuestionId, Truth, assess,
};

use crate::{
    agreement::agreed,
    answer_classes::{OPEN, Product, classes, is_asked, questions, sharing},
    frozen::TABLES,
    outcome::outcomes,
    people::{CLAIM, Dice, answers, but, check, day, example, question, said},
};

const HORIZONS: [Horizon; 2] = [Horizon::AsWritten, Horizon::LastKnown];

/// A state as a number: not met has priority over unknown, unknown over met, and of several causes the first is
/// used.
type Rank = u8;
const NOT_MET: Rank = 0;
const MET: Rank = 5;

fn rank(state: Truth) -> Rank {
    match state {
        Truth::NotMet => NOT_MET,
        Truth::Unknown(Cause::NoRulesForDate) => 1,
        Truth::Unknown(Cause::AuthorityDecides) => 2,
        Truth::Unknown(Cause::DontKnow) => 3,
        Truth::Unknown(Cause::Unanswered) => 4,
        Truth::Met => MET,
    }
}

fn all_of(states: impl Iterator<Item = Truth>) -> Rank {
    states.map(rank).min().unwrap_or(MET)
}

fn any_of(states: impl Iterator<Item = Truth>) -> Rank {
    let order = |one: &Rank| match *one {
        MET => 0,
        NOT_MET => MET,
        cause => cause,
    };
    states.map(rank).min_by_key(order).unwrap_or(NOT_MET)
}

/// Returns a finding that doesn't follow from its own criteria and paths, if there is one.
pub fn unfounded(found: &Assessment) -> Option<String> {
    found.findings.iter().find_map(|finding| {
        outcomes(finding).into_iter().find_map(|one| {
            let how_much = |id: &str| matches!(id, "C1" | "C2" | "S10" | "S11");
            let misled = one.criteria.iter().find(|one| one.decides == how_much(one.criterion.id));
            let deciding = one.criteria.iter().filter(|one| one.decides).map(|one| one.state);
            let follows = match finding.id {
                // A fee is decided as soon as it is known which it is; what is left follows from fee and subsidy.
                FindingId::CourseFee | FindingId::NetCost => true,
                FindingId::Recognition | FindingId::DistrictCraftsman => rank(one.state) == any_of(deciding),
                _ => rank(one.state) == all_of(deciding),
            };
            let by_paths = finding.entry.as_ref().map(|one| any_of(one.paths.iter().map(|path| path.state)));
            let wrong = misled.is_some() || !follows || by_paths.is_some_and(|state| state != rank(one.state));
            wrong.then(|| format!("{} doesn't follow from its criteria: {one:#?}", finding.id.id()))
        })
    })
}

/// The people and findings of one test run.
struct Subject<'a> {
    somebody: &'a str,
    as_of: &'a str,
    horizon: Horizon,
    findings: &'a [FindingId],
    /// Criteria whose states are not part of the product.
    without: &'a [&'a str],
    /// The step between the combinations that are tested; 1 tests all of them.
    step: usize,
}

/// Criteria that share questions, and answers for each combination of their states.
struct Group {
    criteria: Vec<&'static str>,
    ways: Vec<(Vec<Option<Rank>>, Answers)>,
    questions: BTreeSet<QuestionId>,
}

/// The number of people of each subject whom the oracle assesses as well.
const BOTH: usize = 2_000;

/// Counters: possible combinations, impossible ones, and people.
struct Tried {
    combinations: usize,
    unreachable: usize,
    people: usize,
    dice: Dice,
}

impl Tried {
    fn new() -> Tried {
        Tried { combinations: 0, unreachable: 0, people: 0, dice: Dice(3) }
    }

    fn print(&self, what: &str) {
        let Tried { combinations, unreachable, people, .. } = self;
        println!("{what}: {people} people, {combinations} combinations of states, {unreachable} that nobody can be in");
    }

    /// Checks one person's findings. About `BOTH` of `of` people are compared with the oracle.
    #[track_caller]
    fn judge(&mut self, somebody: &Answers, found: &Assessment, of: usize) {
        self.people += 1;
        if unfounded(found).is_some() {
            check(&said(somebody), found.as_of, |said| unfounded(&assess(&TABLES, &answers(said), found.as_of)));
        }
        if self.dice.below(of.div_ceil(BOTH)) == 0 {
            agreed(&said(somebody), found.as_of);
        }
    }

    /// Iterates over the product of the states of all criteria.
    #[track_caller]
    fn states(&mut self, subject: &Subject) {
        let (somebody, as_of) = (answers(&but(subject.somebody, "")), day(subject.as_of));
        let groups = subject.groups(&somebody, as_of);
        let total: usize = groups.iter().map(|group| group.ways.len()).product();
        let thinkable = groups.iter().flat_map(|group| {
            let states = |at| group.ways.iter().map(|(states, _)| states[at]).collect::<BTreeSet<_>>().len();
            (0..group.criteria.len()).map(states).collect::<Vec<_>>()
        });
        self.unreachable += thinkable.product::<usize>() - total;
        self.combinations += total;
        for at in (0..total).step_by(subject.step) {
            let (mut path, mut rest) = (somebody, at);
            let alone = groups.iter().map(|group| {
                let (states, answers) = &group.ways[rest % group.ways.len()];
                rest /= group.ways.len();
                group.questions.iter().for_each(|id| path.set(*id, answers.get(*id)));
                states
            });
            let alone: Vec<_> = alone.collect();
            let found = assess(&TABLES, &path, as_of);
            self.judge(&path, &found, total / subject.step);
            for (group, alone) in groups.iter().zip(alone) {
                let together = subject.ranks(&found, &group.criteria);
                assert_eq!(together, *alone, "{:?} alone\n{}", group.criteria, example(&said(&path), as_of));
            }
        }
    }

    /// Iterates over the product of the answers to some questions.
    #[track_caller]
    fn answers(
        &mut self,
        somebody: &str,
        as_of: Date,
        conditions: &[&'static Condition],
        asked: &[QuestionId],
        step: usize,
    ) {
        let answers = answers(&but(somebody, ""));
        let product = Product::of(asked.iter().copied(), |id| classes(&TABLES, id, conditions, as_of), &OPEN);
        for path in product.ways(answers).step_by(step) {
            self.judge(&path, &assess(&TABLES, &path, as_of), product.len() / step);
        }
    }
}

impl Subject<'_> {
    /// Returns the states of some criteria. None where the finding is absent.
    fn ranks(&self, found: &Assessment, criteria: &[&str]) -> Vec<Option<Rank>> {
        let findings: Vec<&Finding> = self.findings.iter().filter_map(|id| found.finding(*id)).collect();
        let find = |id: &&str| {
            let mut decided = findings.iter().flat_map(|one| outcomes(one)[self.horizon as usize].criteria);
            decided.find(|one| one.criterion.id == *id).map(|one| rank(one.state))
        };
        criteria.iter().map(find).collect()
    }

    fn groups(&self, somebody: &Answers, as_of: Date) -> Vec<Group> {
        let (goal, found) = (Goal::of(&TABLES, somebody), assess(&TABLES, somebody, as_of));
        let shown = self.findings.iter().filter_map(|id| found.finding(*id)).flat_map(|one| &one.criteria);
        let criteria = shown.map(|one| one.criterion).filter(|one| !self.without.contains(&one.id));
        let sharing = sharing(criteria.map(|criterion| {
            let mut asked = questions(&[&criterion.when]);
            asked.retain(|id| somebody.get(*id).is_none() && is_asked(goal, *id));
            (criterion, asked)
        }));
        let group = |(criteria, questions): (Vec<&'static tables::Criterion>, BTreeSet<QuestionId>)| {
            let conditions: Vec<_> = criteria.iter().map(|one| &one.when).collect();
            let criteria: Vec<_> = criteria.iter().map(|one| one.id).collect();
            let product = Product::of(questions.iter().copied(), |id| classes(&TABLES, id, &conditions, as_of), &OPEN);
            let mut ways = BTreeMap::new();
            for path in product.ways(*somebody) {
                ways.entry(self.ranks(&assess(&TABLES, &path, as_of), &criteria)).or_insert(path);
            }
            Group { criteria, ways: ways.into_iter().collect(), questions }
        };
        sharing.into_iter().map(group).collect()
    }
}

#[test]
fn subsidy_of_a_claim() {
    let mut tried = Tried::new();
    // In full where the rules hold; beside their edges and after them a part.
    let days = [
        (1, Horizon::AsWritten, &["2025-12-01", "2026-01-15", "2023-08-14"][..]),
        (11, Horizon::LastKnown, &["2026-01-15"]),
        (97, Horizon::AsWritten, &["2025-12-31", "2023-08-15", "2025-01-01"]),
        (97, Horizon::LastKnown, &["2026-01-01"]),
    ];
    for (step, horizon, days) in days {
        for as_of in days {
            let findings = &[FindingId::Subsidy];
            tried.states(&Subject { somebody: "goal=claim", as_of, horizon, findings, without: &["S10", "S11"], step });
        }
    }
    tried.print("subsidy of a claim");
}

#[test]
fn enrol() {
    let mut tried = Tried::new();
    let days = [
        (1, &["2025-05-10", "2026-01-15"][..]),
        (7, &["2025-04-02", "2025-04-03", "2025-07-10", "2025-07-11"]),
        (13, &["2025-04-10", "2025-04-11", "2025-04-20", "2025-04-21", "2025-12-31", "2026-01-01"]),
    ];
    let findings = &[FindingId::Subsidy, FindingId::CourseFee, FindingId::NetCost, FindingId::Recognition];
    let of_day = |(step, days): (usize, &'static [&'static str])| days.iter().map(move |as_of| ("3", *as_of, step));
    let subjects = days.into_iter().flat_map(of_day);
    // Another level has no class.
    let others =
        ["5", "4", "2", "1"].into_iter().flat_map(|level| ["2025-05-10", "2026-01-15"].map(|as_of| (level, as_of, 1)));
    for (level, as_of, step) in subjects.chain(others) {
        let somebody = &format!("goal=enrol;target-level={level}");
        for horizon in HORIZONS {
            tried.states(&Subject { somebody, as_of, horizon, findings, without: &[], step });
        }
    }
    tried.print("enrol");
}

#[test]
fn exam() {
    let mut tried = Tried::new();
    let exam = &TABLES.exam;
    let conditions = [&exam.passed.when, &exam.resit.when, &exam.attendance.when];
    let asked: Vec<_> = questions(&conditions).into_iter().collect();
    for level in ["5", "4", "3", "2", "1"] {
        for as_of in ["2025-08-01", "2026-02-28"] {
            tried.answers(&format!("goal=exam;target-level={level}"), day(as_of), &conditions, &asked, 1);
        }
    }
    println!("exam: {} people", tried.people);
}

#[test]
fn recognition_and_the_call_for_craftsmen() {
    let mut tried = Tried::new();
    let findings = &[FindingId::Recognition, FindingId::DistrictCraftsman];
    let days = ["2024-06-30", "2024-07-01", "2024-10-11", "2024-10-12", "2024-12-31", "2025-01-01", "2026-01-15"];
    for as_of in days {
        for somebody in ["goal=claim", "goal=enrol"] {
            for horizon in HORIZONS {
                tried.states(&Subject { somebody, as_of, horizon, findings, without: &[], step: 1 });
            }
        }
    }
    tried.print("recognition");
}

/// Occupation, level, date and place may change the amount (S10, S11), but these two criteria never decide whether
/// it is paid.
#[test]
fn what_says_how_much_never_says_whether() {
    let mut tried = Tried::new();
    let regulation = TABLES.subsidies.last().unwrap();
    let mut conditions: Vec<_> = regulation.criteria.iter().map(|one| &one.when).collect();
    conditions.push(&regulation.uplift.when);
    conditions.extend(TABLES.catalogues.iter().map(|one| &one.amount.when));
    conditions.extend(regulation.places.iter().map(|one| &one.when));
    let asked = [
        "certificate-occupation",
        "certificate-level",
        "certificate-date",
        "household",
        "insurance",
        "works-in",
        "paid-higher",
        "pension",
    ];
    let asked = asked.map(question);
    let somebody = format!("{CLAIM};unemployment-registered=no");
    for as_of in ["2025-12-01", "2025-12-31", "2026-01-01", "2026-01-15"].map(day) {
        // A prime, so that every answer meets every other.
        tried.answers(&somebody, as_of, &conditions, &asked, 11);
    }
    println!("S10 and S11 beside the rest: {} people", tried.people);
}

/// Tests the entry paths to each level over the whole product of their questions.
#[test]
fn paths_to_the_exam() {
    for (level, entry) in ["5", "4", "3", "2", "1"].into_iter().zip(&TABLES.entry.levels) {
        let mut tried = Tried::new();
        let conditions: Vec<_> = entry.paths.iter().map(|one| &one.when).collect();
        let asked: Vec<_> = questions(&conditions).into_iter().collect();
        tried.answers(&format!("goal=enrol;target-level={level}"), day("2025-05-10"), &conditions, &asked, 1);
        println!("paths to level {level}: {} people", tried.people);
    }
}
