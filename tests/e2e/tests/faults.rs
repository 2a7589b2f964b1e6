//! Every file of the page, and everything that may happen to it on the way: at the first visit, and when a newer version
//! comes. What the person saw in each is printed, and stands in docs/offline.md, which is held against it.

use e2e::release::{change, copy, listed, published, release};
use e2e::{Fault, Page, Visit};
use serde_json::json;

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const READY: &str = "已经存到这台设备上";
const NEWER: &str = "自查有新版本";

/// The files that the first visit is made of: the columns of the table.
const FIRST: [&str; 7] = ["index.html", "style.css", "loader.js", "offline.js", "page.js", "page.wasm", "zh-Hans.text"];

/// The built page, as impatient as a test.
fn hasty() -> tempfile::TempDir {
    let folder = copy();
    change(folder.path(), "loader.js", "var PATIENCE = 20000", "var PATIENCE = 1500");
    change(folder.path(), "sw.js", "var PATIENCE = 240000", "var PATIENCE = 1500");
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
    var looks = style && style.sheet ? '' : ', without its looks';
    if (is('ready')) return 'the checker' + looks;
    if (is('failed')) return 'the plain page' + looks;
    if (is('slow')) return 'the plain page, which goes on waiting';
    if (!whole || is('scripts')) return null;
    if (document.title === 'log in') return 'what came in its place';
    return /2400/.test(document.body.innerText) ? 'the plain page' : 'what the browser says of it';";

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
            seen.push(page.outcome(SEEN).unwrap_or_else(|| "nothing, until the browser gives up".to_owned()));
            page.mend();
            page.open("?lang=zh-Hans&as-of=2025-05-10");
            page.wait_until_kept(files);
        }
    });
    seen
}

/// Asks for a newer version; whether it is kept, once the browser has done with it.
fn arrives(page: &Page, mark: &str) -> bool {
    let kept = page.wait_script(&format!(
        "var done = arguments[arguments.length - 1];
         navigator.serviceWorker.getRegistration().then(function (registration) {{
             registration.update().then(function look() {{
                 if (registration.installing) return setTimeout(look, 20);
                 return caches.keys().then(function (names) {{
                     done(names.some(function (name) {{ return name.indexOf(' {mark}.') >= 0; }}));
                 }});
             }});
         }});"
    ));
    kept == json!(true)
}

/// A newer version with a fault in one file after the other, over a version that is kept.
fn updates(fault: Fault) {
    let folder = hasty();
    Visit::to(folder.path()).as_published().journey(&format!("update-{fault:?}"), |page| {
        page.open("?lang=zh-Hans&as-of=2025-05-10");
        page.see_anywhere(READY);
        for (at, file) in listed(folder.path()).iter().enumerate() {
            let file = if file == "./" { "index.html" } else { file };
            let mark = format!("newer{at}");
            release(folder.path(), &format!("{mark}."));
            page.break_file(file, fault);
            assert!(!arrives(page, &mark), "{file}");
            if at == 0 {
                // Nothing is offered, and the old version is there.
                page.not_see_anywhere(NEWER);
                page.reload();
                page.see_heading(START);
            }
            page.mend();
            assert!(arrives(page, &mark), "{file}");
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
    let row = format!("| {row} | {} |", seen.join(" | "));
    println!("{row}");
    updates(fault);
    let file = xtask::root().join("docs/offline.md");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains(&row), "docs/offline.md is not up to date. Write there:\n{row}");
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
