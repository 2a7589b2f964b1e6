//! The rule book, in the browser: everything is in it, can be found, and is linked from where it decides.

use e2e::{Page, Visit, journey};
use subsidy_checker::rules::TABLES;
use subsidy_checker::text::{Language, built_in};
use tables::{Criterion, Date};

const IN_MAY: &str = "?as-of=2025-05-10";
const TITLE: &str = "规则一览";

fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Every clause that decides something, or is told.
fn clauses() -> Vec<&'static str> {
    let mut all: Vec<&Criterion> = Vec::new();
    all.extend(TABLES.courses.iter().flat_map(|course| [&course.fee, &course.member, &course.dates]));
    all.extend([&TABLES.exam.passed, &TABLES.exam.resit, &TABLES.exam.fee, &TABLES.exam.attendance]);
    all.extend(TABLES.entry.levels.iter().flat_map(|level| level.paths.iter().chain([&level.clause])));
    all.extend(TABLES.subsidies.iter().flat_map(|one| one.criteria.iter().chain([&one.uplift])));
    all.extend(TABLES.catalogues.iter().map(|catalogue| &catalogue.amount));
    all.extend(TABLES.recognitions.iter().chain(TABLES.craftsmen).flat_map(|block| block.criteria));
    let told = TABLES
        .courses
        .iter()
        .flat_map(|course| course.information)
        .chain(TABLES.information)
        .map(|one| one.clause)
        .chain(["S12", "S13"]);
    all.into_iter().map(|criterion| criterion.id).chain(told).collect()
}

/// The heading that has the focus, and how far below the screen's top it stands.
fn focused(page: &Page) -> (String, f64) {
    let found =
        page.script("var one = document.activeElement; return [one.innerText, one.getBoundingClientRect().top];");
    (found[0].as_str().unwrap().to_owned(), found[1].as_f64().unwrap())
}

fn scrolled(page: &Page) -> f64 {
    page.script("return window.scrollY;").as_f64().unwrap()
}

/// How many clauses, occupations and the like are shown.
fn rows(page: &Page) -> u64 {
    let count = "return Array.prototype.filter.call(document.querySelectorAll('.book li'), function (row) {
        return row.getClientRects().length > 0;
    }).length;";
    page.script(count).as_u64().unwrap()
}

#[test]
fn headings_stand_in_their_order_and_ids_once() {
    journey("rule-headings", |page| {
        page.open(&format!("{IN_MAY}#rules"));
        page.see_heading(TITLE);
        let bad = page.script(
            "var before = 0, ids = {}, bad = [];
             document.querySelectorAll('main [id]').forEach(function (one) {
                 if (ids[one.id]) bad.push(one.id);
                 ids[one.id] = true;
             });
             document.querySelectorAll('main h1, main h2, main h3, main h4').forEach(function (one) {
                 var level = Number(one.tagName[1]);
                 if (level > before + 1) bad.push(one.innerText);
                 before = level;
             });
             return bad;",
        );
        assert_eq!(bad, serde_json::json!([]));
    });
}

#[test]
fn what_we_concluded_ourselves_is_marked() {
    journey("inferred", |page| {
        page.open(&format!("{IN_MAY}#rules"));
        page.see("E3.1 工作年数 我们的理解");
        page.see("C4 开班和考试 我们的理解");
        page.see("S2.1 编制 不是");
        page.see("写报考条件的附件1没有查到");
        let paths = TABLES.entry.levels.iter().map(|level| level.paths.len() + 1).sum::<usize>();
        // Beside the conditions of the exam, the days of the class.
        page.see(&format!("其中{}条文件里没有直接写", paths + 1));
    });
}

#[test]
fn searching() {
    journey("rule-search", |page| {
        page.open(&format!("{IN_MAY}#rules"));
        page.see_heading(TITLE);
        let all = rows(page);
        page.enter("4-04-05-05");
        // In the catalogue and in the shortage list.
        page.see("找到2条。");
        page.see("4-04-05-05 人工智能训练师");
        page.see("S10 补贴标准");
        page.not_see("呼叫中心服务员");
        page.enter("程序设计");
        page.see("找到2条。");
        page.see("计算机程序设计员");
        page.not_see("S2.1");
        page.enter("s2.1");
        page.see("S2.1 编制");
        page.not_see("S2.2");
        page.enter("我们的理解");
        page.see("E5.1 年龄");
        page.not_see("S2.1");
        page.enter("没有这样的词");
        page.see("没有找到");
        assert_eq!(rows(page), 0);
        page.enter(" ");
        page.not_see("没有找到");
        assert_eq!(rows(page), all);
    });
}

