//! On other people's pages: the hosts of `examples/hosts/`, each on an origin of its own, with the checker on another.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use e2e::{Engine, Page, Visit, dist, engine, people, tried};
use serde_json::{Value, json};
use subsidy_checker::record;
use tasks::server::{Server, Site};
use tempfile::TempDir;

/// What a frame begins with.
const FIRST: &str = "下面哪些符合您的情况？";
/// The pages after it.
const QUESTION: &str = "您做的是哪一类工作？";
const NEXT: &str = "您已有的最高职业技能等级证书是几级？";
const REFUSED: &str = "这个浏览器不让网页保存内容";
const RECORD: &str = "subsidy-checker.answers";
const FRAME: &str = "subsidy-checker iframe";

/// One of the hosts with the checker it shows, each served by itself.
struct Pair {
    checker: Server,
    folder: TempDir,
}

impl Pair {
    /// `rewrite` gets the host's page, and may change it.
    fn new(host: &str, checker: Site, rewrite: impl FnOnce(String) -> String) -> Pair {
        let checker = Server::on_loopback(checker).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let html = fs::read_to_string(tasks::root().join("examples/hosts").join(format!("{host}.html"))).unwrap();
        let html = rewrite(html);
        let origin = checker.url().trim_end_matches('/').to_owned();
        let html = html.replace("../../dist/", &checker.url()).replace("'self'", &origin);
        fs::write(folder.path().join("index.html"), html).unwrap();
        Pair { checker, folder }
    }

    #[track_caller]
    fn walk(&self, name: &str, walk: impl FnOnce(&mut Page)) {
        Visit::to(self.folder.path()).as_published().journey(&format!("embed-{name}"), |page| {
            page.open_unready("");
            walk(page);
        });
    }
}

/// Opens one of the hosts and walks there.
#[track_caller]
fn on(host: &str, walk: impl FnOnce(&mut Page)) {
    Pair::new(host, Site::new(&dist()), |html| html).walk(host, walk);
}

/// Waits until a frame is as high as what is in it, and nothing scrolls inside; returns its height.
#[track_caller]
fn fits(page: &mut Page, at: usize) -> u64 {
    page.enter_frame(at);
    page.wait_until_it_runs();
    page.wait_until(
        "var inside = Math.ceil(document.body.getBoundingClientRect().height);
         return Math.abs(inside - window.innerHeight) <= 4 && document.documentElement.scrollHeight <= window.innerHeight + 4;",
    );
    page.leave_frame();
    let height =
        format!("return Math.round(document.querySelectorAll('iframe')[{at}].getBoundingClientRect().height);");
    page.script(&height).as_u64().unwrap()
}

/// Does something within the first frame. Not every driver scrolls the host to what is to be pressed there.
#[track_caller]
fn within<T>(page: &mut Page, act: impl FnOnce(&mut Page) -> T) -> T {
    page.script("document.querySelector('iframe').scrollIntoView();");
    page.enter_frame(0);
    let done = act(page);
    page.leave_frame();
    done
}

/// Follows a link wherever it is: not every driver scrolls there.
#[track_caller]
fn follow(page: &Page, fragment: &str) {
    page.script(&format!("document.querySelector('a[href=\"#{fragment}\"]').click();"));
}

/// Goes to another address of the checker: a moment later, as a script whose page goes away under it is an error to one driver.
#[track_caller]
fn leave_for(page: &mut Page, fragment: &str) {
    let before = page.script("return performance.timeOrigin;");
    page.script(&format!(
        "setTimeout(function () {{
             location.replace('?lang=zh-Hans&as-of=2025-10-01&now=' + performance.now() + '{fragment}');
         }});"
    ));
    page.wait_until(&format!("return performance.timeOrigin !== {before};"));
    page.wait_until_it_runs();
}

/// Comes to the result of what is kept, by answering one question more.
#[track_caller]
fn see_result(page: &mut Page) {
    leave_for(page, "#q/age");
    page.see_heading("您现在满多少周岁？");
    page.enter("30");
    page.press("继续");
}

/// Answers the first two pages, and goes on to the next.
#[track_caller]
fn answer(page: &mut Page) {
    within(page, |page| {
        page.pass_status();
        page.see_heading(QUESTION);
        page.choose("没有工作过");
    });
    // The second question has gone, and the frame is about to follow.
    fits(page, 0);
    within(page, |page| {
        page.press("继续");
        page.see_heading(NEXT);
    });
}

