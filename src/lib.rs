//! Who may take part in the AI-trainer class of Zhuhai, what it costs, and who gets which subsidy.
//!
//! In reading order: `rules` decides, `flow` asks, `consultation` combines both, `text`, `explain` and `rule_book`
//! provide the words, `record` stores answers, and `takeaway` creates what people take with them. All of these are the
//! same natively and in the page; only `app` and `browser` belong to the page, and only `browser` touches it.
//!
//! Nothing here panics: a panic would end the page, or a calculation on the command line. Arithmetic that could
//! overflow is denied too; the lint does not check shifts, so the page's code has none (`tests/rules/large.rs`).

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
pub mod examples;

#[cfg(feature = "cli")]
pub mod commands;

#[cfg(feature = "web")]
pub mod app;

#[cfg(feature = "web")]
mod browser;
