//! Inside WeChat and Alipay, where most people open a link: the same page, with nothing that doesn't work there.
//!
//! Told apart by what their browsers call themselves; letters scaled by WeChat are measured in `access`.

use e2e::people::{CLAIM, ENROL};
use e2e::{Page, Visit};
use serde_json::json;

const AGENTS: [(&str, &str); 3] = [
    (
        "wechat-android",
        "Mozilla/5.0 (Linux; Android 13; V2243A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 \
         Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560 WeChat/arm64 NetType/WIFI \
         Language/zh_CN ABI/arm64",
    ),
    (
        "wechat-iphone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 \
         MicroMessenger/8.0.47 NetType/WIFI Language/zh_CN",
    ),
    (
        "alipay",
        "Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2243A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
         Chrome/100.0.4896.127 UCBS/4.4 Mobile Safari/537.36 AliApp(AP/10.5.60) AlipayClient/10.5.60 Language/zh-Hans",
    ),
];

/// App by app, so that one browser serves all journeys of an app.
#[test]
fn in_each_app() {
    for (app, agent) in AGENTS {
        let journey = |name: &str, walk: fn(&mut Page)| {
            Visit::default().as_agent(agent).journey(&format!("{app}-{name}"), walk);
        };
        journey("offers", nothing_is_offered_that_does_not_work_there);
        journey("copy", what_is_to_be_copied_can_be_held_down_where_copying_is_refused);
        journey("fails", where_the_program_does_not_run_the_browser_may_help);
    }
}

fn nothing_is_offered_that_does_not_work_there(page: &mut Page) {
    for (as_of, record, fragment) in [
        ("2025-05-10", ENROL, ""),
        ("2025-05-10", ENROL, "#result"),
        ("2026-11-24", CLAIM, "#result"),
        ("2026-11-24", CLAIM, "#rules"),
    ] {
        page.open_with(&format!("?as-of={as_of}"), fragment, record);
        // A link to a file does nothing there, nor does one that opens another window.
        let dead =
            "return document.querySelectorAll('[download], [target=_blank], a[href^=blob], a[href^=data]').length;";
        assert_eq!(page.script(dead), json!(0), "{fragment}");
        page.not_see_anywhere("用浏览器打开的那一项");
    }
}

fn what_is_to_be_copied_can_be_held_down_where_copying_is_refused(page: &mut Page) {
    page.before_every_page(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });
             document.execCommand = function () { return false; };",
    );
    page.open_with("?as-of=2026-11-24", "#result", CLAIM);
    page.press("复制这段话");
    page.see("请自己复制下面的文字");
    let held = "var style = getComputedStyle(document.querySelector('blockquote'));
                    return style.userSelect || style.webkitUserSelect;";
    assert_ne!(page.script(held), json!("none"));
}

fn where_the_program_does_not_run_the_browser_may_help(page: &mut Page) {
    page.before_every_page("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
    page.open_unready("");
    page.see_anywhere("选用浏览器打开的那一项");
}

#[test]
fn elsewhere_the_browser_would_be_no_help() {
    Visit::default().journey("no-app-fails", |page| {
        page.before_every_page("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
        page.open_unready("");
        page.see_anywhere("没能运行");
        page.not_see_anywhere("用浏览器打开的那一项");
    });
}
