//! The page without a network: kept on the device, brought up to date when that is wanted, removed when it has to go.
//!
//! The published page, without anything that the tests add elsewhere. Stopping the server is the network that is gone.

use std::fs;
use std::path::Path;

use e2e::{Page, Visit, dist, journey};
use serde_json::json;

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const READY: &str = "已经存到这台设备上";
const NEWER: &str = "自查有新版本";

/// The built page in a folder of its own, to be changed.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(dist()).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
    for packed in [".br", ".gz"] {
        let _ = fs::remove_file(folder.join(format!("{file}{packed}")));
    }
}

/// A newer version: another page, and the worker's version with it.
fn release(folder: &Path, mark: &str) {
    change(folder, "index.html", "<body>", &format!("<body data-mark=\"{mark}\">"));
    change(folder, "sw.js", "var VERSION = '", &format!("var VERSION = '{mark}"));
}

fn mark(page: &Page) -> String {
    page.script("return document.body.dataset.mark || '';").as_str().unwrap_or_default().to_owned()
}

/// The names of what is kept on the device.
fn kept(page: &Page) -> Vec<String> {
    let names = page.wait_script(
        "var done = arguments[arguments.length - 1];
         caches.keys().then(function (names) { done(names); });",
    );
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Opens the page and waits until it is kept.
#[track_caller]
fn install(page: &mut Page) {
    page.open("?lang=zh-Hans&as-of=2025-05-10");
    page.see_anywhere(READY);
}

#[test]
fn what_the_worker_keeps_is_what_was_built() {
    let worker = fs::read_to_string(dist().join("sw.js")).unwrap();
    let (_, list) = worker.split_once("var FILES = ").unwrap();
    let mut list: Vec<String> = serde_json::from_str(list.split_once(';').unwrap().0).unwrap();
    let names = fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut built: Vec<String> = names
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz") && !name.starts_with("sw"))
        .map(|name| if name == "index.html" { "./".to_owned() } else { name })
        .collect();
    list.sort();
    built.sort();
    assert_eq!(list, built);
}

#[test]
fn once_kept_it_opens_without_a_network() {
    Visit::default().as_published().journey("offline", |page| {
        install(page);
        page.go_offline();
        page.reload();
        page.see_heading(START);
        // It was said, and isn't said again.
        page.not_see_anywhere(READY);
        page.press("我想参加培训班");
        page.see_heading("您做的是哪一类工作？");
        page.choose("相关工作");
        page.enter("4");
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.press("繁體");
        page.see_heading("您已有的最高職業技能等級證書是幾級？");
        page.reload();
        page.see_heading("您已有的最高職業技能等級證書是幾級？");
        // The shell is the same whatever the query says.
        page.open("?as-of=2025-12-01&lang=zh-Hans#rules");
        page.see_heading("规则一览");
        page.go_online();
        page.reload();
        page.see_heading("规则一览");
    });
}

#[test]
fn a_newer_version_waits_until_it_is_wanted_and_keeps_page_and_answers() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("update", |page| {
        install(page);
        page.press("我想参加培训班");
        page.see_heading("您做的是哪一类工作？");
        page.choose("人工智能训练");
        page.enter("4");
        page.press("继续");
        release(folder.path(), "newer");
        page.reload();
        page.see_anywhere(NEWER);
        assert_eq!(mark(page), "");
        page.reload();
        page.see_anywhere(NEWER);
        assert_eq!(mark(page), "", "nobody has asked for it");
        page.press("现在更新");
        page.wait_until(
            "return document.body.dataset.mark === 'newer' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.not_see_anywhere(NEWER);
        page.press("上一步");
        page.see_heading("您做的是哪一类工作？");
        assert!(page.is_chosen("人工智能训练"));
        assert_eq!(kept(page).len(), 1, "the older one is gone from the device");
        page.go_offline();
        page.reload();
        assert_eq!(mark(page), "newer");
    });
}

#[test]
fn a_version_that_does_not_arrive_whole_leaves_the_old_one_whole() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("half", |page| {
        install(page);
        release(folder.path(), "half");
        change(folder.path(), "sw.js", "[\"./\"", "[\"./\",\"lost.js\"");
        page.reload();
        // Until the browser has tried it.
        page.wait_script(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.ready.then(function (registration) {
                 var worker = registration.installing;
                 if (!worker) return registration.update().then(done, done);
                 worker.onstatechange = function () { if (worker.state === 'redundant') done(); };
             });",
        );
        assert_eq!(mark(page), "");
        page.not_see_anywhere(NEWER);
        page.go_offline();
        page.reload();
        page.see_heading(START);
        assert_eq!(kept(page).len(), 1, "nothing is kept of the half");
    });
}

#[test]
fn the_way_out_removes_the_worker_and_only_what_is_ours() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("remove", |page| {
        install(page);
        page.wait_script(
            "var done = arguments[arguments.length - 1];
             caches.open('of another page').then(function () { done(); });",
        );
        release(folder.path(), "after");
        fs::copy(folder.path().join("sw-remove.js"), folder.path().join("sw.js")).unwrap();
        for packed in ["sw.js.br", "sw.js.gz"] {
            let _ = fs::remove_file(folder.path().join(packed));
        }
        page.reload();
        // It takes over by itself, and loads the page anew, from the network.
        page.wait_until(
            "return document.body.dataset.mark === 'after' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading(START);
        assert_eq!(kept(page), ["of another page"]);
    });
}

/// What a page of somebody else shows in a frame is theirs to keep or not.
#[test]
fn in_a_frame_nothing_is_kept() {
    let folder = copy();
    fs::write(folder.path().join("host.html"), "<!doctype html><title>host</title><iframe src=\"./\"></iframe>")
        .unwrap();
    Visit::to(folder.path()).as_published().journey("frame", |page| {
        page.open_unready("host.html");
        page.wait_until(
            "return document.querySelector('iframe').contentDocument.documentElement.dataset.ready === 'true';",
        );
        let registered = page.wait_script(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.getRegistrations().then(function (all) { done(all.length); });",
        );
        assert_eq!(registered, json!(0));
    });
}

/// Plain http elsewhere than on this machine has no worker: the page says so and works.
#[test]
fn on_plain_http_it_says_why_it_cannot_be_kept() {
    journey("insecure", |page| {
        page.before_every_page("Object.defineProperty(window, 'isSecureContext', { value: false });");
        page.open("");
        page.see_anywhere("这个网址不是加密的");
        page.press("我想参加培训班");
        page.see_heading("您做的是哪一类工作？");
    });
}
