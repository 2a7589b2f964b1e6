//! Tables that are well-formed can still be wrong: gaps in time, criteria that never decide, questions asked in vain.
//!
//! Apart from the reading of the tables because these mistakes don't stand in a line: they show in what people are
//! told. So the tables are tried out, through the same doors as every program uses, and each mistake is reported with
//! the person that shows it. Doesn't know what the rules should be: that is what the worked examples say.

mod criteria;
mod payment;
mod questions;

use std::{fmt, time::Instant};

use subsidy_checker::{
    people::Said,
    rules::{self, Answers, Date, Goal, QuestionId, TABLES, Tables},
};

use crate::people::example;

/// Something wrong with well-formed tables.
#[derive(Debug)]
pub struct Defect {
    /// Where it is, and what is wrong.
    pub what: String,
    /// Somebody of whom it shows, as a worked example; none where it is about nobody.
    pub person: Option<String>,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        f.write_str(self.person.as_deref().unwrap_or_default())
    }
}

/// What was gone through.
#[derive(Default, Debug)]
pub struct Tried {
    pub criteria: usize,
    pub rows: usize,
    pub questions: usize,
    pub people: usize,
}

/// A person who is tried, on a day.
#[derive(Clone, Copy)]
struct Somebody {
    answers: Answers,
    as_of: Date,
}

impl Somebody {
    /// Nothing is known but the goal.
    fn with_goal(tables: &Tables, goal: Goal, as_of: Date) -> Somebody {
        let mut answers = Answers::NONE;
        let question = tables.question(QuestionId::Goal).expect("the goal is asked");
        answers.set(QuestionId::Goal, Some(rules::read(question, goal.id()).expect("every goal can be said")));
        Somebody { answers, as_of }
    }

    /// As a worked example, with the goal, the level that is wanted, and the answers that matter.
    fn example(&self, tables: &Tables, matters: impl Fn(QuestionId) -> bool) -> String {
        let mut said = Said::new();
        for question in tables.questions {
            let shown = matches!(question.id, QuestionId::Goal | QuestionId::TargetLevel) || matters(question.id);
            let value = self.answers.get(question.id).and_then(|answer| rules::write(question, answer));
            said.extend(value.filter(|_| shown).map(|value| (question.id.id().to_owned(), value)));
        }
        example(&said, self.as_of)
    }
}

/// Everything that is wrong with some tables.
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
    let (defects, Tried { criteria, rows, questions, people }) = defects(&TABLES);
    let told: Vec<_> = defects.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "the tables are well-formed, but not sound:\n\n{}", told.join("\n"));
    println!(
        "the tables are sound: {criteria} criteria and paths, {rows} rows, {questions} questions, {people} people tried in \
         {:.1} s",
        begun.elapsed().as_secs_f32()
    );
}
