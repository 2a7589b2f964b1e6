//! The tasks for the program: building the page, serving it, testing it.
//!
//! This is a library as well as a program, because the end-to-end tests serve `dist/` with the same server and look for
//! the browser in the same places. It knows nothing about subsidies: `tables` reads the rules, and the page's core
//! decides.

mod bare;
pub mod bindings;
mod browsers;
pub mod checks;
pub mod dist;
mod embed;
pub mod engine;
mod essentials;
mod icons;
mod index;
mod manifest;
pub mod names;
pub mod packages;
pub mod parts;
mod patience;
pub mod readers;
pub mod rules;
pub mod serve;
pub mod server;
mod session;
pub mod settings;
pub mod setup;
pub mod single;
pub mod style;
mod template;
pub mod tried;
pub mod wasm;
pub mod weight;
mod worker;

pub use xtask::root;
