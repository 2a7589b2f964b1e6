//! What is counted is right, behind its PIN, whatever happens meanwhile, and however many come.

use std::collections::BTreeMap;

use e2e::people::answered;
use e2e::{Engine, Page, Visit, engine, journey, people, tried};
use serde_json::json;
use subsidy_checker::flow;
use subsidy_checker::people::Crowd;
use subsidy_checker::rules::{Answer, Answers, Assessment, FindingId, TABLES, Truth, assess, read};

use super::residue::has_mark;
use super::{COVER, HOLD_MEMORY, MARK, SESSION, as_of, come, file, invented, mark, reach, see_cover, start_over};

const PIN: &str = "2468";

/// What staff see, by its label.
#[track_caller]
fn staff_view(page: &mut Page) -> BTreeMap<String, f64> {
    page.see_anywhere("这台设备上的统计");
    let torn = page.script(
        "return [].filter.call(document.querySelectorAll('dialog td'), function (cell) {
             var words = document.createRange();
             words.selectNodeContents(cell);
             return words.getClientRects().length > 1;
         }).map(function (cell) { return cell.textContent; });",
    );
    assert_eq!(torn, json!([]), "figures in two lines");
    let rows = page.script(
        "return [].map.call(document.querySelectorAll('dialog tr'), function (row) {
             return [row.cells[0].textContent, Number(row.cells[1].textContent)]; });",
    );
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (row[0].as_str().unwrap().to_owned(), row[1].as_f64().unwrap())).collect()
}

#[track_caller]
fn open_staff_view(page: &mut Page) -> BTreeMap<String, f64> {
    page.press("工作人员入口");
    page.enter(PIN);
    press(page, "进入");
    staff_view(page)
}

/// Brings something of the staff's window to where it can be seen: it is longer than the screen, and not every driver scrolls in it.
#[track_caller]
fn bring(page: &Page, words: &str) {
    page.script(&format!(
        "[].forEach.call(document.querySelectorAll('dialog[open] button, dialog[open] label'), function (one) {{
             if (one.textContent.indexOf('{words}') >= 0) one.scrollIntoView({{ block: 'center' }});
         }});"
    ));
}

#[track_caller]
fn press(page: &mut Page, words: &str) {
    bring(page, words);
    page.press(words);
}

#[track_caller]
fn set_pin(page: &mut Page) {
    page.press("工作人员入口");
    page.enter_in("PIN", PIN);
    page.enter_in("再输一次PIN", PIN);
    press(page, "设好");
    page.see_anywhere("这台设备上的统计");
}

#[track_caller]
fn close(page: &mut Page) {
    mark(page);
    press(page, "退出，回到封面");
    see_cover(page);
}

