//! Whatever comes from outside is taken or refused: nothing panics, nothing goes on for ever, nothing fills the memory.
//!
//! Inputs are made of what is kept in `outside/corpus/` and of pieces that mean something, cut, joined and spoilt, the same in every
//! run. What was once a defect becomes a file there. What only a browser takes (fragments, messages between pages) is tried in
//! browsers, by `tests/e2e`.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use subsidy_checker::batch::Batch;
use subsidy_checker::consultation::Consultation;
use subsidy_checker::draft::Draft;
use subsidy_checker::engine::{self, Day};
use subsidy_checker::explain::explain;
use subsidy_checker::record;
use subsidy_checker::rules::{Date, Kind, TABLES};
use subsidy_checker::text::{self, Language, Text, built_in};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The memory is counted for the whole program, so one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Bytes that reading one input may take; the longest inputs have a tenth of it.
const MOST: usize = 16 * 1024 * 1024;

/// Runs of one target in every test.
const RUNS: u32 = 3_000;

fn as_of() -> Date {
    Date::parse("2025-05-10").unwrap()
}

/// What is kept for a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// Words that mean something: ids, values, separators, and what lies at some border.
fn pieces() -> Vec<Vec<u8>> {
    let marks =
        ["", ";", "=", ",", "\t", "\n", "\r", "\r\n", "\"", "\"\"", "{", "}", "[", "]", ":", ".", "-", "/", "#"];
    let signs =
        ["%", "_", " ", "\u{feff}", "\u{3000}", "\u{fffd}", "\0", "年", "月", "日", "岁", "分", "０", "𠮷", "é"];
    let values = "on=2025-05-10 dont-know 不清楚 null true 1 2 -1 0 65535 65536 18446744073709551616 1e400 0.5 2025-02-29 \
                  0000-00-00 9999-12-31 =1+2 \\u0000";
    let mut words: Vec<String> = marks.into_iter().chain(signs).chain(values.split(' ')).map(str::to_owned).collect();
    for question in TABLES.questions {
        words.push(question.name.to_owned());
        if let Kind::Choice(values) = question.kind {
            words.extend(values.iter().map(|value| value.id.to_owned()));
        }
    }
    words.into_iter().map(String::into_bytes).collect()
}

/// Pieces in a row, or something kept with pieces put in the place of parts of it.
fn inputs(kept: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => select(pieces()),
        1 => vec(any::<u8>(), 0..8),
        1 => "\\PC{0,6}".prop_map(String::into_bytes),
        1 => (select(pieces()), 1..2_000_usize).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    let edits = vec((any::<Index>(), 0..40_usize, piece.clone()), 0..6);
    prop_oneof![
        1 => vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        2 => (select(kept), edits).prop_map(|(mut input, edits)| {
            for (at, length, piece) in edits {
                let from = at.index(input.len() + 1);
                let to = input.len().min(from + length);
                input.splice(from..to, piece);
            }
            input
        }),
    ]
}

/// Puts everything to a target: what is kept, then what is made of it. For `lasting`, with other inputs in every round.
fn try_all(target: &str, kept: Vec<Vec<u8>>, lasting: Duration, read: impl Fn(&[u8])) {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let measured = |input: &[u8]| {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        read(input);
        let taken = MEMORY.peak_usage().saturating_sub(before);
        assert!(taken <= MOST, "{taken} bytes of memory for an input of {}", input.len());
    };
    kept.iter().for_each(|input| measured(input));
    let started = Instant::now();
    for round in 0_u64.. {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&round.to_le_bytes());
        let config = Config { cases: RUNS, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let done = runner.run(&inputs(kept.clone()), |input| {
            measured(&input);
            Ok(())
        });
        if let Err(TestError::Fail(why, input)) = &done {
            panic!("{target}: {why}\nkeep it in tests/outside/corpus/{target}/:\n{}", input.escape_ascii());
        }
        done.unwrap();
        if lasting < started.elapsed() {
            println!("{target}: {} inputs", (round + 1) * u64::from(RUNS));
            return;
        }
    }
}

fn text(input: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(input)
}

/// A record is read the same after it is written.
fn read_record(input: &[u8]) {
    let text = text(input);
    let read = [record::from_text(&TABLES, &text), record::from_address(&TABLES, &record::to_address(&text))];
    for record in read.into_iter().flatten() {
        let written = record::to_text(&TABLES, &record.answers, as_of());
        assert_eq!(record::from_text(&TABLES, &written).unwrap().answers, record.answers);
    }
    let _ = record::from_address(&TABLES, &text);
}

