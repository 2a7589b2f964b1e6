//! Whole journeys of people who consider the class, in the browser. Figures come from the tables, not from here.

use e2e::{Page, journey, tried};
use subsidy_checker::rules::TABLES;
use tables::{Date, Validity, Yuan};

/// While the class can be joined.
const WHILE_OPEN: &str = "?as-of=2025-04-05";

/// Returns the block in force on a day.
fn on<T>(blocks: &'static [T], validity: impl Fn(&T) -> Validity, day: Date) -> &'static T {
    let holds = |one: Validity| one.from <= day && one.to.is_none_or(|to| day <= to);
    blocks.iter().find(|one| holds(validity(one))).unwrap()
}

/// What the notice promises for its own level and occupation: full fee, member fee, base and uplift. Later classes and
/// lists change nothing of it.
struct Figures {
    full: Yuan,
    member: Yuan,
    base: Yuan,
    raised: Yuan,
}

fn figures() -> Figures {
    let course = on(TABLES.courses, |one| one.validity, Date::parse("2025-04-05").unwrap());
    let catalogue = on(TABLES.catalogues, |one| one.validity, course.claims.from);
    let list = on(TABLES.cities[0].lists, |one| one.validity, course.claims.from);
    let row = catalogue.rows.iter().find(|row| row.occupation == course.occupation).unwrap();
    let base = *course.level.of(&row.amounts);
    Figures {
        full: Yuan(course.training_fee.0 + course.exam_fee.0),
        member: course.member_fee,
        base,
        raised: Yuan(base.0 + base.0 * list.uplift.unwrap().0),
    }
}

fn yuan(amount: Yuan) -> String {
    format!("{}元", amount.0.normalize())
}

fn less(one: Yuan, other: Yuan) -> Yuan {
    Yuan(one.0 - other.0)
}

fn answer(page: &mut Page, heading: &str, label: &str) {
    page.see_heading(heading);
    page.choose(label);
    page.press("继续");
}

/// Says of everything on the page that one doesn't know; what follows may appear only then.
fn know_nothing(page: &mut Page) {
    let open = "return Array.prototype.filter.call(document.querySelectorAll('fieldset'), function (field) {
        var unknown = field.querySelectorAll('.row:last-of-type input')[0];
        if (field.getClientRects().length === 0 || unknown.checked) return false;
        unknown.click();
        return true;
    }).length;";
    while page.script(open).as_u64() != Some(0) {}
}

const GOAL: &str = "您想了解什么？";
const START: &str = "人工智能训练师培训班：费用、考试和补贴";
/// What is chosen on the start page.
const ENROL: &str = "我想参加培训班";
const EXAM: &str = "成绩出来了";
const CLAIM: &str = "我拿到职业技能等级证书了";

/// From the start to the questions about money: somebody with ten years of work, which are enough for the exam.
fn until_the_money(page: &mut Page, status: &str) {
    page.press(ENROL);
    answer(page, "下面哪些符合您的情况？", status);
    page.see_heading("您做的是哪一类工作？");
    page.choose("人工智能训练（数据标注、模型训练等）");
    page.enter("10");
    page.press("继续");
}

/// On to the last page of questions.
fn until_the_last(page: &mut Page, member: &str, household: &str, insurance: &str) {
    until_the_money(page, "以上都没有");
    page.see_heading("您现在在哪里工作？");
    page.choose("珠海");
    page.choose(member);
    page.press("继续");
    answer(page, "您的户籍（户口）在哪里？", household);
    answer(page, "您现在的社保交在哪里？", insurance);
    page.see_heading("您现在满多少周岁？");
}

/// Says the age, which is the last question.
fn finish(page: &mut Page) {
    page.enter("30");
    page.press("继续");
}

/// Walks to the result and reads fee, subsidy and what is left.
#[track_caller]
fn check(name: &str, said: [&str; 3], fee: Yuan, back: Yuan) {
    let [member, household, insurance] = said;
    journey(name, |page| {
        page.open(WHILE_OPEN);
        until_the_last(page, member, household, insurance);
        finish(page);
        page.see_heading(&format!("按您的回答，拿到证书后，预计能领回{}", yuan(back)));
        page.see(&format!("最后自己出 {}", yuan(less(fee, back))));
        page.see(&format!("减{}", yuan(back)));
        page.see(&yuan(fee));
        page.press("紧缺工种上浮 S11");
        page.see("看规则 S11");
        page.see("能领多少要看最后批下来的结果（S13）");
    });
}

