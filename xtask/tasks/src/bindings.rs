//! Converts the compiler's Wasm into what a browser loads: the module and its JavaScript.
//!
//! Uses the library behind the `wasm-bindgen` program in this process: Cargo.lock gives it the version of the page's
//! own wasm-bindgen, and nothing has to be installed. The compiler's optimiser is the only one: wasm-opt would save two
//! per cent and has to be installed.
//!
//! The page's script is made from a module, because the library refuses to make a script for a program that has a later
//! part.

use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The two files of a program that a browser loads.
pub struct Program {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// The module name from which the page's first part imports the loader of the later part.
pub const LATER: &str = "./later.js";

/// The kind of JavaScript to make.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// For the page: a classic script also runs from `file:` and under a policy without inline scripts. `traces` keeps
    /// the functions' names, so that errors can be read; `guard` is the code that notices the program's end, and
    /// `later` the code that loads the later part.
    Script { traces: bool, guard: &'a str, later: &'a str },
    /// For other programs, which import the module under this name.
    Module { name: &'static str },
}

/// Makes the bindings of a Wasm file.
pub fn make(wasm: &Path, form: Form) -> Result<Program> {
    let mut bindgen = Bindgen::new();
    match form {
        Form::Script { .. } => bindgen.out_name("page").keep_lld_exports(true).web(true)?,
        Form::Module { name } => bindgen.out_name(name).web(true)?,
    };
    bindgen
        .input_path(wasm)
        .typescript(false)
        .remove_name_section(!matches!(form, Form::Script { traces: true, .. }))
        .remove_producers_section(true)
        // The caller that starts the program gives the module's address.
        .omit_default_module_path(true);
    let mut output = bindgen.generate_output().with_context(|| format!("no bindings for {}", wasm.display()))?;
    // The list contains every crate with bindings; only a non-empty entry is a module.
    if !output.local_modules().is_empty() || output.snippets().values().any(|inline| !inline.is_empty()) {
        bail!(
            "a dependency of the page brings JavaScript modules of its own, which a classic script cannot load. \
             Find it with `cargo tree` and switch off the feature that brings them"
        );
    }
    let js = match form {
        Form::Script { traces: true, guard, later } => script(output.js(), guard, later)?,
        Form::Script { traces: false, guard, later } => {
            let names = number(output.wasm_mut());
            numbered(&script(output.js(), guard, later)?, &names)?
        }
        Form::Module { .. } => output.js().to_owned(),
    };
    let wasm = output.wasm_mut().emit_wasm();
    Ok(Program { js: js.into_bytes(), wasm })
}

/// Converts a module into a script that declares `wasm_bindgen`, the function that starts the program.
fn script(module: &str, guard: &str, later: &str) -> Result<String> {
    let module =
        replaced("the program's module", module, "wasm = instance.exports;", "wasm = guardAll(instance.exports);")?;
    let module = replaced(
        "the program's module",
        &module,
        &format!("import * as import1 from \"{LATER}\""),
        &format!("{guard}{later}const import1 = later;"),
    )?;
    let end = "export { initSync, __wbg_init as default };";
    let body = replaced("the program's module", &module, end, "return __wbg_init;")?;
    // The classes are not used from outside.
    let body = body.replace("export class ", "class ");
    for line in body.lines() {
        if line.starts_with("import ") || line.starts_with("export ") || line.contains("import.meta") {
            bail!(
                "the program's module has a line that no script can have: `{line}`. See what brings it, with `cargo tree`"
            );
        }
    }
    Ok(format!("let wasm_bindgen = (function () {{\n'use strict';\n{body}\n}})();\n"))
}

/// The module name of the imports that the script provides.
const SCRIPT: &str = "./page_bg.js";

/// Replaces the import names by numbers and returns the names in the order of their numbers. The names end with hashes,
/// which can't be compressed, and occur in both files.
fn number(wasm: &mut walrus::Module) -> Vec<String> {
    let asked = wasm.imports.iter_mut().filter(|one| one.module == SCRIPT);
    asked.enumerate().map(|(at, one)| std::mem::replace(&mut one.name, at.to_string())).collect()
}

/// Replaces the import names in the script by the numbers.
fn numbered(script: &str, names: &[String]) -> Result<String> {
    let mut script = script.to_owned();
    for (at, name) in names.iter().enumerate() {
        let (from, to) = (format!("{name}: function"), format!("{at}: function"));
        script = replaced("the program's script", &script, &from, &to)?;
    }
    Ok(script)
}

/// Replaces the only occurrence of a text, or fails if there is not exactly one.
fn replaced(what: &str, text: &str, place: &str, by: &str) -> Result<String> {
    if text.matches(place).count() != 1 {
        bail!("{what} has not just one `{place}`: wasm-bindgen writes it otherwise than it did");
    }
    Ok(text.replace(place, by))
}
