//! The pages of the later part, which nobody sees first: their code is a second Wasm file, loaded once the first page
//! is shown, together with the wording that only they use.
//!
//! The later part consists of everything that can be reached only from the functions marked here; `xtask` splits the
//! program. If its code or wording can't be loaded, the page reports that and offers another attempt.

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

/// Loads the code of the later part and the rest of the wording in the page's language, unless they are loaded.
pub fn load(state: State) {
    if state.later_untracked() == Later::There {
        return;
    }
    state.set_later(Later::Coming);
    let first = state.text();
    browser::spawn(async move {
        let text = fetch_all(first).await;
        // Another language may have been loaded completely in the meantime.
        text.into_iter().for_each(|text| state.add_language(text));
        state.set_later(if text.is_some() { Later::There } else { Later::Missing });
    });
}

/// Fetches the code, once for all calls, and the complete wording of a language. Returns `None` if either is missing.
/// The browser itself reports a request that failed, and in WebKit requests also fail when the person leaves the page.
async fn fetch_all(first: FirstText) -> Option<Text> {
    let file = browser::later_language_file(first.language.id());
    let code = fetch().await;
    let file = file.await.ok()?;
    match state::whole(first, file) {
        Ok(text) => code.ok().map(|()| text),
        Err(error) => {
            browser::log_error(&error);
            None
        }
    }
}

/// Renders a page of the later part, or its loading state.
pub fn view(state: State, route: Route) -> AnyView {
    match state.later() {
        Later::There => {
            let made = state.whole_text().and_then(|text| poll_once(render_later_page(state, text, route)));
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

/// Returns the view if it is ready, which it is once the later part is loaded.
fn poll_once(view: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(view).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(view) => view.ok(),
        Poll::Pending => None,
    }
}

#[wasm_split(later, fallible, preload(fetch))]
fn render_later_page(state: State, text: Text, route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Rules(wanted) => rule_book::view(state, text, wanted),
        _ => result::view(state, text),
    })
}
