//! What people carry home: each thing does what it says, and has a way where browsers refuse.

use std::fs;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use e2e::{Page, Visit, cases, code, dist, journey, people, stands_in, tried};
use icalendar::{Calendar, CalendarComponent, Component as _};
use serde_json::json;
use subsidy_checker::explain::Explanation;
use subsidy_checker::rules::{Date, TABLES};
use subsidy_checker::takeaway;
use subsidy_checker::text::{Language, Text, built_in};
use tasks::server::{Server, Site};
use unicode_normalization::UnicodeNormalization as _;

const RECORD: &str = "subsidy-checker.answers";
const IN_OCTOBER: &str = "2025-10-01";
const IN_MAY: &str = "2025-05-10";

fn chinese() -> Text {
    built_in(Language::ZH_HANS).unwrap()
}

/// Puts a result on the page: somebody's answers on a day.
#[track_caller]
fn result(page: &mut Page, record: &str, as_of: &str) -> Explanation {
    page.open_with(&format!("?lang=zh-Hans&as-of={as_of}"), "#result", record);
    let explained = people::explained(chinese(), record, as_of);
    page.see_heading(&explained.headline);
    explained
}

#[track_caller]
fn link(page: &mut Page) -> String {
    page.press("生成链接和二维码");
    page.wait_until("return !!document.querySelector('.made .address');");
    page.script("return document.querySelector('.made .address').textContent;").as_str().unwrap().to_owned()
}

/// What stands behind the address of the page.
fn behind(link: &str) -> &str {
    &link[link.find('?').unwrap()..]
}

#[test]
fn a_link_that_is_damaged_or_hostile_changes_nothing() {
    journey("carry-damaged", |page| {
        result(page, people::CLAIM, IN_OCTOBER);
        let link = link(page);
        let kept = page.storage_get(RECORD);
        let whole = behind(&link);
        let cut = &whole[..whole.len() - 9];
        let changed = whole.replace("age_30", "age_31");
        let hostile = "#record/<img src=x onerror=alert(1)>";
        let long = format!("#record/2.on_2025-10-01{}", ".age_30".repeat(5000));
        for address in [cut, &changed, hostile, &long, "#record/", "#record/%00"] {
            page.open(address);
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            page.see_anywhere("这个链接用不了");
            assert!(!page.address().contains("record"), "{}", page.address());
            assert_eq!(page.storage_get(RECORD), kept);
        }
    });
}

#[test]
fn where_there_are_answers_already_one_is_asked() {
    journey("carry-asked", |page| {
        let claim = result(page, people::CLAIM, IN_OCTOBER);
        let link = link(page);
        let other = result(page, people::EXAM, IN_OCTOBER);
        let own = page.storage_get(RECORD);
        page.open(behind(&link));
        page.see("链接里有另一份回答");
        assert_eq!(page.storage_get(RECORD), own);
        page.press("保留这台设备上的回答");
        page.not_see("链接里有另一份回答");
        page.press("看结果");
        page.see_heading(&other.headline);
        page.open(behind(&link));
        page.press("用链接里的回答");
        page.see_heading(&claim.headline);
        // The same once more is no question.
        page.open(behind(&link));
        page.see_heading(&claim.headline);
    });
}

/// A copy of the single file, with or without the address of the online version.
fn file(address: Option<&str>) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("checker.html");
    let html = fs::read_to_string(dist().join("checker.html")).unwrap();
    let canonical = address.map_or_else(String::new, |address| format!("<link rel=\"canonical\" href=\"{address}\">"));
    fs::write(&file, html.replacen("<style>", &format!("{canonical}<style>"), 1)).unwrap();
    (folder, file)
}

/// What is saved, instead of a download.
const CATCHES: &str = "HTMLAnchorElement.prototype.click = function () { window.saved = [this.download, this.href]; };";

#[track_caller]
fn saved_calendar(page: &mut Page) -> Calendar {
    page.script(CATCHES);
    page.press("加到日历");
    let saved = page.script("return [saved[0], decodeURIComponent(saved[1])];");
    assert_eq!(saved[0], "subsidy-checker.ics");
    let text = saved[1].as_str().unwrap().strip_prefix("data:text/calendar;charset=utf-8,").unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75) && !text.replace("\r\n", "").contains('\n'), "{text}");
    text.parse().unwrap()
}

