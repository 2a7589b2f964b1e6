//! The page without a network: kept on the device, brought up to date when that is wanted, removed when it has to go.
//!
//! The published page, without anything that the tests add elsewhere. Stopping the server is the network that is gone.

use std::fs;

use e2e::release::{change, copy, copy_files, listed, published, release, replace};
use e2e::{Page, Visit, dist, journey, tried};
use serde_json::json;

const START: &str = "人工智能训练师培训班：费用、考试和补贴";
const READY: &str = "已经存到这台设备上";
const NEWER: &str = "自查有新版本";

fn mark(page: &Page) -> String {
    page.script("return document.body.dataset.mark || '';").as_str().unwrap_or_default().to_owned()
}

/// Opens the page and waits until it is kept.
#[track_caller]
fn install(page: &mut Page) {
    page.open("?lang=zh-Hans&as-of=2025-05-10");
    page.see_anywhere(READY);
}

#[test]
fn what_the_worker_keeps_is_what_was_built() {
    let mut list = listed(&dist());
    let names = fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut built: Vec<String> = names
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        // The workers, the page in one file, and what others ask for.
        .filter(|name| !name.starts_with("sw") && !name.starts_with("rules."))
        .filter(|name| !["checker.html", "embed.js", "engine"].contains(&name.as_str()))
        .map(|name| if name == "index.html" { "./".to_owned() } else { name })
        .collect();
    list.sort();
    built.sort();
    assert_eq!(list, built);
}

#[test]
fn once_kept_it_opens_without_a_network() {
    Visit::default().as_published().journey("offline", |page| {
        install(page);
        page.go_offline();
        page.reload();
        page.see_heading(START);
        // It was said, and isn't said again.
        page.not_see_anywhere(READY);
        page.press("成绩出来了");
        page.see_heading("理论科目考了多少分？");
        page.enter_in("理论", "80");
        page.enter_in("实操", "60");
        page.press("继续");
        page.enter("90");
        page.press("继续");
        for (language, passed) in [("简体", "合格"), ("繁體", "合格"), ("English", "passed")] {
            page.press(language);
            page.reload();
            page.see(passed);
        }
        page.press("简体");
        // The shell is the same whatever the query says.
        page.open("?as-of=2025-12-01&lang=zh-Hans#rules");
        page.see_heading("规则一览");
        // A page is for who goes there: to a script that asks for a file it would be a wrong one.
        let asks = |address: &str| {
            page.wait_script(&format!(
                "var done = arguments[arguments.length - 1];
                 fetch('{address}').then(function () {{ done('answered'); }}, function () {{ done('refused'); }});"
            ))
        };
        assert_eq!((asks("./"), asks("index.html")), (json!("refused"), json!("refused")));
        assert_eq!((asks("sw.js"), asks("nothing.js")), (json!("refused"), json!("refused")));
        assert_eq!(asks(&published(&dist(), "page.js")), json!("answered"));
        // Its rules are over, whether or not anybody can tell it of newer ones.
        page.open("?as-of=2026-01-01&lang=zh-Hans");
        page.see("我们查到的补贴规则有效到2025年12月31日");
        page.see("有网络时打开这一页");
        page.see_anywhere("按2026年1月1日这一天计算 · 规则表版本");
        page.go_online();
        page.reload();
        page.see_heading(START);
    });
    tried(&[
        "no network, after one visit",
        "everything: start, questions, result, rules, each language, links to any page",
    ]);
}

#[test]
fn a_newer_version_waits_until_it_is_wanted_and_keeps_page_and_answers() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("update", |page| {
        install(page);
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.choose("人工智能训练");
        page.enter("4");
        page.press("继续");
        release(folder.path(), "newer");
        page.reload();
        page.see_anywhere(NEWER);
        assert_eq!(mark(page), "");
        page.reload();
        page.see_anywhere(NEWER);
        assert_eq!(mark(page), "", "nobody has asked for it");
        page.press("现在更新");
        page.wait_until(
            "return document.body.dataset.mark === 'newer' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading("您已有的最高职业技能等级证书是几级？");
        page.not_see_anywhere(NEWER);
        page.press("上一步");
        page.see_heading("您做的是哪一类工作？");
        assert!(page.is_chosen("人工智能训练"));
        // The older one is gone from the device.
        page.wait_until_versions(|names| names.len() == 1);
        page.go_offline();
        page.reload();
        assert_eq!(mark(page), "newer");
    });
    tried(&[
        "a newer version, in the middle of a question",
        "an offer at the edge of the screen; page and answers stay, before and after",
    ]);
    tried(&["nobody takes the offer", "the same version, however often it is loaded; the offer stays"]);
}

