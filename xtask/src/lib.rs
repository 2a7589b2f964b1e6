//! What `cargo xtask` needs before anything else is compiled: cargo called from a program of cargo's own, and how the
//! programs of the page are compiled to Wasm.
//!
//! A library as well, because the tasks (`xtask/tasks`) compile the same programs: with other arguments cargo would compile
//! everything again. It has no dependency, so that it is compiled in a second.

use std::path::PathBuf;

pub mod cargo;
pub mod wasm;

/// The folder of the workspace, wherever the command was started.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
