//! The findings beside the money: sitting the exam, its marks, dates, and what else a certificate is good for.

use leptos::prelude::*;
use tables::{Kind, Tables};

use super::criteria;
use crate::{
    rules::{Assessment, Finding, FindingId, Lack, Sitting, Stage, Truth},
    text::Text,
};

pub fn view(text: Text, tables: &'static Tables, assessment: &Assessment, complete: bool) -> AnyView {
    let mut sections = Vec::new();
    for finding in &assessment.findings {
        let Some(heading) = heading(text, assessment, finding) else { continue };
        if let Some(sitting) = &finding.sitting {
            sections.push(ways(text, tables, heading, sitting));
            continue;
        }
        let fee = (finding.id == FindingId::Resit).then(|| assessment.finding(FindingId::ResitFee)).flatten();
        let fee = fee.map(|fee| match fee.yuan() {
            Some(amount) => text.result_resit_fee(&text.yuan(amount)),
            None => text.result_resit_fee_unknown().to_owned(),
        });
        let section = view! {
            {criteria::list(text, heading, finding, complete)}
            {fee.map(|fee| view! { <p>{fee}</p> })}
        };
        sections.push(section.into_any());
    }
    let told = assessment.information.iter().map(|one| {
        view! { <li>{text.get(one.wording)} {text.result_in_clause(one.clause)}</li> }
    });
    view! {
        {sections}
        <section>
            <h2>{text.result_more()}</h2>
            <ul>{told.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What the finding comes to; None where it is shown elsewhere.
fn heading(text: Text, assessment: &Assessment, finding: &Finding) -> Option<String> {
    let pick = |met: &'static str, not_met: &'static str, unknown: &'static str| {
        Some(match finding.state {
            Truth::Met => met.to_owned(),
            Truth::NotMet => not_met.to_owned(),
            Truth::Unknown(_) => unknown.to_owned(),
        })
    };
    match finding.id {
        FindingId::MaySit => Some(sitting(text, finding)),
        FindingId::CourseDates => finding.stage.map(|stage| {
            match stage {
                Stage::Open => text.result_dates_open(),
                Stage::Starting => text.result_dates_starting(),
                Stage::Running => text.result_dates_running(),
                Stage::Past => text.result_dates_past(),
            }
            .to_owned()
        }),
        FindingId::ExamPassed => pick(text.result_exam_met(), text.result_exam_not_met(), text.result_exam_unknown()),
        // Who has passed needs no resit.
        FindingId::Resit if assessment.finding(FindingId::ExamPassed).is_some_and(|exam| exam.state == Truth::Met) => {
            None
        }
        FindingId::Resit => pick(text.result_resit_met(), text.result_resit_not_met(), text.result_resit_unknown()),
        FindingId::TrainingCertificate => {
            pick(text.result_attendance_met(), text.result_attendance_not_met(), text.result_attendance_unknown())
        }
        FindingId::Recognition => {
            pick(text.result_recognition_met(), text.result_recognition_not_met(), text.result_recognition_unknown())
        }
        FindingId::DistrictCraftsman => {
            pick(text.result_craftsman_unknown(), text.result_craftsman_not_met(), text.result_craftsman_unknown())
        }
        FindingId::Subsidy | FindingId::CourseFee | FindingId::NetCost | FindingId::ResitFee => None,
    }
}

/// Whether the exam of the wanted level is open to one.
pub fn sitting(text: Text, may_sit: &Finding) -> String {
    let wanted = may_sit.criteria.first().and_then(|one| one.criterion.id.get(1..)?.parse().ok()).unwrap_or(3);
    let level = text.level(wanted);
    match may_sit.state {
        Truth::Met => text.result_may_sit_met(level),
        Truth::NotMet => text.result_may_sit_not_met(level),
        Truth::Unknown(_) => text.result_may_sit_unknown(level),
    }
}

/// The ways to the exam, with what each lacks.
fn ways(text: Text, tables: &'static Tables, heading: String, sitting: &Sitting) -> AnyView {
    let rows = sitting.paths.iter().map(|way| {
        let lacks = way.lacks.iter().map(|lack| view! { <p class="reason">{words(text, tables, *lack)}</p> });
        view! {
            <li data-state=way.state.id()>
                <p class="state"><strong>{text.rule(&way.criterion.wording)}</strong>
                    <span class="badge">{criteria::state(text, way.state)}</span></p>
                {lacks.collect_view()}
                <p class="reason">{way.criterion.id}</p>
            </li>
        }
    });
    let highest = sitting.highest_level.map(|level| text.result_highest(text.level(level)));
    let held = sitting.already_held.map(|level| text.result_held(text.level(level)));
    view! {
        <section>
            <h2>{heading}</h2>
            {held.map(|words| view! { <p>{words}</p> })}
            {highest.map(|words| view! { <p>{words}</p> })}
            <ul class="criteria">{rows.collect_view()}</ul>
            <p class="help">{text.result_centre()}</p>
        </section>
    }
    .into_any()
}

fn words(text: Text, tables: &'static Tables, lack: Lack) -> String {
    let (Lack::More(id, _) | Lack::OneOf(id, _)) = lack;
    let Some(question) = tables.question(id) else { return String::new() };
    let short = text.get(question.short);
    match (lack, question.kind) {
        (Lack::More(_, count), _) => text.result_lacks_more(short, &count.to_string()),
        (Lack::OneOf(_, bits), Kind::Choice(values)) => {
            let would_do = values.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            let names: Vec<_> = would_do.map(|(_, value)| text.label(value.label)).collect();
            text.result_lacks_one_of(short, &names.join(text.result_or()))
        }
        _ => String::new(),
    }
}
