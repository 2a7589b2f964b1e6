//! The info session: a cover, a person, the cover again. What is left of them and what is counted are modules of their own.

use std::fs;

use e2e::release::{copy, published};
use e2e::steps::{Step, steps};
use e2e::{Fault, Page, Visit, code, dist, journey, people, tried};
use serde_json::{Value, json};
use subsidy_checker::consultation::Consultation;
use subsidy_checker::record;
use subsidy_checker::rules::{Answers, Assessment, Date, TABLES};
use subsidy_checker::text::{Language, Text, built_in};

mod counts;
mod residue;

const SESSION: &str = "?lang=zh-Hans&as-of=2025-05-10#session";
const AS_OF: &str = "2025-05-10";
const START: &str = "人工智能训练师培训班：费用、考试和补贴";
/// Typed by a person, and looked for afterwards.
const MARK: &str = "鹦鹉螺号";

fn chinese() -> Text {
    built_in(Language::ZH_HANS).unwrap()
}

fn as_of() -> Date {
    Date::parse(AS_OF).unwrap()
}

/// A step as the script takes it.
fn told(step: Step) -> Value {
    match step {
        Step::Heading(heading) => json!({ "heading": heading }),
        Step::Tick(label) => json!({ "label": label }),
        Step::Choose(id, at) => json!({ "name": TABLES.name_of(id), "at": at }),
        Step::Type(id, at, digits) => {
            json!({ "field": format!("{}-{at}", TABLES.name_of(id)), "value": digits.to_string() })
        }
        Step::Continue => json!({ "press": true }),
    }
}

/// Does a person's steps, each as soon as the page has what it needs, and waits for the result.
const RUN: &str = "
    var done = arguments[arguments.length - 1], at = 0, since = performance.now();
    // Without the pause that a browser makes between its timers.
    var channel = new MessageChannel();
    function all(selector) { return [].slice.call(document.querySelectorAll('main ' + selector)); }
    function find(step) {
        if (step.heading) return all('h1').filter(function (one) { return one.textContent === step.heading; })[0];
        if (step.press) return all('form .button')[0];
        if (step.field) return document.getElementById(step.field);
        if (step.label) return all('label').filter(function (one) {
            var words = one.querySelector('span'); return words && words.firstChild.textContent === step.label; })[0];
        return all('input[name=\"' + step.name + '\"]')[step.at];
    }
    channel.port1.onmessage = function () {
        if (at === steps.length) {
            if (document.querySelector('[data-findings]')) return done('');
        } else {
            var step = steps[at], found = find(step);
            if (found) {
                at += 1; since = performance.now();
                if (step.field) {
                    found.value = step.value;
                    found.dispatchEvent(new Event('input', { bubbles: true }));
                } else if (!step.heading) {
                    found.click();
                }
            }
        }
        if (performance.now() - since > 10000) {
            return done('nothing for ' + JSON.stringify(steps[at]) + ' on ' + document.body.innerText);
        }
        channel.port2.postMessage('');
    };
    channel.port2.postMessage('');";

/// Somebody comes, answers everything and sees the result.
#[track_caller]
fn come(page: &mut Page, all: &Answers) -> Assessment {
    let (steps, known) = steps(chinese(), all, as_of());
    let steps: Vec<Value> = steps.into_iter().map(told).collect();
    page.script(
        "[].filter.call(document.querySelectorAll('dialog .begin'), function (one) { one.click(); return true; });
         location.replace('#session/q/goal');",
    );
    let failed = page.wait_script(&format!("var steps = {}; {RUN}", json!(steps)));
    assert_eq!(failed, json!(""), "{known:?}");
    let consultation = Consultation::new(&TABLES, &known, as_of());
    assert!(consultation.is_complete());
    consultation.assessment
}

/// The cover is there, of a page that has come anew.
const COVER: &str = "return !document.documentElement.dataset.before && !!document.querySelector('dialog.cover')
    && document.documentElement.dataset.ready === 'true' && location.hash === '#session';";

#[track_caller]
fn see_cover(page: &mut Page) {
    page.wait_until(COVER);
}

/// Brings something to where the bar isn't: not every driver knows that it is in the way, as people do.
#[track_caller]
fn reach(page: &Page, selector: &str) {
    page.script(&format!("document.querySelector('main {selector}').scrollIntoView({{ block: 'center' }});"));
}

/// Marks the page, so that the next one is known from it.
#[track_caller]
fn mark(page: &Page) {
    page.script("document.documentElement.dataset.before = 'true';");
}

