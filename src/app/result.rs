//! The result: the answer first, then the sum, then every finding with its criteria and clauses.

mod advice;
mod criteria;
mod money;
mod others;

use leptos::prelude::*;

use super::{page::Page, state::State};
use crate::{
    browser,
    rules::{Assessment, Cause, FindingId, Goal, Phase, Stage, Truth},
    text::Text,
};

pub fn view(state: State) -> AnyView {
    let text = state.text();
    let assessment = state.assessment();
    let heading = headline(text, state, &assessment);
    browser::set_title(&format!("{heading} · {}", text.site_title()));
    let complete = state.path().next.is_none();
    let begun = state.has_answers();
    let main = assessment.finding(match assessment.goal {
        Goal::Exam => FindingId::ExamPassed,
        Goal::Enrol | Goal::Claim => FindingId::Subsidy,
    });
    view! {
        {first_of_all(text, &assessment)}
        <section class="answer" data-state=main.map(|main| main.state.id())>
            <h1 id="heading" tabindex="-1">{heading}</h1>
            {figure(text, &assessment)}
        </section>
        {(!complete).then(|| view! {
            <p class="warning">{text.result_open()} " " <a href=Page::Next.address()>{text.review_go_on()}</a></p>
        })}
        {assessment.finding(FindingId::Subsidy).map(|subsidy| money::view(text, &assessment, subsidy, complete))}
        {complete.then(|| advice::view(text, state))}
        {others::view(text, state.tables, &assessment, complete)}
        {contacts(text, state)}
        <a class="button" href=Page::Answers.address()>{text.result_change()}</a>
        {begun.then(|| view! {
            <button type="button" class="quiet" on:click=move |_| state.forget()>{text.result_again()}</button>
        })}
    }
    .into_any()
}

/// The answer in one sentence.
fn headline(text: Text, state: State, assessment: &Assessment) -> String {
    if let Some(exam) = assessment.finding(FindingId::ExamPassed) {
        return match exam.state {
            Truth::Met => text.result_exam_met(),
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
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(end)) if end < state.as_of => text.result_ended().to_owned(),
        (Truth::Unknown(Cause::NoRulesForDate), _, Some(_)) => text.result_ahead().to_owned(),
        _ => text.result_unknown().to_owned(),
    }
}

/// The answer in one figure: what is left to pay in the end, or what can be claimed.
fn figure(text: Text, assessment: &Assessment) -> Option<impl IntoView> {
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let (label, amount) = match assessment.finding(FindingId::NetCost) {
        Some(net) => {
            let label = match (assessment.phase, subsidy.state) {
                (Phase::Past, _) => text.result_left_old(),
                (_, Truth::NotMet) => text.result_left_if_none(),
                (_, Truth::Unknown(_)) => text.result_left_unknown(),
                _ => text.result_left(),
            };
            (label, net.yuan()?)
        }
        None => (text.result_claim_amount(), subsidy.yuan()?),
    };
    Some(view! { <p class="figure">{label} " " <strong>{text.yuan(amount)}</strong></p> })
}

/// What has to be known before any amount: that the class is over, has begun, or that the exam is not open to one.
fn first_of_all(text: Text, assessment: &Assessment) -> impl IntoView {
    let mut notes = Vec::new();
    if let Some(fee) = assessment.finding(FindingId::CourseFee) {
        match (assessment.phase, fee.rules_known_until) {
            (Phase::Past, Some(end)) => notes.push(text.result_past(&text.date(end))),
            (Phase::Before, _) => notes.push(text.result_not_yet().to_owned()),
            _ => {}
        }
    }
    match assessment.finding(FindingId::CourseDates).and_then(|dates| dates.stage) {
        Some(Stage::Starting) => notes.push(text.result_if(text.result_dates_starting())),
        Some(Stage::Running) => notes.push(text.result_if(text.result_dates_running())),
        _ => {}
    }
    if let Some(sit) = assessment.finding(FindingId::MaySit)
        && sit.state == Truth::NotMet
    {
        notes.push(text.result_if(&others::sitting(text, sit)));
    }
    notes.into_iter().map(|words| view! { <p class="warning">{words}</p> }).collect_view()
}

fn contacts(text: Text, state: State) -> impl IntoView {
    let contacts = state.tables.courses.last().map_or(&[][..], |course| course.contacts);
    let rows = contacts.iter().map(|contact| {
        view! { <li>{contact.office} " " {contact.person} " " <a href=format!("tel:{}", contact.phone)>{contact.phone}</a></li> }
    });
    view! {
        <section>
            <h2>{text.result_ask()}</h2>
            <p>{text.result_ask_text()}</p>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
}
