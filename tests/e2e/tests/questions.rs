//! The start, the questions and the answers, in the browser: what is typed, what is wrong, what is kept, what is deleted.

use e2e::{Page, journey, tried};
use serde_json::json;

const IN_MAY: &str = "?as-of=2025-05-10";
const RECORD: &str = "subsidy-checker.answers";

/// Opens a page of the program on a device that has kept these answers.
fn open(page: &mut Page, fragment: &str, record: &str) {
    page.open_with(IN_MAY, fragment, record);
}

fn body(page: &Page) -> String {
    page.script("return document.body.innerText;").as_str().unwrap_or("").to_owned()
}

/// The ids of the fields that are said to be wrong.
fn invalid(page: &Page) -> serde_json::Value {
    page.script(
        "return Array.prototype.map.call(document.querySelectorAll('main [aria-invalid=true]'), function (one) {
             return one.id || one.tagName;
         });",
    )
}

fn focused(page: &Page) -> serde_json::Value {
    page.script("return document.activeElement.id || document.activeElement.name || document.activeElement.tagName;")
}

fn shown(page: &Page, selector: &str) -> bool {
    page.script(&format!("return document.querySelector('{selector}').getClientRects().length > 0;")) == json!(true)
}

#[test]
fn the_start_leads_to_the_first_question_of_a_goal() {
    journey("start", |page| {
        for (words, heading) in [
            ("我想参加培训班", "下面哪些符合您的情况？"),
            ("成绩出来了", "理论科目考了多少分？"),
            ("我拿到职业技能等级证书了", "您的职业技能等级证书是哪个职业的？"),
        ] {
            page.open(IN_MAY);
            page.script("localStorage.clear();");
            page.open(IN_MAY);
            page.press(words);
            page.see_heading(heading);
            assert!(!page.address().contains("start"), "{}", page.address());
            page.back();
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            page.see("上次查的是");
            page.press("接着答");
            page.see_heading(heading);
        }
    });
}

#[test]
fn a_day_is_taken_as_people_write_it() {
    journey("day", |page| {
        open(page, "#q/certificate-date", "1;goal=claim");
        for whole in ["2025-03-31", "2025/3/31", "2025年3月31日", "20250331"] {
            page.enter_in("年", "");
            page.enter_in("月", "");
            page.enter_in("日", "");
            page.script(&format!(
                "var year = document.getElementById('certificate-date-0');
                 year.value = '{whole}';
                 year.dispatchEvent(new Event('input', {{ bubbles: true }}));"
            ));
            let fields = page.script(
                "return [0, 1, 2].map(function (at) {
                     return Number(document.getElementById('certificate-date-' + at).value);
                 });",
            );
            assert_eq!(fields, json!([2025, 3, 31]), "{whole}");
        }
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    journey("wrong", |page| {
        open(page, "#q/certificate-date", "1;goal=claim;certificate-issuer=assessment-organisation");
        for (typed, field, said) in [
            (["2025", "13", "1"], "certificate-date-1", "“月”要填1到12。"),
            (["25", "3", "1"], "certificate-date-0", "不要只写25"),
            (["2025", "2", "30"], "certificate-date-2", "“日”要填这个月里有的日子。"),
            (["2025", "6", "1"], "certificate-date-1", "日期不能晚于2025年5月10日。"),
        ] {
            for (label, digits) in ["年", "月", "日"].into_iter().zip(typed) {
                page.enter_in(label, digits);
            }
            page.press("继续");
            page.see(said);
            assert_eq!(focused(page), "error");
            assert_eq!(invalid(page), json!([field]));
            assert!(page.script("return document.title;").as_str().is_some_and(|title| title.starts_with("请检查：")));
            page.script("document.querySelector('#error a').click();");
            page.see(said);
            while focused(page) != field {
                page.see(said);
            }
            // What describes the field says what is wrong with it.
            let described = page.script(&format!(
                "return document.getElementById('{field}').getAttribute('aria-describedby').split(' ').map(function (id) {{
                     var one = document.getElementById(id);
                     return one ? one.innerText : '';
                 }}).join(' ');"
            ));
            assert!(described.as_str().is_some_and(|words| words.contains(said)), "{described}");
            let kept = page.script(
                "return [0, 1, 2].map(function (at) { return document.getElementById('certificate-date-' + at).value; });",
            );
            assert_eq!(kept, json!(typed));
        }
        page.enter_in("月", "4");
        page.press("继续");
        page.see_heading("您的职业技能等级证书是哪个职业的？");
        assert_eq!(invalid(page), json!([]));
    });
}

/// Why it is asked, with the rules and the findings it serves.
#[test]
fn it_is_said_why_something_is_asked() {
    journey("why", |page| {
        for (fragment, record, said) in [
            ("#q/age", "1;goal=enrol", "这一页的回答影响：是否符合报考条件、是否符合补贴条件。"),
            ("#q/works-in", "1;goal=enrol", "这一页的回答影响：费用、是否符合补贴条件。"),
            ("#q/works-in", "1;goal=claim", "这一页的回答影响：是否符合补贴条件。"),
            ("#q/theory-score", "1;goal=exam", "这一页的回答影响：考试是否合格、是否可以补考。"),
        ] {
            open(page, fragment, record);
            page.not_see(said);
            page.press("为什么问这个？");
            page.see(said);
        }
        page.see("（X1）");
    });
}