/// Holds messages against the published schema; `direction` is `to-frame` or `to-host`.
#[track_caller]
fn are_messages(messages: &Value, direction: &str) {
    let schema = fs::read_to_string(tasks::root().join("docs/messages.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let one = json!({ "$defs": schema["$defs"], "$ref": format!("#/$defs/{direction}") });
    for schema in [&schema, &one] {
        let valid = jsonschema::validator_for(schema).unwrap();
        for message in messages.as_array().unwrap() {
            let errors: Vec<_> = valid.iter_errors(message).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{message}: {errors:?}");
        }
    }
}

/// Puts a list of all messages that come, `heard`, before everything else in a page.
const HEARS: &str = "window.heard = []; addEventListener('message', function (event) { heard.push(event.data); });";

fn with_ears(html: String) -> String {
    html.replace("<head>", &format!("<head><script>{HEARS}</script>"))
}

#[test]
fn a_line_is_enough_and_the_frame_follows_its_content() {
    on("line", |page| {
        let first = fits(page, 0);
        answer(page);
        let second = fits(page, 0);
        assert_ne!(first, second);
        within(page, |page| {
            page.press("上一步");
            page.see_heading(QUESTION);
        });
        // Smaller or larger, as before: the choice that was made has no second question.
        fits(page, 0);
    });
}

#[test]
fn the_next_step_begins_at_its_top_only_if_that_is_out_of_sight() {
    on("line", |page| {
        fits(page, 0);
        let top = "return Math.round(document.querySelector('iframe').getBoundingClientRect().top);";
        // In sight: it stays where it is.
        page.script("window.scrollTo(0, 40);");
        let before = page.script(top);
        page.enter_frame(0);
        page.script("document.querySelector('a[href=\"#rules\"]').click();");
        page.see_heading("规则一览");
        page.leave_frame();
        fits(page, 0);
        assert_eq!(page.script(top), before);
        // Above: it comes back.
        page.script(
            "window.scrollTo(0, document.querySelector('iframe').getBoundingClientRect().top + scrollY + 300);",
        );
        page.enter_frame(0);
        page.script("history.back();");
        page.see_heading(FIRST);
        page.leave_frame();
        // To the window's edge, or as near as the end of the host's page lets it come.
        page.wait_until(
            "var top = document.querySelector('iframe').getBoundingClientRect().top;
             return top > -2 && top < window.innerHeight / 2;",
        );
    });
}

#[test]
fn in_the_head_under_a_strict_policy_and_in_a_narrow_column() {
    for host in ["head", "strict", "narrow"] {
        on(host, |page| {
            fits(page, 0);
            let inside = format!("return document.querySelectorAll('{FRAME}[title=\"培训补贴自查\"]').length;");
            assert_eq!(page.script(&inside), json!(1), "{host}");
        });
    }
}

#[test]
fn three_on_a_page_are_three() {
    on("three", |page| {
        // In whatever order the scripts come.
        page.wait_until("return document.querySelectorAll('iframe').length === 3;");
        let headings = [FIRST, "理論科目考了多少分？", "Which occupation is your skill-level certificate"];
        for (at, heading) in headings.into_iter().enumerate() {
            fits(page, at);
            page.enter_frame(at);
            page.see(heading);
            page.leave_frame();
        }
    });
}

#[test]
fn an_element_comes_goes_and_changes_its_language() {
    on("element", |page| {
        fits(page, 0);
        page.script("document.querySelector('subsidy-checker').setAttribute('lang', 'en');");
        within(page, |page| {
            page.see_heading("AI trainer (人工智能训练师) class: cost, exam and subsidy");
            page.press("I want to join the class");
            page.see_heading("Which of these apply to you?");
        });
        // A host of one page takes it away and brings it again, in the middle of anything.
        let place = "document.getElementById('place')";
        page.script(&format!("window.kept = {place}.firstElementChild; window.kept.remove();"));
        page.script("window.postMessage({ 'subsidy-checker': 1, type: 'height', height: 5 }, '*');");
        assert_eq!(page.script("return document.querySelectorAll('iframe').length;"), json!(0));
        // What is said to it before it has come isn't lost, and a copy is one checker.
        page.script(&format!("{place}.append(window.kept); window.kept.setAttribute('lang', 'zh-TW');"));
        fits(page, 0);
        within(page, |page| page.see_heading("人工智能訓練師培訓班：費用、考試和補貼"));
        page.script("window.kept.replaceWith(window.kept.cloneNode(true));");
        assert_eq!(page.script("return document.querySelectorAll('iframe').length;"), json!(1));
        fits(page, 0);
        let globals = "return Object.keys(window).filter(function (name) { return /checker/i.test(name); }).length;";
        assert_eq!(page.script(globals), json!(0));
    });
}

/// A host whose pages have no checker yet gets none; what it says may be in other words.
#[test]
fn a_script_that_says_nothing_in_the_head_places_nothing() {
    let none = |html: String| html.replace("<subsidy-checker lang=\"zh-Hans\"></subsidy-checker>", "");
    Pair::new("element", Site::new(&dist()), none).walk("none", |page| {
        page.wait_until("return !!customElements.get('subsidy-checker');");
        assert_eq!(page.script("return document.querySelectorAll('subsidy-checker').length;"), json!(0));
        page.script(
            "var checker = document.createElement('subsidy-checker');
             checker.setAttribute('lang', 'zh-HK');
             checker.setAttribute('goal', 'claim');
             document.getElementById('place').append(checker);",
        );
        fits(page, 0);
        within(page, |page| page.see("您的職業技能等級證書是哪個職業"));
    });
}

/// An address that leads to another: the script has the first, the frame the last.
#[test]
fn where_the_address_leads_elsewhere() {
    let checker = Server::on_loopback(Site::new(&dist())).unwrap();
    let old = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", old.local_addr().unwrap());
    let new = checker.url();
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in old.incoming() {
            let mut stream = stream.unwrap();
            let mut first = String::new();
            BufReader::new(&stream).read_line(&mut first).unwrap();
            let path = first.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
            let _ = write!(
                stream,
                "HTTP/1.1 301 Moved\r\nLocation: {new}{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
    });
    Pair::new("line", Site::new(&dist()), |html| html.replace("../../dist/", &address)).walk("moved", |page| {
        fits(page, 0);
        answer(page);
        fits(page, 0);
    });
}

/// Whatever a host makes of the script: it shows the checker if it is told where that lies, else nothing, with one line on the
/// console; and what stands behind it in the same script goes on.
#[test]
fn in_a_bundle_inline_or_renamed_it_needs_the_address() {
    const RECORDS: &str = "window.warned = [];
        console.warn = console.error = function (what) { warned.push(String(what)); };
        addEventListener('error', function (event) { warned.push(event.message); });";
    let script = fs::read_to_string(dist().join("embed.js")).unwrap();
    let bundle = format!("{script}\nwindow.restHasRun = true;");
    let inline = format!("<script ADDRESS>{bundle}</script>");
    // Two that are ours by their name, and yet can't be: as a module a script doesn't know its name, and in the folder of the
    // host's page lies that page.
    let scripts = [
        ("bundle", "<script src=\"site.js\" ADDRESS></script>"),
        ("deferred", "<script src=\"site.js\" ADDRESS defer></script>"),
        ("module", "<script src=\"site.js\" ADDRESS type=\"module\"></script>"),
        ("inline", &inline),
        ("own-module", "<script src=\"../../dist/embed.js\" ADDRESS type=\"module\" crossorigin></script>"),
        ("copied", "<script src=\"embed.js\" ADDRESS></script>"),
    ];
    let address = "data-address=\"../../dist/\"";
    let each = scripts.into_iter().flat_map(|one| [(one, "", false), (one, address, true)]);
    // Somebody else's attribute of that name, and the address as people write it, without its end.
    let others =
        [("data-address=\"0x52908400098527886e0f7030069857d2\"", false), ("data-address=\"../../dist/.\"", true)];
    let others = others.map(|(address, is_shown)| (scripts[0], address, is_shown));
    for ((name, element), address, is_shown) in each.chain(others) {
        let pair = Pair::new("line", Site::new(&dist()).shared(), |html| {
            let (before, after) = html.split_once("<script").unwrap();
            let after = after.split_once("</script>").unwrap().1;
            let before = before.replace("<head>", &format!("<head><script>{RECORDS}</script>"));
            format!("{before}{}{after}", element.replace("ADDRESS", address))
        });
        for file in ["site.js", "embed.js"] {
            fs::write(pair.folder.path().join(file), &bundle).unwrap();
        }
        pair.walk(&format!("{name}-{is_shown}"), |page| {
            page.wait_until("return document.readyState === 'complete';");
            if name != "own-module" {
                page.wait_until("return window.restHasRun === true;");
            }
            if is_shown {
                fits(page, 0);
                assert_eq!(page.script("return warned;"), json!([]), "{name} {address}");
            } else {
                page.wait_until("return warned.length > 0;");
                assert_eq!(page.script("return document.querySelectorAll('iframe').length;"), json!(0), "{name}");
                let warned = page.script("return warned;");
                assert_eq!(warned.as_array().unwrap().len(), 1, "{warned}");
                assert!(warned[0].as_str().unwrap().contains("data-address"), "{warned}");
            }
        });
    }
    let how = "`embed.js` in a bundle, inline, renamed or as a module";
    tried(&[how, "nothing of the checker and all of the host; one line on the console says what is needed"]);
    tried(&[&format!("{how}, with `data-address`"), "the checker"]);
}

/// By the keyboard in, through, and out again.
#[test]
fn tab_goes_in_and_comes_out() {
    // Its Tab goes to fields only, unless somebody sets it otherwise.
    if engine() == Engine::Webkit {
        return;
    }
    let framed = |html: String| {
        html.replace("<script src", "<p><a id=\"before\" href=\"#\">前</a></p><script src")
            .replace("<p>下面是页脚。</p>", "<p><a id=\"after\" href=\"#\">后</a></p>")
    };
    Pair::new("line", Site::new(&dist()), framed).walk("tab", |page| {
        fits(page, 0);
        page.script("document.getElementById('before').focus();");
        let at = "return document.activeElement.id || document.activeElement.tagName;";
        let mut stops = vec![page.script(at)];
        while stops.last() != Some(&json!("after")) && stops.len() < 60 {
            page.press_key("\u{e004}");
            stops.push(page.script(at));
        }
        stops.dedup();
        assert_eq!(stops, ["before", "IFRAME", "after"]);
    });
}

#[test]
fn it_looks_as_the_host_wants_where_that_can_be_read() {
    let checker = Site::new(&dist()).with_script(
        "ears.js",
        format!("{HEARS} window.warned = []; console.warn = function (what) {{ warned.push(what); }};").as_str(),
    );
    Pair::new("theme", checker, |html| html).walk("theme", |page| {
        let looks = "var page = getComputedStyle(document.documentElement), look = page.getPropertyValue.bind(page);
             return [look('--accent'), look('--ground'), look('--corner'), page.fontSize, page.colorScheme].join(' ');";
        // Compared as it is once it is so: the host's message and the page's own looks come in any order.
        fn c(page: &mut Page, looks: &str, attributes: &str, expected: &str, refused: &str) {
            page.script(&format!(
                "var checker = document.querySelector('subsidy-checker'), all = {attributes};
                 Object.keys(all).forEach(function (name) {{
                     if (all[name] === null) checker.removeAttribute(name); else checker.setAttribute(name, all[name]);
                 }});"
            ));
            page.enter_frame(0);
            page.wait_until(&format!(
                "var found = (function () {{ {looks} }})(), last = warned[warned.length - 1] || '';
                 return found === '{expected}' && last.indexOf('{refused}') >= 0 && (!!last === !!'{refused}');"
            ));
            page.script("warned.length = 0;");
            page.leave_frame();
        }
        fits(page, 0);
        c(page, looks, "{}", "#7fd6a8 #14181d 2px 18px dark", "");
        c(page, looks, "{ scheme: 'light' }", "#0b5cad #f6f7f9 2px 18px light", "would be 1.");
        c(page, looks, "{ accent: '#1c6b3f' }", "#1c6b3f #f6f7f9 2px 18px light", "");
        c(page, looks, "{ scheme: 'dark' }", "#7db8f5 #14181d 2px 18px dark", "less than 4.5");
        c(page, looks, "{ accent: 'green' }", "#7db8f5 #14181d 2px 18px dark", "is no colour");
        c(page, looks, "{ accent: null, corner: '30' }", "#7db8f5 #14181d 0.625rem 18px dark", "from 0 to 24");
        c(page, looks, "{ corner: null, size: '9' }", "#7db8f5 #14181d 0.625rem 17px dark", "from 14 to 24");
        c(page, looks, "{ size: null, scheme: 'sepia' }", "#7db8f5 #14181d 0.625rem 17px dark", "light, dark and auto");
        c(page, looks, "{ scheme: null }", "#0b5cad #f6f7f9 0.625rem 17px normal", "");
        // Larger letters need a higher frame.
        let before = fits(page, 0);
        c(page, looks, "{ size: '24' }", "#0b5cad #f6f7f9 0.625rem 24px normal", "");
        assert!(before < fits(page, 0));
        page.enter_frame(0);
        let heard = page.script("return heard;");
        page.leave_frame();
        let sensible = heard.as_array().unwrap().iter().take(2).cloned().collect();
        are_messages(&Value::Array(sensible), "to-frame");
    });
}

/// However often a host sends its looks, they are painted once a frame, and the same ones not again.
#[test]
fn looks_are_painted_once_a_frame_and_only_if_they_change() {
    const COUNTS: &str = "window.painted = window.frames_seen = 0;
        console.warn = function (what) { painted += /is no colour/.test(what); };
        (function frame() { frames_seen += 1; requestAnimationFrame(frame); })();";
    let checker = Site::new(&dist()).with_script("counts.js", COUNTS);
    Pair::new("line", checker, |html| html).walk("looks-often", |page| {
        fits(page, 0);
        // Each of these accents is refused with a warning when it is painted.
        let send = |page: &Page, accents: &str, language: &str| {
            page.script(&format!(
                "var to = document.querySelector('iframe').contentWindow, accents = {accents};
                 for (var at = 0; at < 2000; at += 1) {{
                     to.postMessage({{ 'subsidy-checker': 1, type: 'theme', accent: accents[at % accents.length] }}, '*');
                 }}
                 to.postMessage({{ 'subsidy-checker': 1, type: 'lang', lang: '{language}' }}, '*');"
            ));
        };
        send(page, "['green', 'red']", "en");
        page.enter_frame(0);
        page.wait_until("return document.documentElement.lang === 'en' && painted > 0;");
        page.wait_script("requestAnimationFrame(arguments[arguments.length - 1]);");
        let counts = page.script("return [painted, frames_seen];");
        assert!(counts[0].as_u64() <= counts[1].as_u64(), "{counts}");
        page.leave_frame();
        // The last was red.
        send(page, "['red']", "zh-Hans");
        page.enter_frame(0);
        page.wait_until("return document.documentElement.lang === 'zh-Hans';");
        page.wait_script("requestAnimationFrame(arguments[arguments.length - 1]);");
        assert_eq!(page.script("return painted;"), counts[0]);
        page.leave_frame();
    });
    tried(&[
        "a host sends its looks thousands of times",
        "nothing; they are painted once a frame, and equal ones not at all",
    ]);
}

/// What came of it is told to a host that asked, and nothing else of it.
#[test]
fn a_host_that_asks_hears_the_result_and_may_begin_anew() {
    let expected = people::findings(people::CLAIM, "2025-10-01");
    let checker = Site::new(&dist()).with_script("ears.js", HEARS);
    Pair::new("events", checker, with_ears).walk("events", |page| {
        fits(page, 0);
        let come = |page: &mut Page, record: &str| {
            within(page, |page| {
                page.storage_set(RECORD, record);
                see_result(page);
                page.see("3120元");
            });
        };
        come(page, people::CLAIM);
        fits(page, 0);
        page.wait_until("return heard.some(function (one) { return one.type === 'result'; });");
        let results = "return heard.filter(function (one) { return one.type === 'result'; });";
        assert_eq!(page.script(results), json!([{ "subsidy-checker": 1, "type": "result", "findings": expected }]));
        page.see("result {\"findings\"");
        // Going elsewhere and coming back is another result; another language isn't.
        within(page, |page| {
            follow(page, "answers");
            page.see_heading("我的回答");
            follow(page, "result");
            page.see("3120元");
            page.script("document.querySelector('.languages a[hreflang=en]').click();");
            page.see("3120 yuan");
        });
        assert_eq!(page.script(results).as_array().unwrap().len(), 2);
        page.press("换一个人");
        page.see("reset {}");
        fits(page, 0);
        within(page, |page| {
            // With the goal that the host has named; nobody has said anything yet.
            page.see("What was your score in theory");
            assert_eq!(page.storage_get(RECORD), None);
        });
        // Or the person says so.
        come(page, people::CLAIM);
        page.script("heard.length = 0;");
        within(page, |page| {
            page.script("document.querySelector('#delete-answers button').click();");
            page.see_anywhere("确定删除");
            page.script("document.querySelector('#delete-answers button').click();");
        });
        page.wait_until("return heard.some(function (one) { return one.type === 'reset'; });");
        are_messages(&page.script("return heard;"), "to-host");
    });
}

/// Nobody hears an answer, and who hasn't asked no result; a host hears how high the page is, and that one has gone on.
#[test]
fn a_host_hears_no_answer() {
    Pair::new("bare", Site::new(&dist()), with_ears).walk("bare", |page| {
        page.script(
            "document.querySelector('iframe').contentWindow.postMessage({ 'subsidy-checker': 1, type: 'start' }, '*');",
        );
        within(page, |page| {
            page.wait_until_it_runs();
            page.storage_set(RECORD, people::CLAIM);
            see_result(page);
            page.see("3120元");
            follow(page, "answers");
            page.see_heading("我的回答");
        });
        // It has forgotten its host with the page.
        page.script(
            "document.querySelector('iframe').contentWindow.postMessage({ 'subsidy-checker': 1, type: 'start' }, '*');",
        );
        within(page, |page| {
            follow(page, "result");
            page.see("3120");
        });
        page.wait_until("return heard.some(function (one) { return one.type === 'step' && one.page === 'result'; });");
        let heard = page.script("return heard;");
        are_messages(&heard, "to-host");
        for message in heard.as_array().unwrap() {
            assert!(["ready", "height", "step"].contains(&message["type"].as_str().unwrap()), "{message}");
        }
    });
}

/// Whatever the host's page does, before the person has sent an answer in the frame nothing that is kept is shown, told or changed;
/// answers that come by the frame's address are only offered, and not kept.
#[test]
fn what_is_kept_is_nobodys_business_before_an_answer() {
    let checker = Site::new(&dist()).with_script("ears.js", HEARS);
    Pair::new("events", checker, with_ears).walk("untouched", |page| {
        fits(page, 0);
        within(page, |page| page.storage_set(RECORD, people::CLAIM));
        let link = format!(
            "#record/{}",
            record::to_address("2;on=2025-10-01;goal=exam;theory-score=60;practice-score=70;attendance=90")
        );
        for fragment in ["#result", "#answers", "#q", "#start/claim", &link] {
            within(page, |page| {
                leave_for(page, fragment);
                page.not_see_anywhere("3120元");
                // A key and a press are no answer.
                page.press_key("\u{e004}");
                page.press("简体");
                page.not_see_anywhere("3120元");
                assert_eq!(page.storage_get(RECORD).as_deref(), Some(people::CLAIM), "{fragment}");
            });
            fits(page, 0);
        }
        within(page, |page| {
            page.see("链接里有一份回答（4项）");
            page.press("用链接里的回答");
            page.see("考试合格");
            assert_eq!(page.storage_get(RECORD).as_deref(), Some(people::CLAIM), "by a link");
        });
        page.press("换一个人");
        fits(page, 0);
        within(page, |page| assert_eq!(page.storage_get(RECORD).as_deref(), Some(people::CLAIM), "by the host"));
        assert_eq!(page.script("return heard.some(function (one) { return one.type === 'result'; });"), json!(false));
    });
    tried(&[
        "a page around it opens the result, the answers or a question in the frame, and sends keys and presses",
        "nothing of what was kept before an answer is sent in the frame, nor is it told or changed",
    ]);
    tried(&[
        "a page around it puts answers into the frame's address",
        "an offer to use them, with how many they are; they are never kept",
    ]);
    tried(&["a page around it says `reset`", "the frame begins anew; what was kept before stays"]);
}

/// How high a frame is is told to everybody.
#[test]
fn the_height_of_a_frame_is_the_same_whatever_is_kept() {
    on("events", |page| {
        let refused = people::CLAIM.replace("established-post=no", "established-post=yes");
        let mut heights = Vec::new();
        for record in [None, Some(people::CLAIM), Some(&refused)] {
            fits(page, 0);
            for fragment in ["#result", "#answers", "#q/age", ""] {
                within(page, |page| {
                    if let Some(record) = record {
                        page.storage_set(RECORD, record);
                    }
                    leave_for(page, fragment);
                });
                heights.push(fits(page, 0));
            }
        }
        let first = heights[..4].repeat(3);
        assert_eq!(heights, first);
    });
    tried(&["a page around it measures the frame at its result", "the same height, whatever was kept"]);
}

/// Neither side believes what it can't know to be the other's.
#[test]
fn what_is_malformed_or_from_elsewhere_is_left_alone() {
    on("hostile", |page| {
        fits(page, 0);
        answer(page);
        let height = fits(page, 0);
        page.script("addEventListener('message', function (event) { window.done |= event.data === 'done'; });");
        page.press("乱发消息");
        page.wait_until("return !!window.done;");
        assert_eq!(fits(page, 0), height);
        within(page, |page| {
            page.see_heading(NEXT);
            page.press("上一步");
            page.see_heading(QUESTION);
            assert!(page.is_chosen("没有工作过"));
        });
    });
}

/// A host whose pages the checker's header doesn't name shows nothing of it.
#[test]
fn only_hosts_that_are_named_show_it() {
    let named = |hosts| Pair::new("line", Site::new(&dist()).framed_by(hosts), |html| html);
    named("http://127.0.0.1:*").walk("named", |page| {
        fits(page, 0);
        answer(page);
    });
    named("'self'").walk("not-named", |page| {
        page.enter_frame(0);
        page.wait_until("return document.readyState === 'complete';");
        page.not_see_anywhere(FIRST);
        assert_ne!(page.script("return document.documentElement.dataset.ready || '';"), "true");
    });
}

/// Without an origin of its own it is the one file, or its host lets every origin fetch; to WebKit nothing is of the same origin
/// as a page that has none.
#[test]
fn in_a_sandbox() {
    let mut pairs = vec![Pair::new("sandbox", Site::new(&dist()), |html| html)];
    if engine() != Engine::Webkit {
        pairs.push(Pair::new("sandbox", Site::new(&dist()).shared(), |html| html.replace("checker.html", "")));
    }
    for pair in pairs {
        pair.walk("sandbox", |page| {
            fits(page, 0);
            within(page, |page| page.see_anywhere(REFUSED));
            answer(page);
            fits(page, 0);
        });
    }
}

/// On a page of another site, browsers keep what is stored there apart, or keep nothing.
#[test]
fn storage_on_another_site() {
    let pair = Pair::new("line", Site::new(&dist()), |html| html.replace("../../dist/", "http://localhost:PORT/"));
    let index = pair.folder.path().join("index.html");
    let html = fs::read_to_string(&index).unwrap();
    fs::write(&index, html.replace("PORT", &pair.checker.address().port().to_string())).unwrap();
    pair.walk("partitioned", |page| {
        fits(page, 0);
        answer(page);
        page.open_unready("");
        fits(page, 0);
        // With the first answer here, what was answered before counts again.
        within(page, |page| {
            page.pass_status();
            page.see_heading(NEXT);
        });
    });
    let refuse = "Object.defineProperty(window, 'localStorage', { get: function () { throw new Error('refused'); } });";
    let refused = Site::new(&dist()).with_script("refuse.js", refuse);
    Pair::new("line", refused, |html| html).walk("refused", |page| {
        fits(page, 0);
        within(page, |page| page.see_anywhere(REFUSED));
        answer(page);
    });
}

/// From a disk, by nothing but opening them.
#[test]
fn the_hosts_open_as_they_are() {
    let folder = tasks::root().join("examples/hosts");
    let mut hosts: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    hosts.sort();
    assert!(10 <= hosts.len());
    Visit::to_file(&hosts[0]).journey("embed-disk", |page| {
        for host in hosts {
            page.open_file(&host);
            if host.ends_with("bare.html") {
                // Its height is the host's own.
                within(page, |page| page.see_heading(FIRST));
            } else {
                fits(page, 0);
            }
        }
    });
}
