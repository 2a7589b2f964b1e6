//! What would make the result better, in sentences, each with an answer to try it with.

use tables::{Kind, Question, QuestionId, Regulation};

use super::{Hint, Part, Section, Told, claim};
use crate::{
    rules::{self, Advice, Answer, FindingId, Given, Outcome, Step, Truth},
    text::Text,
};

/// Everything that would help.
pub fn all(told: &Told) -> Vec<Advice> {
    let mut all = rules::advice(told.tables, &told.path.used, told.assessment.as_of);
    all.retain(helps);
    all
}

/// There may be none to give: then other answers can still be tried.
pub fn section(told: &Told, advice: &[Advice]) -> Option<Section> {
    let hints: Vec<Hint> = advice.iter().map(|one| hint(told, one)).collect();
    let asked = told.path.asked.iter().flat_map(|step| step.questions());
    let choice = |question: &Question| question.id != QuestionId::Goal && matches!(question.kind, Kind::Choice(_));
    let anything = !hints.is_empty() || asked.into_iter().any(choice);
    anything.then(|| Section::new(told.text.advice_title(), vec![Part::Advice(hints)]))
}

/// What somebody who gets no subsidy could do to get it.
pub fn way_out(told: &Told, advice: &[Advice]) -> Option<String> {
    let would_do = |one: &&Advice| {
        one.finding == FindingId::Subsidy && one.now.state == Truth::NotMet && matches!(one.step, Step::Change(_))
    };
    advice.iter().find(would_do).map(|one| hint(told, one).words)
}

/// Nobody waits a year for another fee: the class is over by then.
fn helps(advice: &Advice) -> bool {
    advice.finding != FindingId::CourseFee || !matches!(advice.step, Step::Wait(_) | Step::From(_))
}

fn hint(told: &Told, advice: &Advice) -> Hint {
    let text = told.text;
    let then = outcome(text, advice.finding, advice.then);
    let short = |id| told.tables.question(id).map_or("", |question| text.get(question.short));
    let example = |id, given: &Given| (id, example(told, id, given));
    let (words, answers) = match &advice.step {
        Step::Change(all) => {
            let changes = text.and(all.iter().map(|(id, given)| change(told, *id, given)));
            (text.advice_change(&changes, &then), all.iter().map(|(id, given)| example(*id, given)).collect())
        }
        Step::FindOut(id, given) => {
            (text.advice_find_out(short(*id), &names(told, *id, given), &then), vec![example(*id, given)])
        }
        Step::Wait(years) => (text.advice_wait(&years.to_string(), &then), Vec::new()),
        Step::From(day) => (text.advice_from(&text.date(*day), &then), Vec::new()),
        Step::Before(day) if advice.finding == FindingId::Resit => {
            (text.advice_resit_before(&text.date(*day)), Vec::new())
        }
        // Where the rules end before the term does, the earlier day is the one to go by.
        Step::Before(day) => {
            let words = text.advice_before(&text.date(claim::last_good_day(told).unwrap_or(*day)));
            // Before that day the rules may have ended.
            let ended = told.finding(FindingId::Subsidy).is_some_and(|subsidy| subsidy.deadline.is_none());
            let term = claim::deadline(told.assessment).filter(|_| ended);
            (term.map_or_else(|| words.clone(), |term| term.words(text, &words)), Vec::new())
        }
    };
    // What the exam asks for has no end that is known.
    let end = advice.rules_end.filter(|_| advice.finding != FindingId::MaySit);
    let end = end.filter(|_| !matches!(advice.step, Step::Before(_)));
    let end = end.map(|end| text.advice_rules_end(&text.date(end))).unwrap_or_default();
    Hint { words: text.sentences(&text.sentences(&words, &in_time(told, advice)), &end), answers }
}

/// Whoever has to leave school first may let the time for the claim pass.
fn in_time(told: &Told, advice: &Advice) -> String {
    let leaves = |step: &Step| match step {
        Step::Change(all) => all.iter().any(|(id, _)| *id == QuestionId::FullTimeStudent),
        _ => false,
    };
    let regulation = told.finding(FindingId::Subsidy).and_then(|subsidy| subsidy.regulation);
    let months = regulation.and_then(Regulation::months_to_claim);
    let months = months.filter(|_| advice.finding == FindingId::Subsidy && leaves(&advice.step));
    months.map(|months| told.text.advice_in_time(&months.to_string())).unwrap_or_default()
}

/// One answer that becomes another.
fn change(told: &Told, id: QuestionId, given: &Given) -> String {
    let text = told.text;
    match id {
        QuestionId::FullTimeStudent => text.advice_left_school().to_owned(),
        _ => {
            let short = told.tables.question(id).map_or("", |question| text.get(question.short));
            text.advice_becomes(short, &names(told, id, given))
        }
    }
}

/// Answers that do equally well, as the page words them.
fn names(told: &Told, id: QuestionId, given: &Given) -> String {
    let text = told.text;
    let kind = told.tables.question(id).map(|question| question.kind);
    match (kind, given) {
        (Some(Kind::Choice(values)), Given::Choices(which)) => text.any_of(text.values(values, which)),
        (Some(Kind::Number(least, most)), &Given::Numbers(from, to)) => match (from == least, to == most) {
            (_, true) => text.advice_at_least(&from.to_string()),
            (true, _) => text.advice_at_most(&to.to_string()),
            _ => text.advice_between(&from.to_string(), &to.to_string()),
        },
        (_, &Given::Days(from, to)) => text.advice_between(&text.date(from), &text.date(to)),
        _ => String::new(),
    }
}

/// One of the answers: of numbers the one nearest to what people say first, of days the last.
fn example(told: &Told, id: QuestionId, given: &Given) -> Answer {
    match *given {
        Given::Choices(ref which) => which.iter().next().map_or(Answer::DontKnow, Answer::Choice),
        Given::Numbers(from, to) => match told.tables.question(id).map(|question| question.kind) {
            Some(Kind::Number(least, _)) if from == least => Answer::Number(to),
            _ => Answer::Number(from),
        },
        Given::Days(_, to) => Answer::Date(to),
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
