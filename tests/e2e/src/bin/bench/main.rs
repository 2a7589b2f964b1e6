//! `cargo xtask bench`: how soon the page can be used, beside a page that could hardly be less and one that a library makes.
//!
//! Chromium on a slowed machine and line. Figures mean something beside each other, in one run; alone they say more about the
//! machine. So everything is measured by turns, and told as ratios too.

mod evaluators;

use std::fs;
use std::path::Path;

use e2e::release::listed;
use e2e::{Page, Visit, dist};
use serde_json::{Value, json};
use subsidy_checker::rules::{Kind, TABLES};
use subsidy_checker::text::{Language, built_in};
use xtask::dist::publish;
use xtask::packages::{SURVEY_CORE, SURVEY_UI};

use evaluators::judging;

/// Each page so often; what is told is the median.
const ROUNDS: usize = 7;

/// Bytes a second and milliseconds of a slow mobile line.
const LINE: (u32, u32) = (200_000, 150);

/// Times as slow as this machine: a cheap phone when the page is loaded, an old one while it is used.
const LOADING: u32 = 4;
const USING: u32 = 6;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let all: [(&str, fn()); 3] = [("loading", loading), ("using", using), ("judging", judging)];
    if let Some(other) = wanted.iter().find(|wanted| all.iter().all(|(name, _)| name != wanted)) {
        panic!("there is no part `{other}`. Write one of {}", all.map(|(name, _)| name).join(", "));
    }
    for (name, part) in all {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            part();
            println!();
        }
    }
}

/// The first screen as it is in the end, and the first question behind its links: nothing but HTML and the style sheet.
fn bare() -> Vec<(String, Vec<u8>)> {
    let mut screens = Vec::new();
    Visit::default().as_published().journey("bench-bare", |page| {
        for at in ["?lang=zh-Hans", "?lang=zh-Hans#start/claim"] {
            page.open(at);
            screens.push(page.script("return document.body.outerHTML.replace(/<script[^>]*><\\/script>/g, '');"));
        }
    });
    let style = fs::read_dir(dist()).expect("dist").map(|entry| entry.expect("a file").path());
    let style = style
        .filter(|file| file.to_string_lossy().ends_with(".css"))
        .find(|file| file.to_string_lossy().contains("style."));
    let style = fs::read(style.expect("a style sheet")).expect("a style sheet");
    let html = |body: &Value| {
        let body = body.as_str().unwrap_or("").replace("#start/claim", "next.html");
        let head = "<meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>-</title><link rel=icon href=data:,>";
        format!(
            "<!doctype html><html lang=zh-Hans data-ready=true data-scripts=true><head>{head}<link rel=stylesheet href=style.css></head>{body}</html>"
        )
    };
    vec![
        ("index.html".to_owned(), html(&screens[0]).into_bytes()),
        ("next.html".to_owned(), html(&screens[1]).into_bytes()),
        ("style.css".to_owned(), style),
    ]
}

/// The same questions, as its documentation has them asked.
fn survey() -> Vec<(String, Vec<u8>)> {
    let text = built_in(Language::Simplified).expect("wording");
    let questions = TABLES.questions.iter().map(|question| {
        let mut asked = json!({ "name": question.id.id(), "title": text.get(question.title), "isRequired": true });
        let kind = match question.kind {
            Kind::Choice(values) => {
                let choices = values.iter().map(|value| json!({ "value": value.id, "text": text.get(value.label) }));
                asked["choices"] = choices.collect();
                "radiogroup"
            }
            Kind::Number(..) => "text",
            Kind::Date => "text",
        };
        asked["type"] = json!(kind);
        asked
    });
    let model = json!({ "questionsOnPageMode": "questionPerPage",
                        "pages": [{ "elements": questions.collect::<Vec<_>>() }] });
    let begin = format!(
        "document.addEventListener('DOMContentLoaded', function () {{
             new Survey.Model({model}).render(document.getElementById('app'));
             document.documentElement.dataset.ready = 'true';
         }});"
    );
    let html = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">
        <title>-</title><link rel=icon href=data:,><link rel=stylesheet href=survey.css><script src=core.js></script>
        <script src=ui.js></script><script src=begin.js></script></head><body><div id=app></div></body></html>";
    let read = |folder: &Path, name: &str| fs::read(folder.join(name)).expect(name);
    let (core, ui) = (SURVEY_CORE.folder().expect("survey-core"), SURVEY_UI.folder().expect("survey-js-ui"));
    vec![
        ("index.html".to_owned(), html.into()),
        ("begin.js".to_owned(), begin.into_bytes()),
        ("core.js".to_owned(), read(&core, "survey.core.min.js")),
        ("ui.js".to_owned(), read(&ui, "survey-js-ui.min.js")),
        ("survey.css".to_owned(), read(&core, "survey-core.fontless.min.css")),
    ]
}

/// Answers the first question as soon as it is there, and says when the second one is: milliseconds since the first request.
const WATCH: &str = "
    var begun = Number(sessionStorage.begun = sessionStorage.begun || performance.timeOrigin), pressed = false;
    function question() {
        var title = document.querySelector('main legend, .sd-question__title, form legend');
        return title && title.textContent;
    }
    (function look() {
        var first = document.querySelector('a[href=\"#start/claim\"], a[href=\"next.html\"], .sd-item input');
        var ready = document.documentElement && document.documentElement.dataset.ready === 'true';
        if (window.benched) return;
        if (/next.html$/.test(location.pathname) && document.readyState !== 'loading' || pressed && question() !== pressed) {
            window.benched = performance.timeOrigin + performance.now() - begun;
            sessionStorage.removeItem('begun');
        } else if (!pressed && ready && first) {
            pressed = question() || 'nothing';
            first.click();
            var next = document.querySelector('.sd-navigation__next-btn');
            if (next) next.click();
        }
        requestAnimationFrame(look);
    })();";

