//! Everything that is done to the program rather than by it: building the page, serving it,
//! testing it.
//!
//! A library as well as a program, because the end-to-end tests serve `dist/` with the same server
//! and look for the browser in the same places. It knows nothing about subsidies: what the rules
//! say is read by `tables` and decided by the page's own core.

use std::path::PathBuf;

use anyhow::{Result, bail};

mod bare;
pub mod bindings;
pub mod cargo;
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
pub mod rules;
pub mod serve;
pub mod server;
mod session;
pub mod settings;
pub mod setup;
pub mod single;
pub mod style;
pub mod weight;
mod worker;

/// A file with something put where its place is: there has to be just one.
fn filled(file: &str, template: &str, place: &str, content: &str) -> Result<String> {
    if template.matches(place).count() != 1 {
        bail!("{file} has not just one `{place}`. Write it once, where it is to be filled in");
    }
    Ok(template.replace(place, content))
}

/// The folder of the workspace, wherever the command was started.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