/// What must be counted, worked out from the core and not as the page does.
#[derive(Default)]
struct Expected(BTreeMap<&'static str, f64>);

const LABELS: [&str; 10] = [
    "答完的人数",
    "应该可以报考的人数（以考试机构审核为准）",
    "报考资格待定的人数",
    "预计可以申领补贴的人数（以批下来的为准）",
    "申领资格待定的人数",
    "预计可以申领的人，补贴合计最少（元，估算）",
    "预计可以申领的人，补贴合计最多（元，估算）",
    "申领资格待定的人，如果全部批准，合计最多再加（元，估算）",
    "预计可以申领或待定，但算不出金额的人数（没有计入合计）",
    "离开班人数30还差几人（按应该可以报考这一等级的人数算，不是报名人数，C3）",
];

impl Expected {
    fn none() -> Expected {
        let mut all: BTreeMap<_, _> = LABELS.into_iter().map(|label| (label, 0.0)).collect();
        all.insert(LABELS[9], 30.0);
        Expected(all)
    }

    fn add(&mut self, assessment: &Assessment) {
        let state = |id: FindingId| assessment.finding(id).map(|finding| finding.state);
        let mut more = |at: usize, by: f64| *self.0.get_mut(LABELS[at]).unwrap() += by;
        let (sit, dates) = (state(FindingId::MaySit), state(FindingId::CourseDates));
        more(0, 1.0);
        match sit {
            Some(Truth::Met) => more(1, 1.0),
            Some(Truth::Unknown(_)) => more(2, 1.0),
            _ => {}
        }
        if sit == Some(Truth::Met) && dates.is_some() {
            more(9, -1.0);
        }
        let Some(subsidy) = assessment.finding(FindingId::Subsidy) else { return };
        let states = [sit, dates, Some(subsidy.state)];
        if states.contains(&Some(Truth::NotMet)) {
            return;
        }
        let is_sure = !states.iter().any(|state| matches!(state, Some(Truth::Unknown(_))));
        more(if is_sure { 3 } else { 4 }, 1.0);
        let yuan = |amount: rust_decimal::Decimal| amount.to_string().parse::<f64>().unwrap();
        match subsidy.amount.flatten() {
            None => more(8, 1.0),
            Some(range) if is_sure => {
                more(5, yuan(range.min));
                more(6, yuan(range.max));
            }
            Some(range) => more(7, yuan(range.max)),
        }
    }

    #[track_caller]
    fn is(&self, counted: &BTreeMap<String, f64>) {
        for (label, count) in &self.0 {
            assert_eq!(counted.get(*label).copied(), Some(count.max(0.0)), "{label}");
        }
    }
}

/// Whoever is at the result of [`people::ENROL`] says that their employer insures them, and comes back to a result.
#[track_caller]
fn insure(page: &mut Page) -> Assessment {
    page.press("查看或修改回答");
    page.see_heading("我的回答");
    page.script(
        "document.querySelector('main a[href=\"#q/insurance\"]')
             .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));",
    );
    page.see_heading("您现在的社保交在哪里？");
    reach(page, "label.row");
    page.choose("珠海，单位交的职工社保");
    reach(page, "form .button");
    page.press("继续");
    page.see_heading("我的回答");
    reach(page, "a.button");
    page.press("看结果");
    page.see("二维码");
    let mut changed = invented(people::ENROL);
    let insurance = TABLES.question_named("insurance").unwrap();
    changed.set(insurance.id, read(insurance, "zhuhai-employee").ok());
    assess(&TABLES, &flow::replay(&TABLES, &changed, as_of()).used, as_of())
}

#[track_caller]
fn clear(page: &mut Page) {
    press(page, "清除统计");
    press(page, "确定清除");
    page.see_anywhere("这台设备上的统计");
    page.wait_until("return document.querySelector('dialog td').textContent === '0';");
}

