//! Who may take part in the AI-trainer class of Zhuhai, what it costs, and who gets which subsidy back.
//!
//! In reading order: the core decides (`rules`), `flow` asks, `consultation` puts both together, `text`, `explain` and `rule_book` word, `record` keeps, `takeaway` is
//! carried home. All of these are the same natively and in the page; only `app` and `browser` know that there is a page, and only
//! `browser` touches it.
//!
//! Nothing here panics: a panic would end the page, and somebody's calculation on the command line. Sums that could overflow
//! are denied too; the lint doesn't look at shifts, so the page's part has none (`tests/rules/large.rs`).

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::indexing_slicing
)]
#![cfg_attr(not(test), deny(clippy::string_slice, clippy::arithmetic_side_effects))]

pub mod rules;

pub mod flow;

pub mod consultation;

pub mod text;

pub mod explain;

pub mod rule_book;

pub mod draft;

pub mod record;

pub mod takeaway;

pub mod people;

#[cfg(feature = "json")]
pub mod contract;

#[cfg(feature = "json")]
pub mod export;

#[cfg(feature = "json")]
pub mod engine;

#[cfg(feature = "cli")]
pub mod batch;

#[cfg(feature = "cli")]
pub mod diff;

#[cfg(feature = "cli")]
pub mod commands;

#[cfg(feature = "web")]
pub mod app;

#[cfg(feature = "web")]
mod browser;
