//! The answer itself: one sentence, one figure, and what a person has to know before them.

use std::cmp::Ordering;

use tables::{Date, Level};

use super::{Context, advice, claim, criteria, entry, unknown};
use crate::{
    rules::{Advice, Amount, Assessment, Cause, Finding, FindingId, Goal, Phase, Range, Stage, Truth},
    text::{FirstText, Text},
};

/// The subject of the headline.
pub enum Lead<'a> {
    Finding(&'a Finding),
    /// The person already holds the wanted level or a higher one.
    Held(Level),
}

/// Selects the subject of the headline: the first finding of those required together that is not met; else the level
/// already held; else the first that is unknown; else the main finding.
pub fn lead(assessment: &Assessment) -> Option<Lead<'_>> {
    const TOGETHER: [FindingId; 3] = [FindingId::MaySit, FindingId::CourseDates, FindingId::Subsidy];
    let main = assessment.finding(match assessment.goal {
        Goal::Exam => FindingId::ExamPassed,
        Goal::Enrol | Goal::Claim => FindingId::Subsidy,
    });
    if assessment.goal != Goal::Enrol {
        return main.map(Lead::Finding);
    }
    let together = || TOGETHER.into_iter().filter_map(|id| assessment.finding(id));
    let refused = together().find(|one| one.state == Truth::NotMet).map(Lead::Finding);
    let open = || together().find(|one| one.state.is_unknown()).or(main).map(Lead::Finding);
    refused.or_else(|| held(assessment).map(Lead::Held)).or_else(open)
}

impl Lead<'_> {
    /// Returns the state of the whole answer, which is met only if everything required is met.
    pub fn state(&self) -> Truth {
        match self {
            Lead::Finding(finding) => finding.state,
            // An office decides whether the person may sit the exam and claim once more.
            Lead::Held(_) => Truth::Unknown(Cause::AuthorityDecides),
        }
    }

    fn is(&self, id: FindingId) -> bool {
        matches!(self, Lead::Finding(finding) if finding.id == id)
    }
}

fn held(assessment: &Assessment) -> Option<Level> {
    assessment.finding(FindingId::MaySit)?.entry.as_ref()?.already_held
}

/// Returns the headline, one sentence.
pub fn headline(context: &Context, lead: &Lead) -> String {
    let text = context.text;
    match lead {
        Lead::Held(level) => text.result_held(text.level(*level)),
        Lead::Finding(finding) => match finding.id {
            FindingId::MaySit => entry::heading(text, finding),
            FindingId::CourseDates => class(context, finding),
            FindingId::ExamPassed => exam(context, finding),
            _ => subsidy(text, context.assessment, finding),
        },
    }
}

/// Describes the state of the class on the as-of date.
fn class(context: &Context, dates: &Finding) -> String {
    let text = context.text;
    let end = context.finding(FindingId::CourseFee).and_then(|fee| fee.rules_known_until);
    match (dates.stage, end) {
        (Some(Stage::Past), Some(end)) => text.result_class_past(&text.date(end)),
        (Some(Stage::Past), None) => text.result_dates_past().to_owned(),
        (Some(Stage::Running), _) => text.result_dates_running().to_owned(),
        (Some(Stage::Starting), _) => text.result_dates_starting().to_owned(),
        (Some(Stage::Open) | None, _) => text.result_dates_open().to_owned(),
    }
}

/// Describes whether the exam is passed.
fn exam(context: &Context, exam: &Finding) -> String {
    let text = context.text;
    let resit = context.finding(FindingId::Resit).map(|resit| resit.state);
    let last = kept_until(context).filter(|_| exam.state == Truth::NotMet);
    match (last, resit) {
        (Some(last), Some(Truth::NotMet)) if last < context.assessment.as_of => {
            return text.result_resit_too_late(&text.date(last));
        }
        (Some(last), Some(Truth::Unknown(_))) if last == context.assessment.as_of => {
            return text.result_resit_last_day(&text.date(last));
        }
        _ => {}
    }
    match exam.state {
        Truth::Met => text.result_exam_met(),
        Truth::NotMet if resit == Some(Truth::Met) => text.result_exam_resit(),
        Truth::NotMet => text.result_exam_not_met(),
        Truth::Unknown(_) => text.result_exam_unknown(),
    }
    .to_owned()
}

/// Returns the last day on which the passed subject is kept.
fn kept_until(context: &Context) -> Option<Date> {
    context.finding(FindingId::Resit)?.resit.as_ref()?.term.map(|term| term.last)
}

