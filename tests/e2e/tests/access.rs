//! Everybody can use the page: what axe finds, the keyboard alone, large text on small screens, targets, names and roles.
//!
//! Words are held against the language files elsewhere; here it counts that they reach everybody.

use e2e::people::{CLAIM, ENROL, EXAM};
use e2e::{Page, Visit, journey, tried};
use serde_json::{Value, json};
use subsidy_checker::rules::TABLES;
use subsidy_checker::text::Language;

/// Every kind of page there is: the day, what the device keeps, the fragment.
const PAGES: &[(&str, &str, &str)] = &[
    ("2025-05-10", "", ""),
    ("2026-11-24", ENROL, ""),
    ("2025-05-10", "", "#q/goal"),
    ("2025-05-10", "1;goal=enrol", "#q/work-field"),
    ("2025-05-10", "1;goal=enrol", "#q/education"),
    ("2025-05-10", "1;goal=enrol", "#q/works-in"),
    ("2025-05-10", "1;goal=enrol", "#q/age"),
    ("2025-05-10", "1;goal=enrol", "#q/established-post"),
    ("2025-12-01", "1;goal=claim", "#q/certificate-occupation"),
    ("2025-12-01", "1;goal=claim", "#q/certificate-date"),
    ("2025-12-01", "1;goal=claim", "#q/paid-same"),
    ("2025-08-01", "1;goal=exam", "#q/theory-score"),
    ("2025-05-10", ENROL, "#answers"),
    ("2025-05-10", ENROL, "#result"),
    ("2025-08-01", EXAM, "#result"),
    ("2025-12-01", CLAIM, "#result"),
    ("2026-11-24", CLAIM, "#result"),
    ("2025-05-10", "", "#rules"),
];

/// Goes to a page of the list in a language.
fn go(page: &mut Page, language: Language, (as_of, record, fragment): (&str, &str, &str)) {
    page.open_with(&format!("?as-of={as_of}&lang={}", language.id()), fragment, record);
}

/// What axe finds on the page as it stands, one line for each thing. Colours are the same in all languages: they are looked at
/// in Simplified Chinese, light and dark. It is the rule that takes longest.
fn axe(page: &Page, language: Language) -> Vec<String> {
    let axe = tasks::packages::CHECKS.folder("axe-core");
    let axe = axe.and_then(|folder| Ok(std::fs::read_to_string(folder.join("axe.min.js"))?));
    page.script(&axe.unwrap_or_else(|error| panic!("{error:#}")));
    // Everything is opened first: what is folded away isn't looked at.
    page.script(
        "document.querySelectorAll('main details, #plain details').forEach(function (one) { one.open = true; });",
    );
    let run = |only: &str| {
        let found = page.wait_script(&format!(
            "var done = arguments[arguments.length - 1];
             axe.run(document, {{ resultTypes: ['violations'] {only} }}).then(function (results) {{
                 done(results.violations.map(function (one) {{
                     return one.id + ' (' + one.help + '): ' + one.nodes.map(function (node) {{ return node.html; }}).join(' | ');
                 }}));
             }}, function (error) {{ done([String(error)]); }});"
        ));
        let found = found.as_array().cloned().unwrap_or_else(|| vec![found]);
        found.into_iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
    };
    if language != Language::ZH_HANS {
        return run(", rules: { 'color-contrast': { enabled: false } }");
    }
    let mut found: Vec<String> = run("");
    page.prefer_colours("dark");
    assert_eq!(page.script("return matchMedia('(prefers-color-scheme: dark)').matches;"), true);
    let dark: Vec<String> = run(", runOnly: ['color-contrast']");
    found.extend(dark.into_iter().map(|one| format!("in the dark: {one}")));
    page.prefer_colours("light");
    found
}

