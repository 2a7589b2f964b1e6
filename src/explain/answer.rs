//! The answer itself: one sentence, one figure, and what has to be known before them.

use tables::QuestionId;

use super::{Told, claim, criteria, sitting};
use crate::{
    rules::{Answer, Assessment, Cause, Finding, FindingId, Goal, Phase, Range, Stage, Truth, resit_term},
    text::Text,
};

/// The finding that the person asked for most of all.
pub fn main(assessment: &Assessment) -> Option<&Finding> {
    assessment.finding(match assessment.goal {
        Goal::Exam => FindingId::ExamPassed,
        Goal::Enrol | Goal::Claim => FindingId::Subsidy,
    })
}

/// The one sentence that stands above all.
pub fn headline(text: Text, assessment: &Assessment) -> String {
    if let Some(exam) = assessment.finding(FindingId::ExamPassed) {
        let resit = assessment.finding(FindingId::Resit).map(|resit| resit.state);
        return match exam.state {
            Truth::Met => text.result_exam_met(),
            Truth::NotMet if resit == Some(Truth::Met) => text.result_exam_resit(),
            Truth::NotMet => text.result_exam_not_met(),
            Truth::Unknown(_) => text.result_exam_unknown(),
        }
        .to_owned();
    }
    let Some(subsidy) = assessment.finding(FindingId::Subsidy) else { return String::new() };
    let enrol = assessment.goal == Goal::Enrol;
    match (subsidy.state, subsidy.yuan(), subsidy.rules_known_until) {
        (Truth::Met, Some(amount), _) if enrol => text.result_met(&text.yuan(amount)),
        (Truth::Met, Some(amount), _) => text.result_claim_met(&text.yuan(amount)),
        (Truth::NotMet, ..) => text.result_not_met().to_owned(),
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(end)) if end < assessment.as_of => {
            if refused_by_old_rules(subsidy) { text.result_ended_refused() } else { text.result_ended() }.to_owned()
        }
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(_)) => text.result_ahead().to_owned(),
        _ => text.result_unknown().to_owned(),
    }
}

/// What is left to pay in the end, or what can be claimed, or what a resit costs.
pub fn figure(text: Text, assessment: &Assessment) -> Option<(String, String)> {
    let (label, amount) = sum(text, assessment)?;
    Some((label.to_owned(), text.yuan(amount)))
}

fn sum(text: Text, assessment: &Assessment) -> Option<(&'static str, Range)> {
    if let Some(fee) = assessment.finding(FindingId::ResitFee) {
        return Some((text.result_resit_costs(), fee.yuan()?));
    }
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let refused = refused_by_old_rules(subsidy);
    let Some(net) = assessment.finding(FindingId::NetCost) else {
        return Some((text.result_claim_amount(), subsidy.yuan().filter(|_| !refused)?));
    };
    if refused {
        return Some((text.result_left_if_old_rules(), assessment.finding(FindingId::CourseFee)?.yuan()?));
    }
    let label = match (assessment.phase, subsidy.state) {
        (Phase::Past, _) => text.result_left_old(),
        (_, Truth::NotMet) => text.result_left_if_none(),
        (_, Truth::Unknown(_)) => text.result_left_unknown(),
        _ => text.result_left(),
    };
    Some((label, net.yuan()?))
}

/// Nothing is known for sure any more, and by what was known last nothing would be paid: no amount may raise hopes then.
pub fn refused_by_old_rules(subsidy: &Finding) -> bool {
    subsidy.state.is_unknown() && subsidy.indicative.as_ref().is_some_and(|then| then.state == Truth::NotMet)
}

/// Below the answer: whether the exam is open to one, and by which day to act or what an open answer hangs on.
pub fn below(told: &Told) -> Vec<String> {
    // That it is not stands above everything already.
    let may_sit = told.finding(FindingId::MaySit).filter(|may_sit| may_sit.state != Truth::NotMet);
    may_sit.map(|may_sit| sitting::heading(told.text, may_sit)).into_iter().chain(deciding(told)).collect()
}

/// By which day to act, or what an open answer hangs on.
fn deciding(told: &Told) -> Option<String> {
    let (text, main) = (told.text, main(told.assessment)?);
    match (told.assessment.goal, main.state) {
        (Goal::Claim, Truth::Met) => Some(text.advice_before(&text.date(claim::last_good_day(told)?))),
        (Goal::Exam, Truth::NotMet) => {
            told.finding(FindingId::Resit).filter(|resit| resit.state == Truth::Met)?;
            let Some(Answer::Date(passed)) = told.path.used.get(QuestionId::PassedOn) else { return None };
            let term = resit_term(told.tables, passed)?;
            Some(text.advice_resit_before(&text.date(term.safe)))
        }
        (Goal::Claim | Goal::Enrol, Truth::Unknown(cause)) if cause != Cause::NoRulesForDate => {
            let open = main.criteria.iter().filter(|one| one.decides && one.state.is_unknown());
            let open = open.filter(|one| !criteria::is_needless(told, one));
            let names = text.list(open.map(|one| text.get(one.criterion.wording.title)));
            (!names.is_empty()).then(|| text.result_hangs_on(&names))
        }
        _ => None,
    }
}

/// That the class is over, has begun, or that the exam is not open to one.
pub fn notes(told: &Told) -> Vec<String> {
    let (text, assessment) = (told.text, told.assessment);
    let mut notes = Vec::new();
    if let Some(fee) = told.finding(FindingId::CourseFee) {
        match (assessment.phase, fee.rules_known_until) {
            (Phase::Past, Some(end)) => notes.push(text.result_past(&text.date(end))),
            (Phase::Before, _) => notes.push(text.result_not_yet().to_owned()),
            _ => {}
        }
    }
    match told.finding(FindingId::CourseDates).and_then(|dates| dates.stage) {
        Some(Stage::Starting) => notes.push(text.result_if(text.result_dates_starting())),
        Some(Stage::Running) => notes.push(text.result_if(text.result_dates_running())),
        _ => {}
    }
    if let Some(may_sit) = told.finding(FindingId::MaySit)
        && may_sit.state == Truth::NotMet
    {
        notes.push(text.result_if(&sitting::heading(text, may_sit)));
    }
    notes
}

/// What a finding is about, in a word or two; None for those that follow from the tables alone.
pub fn name(text: Text, finding: FindingId) -> Option<&'static str> {
    Some(match finding {
        FindingId::MaySit => text.trial_may_sit(),
        FindingId::CourseFee => text.trial_fee(),
        FindingId::Subsidy => text.trial_subsidy(),
        FindingId::NetCost => text.trial_net(),
        FindingId::ExamPassed => text.trial_passed(),
        FindingId::Resit => text.trial_resit(),
        FindingId::TrainingCertificate => text.trial_attended(),
        _ => return None,
    })
}

/// A finding in a few words and its amount, to be put beside another one.
pub fn short(text: Text, finding: &Finding) -> Option<(&'static str, String)> {
    let label = name(text, finding.id)?;
    let state = match (finding.state, finding.id) {
        (_, FindingId::CourseFee | FindingId::NetCost) => "",
        (Truth::Met, _) => text.trial_yes(),
        (Truth::NotMet, _) => text.trial_no(),
        (Truth::Unknown(_), _) => text.trial_perhaps(),
    };
    let amount = finding.yuan().map(|amount| text.yuan(amount)).unwrap_or_default();
    let words = if state.is_empty() || amount.is_empty() {
        format!("{state}{amount}")
    } else {
        text.result_state_and_amount(state, &amount)
    };
    Some((label, words))
}
