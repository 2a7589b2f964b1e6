//! The command line of `cargo xtask`; each command is a module of the library.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tasks::checks::{self, Checks};
use tasks::dist::{self, Build};
use tasks::rules::{self, Rules};
use tasks::serve::{self, Serve};
use tasks::settings::Settings;
use tasks::weight;
use xtask::cargo;

/// Build, serve and test the subsidy checker.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and serve it on this machine
    Serve(Serve),
    /// Run every check: format, clippy, native tests, the page in a real browser
    Test(Checks),
    /// Build the page into `dist/`, ready for any static host
    Dist(Settings),
    /// Read and check the tables of rules and wording, without building the page
    Rules(Rules),
    /// Show what the page's program weighs, by crate
    Weigh,
    /// Measure the page and the rules beside others, from the `dist/` that is there
    Bench {
        /// Only these: loading, using, judging, growing
        parts: Vec<String>,
    },
    /// Save a picture of the page as a phone shows it, from the `dist/` that is there
    Picture {
        /// The PNG file to write
        out: PathBuf,
        /// Query and fragment, such as `?as-of=2025-05-10#q/age`
        #[arg(long, default_value = "")]
        at: String,
        /// Answers the device has kept, such as `works-in=zhuhai;age=30`
        #[arg(long)]
        answers: Option<String>,
        #[arg(long, default_value_t = 390)]
        width: u32,
        #[arg(long, default_value_t = 844)]
        height: u32,
        /// As somebody who prefers dark colours sees it
        #[arg(long)]
        dark: bool,
        /// The whole page, not only what fits on the screen
        #[arg(long)]
        whole: bool,
    },
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Serve(options) => serve::run(&xtask::root(), &options),
        Command::Test(options) => checks::run(&xtask::root(), &options),
        Command::Dist(settings) => dist::run(&xtask::root(), Build::Release, &settings).map(drop),
        Command::Rules(options) => rules::run(&xtask::root(), &options),
        Command::Weigh => weight::run(&xtask::root()),
        Command::Bench { .. } => in_a_browser("bench"),
        Command::Picture { .. } => in_a_browser("picture"),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a program of the end-to-end tests, which control the browser. They depend on this crate, so they are started by
/// cargo.
fn in_a_browser(program: &str) -> anyhow::Result<()> {
    let run = ["run", "--quiet", "--package", "e2e", "--bin", program, "--"].map(str::to_owned);
    Ok(cargo::run(&xtask::root(), run.into_iter().chain(std::env::args().skip(2)), &[])?)
}
