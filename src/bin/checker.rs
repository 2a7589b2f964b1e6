//! The command line: the same core, for offices and programs.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use subsidy_checker::{
    contract,
    rules::{Date, TABLES, assess},
};

/// Who may sit the AI-trainer exam in Zhuhai, what it costs, and who gets which subsidy back.
#[derive(Parser)]
#[command(name = "checker", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read answers as one JSON object from standard input, write the findings as another
    ///
    /// Answers are ids and values, such as {"goal": "claim", "certificate-level": "3", "age": 30}. What is missing is
    /// open; every question but the goal also takes "dont-know".
    Assess {
        /// The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
    },
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Assess { as_of } => as_of.map_or_else(today, Ok).and_then(assess_one),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            // Bad input, as the parser of the command line has it too.
            ExitCode::from(2)
        }
    }
}

fn assess_one(as_of: Date) -> anyhow::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).context("the answers can't be read as UTF-8 text")?;
    let input = serde_json::from_str(&input).context("the answers are no JSON")?;
    match contract::answers_from_json(&TABLES, &input, as_of) {
        Ok(answers) => {
            let found = contract::to_json(&TABLES, &assess(&TABLES, &answers, as_of));
            println!("{}", serde_json::to_string_pretty(&found)?);
            Ok(())
        }
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            bail!("{}", lines.join("\nerror: "))
        }
    }
}

fn today() -> anyhow::Result<Date> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).context("the clock is before 1970")?;
    Date::in_shanghai(now.as_secs()).context("the clock is too far off. Give the day with --as-of")
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day of the calendar. Write it like 2025-12-01"))
}
