//! The pages that nobody sees first: their code is a part of the program of its own, which comes once the first page stands.
//!
//! Everything that only the functions marked here reach is that part; `xtask` makes the two. Where it can't be had, the page
//! says so and can be asked again.

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
    state::State,
};
use crate::browser;

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

/// Brings it, once however often it is asked for. Why it doesn't come, browsers say with the request.
pub async fn bring() -> Later {
    match fetch().await {
        Ok(()) => Later::There,
        Err(_) => Later::Missing,
    }
}

/// One of its pages, or what there is to see as long as it isn't there.
pub fn view(state: State, page: Page) -> AnyView {
    match state.later() {
        Later::There => now(made(state, page)).unwrap_or_else(|| missing(state)),
        Later::Coming => line("p", "help", state.text().later_coming()),
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
fn made(state: State, page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Rules(wanted) => rule_book::view(state, wanted),
        _ => result::view(state),
    })
}
