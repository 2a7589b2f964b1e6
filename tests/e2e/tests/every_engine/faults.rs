//! Every file of the page, and everything that may happen to it on the way: at the first visit, and when a newer version
//! comes. What the person saw in each is printed, and stands in docs/offline.md, which is held against it.

use e2e::release::{change, copy, listed, published, release};
use e2e::{Engine, Fault, Visit, engine, people, tried};

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const READY: &str = "已经存到这台设备上";
const NEWER: &str = "自查有新版本";
const LOST: &str = "这一页没有下载成功。请检查网络，再试一次。";

/// The files that the first visit is made of: the columns of the table.
const FIRST: [&str; 9] = [
    "index.html",
    "style.css",
    "loader.js",
    "offline.js",
    "page.js",
    "page.wasm",
    "zh-Hans.text",
    "later.wasm",
    "zh-Hans.later.text",
];

/// The built page, as impatient as a test.
fn hasty() -> tempfile::TempDir {
    let folder = copy();
    change(folder.path(), "page.js", "const PATIENCE = 20000", "const PATIENCE = 1500");
    change(folder.path(), "loader.js", "var PATIENCE = 20000", "var PATIENCE = 1500");
    change(folder.path(), "sw.js", "var PATIENCE = 240000", "var PATIENCE = 3000");
    folder
}

/// What a person sees, once it can no longer change.
const SEEN: &str = "
    var page = document.documentElement;
    if (!page || page.dataset.ready === 'leaving' || location.href === 'about:blank') return null;
    function is(name) { return page.getAttribute('data-' + name) === 'true'; }
    var whole = document.readyState === 'complete';
    var style = document.querySelector('link[rel=stylesheet]');
    // Nothing is painted until the looks have come, or nobody waits for them any more.
    if (style && !style.sheet && !whole) return null;
    var looks = document.body && getComputedStyle(document.body).maxWidth !== 'none' ? '' : ', without its looks';
    if (is('ready')) return 'the checker' + looks;
    if (is('failed')) return 'the plain page' + looks;
    if (is('slow')) return 'the plain page, which goes on waiting';
    if (!whole || is('scripts')) return null;
    if (document.title === 'log in') return 'what came in its place';
    return /2400/.test(document.body.innerText) ? 'the plain page' : 'what the browser says of it';";

/// What has become of keeping the page: null while the browser is at it. A page tries once more as soon as it has failed, so
/// that two seconds without a worker mean that it has given up.
const TRIED: &str = "
    if (location.protocol !== 'http:' || !document.getElementById('plain')) return 'not ours';
    navigator.serviceWorker.getRegistration().then(function (registration) {
        window.e2eGone = registration ? 0 : window.e2eGone || performance.now();
        window.e2eKept = !!registration && !!registration.active && !registration.installing;
    });
    return window.e2eKept ? 'kept' : window.e2eGone && performance.now() - window.e2eGone > 2000 ? 'failed' : null;";

/// The same where a file stalls: it is enough that the browser is in the middle of it. WebKitGTK leaves a worker asleep that begins
/// while its page goes away within milliseconds, as nobody's does; and one that stalls is given up after three seconds.
const TRYING: &str = "
    if (location.protocol !== 'http:' || !document.getElementById('plain')) return 'not ours';
    navigator.serviceWorker.getRegistration().then(function (registration) {
        var worker = registration && registration.installing;
        if (worker !== window.e2eWorker || !window.e2eSince) window.e2eSince = performance.now();
        window.e2eWorker = worker;
        window.e2eDone = !worker && !!registration && !!registration.active;
    });
    var since = window.e2eSince ? performance.now() - window.e2eSince : 0;
    if (window.e2eDone) return 'kept';
    return window.e2eWorker ? since > 500 && since < 2000 ? 'trying' : null : since > 2000 ? 'failed' : null;";

