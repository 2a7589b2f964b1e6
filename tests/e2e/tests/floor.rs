//! The oldest browsers that the page is for have all that it needs: Chromium 97 (with it WebView and WeChat's) and Safari 16.
//!
//! Read from the files themselves, so nothing of it depends on an engine: once, beside Chromium.

use std::fs;
use std::process::Command;

use e2e::dist;
use tasks::packages::CHECKS;
use wasmparser::{Validator, WasmFeatures};

/// What both have. Safari got SIMD with 16.4.
const WASM: WasmFeatures = WasmFeatures::WASM1
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES);

/// The level of a script: what only chooses what comes next must be read by any browser.
fn level(name: &str) -> u32 {
    if name.starts_with("loader.") { 5 } else { 2022 }
}

/// What the oldest browsers lack of these scripts and style sheets; a script has its level before its name.
#[track_caller]
fn lacking(files: &[String]) -> String {
    let file = |package: &str, file: &str| CHECKS.folder(package).unwrap().join(file);
    let readers = [file("acorn", "dist/acorn.mjs"), file("css-tree", "dist/csstree.esm.js")];
    let output = Command::new("node")
        .arg(tasks::root().join("tests/e2e/floor/floor.mjs"))
        .args(readers)
        .arg(file("@mdn/browser-compat-data", "data.json"))
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn validate(module: &[u8]) -> Result<(), String> {
    Validator::new_with_features(WASM).validate_all(module).map(drop).map_err(|error| error.to_string())
}

#[test]
fn the_oldest_browsers_have_all_that_it_needs() {
    let mut read = Vec::new();
    let mut validated = 0;
    for folder in [dist(), dist().join("engine")] {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            match file.extension().and_then(|ending| ending.to_str()) {
                Some("wasm") => {
                    assert_eq!(validate(&fs::read(&file).unwrap()), Ok(()), "{name}");
                    validated += 1;
                }
                Some("js") => read.push(format!("{}={}", level(&name), file.display())),
                Some("css") => read.push(file.display().to_string()),
                _ => {}
            }
        }
    }
    assert!(validated >= 2 && read.len() >= 10, "{validated} {read:?}");
    assert_eq!(lacking(&read), "");
}

#[test]
fn what_creeps_in_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let file = folder.path().join(name);
        fs::write(&file, content).unwrap();
        file.display().to_string()
    };
    let files = [
        format!("5={}", write("old.js", "var a = 1; let b = 2;")),
        format!("2022={}", write("new.js", "class A { static { A.b = /(?<=a)b/; } }")),
        format!("2022={}", write("newer.js", "using a = b();")),
        write(
            "new.css",
            "a { color: color-mix(in srgb, red, blue); width: 1cqw; &:focus { inset: 0 } } @layer b { c { text-wrap: pretty } }",
        ),
    ];
    let said = lacking(&files);
    for wanted in [
        "old.js: Unexpected token (1:15) at the level of ES5",
        "new.js: a class with a static block, line 1",
        "new.js: a pattern that looks behind, line 1",
        "newer.js: Unexpected token",
        "new.css: color-mix() is not in chrome",
        "new.css: cqw is not in chrome",
        "new.css: & is not in chrome",
        "new.css: @layer is not in chrome",
        "new.css: text-wrap is not in chrome",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    // A function that takes a vector.
    assert!(validate(b"\0asm\x01\0\0\0\x01\x05\x01\x60\x01\x7b\0").unwrap_err().contains("SIMD"));
}