/// Where two questions share a page, the second comes when the first needs it.
#[test]
fn a_second_question_appears_once_it_matters() {
    journey("same-page", |page| {
        open(page, "#q/work-field", "1;goal=enrol;established-post=no;full-time-student=no;pension=no");
        page.choose("没有工作过");
        assert!(!shown(page, "#years-worked-0"));
        page.choose("人工智能训练");
        page.see("这类工作您一共做了几年？");
        assert!(shown(page, "#years-worked-0"));
        page.press("继续");
        assert_eq!(invalid(page), json!(["years-worked-0"]));
        page.choose("没有工作过");
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        assert!(!page.storage_get(RECORD).unwrap().contains("years-worked"));
    });
}

#[test]
fn occupations_are_found_by_name_and_code() {
    journey("occupations", |page| {
        open(page, "#q/certificate-occupation", "1;goal=claim");
        let rows = |page: &Page| {
            page.script(
                "return Array.prototype.filter.call(document.querySelectorAll('[name=certificate-occupation]'), function (one) {
                     return one.parentNode.getClientRects().length > 0;
                 }).length;",
            )
        };
        // 31 of them, another one, and not knowing.
        assert_eq!(rows(page), 33);
        let by_name_and_code = ["训练师", "4-04-05-05", "４－０４－０５－０５", "4040505"];
        // As people call them, too.
        for (typed, found) in
            by_name_and_code.into_iter().chain(["AI", "标注", "客服", "程序员"]).map(|typed| (typed, 1))
        {
            page.enter(typed);
            page.see("找到1个职业");
            assert_eq!(rows(page), found + 2, "{typed}");
        }
        page.enter("看门");
        page.see("没有找到。");
        assert_eq!(rows(page), 2);
        // From the field into the list, and on by the arrow keys: only what is shown is reached.
        page.enter("人工智能");
        page.see("找到1个职业");
        page.key("\u{e004}");
        page.key(" ");
        assert!(page.is_chosen("人工智能训练师"));
        page.key("\u{e015}");
        assert!(page.is_chosen("其他职业"));
        page.key("\u{e013}");
        assert!(page.is_chosen("人工智能训练师"));
        page.key("\u{e007}");
        // The level stands on the same page, and is still to be chosen.
        page.see("请选一项；拿不准就选“不知道”。");
        page.see_heading("您的职业技能等级证书是哪个职业的？");
    });
}

#[test]
fn changing_an_answer_comes_back_to_the_answers() {
    let all = "1;goal=enrol;work-field=this;years-worked=3;certificate-held=none;title=none;education=university;\
               major=matching;study-status=graduated;works-in=zhuhai;employer-member=no;household=zhuhai;\
               insurance=zhuhai-employee;age=30;established-post=no;full-time-student=no;pension=no";
    journey("change", |page| {
        open(page, "#answers", all);
        page.press("修改：户籍");
        page.choose("广东其他城市");
        page.press("继续");
        page.see_heading("我的回答");
        page.see("户籍 广东其他城市");
        // What is newly needed is asked first, and then it comes back.
        page.press("修改：年龄（周岁）");
        page.enter("56");
        page.press("继续");
        page.see_heading("您的性别？");
        page.choose("男");
        page.press("继续");
        page.see_heading("我的回答");
        page.see("性别 男");
        page.press("修改：年龄（周岁）");
        page.enter("30");
        page.press("继续");
        page.see_heading("我的回答");
        page.not_see("性别");
        page.press("换一个等级");
        page.choose("四级（中级工）");
        page.press("继续");
        page.see_heading("我的回答");
        page.see("报考等级 四级（中级工）");
        page.press("看结果");
        page.see("四级（中级工）");
    });
}

/// The device's clock decides, whatever day's rules are shown.
#[test]
fn a_record_that_nobody_touches_for_thirty_days_goes() {
    // 24 November 2026, noon in China.
    let now = "Date.now = function () { return Date.UTC(2026, 10, 24, 4); };";
    journey("age", |page| {
        page.before_every_page(now);
        open(page, "#answers", "2;on=2026-10-25;goal=enrol;works-in=zhuhai");
        page.see("想了解的 参加培训班要多少钱，能领回多少");
        open(page, "", "2;on=2026-10-24;goal=enrol;works-in=zhuhai");
        assert!(body(page).contains("超过30天没有改动"));
        assert_eq!(page.storage_get(RECORD), None);
        // One of the first version has no day: it gets one.
        open(page, "#answers", "1;goal=enrol;works-in=zhuhai");
        page.see("想了解的 参加培训班要多少钱，能领回多少");
        assert_eq!(page.storage_get(RECORD).as_deref(), Some("2;on=2026-11-24;goal=enrol;works-in=zhuhai"));
    });
}

mod every_engine {
    use super::*;

