//! Makes the tables and the wording constants of the program; a bad table ends the build with all that is wrong in it.

use std::{env, fs, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let is_frozen = env::var_os("CARGO_FEATURE_FROZEN").is_some();
    println!("cargo::rerun-if-changed={}", if is_frozen { "tests/tables" } else { "rules" });
    println!("cargo::rerun-if-changed=locales");
    let mut root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    if is_frozen {
        let copy = out.join("frozen");
        // What an earlier build has left.
        let _ = fs::remove_dir_all(&copy);
        if let Err(error) = tables::frozen::copy(&root, &copy) {
            println!("cargo::error=the tables of the tests can't be copied: {error}");
            return ExitCode::FAILURE;
        }
        root = copy;
    }
    let set = match tables::read(&root) {
        Ok(set) => set,
        Err(errors) => {
            for error in &errors.0 {
                // Cargo shows one line of each directive.
                error.to_string().lines().for_each(|line| println!("cargo::error={line}"));
            }
            return ExitCode::FAILURE;
        }
    };
    let baked = tables::bake(&set);
    let mut files = vec![
        ("tables.rs".to_owned(), baked.tables.into_bytes()),
        ("messages.rs".to_owned(), baked.messages.into_bytes()),
    ];
    files.extend(set.languages.files());
    files.extend(set.languages.files_of_command_line());
    for (name, bytes) in files {
        if let Err(error) = fs::write(out.join(&name), bytes) {
            println!("cargo::error={name} can't be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