#[track_caller]
fn start_over(page: &mut Page) {
    mark(page);
    page.press("结束并清除");
    page.see_anywhere("您的回答会全部清除");
    page.press("清除，回到开头");
    see_cover(page);
}

/// One of the invented people, as the day of the session allows.
fn invented(text: &str) -> Answers {
    record::from_text(&TABLES, &text.replace("2025-07-31", "2025-04-20").replace("2025-07-05", "2025-04-05"))
        .unwrap()
        .answers
}

/// The program's memory is reached by what starts it.
const HOLD_MEMORY: &str = "
    ['instantiate', 'instantiateStreaming'].forEach(function (name) {
        var own = WebAssembly[name];
        if (own) WebAssembly[name] = function () {
            return own.apply(WebAssembly, arguments).then(function (made) {
                // The later part of the program works in the memory of the first.
                window.e2eMemory = (made.instance || made).exports.memory || window.e2eMemory;
                return made;
            });
        };
    });
    window.e2eMemory = null;
    var now = Date.now;
    window.e2eLater = 0;
    Date.now = function () { return now.call(Date) + window.e2eLater * 1000; };";

#[test]
fn a_reload_or_a_way_out_and_back_shows_the_cover() {
    journey("session-reload", |page| {
        page.open("?lang=zh-Hans");
        page.open(SESSION);
        come(page, &invented(people::CLAIM));
        mark(page);
        page.reload();
        see_cover(page);
        come(page, &invented(people::CLAIM));
        mark(page);
        page.back();
        page.forward();
        see_cover(page);
        page.press("开始");
        page.see_heading(START);
        // Typed behind the address of a page that is open.
        page.open("?lang=zh-Hans");
        page.script("location.hash = '#session';");
        see_cover(page);
    });
}

/// Without its script nobody's answers would go: then there is no checker either.
#[test]
fn without_its_script_there_is_only_the_plain_page() {
    let folder = copy();
    Visit::to(folder.path()).as_published().impatient().journey("session-lost", |page| {
        for fault in [Fault::NotFound, Fault::Cut, Fault::Html] {
            page.move_elsewhere();
            page.break_file(&published(folder.path(), "session.js"), fault);
            page.open_unready(SESSION);
            page.wait_until("return document.documentElement.dataset.failed === 'true';");
            // All that the program needs comes, and it begins all the same.
            page.wait_until(
                "return performance.getEntriesByType('resource').filter(function (one) {
                     return /[.](wasm|text)$/.test(one.name) && one.responseEnd; }).length > 1;",
            );
            page.see_anywhere("2400");
            assert_eq!(page.script("return document.documentElement.dataset.ready || '';"), json!(""));
            assert_eq!(page.script("return getComputedStyle(document.getElementById('app')).display;"), json!("none"));
            page.mend();
            page.reload();
            see_cover(page);
        }
    });
    tried(&[
        "a session's script doesn't come",
        "the plain page, and no checker without its cover; loading again helps",
    ]);
}

/// The cover may stand there all night.
#[test]
fn whoever_comes_on_another_day_is_judged_by_that_day() {
    journey("session-new-day", |page| {
        page.before_every_page(
            "window.e2eDays = 0;
             Date.now = function () { return Date.UTC(2025, 4, 10, 4) + window.e2eDays * 24 * 3600000; };",
        );
        page.open("?lang=zh-Hans#session");
        see_cover(page);
        page.see_anywhere("按2025年5月10日");
        page.script("window.e2eDays = 250;");
        page.press("开始");
        page.see("我们查到的补贴规则有效到2025年12月31日");
        page.see_anywhere("按2026年1月15日");
        reach(page, "a[href=\"#start/claim\"]");
        page.press("我拿到职业技能等级证书了");
        page.script("location.replace('#session/q/certificate-date');");
        page.see_heading("证书是哪天发的？");
        // Of the day before.
        for (field, digits) in [("年", "2026"), ("月", "1"), ("日", "14")] {
            page.enter_in(field, digits);
        }
        reach(page, "label.row");
        page.choose("广东公布备案");
        reach(page, "form .button");
        page.press("继续");
        page.see_heading("您的职业技能等级证书是哪个职业的？");
    });
    tried(&["a session's cover stands there into another day", "the next person is judged by that day"]);
}

