//! What comes after a passed exam: the certificate, and what can be claimed with it.

use tables::QuestionId;

use super::{Part, Section, Told};
use crate::rules::{Answer, Answers, FindingId, Goal, Range, Truth, assess};

/// Nothing where the exam isn't passed, or has no class behind it.
pub fn section(told: &Told) -> Option<Section> {
    let text = told.text;
    told.finding(FindingId::ExamPassed).filter(|exam| exam.state == Truth::Met)?;
    let months = told.tables.subsidies.last()?.months_to_claim()?;
    let claim = text.next_claim(&months.to_string());
    let mut parts = vec![Part::Points(vec![text.next_certificate().to_owned(), claim])];
    if let Some((level, then)) = claim_for_this_exam(told) {
        let amount = text.yuan(then.amount);
        parts.push(Part::Words(match then.known_until {
            None => text.next_amount(text.level(level), &amount),
            Some(end) => text.next_amount_by_old_rules(&text.date(end), text.level(level), &amount),
        }));
    }
    parts.push(Part::GoOn(Goal::Claim, text.next_go_on().to_owned()));
    Some(Section::new(text.next_title(), parts))
}

/// What a certificate is worth.
struct Worth {
    amount: Range,
    /// Only by rules that ended on this day.
    known_until: Option<tables::Date>,
}

/// What the certificate of this exam will be worth, over everything that isn't known of the person: as for somebody who joins
/// the class, because certificate and claim are still to come.
fn claim_for_this_exam(told: &Told) -> Option<(u8, Worth)> {
    let (tables, as_of) = (told.tables, told.assessment.as_of);
    let course = tables.courses.last()?;
    let wanted = told.path.used.get(QuestionId::TargetLevel);
    let level = match wanted {
        Some(Answer::Choice(at)) => 5_u8.checked_sub(u8::try_from(at).ok()?)?,
        _ => course.level,
    };
    let mut answers = Answers::NONE;
    answers.set(QuestionId::Goal, Some(Answer::Choice(Goal::Enrol as u16)));
    answers.set(QuestionId::TargetLevel, wanted);
    let assessment = assess(tables, &answers, as_of);
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let then = || subsidy.indicative.as_ref().and_then(|then| then.amount.flatten());
    let worth = match subsidy.yuan() {
        Some(amount) => Worth { amount, known_until: None },
        None => Worth { amount: then()?, known_until: subsidy.rules_known_until },
    };
    Some((level, worth))
}
