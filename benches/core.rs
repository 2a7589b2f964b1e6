//! How long the core takes, on one core: `cargo bench --no-default-features --features cli`.
//!
//! Figures mean something beside each other, in one run; alone they say more about the machine.

use subsidy_checker::{
    flow,
    rules::{Answer, Answers, Date, TABLES, advice, assess, read},
};

fn main() {
    divan::main();
}

const AS_OF: &str = "2025-05-10";

/// Everything that somebody who considers the class is asked.
const SOMEBODY: [(&str, &str); 17] = [
    ("goal", "enrol"),
    ("work-field", "this"),
    ("years-worked", "3"),
    ("certificate-held", "none"),
    ("title", "none"),
    ("education", "university"),
    ("major", "matching"),
    ("study-status", "graduated"),
    ("works-in", "zhuhai"),
    ("employer-member", "no"),
    ("household", "zhuhai"),
    ("insurance", "zhuhai-employee"),
    ("age", "30"),
    ("established-post", "no"),
    ("full-time-student", "no"),
    ("pension", "no"),
    ("front-line-post", "yes"),
];

/// The first so many answers; of those, the given questions are answered by not knowing.
fn answers(count: usize, unknown: &[&str]) -> Answers {
    let mut answers = Answers::NONE;
    for (id, value) in SOMEBODY.iter().take(count) {
        let question = TABLES.question_named(id).expect("a question");
        let answer = read(question, value).expect("an answer");
        answers.set(question.id, Some(if unknown.contains(id) { Answer::DontKnow } else { answer }));
    }
    answers
}

fn as_of() -> Date {
    Date::parse(AS_OF).expect("a day")
}

const FIVE: [&str; 5] = ["years-worked", "education", "household", "insurance", "age"];

#[divan::bench]
fn assess_a_decided_person(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(usize::MAX, &[]), as_of());
    bencher.bench(|| assess(&TABLES, divan::black_box(&answers), as_of));
}

#[divan::bench]
fn assess_with_five_not_known(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(usize::MAX, &FIVE), as_of());
    bencher.bench(|| assess(&TABLES, divan::black_box(&answers), as_of));
}

#[divan::bench]
fn assess_with_nothing_but_the_goal(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(1, &[]), as_of());
    bencher.bench(|| assess(&TABLES, divan::black_box(&answers), as_of));
}

#[divan::bench]
fn assess_after_the_rules_have_ended(bencher: divan::Bencher) {
    let answers = answers(usize::MAX, &[]);
    let as_of = Date::parse("2026-11-24").expect("a day");
    bencher.bench(|| assess(&TABLES, divan::black_box(&answers), as_of));
}

/// Text in and text out, as other people's programs have it.
#[cfg(feature = "json")]
#[divan::bench]
fn assess_a_decided_person_as_json(bencher: divan::Bencher) {
    use subsidy_checker::engine::{Day, findings};
    let each: Vec<String> = SOMEBODY
        .iter()
        .map(|(id, value)| match value.parse::<u16>() {
            Ok(number) => format!("\"{id}\":{number}"),
            Err(_) => format!("\"{id}\":\"{value}\""),
        })
        .collect();
    let answers = format!("{{{}}}", each.join(","));
    let day = Day { as_of: Some(AS_OF), now: 0 };
    bencher.bench(|| findings(divan::black_box(&answers), day));
}

#[divan::bench]
fn next_question_half_way(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(9, &[]), as_of());
    bencher.bench(|| flow::replay(&TABLES, divan::black_box(&answers), as_of));
}

/// What "about 4 more pages" costs, with nothing but the goal known.
#[divan::bench]
fn pages_ahead_at_the_beginning(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(1, &[]), as_of());
    let path = flow::replay(&TABLES, &answers, as_of);
    bencher.bench(|| flow::pages_after_next(&TABLES, divan::black_box(&path), as_of));
}

#[divan::bench]
fn advice_for_a_decided_person(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(usize::MAX, &[]), as_of());
    bencher.bench(|| advice(&TABLES, divan::black_box(&answers), as_of));
}

#[divan::bench]
fn advice_with_five_not_known(bencher: divan::Bencher) {
    let (answers, as_of) = (answers(usize::MAX, &FIVE), as_of());
    bencher.bench(|| advice(&TABLES, divan::black_box(&answers), as_of));
}

/// Rows of a table, read, judged and written.
#[cfg(feature = "cli")]
#[divan::bench(sample_count = 10)]
fn ten_thousand_rows(bencher: divan::Bencher) {
    use subsidy_checker::{
        batch::Batch,
        text::{self, Language},
    };

    let rows = 10_000;
    let line = |part: fn(&(&'static str, &'static str)) -> &'static str| {
        let parts: Vec<_> = SOMEBODY.iter().map(part).collect();
        parts.join(",") + "\n"
    };
    let table = line(|(id, _)| id) + &line(|(_, value)| value).repeat(rows);
    let batch =
        Batch { tables: &TABLES, texts: vec![text::built_in(Language::FIRST).expect("the wording")], as_of: as_of() };
    bencher.counter(divan::counter::ItemsCount::new(rows)).bench(|| {
        batch.run(divan::black_box(table.as_bytes()), std::io::sink(), |remark| panic!("{remark}")).expect("a table")
    });
}