/// Once the class has begun that leads, and the amounts are told as if.
#[test]
fn too_late_for_the_class() {
    journey("too-late", |page| {
        page.open("?as-of=2025-05-10");
        until_the_last(page, "否", "珠海", "珠海，单位交的职工社保");
        finish(page);
        page.see_heading("按通知推算已经开班，不能再报名");
        page.see("下面的金额按“如果能参加”来算。 按您的回答，拿到证书后");
        let state = page.script("return document.querySelector('section.answer').dataset.state;");
        assert_eq!(state, "not-met");
    });
}

#[test]
fn member_and_insured_in_zhuhai() {
    let it = figures();
    check("member", ["是", "珠海", "珠海，单位交的职工社保"], it.member, it.raised);
}

#[test]
fn not_a_member_and_insured_in_zhuhai() {
    let it = figures();
    check("not-member", ["否", "我是港澳台居民", "珠海，单位交的职工社保"], it.full, it.raised);
}

#[test]
fn guangdong_household_without_insurance_in_zhuhai() {
    let it = figures();
    check("household", ["否", "广东其他城市", "没有社保"], it.full, it.base);
}

#[test]
fn member_without_employee_insurance() {
    let it = figures();
    check("resident", ["是", "珠海", "珠海，只有居民社保"], it.member, it.base);
}

#[test]
fn established_post_gets_nothing_and_is_told_why() {
    let it = figures();
    journey("post", |page| {
        page.open(WHILE_OPEN);
        until_the_money(page, "机关或事业单位的在编人员");
        page.see_heading("您现在在哪里工作？");
        page.choose("珠海");
        page.choose("否");
        page.press("继续");
        // Whoever can't claim is asked no more.
        page.see_heading("按您的回答，领不到这项补贴");
        page.see(&format!("全部自己出 {}", yuan(it.full)));
        page.see("机关、事业单位的在编人员不能领这项补贴。（S2.1）");
        page.not_see("基础补贴");
    });
}

/// Without a date in the address: as of this machine's today, when class and rules are over.
#[test]
fn today_the_class_is_past_and_the_rules_have_ended() {
    let it = figures();
    let end = |date: Option<Date>| date.map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day())).unwrap();
    let class = end(TABLES.courses.last().unwrap().validity.to);
    let rules = end(TABLES.subsidies.last().unwrap().validity.to);
    journey("today", |page| {
        page.open("");
        page.see(&format!("最晚到{class}"));
        page.see(&format!("我们查到的补贴规则有效到{rules}"));
        until_the_last(page, "否", "珠海", "珠海，单位交的职工社保");
        finish(page);
        page.see_heading(&format!("这一期培训班已经结束（按通知推算，最晚到{class}），不能再报名"));
        page.see("我们查到的补贴规则已经到期，现在能不能领还不能确定");
        page.see(&format!("如果{rules}以后还照原来的规则：预计能领回{}", yuan(it.raised)));
        page.see(&format!("最后自己出{}", yuan(less(it.full, it.raised))));
        page.see("相关日期适用的规则，我们没有查到");
        page.see("照原规则：符合");
    });
}

/// The header names the class of the day, with its level, and says when it is over.
#[test]
fn the_header_names_the_class_of_the_day() {
    journey("header", |page| {
        for (address, expected) in [
            ("?as-of=2025-04-02", "珠海 · 2025年第3期 · 三级（高级工）"),
            ("?as-of=2025-07-10", "珠海 · 2025年第3期 · 三级（高级工）"),
            ("?as-of=2025-07-11", "珠海 · 2025年第3期（已结束） · 三级（高级工）"),
            ("?as-of=2025-07-11&lang=en", "Zhuhai · class 3 of 2025 (over) · Level 3 (高级工)"),
        ] {
            page.open(address);
            page.see_anywhere(expected);
        }
    });
}

#[test]
fn the_sex_is_asked_only_where_it_matters() {
    journey("sex", |page| {
        page.open(WHILE_OPEN);
        until_the_money(page, "以上都没有");
        answer(page, "您现在在哪里工作？", "现在没有工作");
        answer(page, "您的户籍（户口）在哪里？", "珠海");
        answer(page, "您现在的社保交在哪里？", "没有社保");
        page.enter("56");
        page.press("继续");
        answer(page, "您的性别？", "女");
        page.see_heading("按您的回答，领不到这项补贴");
        page.see("您的年龄不在规定范围内。（S1）");
        // What was not asked any more is not held open.
        page.not_see("还没有回答");
    });
}

