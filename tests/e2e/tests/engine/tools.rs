//! The engine in other people's programs: put together by the usual bundlers, and run by the usual runtimes. Each gets the same small
//! program, which asks for one person's findings, without any settings of its own.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use e2e::release::copy_files;
use e2e::{Visit, dist, stands_in};
use serde_json::{Value, json};
use subsidy_checker::engine::{self as native, Day};
use tasks::packages::{BUNDLERS, Packages, RUNTIMES, VITE_7};
use tempfile::TempDir;

use super::{output, scripts};

/// Where the commands are told to people.
const README: &str = "engine/README.md";
const AS_OF: &str = "2025-12-01";

/// What makes a page of the program.
struct Bundler {
    name: &'static str,
    package: &'static str,
    command: &'static str,
    /// The folder that it fills.
    output: &'static str,
    /// The page, where the bundler only writes the script `main.js`.
    page: Option<&'static str>,
}

const SCRIPT_PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>-</title><link rel=\"icon\" href=\"data:,\"><script src=\"main.js\"></script>";

const ALL_BUNDLERS: [Bundler; 5] = [
    Bundler {
        name: "esbuild",
        package: "esbuild",
        command: "esbuild main.js --bundle --outfile=dist/main.js",
        output: "dist",
        page: Some(SCRIPT_PAGE),
    },
    Bundler {
        name: "Rollup",
        package: "rollup",
        command: "rollup main.js --plugin node-resolve --format iife --file dist/main.js",
        output: "dist",
        page: Some(SCRIPT_PAGE),
    },
    Bundler {
        name: "webpack",
        package: "webpack",
        command: "webpack --mode production --entry ./main.js",
        output: "dist",
        page: Some(SCRIPT_PAGE),
    },
    Bundler { name: "Vite", package: "vite", command: "vite build", output: "dist", page: None },
    Bundler { name: "Parcel", package: "parcel", command: "parcel build index.html", output: "dist", page: None },
];

/// What runs the program outside of browsers.
struct Runtime {
    name: &'static str,
    package: &'static str,
    /// The program within the package.
    program: &'static str,
    command: &'static str,
}

const ALL_RUNTIMES: [Runtime; 6] = [
    Runtime { name: "Node.js", package: "node-18", program: "bin/node", command: "node main.js" },
    Runtime { name: "Node.js", package: "node-20", program: "bin/node", command: "node main.js" },
    Runtime { name: "Node.js", package: "node-22", program: "bin/node", command: "node main.js" },
    Runtime { name: "Node.js", package: "node-24", program: "bin/node", command: "node main.js" },
    Runtime { name: "Deno", package: "@deno/linux-x64-glibc", program: "deno", command: "deno run main.js" },
    Runtime { name: "Bun", package: "@oven/bun-linux-x64-baseline", program: "bin/bun", command: "bun main.js" },
];

/// What nobody may ask or send meanwhile, as each tool wants to be told.
const QUIET: [(&str, &str); 4] = [("NO_COLOR", "1"), ("CI", "1"), ("DENO_NO_UPDATE_CHECK", "1"), ("DO_NOT_TRACK", "1")];

fn answers() -> Value {
    json!({
        "goal": "claim",
        "certificate-occupation": "4-04-05-05",
        "certificate-level": "3",
        "certificate-date": "2025-07-31",
        "certificate-issuer": "assessment-organisation",
        "insurance": "zhuhai-employee",
    })
}

fn expected_findings() -> String {
    native::findings(&answers().to_string(), Day { as_of: Some(AS_OF), now: 0 }).unwrap()
}

/// The program with the engine among its packages.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_files(&scripts().join("consumer"), folder.path());
    let person = format!("export const asOf = '{AS_OF}';\nexport const answers = {};\n", answers());
    fs::write(folder.path().join("person.js"), person).unwrap();
    copy_files(&dist().join("engine"), &folder.path().join("node_modules/subsidy-checker-engine"));
    folder
}