fn read_answers(input: &[u8]) {
    let text = text(input);
    for ask in [engine::findings, engine::next_question, engine::hints] {
        let (Ok(said) | Err(said)) = ask(&text, Day { as_of: Some("2025-05-10"), now: 0 });
        serde_json::from_str::<serde_json::Value>(&said).unwrap();
    }
    let _ = engine::findings("{\"goal\":\"claim\"}", Day { as_of: Some(&text), now: u64::MAX });
}

/// Every row of people that is read is written.
fn read_table(input: &[u8]) {
    let texts = Language::ALL.iter().map(|language| built_in(*language).unwrap()).collect();
    let mut written = Vec::new();
    let batch = Batch { tables: &TABLES, texts, as_of: as_of() };
    if batch.run(input, &mut written, |_| {}).is_ok() {
        String::from_utf8(written).unwrap();
    }
}

/// What is typed is an answer of its question, or wrong in one of its fields.
fn read_typed(input: &[u8]) {
    let text = text(input);
    for question in TABLES.questions.iter().filter(|question| !matches!(question.kind, Kind::Choice(_))) {
        for field in 0..3 {
            let mut draft = Draft::default();
            draft.type_in(field, text.clone().into_owned());
            draft.spread();
            if let Err((field, _)) = draft.read(question, as_of()) {
                assert!(field < 3);
            }
        }
    }
}

/// A language file of this build, or none: with whatever is accepted, everything can be said.
fn read_language(input: &[u8]) {
    let file = Box::into_raw(input.to_vec().into_boxed_slice());
    // SAFETY: nothing that is said refers to it any more when it is given back below.
    let input: &'static [u8] = unsafe { &*file };
    for messages in [text::FIRST, text::LATER].into_iter().filter_map(|begin| text::read(begin, input).ok()) {
        let messages = Box::into_raw(messages);
        // SAFETY: likewise.
        let text = Text::of(Language::ZH_HANS, unsafe { &*messages });
        let answers = record::from_text(&TABLES, "1;goal=claim;certificate-level=3;age=30").unwrap().answers;
        explain(text, &TABLES, &Consultation::new(&TABLES, &answers, as_of()), None).plain(text, "", "");
        // SAFETY: it was made by `Box::into_raw` above.
        drop(unsafe { Box::from_raw(messages) });
    }
    // SAFETY: it was made by `Box::into_raw` above.
    drop(unsafe { Box::from_raw(file) });
}

fn languages() -> Vec<Vec<u8>> {
    let read = |file| fs::read(format!("{}/{file}", env!("OUT_DIR"))).unwrap();
    ["zh-Hans.text", "zh-Hans.later.text", "en.text", "en.later.text"].map(read).to_vec()
}

#[test]
fn records() {
    try_all("record", corpus("record"), Duration::ZERO, read_record);
}

#[test]
fn answers_in_json() {
    try_all("answers", corpus("answers"), Duration::ZERO, read_answers);
}

#[test]
fn tables_of_people() {
    try_all("table", corpus("table"), Duration::ZERO, read_table);
}

#[test]
fn what_is_typed() {
    try_all("typed", corpus("typed"), Duration::ZERO, read_typed);
}

#[test]
fn language_files() {
    try_all("language", languages(), Duration::ZERO, read_language);
}

#[test]
#[ignore = "takes an hour; part of --long"]
fn everything_for_an_hour() {
    let each = Duration::from_secs(12 * 60);
    try_all("record", corpus("record"), each, read_record);
    try_all("answers", corpus("answers"), each, read_answers);
    try_all("table", corpus("table"), each, read_table);
    try_all("typed", corpus("typed"), each, read_typed);
    try_all("language", languages(), each, read_language);
}

/// What would be found is found.
#[test]
fn a_reader_that_takes_too_much_is_found() {
    let greedy = |input: &[u8]| drop(vec![1_u8; input.len() << 20]);
    let found = std::panic::catch_unwind(|| try_all("record", corpus("record"), Duration::ZERO, greedy));
    assert!(found.unwrap_err().downcast_ref::<String>().unwrap().contains("bytes of memory"));
}
