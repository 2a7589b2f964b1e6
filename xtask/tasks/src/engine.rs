//! The engine for other programs: the rules as a JavaScript module and as data.
//!
//! `dist/engine/` is an npm package that also works without being installed. The files of `engine/` are copied, the
//! program is built like the page's, and the types of the answers are generated from the tables.

use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tables::{Kind, Set};

use crate::bindings::{self, Form, Program};
use crate::{template, wasm};
use xtask::cargo;
use xtask::wasm::{ENGINE_PROFILE, Program as WasmProgram};

/// The name of the folder in `dist/` and of the folder with the sources.
pub const FOLDER: &str = "engine";
/// The files with the tables and with their schema.
pub const RULES: [&str; 2] = ["rules.json", "rules.schema.json"];

/// The compiled results.
pub struct Engine {
    program: Program,
    rules: Vec<u8>,
}

/// Compiles the engine and exports the rules, which takes most of the time. `command_line` are the features of the
/// program that exports them.
pub fn build(root: &Path, engine: &WasmProgram, command_line: &str) -> Result<Engine> {
    let wasm = wasm::compile(root, ENGINE_PROFILE, engine)?;
    let program = bindings::make(&wasm, Form::Module { name: FOLDER })?;
    // The rules are exported by the command line: xtask can't depend on the core, which builds only with correct
    // tables.
    let arguments =
        ["run", "--quiet", "--no-default-features", "--features", command_line, "--bin", "checker", "--", "tables"];
    Ok(Engine { program, rules: cargo::output(root, &arguments)?.into_bytes() })
}

/// Returns the files, by their names within `dist/`.
pub fn files(root: &Path, set: &Set, Engine { program, rules }: &Engine) -> Result<Vec<(String, Vec<u8>)>> {
    let own = |name: &str| format!("{FOLDER}/{name}");
    let mut files = vec![
        (own("engine.js"), program.js.clone()),
        (own("engine.wasm"), program.wasm.clone()),
        (own("engine-wasm.js"), wasm_module(&program.wasm).into_bytes()),
        (own("answers.d.ts"), answers(set).into_bytes()),
        (RULES[0].to_owned(), rules.clone()),
        (RULES[1].to_owned(), read(&root.join("rules").join(RULES[1]))?.into_bytes()),
    ];
    let sources = root.join(FOLDER);
    for entry in sources.read_dir().with_context(|| format!("cannot read {}", sources.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let content = read(&sources.join(&name))?;
        // The whole workspace has one version.
        let content = match name.as_str() {
            "package.json" => {
                template::fill(&own(&name), &content, &[("version", env!("CARGO_PKG_VERSION").to_owned())])?
            }
            _ => content,
        };
        files.push((own(&name), content.into_bytes()));
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        files.push((own(name), read(&root.join(name))?.into_bytes()));
    }
    Ok(files)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Returns the program as a JavaScript module: the only kind of file that every bundler, server and runtime includes
/// without configuration.
fn wasm_module(wasm: &[u8]) -> String {
    format!("// engine.wasm in base64. Written when this was built.\nexport default '{}';\n", BASE64.encode(wasm))
}

/// Returns the TypeScript types of all answers.
fn answers(set: &Set) -> String {
    let mut text = "// Written from the tables when this was built.\n\n".to_owned();
    let one_of = |ids: Vec<&str>| ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(" | ");
    let questions = set.tables.questions;
    text += &format!("export type QuestionId = {};\n\n", one_of(questions.iter().map(|one| one.name).collect()));
    let mut entries = String::new();
    for question in questions {
        let id = question.name;
        let (about, takes) = match question.kind {
            Kind::Choice(values) => (None, one_of(values.iter().map(|value| value.id).collect())),
            Kind::Number(from, to) => (Some(format!("A whole number from {from} to {to}.")), "number".to_owned()),
            Kind::Date => (Some("A day such as 2025-07-31.".to_owned()), "string".to_owned()),
        };
        entries += &about.map_or_else(String::new, |about| format!("  /** {about} */\n"));
        if id == "goal" {
            text += &format!("export type Goal = {takes};\n\n");
            entries += "  goal?: Goal;\n";
        } else {
            entries += &format!("  '{id}'?: {takes} | 'dont-know';\n");
        }
    }
    text + &format!("/** What is missing is open. */\nexport interface Answers {{\n{entries}}}\n")
}
