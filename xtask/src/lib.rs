//! What `cargo xtask` needs before anything else is compiled: running cargo from a program started by cargo, and
//! compiling the page's programs to Wasm.
//!
//! It is also a library, because the tasks (`xtask/tasks`) compile the same programs: with other arguments cargo would
//! compile everything again. It has no dependencies, so it compiles in a second.

use std::path::PathBuf;

pub mod cargo;
pub mod wasm;

/// Returns the folder of the workspace, wherever the command was started.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