fn check_with_axe(language: Language) {
    journey(&format!("axe-{}", language.id()), |page| {
        let mut found = Vec::new();
        for place in PAGES {
            go(page, language, *place);
            found.extend(axe(page, language).into_iter().map(|one| format!("{place:?}: {one}")));
        }
        // A page with something wrong, and one that asks whether to delete.
        go(page, language, ("2025-12-01", "1;goal=claim", "#q/certificate-date"));
        page.script("document.querySelector('form .button').click();");
        page.script("document.querySelector('#delete-answers button').click();");
        page.wait_script("requestAnimationFrame(arguments[arguments.length - 1]);");
        found.extend(axe(page, language).into_iter().map(|one| format!("errors: {one}")));
        // And the page that stands where the program can't run.
        page.before_every_page("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
        page.open_unready(&format!("?lang={}", language.id()));
        page.see_anywhere(TABLES.courses[0].contacts[0].phone);
        found.extend(axe(page, language).into_iter().map(|one| format!("plain: {one}")));
        assert!(found.is_empty(), "{}", found.join("\n"));
        println!("axe: {} pages in {}, nothing found", PAGES.len() + 2, language.id());
    });
}

/// Where a person has chosen all colours, grounds are one: boxes and buttons that are told by their ground alone need an edge.
#[test]
fn boxes_and_buttons_have_an_edge_in_forced_colours() {
    // Of what is shown: what has a ground of its own, and what can be pressed and looks like more than a link.
    const FOUND: &str = "
        window.e2eBoxes = [].filter.call(document.querySelectorAll('body *'), function (one) {
            if (!one.getClientRects().length || one.closest('svg, img, select, .hidden, dialog:not([open])')) return false;
            var ground = getComputedStyle(one).backgroundColor;
            return one.tagName === 'BUTTON' || !/^(transparent|rgba\\(0, 0, 0, 0\\))$/.test(ground)
                && ground !== getComputedStyle(document.documentElement).backgroundColor;
        });
        return e2eBoxes.length;";
    const BARE: &str = "
        return e2eBoxes.filter(function (one) {
            var style = getComputedStyle(one);
            return ['Top', 'Right', 'Bottom', 'Left'].some(function (side) {
                return parseFloat(style['border' + side + 'Width']) < 1 || style['border' + side + 'Style'] === 'none';
            });
        }).map(function (one) { return one.outerHTML.slice(0, 100); });";
    let force = |page: &Page, value: &str| {
        page.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "forced-colors", "value": value }] }),
        );
    };
    journey("forced-colours", |page| {
        let mut bare = Vec::new();
        let mut look = |page: &Page, place: &str| {
            assert!(0 < page.script(FOUND).as_u64().unwrap(), "{place}");
            force(page, "active");
            assert_eq!(page.script("return matchMedia('(forced-colors: active)').matches;"), true);
            bare.extend(page.script(BARE).as_array().unwrap().iter().map(|one| format!("{place}: {one}")));
            force(page, "none");
        };
        for place in PAGES {
            go(page, Language::ZH_HANS, *place);
            page.script("document.querySelectorAll('details').forEach(function (one) { one.open = true; });");
            look(page, &format!("{place:?}"));
        }
        go(page, Language::ZH_HANS, ("2025-12-01", "1;goal=claim", "#q/certificate-date"));
        page.script("document.querySelector('form .button').click();");
        page.script("document.querySelector('#delete-answers button').click();");
        page.wait_script("requestAnimationFrame(arguments[arguments.length - 1]);");
        look(page, "something wrong, and whether to delete");
        page.open("?lang=zh-Hans#session");
        look(page, "the cover of a session");
        page.press("工作人员入口");
        page.see_anywhere("再输一次PIN");
        look(page, "the staff's window");
        page.before_every_page("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
        page.open_unready("?lang=zh-Hans");
        page.see_anywhere(TABLES.courses[0].contacts[0].phone);
        look(page, "the plain page");
        assert!(bare.is_empty(), "{}", bare.join("\n"));
    });
    tried(&["colours are forced", "every button, notice and box with an edge"]);
}