/// Describes whether the subsidy is paid, and how much. A term that has ended, or ends today, is named before the
/// rules' end.
pub fn subsidy(text: Text, assessment: &Assessment, subsidy: &Finding) -> String {
    let by_old_rules = subsidy.deadline.is_none();
    let term = subsidy.deadline.or(subsidy.indicative.as_ref().and_then(|then| then.deadline));
    let refused = subsidy.state == Truth::NotMet || subsidy.is_refused_by_ended_rules();
    if let Some(term) = term.filter(|_| assessment.goal == Goal::Claim) {
        let last = text.date(term.last);
        match (term.last.cmp(&assessment.as_of), by_old_rules) {
            (Ordering::Less, false) => return text.result_claim_too_late(&last),
            (Ordering::Less, true) => return text.result_claim_too_late_by_old_rules(&last),
            (Ordering::Equal, false) if !refused => return text.result_claim_last_day(&last),
            (Ordering::Equal, true) if !refused => return text.result_claim_last_day_by_old_rules(&last),
            _ => {}
        }
    }
    match (subsidy.state, subsidy.yuan(), subsidy.rules_known_until) {
        (Truth::Met, Some(amount), _) if assessment.goal == Goal::Enrol => text.result_met(&text.yuan(amount)),
        (Truth::Met, Some(amount), _) => text.result_claim_met(&text.yuan(amount)),
        (Truth::NotMet, ..) => text.result_not_met().to_owned(),
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(end)) if end < assessment.as_of => {
            if subsidy.is_refused_by_ended_rules() { text.result_ended_refused() } else { text.result_ended() }
                .to_owned()
        }
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(_)) => text.result_ahead().to_owned(),
        _ => text.result_unknown().to_owned(),
    }
}

/// Returns the label and the amount of what remains to pay, of what can be claimed, or of the resit.
pub fn figure(text: Text, assessment: &Assessment) -> Option<(String, String)> {
    let (label, amount) = sum(text, assessment)?;
    Some((label.to_owned(), text.yuan(amount)))
}

fn sum(text: Text, assessment: &Assessment) -> Option<(&'static str, Range)> {
    if let Some(fee) = assessment.finding(FindingId::ResitFee) {
        return Some((text.result_resit_costs(), fee.yuan()?));
    }
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let refused = subsidy.is_refused_by_ended_rules();
    let Some(net) = assessment.finding(FindingId::NetCost) else {
        return Some((text.result_claim_amount(), subsidy.yuan().filter(|_| !refused)?));
    };
    if refused {
        return Some((text.result_left_if_old_rules(), assessment.finding(FindingId::CourseFee)?.yuan()?));
    }
    let label = match subsidy.state {
        Truth::NotMet => text.result_left_if_none(),
        _ if is_closed(assessment) => text.result_left_as_if(),
        Truth::Unknown(_) => text.result_left_unknown(),
        Truth::Met => text.result_left(),
    };
    Some((label, net.yuan()?))
}

/// Whether the result names an amount by the last known rules.
fn has_indicative_amount(assessment: &Assessment) -> bool {
    let subsidy = assessment.finding(FindingId::Subsidy).filter(|subsidy| !subsidy.is_refused_by_ended_rules());
    let then = subsidy.and_then(|subsidy| subsidy.indicative.as_ref());
    then.is_some_and(|then| then.amount.flatten().is_some())
}

/// Whether the person can't take part because they may not sit the exam or come too late for the class. The amounts are
/// then hypothetical.
fn is_closed(assessment: &Assessment) -> bool {
    let needed = [FindingId::MaySit, FindingId::CourseDates].into_iter().filter_map(|id| assessment.finding(id));
    needed.into_iter().any(|one| one.state == Truth::NotMet)
}

/// Returns what a person has to know before any amount, besides the headline: what else prevents it, a level already
/// held, and the subsidy's answer if it isn't the headline.
pub fn notes_before_amount(context: &Context, lead: &Lead) -> Vec<String> {
    let (text, assessment) = (context.text, context.assessment);
    let mut notes = Vec::new();
    if context.finding(FindingId::CourseFee).is_some() && assessment.phase == Phase::Before {
        notes.push(text.result_not_yet().to_owned());
    }
    if let Some(level) = held(assessment).filter(|_| !matches!(lead, Lead::Held(_))) {
        notes.push(text.result_held(text.level(level)));
    }
    match context.finding(FindingId::CourseDates) {
        Some(_) if assessment.phase == Phase::Past && lead.is(FindingId::CourseDates) => {
            notes.extend(unknown::past_fee(text, assessment));
        }
        Some(_) if assessment.phase == Phase::Past => notes.extend(unknown::fee(text, assessment)),
        Some(dates) if dates.state != Truth::Met && !lead.is(FindingId::CourseDates) => {
            notes.push(class(context, dates))
        }
        _ => {}
    }
    if is_closed(assessment) && (figure(text, assessment).is_some() || has_indicative_amount(assessment)) {
        notes.push(text.result_as_if().to_owned());
    }
    if context.is_forecast() && !lead.is(FindingId::Subsidy) {
        notes.extend(context.finding(FindingId::Subsidy).map(|finding| subsidy(text, assessment, finding)));
    }
    notes
}

