//! Trying out an answer: both results are shown side by side, and the answer can be kept or dropped.
//!
//! Nothing is stored until the answer is kept.

use leptos::prelude::*;
use tables::{Kind, Question, QuestionId};

use crate::{
    app::{
        components::{Attributes, button, container, element, group, reactive, text_element, text_node},
        state::State,
    },
    explain::short,
    rules::{Answer, Assessment, FindingId},
    text::Text,
};

/// Renders the comparison with the tried answers, or a list to choose one from.
pub fn view(state: State, text: Text) -> AnyView {
    let shown = reactive(move || match state.what_if() {
        Some(said) => comparison(state, text, &said),
        None => chooser(state, text),
    });
    view! { <section class="what-if" id="what-if" tabindex="-1" aria-live="polite">{shown}</section> }.into_any()
}

fn comparison(state: State, text: Text, answers: &[(QuestionId, Answer)]) -> AnyView {
    let now = state.consultation().assessment;
    let tried = state.consultation_with(answers);
    let what = answers.iter().filter_map(|(id, answer)| {
        let question = state.tables.question(*id)?;
        Some(text_element("p", "", &text.what_if_what(text.get(question.short), &text.answer(question, *answer))))
    });
    let rows = now.findings.iter().filter_map(|finding| row(text, &now, &tried.assessment, finding.id)).collect();
    let column =
        |words| element("th", Attributes { scope: Some("col"), ..Attributes::default() }, vec![text_node(words)]);
    let columns = vec![text_element("td", "", ""), column(text.what_if_now()), column(text.what_if_then())];
    let mut inside = vec![text_element("h2", "", text.what_if_title())];
    inside.extend(what);
    inside.push(container(
        "table",
        None,
        "compare",
        vec![
            container("thead", None, "", vec![container("tr", None, "", columns)]),
            container("tbody", None, "", rows),
        ],
    ));
    // With the tried answers, a further question would be open.
    inside.extend((!tried.is_complete()).then(|| text_element("p", "help", text.what_if_open())));
    inside.push(button("button", text.what_if_keep(), move || state.keep_what_if()));
    inside.push(button("quiet", text.what_if_drop(), move || state.drop_what_if()));
    group(inside)
}

/// Renders one finding as a table row: now, and with the tried answers. A row whose two values differ is marked. None if
/// the finding has no short form.
fn row(text: Text, now: &Assessment, then: &Assessment, id: FindingId) -> Option<AnyView> {
    let (label, before) = short(text, now.finding(id)?)?;
    let after = then.finding(id).and_then(|finding| short(text, finding)).map(|(_, words)| words).unwrap_or_default();
    let class = if before == after { "" } else { "other" };
    let label = element("th", Attributes { scope: Some("row"), ..Attributes::default() }, vec![text_node(label)]);
    Some(container("tr", None, class, vec![label, text_element("td", "", &before), text_element("td", "", &after)]))
}

/// Renders the list of other values for the given answers.
fn chooser(state: State, text: Text) -> AnyView {
    let path = state.path();
    let asked = path.asked.iter().flat_map(|step| step.questions());
    // The goal is not a fact that could be different, and dates and numbers are changed on their own pages.
    let choices: Vec<(&'static Question, Option<Answer>)> = asked
        .filter(|question| question.id != QuestionId::GOAL && matches!(question.kind, Kind::Choice(_)))
        .map(|question| (question, path.used.get(question.id)))
        .collect();
    if choices.is_empty() {
        return text_node("");
    }
    let options: Vec<AnyView> = choices
        .iter()
        .flat_map(|(question, said)| {
            let Kind::Choice(values) = question.kind else { return Vec::new() };
            let short = text.get(question.short);
            let others = values.iter().enumerate().filter(|(at, _)| *said != Some(Answer::Choice(*at as u16)));
            others
                .map(|(_, value)| {
                    let name = text.what_if_what(short, text.get(value.label));
                    let id = format!("{}={}", question.name, value.id);
                    view! { <option value=id>{name}</option> }.into_any()
                })
                .collect()
        })
        .collect();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let Some((id, value)) = chosen.split_once('=') else { return };
        let question = state.tables.question_named(id);
        if let Some(question) = question
            && let Ok(answer) = crate::rules::read(question, value)
        {
            state.try_out(&[(question.id, answer)]);
        }
    };
    view! {
        <label>
            {text_element("span", "", text.what_if_choose())}
            <select on:change=choose>
                <option value="">{text.what_if_choose_one()}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
