//! What a person sees and does, each subject a module: one program, so that no browser waits while another file's last test
//! ends.
//!
//! Rules, words and pictures are the same in all browsers: their tests run in one, Chromium. What an engine can do
//! differently (storage, workers, frames, files, history, keyboard, focus, fonts) is tested in all three: those tests stand in a
//! module `every_engine`, within the module of their subject or, whole subjects, here.
//!
//! Tests name days, amounts and sentences of the tables that are kept for tests. Those that hold for any tables stand in a
//! module `any_tables`: they are also tried on the page that is published, if its tables are others.

mod access;
mod carry;
mod codes;
mod engine;
mod every_engine;
mod floor;
mod in_app;
mod journeys;
mod languages;
mod page;
mod plain;
mod questions;
mod result;
mod rule_book;
mod single;
mod trial;
mod walk;