/// Returns the lines below the answer: whether the person may sit the exam, why an amount is unknown, the day by which
/// to act or what an unknown answer depends on, and what a refused person could do.
pub fn lines_below_answer(context: &Context, lead: &Lead, advice: &[Advice]) -> Vec<String> {
    let may_sit = context.finding(FindingId::MaySit).filter(|_| !lead.is(FindingId::MaySit));
    let may_sit = may_sit.map(|may_sit| entry::heading(context.text, may_sit)).into_iter();
    let unknown = unknown::subsidy(context.text, context.assessment);
    may_sit.chain(unknown).chain(deciding(context)).chain(advice::way_out(context, advice)).collect()
}

/// Returns the day by which to act, or the criteria on which an unknown answer depends.
fn deciding(context: &Context) -> Option<String> {
    let text = context.text;
    let main = context.finding(FindingId::ExamPassed).or(context.finding(FindingId::Subsidy))?;
    match (context.assessment.goal, main.state) {
        (Goal::Claim, Truth::Met) => Some(text.advice_before(&text.date(claim::last_good_day(context)?))),
        (Goal::Exam, Truth::NotMet) => {
            let resit = context.finding(FindingId::Resit).filter(|resit| resit.state == Truth::Met)?;
            let term = resit.resit.as_ref()?.term?;
            Some(text.advice_resit_before(&text.date(term.safe)))
        }
        (Goal::Claim | Goal::Enrol, Truth::Unknown(cause)) if cause != Cause::NoRulesForDate => {
            let open = main.criteria.iter().filter(|one| one.decides && one.state.is_unknown());
            let open = open.filter(|one| !criteria::is_needless(context, one));
            let names = text.list(open.map(|one| text.get(one.criterion.wording.title)));
            (!names.is_empty()).then(|| text.result_hangs_on(&names))
        }
        _ => None,
    }
}

/// Returns the short name of a finding, or `None` for findings that follow from the tables alone.
pub fn name(text: FirstText, finding: FindingId) -> Option<&'static str> {
    Some(match finding {
        FindingId::MaySit => text.finding_may_sit(),
        FindingId::CourseFee => text.finding_fee(),
        FindingId::Subsidy => text.finding_subsidy(),
        FindingId::NetCost => text.finding_net(),
        FindingId::ExamPassed => text.finding_passed(),
        FindingId::Resit => text.finding_resit(),
        FindingId::TrainingCertificate => text.finding_attended(),
        _ => return None,
    })
}

/// Returns the name of a finding, and its state and amount in a few words, for a comparison.
pub fn short(text: Text, finding: &Finding) -> Option<(&'static str, String)> {
    let label = name(*text, finding.id)?;
    let state = match (finding.state, finding.id) {
        (_, FindingId::CourseFee | FindingId::NetCost) => "",
        (state, _) => yes_or_no(text, state),
    };
    let words = state_and_amount(text, state, finding.amount);
    // The amount by the last known rules is added and never replaces the other one.
    let then = finding.indicative.as_ref().map(|then| match finding.id {
        FindingId::CourseFee | FindingId::NetCost => state_and_amount(text, "", then.amount),
        _ => state_and_amount(text, yes_or_no(text, then.state), then.amount),
    });
    let then = then.map(|then| text.result_indicative_tag(&then)).unwrap_or_default();
    Some((label, text.with_note(&words, &then)))
}

/// Explains all unknown amounts where nothing else is shown; empty if all are known.
pub fn explain_unknown_amounts(text: Text, assessment: &Assessment) -> String {
    let is_unknown = |id| assessment.finding(id).is_some_and(|finding| finding.amount == Some(None));
    let mut all = Vec::new();
    if is_unknown(FindingId::CourseFee) {
        all.push(unknown::fee(text, assessment).unwrap_or_else(|| text.result_not_yet().to_owned()));
    }
    if is_unknown(FindingId::Subsidy) {
        all.extend(assessment.finding(FindingId::Subsidy).map(|finding| subsidy(text, assessment, finding)));
        all.extend(unknown::subsidy(text, assessment));
    }
    if is_unknown(FindingId::ResitFee) {
        all.push(text.result_resit_fee_unknown().to_owned());
    }
    all.join(" · ")
}

fn yes_or_no(text: Text, state: Truth) -> &'static str {
    match state {
        Truth::Met => text.what_if_yes(),
        Truth::NotMet => text.what_if_no(),
        Truth::Unknown(_) => text.what_if_perhaps(),
    }
}

/// Joins a state and an amount, either of which may be empty or absent; an unknown amount is named as unknown.
fn state_and_amount(text: Text, state: &str, amount: Option<Amount>) -> String {
    let amount =
        amount.map(|amount| amount.map_or_else(|| text.amount_unknown().to_owned(), |amount| text.yuan(amount)));
    match amount {
        Some(amount) if state.is_empty() => amount,
        Some(amount) => text.result_state_and_amount(state, &amount),
        None => state.to_owned(),
    }
}
