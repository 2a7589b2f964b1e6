//! One page of questions: a form that takes an answer, or says what is missing and keeps what was typed.

mod checks;
mod choice;
mod date;
mod number;
mod typed;

use leptos::{ev::SubmitEvent, prelude::*};
use tables::{Kind, Question, QuestionId};

use super::{page::Page, state::State};
use crate::{browser, flow, rules::Answer, text::Text};

/// The field that an error leads to.
const FIELD: &str = "field";

/// What a control of the form has so far.
type Said = Result<Vec<(QuestionId, Answer)>, String>;

/// A control: what is shown, and how what was entered is read when the form is sent.
struct Control {
    view: AnyView,
    read: Box<dyn Fn() -> Said>,
}

pub fn view(state: State, id: QuestionId) -> AnyView {
    let text = state.text();
    let Some(step) = flow::step(state.tables, id) else { return ().into_any() };
    let Some(first) = step.questions.first() else { return ().into_any() };
    let (heading, help) = match first.group {
        Some(group) => (text.get(group.title), Some(text.question_page_several())),
        None => (text.get(first.title), first.help.map(|help| text.get(help))),
    };
    let title = move || browser::set_title(&format!("{heading} · {}", text.site_title()));
    title();

    let control = control(state, text, first, step.questions);
    let error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match (control.read)() {
            Ok(said) => {
                title();
                state.submit(&said);
            }
            Err(what) => {
                browser::set_title(&text.error_title(heading));
                error.set(Some(what));
                browser::focus("error", true);
            }
        }
    };
    view! {
        {move || error.get().map(|what| summary(text, what))}
        <form on:submit=submit novalidate>
            <fieldset>
                <legend><h1 id="heading" tabindex="-1">{heading}</h1></legend>
                {help.map(|help| view! { <p class="help">{help}</p> })}
                {control.view}
            </fieldset>
            <button type="submit" class="button">{text.question_page_go_on()}</button>
            <button type="button" class="quiet" on:click=move |_| browser::back()>{text.question_page_back()}</button>
            <details>
                <summary>{text.question_page_why()}</summary>
                <p>{text.get(first.why)}</p>
            </details>
        </form>
        <p class="ahead">{ahead(state, text, id)}</p>
    }
    .into_any()
}

fn control(state: State, text: Text, first: &'static Question, questions: &'static [Question]) -> Control {
    match (first.group, first.kind) {
        (Some(_), _) => checks::control(state, text, questions),
        (None, Kind::Choice(values)) => choice::control(state, text, first.id, values),
        (None, Kind::Date) => date::control(state, text, first.id),
        (None, Kind::Number(from, to)) => number::control(state, text, first, (from, to)),
    }
}

/// What is wrong, with a way to the field. No plain link: fragments are pages.
fn summary(text: Text, what: String) -> impl IntoView {
    let to_field = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::focus(FIELD, false);
    };
    view! {
        <div id="error" class="error" role="alert" tabindex="-1">
            <p><strong>{text.error_summary()}</strong></p>
            <a href=format!("#{}", browser::fragment()) on:click=to_field>{what}</a>
        </div>
    }
}

/// How much may still come, only where this is what is asked next.
fn ahead(state: State, text: Text, id: QuestionId) -> Option<String> {
    let path = state.path();
    if state.next() != Page::Question(id) {
        return None;
    }
    Some(match flow::ahead(state.tables, &path, state.as_of).saturating_sub(1) {
        0 => text.question_page_last().to_owned(),
        count => text.question_page_ahead(&count.to_string()),
    })
}