    /// The links stand in index.html, so that they work before the program has come: it then finds where they led.
    #[test]
    fn a_tap_before_the_program_has_come_is_not_lost() {
        journey("early", |page| {
            page.before_every_page(
                "['instantiate', 'instantiateStreaming'].forEach(function (name) {
                 var now = WebAssembly[name];
                 WebAssembly[name] = function (source, imports) {
                     return new Promise(function (come) {
                         window.e2eCome = function () { come(now.call(WebAssembly, source, imports)); };
                     });
                 };
             });",
            );
            page.open_unready(IN_MAY);
            page.wait_until("return typeof window.e2eCome === 'function';");
            let links = |page: &Page, which: &str| {
                page.script(&format!(
                "return Array.prototype.map.call(document.querySelectorAll('#plain [lang=zh-Hans] .goals a{which}'), function (one) {{
                     return one.getAttribute('href');
                 }});"
            ))
            };
            let tapped = "[aria-current=true]";
            assert_eq!(links(page, ""), json!(["#start/enrol", "#start/exam", "#start/claim"]));
            assert_eq!(links(page, tapped), json!([]));
            // Whoever thinks better of it meanwhile is taken at the last word.
            let all = [("我想参加培训班", "enrol"), ("成绩出来了", "exam"), ("我拿到职业技能等级证书了", "claim")];
            for (words, goal) in all {
                page.press(words);
                page.wait_until(&format!(
                    "return document.querySelector('#plain [lang=zh-Hans] a[href=\"#start/{goal}\"]{tapped}') !== null;"
                ));
                assert_eq!(links(page, tapped), json!([format!("#start/{goal}")]));
            }
            page.script("e2eCome();");
            page.see_heading("您的职业技能等级证书是哪个职业的？");
            assert!(!page.address().contains("start"), "{}", page.address());
            // The way back doesn't lead to what was tapped before.
            page.back();
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
        });
        // Whoever comes by such a link from elsewhere.
        journey("early-by-link", |page| {
            page.open(&format!("{IN_MAY}#start/claim"));
            page.see_heading("您的职业技能等级证书是哪个职业的？");
            assert!(!page.address().contains("start"), "{}", page.address());
        });
        tried(&[
            "several links are tapped before the program has come",
            "the last of them; the way back doesn't lead to those before",
        ]);
    }

    /// A page looks as it was left, also where nothing was sent; and none of that is stored.
    #[test]
    fn what_was_typed_is_kept_until_it_is_sent() {
        journey("drafts", |page| {
            open(page, "#q/age", "1;goal=enrol");
            page.enter("4");
            page.press("我的回答");
            page.see_heading("我的回答");
            assert!(!page.storage_get(RECORD).unwrap().contains("age"));
            page.back();
            page.see_heading("您现在满多少周岁？");
            assert_eq!(page.entered(), "4");
            page.press("删除我的回答");
            page.press("确定删除");
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            page.open(&format!("{IN_MAY}#q/age"));
            assert_eq!(page.entered(), "");
        });
    }

    /// The whole way through the marks without a mouse or a finger.
    #[test]
    fn a_journey_by_keyboard_alone() {
        const TAB: &str = "\u{e004}";
        const ENTER: &str = "\u{e007}";
        journey("keyboard", |page| {
            page.open("?as-of=2025-08-01");
            page.script("document.querySelector('main .goals a[href=\"#start/exam\"]').focus();");
            page.key(ENTER);
            page.see_heading("理论科目考了多少分？");
            for (heading, keys) in [
                ("理论科目考了多少分？", &[TAB, "6", "0", TAB, TAB, "5", "9", ENTER][..]),
                (
                    "合格的那一科是哪天考的？",
                    &[TAB, "2", "0", "2", "5", TAB, "7", TAB, "5", TAB, TAB, "\u{e015}", ENTER],
                ),
                ("您的出勤率大约是百分之几？", &[TAB, "9", "0", ENTER]),
            ] {
                page.see_heading(heading);
                while focused(page) != "heading" {
                    page.see_heading(heading);
                }
                for key in keys {
                    page.key(key);
                    assert_ne!(focused(page), "BODY", "{heading}");
                }
            }
            page.see_heading("考试不合格，可以申请补考没合格的那一科");
        });
    }

    #[test]
    fn answers_can_be_deleted_on_every_page() {
        journey("delete", |page| {
            for fragment in ["", "#q/works-in", "#answers", "#result", "#rules", "#rules/S2.1"] {
                open(page, fragment, "1;goal=enrol;works-in=zhuhai");
                page.press("删除我的回答");
                assert!(body(page).contains("确定吗？"), "{fragment}");
                page.press("不删，保留");
                assert!(page.storage_get(RECORD).is_some(), "{fragment}");
                page.press("删除我的回答");
                page.press("确定删除");
                page.see_heading("人工智能训练师培训班：费用、考试和补贴");
                assert_eq!(page.storage_get(RECORD), None, "{fragment}");
                assert!(body(page).contains("已经从这台设备上删除"), "{fragment}");
                assert!(!body(page).contains("删除我的回答"), "{fragment}");
            }
        });
    }
}