/// A first visit for each file and a fault: what is seen, and that the next visit mends it.
fn first_visits(fault: Fault) -> Vec<String> {
    let folder = hasty();
    let files = listed(folder.path()).len();
    let mut seen = Vec::new();
    let visit = Visit::to(folder.path()).as_published().impatient();
    visit.journey(&format!("first-{fault:?}"), |page| {
        for file in FIRST {
            // Where the browser has nothing yet.
            page.move_elsewhere();
            page.break_file(&published(folder.path(), file), fault);
            page.open_unready("?lang=zh-Hans&as-of=2025-05-10");
            seen.push(page.outcome(SEEN).unwrap_or_else(|| "nothing".to_owned()));
            page.outcome(if fault == Fault::Stall { TRYING } else { TRIED });
            page.mend();
            page.open("?lang=zh-Hans&as-of=2025-05-10");
            page.wait_until_kept("subsidy-checker", files);
        }
    });
    seen
}

/// Asks for a newer version until it is found. Browsers do that by themselves from time to time. One call of `update()` is not enough:
/// Chromium answers a call that comes before the previous one has ended, without looking for a newer version.
const UPDATE: &str = "
    navigator.serviceWorker.getRegistration().then(function (registration) {
        function ask() { registration.update().catch(function () { /* It is broken. */ }); }
        var asking = setInterval(ask, 500);
        registration.onupdatefound = function () { clearInterval(asking); };
        ask();
    });";

/// What the page opens without: the rest is kept all the same.
fn is_spare(file: &str) -> bool {
    [".webmanifest", ".png", ".svg"].iter().any(|ending| file.ends_with(ending))
}

/// A newer version with a fault in one file after the other, over a version that is kept.
fn updates(fault: Fault) {
    let folder = hasty();
    Visit::to(folder.path()).as_published().journey(&format!("update-{fault:?}"), |page| {
        page.open("?lang=zh-Hans&as-of=2025-05-10");
        page.see_anywhere(READY);
        let files = listed(folder.path());
        // The worker treats all alike. In Chromium each file meets one of the faults; elsewhere, and where each takes seconds, a few
        // will do.
        let turn = Fault::ALL.iter().position(|one| *one == fault).unwrap_or_default();
        let (first, step) = if engine() == Engine::Chromium && fault != Fault::Stall { (turn, 4) } else { (0, 5) };
        let mut offered = false;
        for (at, file) in files.iter().enumerate().skip(first).step_by(step) {
            let file = if file == "./" { "index.html" } else { file };
            let mark = format!("newer{at}");
            // In this order: the browser may look for a newer version at any time.
            page.break_file(file, fault);
            release(folder.path(), &format!("{mark}."));
            page.script(UPDATE);
            page.wait_until_met(file);
            if is_spare(file) {
                page.wait_until_kept(&format!("{mark}."), files.len() - 1);
                page.mend();
                offered = true;
                continue;
            }
            page.wait_until_kept(&format!("{mark}."), 0);
            if !offered {
                // Nothing is offered, and the old version is there.
                page.not_see_anywhere(NEWER);
                page.reload();
                page.see_heading(START);
            }
            page.mend();
            page.script(UPDATE);
            page.wait_until_kept(&format!("{mark}."), files.len());
            offered = true;
        }
        page.go_offline();
        page.reload();
        page.see_heading(START);
        page.see_anywhere(NEWER);
        page.press("现在更新");
        page.wait_until("return document.body && /newer/.test(document.body.dataset.mark) && document.documentElement.dataset.ready === 'true';");
        page.see_heading(START);
    });
}

/// One row of the table for each fault.
fn check(fault: Fault, row: &str) {
    let seen = first_visits(fault);
    let cells: Vec<&str> = [row].into_iter().chain(seen.iter().map(String::as_str)).collect();
    tried(&cells);
    updates(fault);
}

#[test]
fn not_found() {
    check(Fault::NotFound, "isn't there (404)");
}

#[test]
fn server_error() {
    check(Fault::ServerError, "the host fails (500)");
}

#[test]
fn cut() {
    check(Fault::Cut, "the connection breaks in the middle");
}

#[test]
fn another_page() {
    check(Fault::Html, "another page comes in its place");
}

#[test]
fn stall() {
    check(Fault::Stall, "the line goes dead, and nobody says so");
}