/// The newer version is taken in one tab: the other says so, goes on as it is, and follows when it is told to.
#[test]
fn of_several_tabs_each_is_asked() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("tabs", |page| {
        install(page);
        page.open_window();
        page.open("?lang=zh-Hans&as-of=2025-05-10#q/work-field");
        page.see_heading("您做的是哪一类工作？");
        release(folder.path(), "newer");
        page.reload();
        page.see_anywhere(NEWER);
        page.switch_window(0);
        page.see_anywhere(NEWER);
        page.press("现在更新");
        page.wait_until(
            "return document.body.dataset.mark === 'newer' && document.documentElement.dataset.ready === 'true';",
        );
        page.switch_window(1);
        assert_eq!(mark(page), "", "nobody has asked this one");
        page.see_heading("您做的是哪一类工作？");
        page.see_anywhere(NEWER);
        page.press("现在更新");
        page.wait_until(
            "return document.body.dataset.mark === 'newer' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading("您做的是哪一类工作？");
        page.not_see_anywhere(NEWER);
    });
    tried(&[
        "two tabs, one takes the newer version",
        "the other goes on as it is, says that there is a newer one, and follows when told",
    ]);
}

/// What was kept by each version that was ever released is understood by this one.
#[test]
fn answers_kept_by_older_versions_are_there_after_the_update() {
    const NOW: &str = "2;on=";
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("records", |page| {
        install(page);
        for (at, kept) in ["1;goal=enrol;work-field=related", "2;on=TODAY;goal=enrol;work-field=related"].iter().enumerate() {
            // The older version writes in its own way, in the middle of a page.
            let today = page.script("return new Date().toISOString().slice(0, 10);");
            page.storage_set("subsidy-checker.answers", &kept.replace("TODAY", today.as_str().unwrap()));
            release(folder.path(), &format!("newer{at}"));
            page.open("?lang=zh-Hans&as-of=2025-05-10#q/work-field");
            page.see_anywhere(NEWER);
            page.press("现在更新");
            page.wait_until(&format!(
                "return document.body.dataset.mark === 'newer{at}' && document.documentElement.dataset.ready === 'true';",
            ));
            page.see_heading("您做的是哪一类工作？");
            assert!(page.is_chosen("相关工作"), "{kept}");
            let kept = page.storage_get("subsidy-checker.answers").unwrap();
            assert!(kept.starts_with(NOW) && kept.ends_with(";goal=enrol;work-field=related"), "{kept}");
        }
    });
    tried(&["answers kept by an older version", "they are there after the update (record formats 1 and 2)"]);
}

