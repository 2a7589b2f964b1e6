//! Fields for digits, and the row that says that one doesn't know: what a number and a day have in common.

use leptos::prelude::*;

use crate::text::Text;

/// A field whose label follows it. Typing takes back that one doesn't know.
pub fn field(id: Option<&'static str>, label: AnyView, typed: RwSignal<String>, unknown: RwSignal<bool>) -> AnyView {
    let input = move |event| {
        typed.set(event_target_value(&event));
        unknown.set(false);
    };
    view! {
        <label class="field">
            <input type="text" inputmode="numeric" autocomplete="off" id=id prop:value=typed on:input=input />
            {label}
        </label>
    }
    .into_any()
}

pub fn unknown_row(text: Text, unknown: RwSignal<bool>) -> AnyView {
    view! {
        <label class="row">
            <input type="checkbox" prop:checked=unknown on:change=move |event| unknown.set(event_target_checked(&event)) />
            <span>{text.question_page_dont_know()}</span>
        </label>
    }
    .into_any()
}

/// What people type for a number: blanks around it, full-width digits of a Chinese keyboard.
pub fn plain(typed: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        other => other,
    };
    typed.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(plain(" 30 "), "30");
        assert_eq!(plain("３０"), "30");
        assert_eq!(plain("三十"), "三十");
        assert_eq!(plain("3 0"), "3 0");
    }
}
