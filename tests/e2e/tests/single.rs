//! The page in one file, opened from where it lies: no server, no network, the same results.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use e2e::{Page, Visit, cases, dist, expected, people, tried};
use flate2::{Compression, write::DeflateEncoder};
use serde_json::json;
use subsidy_checker::text::{Language, built_in};
use tasks::single;
use tempfile::TempDir;

/// With a catalogue of 510 occupations it is 534,000.
const LIMIT: u64 = 560_000;

/// The built file, as somebody may have named it.
fn copy() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("培训 补贴 #1 (副本).html");
    fs::copy(dist().join("checker.html"), &file).unwrap();
    (folder, file)
}

#[track_caller]
fn walk(file: &Path, name: &str, walk: impl FnOnce(&mut Page)) {
    Visit::to_file(file).journey(&format!("single-{name}"), walk);
}

/// The built file with a script before its own. The tests can't put anything before a page whose policy forbids it: so into the file,
/// hash and all.
fn with_script(script: &str) -> String {
    let html = fs::read_to_string(dist().join("checker.html")).unwrap();
    let (before, after) = html.split_once("<script>").unwrap();
    let html = format!("{before}<script>{script}</script><script>{after}");
    html.replacen("script-src ", &format!("script-src {} ", single::hash(script)), 1)
}

/// What the page has asked of anybody.
fn requests(page: &Page) -> serde_json::Value {
    page.script(
        "return performance.getEntriesByType('resource').map(function (one) { return one.name; })
             .filter(function (name) { return !/^data:/.test(name); });",
    )
}

