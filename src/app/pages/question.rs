//! One page of questions: a form that reads answers, or reports what is missing and keeps what was typed.
//!
//! The state keeps the entries, so that the page looks as it was left. This module shows them, reads them when the form
//! is sent, words the errors and attaches each to its field.

mod choice;
mod digits;
mod rows;
mod ticks;

use leptos::{ev::MouseEvent, prelude::*};
use tables::{Kind, Question, QuestionId};

use crate::app::{
    components::{Attributes, button, container, element, heading, reactive, text_element, text_node},
    state::State,
};
use crate::{
    browser,
    draft::{Draft, Problem},
    explain,
    flow::{self, QuestionPage},
    rules::{Answer, open_by_finding},
    text::FirstText,
};

/// The context of a page's controls.
#[derive(Clone, Copy)]
struct Form {
    state: State,
    text: FirstText,
    /// The errors found when the form was last sent.
    wrong: RwSignal<Vec<Wrong>>,
}

/// An error and its position.
#[derive(Clone, PartialEq, Eq)]
struct Wrong {
    question: QuestionId,
    /// The index of the field within the question.
    field: usize,
    what: String,
}

pub fn view(state: State, id: QuestionId) -> AnyView {
    let text = state.text();
    let Some(step) = flow::step(state.tables, id) else { return text_node("") };
    let entered = Memo::new(move |_| state.entered(step.page()));
    let shown = Memo::new(move |_| flow::page(state.tables, &entered.get(), state.as_of(), id).unwrap_or(step));
    let Some(first) = shown.with_untracked(|shown| shown.questions().next()) else { return text_node("") };
    let heading = text.get(step.group().map_or(first.title, |group| group.title));
    let title = move || browser::set_title(&format!("{heading} · {}", text.site_title()));
    title();

    let form = Form { state, text, wrong: RwSignal::new(Vec::new()) };
    // The button's click is handled, not the form's submission, which a host's sandbox may forbid. Pressing Enter in a
    // field also clicks the button.
    let submit = move |event: MouseEvent| {
        event.prevent_default();
        match form.read(shown.get_untracked()) {
            Ok(said) => {
                // The title without the error is the page's name in the history.
                if !form.wrong.with_untracked(Vec::is_empty) {
                    title();
                }
                state.submit(&said);
            }
            // Nothing can have been chosen yet: this tap was meant for the previous page.
            Err(_) if state.is_tapped_twice() => {}
            Err(wrong) => {
                browser::set_title(&text.error_title(heading));
                form.wrong.set(wrong);
                browser::focus("error", true);
            }
        }
    };
    let hidden = move |question: QuestionId| Signal::derive(move || shown.with(|shown| !shown.asks(question)));
    let controls: Vec<AnyView> = match step.group() {
        Some(_) => vec![form.block(first, heading, true, false.into(), ticks::view(form, step.page()))],
        None => step.page().iter().map(|one| form.question(one, one.id == first.id, hidden(one.id))).collect(),
    };
    let why: Vec<AnyView> = match step.group() {
        Some(group) => vec![text_element("p", "", text.get(group.why))],
        None => {
            let each = step.page().iter();
            each.map(|one| view! { <p class:gone=hidden(one.id)>{text_node(text.get(one.why))}</p> }.into_any())
                .collect()
        }
    };
    view! {
        {reactive(move || summary(form))}
        <form novalidate>
            {controls}
            <button type="submit" class="button" on:click=submit>{text.question_page_go_on()}</button>
            {button("quiet", text.question_page_back(), move || state.back())}
            {container("details", None, "", [text_element("summary", "", text.question_page_why())].into_iter().chain(why).chain(serves(state, text, step)).collect())}
        </form>
        {text_element("p", "ahead", &ahead(state, text, step).unwrap_or_default())}
    }
    .into_any()
}

impl Form {
    fn question(self, question: &'static Question, first: bool, hidden: Signal<bool>) -> AnyView {
        let control = match question.kind {
            Kind::Choice(values) => choice::view(self, question.id, values),
            Kind::Number(..) => digits::number(self, question),
            Kind::Date => digits::date(self, question),
        };
        self.block(question, self.text.get(question.title), first, hidden, control)
    }

    /// Renders a question with its help, its error and its control.
    fn block(
        self,
        question: &'static Question,
        title: &'static str,
        first: bool,
        hidden: Signal<bool>,
        control: AnyView,
    ) -> AnyView {
        let id = question.id;
        let help = match question.group {
            Some(_) => Some(self.text.question_page_several()),
            None => question.help.map(|help| self.text.get(help)),
        };
        let role = matches!(question.kind, Kind::Choice(_)).then_some(match question.group {
            Some(_) => "group",
            None => "radiogroup",
        });
        let title = if first { heading(title) } else { text_element("h2", "", title) };
        let wrong = move || self.what(id);
        // A group of check boxes can't be invalid itself; its first check box is.
        let invalid = move || (role == Some("radiogroup") && wrong().is_some()).then_some("true");
        view! {
            <fieldset class:gone=hidden role=role aria-describedby=self.described(id) aria-invalid=invalid>
                <legend>{title}</legend>
                {help.map(|help| view! { <p class="help" id=format!("{}-help", question.name)>{text_node(help)}</p> })}
                <p class="wrong" id=format!("{}-wrong", question.name)>{wrong}</p>
                {control}
            </fieldset>
        }
        .into_any()
    }

