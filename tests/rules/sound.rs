//! Finds defects in well-formed tables: gaps in time, criteria that never decide, questions asked in vain.
//!
//! It is separate from reading the tables, because these defects are not in one line: they show in people's
//! results. Therefore the tables are tested through the public functions that every program uses, and each defect
//! is reported with a person who shows it. The module doesn't know the right rules; the worked examples do.

mod criteria;
mod payment;
mod questions;

use std::{fmt, time::Instant};

use subsidy_checker::{
    people::Said,
    rules::{self, Answers, Date, Goal, QuestionId, Tables},
};

use crate::{frozen::OWN, people::example};

/// A defect in well-formed tables.
#[derive(Debug)]
pub struct Defect {
    /// Where the defect is, and what is wrong.
    pub what: String,
    /// A person who shows it, as a worked example. None if no person is involved.
    pub person: Option<String>,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        f.write_str(self.person.as_deref().unwrap_or_default())
    }
}

/// Counters of what was tested.
#[derive(Default, Debug)]
pub struct Tried {
    pub criteria: usize,
    pub rows: usize,
    pub questions: usize,
    pub people: usize,
}

/// A person to test, on a day.
#[derive(Clone, Copy)]
struct Somebody {
    answers: Answers,
    as_of: Date,
}

impl Somebody {
    /// Creates a person of whom only the goal is known.
    fn with_goal(tables: &Tables, goal: Goal, as_of: Date) -> Somebody {
        let mut answers = Answers::NONE;
        let question = tables.question(QuestionId::GOAL).expect("the goal is asked");
        answers.set(QuestionId::GOAL, Some(rules::read(question, goal.id()).expect("every goal can be said")));
        Somebody { answers, as_of }
    }

    /// Writes the person as a worked example, with the goal, the target level, and the answers that matter.
    fn example(&self, tables: &Tables, matters: impl Fn(QuestionId) -> bool) -> String {
        let mut said = Said::new();
        for question in tables.questions {
            let shown = matches!(question.id, QuestionId::GOAL | QuestionId::TARGET_LEVEL) || matters(question.id);
            let value = self.answers.get(question.id).and_then(|answer| rules::write(question, answer));
            said.extend(value.filter(|_| shown).map(|value| (question.name.to_owned(), value)));
        }
        example(&said, self.as_of)
    }
}

/// Returns all defects of some tables.
pub fn defects(tables: &'static Tables) -> (Vec<Defect>, Tried) {
    let mut tried = Tried::default();
    let mut all = payment::gaps(tables);
    all.extend(criteria::defects(tables, &mut tried));
    // A criterion that is wrong makes places, rows and questions idle as well: told once it is mended.
    if all.is_empty() {
        all.extend(payment::places(tables, &mut tried));
        all.extend(payment::rows(tables, &mut tried));
        all.extend(payment::levels(tables, &mut tried));
        all.extend(questions::defects(tables, &mut tried));
    }
    (all, tried)
}

#[test]
fn the_tables_are_sound() {
    let begun = Instant::now();
    let (defects, Tried { criteria, rows, questions, people }) = defects(&OWN.tables);
    let told: Vec<_> = defects.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "the tables are well-formed, but not sound:\n\n{}", told.join("\n"));
    println!(
        "the tables are sound: {criteria} criteria and paths, {rows} rows, {questions} questions, {people} people tried in \
         {:.1} s",
        begun.elapsed().as_secs_f32()
    );
}