#[test]
fn papers_are_ticked_until_the_answers_are_deleted() {
    journey("carry-papers", |page| {
        result(page, people::CLAIM, IN_OCTOBER);
        page.choose("身份证");
        page.choose("职业技能等级证书（一般");
        page.unchoose("职业技能等级证书（一般");
        page.reload();
        assert!(page.is_chosen("身份证") && !page.is_chosen("职业技能等级证书（一般"));
        page.press("删除我的回答");
        page.press("确定删除");
        let kept = "return Object.keys(localStorage).filter(function (key) { return !/language/.test(key); });";
        assert_eq!(page.script(kept), json!([]));
        result(page, people::CLAIM, IN_OCTOBER);
        assert!(!page.is_chosen("身份证"));
    });
}

/// A name is put into the note, and nowhere else.
#[test]
fn the_note_of_a_remittance_is_made_of_a_name_that_nobody_keeps() {
    journey("carry-note", |page| {
        page.before_every_page(CLIPBOARD);
        result(page, people::ENROL, "2025-04-10");
        page.enter_in("报名人姓名", "测 试甲");
        page.see("测试甲三级软协第3期人工智能训练师培训费");
        page.see("一共20个字");
        page.press("复制汇款用途");
        page.see("已复制");
        assert_eq!(page.script("return window.copied;"), "测试甲三级软协第3期人工智能训练师培训费");
        let kept = "return JSON.stringify(Object.assign({}, localStorage, sessionStorage)) + location.href + JSON.stringify(history.state);";
        assert!(!page.script(kept).as_str().unwrap().contains("测试甲"));
        page.press("查看或修改回答");
        page.see_heading("我的回答");
        page.back();
        page.see("报名人姓名");
        assert!(!page.script("return document.body.innerHTML;").as_str().unwrap().contains("测试甲"));
        // Who can't join any more is not to pay.
        result(page, people::ENROL, IN_MAY);
        page.not_see("报名人姓名");
    });
}

/// A clipboard that gives what was copied to the test.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: function (text) { window.copied = text; return Promise.resolve(); } } });";
/// None, as on plain http and in other apps; then the old way does it.
const NO_CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = function () { window.copied = document.activeElement.value; return true; };";
/// Nor the old way.
const NOTHING_COPIES: &str = "Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = function () { return false; };";

/// One page of paper in each language, with a text that can be searched and copied.
#[test]
fn the_print_is_one_page() {
    let mut long = Vec::new();
    for language in Language::ALL {
        let text = built_in(*language).unwrap();
        journey(&format!("carry-print-{}", language.id()), |page| {
            for (name, record, as_of) in [
                ("claim", people::CLAIM, IN_OCTOBER),
                ("enrol", people::ENROL, IN_MAY),
                ("exam", people::EXAM, IN_OCTOBER),
            ] {
                page.open_with(&format!("?lang={}&as-of={as_of}", language.id()), "#result", record);
                let explained = people::explained(text, record, as_of);
                page.see_heading(&explained.headline);
                page.script("document.querySelector('.made button').click();");
                code::read(page);
                let printed = page.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
                let pdf = BASE64.decode(printed["data"].as_str().unwrap()).unwrap();
                let folder = tasks::root().join("target/e2e");
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(format!("print-{name}-{}.pdf", language.id())), &pdf).unwrap();
                let pages = pdf_extract::extract_text_from_mem_by_pages(&pdf).unwrap();
                long.extend((pages.len() != 1).then(|| format!("{name} in {} has {}", language.id(), pages.len())));
                // Browsers write some signs as the radicals that look the same.
                let squeezed = |text: &str| text.nfkc().filter(|sign| !sign.is_whitespace()).collect::<String>();
                let shown = squeezed(&pages[0]);
                let mut expected =
                    vec![explained.headline.clone(), TABLES.version.to_owned(), text.date(Date::parse(as_of).unwrap())];
                expected.extend(explained.figure.iter().map(|(_, amount)| amount.clone()));
                expected.extend(explained.reminders.iter().map(|one| text.date(one.day)));
                for words in expected {
                    if !shown.contains(&squeezed(&words)) {
                        long.push(format!("`{words}` is not on the first page of {name} in {}", language.id()));
                    }
                }
                assert!(is_drawn(&pdf), "no code in {name}");
                let button = page.script("return document.querySelector('.carry button').textContent;");
                assert!(!shown.contains(&squeezed(button.as_str().unwrap())), "{shown}");
            }
        });
    }
    // English is longest. Of the worked examples every twentieth.
    journey("carry-print-examples", |page| {
        for case in cases::all().into_iter().filter(|case| !case.answers.is_empty()).step_by(20) {
            page.open_with(&format!("?lang=en&as-of={}", case.as_of), "#result", &case.record());
            let printed = page.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
            let pdf = BASE64.decode(printed["data"].as_str().unwrap()).unwrap();
            let pages = pdf_extract::extract_text_from_mem_by_pages(&pdf).unwrap();
            long.extend((pages.len() != 1).then(|| format!("{} has {} pages", case.record(), pages.len())));
        }
    });
    assert!(long.is_empty(), "not one page: {long:?}");
}