#[test]
fn what_has_ended_is_said() {
    let held = TABLES.subsidies.last().unwrap().validity;
    let class = TABLES.courses.last().unwrap().validity;
    let said = |held: tables::Validity| {
        let validity = format!("有效期：{}至{}", day(held.from), day(held.to.unwrap()));
        (format!("{validity}。"), format!("{validity}，已经结束"))
    };
    journey("rule-ended", |page| {
        page.open("#rules");
        for held in [held, class] {
            page.see(&said(held).1);
        }
        page.open(&format!("{IN_MAY}#rules"));
        for held in [held, class] {
            page.see(&said(held).0);
            page.not_see(&said(held).1);
        }
        page.open("?as-of=2025-04-02#rules");
        page.see("，还没开始");
    });
}

#[test]
fn nothing_scrolls_sideways() {
    Visit::default().with_screen(320, 640).journey("rule-narrow", |page| {
        for fragment in ["#rules", "#rules/S10"] {
            page.open(&format!("{IN_MAY}{fragment}"));
            page.see_heading(TITLE);
            let fits = page.script("return document.documentElement.scrollWidth <= window.innerWidth;");
            assert_eq!(fits, true, "{fragment}");
        }
    });
}

mod every_engine {
    use super::*;

    #[test]
    fn from_a_criterion_and_back() {
        journey("rule-link", |page| {
            page.open("?as-of=2025-04-05#result");
            page.storage_set(
            "subsidy-checker.answers",
            "1;goal=enrol;work-field=this;years-worked=3;certificate-held=none;title=none;education=university;major=matching;\
             study-status=graduated;works-in=zhuhai;employer-member=no;household=zhuhai;insurance=zhuhai-employee;\
             age=30;established-post=yes;\
             full-time-student=no;pension=no",
        );
            page.reload();
            page.see_heading("按您的回答，领不到这项补贴");
            page.press("编制 S2.1");
            let before = scrolled(page);
            assert!(0.0 < before, "the criterion was on the first screen");
            page.press("看规则 S2.1");
            page.see_heading(TITLE);
            assert!(page.address().ends_with("#rules/S2.1"), "{}", page.address());
            let (heading, top) = focused(page);
            assert_eq!(heading.trim(), "S2.1 编制");
            assert!((0.0..200.0).contains(&top), "{top}");
            page.back();
            page.see_heading("按您的回答，领不到这项补贴");
            // The link is in sight again, and has the focus.
            let (link, top) = focused(page);
            assert_eq!(link, "看规则 S2.1");
            assert!((0.0..844.0).contains(&top), "{top}");
            page.press("有四级证书，之后工作满4年。 E3.2");
            page.press("看规则 E3.2");
            let (heading, _) = focused(page);
            assert!(heading.starts_with("E3.2"), "{heading}");
            page.back();
            page.press("规则一览");
            page.see_heading(TITLE);
            assert_eq!(scrolled(page), 0.0);
            assert_eq!(focused(page).0, TITLE);
        });
    }

    #[test]
    fn an_address_opens_it_at_a_clause() {
        journey("rule-address", |page| {
            page.open(&format!("{IN_MAY}#rules/R3"));
            // The page is ready before its later part has come.
            page.see_heading(TITLE);
            let (heading, top) = focused(page);
            assert_eq!(heading.trim(), "R3 区级工匠");
            assert!((0.0..844.0).contains(&top), "{top}");
            page.open(&format!("{IN_MAY}#rules/S99"));
            page.see_heading(TITLE);
            // From the list of contents to a part, and back to the list.
            page.press("文件清单");
            assert_eq!(focused(page).0, "文件清单");
            page.back();
            assert_eq!(focused(page).0, "文件清单");
            assert!(scrolled(page) < 844.0);
            page.open(IN_MAY);
            page.press("先看规则一览");
            page.see_heading(TITLE);
            page.back();
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
        });
    }
}

mod any_tables {
    use super::*;

    #[test]
    fn everything_is_in_it() {
        journey("rule-book", |page| {
            page.open(&format!("{IN_MAY}#rules"));
            page.see_heading(TITLE);
            let headings = page.script(
                "return Array.prototype.map.call(document.querySelectorAll('main h3, main h4'), function (one) {
                    return one.innerText;
                });",
            );
            let headings: Vec<&str> = headings.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
            for clause in clauses() {
                let named = headings.iter().find_map(|heading| heading.strip_prefix(clause)?.strip_prefix(' '));
                assert!(named.is_some_and(|title| !title.is_empty()), "{clause} is not among {headings:?}");
            }
            let (shown, text) = (page.text(), built_in(Language::ZH_HANS).unwrap());
            for occupation in TABLES.occupations {
                assert!(shown.contains(text.get(occupation.name)), "{occupation:?}");
                assert!(occupation.id == "shortage-6" || shown.contains(occupation.id), "{occupation:?}");
            }
            for row in TABLES.catalogues.iter().flat_map(|catalogue| catalogue.rows) {
                for amount in row.amounts {
                    assert!(shown.contains(&format!("{}元", amount.0.normalize())));
                }
            }
            for source in TABLES.sources {
                assert!(shown.contains(&text.document(source)), "{source:?}");
            }
        });
    }
}
