//! The command line for offices and programs, with the same core as the page. This file defines the arguments;
//! `commands` runs them.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use subsidy_checker::{commands, rules::Date, text::Language};

/// Who may sit the AI-trainer exam in Zhuhai, what it costs, and who gets which subsidy back.
#[derive(Parser)]
#[command(name = "checker", version, after_help = EXAMPLES, after_long_help = EXAMPLES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  echo '{\"goal\": \"enrol\", \"employer-member\": \"yes\"}' | checker assess --as-of 2025-05-10
  echo '{\"goal\": \"exam\", \"theory-score\": 60}' | checker explain
  checker batch people.csv > findings.csv
  checker rules --lang en
  checker tables > tables.json
  checker diff ../before .
  checker examples --accept

Exit status:
  0  done; of diff: nothing differs; of examples: all come out as they say
  1  of diff: a result, a question or a sentence differs; of examples: some come out otherwise
  2  the command line or its input is wrong; standard error says what and where

`checker help <command>` says more about each. Which questions and answers there are stands in
`checker tables` under \"question\".";

#[derive(Subcommand)]
enum Command {
    /// Read answers as one JSON object from standard input, write the findings as another
    ///
    /// Answers are ids and values, such as {"goal": "claim", "certificate-level": "3", "age": 30}. What is missing is
    /// open; every question but the goal also takes "dont-know". `checker tables` lists them all.
    #[command(after_long_help = "\
Example:
  echo '{\"goal\": \"claim\", \"certificate-level\": \"3\", \"age\": 30}' | checker assess --as-of 2025-12-01

Exit status:
  0  the findings are on standard output
  2  an answer can't be taken; standard error names its question and what that takes")]
    Assess {
        /// The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
    },
    /// Read a table of people, write the same table with the findings
    ///
    /// The first line names the columns: questions by their id or as the page words them, such as goal or 年龄; values
    /// the same. The column goal is needed, the others need not be there; an empty cell is open, "dont-know" and 不知道 are
    /// answers. Days may also be 2025/7/31, 2025.7.31 or 2025年7月31日. Other columns are passed through; a cell in which
    /// a spreadsheet would see a formula gets an apostrophe. Takes UTF-8 and GB18030, with comma, semicolon or tab, and
    /// writes UTF-8.
    ///
    /// Behind the input's columns come <finding>.state, .min and .max (yuan) of every finding, subsidy.last (the last day
    /// to claim) and error. A row that can't be read is reported with its line and column, and the others are done.
    #[command(after_long_help = "\
Example:
  checker batch people.csv --as-of 2025-12-01 > findings.csv

Exit status:
  0  every row has its findings
  2  some rows have none, with the reason in their column error and on standard error; or there is no table")]
    Batch {
        /// The table; standard input if it is - or isn't given
        #[arg(default_value = "-")]
        file: PathBuf,
        /// The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
    },
    /// Read answers as `assess` does, write the result for people
    ///
    /// What the page says as plain text: the answer, the sum, days, every criterion with its clause and state, what would
    /// change it, and whom to ask. Only the answers that matter are used; while a question that matters is open, the text
    /// says so.
    #[command(after_long_help = "\
Example:
  echo '{\"goal\": \"claim\", \"certificate-level\": \"3\", \"age\": 30}' | checker explain --as-of 2025-12-01

Exit status:
  0  the text is on standard output
  2  an answer can't be taken; standard error names its question and what that takes")]
    Explain {
        /// The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
        #[arg(long, value_parser = language, default_value = Language::FIRST.id(), help = languages())]
        lang: Language,
    },
    /// Write all rules for people: every clause with its source, validity and basis, and what is not known
    ///
    /// What the page's rule book says as plain text.
    #[command(after_long_help = "\
Example:
  checker rules --lang en

Exit status:
  0  the text is on standard output
  2  it can't be written")]
    Rules {
        /// The day that ended rules are told by, such as 2025-12-01; today in Asia/Shanghai if it isn't given
        #[arg(long, value_parser = day)]
        as_of: Option<Date>,
        #[arg(long, value_parser = language, default_value = Language::FIRST.id(), help = languages())]
        lang: Language,
    },
    /// Write all rules as one JSON object: amounts, days, criteria, questions, sources
    ///
    /// For programs that want the data and decide by themselves. Its shape is rules/rules.schema.json; keys are those
    /// of the files in rules/, wording is Simplified Chinese.
    #[command(after_long_help = "\
Example:
  checker tables > tables.json

Exit status:
  0  the tables are on standard output
  2  they can't be written")]
    Tables,
    /// Compare two folders of tables by who gets another result, and by questions and wording
    ///
    /// Puts the worked examples of both folders and many random people to both tables, and says on one screen how many
    /// get a better or worse result, by finding, with the shortest answers that show it; which examples come out
    /// otherwise; which questions and answers are new or gone; and which sentences differ. The people are drawn at the
    /// numbers and days that either of the tables mentions, so their shares are not those of any real group, and they are
    /// the same in every run. A question or answer that one of the tables doesn't have is left out on that side.
    ///
    /// Better is a better state (not-met, unknown, met), or more subsidy, or less to pay. On a day on which only one of
    /// the tables has a class, it is another class, neither better nor worse. Where only one of them has rules for the
    /// day, it is compared with what the last known rules of the other would give. Who is better off in one finding and worse
    /// in another is under other changes, and so is who only has another deadline, cause, place or criterion.
    #[command(after_long_help = "\
Example, in a project with changed tables:
  git worktree add ../before HEAD
  checker diff ../before .

Exit status:
  0  nothing differs
  1  a result, a question or a sentence differs
  2  a folder can't be read, or its tables are wrong; standard error names all that is wrong")]
    Diff {
        /// The folder as it was: with rules/ and locales/ in it, or its rules/
        old: PathBuf,
        /// The folder as it is now
        new: PathBuf,
        /// How many random people are tried
        #[arg(long, default_value_t = 100_000, value_name = "N")]
        people: u32,
        /// List everything, with a worked example to paste into rules/cases/ for each kind of change
        #[arg(long)]
        all: bool,
        #[arg(long, value_parser = language, default_value = Language::FIRST.id(), help = languages())]
        lang: Language,
    },
    /// Compare the worked examples of rules/cases/ with what comes out
    ///
    /// For an example that comes out otherwise: file and line, what it states and what comes out, the criteria behind that
    /// with their rules, and the example as TOML to paste. Either the rules are wrong, or the example is of earlier ones.
    /// With --accept it is asked of each whether what comes out is right; then it is written into its file, where comments
    /// and order stay as they are.
    #[command(after_long_help = "\
Example, in a project with changed tables:
  checker examples --accept

Exit status:
  0  all examples come out as they say, or have been accepted
  1  some don't
  2  the tables or the examples can't be read; standard error says what and where")]
    Examples {
        /// The folder with rules/ and locales/ in it
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// Ask of each whether what comes out is right, and write what is
        #[arg(long)]
        accept: bool,
        /// Don't ask: all are right. Each is shown all the same
        #[arg(long, requires = "accept")]
        yes: bool,
    },
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Assess { as_of } => commands::assess(as_of),
        Command::Batch { file, as_of } => commands::batch(&file, as_of),
        Command::Explain { as_of, lang } => commands::explain(as_of, lang),
        Command::Rules { as_of, lang } => commands::rules(as_of, lang),
        Command::Tables => commands::tables(),
        Command::Diff { old, new, people, all, lang } => commands::diff(&old, &new, people, lang, all),
        Command::Examples { folder, accept, yes } => commands::examples(&folder, accept, yes),
    };
    match done {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {error:#}");
            // Input errors have the same exit status as errors of the argument parser.
            ExitCode::from(2)
        }
    }
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_id(text).ok_or_else(|| format!("there is no language `{text}`. Write one of {}", languages()))
}

fn languages() -> String {
    Language::ALL.iter().map(|one| one.id()).collect::<Vec<_>>().join(", ")
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day of the calendar. Write it like 2025-12-01"))
}