/// Not every browser says that another worker has taken over.
#[test]
fn an_update_arrives_where_nobody_tells_of_it() {
    let folder = copy();
    let deaf = |folder: &std::path::Path| {
        change(folder, "offline.js", "workers.addEventListener('controllerchange', reload);", "");
        change(folder, "offline.js", "var PATIENCE = 4000", "var PATIENCE = 400");
    };
    deaf(folder.path());
    Visit::to(folder.path()).as_published().journey("deaf", |page| {
        install(page);
        release(folder.path(), "newer");
        page.reload();
        page.see_anywhere(NEWER);
        page.press("现在更新");
        page.wait_until(
            "return document.body.dataset.mark === 'newer' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading(START);
    });
    tried(&["the browser doesn't say that the newer version runs", "it is loaded after four seconds"]);
}

/// On a site of its own or in a folder of somebody else's: the worker keeps to its folder.
#[test]
fn in_a_folder_of_a_site_it_keeps_to_it() {
    let site = tempfile::tempdir().unwrap();
    let folder = site.path().join("a").join("b c");
    copy_files(&dist(), &folder);
    fs::write(site.path().join("index.html"), "<!doctype html><title>a site</title><p>the site itself</p>").unwrap();
    Visit::to(site.path()).as_published().journey("folder", |page| {
        page.open("a/b%20c/?lang=zh-Hans&as-of=2025-05-10");
        page.see_anywhere(READY);
        page.wait_until_versions(|names| names.iter().all(|name| name.starts_with("subsidy-checker /a/b%20c/ ")));
        page.open_unready("");
        page.see_anywhere("the site itself");
        page.go_offline();
        for at in ["a/b%20c/?lang=zh-Hans#rules", "a/b%20c/index.html?lang=zh-Hans&as-of=2025-05-10#rules"] {
            page.open(at);
            page.see_heading("规则一览");
        }
    });
    tried(&["the page in a folder of a site", "works, and leaves the rest of the site alone"]);
}

/// The device has no room: the page works, and isn't kept.
#[test]
fn where_there_is_no_room_it_works_all_the_same() {
    let folder = copy();
    change(
        folder.path(),
        "sw.js",
        "return cache.put(",
        "return Promise.reject(new DOMException('full', 'QuotaExceededError')) && cache.nothing(",
    );
    Visit::to(folder.path()).as_published().journey("full", |page| {
        page.open("?lang=zh-Hans&as-of=2025-05-10");
        page.wait_until_redundant();
        page.wait_until_versions(<[String]>::is_empty);
        page.reload();
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
        page.not_see_anywhere(READY);
    });
    tried(&["no room for the files", "the checker, as long as there is a network; it doesn't say that it was kept"]);
}

/// A device's clock is what it is: which day is meant stands on the page, with what held then.
#[test]
fn a_clock_a_year_off_is_told() {
    for (days, told) in [(365, "2027年11月"), (-365, "2025年11月"), (-700, "2024年12月")] {
        journey(&format!("clock{days}"), |page| {
            page.before_every_page(&format!(
                "var real = Date.now, start = Date.UTC(2026, 10, 24, 4) + {days} * 86400000 - real();
                 Date.now = function () {{ return real() + start; }};"
            ));
            page.open("?lang=zh-Hans");
            page.see_anywhere(&format!("按{told}"));
            page.press("我拿到职业技能等级证书了");
            page.see("大约还有");
        });
    }
    tried(&["a clock a year ahead or behind", "the page of that day, with the day in its foot"]);
}

#[test]
fn the_home_screen_has_a_name_in_each_language_and_icons() {
    Visit::default().as_published().journey("manifest", |page| {
        for (language, name) in [("zh-Hans", "培训补贴自查"), ("zh-Hant", "培訓補貼查詢"), ("en", "Subsidy check")] {
            page.open(&format!("?lang={language}"));
            let manifest = page.wait_script(
                "var done = arguments[arguments.length - 1];
                 var link = document.querySelector('link[rel=manifest]');
                 fetch(link.href).then(function (answer) { return answer.json(); }).then(function (manifest) {
                     return Promise.all(manifest.icons.map(function (icon) {
                         return new Promise(function (drawn, lost) {
                             var image = new Image();
                             image.onload = function () { drawn(icon.purpose + ' ' + icon.sizes + ' ' + image.naturalWidth); };
                             image.onerror = lost;
                             image.src = new URL(icon.src, link.href).href;
                         });
                     })).then(function (icons) {
                         manifest.start = new URL(manifest.start_url, link.href).href;
                         manifest.icons = icons;
                         done(manifest);
                     });
                 }).catch(function (why) { done(String(why)); });",
            );
            assert_eq!(manifest["short_name"], json!(name), "{manifest}");
            assert_eq!(manifest["lang"], json!(language));
            assert_eq!(manifest["start"].as_str().unwrap(), page.address().split('?').next().unwrap());
            let icons: Vec<_> = manifest["icons"].as_array().unwrap().iter().filter_map(|icon| icon.as_str()).collect();
            for icon in ["any 192x192 192", "any 512x512 512", "maskable 512x512 512", "maskable 180x180 180"] {
                assert!(icons.contains(&icon), "{icons:?}");
            }
        }
        // It follows the page's language.
        page.press("简体");
        page.wait_until("return /zh-Hans/.test(document.querySelector('link[rel=manifest]').href);");
    });
}

/// Offered where the browser offers it, by its own means.
#[test]
fn it_offers_a_place_on_the_home_screen() {
    journey("install", |page| {
        // Chromium's own offer may come at any moment, and would take the place of ours.
        page.before_every_page(
            "window.addEventListener('beforeinstallprompt', function (event) {
                 if (event.isTrusted) { event.stopImmediatePropagation(); }
             });",
        );
        page.open("?lang=zh-Hans");
        page.script(
            "var event = new Event('beforeinstallprompt', { cancelable: true });
             event.prompt = function () { document.body.dataset.asked = 'true'; };
             window.dispatchEvent(event);",
        );
        page.press("添加到桌面");
        page.wait_until("return document.body.dataset.asked === 'true';");
        page.not_see_anywhere("想点图标直接打开");
    });
}