#[test]
fn not_knowing_is_an_answer() {
    let it = figures();
    journey("unknown", |page| {
        page.open(WHILE_OPEN);
        page.press(ENROL);
        answer(page, "下面哪些符合您的情况？", "其他几项我不清楚");
        page.see_heading("您做的是哪一类工作？");
        while page.address().contains("#q/") {
            know_nothing(page);
            page.press("继续");
        }
        page.see_heading("能不能报考三级（高级工），还不能确定");
        page.see("能不能领到补贴，还不能确定");
        page.see(&format!("{}至{}", it.member.0.normalize(), yuan(it.full)));
        page.see("您选了“不知道”");
    });
}

/// Level 4 for four years: the exam by E3.2; what is short is said otherwise.
#[test]
fn ways_to_the_exam() {
    journey("sit", |page| {
        page.open(WHILE_OPEN);
        page.press(ENROL);
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.choose("人工智能训练（数据标注、模型训练等）");
        page.enter("3");
        page.press("继续");
        answer(page, "您已有的最高职业技能等级证书是几级？", "没有");
        answer(page, "您有职称吗？", "没有");
        answer(page, "您的最高学历是哪一种？", "本科以上");
        page.see_heading("您学的是哪一类专业？");
        page.choose("电工电子类、信息类或相近专业");
        page.choose("已毕业");
        page.press("继续");
        page.see_heading("您现在在哪里工作？");
        page.choose("珠海");
        page.choose("是");
        page.press("继续");
        answer(page, "您的户籍（户口）在哪里？", "珠海");
        answer(page, "您现在的社保交在哪里？", "珠海，单位交的职工社保");
        finish(page);
        page.see_heading("能不能报考三级（高级工），还不能确定");
        page.see("工作年数还差7年");
        page.see("要求：已有证书是“四级（中级工）”或“三级（高级工）”");
        page.press("查看或修改回答");
        page.press("修改：学历");
        page.choose("初中、普通高中或以下");
        page.press("继续");
        page.see_heading("我的回答");
        page.press("看结果");
        page.see_heading("按您的回答，还不符合三级（高级工）的一般报考条件");
        page.see("下面的金额按“如果能参加”来算。");
        page.press("查看或修改回答");
        page.press("修改：已有证书");
        page.choose("四级（中级工）");
        page.see("拿到这个证书后，您又工作了几年？");
        page.enter("3");
        page.press("继续");
        page.press("看结果");
        page.see("再过1年，年龄和工作年数都跟着增加的话：应该可以报考。");
        page.press("查看或修改回答");
        page.press("修改：拿证后工作年数");
        page.enter("4");
        page.press("继续");
        page.press("看结果");
        page.see("应该可以报考三级（高级工）");
    });
}

/// The certificate of this class, claimed while the regulation held, and today.
#[test]
fn a_claim_and_its_last_day() {
    let it = figures();
    let until_the_status = |page: &mut Page| {
        page.press(CLAIM);
        page.see_heading("您的职业技能等级证书是哪个职业的？");
        page.enter("训练师");
        page.choose("人工智能训练师");
        page.choose("三级（高级工）");
        page.press("继续");
        page.see_heading("证书是哪天发的？");
        page.pause_between_taps();
        page.press("继续");
        page.see("“年”要填四位数字");
        page.enter_in("年", "2025");
        page.enter_in("月", "2");
        page.enter_in("日", "30");
        page.press("继续");
        page.see("“日”要填这个月里有的日子");
        page.enter_in("月", "7");
        page.choose("广东公布备案的社会培训评价组织（单位以外的第三方机构）");
        page.press("继续");
    };
    let until_the_insurance = |page: &mut Page| {
        answer(page, "您现在在哪里工作？", "珠海");
        answer(page, "您的户籍（户口）在哪里？", "珠海");
        answer(page, "您现在的社保交在哪里？", "珠海，单位交的职工社保");
    };
    journey("claim", |page| {
        page.open("?as-of=2025-12-01");
        until_the_status(page);
        page.pass_status();
        until_the_insurance(page);
        finish(page);
        page.see_heading("您领过下面哪些补贴？");
        page.choose("以上都没有");
        page.press("继续");
        page.see_heading(&format!("按您的回答，符合补贴条件，预计能领{}", yuan(it.raised)));
        // The rules end before the term does.
        page.see("请在2025年12月31日或更早申领。");
        page.see("稳妥的最后一天是2026年7月29日；2026年7月30日当天还算不算");
    });
    journey("claim-today", |page| {
        page.open("");
        until_the_status(page);
        // A year has passed: nothing else is of interest.
        page.see_heading("按原来的规则，申领期限已经过了：最后一天是2026年7月30日");
        page.see("申领期限已过。（S6）");
        page.see("申领期限已经过了：最后一天是2026年7月30日（S6）。");
        // Nothing that raises hopes.
        page.not_see("如果批准");
    });
}

