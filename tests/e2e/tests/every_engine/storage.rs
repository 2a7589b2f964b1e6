//! Cache Storage as devices have it: refused, silent, or emptied while the worker stays. None of that keeps anybody from the page
//! that the network would show, and nobody is told that it works without one.

use std::path::Path;

use e2e::release::{change, copy, listed, published, release, replace};
use e2e::{Engine, Fault, Page, Visit, engine, tried};
use serde_json::json;

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const READY: &str = "已经存到这台设备上";
const OFFLINE: &str = "断网也能用";
const ONLINE: &str = "要联网才能用";
const PAGE: &str = "?lang=zh-Hans&as-of=2025-05-10";
const SESSION: &str = "?lang=zh-Hans&as-of=2025-05-10#session";

const REFUSES: &str = "Promise.reject(new Error('no storage'))";
const HANGS: &str = "new Promise(function () {})";

/// From when its worker is active, the storage answers in another way. The worker may begin anew at any time.
fn spoil(folder: &Path, answer: &str) {
    let spoilt = format!(
        "['open', 'keys', 'match', 'has', 'delete'].forEach(function (name) {{
             var own = CacheStorage.prototype[name];
             CacheStorage.prototype[name] = function () {{
                 return self.registration.active ? {answer} : own.apply(this, arguments);
             }};
         }});
         var VERSION = '"
    );
    change(folder, "sw.js", "var VERSION = '", &spoilt);
    change(folder, "sw.js", "STORAGE_PATIENCE = 2000", "STORAGE_PATIENCE = 200");
}

/// Waits until the worker answers for the page.
#[track_caller]
fn wait_for_worker(page: &mut Page) {
    page.wait_until("return !!navigator.serviceWorker.controller;");
}

#[track_caller]
fn install(page: &mut Page) {
    page.open(PAGE);
    page.see_anywhere(READY);
    page.wait_until("return document.documentElement.dataset.kept === 'true';");
}

fn unusable(name: &str, answer: &str) {
    let folder = copy();
    spoil(folder.path(), answer);
    Visit::to(folder.path()).as_published().journey(&format!("storage-{name}"), |page| {
        page.open(PAGE);
        wait_for_worker(page);
        page.reload();
        page.see_heading(START);
        wait_for_worker(page);
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.not_see_anywhere(READY);
        page.open(SESSION);
        page.see_anywhere(ONLINE);
        page.press("开始");
        page.see_heading(START);
        assert_eq!(page.script("return document.documentElement.dataset.kept || '';"), json!(""));
    });
}

#[test]
fn a_storage_that_refuses_is_not_in_the_way() {
    unusable("refuses", REFUSES);
    tried(&[
        "the storage of the worker refuses",
        "the checker, as long as there is a network; nobody says that it was kept",
    ]);
}

#[test]
fn a_storage_that_never_answers_is_not_in_the_way() {
    unusable("hangs", HANGS);
    tried(&[
        "the storage of the worker doesn't answer",
        "after two seconds the checker, as long as there is a network; nobody says that it was kept",
    ]);
}

/// Slow is not gone: without a network whatever comes is waited for.
#[test]
fn a_slow_storage_is_waited_for_without_a_network() {
    let folder = copy();
    change(folder.path(), "sw.js", "STORAGE_PATIENCE = 2000", "STORAGE_PATIENCE = 0");
    Visit::to(folder.path()).as_published().journey("storage-slow", |page| {
        install(page);
        page.go_offline();
        page.reload();
        page.see_heading(START);
    });
    tried(&["the storage of the worker is slow, and there is no network", "everything; it is waited for"]);
}

/// Throws away what is kept under such addresses.
#[track_caller]
fn throw_away(page: &mut Page, addresses: &str) {
    let thrown = page.wait_script(&format!(
        "var done = arguments[arguments.length - 1];
         caches.keys().then(function (names) {{ return caches.open(names[0]); }}).then(function (cache) {{
             return cache.keys().then(function (all) {{
                 return Promise.all(all.filter(function (one) {{ return {addresses}.test(one.url); }}).map(function (one) {{
                     return cache.delete(one);
                 }}));
             }});
         }}).then(function (all) {{ done(all.length); }}, function (why) {{ done(String(why)); }});"
    ));
    assert!(thrown.as_u64().is_some_and(|thrown| 0 < thrown), "{thrown}");
}