/// A window of 1280 by 1024 that is magnified four times: the session's bar leaves room for the page, and its button stays in reach.
#[test]
fn a_magnified_session_has_room_for_the_page() {
    for language in Language::ALL {
        Visit::default().with_screen(320, 256).journey("magnified-session", |page| {
            page.open(&format!("?lang={}&as-of=2025-05-10#session", language.id()));
            // All of the cover can be scrolled to.
            let above = "var cover = document.querySelector('dialog.cover'); cover.scrollTop = 0;
                 return cover.querySelector('h2').getBoundingClientRect().top < 0;";
            assert_eq!(page.script(above), false);
            page.script("document.querySelector('dialog .begin').click(); location.replace('#session/q/goal');");
            page.wait_until("return !!document.querySelector('main form');");
            let share = "
                window.scrollTo(0, 200);
                var over = document.querySelector('.session-bar .button').getBoundingClientRect(), covered = 0, all = 0;
                for (var y = 1; y < innerHeight; y += 4) for (var x = 1; x < innerWidth; x += 4) {
                    all += 1;
                    covered += !!document.elementFromPoint(x, y).closest('.session');
                }
                return { covered: covered / all, scrolled: scrollY, over: over.top >= 0 && over.bottom <= innerHeight };";
            let seen = page.script(share);
            assert!(seen["covered"].as_f64().unwrap() < 0.2 && seen["over"] == json!(true), "{seen}");
            // What is come to by key isn't behind it.
            page.script("document.querySelector('main form input').focus();");
            let hidden = "
                var field = document.activeElement.getBoundingClientRect();
                return !document.elementFromPoint(field.left + field.width / 2, field.top + 2).closest('.session');";
            page.wait_until(hidden);
        });
    }
    tried(&[
        "a session is magnified four times",
        "its bar covers less than a fifth of the page, its button stays in reach",
    ]);
}

/// In all languages in Chromium; axe reads what is on the page, which is the same elsewhere, so there in the first.
#[test]
fn axe_finds_nothing() {
    Language::ALL.iter().for_each(|language| check_with_axe(*language));
}

/// What a person who only has a keyboard can do.
struct Keyboard<'p>(&'p mut Page);

impl Keyboard<'_> {
    /// What has the focus, as a screen reader names it.
    fn at(&self) -> String {
        let name = self.0.script(
            "var at = document.activeElement;
             var label = at.labels && at.labels.length ? at.labels[0].innerText : '';
             return (at.getAttribute('aria-label') || label || at.innerText || '').replace(/\\s+/g, ' ').trim();",
        );
        name.as_str().unwrap_or_default().to_owned()
    }

    /// Tabs on until something with that name has the focus.
    #[track_caller]
    fn tab_to(&mut self, name: &str) {
        let mut seen = Vec::new();
        for _ in 0..80 {
            self.0.key("\u{e004}");
            let at = self.at();
            if at.starts_with(name) {
                return;
            }
            seen.push(at);
        }
        panic!("`{name}` is not reached by Tab, but {seen:?}");
    }

    /// Chooses a row: by Tab into the list, then by the arrows, as lists of choices work.
    #[track_caller]
    fn choose(&mut self, first: &str, name: &str) {
        self.tab_to(first);
        for _ in 0..40 {
            if self.at().starts_with(name) {
                self.0.key(" ");
                return;
            }
            self.0.key("\u{e015}");
        }
        panic!("`{name}` is not reached by the arrows");
    }

    #[track_caller]
    fn tick(&mut self, name: &str) {
        self.tab_to(name);
        self.0.key(" ");
    }

    #[track_caller]
    fn type_in(&mut self, label: &str, digits: &str) {
        self.tab_to(label);
        self.0.key(digits);
    }

    /// A form is sent by Enter in it, a link is followed by it.
    #[track_caller]
    fn enter(&mut self) {
        self.0.key("\u{e007}");
    }

    /// Presses a button or follows a link.
    #[track_caller]
    fn press(&mut self, name: &str) {
        self.tab_to(name);
        self.enter();
    }

    /// Every new page is read from its heading, and the window is called after it.
    #[track_caller]
    fn arrives_at(&mut self, heading: &str) {
        self.0.see_heading(heading);
        assert_eq!(self.at(), heading, "the heading has the focus");
        let title = self.0.script("return document.title;");
        assert!(title.as_str().is_some_and(|title| title.starts_with(heading)), "{title} begins with {heading}");
    }
}

/// What is tapped is as large as a finger, but for links within a sentence.
#[test]
fn targets_are_large_enough() {
    journey("targets", |page| {
        let mut small = Vec::new();
        for place in PAGES {
            go(page, Language::ZH_HANS, *place);
            let found = page.script(
                "var targets = 'button, summary, label.row, select, input[type=text], nav a, li > a, main > a, header a, .goals a';
                 return Array.prototype.filter.call(document.querySelectorAll(targets), function (one) {
                     var box = one.getBoundingClientRect();
                     var sentence = one.matches('li > a') && one.parentElement.innerText.trim() !== one.innerText.trim();
                     return box.width && !sentence && (box.height < 43.5 || box.width < 43.5);
                 }).map(function (one) {
                     var box = one.getBoundingClientRect();
                     return Math.round(box.width) + 'x' + Math.round(box.height) + ' ' + one.outerHTML.slice(0, 90);
                 });",
            );
            let found = found.as_array().cloned().unwrap_or_default();
            small.extend(found.iter().map(|one| format!("{place:?}: {one}")));
        }
        assert!(small.is_empty(), "{}", small.join("\n"));
    });
}