/// First paint and first answer, in milliseconds.
fn measure(page: &mut Page) -> [f64; 2] {
    page.open_unready("?lang=zh-Hans");
    page.wait_until("return window.benched > 0;");
    let paint =
        "var paint = performance.getEntriesByName('first-contentful-paint')[0]; return paint ? paint.startTime : 0;";
    [page.script(paint), page.script("return window.benched;")].map(|time| time.as_f64().unwrap_or(0.0))
}

fn loading() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = [
        ("static page", folder.path().join("static")),
        ("this page", dist()),
        ("SurveyJS", folder.path().join("survey")),
    ];
    publish(&pages[0].1, bare()).expect("the static page");
    publish(&pages[2].1, survey()).expect("the SurveyJS page");
    let pages = pages.each_ref().map(|(name, folder)| (*name, folder.as_path()));
    println!("Loading: {LOADING} times slower, {} kbit/s, {} ms; medians of {ROUNDS}", LINE.0 * 8 / 1000, LINE.1);
    let mut cold = vec![Vec::new(); pages.len()];
    let mut kept = Vec::new();
    for _ in 0..ROUNDS {
        for (at, (name, folder)) in pages.iter().enumerate() {
            Visit::to(folder).as_published().impatient().journey(&format!("bench-{name}"), |page| {
                page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
                slow(page, LOADING, true);
                cold[at].push(measure(page));
                if *folder == dist().as_path() {
                    slow(page, 1, false);
                    page.wait_until_kept("subsidy-checker", listed(folder).len());
                    page.script("localStorage.clear();");
                    slow(page, LOADING, true);
                    kept.push(measure(page));
                }
            });
        }
    }
    let mut rows: Vec<_> =
        pages.iter().map(|(name, _)| name.to_string()).zip(cold.iter().map(|all| median(all))).collect();
    rows.push(("this page, kept on the device".to_owned(), median(&kept)));
    let survey = rows[2].1[1];
    let floor = rows[0].1[0];
    println!("| | first paint, ms | to the static page's | first answer, ms | to SurveyJS's |\n|---|---|---|---|---|");
    for (name, [paint, answer]) in rows {
        println!("| {name} | {paint:.0} | {:.2} | {answer:.0} | {:.2} |", paint / floor, answer / survey);
    }
}

fn slow(page: &Page, times: u32, line: bool) {
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times }));
    let (bytes, latency) = if line { (LINE.0 as i64, LINE.1) } else { (-1, 0) };
    page.devtools("Network.enable", json!({}));
    let conditions =
        json!({ "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes });
    page.devtools("Network.emulateNetworkConditions", conditions);
}

fn median(all: &[[f64; 2]]) -> [f64; 2] {
    [0, 1].map(|at| middle(all.iter().map(|one| one[at]).collect()))
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// What a tap costs the main thread until what comes of it is laid out: script, style and layout, not paint.
const TAP: &str = "
    var done = arguments[arguments.length - 1], channel = new MessageChannel(), times = [];
    var fill = arguments[0] || {};
    function work(act, then) {
        var before = performance.now();
        act();
        channel.port1.onmessage = function () {
            document.body.getBoundingClientRect();
            times.push(performance.now() - before);
            setTimeout(then, 50);
        };
        channel.port2.postMessage('');
    }
    (function next() {
        if (document.querySelector('[data-findings]')) return done(times);
        [].forEach.call(document.querySelectorAll('main fieldset:not(.gone)'), function (set) {
            var radio = set.querySelector('input[type=radio], input[type=checkbox]'), fields = set.querySelectorAll('input:not([type=radio]):not([type=checkbox])');
            if (radio) {
                var all = set.querySelectorAll('input');
                var last = radio.type === 'checkbox' ? all[all.length - 1] : radio;
                if (!last.checked) last.click();
            }
            [].forEach.call(fields, function (field, at) {
                field.value = fields.length === 3 ? ['2025', '4', '30'][at] : '30';
                field.dispatchEvent(new Event('input', { bubbles: true }));
            });
        });
        work(function () { document.querySelector('main form .button').click(); }, next);
    })();";

fn using() {
    let mut taps = Vec::new();
    let mut results = Vec::new();
    Visit::default().as_published().journey("bench-using", |page| {
        slow(page, USING, false);
        for goal in ["claim", "enrol", "exam"] {
            page.open(&format!("?lang=zh-Hans&as-of=2025-05-10#start/{goal}"));
            let times = page.wait_script(TAP);
            let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
            results.extend(times.pop());
            taps.extend(times);
            page.script("localStorage.clear();");
        }
    });
    let most = |all: &[f64]| all.iter().copied().fold(0.0, f64::max);
    println!("Using: {USING} times slower; work of the main thread from a tap to what is laid out, ms");
    println!("| | taps | median | most |\n|---|---|---|---|");
    for (name, all) in [("next question", taps), ("result", results)] {
        println!("| {name} | {} | {:.1} | {:.1} |", all.len(), middle(all.clone()), most(&all));
    }
}
