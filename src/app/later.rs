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
    route::LaterPage,
    state::{self, Later, State},
};
use crate::{
    browser,
    text::{FirstText, Text},
};

/// Loads the later part, and tries again when the person goes to a page that needs it and it is missing.
pub fn keep_loading(state: State) {
    load(state);
    Effect::new(move || {
        state.route();
        if untrack(|| state.loading()) == Later::Missing {
            load(state);
        }
    });
}

/// Loads the code of the later part and the rest of the wording in the page's language.
fn load(state: State) {
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
pub fn view(state: State, page: LaterPage) -> AnyView {
    match state.loading() {
        Later::There => {
            let made = state.whole_text().and_then(|text| poll_once(render_later_page(state, text, page)));
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
fn render_later_page(state: State, text: Text, page: LaterPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        LaterPage::Result => result::view(state, text),
        LaterPage::Rules(wanted) => rule_book::view(state, text, wanted),
    })
}
