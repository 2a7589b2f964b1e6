//! Measures how soon the page can be used, compared with a minimal page and with a page made by a library.

use std::fs;
use std::path::Path;

use e2e::release::listed;
use e2e::{Page, Visit, dist};
use serde_json::{Value, json};
use subsidy_checker::rules::{Kind, TABLES};
use subsidy_checker::text::{Language, built_in};
use tasks::dist::publish;
use tasks::packages::BENCHES;

use super::{LINE, middle, slow};

/// How often each page is loaded; the median is reported.
const ROUNDS: usize = 11;

/// The slow-down against this machine, for a cheap phone.
const LOADING: u32 = 4;

pub fn loading() {
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
            let visit = Visit::to(folder).as_published().impatient().in_fresh_browser();
            visit.journey(&format!("bench-{name}"), |page| {
                warm_up(page);
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
    let [floor, ..] = rows[0].1;
    let [_, survey_answer, survey_second] = rows[2].1;
    println!(
        "| | first paint, ms | to the static page's | first answer accepted, ms | to SurveyJS's | second question there, ms | to SurveyJS's |\n|---|---|---|---|---|---|---|"
    );
    for (name, [paint, answer, second]) in rows {
        println!(
            "| {name} | {paint:.0} | {:.2} | {answer:.0} | {:.2} | {second:.0} | {:.2} |",
            paint / floor,
            answer / survey_answer,
            second / survey_second
        );
    }
}

/// Shows some text first: no browser opens this page as its very first, and the start of a browser and the first glyphs
/// of a script take longer, and vary more, than what is measured.
fn warm_up(page: &mut Page) {
    page.devtools("Page.navigate", json!({ "url": "data:text/html;charset=utf-8,<b>珠海</b> <p>Zhuhai 2025" }));
    page.wait_until("return performance.getEntriesByName('first-contentful-paint').length === 1;");
}

/// Returns the finished first screen and the first question behind its links, as HTML and the style sheet only.
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

/// Returns a page with the same questions, built as the library's documentation shows.
fn survey() -> Vec<(String, Vec<u8>)> {
    let text = built_in(Language::ZH_HANS).expect("wording");
    let questions = TABLES.questions.iter().map(|question| {
        let mut asked = json!({ "name": question.name, "title": text.get(question.title), "isRequired": true });
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
    let [core, ui] = ["survey-core", "survey-js-ui"].map(|package| BENCHES.folder(package).expect(package));
    vec![
        ("index.html".to_owned(), html.into()),
        ("begin.js".to_owned(), begin.into_bytes()),
        ("core.js".to_owned(), read(&core, "survey.core.min.js")),
        ("ui.js".to_owned(), read(&ui, "survey-js-ui.min.js")),
        ("survey.css".to_owned(), read(&core, "survey-core.fontless.min.css")),
    ]
}

/// Answers the first question once, as soon as it is visible, and records that time and the time when the second
/// question appears, in milliseconds since the first request. A lost answer gives no result.
const WATCH: &str = "
    var begun = Number(sessionStorage.begun = sessionStorage.begun || performance.timeOrigin);
    function now() { return performance.timeOrigin + performance.now() - begun; }
    function question() {
        var title = document.querySelector('main legend, .sd-question__title, form legend');
        return title ? title.textContent : '';
    }
    function seen(element) { return element.getClientRects().length > 0; }
    (function look() {
        var first = [].filter.call(document.querySelectorAll('.goals a, .sd-item input'), seen).pop();
        if (window.benched) return;
        if (sessionStorage.pressed && question() && question() !== sessionStorage.before) {
            window.benched = [Number(sessionStorage.pressed), now()];
            ['begun', 'pressed', 'before'].forEach(function (one) { sessionStorage.removeItem(one); });
        } else if (!sessionStorage.pressed && first && performance.getEntriesByName('first-contentful-paint').length) {
            sessionStorage.pressed = now();
            sessionStorage.before = question();
            first.click();
            var next = document.querySelector('.sd-navigation__next-btn');
            if (next) next.click();
        }
        requestAnimationFrame(look);
    })();";

/// Returns the times of the first paint, the first answer and the second question, in milliseconds.
fn measure(page: &mut Page) -> [f64; 3] {
    page.open_unready("?lang=zh-Hans");
    page.wait_until("return Array.isArray(window.benched);");
    let times = page.script(
        "var paint = performance.getEntriesByName('first-contentful-paint')[0]; return [paint ? paint.startTime : 0].concat(benched);",
    );
    serde_json::from_value(times).expect("three times")
}

fn median(all: &[[f64; 3]]) -> [f64; 3] {
    [0, 1, 2].map(|at| middle(all.iter().map(|one| one[at]).collect()))
}