#[test]
fn the_marks() {
    journey("marks", |page| {
        page.open("?as-of=2025-08-01");
        page.press(EXAM);
        page.see_heading("理论科目考了多少分？");
        page.enter_in("理论", "60");
        page.enter_in("实操", "59");
        page.press("继续");
        page.see_heading("合格的那一科是哪天考的？");
        page.enter_in("年", "2025");
        page.enter_in("月", "7");
        page.enter_in("日", "5");
        page.choose("否");
        page.press("继续");
        page.enter("90");
        page.press("继续");
        page.see_heading("考试不合格，可以申请补考没合格的那一科");
        page.see("可以申请补考没合格的那一科");
        page.see("补考费：410元");
        page.see("出勤达到要求；培训证书还有通知没写明的其他条件");
    });
}

#[test]
fn ticks_that_exclude_each_other() {
    journey("ticks", |page| {
        page.open("?as-of=2025-05-10#q/pension");
        page.choose("全日制在校学生");
        page.choose("以上都没有");
        assert!(!page.is_chosen("全日制在校学生"));
        page.choose("已经在领法定养老金（退休金）");
        assert!(!page.is_chosen("以上都没有"));
        page.choose("其他几项我不清楚");
        assert!(page.is_chosen("已经在领法定养老金（退休金）"));
    });
}

#[test]
fn a_date_that_cannot_be_read_is_said_and_today_is_taken() {
    journey("as-of", |page| {
        for bad in ["2025-02-30", "yesterday", "2025-5-10", ""] {
            page.open(&format!("?as-of={bad}"));
            assert!(
                page.script("return document.body.innerText;").as_str().unwrap().contains("网址里的日期看不懂"),
                "{bad}"
            );
            page.see("我们查到的补贴规则");
        }
    });
}

#[test]
fn a_stored_record_that_cannot_be_used_is_a_fresh_start_with_a_word() {
    journey("records", |page| {
        let body = "return document.body.innerText;";
        for (record, said) in
            [("1;age=400", "已损坏"), ("{\"age\":30}", "已损坏"), ("", "已损坏"), ("2;age=30", "已损坏")]
        {
            page.open(WHILE_OPEN);
            page.storage_set("subsidy-checker.answers", record);
            page.reload();
            assert!(page.script(body).as_str().unwrap().contains(said), "{record}");
            page.press(ENROL);
            page.see_heading("下面哪些符合您的情况？");
            let stored = page.storage_get("subsidy-checker.answers").unwrap();
            assert!(stored.starts_with("2;on=") && stored.ends_with(";goal=enrol"), "{stored}");
            page.reload();
            assert!(!page.script(body).as_str().unwrap().contains(said), "{record}");
        }
    });
    tried(&["answers that are damaged", "said so; they are deleted, and the questions begin anew"]);
}

mod every_engine {
    use super::*;

    #[test]
    fn answers_survive_a_reload_and_can_be_changed() {
        let it = figures();
        journey("reload", |page| {
            page.open(WHILE_OPEN);
            until_the_last(page, "否", "珠海", "珠海，单位交的职工社保");
            page.reload();
            page.see_heading("您现在满多少周岁？");
            finish(page);
            page.see(&yuan(less(it.full, it.raised)));
            page.reload();
            page.see(&yuan(less(it.full, it.raised)));
            page.press("查看或修改回答");
            page.see_heading("我的回答");
            page.see("单位是协会会员 否");
            page.press("修改：单位是协会会员");
            page.see_heading("您现在在哪里工作？");
            assert!(page.is_chosen("否"));
            page.choose("是");
            page.press("继续");
            page.see("单位是协会会员 是");
            page.press("看结果");
            page.see(&format!("最后自己出 {}", yuan(less(it.member, it.raised))));
            // The address never holds an answer.
            assert!(page.address().ends_with("?as-of=2025-04-05#result"), "{}", page.address());
            page.press("删除我的回答");
            page.press("确定删除");
            page.see_heading(START);
            page.press(ENROL);
            page.see_heading("下面哪些符合您的情况？");
            assert!(!page.is_chosen("以上都没有"));
        });
    }

    #[test]
    fn the_back_button_shows_the_page_before_as_it_was() {
        journey("back", |page| {
            page.open(WHILE_OPEN);
            page.press(ENROL);
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.choose("相关工作");
            page.enter("4");
            page.press("继续");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
            page.back();
            page.see_heading("您做的是哪一类工作？");
            assert!(page.is_chosen("相关工作"));
            assert_eq!(page.entered(), "4");
            page.press("上一步");
            page.see_heading("下面哪些符合您的情况？");
            assert!(page.is_chosen("以上都没有"));
            page.press("上一步");
            page.see_heading(START);
            page.see("上次查的是：参加培训班要多少钱，能领回多少");
            page.forward();
            page.see_heading("下面哪些符合您的情况？");
            page.back();
            page.press("接着答");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
        });
    }