#[test]
fn staff_see_what_was_counted_behind_a_pin() {
    journey("session-staff", |page| {
        page.before_every_page(
            "window.e2eSaved = []; HTMLAnchorElement.prototype.click = function () { window.e2eSaved.push(this.href); };",
        );
        page.open(SESSION);
        page.press("工作人员入口");
        for (pin, again, wrong) in
            [("12", "12", "要4到8位"), ("12345a", "12345a", "要4到8位"), ("1234", "1235", "不一样")]
        {
            page.enter_in("PIN", pin);
            page.enter_in("再输一次PIN", again);
            press(page, "设好");
            page.see_anywhere(wrong);
        }
        close(page);
        set_pin(page);
        let mut expected = Expected::none();
        expected.is(&staff_view(page));
        close(page);

        // Counted once, by what was seen last.
        come(page, &invented(people::ENROL));
        expected.add(&insure(page));
        start_over(page);
        for record in [people::EXAM, people::CLAIM] {
            expected.add(&come(page, &invented(record)));
            start_over(page);
        }
        page.press("工作人员入口");
        page.enter("1111");
        press(page, "进入");
        page.see_anywhere("PIN不对");
        page.enter(PIN);
        press(page, "进入");
        expected.is(&staff_view(page));

        // A name that a spreadsheet would run.
        bring(page, "场次名称");
        page.enter_in("场次名称", "=1+2\"高新区\"");
        press(page, "导出表格");
        let saved = page.script("return window.e2eSaved[0];");
        let saved = saved.as_str().unwrap().strip_prefix("data:text/csv;charset=utf-8,").unwrap().to_owned();
        let text = page.script(&format!("return decodeURIComponent('{}');", saved.replace('\'', "%27")));
        let text = text.as_str().unwrap();
        assert!(text.starts_with("\u{feff}\"项目\",\"内容\"\r\n"), "{text}");
        assert!(text.contains("\"场次名称（会写进导出的表格）\",\"'=1+2\"\"高新区\"\"\"\r\n"), "{text}");
        for (label, count) in &expected.0 {
            assert!(text.contains(&format!("\"{label}\",\"{count}\"\r\n")), "{label} {count}: {text}");
        }

        // What is set holds for the next.
        for (after, wrong) in [("4", true), ("3601", true), ("ab", true), ("10", false)] {
            bring(page, "没人操作多少秒后提醒");
            page.enter_in("没人操作多少秒后提醒", after);
            press(page, "保存这两个时间");
            page.see_anywhere(if wrong { "5到3600之间" } else { "已保存" });
        }
        close(page);
        assert_eq!(open_staff_view(page).len(), LABELS.len());
        clear(page);
        Expected::none().is(&staff_view(page));
        close(page);

        // Forgotten: the counts go with it.
        come(page, &invented(people::CLAIM));
        start_over(page);
        page.press("工作人员入口");
        press(page, "忘记PIN");
        press(page, "清除统计和PIN");
        page.see_anywhere("先设一个PIN");
        page.enter_in("PIN", PIN);
        page.enter_in("再输一次PIN", PIN);
        press(page, "设好");
        Expected::none().is(&staff_view(page));
    });
}

/// Counts belong to the time between two clearings: whoever was counted before one is new after it, in whichever window it was.
#[test]
fn a_clearing_in_another_window_makes_everybody_new() {
    journey("session-windows", |page| {
        page.open(SESSION);
        set_pin(page);
        close(page);
        page.open_window();
        page.open(SESSION);
        come(page, &invented(people::ENROL));
        page.switch_window(0);
        let mut expected = Expected::none();
        expected.add(&assess(&TABLES, &flow::replay(&TABLES, &invented(people::ENROL), as_of()).used, as_of()));
        expected.is(&open_staff_view(page));
        clear(page);
        close(page);
        page.switch_window(1);
        let mut expected = Expected::none();
        expected.add(&insure(page));
        start_over(page);
        expected.is(&open_staff_view(page));
    });
    tried(&[
        "a session in two windows, and the counts are cleared in one",
        "counts from that moment in both; whoever was counted before is new",
    ]);
}

/// The page's connections to databases are reached by what closes them.
const HOLD_CONNECTIONS: &str = "
    var open = IDBFactory.prototype.open;
    window.e2eConnections = [];
    IDBFactory.prototype.open = function () {
        var request = open.apply(this, arguments);
        request.addEventListener('success', function () { window.e2eConnections.push(request.result); });
        return request;
    };";

