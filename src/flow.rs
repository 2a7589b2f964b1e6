//! Which question comes next, and which no longer matter.
//!
//! The questionnaire is replayed from the answers, keyed by question: nothing else is kept, so that no position, no
//! history and no earlier table can lead astray. Asks in the order of the tables, and only what can still change a
//! finding. Does not know pages of a browser.

use tables::{Date, Question, QuestionId, Tables};

use crate::rules::{Answers, could_change};

/// The way through the questions that some answers make.
#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// What was asked and answered, in order.
    pub asked: Vec<Step>,
    /// What comes next; None when nothing that is open could change a finding.
    pub next: Option<Step>,
    /// The answers that were asked for. Others are kept by whoever holds them, but never used.
    pub used: Answers,
}

/// The questions that share a page, nearly always one.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub questions: &'static [Question],
}

/// Asks again from the beginning, taking the answers that are there.
pub fn replay(tables: &'static Tables, answers: &Answers, as_of: Date) -> Path {
    let mut path = Path { asked: Vec::new(), next: None, used: Answers::NONE };
    // Nobody is asked for it who hasn't said that another level is meant.
    path.used.set(QuestionId::TargetLevel, answers.get(QuestionId::TargetLevel));
    for step in steps(tables) {
        let matters = |question: &Question| could_change(tables, &path.used, as_of, question.id);
        if !step.questions.iter().any(matters) {
            continue;
        }
        for question in step.questions {
            path.used.set(question.id, answers.get(question.id));
        }
        if step.questions.iter().any(|question| answers.get(question.id).is_none()) {
            path.next = Some(step);
            return path;
        }
        path.asked.push(step);
    }
    path
}

/// The step that asks a question, whether or not it matters now.
pub fn step(tables: &'static Tables, question: QuestionId) -> Option<Step> {
    steps(tables).find(|step| step.questions.iter().any(|one| one.id == question))
}

/// The most steps that may still come after the next one, if every open question stays open.
pub fn ahead(tables: &'static Tables, path: &Path, as_of: Date) -> usize {
    let Some(next) = path.next else { return 0 };
    let matters = |question: &Question| could_change(tables, &path.used, as_of, question.id);
    steps(tables).skip_while(|step| *step != next).filter(|step| step.questions.iter().any(matters)).count()
}

fn steps(tables: &'static Tables) -> impl Iterator<Item = Step> {
    tables
        .questions
        .chunk_by(|one, two| one.group.is_some() && one.group == two.group)
        .map(|questions| Step { questions })
}

impl Step {
    /// The question that names the step.
    pub fn id(&self) -> Option<QuestionId> {
        self.questions.first().map(|question| question.id)
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Step) -> bool {
        self.id() == other.id()
    }
}
