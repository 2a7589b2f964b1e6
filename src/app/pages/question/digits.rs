//! The controls for a whole number and for a date in three fields, each with "don't know".

use leptos::prelude::*;
use tables::Question;

use super::{Form, rows};

pub fn number(form: Form, question: &'static Question) -> AnyView {
    let label = view! { <span class="hidden">{form.text.get(question.short)}</span> }.into_any();
    (field(form, question, 0, label), rows::unknown(form, question.id)).into_any()
}

pub fn date(form: Form, question: &'static Question) -> AnyView {
    let labels = [form.text.date_field_year(), form.text.date_field_month(), form.text.date_field_day()];
    let fields = labels.into_iter().enumerate();
    let fields: Vec<_> =
        fields.map(|(at, label)| field(form, question, at, view! { <span>{label}</span> }.into_any())).collect();
    (view! { <div class="date">{fields}</div> }, rows::unknown(form, question.id)).into_any()
}

fn field(form: Form, question: &'static Question, at: usize, label: AnyView) -> AnyView {
    let (state, id) = (form.state, question.id);
    let value = move || state.draft(id).typed.get(at).cloned().unwrap_or_default();
    let input = move |event| {
        let mut draft = state.draft(id);
        draft.type_in(at, event_target_value(&event));
        state.enter(id, draft);
    };
    // A whole date that was typed into the first field is spread over the three fields when the person leaves it.
    let left = move |_| {
        let mut draft = state.draft(id);
        draft.spread();
        state.enter(id, draft);
    };
    view! {
        <label class="field">
            <input type="text" inputmode="numeric" autocomplete="off" id=form.field_id(id, at) prop:value=value
                aria-invalid=move || form.invalid(id, at) aria-describedby=form.described(id)
                on:input=input on:change=left />
            {label}
        </label>
    }
    .into_any()
}