    /// Returns the error of a question.
    fn what(self, question: QuestionId) -> Option<String> {
        self.wrong.with(|all| all.iter().find(|one| one.question == question).map(|one| one.what.clone()))
    }

    /// Returns the `aria-invalid` value of a field.
    fn invalid(self, question: QuestionId, field: usize) -> Option<&'static str> {
        let wrong = self.wrong.with(|all| all.iter().any(|one| (one.question, one.field) == (question, field)));
        wrong.then_some("true")
    }

    /// Reads the shown questions from top to bottom. An empty question is skipped if the answers above it make it
    /// unnecessary.
    fn read(self, shown: QuestionPage) -> Result<Vec<(QuestionId, Answer)>, Vec<Wrong>> {
        let state = self.state;
        if shown.group().is_some() {
            return ticks::read(self, shown.page());
        }
        let mut said = Vec::new();
        let mut wrong = Vec::new();
        for question in shown.questions() {
            let draft = untrack(|| state.draft(question.id));
            match draft.read(question, state.as_of()) {
                Ok(answer) => said.push((question.id, answer)),
                Err(_) if draft == Draft::default() && !said.is_empty() && !self.matters(&said, question.id) => {}
                Err((field, problem)) => {
                    let what = error_text(self.text, state, question.id, problem);
                    wrong.push(Wrong { question: question.id, field, what });
                }
            }
        }
        if wrong.is_empty() { Ok(said) } else { Err(wrong) }
    }

    /// Returns the id of a field.
    fn field_id(self, question: QuestionId, field: usize) -> String {
        format!("{}-{field}", self.state.tables.name_of(question))
    }

    /// Returns the ids of the elements that describe a question's control: its help and its error.
    fn described(self, question: QuestionId) -> String {
        let name = self.state.tables.name_of(question);
        format!("{name}-help {name}-wrong")
    }

    fn matters(self, said: &[(QuestionId, Answer)], question: QuestionId) -> bool {
        let mut answers = self.state.answers_with(said);
        answers.set(question, None);
        let page = flow::page(self.state.tables, &answers, self.state.as_of(), question);
        page.is_none_or(|page| page.asks(question))
    }
}

/// Returns the error message for an answer that can't be used.
fn error_text(text: FirstText, state: State, question: QuestionId, problem: Problem) -> String {
    match problem {
        Problem::Choose if question == QuestionId::GOAL => text.error_choose_goal().to_owned(),
        Problem::Choose => text.error_choose().to_owned(),
        Problem::NotANumber(from, to) => text.error_number(&from.to_string(), &to.to_string()),
        Problem::OutOfRange(from, to) => text.error_range(&from.to_string(), &to.to_string()),
        Problem::Year => text.date_field_year_wrong().to_owned(),
        Problem::ShortYear => text.date_field_year_short().to_owned(),
        Problem::Month => text.date_field_month_wrong().to_owned(),
        Problem::Day => text.date_field_day_wrong().to_owned(),
        Problem::Future => text.date_field_future(&text.date(state.as_of())),
    }
}

/// Renders the list of errors, each with a link to its field. The links are handled by code, because a fragment names a
/// page.
fn summary(form: Form) -> AnyView {
    let wrong = form.wrong.get();
    if wrong.is_empty() {
        return text_node("");
    }
    let links = wrong.into_iter().map(|Wrong { question, field, what }| {
        let to_field = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            browser::focus(&form.field_id(question, field), false);
        };
        let link = view! { <a href=format!("#{}", browser::fragment()) on:click=to_field>{what}</a> };
        container("li", None, "", vec![link.into_any()])
    });
    let title = container("p", None, "", vec![text_element("strong", "", form.text.error_summary())]);
    let has = Attributes { id: Some("error"), class: "error", role: Some("alert"), ..Attributes::default() };
    element("div", has, vec![title, container("ul", None, "", links.collect())])
}

/// Lists the findings that the answers of this page can still change, whatever else is answered on it.
fn serves(state: State, text: FirstText, step: QuestionPage) -> Option<AnyView> {
    let mut used = state.path().used;
    step.page().iter().for_each(|one| used.set(one.id, None));
    let open = open_by_finding(state.tables, &used, state.as_of());
    let mut names: Vec<&str> = Vec::new();
    for question in step.page() {
        let findings = open.iter().filter(|(_, open)| open.contains(question.id));
        for name in findings.filter_map(|(finding, _)| explain::name(text, *finding)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then(|| text_element("p", "", &text.question_page_serves(&text.list(&names))))
}

/// Returns roughly how many pages follow, only on the page that is asked next. Before the first question is answered
/// the number is unknown.
fn ahead(state: State, text: FirstText, step: QuestionPage) -> Option<String> {
    let path = state.path();
    if path.next.and_then(|next| next.id()) != step.id() || step.id() == Some(QuestionId::GOAL) {
        return None;
    }
    Some(match flow::pages_after_next(state.tables, &path, state.as_of()) {
        0 => text.question_page_last().to_owned(),
        count => text.question_page_ahead(&count.to_string()),
    })
}