/// Whether a picture is in it.
fn is_drawn(pdf: &[u8]) -> bool {
    pdf.windows(6).any(|bytes| bytes == b"/Image")
}

/// Does each thing, and says what one gets: a row of the table in docs/takeaway.md.
#[track_caller]
fn everything(page: &mut Page, place: &str) {
    let outcome = "var said = document.querySelectorAll('.carry [role=status]')[arguments[0] || 0];
         return /已复制/.test(said.textContent) ? 'copied' : said.querySelector('pre') ? 'shown, to be held and copied' : null;";
    page.press("复制全部文字");
    let text = page.outcome(outcome).expect("the text is copied or shown");
    let reaches =
        page.script("return !/生成二维码/.test(document.querySelector('.carry').textContent);") == json!(true);
    let [link, code] = if reaches {
        let link = link(page);
        assert_eq!(code::read(page), link);
        page.press("复制链接");
        let last = "var all = document.querySelectorAll('.carry [role=status]'), said = all[all.length - 1];
             return /已复制/.test(said.textContent) ? 'copied' : said.querySelector('pre') ? 'shown, to be held and copied' : null;";
        [page.outcome(last).expect("the link is copied or shown"), "a picture of the link".to_owned()]
    } else {
        page.press("生成二维码");
        assert!(code::read(page).contains("3120元"));
        ["none: it is nowhere online".to_owned(), "a picture of the answer in words".to_owned()]
    };
    saved_calendar(page);
    page.see("2026年7月30日：按有效到2025年12月31日的规则：申领职业技能提升补贴稳妥的最后一天");
    page.script("window.print = function () { window.printed = true; };");
    page.press("打印或存成PDF");
    page.wait_until("return window.printed === true;");
    page.choose("身份证");
    let kept =
        page.script("try { return localStorage['subsidy-checker.papers'] || ''; } catch (refused) { return ''; }");
    let papers = if kept == json!("identity") { "ticks stay" } else { "ticks last until it is closed" };
    assert_eq!(page.script("return document.querySelectorAll('a[href^=\"tel:\"]').length >= 3;"), json!(true));
    page.press("复制17377872077");
    let numbers = "var said = document.querySelector('li [role=status]:not(:empty)');
         return said && (/已复制/.test(said.textContent) ? 'copied' : said.querySelector('pre') ? 'shown' : null);";
    let numbers = page.outcome(numbers).expect("the number is copied or shown");
    stands_in(
        "docs/takeaway.md",
        &[place, &text, &link, &code, "file, and the days in words", papers, &format!("a tap calls; {numbers}")],
    );
}

#[test]
fn in_wechat() {
    let agent = "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.40";
    Visit::default().as_agent(agent).journey("carry-wechat", |page| {
        page.before_every_page(NO_CLIPBOARD);
        result(page, people::CLAIM, IN_OCTOBER);
        everything(page, "WeChat, which lets pages copy only the old way");
    });
}

mod every_engine {
    use super::*;

    #[test]
    fn a_link_takes_the_answers_to_another_device_and_leaves_no_trace_there() {
        journey("carry-link", |page| {
            let explained = result(page, people::CLAIM, IN_OCTOBER);
            assert_eq!(page.script("return document.querySelectorAll('.made img, .made .address').length;"), json!(0));
            let link = link(page);
            assert_eq!(code::read(page), link);
            let address = page.address();
            assert!(link.starts_with(address.split('?').next().unwrap()), "{link}");
            // Another device has nothing yet.
            page.move_elsewhere();
            page.open("?lang=zh-Hans");
            page.open(behind(&link));
            page.see_heading(&explained.headline);
            page.see_anywhere("现在用的是链接里的回答");
            assert!(
                page.address().ends_with(&format!("?lang=zh-Hans&as-of={IN_OCTOBER}#result")),
                "{}",
                page.address()
            );
            assert!(page.storage_get(RECORD).unwrap().contains(";certificate-date=2025-07-31;"));
            page.reload();
            page.see_heading(&explained.headline);
            page.press("查看或修改回答");
            page.see_heading("我的回答");
            page.back();
            page.see_heading(&explained.headline);
            page.back();
            assert!(!page.address().contains("record"), "{}", page.address());
        });
    }

