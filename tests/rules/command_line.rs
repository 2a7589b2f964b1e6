//! `checker assess`, `checker explain` and `checker rules` as programs: text in, text and exit status out.
//!
//! Other tests check the findings. Here, answers are accepted in the form of the contract, or refused with their
//! question and the values that it accepts.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use subsidy_checker::{
    rules::{TABLES, boundaries},
    text::{Language, built_in},
};

/// Returns exit status, standard output and standard error.
fn run(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn refused(input: &str, expected: &str) {
    let (status, told, error) = run(&["assess", "--as-of", "2025-12-01"], input);
    assert_eq!((status, told.as_str()), (Some(2), ""), "{error}");
    assert_eq!(error.trim_end(), format!("error: {expected}"));
}

#[test]
fn an_answer_that_cannot_be_taken_is_named_with_what_its_question_takes() {
    let age = "It takes a whole number from 0 to 120, or dont-know";
    for (value, said) in [
        ("\"thirty\"", "thirty"),
        ("121", "121"),
        ("-1", "-1"),
        ("30.5", "30.5"),
        ("30.0", "30.0"),
        ("\"\"", ""),
        ("null", "null"),
        ("true", "true"),
        ("[30]", "[30]"),
    ] {
        refused(&format!("{{\"goal\":\"enrol\",\"age\":{value}}}"), &format!("`age`: can't be `{said}`. {age}"));
    }
    let date = "It takes a day such as 2025-07-31, not after the as-of date, or dont-know";
    for day in ["2025-02-30", "2025-7-31", "31.7.2025", "yesterday"] {
        refused(
            &format!("{{\"goal\":\"claim\",\"certificate-date\":\"{day}\"}}"),
            &format!("`certificate-date`: can't be `{day}`. {date}"),
        );
    }
    refused(
        "{\"goal\":\"claim\",\"certificate-date\":\"2025-12-02\"}",
        &format!("`certificate-date`: can't be 2025-12-02, after the as-of date 2025-12-01. {date}"),
    );
    let goal = "It takes one of enrol, exam, claim";
    refused("{}", &format!("`goal`: is missing. {goal}"));
    refused("{\"goal\":\"dont-know\"}", &format!("`goal`: can't be `dont-know`. {goal}"));
    refused(
        "{\"goal\":\"exam\",\"shoe-size\":43}",
        "`shoe-size`: is no question. The tables list them, under `question`",
    );
    refused("{\"goal\":\"enrol\",\"age\":30,\"age\":70}", "`age`: is answered twice. Leave one answer out");
    // All that is wrong at once.
    refused(
        "{\"age\":200,\"sex\":\"x\"}",
        &format!(
            "`age`: can't be `200`. {age}\nerror: `sex`: can't be `x`. It takes one of female, male, or dont-know\nerror: `goal`: is missing. {goal}"
        ),
    );
    for input in ["", "goal=enrol", "[]", "\"enrol\"", "{\"goal\":\"enrol\"} x"] {
        let (status, told, error) = run(&["assess"], input);
        assert_eq!((status, told.as_str()), (Some(2), ""), "{input}");
        assert!(error.starts_with("error: the answers can't be read: "), "{error}");
    }
    let (status, _, error) = run(&["assess", "--as-of", "2025-02-30"], "{\"goal\":\"enrol\"}");
    assert_eq!(status, Some(2));
    assert!(error.contains("`2025-02-30` is no day of the calendar. Write it like 2025-12-01"), "{error}");
}

#[track_caller]
fn explained(as_of: &str, input: &str, parts: &[&str], absent: &[&str]) {
    let (status, told, error) = run(&["explain", "--as-of", as_of], input);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    let mut rest = told.as_str();
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("`{part}` doesn't follow in {told}")).1;
    }
    for part in absent {
        assert!(!told.contains(part), "`{part}` is in {told}");
    }
}

/// An open question doesn't hide answers to questions after it.
#[test]
fn everything_that_was_said_and_matters_is_used() {
    explained(
        "2025-10-01",
        "{\"goal\":\"claim\",\"age\":70}",
        &["按您的回答，领不到这项补贴", "您的年龄不在规定范围内。（S1）"],
        &[],
    );
    explained(
        "2025-05-01",
        "{\"goal\":\"enrol\",\"employer-member\":\"no\",\"age\":70}",
        &["领不到", "全部自己出 3500元"],
        &[],
    );
    explained(
        "2025-08-01",
        "{\"goal\":\"exam\",\"practice-score\":50,\"attendance\":80}",
        &["考试不合格", "补考费 410元"],
        &["合不合格"],
    );
}

