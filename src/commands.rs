//! The subcommands. They connect standard input, files and the terminal to the library.
//!
//! They are separate from `src/bin/checker.rs`, which only defines the command line. They contain little logic:
//! reading, comparison and wording are in `contract`, `batch`, `export` and `diff`.

use std::{
    fs::File,
    io::{self, BufRead as _, ErrorKind, IsTerminal as _, Read, Write as _, stderr, stdin, stdout},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context as _, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    batch::{Batch, Remark},
    consultation::Consultation,
    contract,
    diff::{Folder, Pair},
    examples, explain, export,
    people::Crowd,
    rule_book,
    rules::{self, Answers, Date, TABLES},
    text::{self, Language, Text},
};

/// The seed of the random people, the same in every comparison.
const SEED: u64 = 2025;

/// The template of a progress bar whose total is known.
const SHARE: &str = "{wide_bar} {percent} %  {eta}";

/// Reads answers from standard input and writes their findings as JSON.
///
/// # Errors
///
/// The answers are not accepted; all errors are listed.
pub fn assess(as_of: Option<Date>) -> anyhow::Result<ExitCode> {
    let (answers, as_of) = answers(as_of)?;
    let found = contract::to_json(&TABLES, &rules::assess(&TABLES, &answers, as_of));
    print(&serde_json::to_string_pretty(&found)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads answers from standard input and writes the explained result as text.
///
/// # Errors
///
/// The answers are not accepted; all errors are listed.
pub fn explain(as_of: Option<Date>, language: Language) -> anyhow::Result<ExitCode> {
    let (answers, as_of) = answers(as_of)?;
    let now = today().ok();
    let text = wording(language)?;
    let explained = explain::explain(text, &TABLES, &Consultation::new(&TABLES, &answers, as_of), now);
    print(&explained.plain(text, &text.date(as_of), TABLES.version))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads answers as JSON from standard input. Returns them with the as-of date, which is today if none is given.
fn answers(as_of: Option<Date>) -> anyhow::Result<(Answers, Date)> {
    let as_of = as_of.map_or_else(today, Ok)?;
    let mut input = String::new();
    io::stdin().read_to_string(&mut input).context("the answers can't be read as UTF-8 text")?;
    let input = serde_json::from_str(&input).context("the answers can't be read")?;
    let answers = contract::answers_from_json(&TABLES, &input, as_of).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\nerror: "))
    })?;
    Ok((answers, as_of))
}

/// Reads a table of people and writes it with their findings.
///
/// # Errors
///
/// The table, or a row of it, can't be read.
pub fn batch(file: &Path, as_of: Option<Date>) -> anyhow::Result<ExitCode> {
    let as_of = as_of.map_or_else(today, Ok)?;
    let texts = Language::ALL.iter().map(|one| wording(*one)).collect::<anyhow::Result<Vec<_>>>()?;
    let (input, bytes) = open(file)?;
    let bar = bar(bytes);
    let remark = |remark: Remark| {
        let kind = if matches!(remark, Remark::Bad(_)) { "error" } else { "note" };
        bar.suspend(|| eprintln!("{kind}: {remark}"));
    };
    // Standard output alone is flushed after every line.
    let output = io::BufWriter::with_capacity(1 << 16, stdout().lock());
    let done = Batch { tables: &TABLES, texts, as_of }.run(bar.wrap_read(input), output, remark);
    bar.finish_and_clear();
    let done = done?;
    if 0 < done.bad {
        bail!("{} of {} rows can't be read and have no findings. Correct them and run this again", done.bad, done.rows);
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes all tables as JSON.
///
/// # Errors
///
/// Standard output can't be written.
pub fn tables() -> anyhow::Result<ExitCode> {
    print(&serde_json::to_string_pretty(&export::to_json(&TABLES, wording(Language::FIRST)?))?)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the rule book as text.
///
/// # Errors
///
/// Standard output can't be written.
pub fn rules(as_of: Option<Date>, language: Language) -> anyhow::Result<ExitCode> {
    let as_of = as_of.map_or_else(today, Ok)?;
    print(&rule_book::plain(wording(language)?, &TABLES, &rules::assess(&TABLES, &Answers::NONE, as_of)))?;
    Ok(ExitCode::SUCCESS)
}

/// Compares two folders of tables, in a summary or, if `all`, with everything that differs. The exit status is 1 if
/// they differ.
///
/// # Errors
///
/// A folder can't be read; all errors of both are listed.
pub fn diff(old: &Path, new: &Path, people: u32, language: Language, all: bool) -> anyhow::Result<ExitCode> {
    let text = wording(language)?;
    let read = |which: &str, path: &Path| {
        Folder::read(path).map_err(|errors| anyhow!("in {which} (`{}`):\n{errors}", path.display()))
    };
    // Reports the errors of both folders at once.
    let (old, new) = match (read("OLD", old), read("NEW", new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(old), Err(new)) => bail!("{old}\nerror: {new}"),
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let examples = Folder::examples_of_both(&old, &new);
    // Like the tables, they live as long as the program.
    let pair = Pair { old: Box::leak(Box::new(old)), new: Box::leak(Box::new(new)) };
    let mut crowd = Crowd::new(&[pair.old.tables, pair.new.tables], SEED);
    let bar =
        if stderr().is_terminal() { styled(ProgressBar::new(u64::from(people)), SHARE) } else { ProgressBar::hidden() };
    let tried = bar.wrap_iter((0..people).map(|_| crowd.person()));
    let report = pair.report(examples, tried);
    bar.finish_and_clear();
    print(&if all { report.whole(text) } else { report.summary(text) })?;
    Ok(if report.differs() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Compares the worked examples of a folder with what its tables give. With `accept` it asks of each that comes out
/// otherwise whether that is right, unless all are said to be, and writes it. The exit status is 1 if one is left.
///
/// # Errors
///
/// The tables or the examples can't be read, or a file can't be written.
pub fn examples(folder: &Path, accept: bool, all_right: bool) -> anyhow::Result<ExitCode> {
    let set: &'static tables::Set = Box::leak(Box::new(tables::read(folder)?));
    let all = examples::read(folder)?;
    let (mut otherwise, mut written) = (0_usize, 0_usize);
    for example in &all {
        let Some(difference) = example.difference(set).map_err(|what| anyhow!(what))? else { continue };
        otherwise = otherwise.saturating_add(1);
        print(&difference.report(folder)?)?;
        if accept && (all_right || agreed()?) {
            difference.accept(folder).with_context(|| format!("`{}` can't be written", example.file))?;
            print(&format!("Written to {}.\n", example.file))?;
            written = written.saturating_add(1);
        }
    }
    let (count, left) = (all.len(), otherwise.saturating_sub(written));
    print(&match (otherwise, left) {
        (0, _) => format!("{count} worked examples come out as they say"),
        (_, 0) => format!("{written} of {count} worked examples came out otherwise and were written"),
        _ => format!(
            "{left} of {count} worked examples come out otherwise. Mend the rules; or, if what comes out is right, \
             accept it: cargo xtask rules --accept"
        ),
    })?;
    Ok(if left == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks whether the example that was shown is right. Everything but `y` is no, also the end of the input.
fn agreed() -> anyhow::Result<bool> {
    let mut stdout = stdout().lock();
    write!(stdout, "Is that right? y writes it, anything else leaves it: ")?;
    stdout.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    writeln!(stdout)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Returns the built-in wording of a language.
fn wording(language: Language) -> anyhow::Result<Text> {
    text::built_in(language).map_err(|error| anyhow!("the wording can't be read: {error:?}. Build the program anew"))
}

/// Prints text and a line end to standard output. It is no error if the reader closes the pipe early.
fn print(text: &str) -> anyhow::Result<()> {
    match writeln!(stdout().lock(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("standard output can't be written"),
        _ => Ok(()),
    }
}

/// Opens the table. Returns its length in bytes if that is known.
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

/// Returns a progress bar. It is hidden unless standard error is a terminal and standard output is not.
fn bar(bytes: Option<u64>) -> ProgressBar {
    if !stderr().is_terminal() || stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    match bytes {
        Some(bytes) => styled(ProgressBar::new(bytes), SHARE),
        None => styled(ProgressBar::no_length(), "{spinner} {bytes}  {elapsed}"),
    }
}

/// Sets the template of a bar. A wrong template is replaced by the default one, because it affects only the
/// appearance.
fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Returns today's date in Asia/Shanghai.
fn today() -> anyhow::Result<Date> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).context("the clock is before 1970")?;
    Date::in_shanghai(now.as_secs()).context("the clock is too far off. Give the day with --as-of")
}
