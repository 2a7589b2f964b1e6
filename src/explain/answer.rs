//! The answer itself: one sentence, one figure, and what has to be known before them.

use tables::QuestionId;

use super::{Told, claim, criteria, sitting, unknown};
use crate::{
    rules::{Amount, Answer, Assessment, Cause, Finding, FindingId, Goal, Phase, Range, Stage, Truth, resit_term},
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
    let label = match subsidy.state {
        Truth::NotMet => text.result_left_if_none(),
        Truth::Unknown(_) => text.result_left_unknown(),
        Truth::Met => text.result_left(),
    };
    Some((label, net.yuan()?))
}

/// Nothing is known for sure any more, and by what was known last nothing would be paid: no amount may raise hopes then.
pub fn refused_by_old_rules(subsidy: &Finding) -> bool {
    subsidy.state.is_unknown() && subsidy.indicative.as_ref().is_some_and(|then| then.state == Truth::NotMet)
}

/// Below the answer: whether the exam is open to one, why an amount isn't known, and by which day to act or what an open answer
/// hangs on.
pub fn below(told: &Told) -> Vec<String> {
    // That it is not stands above everything already.
    let may_sit = told.finding(FindingId::MaySit).filter(|may_sit| may_sit.state != Truth::NotMet);
    let may_sit = may_sit.map(|may_sit| sitting::heading(told.text, may_sit)).into_iter();
    let unknown = unknown::subsidy(told.text, told.tables, told.assessment);
    may_sit.chain(unknown).chain(deciding(told)).collect()
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
    if told.finding(FindingId::CourseFee).is_some() {
        match assessment.phase {
            Phase::Past => notes.extend(unknown::fee(text, assessment)),
            Phase::Before => notes.push(text.result_not_yet().to_owned()),
            Phase::During => {}
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
        (state, _) => yes_or_no(text, state),
    };
    let words = state_and_amount(text, state, finding.amount);
    // What the last known rules would give stands beside it, never in its place.
    let then = finding.indicative.as_ref().map(|then| match finding.id {
        FindingId::CourseFee | FindingId::NetCost => state_and_amount(text, "", then.amount),
        _ => state_and_amount(text, yes_or_no(text, then.state), then.amount),
    });
    let then = then.map(|then| text.result_indicative_tag(&then)).unwrap_or_default();
    Some((label, text.with_aside(&words, &then)))
}

fn yes_or_no(text: Text, state: Truth) -> &'static str {
    match state {
        Truth::Met => text.trial_yes(),
        Truth::NotMet => text.trial_no(),
        Truth::Unknown(_) => text.trial_perhaps(),
    }
}

/// Either may be empty or absent; an amount that isn't known is said to be so.
fn state_and_amount(text: Text, state: &str, amount: Option<Amount>) -> String {
    let amount =
        amount.map(|amount| amount.map_or_else(|| text.amount_unknown().to_owned(), |amount| text.yuan(amount)));
    match amount {
        Some(amount) if state.is_empty() => amount,
        Some(amount) => text.result_state_and_amount(state, &amount),
        None => state.to_owned(),
    }
}
