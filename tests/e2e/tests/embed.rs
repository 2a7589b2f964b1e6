//! On other people's pages: the hosts of `examples/hosts/`, each on an origin of its own, with the checker on another.

use std::fs;

use e2e::{Page, Visit, dist};
use serde_json::{Value, json};
use xtask::server::{Server, Site};

const QUESTION: &str = "您做的是哪一类工作？";
const TO_THE_FRAME: &str = "document.querySelector('iframe').scrollIntoView();";

/// Opens one of the hosts and walks there.
#[track_caller]
fn on(host: &str, walk: impl FnOnce(&mut Page)) {
    let checker = Server::on_loopback(Site::new(&dist())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let html = fs::read_to_string(xtask::root().join("examples/hosts").join(format!("{host}.html"))).unwrap();
    let origin = checker.url().trim_end_matches('/').to_owned();
    let html = html.replace("../../dist/", &checker.url()).replace("'self'", &origin);
    fs::write(folder.path().join("index.html"), html).unwrap();
    Visit::to(folder.path()).as_published().journey(&format!("embed-{host}"), |page| {
        page.open_unready("");
        walk(page);
    });
}

/// Waits until a frame is as high as what is in it, and nothing scrolls inside; returns its height.
#[track_caller]
fn fits(page: &mut Page, at: usize) -> u64 {
    let height = |page: &Page| {
        let height =
            format!("return Math.round(document.querySelectorAll('iframe')[{at}].getBoundingClientRect().height);");
        page.script(&height).as_u64().unwrap()
    };
    page.enter_frame(at);
    page.wait_until_it_runs();
    page.wait_until(
        "var inside = Math.ceil(document.body.getBoundingClientRect().height);
         return Math.abs(inside - window.innerHeight) <= 4 && document.documentElement.scrollHeight <= window.innerHeight + 4;",
    );
    page.leave_frame();
    height(page)
}

#[test]
fn a_line_is_enough_and_the_frame_follows_its_content() {
    on("line", |page| {
        let first = fits(page, 0);
        // Not every driver scrolls the host to what is to be pressed.
        page.script(TO_THE_FRAME);
        page.enter_frame(0);
        page.see_heading(QUESTION);
        page.choose("没有工作过");
        // The second question has gone, and the frame is about to follow.
        page.leave_frame();
        fits(page, 0);
        page.script(TO_THE_FRAME);
        page.enter_frame(0);
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.leave_frame();
        let second = fits(page, 0);
        assert_ne!(first, second);
        page.script(TO_THE_FRAME);
        page.enter_frame(0);
        page.press("上一步");
        page.see_heading(QUESTION);
        page.leave_frame();
        // Smaller or larger, as before: the choice that was made has no second question.
        fits(page, 0);
    });
}

#[test]
fn the_next_step_begins_at_its_top_only_if_that_is_out_of_sight() {
    on("line", |page| {
        fits(page, 0);
        let top = "return Math.round(document.querySelector('iframe').getBoundingClientRect().top);";
        // In sight: it stays where it is.
        page.script("window.scrollTo(0, 40);");
        let before = page.script(top);
        page.enter_frame(0);
        page.script("document.querySelector('a[href=\"#rules\"]').click();");
        page.see_heading("规则一览");
        page.leave_frame();
        fits(page, 0);
        assert_eq!(page.script(top), before);
        // Above: it comes back.
        page.script(
            "window.scrollTo(0, document.querySelector('iframe').getBoundingClientRect().top + scrollY + 300);",
        );
        page.enter_frame(0);
        page.script("history.back();");
        page.see_heading(QUESTION);
        page.leave_frame();
        // To the window's edge, or as near as the end of the host's page lets it come.
        page.wait_until(
            "var top = document.querySelector('iframe').getBoundingClientRect().top;
             return top > -2 && top < window.innerHeight / 2;",
        );
    });
}

#[test]
fn in_the_head_under_a_strict_policy_and_in_a_narrow_column() {
    for host in ["head", "strict", "narrow"] {
        on(host, |page| {
            fits(page, 0);
            let inside = "return document.querySelectorAll('subsidy-checker iframe[title=\"培训补贴自查\"]').length;";
            assert_eq!(page.script(inside), json!(1), "{host}");
        });
    }
}

#[test]
fn three_on_a_page_are_three() {
    on("three", |page| {
        let headings = [QUESTION, "理論科目考了多少分？", "Which occupation is your skill-level certificate"];
        for (at, heading) in headings.into_iter().enumerate() {
            fits(page, at);
            page.enter_frame(at);
            page.see(heading);
            page.leave_frame();
        }
    });
}

#[test]
fn an_element_comes_goes_and_changes_its_language() {
    on("element", |page| {
        fits(page, 0);
        page.script("document.querySelector('subsidy-checker').setAttribute('lang', 'en');");
        page.enter_frame(0);
        page.see_heading("AI trainer (人工智能训练师) class: cost, exam and subsidy");
        page.leave_frame();
        // A host of one page takes it away and brings it again, in the middle of anything.
        let place = "document.getElementById('place')";
        page.script(&format!("window.kept = {place}.firstElementChild; window.kept.remove();"));
        page.script("window.postMessage({ 'subsidy-checker': 1, type: 'height', height: 5 }, '*');");
        assert_eq!(page.script("return document.querySelectorAll('iframe').length;"), json!(0));
        page.script(&format!("{place}.append(window.kept);"));
        fits(page, 0);
        let globals = "return Object.keys(window).filter(function (name) { return /checker/i.test(name); }).length;";
        assert_eq!(page.script(globals), json!(0));
    });
}

/// Neither side believes what it can't know to be the other's.
#[test]
fn what_is_malformed_or_from_elsewhere_is_left_alone() {
    on("line", |page| {
        let height = fits(page, 0);
        page.script(
            "var frame = document.querySelector('iframe').contentWindow;
             [null, 0, 'x', [], {}, { 'subsidy-checker': 2, type: 'lang', lang: 'en' }, { 'subsidy-checker': 1 },
              { 'subsidy-checker': 1, type: 'lang', lang: { toString: 1 } }, { 'subsidy-checker': 1, type: 'lang', lang: '\"]' },
              { 'subsidy-checker': 1, type: 'x'.repeat(1000000) }]
                 .forEach(function (message) { frame.postMessage(message, '*'); });
             [1, 1e9, -5, NaN, '9', null, { valueOf: 1 }].forEach(function (height) {
                 window.postMessage({ 'subsidy-checker': 1, type: 'height', height: height }, '*');
             });",
        );
        // A frame of somebody else's on the same page says that it is ours.
        page.wait_script(
            "var done = arguments[arguments.length - 1];
             var other = document.createElement('iframe');
             other.srcdoc = '<script>parent.postMessage({ \"subsidy-checker\": 1, type: \"height\", height: 7 }, \"*\");<\\/script>';
             other.onload = function () { setTimeout(done); };
             document.body.append(other);",
        );
        page.script("document.body.lastElementChild.remove();");
        assert_eq!(fits(page, 0), height);
        page.enter_frame(0);
        page.see_heading(QUESTION);
        page.leave_frame();
    });
}

/// Answers stay inside: a host hears how high the page is, and that one has gone on.
#[test]
fn a_host_hears_no_answer() {
    on("bare", |page| {
        page.script(
            "window.heard = [];
             window.addEventListener('message', function (event) { window.heard.push(event.data); });
             document.querySelector('iframe').contentWindow.postMessage({ 'subsidy-checker': 1, type: 'start' }, '*');",
        );
        page.script(TO_THE_FRAME);
        page.enter_frame(0);
        page.wait_until_it_runs();
        page.see_heading(QUESTION);
        page.choose("没有工作过");
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.leave_frame();
        page.wait_until("return window.heard.some(function (one) { return one.type === 'step'; });");
        let heard = page.script("return window.heard;");
        for message in heard.as_array().unwrap() {
            let object = message.as_object().unwrap();
            let known = ["subsidy-checker", "type", "height", "page"];
            assert!(object.keys().all(|key| known.contains(&key.as_str())), "{message}");
            assert!(matches!(object["type"], Value::String(_)), "{message}");
        }
    });
}
