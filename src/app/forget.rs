//! Deleting the answers, from every page: asked once more in place, without a window that covers the page.

use leptos::prelude::*;

use super::state::State;

pub fn view(state: State) -> AnyView {
    (move || if state.is_forgetting() { really(state) } else { ask(state) }).into_any()
}

fn ask(state: State) -> AnyView {
    let words = state.text().forget_ask();
    view! { <button type="button" id="forget" class="quiet" on:click=move |_| state.forget()>{words}</button> }
        .into_any()
}

/// The question stands where the button stood: whoever taps twice by mistake deletes nothing.
fn really(state: State) -> AnyView {
    let text = state.text();
    view! {
        <div class="warning" role="group" id="forget" tabindex="-1" aria-labelledby="forget-question">
            <p id="forget-question">{text.forget_question()}</p>
            <button type="button" class="button bad" on:click=move |_| state.really_forget()>{text.forget_really()}</button>
            <button type="button" class="quiet" on:click=move |_| state.keep_answers()>{text.forget_keep()}</button>
        </div>
    }
    .into_any()
}