    #[test]
    fn a_file_has_the_address_it_was_built_with_or_a_short_text() {
        let (_folder, plain) = file(None);
        Visit::to_file(&plain).journey("carry-file", |page| {
            let explained = result(page, people::CLAIM, IN_OCTOBER);
            page.press("生成二维码");
            let as_of = chinese().date(Date::parse(IN_OCTOBER).unwrap());
            let summary = takeaway::summary(&explained, chinese(), &as_of, TABLES.version);
            assert!(summary.contains("3120元") && summary.contains("2025年12月31日"), "{summary}");
            assert_eq!(code::read(page), summary);
            page.see(&summary);
        });
        let (_folder, addressed) = file(Some("https://example.org/checker/"));
        Visit::to_file(&addressed).journey("carry-file-address", |page| {
            result(page, people::CLAIM, IN_OCTOBER);
            let link = link(page);
            assert!(
                link.starts_with("https://example.org/checker/?lang=zh-Hans&as-of=2025-10-01#record/2.on_"),
                "{link}"
            );
            assert_eq!(code::read(page), link);
        });
    }

    /// Pictures that a page draws can't be read back by it, or not as they were drawn.
    #[test]
    fn a_code_needs_no_canvas() {
        Visit::default().in_protective_browser().journey("carry-canvas", |page| {
            page.before_every_page(
                "HTMLCanvasElement.prototype.getContext = function () { return null; };
                 HTMLCanvasElement.prototype.toDataURL = function () { return 'data:,'; };",
            );
            result(page, people::CLAIM, IN_OCTOBER);
            let link = link(page);
            assert_eq!(code::read(page), link);
        });
        tried(&["the browser lets no canvas be read, or changes it", "the code, which a phone reads"]);
    }