/// Role and name of everything on a page that a screen reader stops at.
fn tree(page: &Page) -> Vec<String> {
    let told = [
        "heading",
        "radio",
        "radiogroup",
        "group",
        "checkbox",
        "textbox",
        "button",
        "link",
        "banner",
        "main",
        "contentinfo",
        "navigation",
        "alert",
        "table",
        "combobox",
        "DisclosureTriangle",
    ];
    let tree = page.devtools("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let word = |node: &Value, what: &str| node[what]["value"].as_str().unwrap_or_default().trim().to_owned();
    // From top to bottom, as it is read: the list itself goes level by level.
    let mut waiting = vec![nodes[0].clone()];
    let mut all = Vec::new();
    while let Some(node) = waiting.pop() {
        if node["ignored"] != true && told.contains(&word(&node, "role").as_str()) {
            all.push(format!("{} {}", word(&node, "role"), word(&node, "name")));
        }
        let inside = node["childIds"].as_array().cloned().unwrap_or_default();
        let inside = inside.iter().rev().filter_map(|id| nodes.iter().find(|node| node["nodeId"] == *id));
        waiting.extend(inside.cloned());
    }
    all
}

#[test]
fn names_and_roles() {
    let check = |page: &mut Page, place: (&str, &str, &str), expected: &[&str]| {
        go(page, Language::ZH_HANS, place);
        let found = tree(page);
        let mut rest = found.iter();
        for one in expected {
            assert!(rest.any(|node| node.trim() == *one), "`{one}` doesn't follow in {found:#?}");
        }
        // A part of the page that is the only one of its kind needs no name, nor does what only holds others together.
        let needs_none = ["banner", "main", "contentinfo", "group", "table"];
        let nameless = found.iter().find(|node| node.ends_with(' ') && !needs_none.contains(&node.trim()));
        assert_eq!(nameless, None, "{found:#?}");
    };
    journey("names", |page| {
        check(
            page,
            ("2025-05-10", "1;goal=enrol", "#q/household"),
            &[
                "navigation 语言 / Language",
                "link 简体",
                "banner",
                "main",
                "radiogroup 您的户籍（户口）在哪里？",
                "heading 您的户籍（户口）在哪里？",
                "radio 珠海",
                "radio 广东其他城市",
                "radio 不知道",
                "button 继续",
                "button 上一步",
                "contentinfo",
                "navigation 其他页面",
                "button 删除我的回答",
            ],
        );
        check(
            page,
            ("2025-05-10", "1;goal=enrol", "#q/age"),
            &["heading 您现在满多少周岁？", "textbox 年龄（周岁）", "checkbox 不知道"],
        );
        check(
            page,
            ("2025-05-10", "1;goal=enrol", "#q/pension"),
            &["group 下面哪些符合您的情况？", "checkbox 已经在领法定养老金（退休金）", "checkbox 以上都没有"],
        );
        check(page, ("2025-05-10", ENROL, "#answers"), &["heading 我的回答", "link 修改：工作类别"]);
        check(page, ("2025-04-05", ENROL, "#result"), &["heading 按您的回答，拿到证书后，预计能领回2400元", "table"]);
    });
}

mod every_engine {
    use super::*;

    #[test]
    fn enrolling_by_keyboard() {
        journey("keyboard-enrol", |page| {
            page.open("?as-of=2025-04-05");
            let mut hands = Keyboard(page);
            hands.press("我想参加培训班");
            hands.arrives_at("下面哪些符合您的情况？");
            hands.tick("以上都没有");
            hands.press("继续");
            // Ten years are enough: nothing else is asked for the exam.
            hands.arrives_at("您做的是哪一类工作？");
            hands.choose("人工智能训练", "人工智能训练");
            hands.type_in("工作年数", "12");
            hands.enter();
            hands.arrives_at("您现在在哪里工作？");
            hands.choose("珠海", "珠海");
            hands.choose("是", "否");
            hands.press("继续");
            hands.arrives_at("您的户籍（户口）在哪里？");
            hands.0.pause_between_taps();
            hands.press("继续");
            // Nothing was chosen: the summary has the focus, and leads to the field.
            assert!(hands.at().starts_with("还不能继续"), "{}", hands.at());
            hands.press("请选一项");
            assert_eq!(hands.at(), "珠海");
            hands.0.key(" ");
            hands.press("继续");
            hands.arrives_at("您现在的社保交在哪里？");
            hands.choose("珠海，单位交的职工社保", "珠海，单位交的职工社保");
            hands.press("继续");
            hands.arrives_at("您现在满多少周岁？");
            hands.type_in("年龄（周岁）", "30");
            hands.enter();
            hands.arrives_at("按您的回答，拿到证书后，预计能领回3120元");
            hands.press("养老金 S2.3");
            hands.press("看规则 S2.3");
            hands.0.see_heading("规则一览");
            assert!(hands.at().starts_with("S2.3"), "{}", hands.at());
        });
    }

    #[test]
    fn marks_by_keyboard() {
        journey("keyboard-exam", |page| {
            page.open("?as-of=2025-08-01");
            let mut hands = Keyboard(page);
            hands.press("成绩出来了");
            hands.arrives_at("理论科目考了多少分？");
            hands.type_in("理论成绩", "60");
            hands.type_in("实操成绩", "60");
            hands.enter();
            hands.arrives_at("您的出勤率大约是百分之几？");
            hands.tick("不知道");
            hands.press("继续");
            hands.arrives_at("考试合格。拿到证书后，再来查补贴");
        });
    }

    #[test]
    fn claiming_by_keyboard() {
        journey("keyboard-claim", |page| {
            page.open("?as-of=2025-12-01");
            let mut hands = Keyboard(page);
            hands.press("我拿到职业技能等级证书了");
            hands.arrives_at("您的职业技能等级证书是哪个职业的？");
            hands.type_in("输入职业名称或代码的一部分", "训练师");
            // Enter takes the only one that is left; the level stands below.
            hands.enter();
            hands.choose("五级", "三级（高级工）");
            hands.press("继续");
            hands.arrives_at("证书是哪天发的？");
            for (field, digits) in [("年", "2025"), ("月", "7"), ("日", "31")] {
                hands.type_in(field, digits);
            }
            hands.choose("广东公布备案的社会培训评价组织", "广东公布备案的社会培训评价组织");
            hands.press("继续");
            hands.arrives_at("下面哪些符合您的情况？");
        });
    }

    /// Without a loss at the narrowest, with letters twice as large, in each language.
    #[test]
    fn large_text_on_a_small_screen() {
        let visit = Visit::default().with_screen(320, 568);
        visit.journey("large-text", |page| {
        let mut lost = Vec::new();
        for language in Language::ALL {
            for place in PAGES {
                go(page, *language, *place);
                for larger in [
                    "document.documentElement.style.fontSize = '200%';",
                    // As WeChat does it, on either system.
                    "document.documentElement.style.fontSize = ''; document.body.style.webkitTextSizeAdjust = '200%';",
                ] {
                    page.script(larger);
                    let found = page.script(
                        "var lost = [];
                         document.querySelectorAll('details').forEach(function (one) { one.open = true; });
                         var wide = document.documentElement.scrollWidth - innerWidth;
                         if (wide > 0) lost.push('the page is ' + wide + ' px too wide');
                         document.querySelectorAll('main *, header *, footer *, nav *').forEach(function (one) {
                             var style = getComputedStyle(one), box = one.getBoundingClientRect();
                             if (!box.width || one.closest('svg, .hidden, select')) return;
                             if (style.overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1) {
                                 lost.push('cut: ' + one.outerHTML.slice(0, 80));
                             }
                             if (box.right > innerWidth + 1) lost.push('outside: ' + one.outerHTML.slice(0, 80));
                         });
                         return lost;",
                    );
                    let found = found.as_array().cloned().unwrap_or_default();
                    lost.extend(found.iter().map(|one| format!("{} {place:?}: {one}", language.id())));
                }
            }
        }
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    });
    }
}