/// What is needed only for the result and the rules comes after the first page. Who gets there without it is told, and can ask
/// again.
#[test]
fn the_later_part_is_asked_for_again() {
    let folder = hasty();
    Visit::to(folder.path()).as_published().impatient().journey("later", |page| {
        // Its code, and the wording that goes with it.
        let files = ["later.wasm", "zh-Hans.later.text"].map(|file| published(folder.path(), file));
        let faults = [Fault::NotFound, Fault::Cut, Fault::Html, Fault::Stall];
        for (file, fault) in files.iter().flat_map(|file| faults.map(|fault| (file, fault))) {
            page.move_elsewhere();
            page.break_file(file, fault);
            page.open("?lang=zh-Hans&as-of=2025-05-10#rules");
            page.see_heading(LOST);
            assert!(page.script("return document.title;").as_str().unwrap().starts_with(LOST));
            // Still lost.
            page.press("再试一次");
            page.see_heading(LOST);
            page.mend();
            page.press("再试一次");
            page.see_heading("规则一览");
        }
        // The program doesn't wait for it, wherever it begins.
        for file in &files {
            page.move_elsewhere();
            // Something of the same origin that is no page of the program, and has no worker.
            page.open_unready(&published(folder.path(), "style.css"));
            page.wait_until("return /style/.test(location.pathname) && document.readyState === 'complete';");
            page.storage_set("subsidy-checker.answers", people::ENROL);
            page.break_file(file, Fault::Stall);
            page.open("?lang=zh-Hans&as-of=2025-05-10#result");
            page.see_heading(LOST);
            page.press("我的回答");
            page.see_heading("我的回答");
            page.mend();
            page.press("看结果");
            page.see("二维码");
        }
        // The questions go on without it, and the result comes by itself once it can be had.
        for file in &files {
            page.move_elsewhere();
            page.break_file(file, Fault::ServerError);
            page.open("?lang=zh-Hans&as-of=2025-05-10#q/goal");
            page.choose("考试成绩出来了，接下来怎么办");
            page.press("继续");
            page.see_heading("理论科目考了多少分？");
            page.enter_in("理论成绩", "73");
            page.enter_in("实操成绩", "85");
            page.press("继续");
            page.see_heading("您的出勤率大约是百分之几？");
            page.enter("90");
            page.mend();
            page.press("继续");
            page.see_heading("考试合格。拿到证书后，再来查补贴");
        }
    });
    tried(&[
        "`later.wasm` or the rest of the wording is lost or stalls",
        "the questions go on; at the result or the rules a page that offers to try again, after 20 seconds at the latest",
    ]);
}

/// Older browsers send `popstate` only once the page has loaded completely, which a script that stalls prevents.
#[test]
fn links_and_buttons_lead_on_while_the_page_is_still_loading() {
    let folder = hasty();
    Visit::to(folder.path()).impatient().journey("still-loading", |page| {
        page.before_every_page(
            "addEventListener('popstate', function (event) {
                 if (document.readyState !== 'complete' && event.isTrusted) event.stopImmediatePropagation();
             }, true);",
        );
        page.break_file(&published(folder.path(), "offline.js"), Fault::Stall);
        page.open_unready("?lang=zh-Hans&as-of=2025-04-05#start/enrol");
        page.wait_until_it_runs();
        page.see_heading("下面哪些符合您的情况？");
        page.press("规则一览");
        page.see_heading("规则一览");
        page.back();
        page.see_heading("下面哪些符合您的情况？");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.press("上一步");
        page.see_heading("下面哪些符合您的情况？");
        assert_ne!(page.script("return document.readyState;"), "complete");
    });
    tried(&[
        "a script of the page stalls in a browser that tells of addresses only once everything has come",
        "nothing; links and buttons lead on",
    ]);
}

/// A language is two files: without either, the page stays as it is and says so.
#[test]
fn another_language_comes_as_a_whole_or_not_at_all() {
    let folder = hasty();
    Visit::to(folder.path()).as_published().impatient().journey("language-half", |page| {
        for file in ["en.text", "en.later.text"] {
            for fault in [Fault::NotFound, Fault::Cut, Fault::Html, Fault::Stall] {
                page.move_elsewhere();
                page.break_file(&published(folder.path(), file), fault);
                page.open("?lang=zh-Hans&as-of=2025-05-10#rules");
                page.see_heading("规则一览");
                page.press("English");
                page.see_anywhere("这种语言的文字没有下载成功");
                page.see_heading("规则一览");
                page.mend();
                page.press("English");
                page.see_heading("All rules");
            }
        }
    });
    tried(&[
        "a file of another language is lost or stalls",
        "the page stays in its language and says so, after 20 seconds at the latest; the next press tries again",
    ]);
}