    #[test]
    fn days_go_into_a_calendar() {
        /// Each day with its name, what it is about, and how its reminders are written.
        fn check(page: &mut Page, expected: &[(&str, &str, &str, &[&str])]) {
            let calendar = saved_calendar(page);
            let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
            assert_eq!(events.len(), expected.len());
            for (event, (day, name, about, reminders)) in events.into_iter().zip(expected) {
                let start = event.get_start().unwrap();
                assert_eq!(format!("{start:?}"), format!("Date({day})"));
                assert!(event.get_summary().unwrap().contains(about), "{event:?}");
                // Whatever the day: another one takes its place.
                assert_eq!(event.get_uid().unwrap(), format!("{name}@subsidy-checker"));
                let text = event.try_into_string().unwrap();
                let alarms: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("TRIGGER:")).collect();
                assert_eq!(&alarms, reminders, "{text}");
            }
        }
        journey("carry-calendar", |page| {
            // The clock of the device says what is past.
            page.before_every_page("Date.now = function () { return 1759284000000; };");
            result(page, people::CLAIM, IN_OCTOBER);
            let both: &[&str] = &["-P59DT15H", "-P13DT15H"];
            check(
                page,
                &[
                    ("2025-12-31", "rules-end", "补贴规则到这一天为止", both),
                    ("2026-07-30", "claim", "按有效到2025年12月31日的规则：申领职业技能提升补贴稳妥的最后一天", both),
                ],
            );
            page.see("2026年7月30日：按有效到2025年12月31日的规则：申领职业技能提升补贴稳妥的最后一天");
            result(page, people::CLAIM, "2026-07-20");
            page.see("怎么申领");
            result(page, people::EXAM, IN_OCTOBER);
            check(page, &[("2026-07-04", "resit", "补考稳妥的最后一天", both)]);
            // Nothing to be reminded of.
            result(page, people::ENROL, IN_MAY);
            page.not_see("加到日历");
            result(page, &people::CLAIM.replace("established-post=no", "established-post=yes"), IN_OCTOBER);
            page.not_see("加到日历");
            result(page, people::EXAM, "2026-10-01");
            page.not_see("加到日历");
        });
    }

    /// The same event with another day, a later moment and a higher number is one that calendars replace (RFC 5545, 3.8.7).
    #[test]
    fn a_corrected_day_replaces_the_one_before() {
        /// The day of the claim as the file has it: what names it, and what says that it is newer.
        fn saved(page: &mut Page) -> (String, String, String, u32) {
            let calendar = saved_calendar(page);
            let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
            let event = events.last().unwrap();
            let value = |name: &str| event.property_value(name).unwrap().to_owned();
            (value("UID"), value("DTSTART"), value("DTSTAMP"), value("SEQUENCE").parse().unwrap())
        }
        journey("carry-corrected", |page| {
            page.before_every_page(
                "Date.now = function () { return 1759284000000 + Number(sessionStorage.getItem('e2e-later') || 0); };",
            );
            result(page, people::CLAIM, IN_OCTOBER);
            let (uid, day, stamp, number) = saved(page);
            assert_eq!(day, "20260730");
            assert_eq!(stamp, "20251001T020000Z");
            // Made when it is pressed for, however long the page has been open.
            page.script("sessionStorage.setItem('e2e-later', '61000');");
            assert_eq!(saved(page), (uid.clone(), day.clone(), "20251001T020101Z".to_owned(), number + 61));
            result(page, &people::CLAIM.replace("2025-07-31", "2025-07-30"), IN_OCTOBER);
            page.script("sessionStorage.setItem('e2e-later', '62000');");
            assert_eq!(saved(page), (uid, "20260729".to_owned(), "20251001T020102Z".to_owned(), number + 62));
        });
    }

    #[test]
    fn the_whole_result_is_copied_as_the_command_line_prints_it() {
        for (name, clipboard) in [("modern", CLIPBOARD), ("old", NO_CLIPBOARD)] {
            journey(&format!("carry-copy-{name}"), |page| {
                page.before_every_page(clipboard);
                let explained = result(page, people::CLAIM, IN_OCTOBER);
                page.press("复制全部文字");
                page.see("已复制");
                let as_of = chinese().date(Date::parse(IN_OCTOBER).unwrap());
                assert_eq!(page.script("return window.copied;"), explained.plain(chinese(), &as_of, TABLES.version));
                // Nothing is left of the field that was copied from.
                assert_eq!(page.script("return document.querySelectorAll('textarea').length;"), json!(0));
                page.press("复制17377872077");
                page.wait_until("return window.copied === '17377872077';");
            });
        }
        journey("carry-copy-none", |page| {
            page.before_every_page(NOTHING_COPIES);
            let explained = result(page, people::CLAIM, IN_OCTOBER);
            page.press("复制全部文字");
            page.see("请自己复制下面的文字");
            let as_of = chinese().date(Date::parse(IN_OCTOBER).unwrap());
            page.see(&explained.plain(chinese(), &as_of, TABLES.version));
        });
    }

    #[test]
    fn a_link_is_shared_where_there_is_something_to_share_it_with() {
        journey("carry-share", |page| {
            page.before_every_page(
                "navigator.share = function (what) { window.shared = what; return Promise.reject(new Error('no')); };",
            );
            result(page, people::CLAIM, IN_OCTOBER);
            let link = link(page);
            page.press("分享链接");
            page.wait_until("return !!window.shared;");
            assert_eq!(page.script("return window.shared.url;"), json!(link));
        });
    }

    #[test]
    fn on_plain_http() {
        journey("carry-http", |page| {
            page.before_every_page(NOTHING_COPIES);
            page.before_every_page("Object.defineProperty(window, 'isSecureContext', { value: false });");
            result(page, people::CLAIM, IN_OCTOBER);
            everything(page, "plain http, where copying is refused altogether");
        });
    }

    #[test]
    fn from_a_file() {
        let (_folder, file) = file(None);
        Visit::to_file(&file).journey("carry-disk", |page| {
            page.open("?lang=zh-Hans");
            result(page, people::CLAIM, IN_OCTOBER);
            // What the browser itself allows differs; the old way is the same.
            page.script(NO_CLIPBOARD);
            everything(page, "`checker.html` from a disk, built without an address");
        });
    }

    #[test]
    fn in_a_frame() {
        let checker = Site::new(&dist()).with_script("before.js", NO_CLIPBOARD);
        let checker = Server::on_loopback(checker).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let record = subsidy_checker::record::to_address(&people::CLAIM.replacen("1;", "2;on=2025-10-01;", 1));
        let source = format!("{}?lang=zh-Hans&as-of={IN_OCTOBER}#record/{record}", checker.url());
        let html = format!(
            "<!doctype html><title>frame</title><iframe src=\"{source}\" style=\"width:390px;height:700px\"></iframe>"
        );
        fs::write(folder.path().join("index.html"), html).unwrap();
        Visit::to(folder.path()).as_published().journey("carry-frame", |page| {
            page.open_unready("");
            page.enter_frame(0);
            page.wait_until_it_runs();
            // A host's link is only offered.
            page.press("用链接里的回答");
            page.see_heading(&people::explained(chinese(), people::CLAIM, IN_OCTOBER).headline);
            everything(page, "a frame on another site, by a link of the host's");
        });
    }
}
