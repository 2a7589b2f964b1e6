//! The findings with their criteria, one section each, and further information.

use tables::QuestionId;

use super::{Block, Context, Section, criteria, entry};
use crate::rules::{Answer, Cause, DecidedCriterion, Finding, FindingId, Phase, Refusal, Remark, Stage, Truth};

/// Returns a section for each of the other findings.
pub fn sections(context: &Context) -> Vec<Section> {
    let mut all = Vec::new();
    for finding in &context.assessment.findings {
        let Some(heading) = heading(context, finding) else { continue };
        if let Some(entry) = &finding.entry {
            all.push(entry::section(context, finding, entry));
            continue;
        }
        let mut blocks = vec![criteria::list(context, finding)];
        if finding.id == FindingId::DistrictCraftsman
            && let Some(end) = finding.rules_known_until
        {
            blocks.insert(0, Block::Paragraph(context.text.result_craftsman_ended(&context.text.date(end))));
        }
        if finding.id == FindingId::Subsidy {
            blocks.insert(0, Block::Bullets(uncertain(context, finding)));
        }
        if finding.id == FindingId::Resit && finding.state == Truth::NotMet {
            blocks.insert(0, Block::Bullets(refusals(context, finding)));
        }
        if finding.id == FindingId::Resit
            && let Some(fee) = context.finding(FindingId::ResitFee)
        {
            let words = match fee.yuan() {
                Some(amount) => context.text.result_resit_fee(&context.text.yuan(amount)),
                None => context.text.result_resit_fee_unknown().to_owned(),
            };
            blocks.push(Block::Paragraph(words));
        }
        all.push(Section::new(heading, blocks));
    }
    all
}

/// Returns the heading of a finding, or `None` if it is shown elsewhere.
fn heading(context: &Context, finding: &Finding) -> Option<String> {
    let text = context.text;
    let pick = |met: &'static str, not_met: &'static str, unknown: &'static str| match finding.state {
        Truth::Met => met,
        Truth::NotMet => not_met,
        Truth::Unknown(_) => unknown,
    };
    let words = match finding.id {
        FindingId::MaySit => return Some(entry::heading(text, finding)),
        FindingId::Subsidy => text.result_criteria_subsidy(),
        FindingId::CourseFee => text.result_criteria_fee(),
        // A class that isn't announced can't be joined.
        FindingId::CourseDates if context.assessment.phase == Phase::Before => return None,
        FindingId::CourseDates => match finding.stage? {
            Stage::Open => text.result_dates_open(),
            Stage::Starting => text.result_dates_starting(),
            Stage::Running => text.result_dates_running(),
            Stage::Past => text.result_dates_past(),
        },
        FindingId::ExamPassed => pick(text.result_exam_met(), text.result_exam_not_met(), text.result_exam_unknown()),
        // People who passed both subjects don't need a resit.
        FindingId::Resit if resit_refusals(finding).contains(&Refusal::NothingFailed) => return None,
        FindingId::Resit => pick(text.result_resit_met(), text.result_resit_not_met(), text.result_resit_unknown()),
        FindingId::TrainingCertificate => {
            // The given attendance is sufficient unless the finding refuses it; the organisers decide the rest.
            let said = context.path.used.get(QuestionId::ATTENDANCE);
            let enough = matches!(said, Some(Answer::Number(_)));
            let unknown = if enough { text.result_attendance_met() } else { text.result_attendance_unknown() };
            pick(text.result_attendance_met(), text.result_attendance_not_met(), unknown)
        }
        FindingId::Recognition => {
            pick(text.result_recognition_met(), text.result_recognition_not_met(), text.result_recognition_unknown())
        }
        FindingId::DistrictCraftsman => {
            pick(text.result_craftsman_unknown(), text.result_craftsman_not_met(), text.result_craftsman_unknown())
        }
        FindingId::NetCost | FindingId::ResitFee => return None,
    };
    Some(words.to_owned())
}

fn resit_refusals(finding: &Finding) -> &[Refusal] {
    finding.resit.as_ref().map_or(&[], |resit| &resit.refusals)
}

/// Explains why there is no resit.
fn refusals(context: &Context, resit: &Finding) -> Vec<String> {
    let text = context.text;
    let words = resit_refusals(resit).iter().filter_map(|one| match one {
        Refusal::NothingFailed => None,
        Refusal::AllFailed => Some(text.result_resit_both_failed().to_owned()),
        Refusal::Used => Some(text.result_resit_used().to_owned()),
        Refusal::Over(last) => Some(text.result_resit_over(&text.date(*last))),
    });
    words.map(|words| text.result_cited(&words, context.tables.exam.resit.id)).collect()
}

/// Lists what is open, each with its reason, and what is not known at all.
fn uncertain(context: &Context, subsidy: &Finding) -> Vec<String> {
    let text = context.text;
    let counts = |one: &&DecidedCriterion| !criteria::is_needless(context, one);
    let fee = context.finding(FindingId::CourseFee);
    let decided = || fee.into_iter().chain([subsidy]).flat_map(|finding| &finding.criteria).filter(counts);
    let mut all: Vec<String> = Vec::new();
    // Criteria that are open for the same reason are listed together.
    for cause in Cause::ALL {
        let of_fee = |one: &DecidedCriterion| {
            fee.is_some_and(|fee| fee.criteria.iter().any(|own| own.criterion.id == one.criterion.id))
        };
        let open = decided().filter(|one| criteria::cause(context, one) == Some(cause));
        // An old fee is explained with the fee.
        let open = open.filter(|one| cause != Cause::NoRulesForDate || !of_fee(one));
        let names: Vec<_> =
            open.map(|one| text.result_criterion(text.get(one.criterion.wording.title), one.criterion.id)).collect();
        if !names.is_empty() {
            all.push(text.result_open_because(&text.list(&names), criteria::because(text, cause)));
        }
    }
    if all.is_empty() {
        all.push(text.result_uncertain_none().to_owned());
    }
    if subsidy.remarks.contains(&Remark::BirthdayMatters) {
        all.push(text.result_birthday().to_owned());
    }
    if subsidy.state != Truth::NotMet {
        let unknown = context.tables.unknown.iter().filter(|one| one.with_result);
        all.extend(unknown.map(|one| text.result_cited(text.get(one.wording), one.clause)));
    }
    all
}

/// Returns the section with the clauses for everybody with this goal.
pub fn information(context: &Context) -> Section {
    let text = context.text;
    let context = context.assessment.information.iter();
    let points = context.map(|one| text.result_cited(text.get(one.wording), one.clause));
    Section::new(text.result_more(), vec![Block::Information(points.collect())])
}
