//! A person's steps on the pages from the goal to the result.
//!
//! They are computed from the core's flow, so that any person's answers can be tried; the tests decide whether a
//! driver's verbs or a script perform the steps.

use subsidy_checker::flow;
use subsidy_checker::rules::{Answer, Answers, Date, Kind, Question, QuestionId, TABLES, read};
use subsidy_checker::text::Text;

/// One thing that a person sees or does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sees the page with this heading.
    Heading(&'static str),
    /// Ticks the row of a list with this label.
    Tick(&'static str),
    /// Chooses one of a question's rows, by its index.
    Choose(QuestionId, usize),
    /// Types a number into one of a question's fields, by its index.
    Type(QuestionId, usize, u16),
    /// Goes to the next page.
    Continue,
}

/// Returns the steps of a person with these answers, and the answers that were asked for.
pub fn steps(text: Text, all: &Answers, as_of: Date) -> (Vec<Step>, Answers) {
    let mut steps = Vec::new();
    let mut known = Answers::NONE;
    while let Some(id) = flow::replay(&TABLES, &known, as_of).next.and_then(|step| step.id()) {
        let shown = |known: &Answers| flow::page(&TABLES, known, as_of, id).unwrap();
        let step = shown(&known);
        let first = step.questions().next().unwrap();
        steps.push(Step::Heading(text.get(step.group().map_or(first.title, |group| group.title))));
        if step.group().is_some() {
            tick(&mut steps, text, step.page(), all);
            step.page().iter().for_each(|question| known.set(question.id, all.get(question.id)));
        }
        while let Some(open) = shown(&known).questions().find(|question| known.get(question.id).is_none()) {
            fill_in(&mut steps, open, all.get(open.id).unwrap());
            known.set(open.id, all.get(open.id));
        }
        steps.push(Step::Continue);
    }
    (steps, known)
}

/// Ticks the questions answered with yes, then the row for the rest.
fn tick(steps: &mut Vec<Step>, text: Text, questions: &[Question], all: &Answers) {
    let is_yes = |question: &&Question| all.get(question.id) == read(question, "yes").ok();
    steps.extend(questions.iter().filter(is_yes).map(|question| Step::Tick(text.get(question.title))));
    if questions.iter().any(|question| all.get(question.id) == Some(Answer::DontKnow)) {
        steps.push(Step::Tick("其他几项我不清楚"));
    } else if !questions.iter().any(|question| is_yes(&question)) {
        steps.push(Step::Tick("以上都没有"));
    }
}

fn fill_in(steps: &mut Vec<Step>, question: &Question, answer: Answer) {
    let id = question.id;
    match (question.kind, answer) {
        (Kind::Choice(_), Answer::Choice(at)) => steps.push(Step::Choose(id, at.into())),
        // "Don't know" is the last row.
        (Kind::Choice(values), _) => steps.push(Step::Choose(id, values.len())),
        (_, Answer::Number(number)) => steps.push(Step::Type(id, 0, number)),
        (_, Answer::Date(day)) => {
            let parts = [day.year(), day.month().into(), day.day().into()];
            steps.extend(parts.into_iter().enumerate().map(|(at, digits)| Step::Type(id, at, digits)));
        }
        _ => steps.push(Step::Choose(id, 0)),
    }
}
