//! The result page: what is drawn, tried out and copied. The answers come from the device's memory, so that each test
//! begins where it has something to say.

use e2e::people::{CLAIM, ENROL};
use e2e::{Page, journey};
use serde_json::json;

const RECORD: &str = "subsidy-checker.answers";

/// Opens the result of somebody with these answers.
fn open(page: &mut Page, as_of: &str, record: &str) {
    page.open_with(&format!("?as-of={as_of}"), "#result", record);
}

#[test]
fn an_answer_is_tried_out_beside_the_real_one() {
    journey("try", |page| {
        open(page, "2025-04-05", ENROL);
        page.see("如果“社保”变成“珠海，单位交的职工社保”：补贴预计是3120元。");
        page.press("试算");
        page.see("是否符合补贴条件 是，2400元 是，3120元");
        page.see("最后自己出的钱 1100元 380元");
        page.press("不改，保留原来的回答");
        page.not_see("改成这个回答");
        page.see_heading("按您的回答，拿到证书后，预计能领回2400元");
        page.press("试算");
        page.press("改成这个回答");
        page.see_heading("按您的回答，拿到证书后，预计能领回3120元");
        assert!(page.storage_get(RECORD).is_some_and(|record| record.contains("insurance=zhuhai-employee")));
    });
}

/// A result is carried to an office on paper: it has to say of which day and which tables it is. Only one engine can be asked
/// to look as if it printed.
#[test]
fn what_is_printed_says_of_which_day_and_tables_it_is() {
    journey("print", |page| {
        open(page, "2025-04-05", ENROL);
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        page.see_anywhere("按2025年4月5日这一天计算 · 规则表版本");
        page.see("预计能领回2400元");
    });
}

/// Any of the answers, not only those that advice names.
#[test]
fn any_choice_can_be_tried() {
    journey("try-any", |page| {
        open(page, "2025-04-05", ENROL);
        // The result comes with the later part of the program.
        page.see("换一个回答试试");
        page.script(
            "var all = document.querySelector('.what-if select');
             all.value = 'established-post=yes';
             all.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        page.see("如果“在编人员”选“是”");
        page.see("是否符合补贴条件 是，2400元 否");
        page.see("最后自己出的钱 1100元 3500元");
        page.press("不改，保留原来的回答");
        page.see("换一个回答试试");
    });
}

#[test]
fn the_sum_is_drawn_to_scale() {
    journey("sum", |page| {
        open(page, "2025-04-05", &ENROL.replace("insurance=none", "insurance=zhuhai-flexible"));
        page.see("紧缺工种上浮 S11 0至720元");
        // Thousandths of 3500: fee, base, uplift behind it, both, what is left. Sure, and possible behind it.
        let bars = page.script(
            "return Array.prototype.map.call(document.querySelectorAll('.bar'), function (bar) {
                 return ['.sure', '.possible'].map(function (kind) {
                     var piece = bar.querySelector(kind);
                     return piece.getAttribute('x') + '+' + piece.getAttribute('width');
                 }).join(' ');
             });",
        );
        assert_eq!(bars, json!(["0+1000 0+1000", "0+685 0+685", "685+0 685+206", "0+685 0+891", "0+108 0+314"]));
    });
}

#[test]
fn days_stand_in_the_order_of_time() {
    journey("days", |page| {
        open(page, "2026-01-15", CLAIM);
        page.see(
            "2025年7月31日 发证 2025年12月31日 我们查到的补贴规则到这一天为止 2026年1月15日 计算日期 \
             2026年7月30日 按有效到2025年12月31日的规则：稳妥的最后一天 \
             2026年7月31日 按有效到2025年12月31日的规则：这一天还算不算，没有写明",
        );
        open(page, "2025-11-01", CLAIM);
        page.see("我们查到的规则到2025年12月31日为止");
    });
}

/// Where the rules have ended: what held and what it would give, then whom to ask, and how.
#[test]
fn ended_rules_come_with_a_question_to_copy() {
    journey("copy", |page| {
        open(page, "2026-11-24", &CLAIM.replace("2025-07-31", "2025-12-31"));
        page.see("我们查到的补贴规则到2025年12月31日为止");
        page.see("如果2025年12月31日以后还照原来的规则：按您的回答，符合补贴条件，预计能领3120元");
        page.press("复制这段话");
        page.see("已复制");
    });
    journey("copy-refused", |page| {
        page.before_every_page(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined });
             document.execCommand = function () { return false; };",
        );
        open(page, "2026-11-24", &CLAIM.replace("2025-07-31", "2025-12-31"));
        page.press("复制这段话");
        page.see("请自己复制下面的文字");
    });
}

#[test]
fn a_criterion_opens_with_its_ground() {
    journey("criterion", |page| {
        open(page, "2025-12-01", &CLAIM.replace("pension=no", "pension=yes"));
        page.see_heading("按您的回答，领不到这项补贴");
        page.see("已经领法定养老金的人不能领这项补贴。（S2.3）");
        page.not_see("有效期：2023年8月15日至2025年12月31日");
        page.press("养老金 S2.3");
        page.see("没有在领法定养老金。");
        page.see("粤人社规〔2023〕13号");
        page.see("有效期：2023年8月15日至2025年12月31日");
        page.see("规定原文写明");
    });
}
