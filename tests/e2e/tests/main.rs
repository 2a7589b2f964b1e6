//! What a person sees and does, each subject a module: one program, so that no browser waits while another file's last test
//! ends.
//!
//! Rules, words and pictures are the same in all browsers: their tests run in one, Chromium. What an engine can do
//! differently (storage, workers, frames, files, history, keyboard, focus, fonts) is tested in all three: those tests stand in a
//! module `every_engine`, within the module of their subject or, whole subjects, here.

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
mod walk;
