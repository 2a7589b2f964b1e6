//! The rules, tested as data in, data out. Nothing here knows how the core decides.

mod examples;
mod flow;
mod tables;
