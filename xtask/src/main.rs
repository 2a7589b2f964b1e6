//! `cargo xtask`: compiles the tasks (`xtask/tasks`) and runs the requested one.
//!
//! A task that shows or tests the page needs it compiled, which takes as long as compiling the tasks. The two builds
//! share no compiled crate, and the page's optimiser uses only one core, so they run side by side.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use xtask::{cargo, wasm};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let root = xtask::root();
    if let Err(error) = compile(&root, page_profile(&arguments)) {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    let task = ["run", "--quiet", "--package", "tasks", "--"].map(OsString::from);
    match cargo::command(&root).args(task).args(arguments).status() {
        Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)),
        Err(error) => {
            eprintln!("error: cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the profile in which a task needs the page compiled, or `None` if it doesn't need the page.
fn page_profile(arguments: &[OsString]) -> Option<&'static str> {
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    match arguments.first()?.to_str()? {
        _ if has("--help") || has("-h") => None,
        "serve" | "rules" if has("--watch") => Some("watch"),
        "serve" | "dist" | "test" => Some("web"),
        _ => None,
    }
}

/// Compiles the tasks and, if a profile is given, the page.
fn compile(root: &Path, profile: Option<&str>) -> io::Result<()> {
    let started = Instant::now();
    let mut tasks = cargo::command(root);
    tasks.args(["build", "--package", "tasks"]);
    let Some(profile) = profile else { return finish(&mut tasks) };
    println!("▸ compiling the page and the tasks (some 3 minutes on two cores the first time, then seconds)");
    wasm::install_target(root)?;
    wasm::fetch(root)?;
    let mut page = wasm::compile(root, profile, &wasm::PAGE)?;
    tasks.arg("--quiet");
    let mut page_running = page.stdout(Stdio::null()).spawn()?;
    let tasks_done = finish(&mut tasks);
    let page_done = page_running.wait()?;
    tasks_done?;
    if !page_done.success() {
        return Err(cargo::failed(&page));
    }
    println!("  compiling: {:.1} s", started.elapsed().as_secs_f32());
    Ok(())
}

fn finish(command: &mut Command) -> io::Result<()> {
    if command.status()?.success() { Ok(()) } else { Err(cargo::failed(command)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_task_that_shows_the_page_compiles_it() {
        let c = |words: &str, expected: Option<&str>| {
            let arguments: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
            assert_eq!(page_profile(&arguments), expected, "{words}");
        };
        c("serve", Some("web"));
        c("serve --lan --port 80", Some("web"));
        c("serve --watch", Some("watch"));
        c("dist --icp a", Some("web"));
        c("test flow", Some("web"));
        c("serve --help", None);
        c("rules", None);
        c("rules --watch", Some("watch"));
        c("picture out.png", None);
        c("", None);
    }
}