/// Every ninth of the worked examples, as the core decides them.
#[test]
fn the_worked_examples_say_the_same() {
    check_examples(9);
    tried(&["`checker.html` with the worked examples", "the results that the core gives; no request"]);
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn all_worked_examples_say_the_same() {
    check_examples(1);
}

#[track_caller]
fn check_examples(step: usize) {
    let (_folder, file) = copy();
    // With nothing said there is no result.
    let all: Vec<_> = cases::all().into_iter().filter(|case| !case.answers.is_empty()).collect();
    let text = built_in(Language::ZH_HANS).unwrap();
    walk(&file, "examples", |page| {
        let mut said = 0;
        for case in all.iter().step_by(step) {
            let (as_of, record) = (&case.as_of, &case.record());
            page.open_with(&format!("?lang=zh-Hans&as-of={as_of}"), "#result", record);
            expected::stands_on(page, &people::explained(text, record, as_of), &format!("{as_of} {record}"));
            said += 1;
        }
        assert_eq!(requests(page), json!([]));
        println!("{said} of {} worked examples: the file says what the core says", all.len());
    });
}

/// A copy goes on for as long as somebody has it: it says that its rules are over, and how to come by newer ones.
#[test]
fn an_old_copy_says_so_on_its_first_page() {
    let (_folder, file) = copy();
    walk(&file, "old", |page| {
        page.open("?lang=zh-Hans&as-of=2026-01-01");
        page.see("我们查到的补贴规则有效到2025年12月31日");
        page.see("这个文件不会自己更新");
        page.open("?lang=zh-Hans&as-of=2025-12-31");
        page.not_see("这个文件不会自己更新");
    });
}

mod every_engine {
    use super::*;

    /// Whatever a packer may make of it: nothing packed, codes that are known, codes of its own.
    #[test]
    fn what_is_packed_comes_out_again() {
        let noise: Vec<u8> = (0..70_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let contents: [&[u8]; 5] = [b"", b"a", b"abcabcabcabcabcabc", &[7; 100_000], &noise];
        let mut expected = Vec::new();
        let mut links = String::new();
        for content in contents {
            for level in [0, 1, 9] {
                let mut packer = DeflateEncoder::new(Vec::new(), Compression::new(level));
                packer.write_all(content).unwrap();
                let packed = BASE64.encode(packer.finish().unwrap());
                links += &format!("<link data-to=\"data-text\" data-kind=\"a/b\" data-packed=\"{packed}\">");
                expected.push(format!("data:a/b;base64,{}", BASE64.encode(content)));
            }
        }
        let folder = tempfile::tempdir().unwrap();
        fs::copy(tasks::root().join("public/unpack.js"), folder.path().join("unpack.js")).unwrap();
        let html = format!("<!doctype html><title>packed</title>{links}<script src=\"unpack.js\"></script>");
        fs::write(folder.path().join("index.html"), html).unwrap();
        Visit::to(folder.path()).as_published().journey("single-packed", |page| {
        page.open_unready("");
        let found = page.script(
            "return Array.prototype.map.call(document.querySelectorAll('link'), function (one) { return one.dataset.text; });",
        );
        assert_eq!(found, json!(expected));
    });
    }

    #[test]
    fn a_whole_journey_keeps_its_answers_and_asks_nobody() {
        let (_folder, file) = copy();
        walk(&file, "journey", |page| {
            page.open("?lang=zh-Hans&as-of=2025-05-10");
            page.press("我想参加培训班");
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.choose("人工智能训练");
            page.enter("4");
            page.press("继续");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
            page.press("English");
            page.see_heading("What is the highest skill-level certificate (职业技能等级证书) you have?");
            page.press("繁體");
            page.see_heading("您已有的最高職業技能等級證書是幾級？");
            page.back();
            page.see_heading("您做的是哪一類工作？");
            page.forward();
            page.reload();
            page.see_heading("您已有的最高職業技能等級證書是幾級？");
            page.press("規則一覽");
            page.see_heading("規則一覽");
            assert_eq!(requests(page), json!([]));
        });
        tried(&["`checker.html` from a stick, no network at all", "everything, in all languages; no request"]);
    }

    /// Handed over by another app, or put into a page as a whole: neither has an address to which others could go, and a fragment
    /// alone may be another page's.
    #[test]
    fn without_an_address_it_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(dist().join("checker.html"), folder.path().join("checker.html")).unwrap();
        fs::write(folder.path().join("index.html"), "<!doctype html><title>host</title><iframe></iframe>").unwrap();
        let take = "var done = arguments[arguments.length - 1];
                    fetch('checker.html').then(function (response) { return response.text(); }).then(function (html) {
                        window.checker = html;
                        done();
                    });";
        let walk_there = |page: &mut Page| {
            page.wait_until_it_runs();
            let before = page.script("return location.href.split('#')[0];");
            page.press("简体");
            page.press("成绩出来了");
            page.see_heading("理论科目考了多少分？");
            page.enter_in("理论", "80");
            page.enter_in("实操", "60");
            page.press("继续");
            page.enter("90");
            page.press("继续");
            page.see_heading("考试合格。拿到证书后，再来查补贴");
            page.see("这个文件没有网址");
            // Not every driver scrolls to it in a frame.
            page.script("document.querySelector('footer a[href=\"#rules\"]').click();");
            page.see_heading("规则一览");
            assert_eq!(page.script("return location.href.split('#')[0];"), before);
        };
        let visit = || Visit::to(folder.path()).as_published();
        visit().journey("single-blob", |page| {
            page.open_unready("");
            page.wait_script(take);
            page.script(
                "setTimeout(function () { location = URL.createObjectURL(new Blob([checker], { type: 'text/html' })); });",
            );
            page.wait_until("return location.protocol === 'blob:';");
            walk_there(page);
        });
        visit().journey("single-srcdoc", |page| {
            page.open_unready("");
            page.wait_script(take);
            page.script(
                "var frame = document.querySelector('iframe'); frame.style.height = '8000px'; frame.srcdoc = checker;",
            );
            page.enter_frame(0);
            page.wait_until("return location.href === 'about:srcdoc' && !!document.body;");
            walk_there(page);
            page.leave_frame();
        });
        tried(&[
            "`checker.html` as a `blob:` or a `srcdoc`",
            "everything; nothing leads to an address that isn't its own",
        ]);
    }

    /// How a page may show the checker in `frame` without an address that leads to it.
    const FRAMES: [(&str, &str); 5] = [
        ("data", "frame.src = 'data:text/html,' + encodeURIComponent(checker);"),
        // As short as it gets: most browsers take the line breaks out of an address.
        ("data-lines", "frame.src = 'data:text/html,' + checker.replace(/[%#]/g, encodeURIComponent);"),
        (
            "sandboxed-data",
            "frame.sandbox = 'allow-scripts'; frame.src = 'data:text/html,' + encodeURIComponent(checker);",
        ),
        ("sandboxed-srcdoc", "frame.sandbox = 'allow-scripts'; frame.srcdoc = checker;"),
        // Its address is of the origin around it, to which the sandbox doesn't belong: nothing may go there.
        ("sandboxed-blob", SANDBOXED_BLOB),
    ];
    const SANDBOXED_BLOB: &str = "frame.sandbox = 'allow-scripts';
        frame.src = URL.createObjectURL(new Blob([checker], { type: 'text/html' }));";

    /// Opens a page with `policy` that shows the checker in its frame, as `show` says, and goes into it.
    #[track_caller]
    fn in_a_frame(name: &str, policy: &str, checker: &str, show: &str, walk: impl FnOnce(&mut Page)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("checker.html"), checker).unwrap();
        let host = format!(
            "<!doctype html><title>host</title><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">
             <iframe width=\"900\" height=\"8000\"></iframe>"
        );
        fs::write(folder.path().join("index.html"), host).unwrap();
        Visit::to(folder.path()).as_published().journey(&format!("single-frame-{name}"), |page| {
            page.open_unready("");
            page.wait_script(&format!(
                "var done = arguments[arguments.length - 1], frame = document.querySelector('iframe');
                 fetch('checker.html').then(function (response) {{ return response.text(); }}).then(function (checker) {{
                     frame.onload = function () {{ done(); }};
                     {show}
                 }});"
            ));
            page.enter_frame(0);
            walk(page);
            page.leave_frame();
        });
    }

    /// Taps what begins with these words, wherever it is: no driver taps in every frame.
    #[track_caller]
    fn tap(page: &mut Page, words: &str) {
        page.wait_until(&format!(
            "var all = document.querySelectorAll('#app a, #app button, .languages a');
             var found = [].filter.call(all, function (one) {{ return one.textContent.trim().indexOf('{words}') === 0; }})[0];
             if (found) found.click();
             return !!found;"
        ));
    }

    /// From the first page to the result, with a look back.
    #[track_caller]
    fn walk_to_the_result(page: &mut Page) {
        page.wait_until_it_runs();
        tap(page, "简体");
        tap(page, "成绩出来了");
        page.see_heading("理论科目考了多少分？");
        page.enter_in("理论", "80");
        page.enter_in("实操", "60");
        tap(page, "继续");
        page.see_heading("您的出勤率大约是百分之几？");
        tap(page, "上一步");
        page.see_heading("理论科目考了多少分？");
        tap(page, "继续");
        page.see_heading("您的出勤率大约是百分之几？");
        page.enter("90");
        tap(page, "继续");
        page.see_heading("考试合格。拿到证书后，再来查补贴");
        tap(page, "规则一览");
        page.see_heading("规则一览");
    }

    #[test]
    fn in_a_frame_without_an_address_its_links_lead_on() {
        let checker = fs::read_to_string(dist().join("checker.html")).unwrap();
        for (name, show) in FRAMES {
            in_a_frame(name, "", &checker, show, |page| {
                walk_to_the_result(page);
                page.script("history.back();");
                page.see_heading("考试合格。拿到证书后，再来查补贴");
            });
        }
        tried(&[
            "`checker.html` as a `data:`, whole or without its line breaks",
            "everything; it works until it is closed",
        ]);
        tried(&[
            "`checker.html` as a `data:`, `srcdoc` or `blob:` in a frame with `sandbox` but without `allow-same-origin`",
            "everything; it works until it is closed",
        ]);
    }

    /// As in the worst of the browsers, or after too many changes in a short time, of which Chromium says nothing.
    #[test]
    fn where_no_address_and_no_history_may_be_changed_it_goes_on() {
        for (name, refuse) in [("refused", "throw new Error('refused');"), ("ignored", "")] {
            let checker = with_script(&format!(
                "History.prototype.pushState = History.prototype.replaceState = function () {{ {refuse} }};"
            ));
            in_a_frame(name, "", &checker, SANDBOXED_BLOB, |page| {
                walk_to_the_result(page);
                tap(page, "人工智能训练师培训班");
                page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            });
        }
        tried(&[
            "`checker.html` where neither its address nor the history may be changed",
            "everything; only the browser's own back button leads away",
        ]);
    }

    /// A page's policy holds for what it puts into a frame, and may allow none of the scripts and styles there.
    #[test]
    fn where_its_scripts_and_looks_are_refused_it_has_no_links_that_lead_nowhere() {
        let checker = fs::read_to_string(dist().join("checker.html")).unwrap();
        // The driver's own scripts run whatever the policy says; the test's come by them.
        let policy = "script-src 'none'; style-src 'none'";
        in_a_frame("policy", policy, &checker, "frame.srcdoc = checker;", |page| {
            let shown = page.visible_text();
            for words in ["这个文件里的自查程序没有运行", "The checker in this file is not running", "2400"]
            {
                assert!(shown.contains(words), "{words}: {shown}");
            }
            for words in ["我想参加培训班", "简体", "繁體"] {
                assert!(!shown.contains(words), "{words}: {shown}");
            }
        });
        tried(&[
            "`checker.html` as a `srcdoc` in a page whose policy allows none of its scripts and styles",
            "the plain page in all languages, and that this file is not running there; nothing to tap that leads nowhere",
        ]);
    }

    /// What has no address needs no network.
    #[test]
    fn a_session_without_an_address_needs_no_network() {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(dist().join("checker.html"), folder.path().join("checker.html")).unwrap();
        fs::write(folder.path().join("index.html"), "<!doctype html><title>host</title>").unwrap();
        Visit::to(folder.path()).as_published().journey("single-blob-session", |page| {
            page.open_unready("");
            page.script(
                "fetch('checker.html').then(function (response) { return response.text(); }).then(function (html) {
                     location = URL.createObjectURL(new Blob([html], { type: 'text/html' })) + '#session';
                 });",
            );
            page.wait_until("return location.protocol === 'blob:';");
            // In the language of the browser, as an address that is no one's takes none.
            page.wait_until("return /断网也能用|works offline/i.test(document.body.innerText);");
        });
        tried(&["a session of `checker.html` as a `blob:`", "that it works without a network"]);
    }

    #[test]
    fn where_nothing_may_be_kept_it_works_until_it_is_closed() {
        let (folder, _) = copy();
        let refuse =
            "Object.defineProperty(window, 'localStorage', { get: function () { throw new Error('refused'); } });";
        let html = with_script(refuse);
        let file = folder.path().join("refused.html");
        fs::write(&file, html).unwrap();
        walk(&file, "refused", |page| {
            page.open("?lang=zh-Hans&as-of=2025-05-10");
            page.see_anywhere("这个浏览器不让网页保存内容");
            page.press("我想参加培训班");
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.choose("相关工作");
            page.enter("4");
            page.press("继续");
            page.press("上一步");
            page.see_heading("您做的是哪一类工作？");
            assert!(page.is_chosen("相关工作"));
        });
        tried(&["`checker.html` where nothing may be kept", "said once; answers last until it is closed"]);
    }

    /// Its program has no address that an error could name.
    #[test]
    fn a_program_that_dies_in_the_middle_gives_way_to_the_plain_page() {
        let (_folder, file) = copy();
        walk(&file, "dies", |page| {
            page.open("?lang=zh-Hans&as-of=2025-05-10#q/work-field");
            page.see_heading("您做的是哪一类工作？");
            // What isn't the program's is nothing to it.
            page.script("setTimeout(function wasm() { throw new Error('wasm of an extension'); });");
            page.wait_script("setTimeout(arguments[arguments.length - 1]);");
            page.not_see_anywhere("没能运行");
            page.script(
                "['createElement', 'createElementNS'].forEach(function (name) {
                     document[name] = function () { throw new Error('gone'); };
                 });
                 document.querySelector('.site a').click();",
            );
            page.see_anywhere("没能运行");
            page.see_anywhere("2400");
        });
        tried(&["another script throws in `checker.html`", "nothing; the checker goes on"]);
        tried(&["the program of `checker.html` is killed in the middle of its work", "the plain page"]);
    }

    #[test]
    fn without_scripts_it_is_the_plain_page() {
        let (_folder, file) = copy();
        Visit::to_file(&file).without_scripts().journey("single-scriptless", |page| {
            page.open_unready("");
            let shown = page.visible_text();
            for words in [
                "这个文件里的自查程序没有运行",
                "這個檔案裏的自助查詢程式沒有運行",
                "The checker in this file is not running",
            ] {
                assert!(shown.contains(words), "{shown}");
            }
            assert!(shown.contains("2400"), "{shown}");
            assert!(!shown.contains("我想参加培训班"), "{shown}");
        });
        tried(&[
            "`checker.html` without scripts (iPhone, chat previews)",
            "the plain page, and that this file is not running there",
        ]);
    }
}

