//! Hosts that don't know the page's files: they answer that there is none, or send them under a type that says nothing. Who reads the
//! page is told what didn't come, never that the browser is too old, and what isn't needed stops nothing.

use std::path::Path;

use e2e::release::{copy, listed, published};
use e2e::{Fault, Page, Visit, tried};
use serde_json::json;

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const TOO_OLD: &str = "请换一个较新的浏览器";
const LOST: &str = "没有下载成功的文件：";
const PAGE: &str = "?lang=zh-Hans&as-of=2025-05-10";

/// The published files with one of these endings.
fn ending(folder: &Path, endings: &[&str]) -> Vec<String> {
    let files = listed(folder).into_iter().filter(|file| endings.iter().any(|ending| file.ends_with(ending)));
    files.collect()
}

#[track_caller]
fn break_all(page: &mut Page, files: &[String], fault: Fault) {
    assert!(!files.is_empty());
    for file in files {
        page.break_file(file, fault);
    }
}

#[track_caller]
fn keeps_without(page: &mut Page, files: usize) {
    page.open(PAGE);
    page.wait_until("return document.documentElement.dataset.kept === 'true';");
    page.wait_until_kept("subsidy-checker", files);
    page.go_offline();
    page.reload();
    page.see_heading(START);
    page.go_online();
}

#[test]
fn what_did_not_come_is_said() {
    let folder = copy();
    let file = |name: &str| published(folder.path(), name);
    Visit::to(folder.path()).as_published().impatient().journey("hosts-lost", |page| {
        for (at, name) in [("", "page.js"), ("", "page.wasm"), ("", "zh-Hans.text"), ("#session", "session.js")] {
            for fault in [Fault::NotFound, Fault::ServerError, Fault::Cut, Fault::Html] {
                page.move_elsewhere();
                page.break_file(&file(name), fault);
                page.open_unready(&format!("{PAGE}{at}"));
                page.see_anywhere(&format!("{LOST} {}", file(name)));
                page.not_see_anywhere(TOO_OLD);
                page.see_anywhere("2400");
                page.mend();
            }
        }
    });
    tried(&[
        "`page.js`, `page.wasm`, the wording or the session's script is lost",
        "the plain page, and which file didn't come; not that the browser is too old",
    ]);
}

/// Microsoft's IIS answers so for all that it wasn't told of.
#[test]
fn a_host_that_does_not_know_the_types() {
    let folder = copy();
    let unknown = ending(folder.path(), &[".wasm", ".text", ".webmanifest"]);
    Visit::to(folder.path()).as_published().impatient().journey("hosts-unknown", |page| {
        break_all(page, &unknown, Fault::NotFound);
        page.open_unready(PAGE);
        page.see_anywhere(&format!("{LOST} {}", published(folder.path(), "page.wasm")));
        page.not_see_anywhere(TOO_OLD);
    });
    tried(&[
        "the host doesn't know `.wasm` and `.text` (404, as IIS does)",
        "the plain page, and which file didn't come",
    ]);
}

#[test]
fn what_the_page_opens_without_does_not_stop_the_keeping() {
    let folder = copy();
    let files = listed(folder.path()).len();
    let spare = ending(folder.path(), &[".webmanifest", ".png", ".svg"]);
    Visit::to(folder.path()).as_published().journey("hosts-spare", |page| {
        for fault in [Fault::NotFound, Fault::Html] {
            page.move_elsewhere();
            break_all(page, &spare, fault);
            keeps_without(page, files - spare.len());
            // They follow once they can be had.
            page.mend();
            page.open(PAGE);
            page.wait_until_kept("subsidy-checker", files);
        }
    });
    tried(&["the host doesn't know `.webmanifest` or pictures", "everything; it is kept, and what is missing follows"]);
}

#[test]
fn wrong_types_that_nobody_may_guess() {
    let folder = copy();
    let files = listed(folder.path()).len();
    let untyped = ending(folder.path(), &[".wasm", ".text", ".webmanifest"]);
    Visit::to(folder.path()).as_published().journey("hosts-untyped", |page| {
        break_all(page, &untyped, Fault::Untyped);
        keeps_without(page, files);
    });
    tried(&["`.wasm`, `.text` and `.webmanifest` come under a wrong type, with `nosniff`", "everything; it is kept"]);
}

/// A script under a wrong type is refused by the browser: that is a file that didn't come.
#[test]
fn a_script_of_a_wrong_type_is_one_that_did_not_come() {
    let folder = copy();
    let script = published(folder.path(), "page.js");
    Visit::to(folder.path()).as_published().impatient().journey("hosts-script", |page| {
        page.break_file(&script, Fault::Untyped);
        page.open_unready(PAGE);
        page.see_anywhere(&format!("{LOST} {script}"));
        page.not_see_anywhere(TOO_OLD);
    });
    tried(&["`page.js` comes under a wrong type, with `nosniff`", "the plain page, and which file didn't come"]);
}

/// What isn't to be seen is hidden without the style sheet, too.
#[test]
fn without_its_looks_there_is_nothing_else_to_see() {
    let folder = copy();
    let (style, script) = (published(folder.path(), "style.css"), published(folder.path(), "page.js"));
    let hidden = ["没能运行", "没有下载", "浏览器可能关掉了", "自查有新版本", "2400", "自助查詢"];
    for fault in [Fault::NotFound, Fault::Untyped] {
        Visit::to(folder.path()).as_published().impatient().journey(&format!("hosts-looks-{fault:?}"), |page| {
            page.break_file(&style, fault);
            page.open(&format!("{PAGE}#q/work-field"));
            page.see_heading("您做的是哪一类工作？");
            for words in hidden {
                page.not_see_anywhere(words);
            }
            let top = page.script("return document.querySelector('#app main').getBoundingClientRect().top + scrollY;");
            assert!(top.as_f64().is_some_and(|top| top < 400.0), "the checker begins at {top}");
            // What is to be seen is.
            page.press("English");
            page.see_heading("What kind of work do you do?");
            page.move_elsewhere();
            page.break_file(&script, Fault::NotFound);
            page.open_unready(PAGE);
            page.see_anywhere(LOST);
            page.see_anywhere("2400");
            for words in ["没能运行", "我想参加培训班", "自助查詢", "The checker"] {
                page.not_see_anywhere(words);
            }
            assert_eq!(page.script("return document.documentElement.dataset.lost;"), json!(script));
            page.mend();
        });
    }
    tried(&["`style.css` doesn't come, or under a wrong type", "the checker, without its looks, and nothing else"]);
}
