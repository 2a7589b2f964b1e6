//! The page in its languages: which one somebody gets, that changing it changes nothing else, and that each says what the
//! core found.

use e2e::people::{CLAIM, ENROL};
use e2e::{Engine, Page, Visit, engine, journey};
use serde_json::json;
use subsidy_checker::text::{Language, Text, built_in};

const LANGUAGE: &str = "subsidy-checker.language";

fn text(language: Language) -> Text {
    built_in(language).unwrap()
}

/// The language that the page says it is in, by its first heading and to whoever reads it aloud.
#[track_caller]
fn speaks(page: &mut Page, language: Language) {
    let title = match language {
        Language::ZH_HANS => "人工智能训练师培训班：费用、考试和补贴",
        Language::ZH_HANT => "人工智能訓練師培訓班：費用、考試和補貼",
        Language::EN => "AI trainer (人工智能训练师) class: cost, exam and subsidy",
        _ => unreachable!("no test asks for it"),
    };
    page.see_heading(title);
    assert_eq!(page.script("return document.documentElement.lang;"), language.id());
    let current = "var all = document.querySelectorAll('.languages [aria-current=true]');
                   return all.length === 1 ? all[0].lang : all.length;";
    assert_eq!(page.script(current), language.id());
}

#[test]
fn another_language_keeps_page_and_answers() {
    journey("language-keeps", |page| {
        page.open("?as-of=2025-05-10");
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.choose("相关工作");
        page.enter("4");
        page.press("English");
        page.see_heading("What kind of work do you do?");
        assert_eq!(page.entered(), "4");
        assert!(page.is_chosen("Related work"));
        page.press("繁體");
        page.see_heading("您做的是哪一類工作？");
        page.press("繼續");
        page.see_heading("您已有的最高職業技能等級證書是幾級？");
        page.press("简体");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.press("上一步");
        page.see_heading("您做的是哪一类工作？");
        assert_eq!(page.entered(), "4");
    });
}

/// Results are drawn from the same explanation as the command line prints, here in each language.
#[test]
fn a_result_in_each_language() {
    journey("language-result", |page| {
        for language in Language::ALL {
            let text = text(*language);
            for (as_of, record) in [("2025-05-10", ENROL), ("2026-11-24", CLAIM)] {
                page.open_with(&format!("?lang={}&as-of={as_of}", language.id()), "#result", record);
                let explained = e2e::people::explained(text, record, as_of);
                page.see_heading(&explained.headline);
                for section in &explained.sections {
                    page.see(&section.heading);
                }
            }
        }
    });
}

/// Official terms keep their Chinese beside the English, told as Chinese to whoever reads the page aloud.
#[test]
fn chinese_within_english_is_told_as_chinese() {
    journey("language-parts", |page| {
        for fragment in ["", "#q/certificate-held", "#q/certificate-occupation", "#result", "#rules"] {
            page.open_with("?lang=en&as-of=2025-05-10", fragment, ENROL);
            page.wait_script("requestAnimationFrame(arguments[arguments.length - 1]);");
            let unmarked = page.script(
                "var walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT), unmarked = [];
                 while (walker.nextNode()) {
                     var text = walker.currentNode.data, inside = walker.currentNode.parentElement;
                     if (/[\\u4e00-\\u9fff]/.test(text) && !inside.closest('[lang=zh-Hans], option')) unmarked.push(text);
                 }
                 return unmarked;",
            );
            assert_eq!(unmarked, json!([]), "{fragment}");
        }
    });
}

/// No browser should translate what is there in three languages: that moves text from under the program.
#[test]
fn translation_is_declined() {
    journey("language-translate", |page| {
        page.open("");
        assert_eq!(page.script("return document.documentElement.translate;"), false);
        assert_eq!(page.script("return document.querySelector('meta[name=google]').content;"), "notranslate");
        // And if one does it all the same, the page goes on.
        page.script(
            "document.querySelectorAll('main a, main p, main h1').forEach(function (one) {
                 one.childNodes.forEach(function (text) {
                     if (text.nodeType !== 3) return;
                     var font = document.createElement('font');
                     text.replaceWith(font);
                     font.append(text);
                 });
             });",
        );
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.choose("相关工作");
        page.enter("3");
        page.press("继续");
        page.see_heading("您已有的最高职业技能等级证书是几级？");
    });
}

