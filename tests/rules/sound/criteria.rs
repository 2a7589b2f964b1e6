//! Criteria and paths: each has to be able to decide something.
//!
//! Criteria that are decided together make a group. Whoever can be told apart by their conditions is tried: first the
//! person for whom the others are out of the way, then all who differ from that one in the questions of a few criteria
//! that share them. What the core says of all these people is then held against itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    ptr,
};

use subsidy_checker::rules::{
    Answer, Condition, Criterion, Date, Entry, Goal, QuestionId, Recognition, Regulation, Tables, Truth, Validity,
    assess,
    boundaries::{days, leaves},
};

use super::{Defect, Somebody, Tried};
use crate::answer_classes::{Product, classes, is_asked, questions, sharing};

/// Criteria that are decided together.
struct Group {
    /// Where they stand, for people who edit the tables.
    name: String,
    criteria: Vec<&'static Criterion>,
    join: Join,
    /// The goals and days for which they count.
    starts: Vec<Somebody>,
}

/// How criteria make a finding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Not without each of them.
    All,
    /// By any of them.
    Any,
    /// Each is told by itself.
    Apart,
}

/// Of each criterion of a group: not met, unknown, met, or not decided for that person.
type States = Vec<u8>;
const NOT_MET: u8 = 0;
const MET: u8 = 2;
const NOT_DECIDED: u8 = 3;

/// Everything wrong with the criteria.
pub fn defects(tables: &'static Tables, tried: &mut Tried) -> Vec<Defect> {
    groups(tables).iter().flat_map(|group| judged(tables, group, &seen(tables, group, tried))).collect()
}

/// Somebody who claims on that day, insured so that the most is paid, with nothing in the way if that is possible.
pub fn payee(tables: &'static Tables, regulation: &'static Regulation, as_of: Date) -> Somebody {
    let start = Somebody::with_goal(tables, Goal::Claim, as_of);
    let uplift = Group::of(String::new(), [&regulation.uplift], Join::Apart, vec![start]);
    let raised = uplift.base(tables, uplift.first(tables, start), &uplift.parts(tables, start), &[0]);
    let all = Group::of(String::new(), regulation.criteria, Join::All, vec![raised]);
    let (first, every) = (all.first(tables, raised), (0..all.criteria.len()).collect::<Vec<_>>());
    // What the uplift needs is given up only if it stands in the way of the rest.
    let kept = uplift.asked(tables, &uplift.conditions(), start);
    let mut parts = all.parts(tables, raised);
    let anyhow = all.base(tables, first, &parts, &every);
    parts.iter_mut().for_each(|part| part.product.0.retain(|(question, _)| !kept.contains(question)));
    let raised = all.base(tables, first, &parts, &every);
    let state = |one| all.states(tables, one).map(|states| all.joined(&states, 0..states.len()));
    if state(&raised) < state(&anyhow) { anyhow } else { raised }
}

/// The days on which something begins or ends while a block holds: the people of these days are tried.
pub fn days_in(tables: &Tables, validity: Validity) -> Vec<Date> {
    let held = |day: &Date| validity.from <= *day && validity.to.is_none_or(|to| *day <= to);
    days(tables).into_iter().filter(held).collect()
}