#[track_caller]
fn throw_all_away(page: &mut Page) {
    page.wait_script(
        "var done = arguments[arguments.length - 1];
         caches.keys().then(function (names) { return Promise.all(names.map(function (name) { return caches.delete(name); })); })
             .then(done);",
    );
    page.wait_until_versions(<[String]>::is_empty);
}

/// What the worker says of what it keeps.
#[track_caller]
fn is_whole(page: &Page) -> serde_json::Value {
    page.wait_script(
        "var done = arguments[arguments.length - 1], channel = new MessageChannel();
         channel.port1.onmessage = function (event) { done(event.data); };
         navigator.serviceWorker.controller.postMessage('check', [channel.port2]);",
    )
}

#[test]
fn what_was_thrown_away_is_fetched_at_the_next_visit_and_nobody_claims_it_before() {
    let folder = copy();
    let files = listed(folder.path()).len();
    // One of the files that are thrown away can't be had at first.
    let lost = published(folder.path(), "zh-Hant.text");
    let some = ["/\\/(zh-Hant\\.[0-9a-f]+\\.text)?$/", "/page\\.[0-9a-f]+\\.js$|zh-Hant\\.[0-9a-f]+\\.text$/"];
    Visit::to(folder.path()).as_published().journey("storage-emptied", |page| {
        install(page);
        for addresses in [None, Some(some[0]), Some(some[1])] {
            page.open(SESSION);
            page.see_anywhere(OFFLINE);
            match addresses {
                Some(addresses) => throw_away(page, addresses),
                None => throw_all_away(page),
            }
            page.break_file(&lost, Fault::NotFound);
            page.open(SESSION);
            page.wait_until_met(&lost);
            assert_eq!(is_whole(page), json!(false));
            page.see_anywhere(ONLINE);
            page.mend();
            page.open(SESSION);
            page.see_anywhere(OFFLINE);
            page.wait_until_kept("subsidy-checker", files);
            page.go_offline();
            page.open(PAGE);
            page.see_heading(START);
            page.go_online();
        }
    });
    tried(&[
        "the browser throws away what was kept, all or some of it",
        "the page from the network; it is kept again at that visit; a session says that it needs the internet until then",
    ]);
}

/// The page is kept and its scripts aren't, and the host has others by now.
#[test]
fn the_page_alone_is_no_page() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("storage-shell", |page| {
        install(page);
        throw_away(page, "/page\\.[0-9a-f]+\\.js$/");
        let script = published(folder.path(), "page.js");
        let newer = "page.0123456789.js";
        std::fs::rename(folder.path().join(&script), folder.path().join(newer)).unwrap();
        change(folder.path(), "sw.js", &script, newer);
        change(folder.path(), "index.html", &script, newer);
        release(folder.path(), "newer");
        page.open(PAGE);
        page.see_heading(START);
        assert_eq!(page.script("return document.body.dataset.mark || '';"), json!("newer"));
    });
    tried(&["of what was kept only `index.html` is left, and the host has a newer version", "the newer version"]);
}

/// The worker is gone with all that it knew, and what it kept is still there. Not in WebKitGTK: what a worker keeps that is registered
/// anew after `unregister()` is seen by the worker alone, and is gone with it.
#[test]
fn a_worker_that_was_forgotten_is_there_again_at_the_next_visit() {
    if engine() == Engine::Webkit {
        return;
    }
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("storage-forgotten", |page| {
        install(page);
        page.wait_script(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.getRegistration().then(function (one) { return one.unregister(); }).then(done);",
        );
        page.open(PAGE);
        page.wait_until("return document.documentElement.dataset.kept === 'true';");
        page.go_offline();
        page.reload();
        page.see_heading(START);
    });
    tried(&["the browser forgets the worker", "the page from the network; it is kept again at that visit"]);
}

#[test]
fn the_way_out_is_open_where_the_storage_is_shut() {
    for (name, answer) in [("refuses", REFUSES), ("hangs", HANGS)] {
        let folder = copy();
        Visit::to(folder.path()).as_published().journey(&format!("storage-out-{name}"), |page| {
            install(page);
            release(folder.path(), "after");
            replace(folder.path(), "sw.js", "sw-remove.js");
            let shut = format!("CacheStorage.prototype.keys = function () {{ return {answer}; }}; var OURS");
            change(folder.path(), "sw.js", "var OURS", &shut);
            page.reload();
            page.wait_until(
                "return document.body.dataset.mark === 'after' && document.documentElement.dataset.ready === 'true';",
            );
            page.see_heading(START);
        });
    }
    tried(&["the same, and the storage of the worker refuses or doesn't answer", "the page from the network"]);
}
