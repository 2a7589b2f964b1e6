//! From the compiler's Wasm to what a browser loads: the module and its JavaScript.
//!
//! In-process, by the library behind the `wasm-bindgen` program: Cargo.lock gives it the version of
//! the page's own wasm-bindgen, and nobody has to install anything. No optimiser beyond the compiler's: wasm-opt
//! would save two per cent and has to be installed.

use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The program in the two files a browser loads.
pub struct Program {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// For whom the JavaScript is.
#[derive(Clone, Copy)]
pub enum Form {
    /// The page: a classic script also runs from `file:` and under a policy without inline scripts. `traces` keeps the
    /// functions' names, so that errors can be read.
    Script { traces: bool },
    /// Other programs, which import it under this name.
    Module { name: &'static str },
}

/// Makes the bindings of a Wasm file.
pub fn make(wasm: &Path, form: Form) -> Result<Program> {
    let mut bindgen = Bindgen::new();
    match form {
        Form::Script { .. } => bindgen.out_name("page").no_modules(true)?,
        Form::Module { name } => bindgen.out_name(name).web(true)?,
    };
    bindgen
        .input_path(wasm)
        .typescript(false)
        .remove_name_section(!matches!(form, Form::Script { traces: true }))
        .remove_producers_section(true)
        // Whoever starts it says where the module is.
        .omit_default_module_path(true);
    let mut output = bindgen.generate_output().with_context(|| format!("no bindings for {}", wasm.display()))?;
    // Every crate with bindings is listed; only a list that holds something is a module.
    if !output.local_modules().is_empty() || output.snippets().values().any(|inline| !inline.is_empty()) {
        bail!(
            "a dependency of the page brings JavaScript modules of its own, which a classic script cannot load. \
             Find it with `cargo tree` and switch off the feature that brings them"
        );
    }
    let js = output.js().as_bytes().to_vec();
    let wasm = output.wasm_mut().emit_wasm();
    Ok(Program { js, wasm })
}