mod every_engine {
    use super::*;

    /// Each is a browser of its own, which takes seconds to start: elsewhere than in Chromium two that aren't the usual one.
    #[test]
    fn the_browser_is_asked_for_its_language() {
        for (set, language) in [
            ("zh-CN", Language::ZH_HANS),
            ("zh", Language::ZH_HANS),
            ("zh-SG", Language::ZH_HANS),
            ("zh-HK", Language::ZH_HANT),
            ("zh-TW", Language::ZH_HANT),
            ("zh-Hant-MO", Language::ZH_HANT),
            ("en-GB", Language::EN),
            // Somebody who reads none of them.
            ("pt-PT", Language::EN),
        ] {
            if engine() != Engine::Chromium && !["zh-HK", "pt-PT"].contains(&set) {
                continue;
            }
            Visit::default().in_language(set).journey(&format!("language-{set}"), |page| {
                page.open("");
                speaks(page, language);
            });
        }
    }

    #[test]
    fn the_address_outweighs_what_was_chosen_and_that_the_browser() {
        journey("language-order", |page| {
            page.open("");
            speaks(page, Language::ZH_HANS);
            page.press("繁體");
            speaks(page, Language::ZH_HANT);
            assert_eq!(page.storage_get(LANGUAGE).as_deref(), Some("zh-Hant"));
            page.reload();
            speaks(page, Language::ZH_HANT);
            for (address, language) in [
                ("?lang=en", Language::EN),
                ("?lang=zh-HK", Language::ZH_HANT),
                ("?as-of=2025-05-10&lang=zh-Hans#", Language::ZH_HANS),
                // What can't be read is passed over.
                ("?lang=", Language::ZH_HANT),
                ("?lang=klingon", Language::ZH_HANT),
                ("?lang=%E4%B8%AD", Language::ZH_HANT),
            ] {
                page.open(address);
                speaks(page, language);
            }
            // Whoever chooses on the page means it, also when the page is loaded again.
            page.open("?as-of=2025-05-10&lang=en");
            page.press("简体");
            speaks(page, Language::ZH_HANS);
            assert!(page.address().contains("lang=zh-Hans"), "{}", page.address());
            assert!(page.address().contains("as-of=2025-05-10"), "{}", page.address());
            page.reload();
            speaks(page, Language::ZH_HANS);
        });
    }

    #[test]
    fn a_language_that_does_not_arrive_leaves_the_one_there_is() {
        journey("language-missing", |page| {
            // On a device that keeps nothing.
            page.before_every_page("Object.defineProperty(navigator, 'serviceWorker', { value: undefined });");
            page.open("");
            page.go_offline();
            page.press("English");
            page.see_heading("人工智能训练师培训班：费用、考试和补贴");
            page.see_anywhere("这种语言的文字没有下载成功");
            page.expect_complaint("console.error");
            page.go_online();
            page.press("English");
            speaks(page, Language::EN);
            let body = page.script("return document.body.innerText;");
            assert!(!body.as_str().unwrap().contains("没有下载成功"));
        });
    }

    /// An address that names a language names another one after the choice; the one before is still behind the back button.
    #[test]
    fn the_way_back_leads_past_a_change_of_language() {
        journey("language-back", |page| {
            page.open("?lang=zh-Hans&as-of=2025-05-10#start/enrol");
            page.pass_status();
            page.see_heading("您做的是哪一类工作？");
            page.choose("人工智能训练");
            page.enter("4");
            page.press("继续");
            page.see_heading("您已有的最高职业技能等级证书是几级？");
            page.press("繁體");
            page.see_heading("您已有的最高職業技能等級證書是幾級？");
            page.back();
            page.see_heading("您做的是哪一類工作？");
            assert!(page.address().contains("lang=zh-Hant"), "{}", page.address());
            page.reload();
            page.see_heading("您做的是哪一類工作？");
            page.forward();
            page.see_heading("您已有的最高職業技能等級證書是幾級？");
        });
    }
}
