//! The trial: staff of the association change the rules by tables and wording alone, all at once. The page then says the same
//! everywhere: of the class of 2025 what it said before, of that of 2026 what is new.

use std::fs;

use e2e::people::{CLAIM, ENROL, EXAM};
use e2e::{Page, Visit, journey};
use serde_json::json;

mod changes;

const THEN: &str = "?as-of=2025-05-10";
const NOW: &str = "?as-of=2026-04-01";

/// Of the next class: its name, the fee for everybody, that for members, and whom to call.
const CLASS: [&str; 4] = ["2026年第1期", "3780元", "3333元", "10000000001"];
const PAST: [&str; 2] = ["第3期", "17377872077"];

const REFUSED: &str = "每人一生的次数已经用完。（S9.1）";

/// Of the last day for a claim: once a successor of the regulation is known, it isn't the end of the old one.
const LAST_DAY: [&str; 4] = ["2025年12月31日", "2026年4月19日", "2026年4月20日", "【换个情况会怎样】"];

/// Gives what was copied to the test.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: function (text) { window.copied = text; return Promise.resolve(); } } });";

/// The answers of one of the invented people, with others.
fn but(record: &str, others: &str) -> String {
    let id = |answer: &str| answer.split('=').next().unwrap().to_owned();
    let said: Vec<_> = others.split(';').map(id).collect();
    record.split(';').filter(|one| !said.contains(&id(one))).chain([others]).collect::<Vec<_>>().join(";")
}

/// Returns the visible text of some elements.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    let all = page.script(&format!(
        "return Array.prototype.map.call(document.querySelectorAll('{selector}'), function (one) {{ return one.innerText; }});"
    ));
    all.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Opens a result and returns what people copy of it, without the version of the tables.
fn copied(page: &mut Page, query: &str, record: &str) -> String {
    page.open_with(query, "#result", record);
    page.press("复制全部文字");
    page.see("已复制");
    let text = page.script("return window.copied;").as_str().unwrap().to_owned();
    text.lines().filter(|line| !line.contains("规则表版本")).collect::<Vec<_>>().join("\n")
}

/// What the page says of the class of 2025 while it is running: header, start, two results, the note of a remittance, and the
/// clauses of the class.
fn of_the_past(page: &mut Page) -> Vec<String> {
    page.before_every_page(CLIPBOARD);
    page.open(THEN);
    let mut said = texts(page, "header");
    said.extend(texts(page, "main > *").into_iter().filter(|line| !line.contains(CLASS[0])));
    said.push(copied(page, THEN, ENROL));
    said.push(copied(page, THEN, &but(CLAIM, "certificate-date=2025-04-20")));
    page.open_with("?as-of=2025-04-10", "#result", ENROL);
    page.enter_in("报名人姓名", "李明");
    page.see("李明三级软协第");
    said.extend(texts(page, ".carry"));
    page.open(&format!("{THEN}#rules"));
    page.see_heading("规则一览");
    said.extend(texts(page, ".book li").into_iter().filter(|one| one.starts_with('C') && !one.contains("2026年")));
    let said = said.join("\n");
    said.lines()
        .filter(|line| !line.is_empty() && LAST_DAY.iter().all(|one| !line.contains(one)))
        .map(str::to_owned)
        .collect()
}

/// Names the next class, and not the one before.
#[track_caller]
fn is_of_next(place: &str, text: &str, expected: &[&str]) {
    let squeezed: String = text.split_whitespace().collect();
    for words in expected {
        assert!(squeezed.contains(words), "{place} doesn't say {words}: {text}");
    }
    for words in PAST {
        assert!(!squeezed.contains(words), "{place} says {words}: {text}");
    }
}