/// The system closes it, with and without a word, or somebody deletes the database.
#[test]
fn a_connection_that_is_closed_loses_nobody() {
    journey("session-closed", |page| {
        page.before_every_page(HOLD_CONNECTIONS);
        page.open(SESSION);
        set_pin(page);
        close(page);
        let mut expected = Expected::none();
        for word in ["", "one.dispatchEvent(new Event('close'));"] {
            let close_all = format!(
                "e2eConnections.splice(0).forEach(function (one) {{ one.close(); {word} }});
                 return document.querySelector('dialog.cover') && true;"
            );
            page.wait_until("return e2eConnections.length === 1;");
            page.script(&close_all);
            expected.add(&come(page, &invented(people::CLAIM)));
            start_over(page);
            page.wait_until("return e2eConnections.length === 1;");
            page.script(&close_all);
            expected.is(&open_staff_view(page));
            page.script(&close_all);
            close(page);
        }
        page.wait_until("return e2eConnections.length === 1;");
        let deleted = page.wait_script(
            "var done = arguments[arguments.length - 1], request = indexedDB.deleteDatabase('subsidy-checker.session');
             request.onsuccess = function () { done('deleted'); };
             request.onblocked = function () { done('blocked'); };",
        );
        assert_eq!(deleted, json!("deleted"));
        let mut expected = Expected::none();
        expected.add(&come(page, &invented(people::CLAIM)));
        start_over(page);
        set_pin(page);
        expected.is(&staff_view(page));
    });
    tried(&[
        "the system closes the database of a session, with or without a word, or somebody deletes it",
        "nothing; it is opened again, and the next person is counted",
    ]);
}

/// As long as a test says so, nothing more can be stored.
const FULL: &str = "
    var put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function () {
        if (sessionStorage.getItem('e2e-full')) throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, arguments);
    };";

#[track_caller]
fn fill(page: &Page, is_full: bool) {
    let change = if is_full { "setItem('e2e-full', 'true')" } else { "removeItem('e2e-full')" };
    page.script(&format!("sessionStorage.{change};"));
}

/// What can't be written is tried again, and told where it can't: on the cover how many, to the staff what has failed.
#[test]
fn a_full_device_says_who_is_not_counted() {
    journey("session-full", |page| {
        page.before_every_page(FULL);
        page.open(SESSION);
        fill(page, true);
        page.press("工作人员入口");
        page.enter_in("PIN", PIN);
        page.enter_in("再输一次PIN", PIN);
        press(page, "设好");
        page.see_anywhere("没有成功（存储空间满了）");
        close(page);
        page.not_see_anywhere("没能计入统计");
        for missed in ["有1人没能计入统计（存储空间满了）", "有2人没能计入统计（存储空间满了）"]
        {
            come(page, &invented(people::CLAIM));
            start_over(page);
            page.see_anywhere(missed);
        }
        // Room again, before the next has left.
        let mut expected = Expected::none();
        expected.add(&come(page, &invented(people::CLAIM)));
        fill(page, false);
        start_over(page);
        set_pin(page);
        let mut counted = staff_view(page);
        assert_eq!(counted.remove("离开时没能计入统计的人数"), Some(2.0));
        expected.is(&counted);
        fill(page, true);
        bring(page, "场次名称");
        page.enter_in("场次名称", "高新区");
        press(page, "保存这两个时间");
        page.wait_until("return document.querySelectorAll('dialog .told:not(:empty)').length === 2;");
        fill(page, false);
        clear(page);
        page.not_see_anywhere("没能计入统计");
        close(page);
        page.not_see_anywhere("没能计入统计");
    });
    tried(&[
        "no room for the counts of a session",
        "on the cover how many were not counted, and why; tried again when they leave",
    ]);
    tried(&["no room for what the staff set, PIN and name", "beside it, that it has failed and why"]);
}

/// A browser that can't store says so with what it reports, and everything else goes on.
#[test]
fn a_browser_that_stores_nothing_says_what_has_failed() {
    journey("session-refused", |page| {
        page.before_every_page(
            "IDBFactory.prototype.open = function () { throw new DOMException('refused', 'SecurityError'); };",
        );
        page.open(SESSION);
        come(page, &invented(people::CLAIM));
        start_over(page);
        page.see_anywhere("有1人没能计入统计（浏览器报错SecurityError）");
        page.press("工作人员入口");
        page.see_anywhere("不能保存数据（浏览器报错SecurityError）");
        close(page);
    });
    tried(&[
        "the database of a session is refused",
        "what the browser reports, on the cover and to the staff; everything else goes on",
    ]);
}