/// The program with the bundlers beside the engine, as if they were installed there.
fn project_with(bundlers: Packages) -> TempDir {
    let folder = project();
    let packages = bundlers.install().unwrap().join("node_modules");
    for package in fs::read_dir(packages).unwrap().map(Result::unwrap) {
        symlink(package.path(), folder.path().join("node_modules").join(package.file_name())).unwrap();
    }
    folder
}

/// A bundler's command in the folder of the program.
fn bundler(folder: &Path, command: &str) -> Command {
    let mut words = command.split(' ');
    let program = folder.join("node_modules/.bin").join(words.next().unwrap());
    let mut bundler = Command::new(program);
    bundler.args(words).current_dir(folder).envs(QUIET).env("PATH", path());
    bundler
}

/// With a Node that all bundlers run in, where there is one: the machine's own may be too old.
fn path() -> OsString {
    let machine = std::env::var_os("PATH").unwrap_or_default();
    let Some(node) = RUNTIMES.optional("node-24").unwrap() else { return machine };
    std::env::join_paths([node.join("bin")].into_iter().chain(std::env::split_paths(&machine))).unwrap()
}

/// What the page has shown, a finding or what went wrong.
#[track_caller]
fn assert_shows_findings(page: &mut e2e::Page, name: &str) {
    let shown = page.outcome("return window.findings || null;");
    assert_eq!(shown, Some(expected_findings()), "{name}");
}

#[test]
fn every_bundler_brings_the_whole_engine() {
    for Bundler { name, package, command, output: folder, page: html } in ALL_BUNDLERS {
        let project = project_with(BUNDLERS);
        output(&mut bundler(project.path(), command));
        let built = project.path().join(folder);
        if let Some(html) = html {
            fs::write(built.join("index.html"), html).unwrap();
        }
        Visit::to(&built).journey(&format!("engine-{package}"), |page| {
            page.open_unready("");
            assert_shows_findings(page, name);
        });
        let version = BUNDLERS.locked(package).unwrap().version;
        stands_in(README, &[&format!("{name} {version}"), &format!("`{command}`")]);
    }
}

/// A server that ends with the test.
struct DevelopmentServer(Child);

impl Drop for DevelopmentServer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_development_server_brings_the_whole_engine() {
    const COMMAND: &str = "vite";
    for bundlers in [VITE_7, BUNDLERS] {
        let version = bundlers.locked("vite").unwrap().version;
        let project = project_with(bundlers);
        let mut command = bundler(project.path(), COMMAND);
        // A free port of this machine's.
        command.args(["--host", "127.0.0.1", "--port", "0"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut server = DevelopmentServer(command.spawn().unwrap());
        let mut printed = BufReader::new(server.0.stdout.take().unwrap()).lines().map(Result::unwrap);
        let address = printed.find_map(|line| line.find("http://").map(|at| line[at..].trim().to_owned())).unwrap();
        Visit::to(project.path()).as_published().journey("engine-vite-development", |page| {
            page.open_address(&address);
            assert_shows_findings(page, &version);
        });
        stands_in(README, &[&format!("Vite {version}, development"), &format!("`{COMMAND}`")]);
    }
}

#[test]
fn every_runtime_runs_the_engine() {
    let project = project();
    let kept = tempfile::tempdir().unwrap();
    for Runtime { name, package, program, command } in ALL_RUNTIMES {
        let version = RUNTIMES.locked(package).unwrap().version;
        let Some(folder) = RUNTIMES.optional(package).unwrap() else {
            println!("{name} {version} is left out: its package can't be had for this machine");
            continue;
        };
        let mut run = Command::new(folder.join(program));
        run.args(command.split(' ').skip(1)).current_dir(project.path()).envs(QUIET);
        // What they keep.
        run.env("DENO_DIR", kept.path()).env("BUN_INSTALL", kept.path()).env("HOME", kept.path());
        assert_eq!(output(&mut run).trim_end(), expected_findings(), "{name} {version}");
        stands_in(README, &[&format!("{name} {version}"), &format!("`{command}`")]);
    }
}
