//! Splits the page's program into the first part, which is loaded first, and the later part, which is loaded once the
//! first page is shown (`app::later`).
//!
//! The functions marked in the page determine the split, which `wasm_split_cli_support` makes: the later part contains
//! what only they reach, and works in the memory of the first part. The library's own loader is a module and can't be
//! part of a classic script, so `public/later.js` replaces it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use wasm_encoder::RawSection;
use wasm_split_cli_support::{Options, transform};
use wasmparser::Parser;

use crate::bindings::{self, Form, Program};

/// The scripts that notice the program's end and load the later part; both become part of the first part's script.
pub const GUARD: &str = "guard.js";
pub const LOADER: &str = "later.js";
/// The file of the later part.
pub const LATER: &str = "later.wasm";

/// The page's program, as browsers load it.
pub struct Page {
    pub first: Program,
    pub later: Vec<u8>,
}

/// Splits the compiler's Wasm, which must contain relocations (`--emit-relocs`). `traces` keeps the functions' names;
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

/// Removes the custom sections, which only tools read.
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
