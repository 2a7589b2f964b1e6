//! The pages that nobody sees first: their code is a part of the program of its own, which comes once the first page stands, and with
//! it the wording that only they have.
//!
//! Everything that only the functions marked here reach is that part; `xtask` makes the two. Where code or wording can't be had, the
//! page says so and can be asked again.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    components::{button, group, heading, text_element},
    pages::{result, rule_book},
    route::Route,
    state::{self, Later, State},
};
use crate::{
    browser,
    text::{FirstText, Text},
};

/// Loads it, unless it is there: its code, and the rest of the wording of the page's language.
pub fn load(state: State) {
    if state.later_untracked() == Later::There {
        return;
    }
    state.set_later(Later::Coming);
    let first = state.text();
    browser::spawn(async move {
        let text = fetch_all(first).await;
        // Meanwhile another language may have come, as a whole.
        text.into_iter().for_each(|text| state.add_language(text));
        state.set_later(if text.is_some() { Later::There } else { Later::Missing });
    });
}

/// The code once however often it is asked for, and the whole wording of a language. None: one of the two doesn't come; why the code
/// doesn't, browsers say with the request.
async fn fetch_all(first: FirstText) -> Option<Text> {
    let file = browser::later_language_file(first.language.id());
    let code = fetch().await;
    match state::whole(first, file).await {
        Ok(text) => code.ok().map(|()| text),
        Err(error) => {
            browser::complain(&error);
            None
        }
    }
}

/// One of its pages, or what there is to see as long as it isn't there.
pub fn view(state: State, route: Route) -> AnyView {
    match state.later() {
        Later::There => {
            let made = state.whole_text().and_then(|text| now(made(state, text, route)));
            made.unwrap_or_else(|| missing(state))
        }
        Later::Coming => {
            browser::set_title(state.text().later_coming());
            text_element("p", "help", state.text().later_coming())
        }
        Later::Missing => missing(state),
    }
}

fn missing(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.later_missing());
    group(vec![heading(text.later_missing()), button("button", text.later_again(), move || load(state))])
}

/// What is ready at once, as all of it is when the part is there.
fn now(view: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(view).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(view) => view.ok(),
        Poll::Pending => None,
    }
}

#[wasm_split(later, fallible, preload(fetch))]
fn made(state: State, text: Text, route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Rules(wanted) => rule_book::view(state, text, wanted),
        _ => result::view(state, text),
    })
}
