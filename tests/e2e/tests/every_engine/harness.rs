//! The harness itself: that it finds what it is there to find.

use std::panic::catch_unwind;
use std::path::Path;

use e2e::{Engine, Visit, engine, giving_up_soon};
use serde_json::json;
use tasks::server::{Server, Site};

/// A page that does what `script` does, under the strict policy.
fn fixture(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = r##"<!doctype html><html lang="zh-Hans" data-ready="true"><head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src * data:; connect-src *">
        <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><script src="page.js" defer></script></head>
        <body><main><h1>试验  page</h1>
        <form><label><input type="radio" name="a">是</label><label><input type="radio" name="a">不是</label>
        <label><input type="checkbox">学生</label>
        <label for="age">年龄</label><input id="age" value="7"><button>继续</button></form>
        <a href="#q/next">下一页</a><p hidden>hidden</p><p id="out">out</p></main></body></html>"##;
    std::fs::write(folder.path().join("index.html"), page).unwrap();
    std::fs::write(folder.path().join("page.js"), script).unwrap();
    folder
}

/// A journey over such a page that expects one complaint and no other.
#[track_caller]
fn complains(name: &str, script: &str, complaint: &str) {
    let folder = fixture(script);
    Visit::to(folder.path()).journey(name, |page| {
        page.open("");
        page.expect_complaint(complaint);
    });
}

#[test]
fn the_recorder_sees_errors() {
    complains("console-error", "console.error('boom', { a: 1 });", "console.error: boom {\"a\":1}");
    complains("rejection", "Promise.reject(new Error('nobody'));", "rejection: Error: nobody");
    complains("exception", "throw new Error('thrown');", "Error: thrown");
}

#[test]
fn the_recorder_sees_the_policy_and_foreign_requests() {
    let folder = fixture("document.body.setAttribute('style', 'color: red');");
    Visit::to(folder.path()).journey("policy", |page| {
        page.open("");
        // By the page's own, and by the same as a header.
        page.expect_complaint("policy: style-src");
        page.expect_complaint("policy: style-src");
    });
    // The other server answers, because not every engine lists a request that failed.
    let folder = fixture("");
    let other = Server::on_loopback(Site::new(folder.path())).unwrap();
    let (address, image) = (other.url(), format!("{}page.js", other.url()));
    complains("image", &format!("new Image().src = '{image}';"), &format!("foreign request: {image}"));
    complains("fetch", &format!("fetch('{address}').catch(function () {{}});"), &format!("foreign request: {address}"));
}

#[test]
fn the_list_outlives_a_reload() {
    let folder =
        fixture("if (!sessionStorage.seen) { sessionStorage.seen = 1; console.warn('once'); location.reload(); }");
    Visit::to(folder.path()).journey("reload", |page| {
        page.open("");
        page.reload();
        page.expect_complaint("console.warn: once");
    });
}

#[test]
fn a_browser_that_is_used_again_has_nothing_of_before() {
    let folder = fixture("");
    for time in ["first", "second"] {
        Visit::to(folder.path()).journey(&format!("used-again-{time}"), |page| {
            page.open("");
            let kept = "return [localStorage.length, sessionStorage.length, window.name, history.length];";
            let found = page.script(kept);
            let fresh = [1, 2].map(|length| json!([0, 0, "", length]));
            assert!(fresh.contains(&found), "the {time} time: {found}");
            page.script("localStorage.a = sessionStorage.a = window.name = 'a'; location.hash = 'a';");
            page.script("location.hash = 'b';");
        });
    }
}

#[test]
fn a_complaint_fails_the_journey() {
    let folder = fixture("console.error('boom');");
    let visit = Visit::to(folder.path());
    let failure = catch_unwind(|| visit.journey("fails-on-purpose", |page| page.open(""))).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(message.contains("the page complains:\n  console.error: boom"), "{message}");
}

#[test]
fn the_verbs_do_what_a_person_does() {
    let script = "
        var out = document.getElementById('out'), age = document.getElementById('age');
        document.forms[0].onsubmit = function (event) { event.preventDefault(); out.textContent = 'submitted'; };
        age.oninput = function () { out.textContent = 'age\\u00a0 ' + age.value; };
        onhashchange = function () { setTimeout(function () { document.querySelector('h1').textContent = location.hash; }, 10); };";
    let folder = fixture(script);
    Visit::to(folder.path()).journey("verbs", |page| {
        page.open("?a=1");
        assert_eq!(page.heading(), "试验 page");
        page.choose("是");
        page.choose("学生");
        assert!(page.is_chosen("是") && !page.is_chosen("不是") && page.is_chosen("学生"));
        page.unchoose("学生");
        assert!(!page.is_chosen("学生"));
        page.enter("30");
        page.see("age 30");
        page.enter_in("年龄", "42");
        assert_eq!(page.entered(), "42");
        page.press("继续");
        page.see("submitted");
        page.not_see("hidden");
        page.press("下一页");
        page.see_heading("#q/next");
        assert!(page.address().ends_with("/?a=1#q/next"));
        page.back();
        page.see_heading("");
        page.storage_set("key", "value");
        page.reload();
        assert_eq!(page.storage_get("key").as_deref(), Some("value"));
        page.open("?a=1#other");
        assert_eq!(page.heading(), "试验 page");
        page.emulate_storage_refused();
        page.reload();
        assert_eq!(page.script("try { localStorage; return 'kept'; } catch (e) { return e.name; }"), "SecurityError");
        page.go_offline();
        assert_eq!(page.script("return fetch('page.js').then(() => 'online', () => 'offline');"), "offline");
        page.go_online();
        assert_eq!(page.script("return fetch('page.js').then(() => 'online', () => 'offline');"), "online");
    });
}

#[test]
fn a_failing_verb_shows_the_page() {
    let folder = fixture("");
    let visit = Visit::to(folder.path()).with_screen(320, 568).in_the_dark();
    let failure = catch_unwind(|| {
        visit.journey("verb-fails-on-purpose", |page| {
            page.open("");
            // Only one of them becomes as narrow as that.
            if engine() == Engine::Chromium {
                assert_eq!(page.script("return innerWidth;"), 320);
            }
            assert_eq!(page.script("return matchMedia('(prefers-color-scheme: dark)').matches;"), true);
            giving_up_soon(|| page.see("不在这里"));
        });
    });
    let failure = failure.unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(message.starts_with("`不在这里` is not on the page: after "), "{message}");
    assert!(
        message.contains(" s there is \"试验 page") && message.contains("\naddress: http://127.0.0.1:"),
        "{message}"
    );
    assert!(message.contains("the page shows: 试验 page"), "{message}");
    assert!(Path::new(&tasks::root()).join("target/e2e/verb-fails-on-purpose.png").exists());
}