#[test]
fn where_only_hands_can_it_says_how() {
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                  Version/17.2 Mobile/15E148 Safari/604.1";
    // As nothing of the kind would come there.
    let no_offer =
        "window.addEventListener('beforeinstallprompt', function (event) { event.stopImmediatePropagation(); });";
    Visit::default().as_agent(iphone).journey("install-iphone", |page| {
        page.before_every_page(no_offer);
        page.before_every_page("Object.defineProperty(navigator, 'standalone', { value: false });");
        page.open("?lang=zh-Hans");
        page.see_anywhere("再选“添加到主屏幕”");
    });
    // From the home screen there is nothing to put there.
    Visit::default().as_agent(iphone).journey("install-done", |page| {
        page.before_every_page(no_offer);
        page.before_every_page("Object.defineProperty(navigator, 'standalone', { value: true });");
        page.open("?lang=zh-Hans");
        page.not_see_anywhere("添加到主屏幕");
    });
    Visit::default().as_agent("MicroMessenger/8.0.47").journey("install-wechat", |page| {
        page.before_every_page(no_offer);
        page.open("?lang=zh-Hans");
        page.see_anywhere("改用浏览器打开这一页");
    });
}

#[test]
fn a_version_that_does_not_arrive_whole_leaves_the_old_one_whole() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("half", |page| {
        install(page);
        release(folder.path(), "half");
        change(folder.path(), "sw.js", "{\"./\"", "{\"lost.js\":\"0\",\"./\"");
        page.reload();
        page.wait_until_redundant();
        assert_eq!(mark(page), "");
        page.not_see_anywhere(NEWER);
        page.go_offline();
        page.reload();
        page.see_heading(START);
        // Nothing is kept of the half.
        page.wait_until_versions(|names| names.len() == 1);
    });
    tried(&["a newer version doesn't come whole", "nothing; the version on the device goes on, and is whole"]);
}

#[test]
fn the_way_out_removes_the_worker_and_only_what_is_ours() {
    let folder = copy();
    Visit::to(folder.path()).as_published().journey("remove", |page| {
        install(page);
        page.wait_script(
            "var done = arguments[arguments.length - 1];
             caches.open('of another page').then(function () { done(); });",
        );
        release(folder.path(), "after");
        replace(folder.path(), "sw.js", "sw-remove.js");
        page.reload();
        // It takes over by itself, and loads the page anew, from the network.
        page.wait_until(
            "return document.body.dataset.mark === 'after' && document.documentElement.dataset.ready === 'true';",
        );
        page.see_heading(START);
        page.wait_until_versions(|names| *names == ["of another page"]);
    });
    tried(&["the worker is removed by the way out", "the page from the network; caches of others stay"]);
}

/// What a page of somebody else shows in a frame is theirs to keep or not.
#[test]
fn in_a_frame_nothing_is_kept() {
    let folder = copy();
    fs::write(folder.path().join("host.html"), "<!doctype html><title>host</title><iframe src=\"./\"></iframe>")
        .unwrap();
    Visit::to(folder.path()).as_published().journey("frame", |page| {
        page.open_unready("host.html");
        page.wait_until(
            "return document.querySelector('iframe').contentDocument.documentElement.dataset.ready === 'true';",
        );
        let registered = page.wait_script(
            "var done = arguments[arguments.length - 1];
             navigator.serviceWorker.getRegistrations().then(function (all) { done(all.length); });",
        );
        assert_eq!(registered, json!(0));
    });
    tried(&["in a frame", "works; nothing is kept on the device"]);
}

/// Plain http elsewhere than on this machine has no worker: the page says so and works.
#[test]
fn on_plain_http_it_says_why_it_cannot_be_kept() {
    journey("insecure", |page| {
        page.before_every_page("Object.defineProperty(window, 'isSecureContext', { value: false });");
        page.open("");
        page.see_anywhere("这个网址没有加密");
        page.press("我想参加培训班");
        page.pass_status();
        page.see_heading("您做的是哪一类工作？");
    });
    tried(&["plain http", "works, and says why it doesn't open without a network"]);
}