fn groups(tables: &'static Tables) -> Vec<Group> {
    let claims = |validity: Validity| {
        let days = days_in(tables, validity);
        days.into_iter().map(|day| Somebody::with_goal(tables, Goal::Claim, day)).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for Regulation { validity, criteria, uplift, .. } in tables.subsidies {
        let name = format!("rules/subsidy.toml, the regulation from {}", validity.from);
        let mut starts = claims(*validity);
        // A class whose certificates are expected under it; the forecast takes some criteria as met.
        let forecast = tables.courses.iter().filter(|course| {
            validity.from <= course.claims.from && validity.to.is_none_or(|to| course.claims.to <= Some(to))
        });
        starts.extend(forecast.map(|course| Somebody::with_goal(tables, Goal::Enrol, course.validity.from)));
        all.push(Group::of(name.clone(), *criteria, Join::All, starts));
        all.push(Group::of(name, [uplift], Join::Apart, claims(*validity)));
    }
    for catalogue in tables.catalogues {
        let name = format!("rules/occupations.toml, the catalogue from {}", catalogue.validity.from);
        all.push(Group::of(name, [&catalogue.amount], Join::Apart, claims(catalogue.validity)));
    }
    for course in tables.courses {
        let name = format!("rules/course.toml, the class from {}", course.validity.from);
        let starts = vec![Somebody::with_goal(tables, Goal::Enrol, course.validity.from)];
        all.push(Group::of(name, [&course.fee, &course.member, &course.dates], Join::Apart, starts));
    }
    let last = days(tables).last().copied();
    let exam = &tables.exam;
    let starts = last.map(|day| Somebody::with_goal(tables, Goal::Exam, day)).into_iter().collect();
    let criteria = [&exam.passed, &exam.resit, &exam.fee, &exam.attendance];
    all.push(Group::of("rules/exam.toml, the exam".to_owned(), criteria, Join::Apart, starts));
    for (kind, blocks) in [("recognition", tables.recognitions), ("call for craftsmen", tables.craftsmen)] {
        for Recognition { validity, criteria, .. } in blocks {
            let name = format!("rules/recognition.toml, the {kind} from {}", validity.from);
            all.push(Group::of(name, *criteria, Join::Any, claims(*validity)));
        }
    }
    all.extend(entry(tables, &tables.entry, tables.courses.first().map(|course| course.validity.from)));
    all
}

/// The ways to each level of the exam.
fn entry(tables: &'static Tables, set: &'static Entry, day: Option<Date>) -> impl Iterator<Item = Group> {
    set.levels.iter().zip(0..).map(move |(level, at)| {
        let name = format!("rules/exam.toml, level {} of the entry", 5 - at);
        let starts = day.map(|day| {
            let mut start = Somebody::with_goal(tables, Goal::Enrol, day);
            start.answers.set(QuestionId::TARGET_LEVEL, Some(Answer::Choice(at)));
            start
        });
        Group::of(name, level.paths, Join::Any, starts.into_iter().collect())
    })
}

/// Criteria that share questions, and the answers worth trying to these.
struct Block {
    criteria: Vec<usize>,
    product: Product,
}

impl Block {
    /// Everybody who differs from somebody in these questions only.
    fn everybody(&self, base: Somebody) -> impl Iterator<Item = Somebody> {
        self.product.ways(base.answers).map(move |answers| Somebody { answers, ..base })
    }
}

impl Group {
    fn of(
        name: String,
        criteria: impl IntoIterator<Item = &'static Criterion>,
        join: Join,
        starts: Vec<Somebody>,
    ) -> Group {
        Group { name, criteria: criteria.into_iter().collect(), join, starts }
    }

    fn conditions(&self) -> Vec<&'static Condition> {
        self.criteria.iter().map(|one| &one.when).collect()
    }

    /// The questions that can make a difference to somebody with a goal.
    fn asked(
        &self,
        tables: &'static Tables,
        conditions: &[&'static Condition],
        start: Somebody,
    ) -> BTreeSet<QuestionId> {
        let goal = Goal::of(tables, &start.answers);
        // Who has no certificate yet is judged by the level that is wanted.
        let asked = questions(conditions).into_iter().filter_map(|question| match question {
            QuestionId::TARGET_LEVEL => None,
            QuestionId::CERTIFICATE_LEVEL if goal == Goal::Exam => Some(QuestionId::TARGET_LEVEL),
            other => Some(other).filter(|id| is_asked(goal, *id)),
        });
        asked.collect()
    }

    fn parts(&self, tables: &'static Tables, start: Somebody) -> Vec<Block> {
        let each = self.criteria.iter().map(|one| self.asked(tables, &[&one.when], start)).enumerate();
        let conditions = self.conditions();
        let tried = |question| classes(tables, question, &conditions, start.as_of);
        let part = |(criteria, questions)| Block { criteria, product: Product::of(questions, tried, &[]) };
        sharing(each).into_iter().map(part).collect()
    }

    /// Every question of the group answered, by what is said already or else by the first answer worth trying.
    /// Whoever has a certificate knows its day: it decides which lists hold, asked for or not.
    fn first(&self, tables: &'static Tables, mut start: Somebody) -> Somebody {
        let conditions = self.conditions();
        if Goal::of(tables, &start.answers) == Goal::Claim && start.answers.get(QuestionId::CERTIFICATE_DATE).is_none()
        {
            start.answers.set(QuestionId::CERTIFICATE_DATE, Some(Answer::Date(start.as_of)));
        }
        for question in self.asked(tables, &conditions, start) {
            let first = classes(tables, question, &conditions, start.as_of).first().copied();
            start.answers.set(question, start.answers.get(question).or(first));
        }
        start
    }

    /// The people for whom one criterion more can decide: with all that is wanted together met, with none of what
    /// suffices, or with one met of those that are told by themselves, since one may be told only after another.
    fn bases(&self, tables: &'static Tables, base: Somebody, parts: &[Block]) -> Vec<Somebody> {
        match self.join {
            Join::Apart => (0..self.criteria.len()).map(|at| self.base(tables, base, parts, &[at])).collect(),
            _ if parts.len() == 1 => vec![base],
            _ => vec![self.base(tables, base, parts, &(0..self.criteria.len()).collect::<Vec<_>>())],
        }
    }

    /// One of them, by some of the criteria.
    fn base(&self, tables: &'static Tables, mut base: Somebody, parts: &[Block], by: &[usize]) -> Somebody {
        for part in parts {
            let from = base;
            let worth = |one: &Somebody| {
                let changed = part.product.0.iter().filter(|(id, _)| one.answers.get(*id) != from.answers.get(*id));
                let same = -(changed.count() as i32);
                let Some(states) = self.states(tables, one) else { return (0, 0, same) };
                let counts = part.criteria.iter().filter(|at| by.contains(at));
                let of = || counts.clone().map(|at| states[*at]).filter(|state| *state != NOT_DECIDED);
                let sum = of().map(i32::from).sum::<i32>();
                match self.join {
                    Join::All | Join::Apart => (of().min().map_or(0, i32::from), sum, same),
                    Join::Any => (-of().max().map_or(0, i32::from), -sum, same),
                }
            };
            let mut most = worth(&base);
            for one in part.everybody(base) {
                let found = worth(&one);
                if most < found {
                    (most, base) = (found, one);
                }
            }
        }
        base
    }

    /// What the core says of each criterion; None if it is decided for nobody with that goal.
    fn states(&self, tables: &'static Tables, somebody: &Somebody) -> Option<States> {
        let findings = assess(tables, &somebody.answers, somebody.as_of).findings;
        let mut found = vec![NOT_DECIDED; self.criteria.len()];
        let mut keep = |criterion: &Criterion, state: Truth| {
            if let Some(at) = self.criteria.iter().position(|one| ptr::eq(*one, criterion)) {
                found[at] = match state {
                    Truth::NotMet => NOT_MET,
                    Truth::Unknown(_) => 1,
                    Truth::Met => MET,
                };
            }
        };
        for finding in &findings {
            finding.criteria.iter().for_each(|one| keep(one.criterion, one.state));
            let paths = finding.entry.iter().flat_map(|sitting| &sitting.paths);
            paths.for_each(|one| keep(one.criterion, one.state));
        }
        found.iter().any(|state| *state != NOT_DECIDED).then_some(found)
    }

    /// The finding by some of the criteria; what isn't decided doesn't count.
    fn joined(&self, states: &States, of: impl Iterator<Item = usize>) -> u8 {
        let decided = of.map(|at| states[at]).filter(|state| *state != NOT_DECIDED);
        match self.join {
            Join::Any => decided.max().unwrap_or(NOT_MET),
            Join::All | Join::Apart => decided.min().unwrap_or(MET),
        }
    }

    fn defect(&self, tables: &'static Tables, what: String, person: Option<&Somebody>) -> Defect {
        let asked = questions(&self.conditions());
        let matters = |question| question == QuestionId::CERTIFICATE_DATE || asked.contains(&question);
        let person = person.map(|one| one.example(tables, matters));
        Defect { what: format!("{}: {what}", self.name), person }
    }
}

/// Everything that the core says of a group's criteria together, each with the first person of whom it says so.
fn seen(tables: &'static Tables, group: &Group, tried: &mut Tried) -> BTreeMap<States, Somebody> {
    let mut all = BTreeMap::new();
    tried.criteria += group.criteria.len();
    for start in &group.starts {
        let parts = group.parts(tables, *start);
        for base in group.bases(tables, group.first(tables, *start), &parts) {
            for one in parts.iter().flat_map(|part| part.everybody(base)) {
                tried.people += 1;
                if let Some(states) = group.states(tables, &one) {
                    all.entry(states).or_insert(one);
                }
            }
        }
    }
    all
}

fn judged(tables: &'static Tables, group: &Group, seen: &BTreeMap<States, Somebody>) -> Vec<Defect> {
    let mut all = Vec::new();
    let mut report = |what: String, person| all.push(group.defect(tables, what, person));
    let mut live = Vec::new();
    for (at, criterion) in group.criteria.iter().enumerate() {
        let id = criterion.id;
        let found: BTreeSet<u8> = seen.keys().map(|states| states[at]).filter(|state| *state != NOT_DECIDED).collect();
        let somebody = || seen.iter().find(|(states, _)| states[at] != NOT_DECIDED).map(|(_, one)| one);
        // What holds for everybody has no condition and says so.
        if group.join == Join::Apart && !has_leaves(&criterion.when) {
            continue;
        }
        let best = found.last().copied();
        // By itself, a criterion may be open at best if something that it needs is never asked.
        let may_be_open = group.join == Join::Any || group.join == Join::Apart && needs_more(&criterion.when);
        match best {
            None => report(format!("{id} is decided for nobody"), None),
            Some(NOT_MET) => report(format!("{id} can never be met"), somebody()),
            Some(best) if best < MET && !may_be_open => report(format!("{id} can never be met"), somebody()),
            Some(_) if found.first() == Some(&MET) => {
                report(format!("{id} can never decide: it is met by everybody"), somebody());
            }
            Some(_) => live.push(at),
        }
    }
    if group.join == Join::Apart {
        return all;
    }
    // What is known to be implied decides nothing for the others either.
    let mut deciding = live.clone();
    for &at in &live {
        let Some(implied) = group.criteria[at].implied_by else { continue };
        deciding.retain(|one| *one != at);
        let id = group.criteria[at].id;
        match group.criteria.iter().position(|one| one.id == implied.clause) {
            Some(by) => {
                let against = seen.iter().filter(|(states, _)| !group.follows(states, at, by));
                // The clearest of them.
                if let Some((states, one)) = against.max_by_key(|(states, _)| states[at].abs_diff(states[by])) {
                    let (own, others) = (state(states[at]), state(states[by]));
                    let what = format!(
                        "{id} is not implied by {}: here it is {own}, and {} is {others}",
                        implied.clause, implied.clause
                    );
                    report(what, Some(one));
                }
            }
            None => report(format!("{id} is not implied by {}, which is not decided beside it", implied.clause), None),
        }
    }
    if live.len() < group.criteria.len() {
        return all;
    }
    let joined = |states: &States| group.joined(states, 0..group.criteria.len());
    // A forecast, which takes some of them as met, shows nothing.
    let mut full = seen.iter().filter(|(states, _)| !states.contains(&NOT_DECIDED)).peekable();
    let (wanted, what) = match group.join {
        Join::Any => (MET, "everybody meets one or another of the criteria"),
        _ => (NOT_MET, "nobody can meet all criteria together: two of them exclude each other"),
    };
    if let Some((_, one)) = full.peek().copied()
        && full.all(|(states, _)| joined(states) == wanted)
    {
        report(what.to_owned(), Some(one));
        return all;
    }
    // The last first: of two that say the same the earlier one stays.
    for at in live.into_iter().rev() {
        if !deciding.contains(&at) {
            continue;
        }
        let others = || deciding.iter().copied().filter(move |one| *one != at);
        if seen.keys().any(|states| group.joined(states, deciding.iter().copied()) != group.joined(states, others())) {
            continue;
        }
        let id = group.criteria[at].id;
        let by = others().find(|by| seen.keys().all(|states| group.follows(states, at, *by)));
        let by = by.map_or("another criterion", |by| group.criteria[by].id);
        // Somebody about whom it says something, and few others do.
        let sum = |states: &States| states.iter().map(|state| i32::from(*state)).sum::<i32>();
        let (what, shown) = match group.join {
            Join::Any => (
                format!("whoever meets it meets {by} as well"),
                seen.iter().max_by_key(|(states, _)| (states[at] % NOT_DECIDED, -sum(states))),
            ),
            _ => (
                format!("whoever doesn't meet it doesn't meet {by} either"),
                seen.iter().min_by_key(|(states, _)| (states[at], -sum(states))),
            ),
        };
        report(format!("{id} can never decide: {what}"), shown.map(|(_, one)| one));
        deciding.retain(|one| *one != at);
    }
    all
}

impl Group {
    /// For this person the one criterion decides nothing that the other doesn't.
    fn follows(&self, states: &States, one: usize, by: usize) -> bool {
        match (states[one], states[by]) {
            (NOT_DECIDED, _) => true,
            (own, NOT_DECIDED) => own == self.joined(states, std::iter::empty()),
            (own, other) if self.join == Join::Any => own <= other,
            (own, other) => other <= own,
        }
    }
}

fn state(state: u8) -> &'static str {
    ["not met", "unknown", "met", "taken as met"][usize::from(state)]
}

fn has_leaves(condition: &'static Condition) -> bool {
    let mut any = false;
    leaves(condition, &mut |_| any = true);
    any
}

/// Whether it needs something that is never asked, however it is met.
fn needs_more(condition: &'static Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(needs_more),
        Condition::Any(parts) => parts.iter().all(needs_more),
        Condition::NeverAsked => true,
        _ => false,
    }
}
