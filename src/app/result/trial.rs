//! Trying an answer out: both results side by side, to keep or to drop.
//!
//! Nothing is stored until it is kept, so looking costs nothing.

use leptos::prelude::*;
use tables::{Kind, Question, QuestionId};

use crate::{
    app::{
        parts::{Has, all, button, element, follow, line, part, said},
        state::State,
    },
    explain::short,
    rules::{Answer, Assessment, FindingId},
    text::Text,
};

/// What is tried, or the way to try something.
pub fn view(state: State, text: Text) -> AnyView {
    let shown = follow(move || match state.trial() {
        Some(said) => comparison(state, text, &said),
        None => chooser(state, text),
    });
    view! { <section class="trial" id="trial" tabindex="-1" aria-live="polite">{shown}</section> }.into_any()
}

fn comparison(state: State, text: Text, answers: &[(QuestionId, Answer)]) -> AnyView {
    let now = state.consultation().assessment;
    let tried = state.consultation_with(answers);
    let what = answers.iter().filter_map(|(id, answer)| {
        let question = state.tables.question(*id)?;
        Some(line("p", "", &text.trial_what(text.get(question.short), &text.answer(question, *answer))))
    });
    let rows = now.findings.iter().filter_map(|finding| row(text, &now, &tried.assessment, finding.id)).collect();
    let column = |words| element("th", Has { scope: Some("col"), ..Has::default() }, vec![said(words)]);
    let columns = vec![line("td", "", ""), column(text.trial_now()), column(text.trial_then())];
    let mut inside = vec![line("h2", "", text.trial_title())];
    inside.extend(what);
    inside.push(part(
        "table",
        None,
        "compare",
        vec![part("thead", None, "", vec![part("tr", None, "", columns)]), part("tbody", None, "", rows)],
    ));
    // With them another question would have to be answered.
    inside.extend((!tried.is_complete()).then(|| line("p", "help", text.trial_open())));
    inside.push(button("button", text.trial_keep(), move || state.keep_trial()));
    inside.push(button("quiet", text.trial_drop(), move || state.drop_trial()));
    all(inside)
}

fn row(text: Text, now: &Assessment, then: &Assessment, id: FindingId) -> Option<AnyView> {
    let (label, before) = short(text, now.finding(id)?)?;
    let after = then.finding(id).and_then(|finding| short(text, finding)).map(|(_, words)| words).unwrap_or_default();
    let class = if before == after { "" } else { "other" };
    let label = element("th", Has { scope: Some("row"), ..Has::default() }, vec![said(label)]);
    Some(part("tr", None, class, vec![label, line("td", "", &before), line("td", "", &after)]))
}

/// One of the answers that were given, and another value for it.
fn chooser(state: State, text: Text) -> AnyView {
    let path = state.path();
    let asked = path.asked.iter().flat_map(|step| step.questions());
    // What somebody wants to know is no fact that could be another one; days and numbers are changed on their own pages.
    let choices: Vec<(&'static Question, Option<Answer>)> = asked
        .filter(|question| question.id != QuestionId::Goal && matches!(question.kind, Kind::Choice(_)))
        .map(|question| (question, path.used.get(question.id)))
        .collect();
    if choices.is_empty() {
        return said("");
    }
    let options: Vec<AnyView> = choices
        .iter()
        .flat_map(|(question, said)| {
            let Kind::Choice(values) = question.kind else { return Vec::new() };
            let short = text.get(question.short);
            let others = values.iter().enumerate().filter(|(at, _)| *said != Some(Answer::Choice(*at as u16)));
            others
                .map(|(_, value)| {
                    let name = text.trial_what(short, text.get(value.label));
                    let id = format!("{}={}", question.id.id(), value.id);
                    view! { <option value=id>{name}</option> }.into_any()
                })
                .collect()
        })
        .collect();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let Some((id, value)) = chosen.split_once('=') else { return };
        let question = QuestionId::from_id(id).and_then(|id| state.tables.question(id));
        if let Some(question) = question
            && let Ok(answer) = crate::rules::read(question, value)
        {
            state.try_out(&[(question.id, answer)]);
        }
    };
    view! {
        <label>
            {line("span", "", text.trial_choose())}
            <select on:change=choose>
                <option value="">{text.trial_choose_one()}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
