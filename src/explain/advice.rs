//! Advice that would improve the result, in sentences, each with an answer to try.

use tables::{Kind, Question, QuestionId, Regulation};

use super::{Block, Context, Hint, Section, claim};
use crate::{
    rules::{self, Action, Advice, Answer, AnswerSet, FindingId, Outcome, Truth},
    text::Text,
};

/// Returns all useful advice.
pub fn all(context: &Context) -> Vec<Advice> {
    let mut all = rules::advice(context.tables, &context.path.used, context.assessment.as_of);
    all.retain(helps);
    all
}

/// Returns the section with the advice. It may contain no advice if other answers can still be tried.
pub fn section(context: &Context, advice: &[Advice]) -> Option<Section> {
    let hints: Vec<Hint> = advice.iter().map(|one| hint(context, one)).collect();
    let asked = context.path.asked.iter().flat_map(|step| step.questions());
    let choice = |question: &Question| question.id != QuestionId::GOAL && matches!(question.kind, Kind::Choice(_));
    let anything = !hints.is_empty() || asked.into_iter().any(choice);
    anything.then(|| Section::new(context.text.advice_title(), vec![Block::Advice(hints)]))
}

/// Explains what a person who is refused the subsidy could do to get it.
pub fn way_out(context: &Context, advice: &[Advice]) -> Option<String> {
    let would_do = |one: &&Advice| {
        one.finding == FindingId::Subsidy && one.now.state == Truth::NotMet && matches!(one.action, Action::Change(_))
    };
    advice.iter().find(would_do).map(|one| hint(context, one).words)
}

/// Whether advice is useful. Waiting for another course fee is not: the class has ended by then.
fn helps(advice: &Advice) -> bool {
    advice.finding != FindingId::CourseFee || !matches!(advice.action, Action::Wait(_) | Action::From(_))
}

fn hint(context: &Context, advice: &Advice) -> Hint {
    let text = context.text;
    let then = outcome(text, advice.finding, advice.then);
    let short = |id| context.tables.question(id).map_or("", |question| text.get(question.short));
    let example = |id, given: &AnswerSet| (id, example(context, id, given));
    let (words, answers) = match &advice.action {
        Action::Change(all) => {
            let changes = text.and(all.iter().map(|(id, given)| change(context, *id, given)));
            (text.advice_change(&changes, &then), all.iter().map(|(id, given)| example(*id, given)).collect())
        }
        Action::FindOut(id, given) => {
            (text.advice_find_out(short(*id), &names(context, *id, given), &then), vec![example(*id, given)])
        }
        Action::Wait(years) => (text.advice_wait(&years.to_string(), &then), Vec::new()),
        Action::From(day) => (text.advice_from(&text.date(*day), &then), Vec::new()),
        Action::Before(day) if advice.finding == FindingId::Resit => {
            (text.advice_resit_before(&text.date(*day)), Vec::new())
        }
        // If the rules end before the term does, the earlier day counts.
        Action::Before(day) => {
            let words = text.advice_before(&text.date(claim::last_good_day(context).unwrap_or(*day)));
            // The rules may have ended before that day.
            let ended = context.finding(FindingId::Subsidy).is_some_and(|subsidy| subsidy.deadline.is_none());
            let term = claim::deadline(context.assessment).filter(|_| ended);
            (term.map_or_else(|| words.clone(), |term| term.words(text, &words)), Vec::new())
        }
    };
    // No end is known for the exam's entry conditions.
    let end = advice.rules_end.filter(|_| advice.finding != FindingId::MaySit);
    let end = end.filter(|_| !matches!(advice.action, Action::Before(_)));
    let end = end.map(|end| text.advice_rules_end(&text.date(end))).unwrap_or_default();
    Hint { words: text.sentences(&text.sentences(&words, &in_time(context, advice)), &end), answers }
}

/// Warns that the time to claim may pass before a slow change is done, such as leaving school.
fn in_time(context: &Context, advice: &Advice) -> String {
    let is_slow = |step: &Action| match step {
        Action::Change(all) => {
            all.iter().any(|(id, _)| context.tables.question(*id).is_some_and(|question| question.changes_slowly))
        }
        _ => false,
    };
    let regulation = context.finding(FindingId::Subsidy).and_then(|subsidy| subsidy.regulation);
    let months = regulation.and_then(Regulation::months_to_claim);
    let months = months.filter(|_| advice.finding == FindingId::Subsidy && is_slow(&advice.action));
    months.map(|months| context.text.advice_in_time(&months.to_string())).unwrap_or_default()
}

/// Describes the change of one answer.
fn change(context: &Context, id: QuestionId, given: &AnswerSet) -> String {
    let text = context.text;
    let question = context.tables.question(id);
    match question.and_then(|question| question.changed) {
        Some(changed) => text.get(changed).to_owned(),
        None => {
            let short = question.map_or("", |question| text.get(question.short));
            text.advice_becomes(short, &names(context, id, given))
        }
    }
}

/// Lists answers that have the same effect, as the page words them.
fn names(context: &Context, id: QuestionId, given: &AnswerSet) -> String {
    let text = context.text;
    let kind = context.tables.question(id).map(|question| question.kind);
    match (kind, given) {
        (Some(Kind::Choice(values)), AnswerSet::Choices(which)) => text.any_of(text.values(values, which)),
        (Some(Kind::Number(least, most)), &AnswerSet::Numbers(from, to)) => match (from == least, to == most) {
            (_, true) => text.advice_at_least(&from.to_string()),
            (true, _) => text.advice_at_most(&to.to_string()),
            _ => text.advice_between(&from.to_string(), &to.to_string()),
        },
        (_, &AnswerSet::Days(from, to)) => text.advice_between(&text.date(from), &text.date(to)),
        _ => String::new(),
    }
}

/// Returns one of the answers: of numbers the bound at which the result changes, of days the last.
fn example(context: &Context, id: QuestionId, given: &AnswerSet) -> Answer {
    match *given {
        AnswerSet::Choices(ref which) => which.iter().next().map_or(Answer::DontKnow, Answer::Choice),
        AnswerSet::Numbers(from, to) => match context.tables.question(id).map(|question| question.kind) {
            Some(Kind::Number(least, _)) if from == least => Answer::Number(to),
            _ => Answer::Number(from),
        },
        AnswerSet::Days(_, to) => Answer::Date(to),
    }
}

fn outcome(text: Text, finding: FindingId, then: Outcome) -> String {
    match (finding, then.state, then.amount) {
        (FindingId::MaySit, Truth::Met, _) => text.advice_may_sit().to_owned(),
        (FindingId::MaySit, ..) => text.advice_may_sit_perhaps().to_owned(),
        (FindingId::CourseFee, _, Some(amount)) => text.advice_fee(&text.yuan(amount)),
        (FindingId::Subsidy, Truth::Met, Some(amount)) => text.advice_paid(&text.yuan(amount)),
        (FindingId::Subsidy, _, Some(amount)) => text.advice_paid_perhaps(&text.yuan(amount)),
        (FindingId::Subsidy, ..) => text.advice_perhaps().to_owned(),
        (FindingId::ExamPassed, Truth::Met, _) => text.advice_passed().to_owned(),
        (FindingId::ExamPassed, ..) => text.advice_passed_perhaps().to_owned(),
        (FindingId::Resit, ..) => text.advice_resit().to_owned(),
        (FindingId::TrainingCertificate, ..) => text.advice_attended().to_owned(),
        _ => text.advice_craftsman().to_owned(),
    }
}
