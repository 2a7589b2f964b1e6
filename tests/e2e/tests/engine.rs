//! What other people's programs take: the engine, in Node and in the browsers, and the tables. All that isn't a browser's is tested
//! once, beside Chromium.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use e2e::release::copy_files;
use e2e::{Visit, cases, dist};
use serde_json::{Value, json};
use subsidy_checker::engine::{self as native, Day};
use subsidy_checker::rules::TABLES;
use tasks::packages::CHECKS;

mod tools;

/// The scripts of these tests.
fn scripts() -> PathBuf {
    tasks::root().join("tests/e2e/engine")
}

/// All worked examples, with what the core says of them natively.
fn expected() -> Value {
    let all = cases::all().into_iter().map(|case| {
        let answers = Value::Object(case.answers);
        let (text, day) = (answers.to_string(), Day { as_of: Some(&case.as_of), now: 0 });
        json!({
            "answers": answers,
            "asOf": case.as_of,
            "findings": native::findings(&text, day).unwrap(),
            "next": native::next_question(&text, day).unwrap(),
            "advice": native::hints(&text, day).unwrap(),
        })
    });
    let all: Vec<Value> = all.collect();
    assert!(200 < all.len());
    json!({ "version": TABLES.version, "cases": all })
}

/// What a program prints; it has to end well.
#[track_caller]
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{command:?}\n{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// Installed from the package that npm makes of it.
#[test]
fn node_says_what_the_core_says() {
    let folder = tempfile::tempdir().unwrap();
    let npm = |arguments: &[&str]| output(Command::new("npm").args(arguments).current_dir(folder.path()));
    let package = dist().join("engine");
    npm(&["pack", "--silent", package.to_str().unwrap()]);
    let packed = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().file_name();
    fs::write(folder.path().join("package.json"), r#"{ "private": true, "type": "module" }"#).unwrap();
    let packed = format!("./{}", packed.to_str().unwrap());
    npm(&["install", "--silent", "--offline", "--no-audit", "--no-fund", &packed]);
    copy_files(&scripts(), folder.path());
    fs::write(folder.path().join("cases.json"), expected().to_string()).unwrap();
    let node = ["node.js", "subsidy-checker-engine", "cases.json"];
    let differences = output(Command::new("node").args(node).current_dir(folder.path()));
    assert_eq!(differences, "[]\n");
}

#[test]
fn the_example_prints_what_its_readme_says() {
    let folder = dist().join("engine");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let readme = read("README.md");
    let block = |start: &str| {
        let (_, rest) = readme.split_once(start).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    assert_eq!(block("```js\n"), read("example.js"));
    assert_eq!(block("It prints:\n\n```\n"), output(Command::new("node").arg("example.js").current_dir(&folder)));
}

/// The types fit all that is said of the worked examples, and nothing beside it.
#[test]
fn the_types_are_true() {
    let folder = tempfile::tempdir().unwrap();
    copy_files(&dist().join("engine"), &folder.path().join("engine"));
    let expected = expected();
    let each = |key: &str| {
        let all = expected["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| case[key].as_str().map_or_else(|| case[key].to_string(), str::to_owned));
        all.collect::<Vec<_>>().join(",\n")
    };
    let script = format!(
        "import {{ load }} from './engine/index.js';
         import type {{ Advice, Answers, Assessment, Goal, NextQuestion }} from './engine/index.js';
         const answers: (Answers & {{ goal: Goal }})[] = [{}];
         const findings: Assessment[] = [{}];
         const next: (NextQuestion | null)[] = [{}];
         const advice: Advice[][] = [{}];
         const checker = await load();
         const said: Assessment = checker.assess(answers[0]!, {{ asOf: '2025-12-01' }});
         const title: string = checker.tables.question[0]!.wording.title;
         // @ts-expect-error
         const noNumber: Answers = {{ age: 'thirty' }};
         // @ts-expect-error
         const noQuestion: Answers = {{ 'shoe-size': 43 }};
         // @ts-expect-error
         checker.assess({{ age: 30 }});
         export {{ findings, next, advice, said, title, noNumber, noQuestion }};",
        each("answers"),
        each("findings"),
        each("next"),
        each("advice"),
    );
    fs::write(folder.path().join("all.ts"), script).unwrap();
    fs::write(folder.path().join("package.json"), r#"{ "type": "module" }"#).unwrap();
    let compiler = CHECKS.folder("typescript").unwrap().join("bin/tsc");
    let options =
        ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "all.ts"];
    output(Command::new("node").arg(compiler).args(options).current_dir(folder.path()));
}

/// As another office would check them.
#[test]
fn the_published_tables_are_as_their_schema_says() {
    let read = |name: &str| -> Value { serde_json::from_slice(&fs::read(dist().join(name)).unwrap()).unwrap() };
    let (tables, schema) = (read("rules.json"), read("rules.schema.json"));
    let valid = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<_> = valid.iter_errors(&tables).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(tables["version"], TABLES.version);
    // The same as the engine's and the command line's.
    assert_eq!(tables, serde_json::from_str::<Value>(&native::rules().unwrap()).unwrap());
}

mod every_engine {
    use super::*;

    #[test]
    fn a_browser_says_what_the_core_says() {
        let folder = tempfile::tempdir().unwrap();
        copy_files(&scripts(), folder.path());
        copy_files(&dist().join("engine"), &folder.path().join("engine"));
        fs::write(folder.path().join("cases.json"), expected().to_string()).unwrap();
        // As strict as a host of it can be.
        let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";
        let html = format!(
            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">
         <title>engine</title><link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"page.js\"></script>"
        );
        fs::write(folder.path().join("index.html"), html).unwrap();
        Visit::to(folder.path()).journey("engine", |page| {
            // From the module itself, and from where somebody says that it is.
            for query in ["", "?wasm=engine/engine.wasm"] {
                page.open_unready(query);
                page.wait_until("return Array.isArray(window.differences);");
                assert_eq!(page.script("return window.differences;"), json!([]), "{query}");
            }
        });
    }
}