mod any_tables {
    use super::*;

    #[test]
    fn it_is_small_and_refers_to_nothing() {
        let html = fs::read_to_string(dist().join("checker.html")).unwrap();
        assert!(html.len() as u64 <= LIMIT, "{} bytes", html.len());
        for attribute in [" src=\"", " href=\"", " data-text=\"", " data-manifest=\""] {
            for value in html.split(attribute).skip(1) {
                let own = ["#", "?lang=", "data:", "tel:"].iter().any(|start| value.starts_with(start));
                assert!(own, "{attribute}{}", value.get(..60).unwrap_or(value));
            }
        }
        let policy = html.split_once("Content-Security-Policy\" content=\"").unwrap().1.split_once('"').unwrap().0;
        for part in policy.split("; ") {
            assert!(!part.contains("unsafe-inline") && !part.contains("'self'") && !part.contains("http"), "{part}");
        }
    }

    #[test]
    fn it_opens_without_an_error() {
        let (folder, _) = copy();
        let file = folder.path().join("recorded.html");
        fs::write(&file, with_script(include_str!("../src/recorder.js"))).unwrap();
        walk(&file, "recorded", |page| {
            page.open("?lang=zh-Hans");
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            page.press("先看规则一览");
            page.see_heading("规则一览");
            assert_eq!(page.script("return e2eComplaints();"), json!([]));
        });
    }
}