#[test]
fn what_has_to_be_known_before_any_amount_comes_first() {
    let may_not = "{\"goal\":\"enrol\",\"work-field\":\"this\",\"years-worked\":1,\"certificate-held\":\"none\",\
                   \"title\":\"none\",\"education\":\"none\",\"works-in\":\"zhuhai\",\"employer-member\":\"yes\",\
                   \"household\":\"zhuhai\",\"insurance\":\"zhuhai-employee\",\"age\":30,\"established-post\":\"no\",\
                   \"full-time-student\":\"no\",\"pension\":\"no\"}";
    explained("2025-04-05", may_not, &["还不符合三级（高级工）的一般报考条件", "预计能领回3120元", "发证和申领"], &[]);
    // A class that is over promises no certificate.
    explained("2025-08-01", may_not, &["这一期培训班已经结束"], &["发证和申领（"]);
}

/// Each reason against a resit is shown on its own.
#[test]
fn a_resit_is_refused_with_its_reason() {
    let marks = |practice: u8, passed_on: &str, used: &str| {
        format!(
            "{{\"goal\":\"exam\",\"theory-score\":60,\"practice-score\":{practice},\"passed-on\":\"{passed_on}\",\"resit-used\":\"{used}\",\"attendance\":90}}"
        )
    };
    let c = |input: &str, said: &[&str], absent: &[&str]| explained("2026-08-01", input, said, absent);
    let (failed, used, over) = ("两科都没有合格", "只能补考一次。（X2）", "只保留到2026年7月5日，已经过期。（X2）");
    c(&marks(59, "2025-12-05", "yes"), &[used], &[failed, "已经过期", "补考稳妥的最后一天"]);
    c(&marks(59, "2025-07-05", "no"), &[over], &[failed, "只能补考一次。（X2）"]);
    // One reason is enough: what else may stand in the way isn't asked.
    c(&marks(59, "2025-07-05", "yes"), &[over], &[failed]);
    c(&marks(59, "2025-12-05", "yes").replace("\"theory-score\":60", "\"theory-score\":59"), &[failed], &["已经过期"]);
    c(&marks(59, "2025-12-05", "no"), &["补考稳妥的最后一天"], &[failed, "已经过期", "只能补考一次。（X2）"]);
    c(&marks(60, "2025-12-05", "no"), &["考试合格"], &[failed, "不能只补考一科"]);
}

#[test]
fn in_each_language() {
    let input = "{\"goal\":\"claim\",\"age\":70}";
    for (language, said) in [("zh-Hans", "领不到"), ("zh-Hant", "領不到"), ("en", "cannot")] {
        let (status, told, error) = run(&["explain", "--as-of", "2025-10-01", "--lang", language], input);
        assert_eq!((status, error.as_str()), (Some(0), ""));
        assert!(told.lines().next().is_some_and(|first| first.contains(said)), "{told}");
    }
    let (status, _, error) = run(&["explain", "--lang", "fr"], input);
    assert_eq!(status, Some(2));
    assert!(error.contains("there is no language `fr`. Write one of zh-Hans, zh-Hant, en"), "{error}");
}

/// The rule book contains every clause, every document and every occupation with an amount, in each language.
#[test]
fn the_rule_book_is_whole() {
    for language in Language::ALL {
        let text = built_in(*language).unwrap();
        let (status, book, _) = run(&["rules", "--as-of", "2026-01-15", "--lang", language.id()], "");
        assert_eq!(status, Some(0));
        let lines: Vec<&str> = book.lines().map(str::trim_start).collect();
        let criteria = boundaries::criteria(&TABLES).into_iter().map(|one| one.id);
        let told = TABLES.courses.iter().flat_map(|course| course.information).chain(TABLES.information);
        for id in criteria.chain(told.map(|one| one.clause)) {
            assert!(lines.iter().any(|line| line.starts_with(&format!("{id} "))), "{id} isn't in {book}");
        }
        let names = TABLES.catalogues.iter().flat_map(|one| one.rows).map(|row| {
            let occupation = TABLES.occupations[usize::from(row.occupation)];
            format!("· {}", text.get(occupation.name))
        });
        for words in names.chain(TABLES.sources.iter().map(|source| format!("· {}", text.document(source)))) {
            assert!(lines.iter().any(|line| line.starts_with(&words)), "`{words}` isn't in {book}");
        }
    }
}
