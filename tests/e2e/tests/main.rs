//! What a person sees and does, each part of it a module: one program, so that no browser waits while another file's last test
//! ends.

mod access;
mod carry;
mod embed;
mod engine;
mod faults;
mod floor;
mod harness;
mod in_app;
mod journeys;
mod languages;
mod monkey;
mod offline;
mod page;
mod plain;
mod questions;
mod result;
mod rule_book;
mod session;
mod single;
mod walk;
