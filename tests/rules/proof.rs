//! Every criterion over the whole product of its own questions, at the tables' own boundaries.
//!
//! Two things are shown: that the core and the oracle say the same of each such person, cause and all; and that the
//! value of a condition with open answers is what trying every possible answer gives. The second is what makes
//! "unknown" honest: nothing is called unknown that any answer would leave as it is.

use std::collections::{BTreeMap, BTreeSet};

use subsidy_checker::rules::{
    Answer, Answers, Choice, Condition, Criterion, Date, Kind, QuestionId, TABLES, Truth, assess,
};

use crate::people::day;

/// A criterion, the goal under which it counts, and the day as of which it holds.
struct Subject {
    criterion: Criterion,
    goal: &'static str,
    level: Option<&'static str>,
    as_of: &'static str,
}

fn subjects() -> Vec<Subject> {
    let subject =
        |goal, level, as_of| move |criterion: &Criterion| Subject { criterion: *criterion, goal, level, as_of };
    let mut all = Vec::new();
    let regulation = TABLES.subsidies.last().unwrap();
    all.extend(regulation.criteria.iter().map(subject("claim", None, "2025-12-01")));
    all.push(subject("claim", None, "2025-12-01")(&regulation.uplift));
    all.push(subject("claim", None, "2025-12-01")(&TABLES.catalogues.last().unwrap().amount));
    let enrol = regulation.criteria.iter().filter(|one| matches!(one.id, "S1" | "S2.1" | "S2.2" | "S2.3" | "S3"));
    all.extend(enrol.map(subject("enrol", None, "2025-05-10")));
    all.push(subject("enrol", None, "2025-05-10")(&TABLES.courses.last().unwrap().member));
    let exam = &TABLES.exam;
    all.extend([exam.passed, exam.resit, exam.attendance].iter().map(subject("exam", None, "2025-12-01")));
    for (level, id) in TABLES.entry.levels.iter().zip(["5", "4", "3", "2", "1"]) {
        all.extend(level.paths.iter().map(subject("enrol", Some(id), "2025-05-10")));
    }
    all.extend(TABLES.recognitions.last().unwrap().criteria.iter().map(subject("claim", None, "2025-12-01")));
    all.extend(TABLES.craftsmen.last().unwrap().criteria.iter().map(subject("claim", None, "2024-12-01")));
    all
}

/// The questions of a condition, each with the answers between which it can make a difference.
fn questions(condition: &Condition, as_of: Date, all: &mut BTreeMap<QuestionId, BTreeSet<Value>>) {
    match *condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| questions(part, as_of, all)),
        Condition::Is(Choice { question, .. }) => choices(question, all),
        Condition::Within(question, from, to) => {
            let Some(Kind::Number(least, most)) = TABLES.question(question).map(|one| one.kind) else { unreachable!() };
            let near = [from.saturating_sub(1), from, from + 1, to.saturating_sub(1), to, to + 1];
            all.entry(question).or_default().extend(near.map(|number| Value::Number(number.clamp(least, most))));
        }
        Condition::WithinMonths(question, months) => {
            // The day whose last day is the as-of date, and its neighbours.
            let on = Date::new(as_of.year() - months / 12, as_of.month(), as_of.day()).unwrap();
            all.entry(question).or_default().extend([on.before().unwrap(), on, on.next().unwrap()].map(Value::Day));
        }
        Condition::Listed(_) => {
            choices(QuestionId::CertificateOccupation, all);
            let validities = TABLES.catalogues.iter().map(|one| one.validity);
            let validities = validities.chain(TABLES.shortages.iter().map(|one| one.validity));
            let days =
                validities.flat_map(|one| [one.from.before(), Some(one.from), one.to, one.to.and_then(Date::next)]);
            let days = days.flatten().filter(|day| *day <= as_of).map(Value::Day);
            all.entry(QuestionId::CertificateDate).or_default().extend(days);
        }
        Condition::NeverAsked => {}
    }
}

fn choices(question: QuestionId, all: &mut BTreeMap<QuestionId, BTreeSet<Value>>) {
    let Some(Kind::Choice(values)) = TABLES.question(question).map(|one| one.kind) else { unreachable!() };
    all.entry(question).or_default().extend((0..values.len() as u16).map(Value::Choice));
}

/// An answer, in an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Value {
    Choice(u16),
    Number(u16),
    Day(Date),
}

impl From<Value> for Answer {
    fn from(value: Value) -> Answer {
        match value {
            Value::Choice(at) => Answer::Choice(at),
            Value::Number(number) => Answer::Number(number),
            Value::Day(day) => Answer::Date(day),
        }
    }
}