    #[test]
    fn errors_keep_what_was_typed_and_take_the_focus() {
        journey("errors", |page| {
            page.open("?as-of=2025-05-10#q/works-in");
            page.press("继续");
            page.see("请选一项；拿不准就选“不知道”。");
            assert_eq!(page.script("return document.activeElement.id;"), "error");
            assert!(page.script("return document.title;").as_str().unwrap().starts_with("请检查："));
            page.open("?as-of=2025-05-10#q/age");
            for (typed, said) in [
                ("三十", "请只填数字"),
                ("121", "请填0到120之间的整数"),
                ("-1", "请只填数字"),
                ("99999999999", "请填0到120"),
                ("", "请只填数字"),
            ] {
                page.enter(typed);
                page.press("继续");
                page.see(said);
                assert_eq!(page.entered(), typed);
            }
            // What a Chinese keyboard types is a number too.
            page.enter(" ３０ ");
            page.press("继续");
            page.see_heading(GOAL);
            page.open("?as-of=2025-05-10#q/established-post");
            page.press("继续");
            page.see("请至少勾一项");
        });
    }

    /// A finger that taps twice means the page it saw.
    #[test]
    fn a_double_tap_is_one() {
        journey("double-tap", |page| {
            page.open(WHILE_OPEN);
            page.press(ENROL);
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.choose("没有工作过");
            page.script("for (var at = 0; at < 2; at += 1) document.querySelector('form button.button').click();");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
            page.script("document.querySelector('form button.button').click();");
            page.not_see("还不能继续");
            page.pause_between_taps();
            page.press("继续");
            page.see("还不能继续");
        });
    }

    /// Browsers refuse to change the address too often in a short time, and not all of them say so.
    #[test]
    fn after_too_many_changes_of_the_address_the_questions_go_on() {
        journey("too-many", |page| {
            page.open(WHILE_OPEN);
            page.press(ENROL);
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.script(
                "for (var at = 0; at < 400; at += 1) {
                     try { history.replaceState(null, ''); } catch (refused) { break; }
                 }",
            );
            page.choose("没有工作过");
            page.press("继续");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
            // A little later, links lead on as well.
            page.wait_until(
                "if (document.querySelector('main h1').textContent === '我的回答') return true;
                 document.querySelector('footer a[href=\"#answers\"]').click();",
            );
        });
        tried(&["the address is changed too often in a short time", "nothing; the questions go on"]);
    }

    #[test]
    fn a_fragment_that_means_nothing_is_the_start() {
        journey("fragments", |page| {
            for fragment in
                ["#q/nobody", "#nothing", "#q/age=30", "#%E0%A4%A", "#Q/age", "#result/", "#start/age", "#q/"]
            {
                page.open(&format!("{WHILE_OPEN}{fragment}"));
                page.see_heading(START);
            }
        });
    }

    /// There was room to begin with.
    #[test]
    fn storage_that_is_full_is_said_once_and_the_answers_stay_for_now() {
        journey("full-storage", |page| {
            page.before_every_page(
                "var write = Storage.prototype.setItem;
             Storage.prototype.setItem = function (key, value) {
                 if (key === 'subsidy-checker.answers') throw new DOMException('full', 'QuotaExceededError');
                 write.call(this, key, value);
             };",
            );
            page.open(WHILE_OPEN);
            page.not_see_anywhere("不让网页保存内容");
            until_the_money(page, "以上都没有");
            page.see_anywhere("不让网页保存内容");
            page.press("我的回答");
            page.see("人工智能训练");
            let told = "return document.querySelectorAll('.notices p').length;";
            assert_eq!(page.script(told), serde_json::json!(2), "the day, and that once");
        });
        tried(&["no room for the answers", "said once; answers last until the page is closed"]);
    }

    #[test]
    fn storage_that_refuses_is_said_once_and_the_journey_goes_on() {
        let it = figures();
        journey("refused", |page| {
            page.emulate_storage_refused();
            page.open(WHILE_OPEN);
            assert!(page.script("return document.body.innerText;").as_str().unwrap().contains("不让网页保存内容"));
            until_the_last(page, "是", "珠海", "珠海，单位交的职工社保");
            finish(page);
            page.see(&yuan(less(it.member, it.raised)));
        });
        tried(&["the storage refuses", "said once; answers last until the page is closed"]);
    }
}