/// Without days that are still to come.
fn before(answers: &Answers) -> Answers {
    let mut all = *answers;
    for question in TABLES.questions {
        if matches!(all.get(question.id), Some(Answer::Date(day)) if as_of() < day) {
            all.set(question.id, Some(Answer::DontKnow));
        }
    }
    all
}

/// WebKitGTK's driver keeps nothing between two visits, and Firefox's doesn't come back to a profile that was cut off.
#[test]
fn a_cut_loses_the_last_person_at_most() {
    if engine() != Engine::Chromium {
        return;
    }
    let (_folder, file) = file();
    let profile = tempfile::tempdir().unwrap();
    let visit = Visit::to_file(&file).with_profile(profile.path());
    let claim = invented(people::CLAIM);
    let mut known = 0.0;
    for cut in 0..3 {
        visit.clone().journey("session-cut", |page| {
            page.open(SESSION);
            if cut == 0 {
                set_pin(page);
                close(page);
            }
            for _ in 0..2 {
                come(page, &claim);
                start_over(page);
            }
            // The last one is at their result, or is typing.
            come(page, &claim);
            if cut == 1 {
                page.press("规则一览");
                page.enter(MARK);
            }
            page.kill();
        });
        assert!(!has_mark(profile.path()), "what was typed is on the disk");
        visit.clone().journey("session-after-the-cut", |page| {
            page.open(SESSION);
            see_cover(page);
            let counted = open_staff_view(page)["答完的人数"];
            assert!((known + 2.0..=known + 3.0).contains(&counted), "{known} {counted}");
            known = counted;
            press(page, "退出，回到封面");
            see_cover(page);
        });
    }
}

#[track_caller]
fn check_many(name: &str, seed: u64, people: usize) {
    Visit::default().as_published().journey(name, |page| {
        if engine() == Engine::Chromium {
            page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HOLD_MEMORY }));
        }
        page.open(SESSION);
        set_pin(page);
        close(page);
        let size = |page: &Page| {
            let elements = page.script("return document.querySelectorAll('*').length;").as_f64().unwrap();
            if engine() != Engine::Chromium {
                return [elements, 0.0, 0.0];
            }
            page.devtools("HeapProfiler.collectGarbage", json!({}));
            let heap = page.devtools("Runtime.getHeapUsage", json!({}));
            let memory = page.script("return window.e2eMemory.buffer.byteLength;");
            [elements, heap["usedSize"].as_f64().unwrap(), memory.as_f64().unwrap()]
        };
        let mut crowd = Crowd::new(&[&TABLES], seed);
        let mut expected = Expected::none();
        let mut first = None;
        for at in 0..people {
            expected.add(&come(page, &before(&answered(&crowd.person()))));
            mark(page);
            page.script(
                "document.querySelector('.session-bar button').click(); document.querySelector('dialog .bad').click();",
            );
            // Nothing has to settle where nobody looks.
            page.outcome(&format!("return (function () {{ {COVER} }})() ? 'there' : null;")).expect("a cover");
            if at == 9 {
                first = Some(size(page));
            }
            // Now and then, so that it isn't found only in the end.
            if at % 1000 == 999 {
                expected.is(&open_staff_view(page));
                close(page);
            }
            if at % 100 == 99 {
                println!("{} people, elements, bytes of JavaScript and of the program {:?}", at + 1, size(page));
            }
        }
        let (first, last) = (first.unwrap(), size(page));
        println!(
            "{people} people; elements, bytes of JavaScript and of the program after ten {first:?}, at the end {last:?}"
        );
        for (was, is) in first.into_iter().zip(last) {
            assert!(is <= was * 1.25, "{first:?} {last:?}");
        }
        expected.is(&open_staff_view(page));
    });
}

#[test]
fn many_people_one_after_another_are_counted_right() {
    check_many("session-many", 8, if engine() == Engine::Chromium { 40 } else { 20 });
}

#[test]
#[ignore = "takes an hour; part of --long"]
fn ten_thousand_people_one_after_another_are_counted_right() {
    check_many("session-ten-thousand", 9, 10_000);
}