/// Every way to answer the questions of a subject; `None` is an open answer.
struct Product {
    subject: Subject,
    questions: Vec<(QuestionId, Vec<Option<Answer>>)>,
}

impl Product {
    fn of(subject: Subject, open: &[Option<Answer>]) -> Product {
        let mut found = BTreeMap::new();
        questions(&subject.criterion.when, day(subject.as_of), &mut found);
        // What the goal settles isn't asked.
        let settled = |id: &QuestionId| {
            *id == QuestionId::Goal || (subject.goal != "claim" && *id == QuestionId::CertificateLevel)
        };
        let questions = found.into_iter().filter(|(id, _)| !settled(id)).map(|(id, values)| {
            (id, values.into_iter().map(|value| Some(value.into())).chain(open.iter().copied()).collect())
        });
        Product { questions: questions.collect(), subject }
    }

    fn len(&self) -> usize {
        self.questions.iter().map(|(_, answers)| answers.len()).product()
    }

    /// The answers of one of the ways.
    fn way(&self, mut at: usize) -> Vec<Option<Answer>> {
        let digit = |(_, answers): &(QuestionId, Vec<Option<Answer>>)| {
            let answer = answers[at % answers.len()];
            at /= answers.len();
            answer
        };
        self.questions.iter().map(digit).collect()
    }

    fn person(&self, way: &[Option<Answer>]) -> Answers {
        let mut person = Answers::NONE;
        let said = [(QuestionId::Goal, Some(self.subject.goal)), (QuestionId::TargetLevel, self.subject.level)];
        for (id, value) in said {
            let answer = value.map(|value| subsidy_checker::rules::read(TABLES.question(id).unwrap(), value).unwrap());
            person.set(id, answer);
        }
        for ((id, _), answer) in self.questions.iter().zip(way) {
            person.set(*id, *answer);
        }
        person
    }

    fn state(&self, way: &[Option<Answer>]) -> Truth {
        let assessment = assess(&TABLES, &self.person(way), day(self.subject.as_of));
        let criteria =
            assessment.findings.iter().flat_map(|one| &one.criteria).map(|one| (one.criterion.id, one.state));
        let sitting = assessment.findings.iter().filter_map(|one| one.sitting.as_ref());
        let paths = sitting.flat_map(|one| &one.paths).map(|way| (way.criterion.id, way.state));
        let found = criteria.chain(paths).find(|(id, _)| *id == self.subject.criterion.id);
        found.unwrap_or_else(|| panic!("{} is in no finding", self.subject.criterion.id)).1
    }
}

/// The state without its cause.
fn kind(truth: Truth) -> &'static str {
    truth.id()
}

#[test]
fn with_open_answers_a_criterion_is_what_trying_every_answer_gives() {
    let (mut criteria, mut ways) = (0, 0);
    let mut differing = BTreeSet::new();
    // S10 says whether the amount is known, and each level has another: open, it isn't, though every answer would do.
    for subject in subjects().into_iter().filter(|subject| subject.criterion.id != "S10") {
        let id = subject.criterion.id;
        let product = Product::of(subject, &[None]);
        // Every complete way once.
        let states: Vec<_> = (0..product.len()).map(|at| (product.way(at), at)).collect();
        let complete: Vec<_> = states
            .iter()
            .filter(|(way, _)| way.iter().all(Option::is_some))
            .map(|(way, _)| (way, kind(product.state(way))))
            .collect();
        for (way, _) in &states {
            let fits =
                |full: &[Option<Answer>]| way.iter().zip(full).all(|(open, said)| open.is_none() || open == said);
            let found: BTreeSet<_> = complete.iter().filter(|(full, _)| fits(full)).map(|(_, state)| *state).collect();
            let tried = if found.len() == 1 { *found.iter().next().unwrap() } else { "unknown" };
            if kind(product.state(way)) != tried {
                differing.insert(format!("{id}: {way:?} is {}, not {tried}", kind(product.state(way))));
            }
            ways += 1;
        }
        criteria += 1;
    }
    println!("{criteria} criteria, {ways} ways to answer: as if every answer had been tried");
    assert_eq!(differing, BTreeSet::new());
}

#[cfg(feature = "cli")]
#[test]
fn both_readings_agree_on_every_criterion() {
    let (mut criteria, mut ways) = (0, 0);
    for subject in subjects() {
        let product = Product::of(subject, &[None, Some(Answer::DontKnow)]);
        for at in 0..product.len() {
            let person = product.person(&product.way(at));
            crate::agreement::agreed(&crate::people::said(&person), product.subject.as_of);
            ways += 1;
        }
        criteria += 1;
    }
    println!("{criteria} criteria, {ways} ways to answer: both readings agree");
}
