//! The command line: the same core, for offices and programs.

use std::{
    fs::File,
    io::{IsTerminal as _, Read, stderr, stdin, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, anyhow, bail};
use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use subsidy_checker::{
    batch::{Batch, Remark},
    contract,
    rules::{Date, TABLES, assess},
    text,
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
    /// Read a table of people, write the same table with the findings
    ///
    /// The first line names the columns: questions by their id or as the page words them, such as goal or 周岁; values
    /// the same. The column goal is needed, the others need not be there; an empty cell is open, "dont-know" and 不知道 are
    /// answers. Days may also be 2025/7/31, 2025.7.31 or 2025年7月31日. Other columns are passed through; a cell in which
    /// a spreadsheet would see a formula gets an apostrophe. Takes UTF-8 and GB18030, with comma, semicolon or tab, and
    /// writes UTF-8.
    ///
    /// Behind the input's columns come <finding>.state, .min and .max (yuan) of every finding, subsidy.last (the last day
    /// to claim) and error. A row that can't be read is reported with its line and column, the others are done, and the
    /// exit status is 2.
    Batch {
        /// The table; standard input if it is - or isn't given
        #[arg(default_value = "-")]
        file: PathBuf,
        /// The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
    },
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Assess { as_of } => as_of.map_or_else(today, Ok).and_then(assess_one),
        Command::Batch { file, as_of } => as_of.map_or_else(today, Ok).and_then(|as_of| assess_table(&file, as_of)),
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

fn assess_table(file: &Path, as_of: Date) -> anyhow::Result<()> {
    let text =
        text::zh_hans().map_err(|error| anyhow!("the wording can't be read: {error:?}. Build the program anew"))?;
    let (input, bytes) = open(file)?;
    let bar = bar(bytes);
    let remark = |remark: Remark| {
        let kind = if matches!(remark, Remark::Bad(_)) { "error" } else { "note" };
        bar.suspend(|| eprintln!("{kind}: {remark}"));
    };
    // Standard output by itself writes every line at once.
    let output = std::io::BufWriter::with_capacity(1 << 16, stdout().lock());
    let done = Batch { tables: &TABLES, text, as_of }.run(bar.wrap_read(input), output, remark);
    bar.finish_and_clear();
    let done = done?;
    if 0 < done.bad {
        bail!("{} of {} rows can't be read and have no findings. Correct them and run this again", done.bad, done.rows);
    }
    Ok(())
}

/// The table, and how long it is where that is known.
fn open(file: &Path) -> anyhow::Result<(Box<dyn Read>, Option<u64>)> {
    if file == Path::new("-") {
        return Ok((Box::new(stdin().lock()), None));
    }
    let name = file.display();
    let opened =
        File::open(file).with_context(|| format!("`{name}` can't be opened. Give a file, or - for standard input"))?;
    let length = opened.metadata().ok().filter(|about| about.is_file()).map(|about| about.len());
    Ok((Box::new(opened), length))
}

/// Only for people who see nothing else on their terminal.
fn bar(bytes: Option<u64>) -> ProgressBar {
    if !stderr().is_terminal() || stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match bytes {
        Some(bytes) => (ProgressBar::new(bytes), "{wide_bar} {percent} %  {eta}"),
        None => (ProgressBar::no_length(), "{spinner} {bytes}  {elapsed}"),
    };
    // A template that can't be read would only look different.
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn today() -> anyhow::Result<Date> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).context("the clock is before 1970")?;
    Date::in_shanghai(now.as_secs()).context("the clock is too far off. Give the day with --as-of")
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day of the calendar. Write it like 2025-12-01"))
}