#[test]
fn who_is_there_says_so_and_goes_on() {
    journey("session-idle", |page| {
        page.before_every_page(HOLD_MEMORY);
        page.open(SESSION);
        // Nobody has come: nobody is asked.
        page.script("window.e2eLater = 500;");
        page.press("开始");
        page.press("成绩出来了");
        page.see_heading("理论科目考了多少分？");
        page.enter_in("理论成绩", "73");
        page.script("window.e2eLater = 595;");
        page.see_anywhere("您还在吗？");
        page.press("我还在");
        page.not_see_anywhere("您还在吗？");
        assert_eq!(page.script("return document.getElementById('theory-score-0').value;"), json!("73"));
        page.enter_in("实操成绩", "50");
        page.press("继续");
        page.see_heading("合格的那一科是哪天考的？");
        page.press("上一步");
        page.see_heading("理论科目考了多少分？");
        assert!(page.address().ends_with("#session/q/theory-score"), "{}", page.address());
        page.press("上一步");
        page.see_heading("您想了解什么？");
        page.press("上一步");
        page.see_heading(START);
    });
}

/// However far back: what was measured before counts no more, and the rest goes on.
#[test]
fn a_clock_that_is_set_back_does_not_stop_the_watch() {
    journey("session-clock-back", |page| {
        page.before_every_page(HOLD_MEMORY);
        page.open(SESSION);
        page.press("开始");
        page.press("成绩出来了");
        page.see_heading("理论科目考了多少分？");
        mark(page);
        page.script("window.e2eLater = -3600;");
        // The watch looks four times a second.
        page.wait_script("setTimeout(arguments[arguments.length - 1], 500);");
        page.not_see_anywhere("您还在吗？");
        page.script("window.e2eLater = -3600 + 91;");
        page.see_anywhere("您还在吗？");
        page.script("window.e2eLater = -3600 + 111;");
        see_cover(page);
    });
    tried(&["the clock is set back in a session", "nothing; who has gone is noticed as before"]);
}

#[test]
fn a_code_takes_the_result_to_a_phone() {
    journey("session-code", |page| {
        page.open(SESSION);
        come(page, &invented(people::CLAIM));
        let headline = page.heading();
        page.see("二维码里有您的全部回答");
        // Nothing that would stay on the device.
        let left = page.script(
            "return [].filter.call(document.querySelectorAll('main button'), function (one) {
                 return /复制|打印|日历|分享/.test(one.textContent); }).length;",
        );
        assert_eq!(left, json!(0));
        let link = code::read(page);
        reach(page, ".made button");
        page.press("手机没有网络");
        page.see("可以看到结果的要点");
        page.wait_until("return document.querySelector('img.code').complete;");
        assert!(code::read(page).contains("3120"));
        // The phone is another device.
        page.move_elsewhere();
        page.open(&link[link.find('?').unwrap()..]);
        page.see_heading(&headline);
    });
}

fn file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("checker.html");
    fs::copy(dist().join("checker.html"), &file).unwrap();
    (folder, file)
}

#[test]
fn the_single_file_has_a_session_and_a_code_in_words() {
    let (_folder, file) = file();
    Visit::to_file(&file).with_screen(1024, 768).journey("session-file", |page| {
        page.open(SESSION);
        see_cover(page);
        page.see_anywhere("断网也能用");
        come(page, &invented(people::CLAIM));
        assert!(code::read(page).contains("3120"));
        page.not_see("手机没有网络");
        start_over(page);
    });
}

/// The databases of a file may be those of every file: a checker that nobody uses at a session has none.
#[test]
fn the_single_file_opens_a_database_only_in_a_session() {
    let (_folder, file) = file();
    Visit::to_file(&file).journey("session-file-database", |page| {
        let look = "indexedDB.databases().then(function (all) {
                window.e2eOpened = all.filter(function (one) { return one.name === 'subsidy-checker.session'; }).length;
            });";
        page.open("?lang=zh-Hans");
        page.see_heading(START);
        page.wait_until(&format!("{look} return window.e2eOpened === 0;"));
        page.open(SESSION);
        page.wait_until(&format!("{look} return window.e2eOpened === 1;"));
    });
    tried(&["`checker.html` without a session", "nothing; no database is opened"]);
}

mod any_tables {
    use super::*;

    #[test]
    fn it_has_its_cover_and_its_start() {
        journey("session-start", |page| {
            page.open("?lang=zh-Hans#session");
            see_cover(page);
            page.script("document.querySelector('dialog .begin').click();");
            page.see_heading(START);
            start_over(page);
        });
    }
}
