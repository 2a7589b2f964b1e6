//! What the device keeps of the answers: with other windows, other versions and other days.

use e2e::{Page, journey, people, tried};

const IN_OCTOBER: &str = "?lang=zh-Hans&as-of=2025-10-01";
const RECORD: &str = "subsidy-checker.answers";
const START: &str = "人工智能训练师培训班：费用、考试和补贴";

/// Opens a page of the program on a device that has kept these answers.
fn open(page: &mut Page, fragment: &str, record: &str) {
    page.open_with(IN_OCTOBER, fragment, record);
}

/// The answers that are kept, without version and day.
fn kept(page: &Page) -> Option<String> {
    page.storage_get(RECORD).map(|record| record.splitn(3, ';').nth(2).unwrap_or_default().to_owned())
}

/// What is deleted in one window is gone in all, and doesn't come back with the next answer there.
#[test]
fn what_is_deleted_in_one_window_stays_deleted() {
    journey("two-windows-delete", |page| {
        open(page, "#q/age", people::CLAIM);
        page.open_window();
        page.open(&format!("{IN_OCTOBER}#result"));
        page.see("3120元");
        page.press("删除我的回答");
        page.press("确定删除");
        page.see_anywhere("已经从这台设备上删除");
        assert_eq!(kept(page), None);
        page.switch_window(0);
        page.see_heading(START);
        page.see_anywhere("已经从这台设备上删除");
        page.press("成绩出来了");
        assert_eq!(kept(page).as_deref(), Some("goal=exam"));
    });
    tried(&[
        "answers are deleted in another window",
        "they are gone here too, with a word, and don't come back with the next answer",
    ]);
}

/// Two windows that answer have the same answers, whoever was last.
#[test]
fn two_windows_have_the_same_answers() {
    journey("two-windows-answer", |page| {
        open(page, "#q/age", "1;goal=claim;age=30");
        page.open_window();
        page.open(&format!("{IN_OCTOBER}#q/certificate-date"));
        page.switch_window(0);
        page.enter("41");
        page.press("继续");
        page.switch_window(1);
        page.see_anywhere("另一个窗口改了回答");
        for (label, digits) in [("年", "2025"), ("月", "7"), ("日", "31")] {
            page.enter_in(label, digits);
        }
        page.choose("广东公布备案");
        page.press("继续");
        page.wait_until("return localStorage.getItem('subsidy-checker.answers').indexOf('2025-07-31') > 0;");
        let all = kept(page).unwrap();
        assert!(all.contains("age=41") && all.contains("certificate-date=2025-07-31"), "{all}");
        page.switch_window(0);
        page.see_anywhere("另一个窗口改了回答");
    });
    tried(&["answers are given in another window", "they are here too, with a word"]);
}

/// A window that wasn't told adds to what is kept, not to what it remembers.
#[test]
fn what_another_window_wrote_is_not_overwritten() {
    journey("two-windows-silent", |page| {
        page.before_every_page(
            "window.addEventListener('storage', function (event) { event.stopImmediatePropagation(); }, true);",
        );
        open(page, "#q/age", "1;goal=claim;age=30");
        page.storage_set(RECORD, "2;on=2026-11-24;goal=claim;paid-same=no");
        page.enter("41");
        page.press("继续");
        page.wait_until("return localStorage.getItem('subsidy-checker.answers').indexOf('age=41') > 0;");
        assert_eq!(kept(page).as_deref(), Some("goal=claim;age=41;paid-same=no"));
    });
    tried(&[
        "answers are given in another window, and this one isn't told",
        "none is lost: the next answer here is added to what is kept",
    ]);
}

/// After a version was taken back, what the newer one had kept is still there for it.
#[test]
fn what_another_version_kept_is_left() {
    for other in ["3;on=2026-11-24;goal=claim", "2;on=2026-11-24;goal=claim;car=yes", "2;on=2026-11-24;goal=buy"] {
        journey("other-version", |page| {
            open(page, "", other);
            page.see_anywhere("另一个版本的回答");
            page.press("成绩出来了");
            page.see_heading("理论科目考了多少分？");
            // It is still true.
            page.see_anywhere("另一个版本的回答");
            assert_eq!(page.storage_get(RECORD).as_deref(), Some(other));
            page.press("删除我的回答");
            page.press("确定删除");
            page.see_anywhere("已经从这台设备上删除");
            assert_eq!(page.storage_get(RECORD), None);
        });
    }
    tried(&[
        "answers kept by a version to come, which was taken back",
        "said so; they stay for that version, and nothing is written over them",
    ]);
}

/// A clock that a test can set: `window.e2eDays` and `window.e2eHours` after noon of 10 May 2025 in Shanghai.
const CLOCK: &str = "
    window.e2eDays = window.e2eHours = 0;
    Date.now = function () { return Date.UTC(2025, 4, 10, 4) + (window.e2eDays * 24 + window.e2eHours) * 3600000; };";

/// A page that stays open is of the day that it is, and says once that this is another one.
#[test]
fn another_day_is_noticed() {
    const NEW_DAY: &str = "日期变了，现在按2026年1月15日计算";
    journey("new-day", |page| {
        page.before_every_page(CLOCK);
        page.open("?lang=zh-Hans");
        page.storage_set(RECORD, &people::CLAIM.replace("2025-07-31", "2025-05-09"));
        page.open("?lang=zh-Hans#result");
        page.see("3120元");
        for wake in ["window.dispatchEvent(new Event('focus'));", "window.dispatchEvent(new Event('pageshow'));"] {
            page.not_see_anywhere(NEW_DAY);
            page.script(&format!("window.e2eDays = 250; {wake}"));
            page.see_heading("我们查到的补贴规则已经到期，现在能不能领还不能确定");
            page.see_anywhere(NEW_DAY);
            page.script("window.e2eDays = 0; window.dispatchEvent(new Event('focus'));");
            page.see_heading("按您的回答，符合补贴条件，预计能领3120元");
            page.open("?lang=zh-Hans#result");
        }
        // What is written has the day on which it is written.
        page.open("?lang=zh-Hans#q/certificate-date");
        page.script("window.e2eDays = 250;");
        for (label, digits) in [("年", "2026"), ("月", "1"), ("日", "14")] {
            page.enter_in(label, digits);
        }
        page.press("继续");
        page.wait_until("return localStorage.getItem('subsidy-checker.answers').indexOf('2;on=2026-01-15;') === 0;");
        assert!(kept(page).unwrap().contains("certificate-date=2026-01-14"));
    });
    tried(&["a page stays open into another day", "everything is worked out for that day, which is said once"]);
}

/// A clock that is set back doesn't make every press one of two.
#[test]
fn a_clock_that_is_set_back_stops_nobody() {
    journey("clock-back", |page| {
        page.before_every_page(CLOCK);
        page.open("?lang=zh-Hans&as-of=2025-04-05");
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.script("window.e2eHours = -1;");
        page.choose("没有工作过");
        page.pause_between_taps();
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
    });
    tried(&["the clock is set back", "nothing; it goes on"]);
}