fn next_class(page: &mut Page) {
    page.before_every_page(CLIPBOARD);
    page.open(NOW);
    is_of_next("the header", &texts(page, "header").join("\n"), &[CLASS[0]]);
    is_of_next("the start", &texts(page, "body").join("\n"), &[CLASS[0]]);
    let enrol = copied(page, NOW, &but(ENROL, "times-paid=0"));
    is_of_next("the text to copy", &enrol, &[CLASS[1], CLASS[3]]);
    let member = copied(page, NOW, &but(ENROL, "times-paid=0;employer-member=yes"));
    is_of_next("that of a member", &member, &[CLASS[2], CLASS[3]]);
    page.enter_in("报名人姓名", "李明");
    page.see("李明三级软协第1期人工智能训练师培训费");
    is_of_next("the result", &texts(page, "body").join("\n"), &[CLASS[2], CLASS[3]]);
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    is_of_next("the print", &texts(page, "body").join("\n"), &[CLASS[2], CLASS[3]]);
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.open(&format!("{NOW}&lang=zh-Hans#session"));
    page.wait_until("return !!document.querySelector('dialog.cover');");
    is_of_next("the session", &texts(page, "body").join("\n"), &[]);
    page.open(&format!("{NOW}#rules"));
    page.see_heading("规则一览");
    let rows = texts(page, ".book li");
    let said = |words: &str| rows.iter().any(|row| row.contains(words));
    assert!(CLASS.iter().chain(&PAST).all(|words| said(words)), "{rows:?}");
    // What was only heard of class C doesn't stand beside the amounts of class C.
    assert!(!rows.iter().any(|row| row.contains("C类多少钱") && row.contains("2026年版")), "{rows:?}");
    assert!(said("C类多少钱"));
}

/// People who claim in 2026, or have sat the exam.
fn people(page: &mut Page) {
    let claim = but(CLAIM, "certificate-date=2026-02-10");
    // The new question is asked, and decides.
    for (times, seen) in [("2", "预计能领2880元"), ("3", REFUSED), ("4", REFUSED)] {
        page.open_with(NOW, "#q/paid-same", &claim);
        page.press("继续");
        page.see_heading("您一共领过几次这项补贴？");
        page.enter(times);
        page.press("继续");
        page.see(seen);
        page.not_see("最多领三次");
    }
    // Occupations are found by what is typed: one of the new list, and one of class C outside it.
    for (typed, name, seen) in
        [("云计算", changes::NEW[1].1, "预计能领2880元"), ("9-00-00-302", "职业9-00-00-302", "预计能领1100元")]
    {
        page.open_with(NOW, "#q/certificate-occupation", &but(&claim, "times-paid=0"));
        page.enter(typed);
        page.see("找到1个职业");
        page.choose(name);
        page.press("继续");
        page.open(&format!("{NOW}#result"));
        page.see(seen);
    }
    let there = "times-paid=0;household=guangzhou;insurance=guangzhou-employee;works-in=guangzhou";
    page.open_with(NOW, "#result", &but(&claim, there));
    page.see("预计能领2880元");
    page.see("可以向广州的人社部门申领");
    // A level-2 exam has three marks, and each subject its fee.
    for (marks, fee) in [(["70", "50", "70"], "500元"), (["70", "50", "55"], "810元")] {
        page.open_with(NOW, "#q/theory-score", "1;goal=exam;target-level=2");
        for (label, mark) in ["理论成绩", "实操成绩", "评审成绩"].into_iter().zip(marks) {
            page.enter_in(label, mark);
        }
        page.press("继续");
        page.see_heading("合格的那一科是哪天考的？");
        let said =
            format!("target-level=2;theory-score={};practice-score={};review-score={}", marks[0], marks[1], marks[2]);
        page.open_with(NOW, "#result", &but(EXAM, &format!("{said};passed-on=2026-03-20")));
        page.see(fee);
    }
}

#[test]
#[ignore = "builds the page with other tables; part of --long"]
fn the_rules_change_by_tables_and_wording_alone() {
    let built = changes::built();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    journey("trial-before", |page| before = of_the_past(page));
    Visit::to(&built).journey("trial-past", |page| after = of_the_past(page));
    assert_eq!(before, after);
    Visit::to(&built).without_scripts().journey("trial-scriptless", |page| {
        page.open_unready("");
        is_of_next("index.html", &page.visible_text(), &CLASS);
    });
    // In the one file, too, the same stands before its program runs.
    let file = fs::read_to_string(built.join("checker.html")).unwrap();
    is_of_next("checker.html", &file, &CLASS);
    Visit::to(&built).journey("trial-class", next_class);
    Visit::to(&built).journey("trial-people", people);
}
