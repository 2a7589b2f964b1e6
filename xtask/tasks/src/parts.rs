//! The page's program in two parts: the one that is loaded first, and what comes once its first page stands (`app::later`).
//!
//! Which code belongs where follows from the functions marked in the page, by `wasm_split_cli_support`: what only they reach is the
//! second part, which works in the memory of the first. The library's own loader is a module that a classic script can't be, so
//! `public/later.js` is ours.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use wasm_encoder::RawSection;
use wasm_split_cli_support::{Options, transform};
use wasmparser::Parser;

use crate::bindings::{self, Form, Program};

/// What notices the program's end, and what brings the second part; both become part of the first one's script.
pub const GUARD: &str = "guard.js";
pub const LOADER: &str = "later.js";
/// The second part.
pub const LATER: &str = "later.wasm";

/// The page's program, as browsers load it.
pub struct Page {
    pub first: Program,
    pub later: Vec<u8>,
}

/// From the compiler's Wasm, which must tell what it refers to (`--emit-relocs`). `traces` keeps the functions' names;
/// `scripts` are [`GUARD`] and [`LOADER`].
pub fn make(wasm: &Path, traces: bool, scripts: [&str; 2]) -> Result<Page> {
    let whole = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let folder = tempfile::tempdir()?;
    let first = folder.path().join("page.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = folder.path();
    options.main_out_path = &first;
    options.link_name = bindings::LATER;
    let parts = transform(options).map_err(|error| anyhow!("{} cannot be split: {error:#}", wasm.display()))?;
    let [second] = parts.split_modules.as_slice() else {
        bail!(
            "the program falls into {} parts besides the first. All functions that come later are marked alike, with \
             `wasm_split(later)`",
            parts.split_modules.len()
        );
    };
    let [guard, later] = scripts;
    let first = bindings::make(&first, Form::Script { traces, guard, later })?;
    let later = fs::read(second)?;
    Ok(Page { first, later: if traces { later } else { bare(&later)? } })
}

/// Without what only tools read.
fn bare(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Some((id, range)) = payload?.as_section()
            && id != 0
        {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    Ok(module.finish())
}
