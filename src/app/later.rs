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
    page::Page,
    parts::{all, button, heading, line},
    result, rule_book,
    state::{self, State},
};
use crate::{
    browser,
    text::{FirstText, Text},
};

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    Coming,
    There,
    Missing,
}

/// Whether a page is made by it.
pub fn makes(page: Page) -> bool {
    matches!(page, Page::Result | Page::Rules(_))
}

/// Brings it, its code once however often it is asked for, with the rest of a language's wording. None: one of the two doesn't come;
/// why the code doesn't, browsers say with the request.
pub async fn bring(first: FirstText) -> Option<Text> {
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
pub fn view(state: State, page: Page) -> AnyView {
    match state.later() {
        Later::There => {
            let made = state.whole_text().and_then(|text| now(made(state, text, page)));
            made.unwrap_or_else(|| missing(state))
        }
        Later::Coming => {
            browser::set_title(state.text().later_coming());
            line("p", "help", state.text().later_coming())
        }
        Later::Missing => missing(state),
    }
}

fn missing(state: State) -> AnyView {
    let text = state.text();
    browser::set_title(text.later_missing());
    all(vec![heading(text.later_missing()), button("button", text.later_again(), move || state.bring_later())])
}

/// What is ready at once, as all of it is when the part is there.
fn now(view: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(view).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(view) => view.ok(),
        Poll::Pending => None,
    }
}

#[wasm_split(later, fallible, preload(fetch))]
fn made(state: State, text: Text, page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Rules(wanted) => rule_book::view(state, text, wanted),
        _ => result::view(state, text),
    })
}
