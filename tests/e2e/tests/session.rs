//! The info session: nothing of one person is left for the next, and what is counted is right, whatever happens meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use e2e::people::answered;
use e2e::{Engine, Page, Visit, code, dist, engine, journey, people, stands_in};
use serde_json::{Value, json};
use subsidy_checker::people::Crowd;
use subsidy_checker::rules::{
    Answer, Answers, Assessment, Date, FindingId, Kind, Question, QuestionId, TABLES, Truth, assess, read,
};
use subsidy_checker::text::{Language, Text, built_in};
use subsidy_checker::{flow, record};

const SESSION: &str = "?lang=zh-Hans&as-of=2025-05-10#session";
const AS_OF: &str = "2025-05-10";
const START: &str = "人工智能训练师培训班：费用、考试和补贴";
/// Typed by a person, and looked for afterwards.
const MARK: &str = "鹦鹉螺号";
const PIN: &str = "2468";

fn chinese() -> Text {
    built_in(Language::Simplified).unwrap()
}

fn as_of() -> Date {
    Date::parse(AS_OF).unwrap()
}

/// What a person does on the pages from the goal to the result, as a script can do it at once.
fn steps(all: &Answers) -> (Vec<Value>, Answers) {
    let text = chinese();
    let mut steps = Vec::new();
    let mut known = Answers::NONE;
    while let Some(id) = flow::replay(&TABLES, &known, as_of()).next.and_then(|step| step.id()) {
        let shown = |known: &Answers| flow::page(&TABLES, known, as_of(), id).unwrap();
        let step = shown(&known);
        let first = step.questions().next().unwrap();
        steps.push(json!({ "heading": text.get(step.group().map_or(first.title, |group| group.title)) }));
        if step.group().is_some() {
            let is_yes = |one: &&Question| all.get(one.id) == read(one, "yes").ok();
            steps.extend(step.page().iter().filter(is_yes).map(|one| json!({ "label": text.get(one.title) })));
            if step.page().iter().any(|one| all.get(one.id) == Some(Answer::DontKnow)) {
                steps.push(json!({ "label": "其他几项我不清楚" }));
            } else if !step.page().iter().any(|one| is_yes(&one)) {
                steps.push(json!({ "label": "以上都没有" }));
            }
            step.page().iter().for_each(|question| known.set(question.id, all.get(question.id)));
        }
        while let Some(open) = shown(&known).questions().find(|question| known.get(question.id).is_none()) {
            let name = open.id.id();
            let typed =
                |at: usize, digits: u16| json!({ "field": format!("{name}-{at}"), "value": digits.to_string() });
            match (open.kind, all.get(open.id).unwrap()) {
                (Kind::Choice(_), Answer::Choice(at)) => steps.push(json!({ "name": name, "at": at })),
                (Kind::Choice(values), _) => steps.push(json!({ "name": name, "at": values.len() })),
                (_, Answer::Number(number)) => steps.push(typed(0, number)),
                (_, Answer::Date(day)) => {
                    let parts = [day.year(), day.month().into(), day.day().into()];
                    steps.extend(parts.into_iter().enumerate().map(|(at, digits)| typed(at, digits)));
                }
                _ => steps.push(json!({ "name": name, "at": 0 })),
            }
            known.set(open.id, all.get(open.id));
        }
        steps.push(json!({ "press": true }));
    }
    (steps, known)
}

/// Does a person's steps, each as soon as the page has what it needs, and waits for the result.
const RUN: &str = "
    var done = arguments[arguments.length - 1], at = 0, since = performance.now();
    // Without the pause that a browser makes between its timers.
    var channel = new MessageChannel();
    function all(selector) { return [].slice.call(document.querySelectorAll('main ' + selector)); }
    function find(step) {
        if (step.heading) return all('h1').filter(function (one) { return one.textContent === step.heading; })[0];
        if (step.press) return all('form .button')[0];
        if (step.field) return document.getElementById(step.field);
        if (step.label) return all('label').filter(function (one) {
            var words = one.querySelector('span'); return words && words.firstChild.textContent === step.label; })[0];
        return all('input[name=\"' + step.name + '\"]')[step.at];
    }
    channel.port1.onmessage = function () {
        if (at === steps.length) {
            if (document.querySelector('[data-findings]')) return done('');
        } else {
            var step = steps[at], found = find(step);
            if (found) {
                at += 1; since = performance.now();
                if (step.field) {
                    found.value = step.value;
                    found.dispatchEvent(new Event('input', { bubbles: true }));
                } else if (!step.heading) {
                    found.click();
                }
            }
        }
        if (performance.now() - since > 10000) {
            return done('nothing for ' + JSON.stringify(steps[at]) + ' on ' + document.body.innerText);
        }
        channel.port2.postMessage('');
    };
    channel.port2.postMessage('');";

/// Somebody comes, answers everything and sees the result.
#[track_caller]
fn come(page: &mut Page, all: &Answers) -> Assessment {
    let (steps, known) = steps(all);
    page.script(
        "[].filter.call(document.querySelectorAll('dialog .begin'), function (one) { one.click(); return true; });
         location.replace('#session/q/goal');",
    );
    let failed = page.wait_script(&format!("var steps = {}; {RUN}", json!(steps)));
    assert_eq!(failed, json!(""), "{known:?}");
    let path = flow::replay(&TABLES, &known, as_of());
    assert!(path.next.is_none());
    assess(&TABLES, &path.used, as_of())
}

/// The cover is there, of a page that has come anew.
const COVER: &str = "return !document.documentElement.dataset.before && !!document.querySelector('dialog.cover')
    && document.documentElement.dataset.ready === 'true' && location.hash === '#session';";

#[track_caller]
fn see_cover(page: &mut Page) {
    page.wait_until(COVER);
}

/// Brings something to where the bar isn't: not every driver knows that it is in the way, as people do.
#[track_caller]
fn reach(page: &Page, selector: &str) {
    page.script(&format!("document.querySelector('main {selector}').scrollIntoView({{ block: 'center' }});"));
}

/// Marks the page, so that the next one is known from it.
#[track_caller]
fn mark(page: &Page) {
    page.script("document.documentElement.dataset.before = 'true';");
}

#[track_caller]
fn start_over(page: &mut Page) {
    mark(page);
    page.press("重新开始");
    page.see_anywhere("现在的回答会全部清除");
    page.press("清除，重新开始");
    see_cover(page);
}

/// One of the invented people, as the day of the session allows.
fn invented(text: &str) -> Answers {
    record::from_text(&TABLES, &text.replace("2025-07-31", "2025-04-20").replace("2025-07-05", "2025-04-05"))
        .unwrap()
        .answers
}

/// Everything a browser lets a page look into, by the name of the place.
const PLACES: &str = "
    var done = arguments[arguments.length - 1];
    function all(storage) { var copy = {}; for (var i = 0; i < storage.length; i += 1) {
        copy[storage.key(i)] = storage.getItem(storage.key(i)); } return JSON.stringify(copy); }
    function dump(open) {
        return Promise.all([].map.call(open.objectStoreNames, function (name) {
            return new Promise(function (read) {
                var rows = [], store = open.transaction(name).objectStore(name), cursor = store.openCursor();
                cursor.onsuccess = function () {
                    var row = cursor.result;
                    if (!row) return read(name + JSON.stringify(rows));
                    rows.push([row.key, row.value]); row.continue();
                };
            });
        })).then(function (stores) { open.close(); return stores.join(); });
    }
    function database(name) {
        return new Promise(function (read) {
            var request = indexedDB.open(name);
            request.onsuccess = function () { dump(request.result).then(read); };
        });
    }
    function cached() {
        return caches.keys().then(function (names) {
            return Promise.all(names.map(function (name) {
                return caches.open(name).then(function (cache) { return cache.keys(); }).then(function (requests) {
                    return requests.map(function (request) { return request.url; });
                });
            }));
        });
    }
    // Files of the page come and go there while a worker tries to keep them.
    function plain(addresses) { return addresses.filter(function (one) { return /[?#]/.test(one); }).join(); }
    var fields = [].map.call(document.querySelectorAll('input, textarea, select'), function (one) {
        return one.type + one.value + one.checked; });
    Promise.all([database('subsidy-checker.session'), window.caches ? cached() : '']).then(function (read) {
        var memory = new Uint8Array(window.e2eMemory.buffer);
        done({
            'localStorage': all(localStorage), 'sessionStorage': all(sessionStorage), 'cookies': document.cookie,
            'IndexedDB': read[0], 'Cache Storage': plain([].concat.apply([], read[1] || [])),
            'the address': location.href, 'the entry of the history': JSON.stringify(history.state),
            'the length of the history': String(history.length), 'the window\\'s name and title': window.name + document.title,
            'the elements of the page': document.documentElement.lang + document.body.outerHTML, 'the fields': fields.join(),
            'the names of the window': Object.getOwnPropertyNames(window).sort().join(),
            'the memory of the program': new TextDecoder().decode(memory).indexOf(mark) >= 0 ? 'the mark' : 'no mark',
            'the selection': String(getSelection()),
        });
    });";

#[track_caller]
fn places(page: &mut Page) -> BTreeMap<String, String> {
    serde_json::from_value(page.wait_script(&format!("var mark = '{MARK}'; {PLACES}"))).unwrap()
}

/// A person who leaves something wherever a page lets one: language, answers, a search, a tick, what is typed and not sent.
#[track_caller]
fn leave_traces(page: &mut Page) {
    page.press("开始");
    page.see_heading(START);
    page.press("我拿到职业技能等级证书了");
    page.press("重新开始");
    page.press("不，继续");
    come(page, &invented(people::CLAIM));
    page.script("document.querySelector('.papers input').click(); location.replace('#session/q/age');");
    page.see_heading(chinese().get(TABLES.question(QuestionId::Age).unwrap().title));
    page.enter(MARK);
    page.press("规则一览");
    page.enter(MARK);
    page.press("English");
    page.see_anywhere("All rules");
    page.enter(MARK);
    page.script("getSelection().selectAllChildren(document.body);");
}

/// The program's memory is reached by what starts it.
const HOLD_MEMORY: &str = "
    ['instantiate', 'instantiateStreaming'].forEach(function (name) {
        var own = WebAssembly[name];
        if (own) WebAssembly[name] = function () {
            return own.apply(WebAssembly, arguments).then(function (made) {
                window.e2eMemory = (made.instance || made).exports.memory;
                return made;
            });
        };
    });
    window.e2eMemory = null;
    var now = Date.now;
    window.e2eLater = 0;
    Date.now = function () { return now.call(Date) + window.e2eLater * 1000; };";

/// Without the counts, which stay.
fn uncounted(mut places: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let kept = places.get_mut("IndexedDB").unwrap();
    if let (Some(from), Some(to)) = (kept.find("[\"counts\""), kept.find('}')) {
        let counts = kept[from..=to].to_owned();
        assert!(!counts.contains(|one: char| !one.is_ascii()), "{counts}");
        *kept = kept.replace(&format!("{counts}]"), "");
    }
    places
}

#[track_caller]
fn check_residue(how: &str, end: impl Fn(&mut Page)) {
    journey(&format!("session-residue-{how}"), |page| {
        page.before_every_page(HOLD_MEMORY);
        page.open(SESSION);
        see_cover(page);
        // As it is behind the first person, the device's first visit being over.
        page.press("开始");
        start_over(page);
        let fresh = places(page);
        leave_traces(page);
        let full = uncounted(places(page));
        mark(page);
        end(page);
        see_cover(page);
        let after = places(page);
        for (place, was) in &uncounted(fresh) {
            assert_eq!(&uncounted(after.clone())[place], was, "{how}: {place}");
            // Engines differ in what there is meanwhile; the table is Chromium's.
            if engine() == Engine::Chromium {
                let meanwhile = if full[place] == *was { "nothing" } else { "something" };
                stands_in("docs/session.md", &[place, meanwhile, "nothing"]);
            }
        }
        // The back button leads out of the session, and the way forward to its cover.
        for _ in 0..2 {
            page.back();
            page.not_see_anywhere(MARK);
            assert!(!page.address().contains("session/"), "{}", page.address());
        }
    });
}

#[test]
fn nothing_of_a_person_is_left_when_starting_over() {
    check_residue("over", |page| {
        page.press("Start over");
        page.press("Clear and start over");
    });
}

#[test]
fn nothing_of_a_person_is_left_when_they_have_gone() {
    check_residue("gone", |page| {
        page.script("window.e2eLater = 91;");
        page.see_anywhere("Are you still there?");
        page.script("window.e2eLater = 111;");
    });
}

#[test]
fn a_reload_or_a_way_out_and_back_shows_the_cover() {
    journey("session-reload", |page| {
        page.open("?lang=zh-Hans");
        page.open(SESSION);
        come(page, &invented(people::CLAIM));
        mark(page);
        page.reload();
        see_cover(page);
        come(page, &invented(people::CLAIM));
        mark(page);
        page.back();
        page.forward();
        see_cover(page);
        page.press("开始");
        page.see_heading(START);
        // Typed behind the address of a page that is open.
        page.open("?lang=zh-Hans");
        page.script("location.hash = '#session';");
        see_cover(page);
    });
}

#[test]
fn who_is_there_says_so_and_goes_on() {
    journey("session-idle", |page| {
        page.before_every_page(HOLD_MEMORY);
        page.open(SESSION);
        // Nobody has come: nobody is asked.
        page.script("window.e2eLater = 500;");
        page.press("开始");
        page.press("成绩出来了");
        page.see_heading("理论科目考了多少分？");
        page.enter_in("理论成绩", "73");
        page.script("window.e2eLater = 595;");
        page.see_anywhere("您还在吗？");
        page.press("我还在");
        page.not_see_anywhere("您还在吗？");
        assert_eq!(page.script("return document.getElementById('theory-score-0').value;"), json!("73"));
        page.enter_in("实操成绩", "50");
        page.press("继续");
        page.see_heading("合格的那一科是哪天考的？");
        page.press("上一步");
        page.see_heading("理论科目考了多少分？");
        assert!(page.address().ends_with("#session/q/theory-score"), "{}", page.address());
        page.press("上一步");
        page.see_heading("您想了解什么？");
        page.press("上一步");
        page.see_heading(START);
    });
}

#[test]
fn a_code_takes_the_result_to_a_phone() {
    journey("session-code", |page| {
        page.open(SESSION);
        come(page, &invented(people::CLAIM));
        let headline = page.heading();
        page.see("二维码里有您的全部回答");
        // Nothing that would stay on the device.
        let left = page.script(
            "return [].filter.call(document.querySelectorAll('main button'), function (one) {
                 return /复制|打印|日历|分享/.test(one.textContent); }).length;",
        );
        assert_eq!(left, json!(0));
        let link = code::read(page);
        reach(page, ".made button");
        page.press("手机没有网络");
        page.see("可以看到结果的要点");
        page.wait_until("return document.querySelector('img.code').complete;");
        assert!(code::read(page).contains("3120"));
        // The phone is another device.
        page.move_elsewhere();
        page.open(&link[link.find('?').unwrap()..]);
        page.see_heading(&headline);
    });
}

fn file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("checker.html");
    fs::copy(dist().join("checker.html"), &file).unwrap();
    (folder, file)
}

#[test]
fn the_single_file_has_a_session_and_a_code_in_words() {
    let (_folder, file) = file();
    Visit::to_file(&file).with_screen(1024, 768).journey("session-file", |page| {
        page.open(SESSION);
        see_cover(page);
        page.see_anywhere("断网也能用");
        come(page, &invented(people::CLAIM));
        assert!(code::read(page).contains("3120"));
        page.not_see("手机没有网络");
        start_over(page);
    });
}

/// What staff see, by its label.
#[track_caller]
fn staff_view(page: &mut Page) -> BTreeMap<String, f64> {
    page.see_anywhere("这台设备上的统计");
    let rows = page.script(
        "return [].map.call(document.querySelectorAll('dialog tr'), function (row) {
             return [row.cells[0].textContent, Number(row.cells[1].textContent)]; });",
    );
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (row[0].as_str().unwrap().to_owned(), row[1].as_f64().unwrap())).collect()
}

#[track_caller]
fn open_staff_view(page: &mut Page) -> BTreeMap<String, f64> {
    page.press("工作人员");
    page.enter(PIN);
    page.press("打开");
    staff_view(page)
}

#[track_caller]
fn set_pin(page: &mut Page) {
    page.press("工作人员");
    page.enter_in("PIN", PIN);
    page.enter_in("再输一次PIN", PIN);
    page.press("设好");
    page.see_anywhere("这台设备上的统计");
}

#[track_caller]
fn close(page: &mut Page) {
    mark(page);
    page.press("关闭");
    see_cover(page);
}

/// What must be counted, worked out from the core and not as the page does.
#[derive(Default)]
struct Expected(BTreeMap<&'static str, f64>);

const LABELS: [&str; 10] = [
    "答完的人数",
    "可以报考的人数",
    "能不能报考待定的人数",
    "可以申领补贴的人数",
    "能不能申领待定的人数",
    "可以申领的，补贴合计至少（元）",
    "可以申领的，补贴合计最多（元）",
    "待定的，都批下来另有最多（元）",
    "可以申领或待定，但金额不清楚的人数",
    "可以报考这一期级别的，离开班至少30人还差（C3）",
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

#[test]
fn staff_see_what_was_counted_behind_a_pin() {
    journey("session-staff", |page| {
        page.before_every_page(
            "window.e2eSaved = []; HTMLAnchorElement.prototype.click = function () { window.e2eSaved.push(this.href); };",
        );
        page.open(SESSION);
        page.press("工作人员");
        for (pin, again, wrong) in
            [("12", "12", "4到8位数字"), ("12345a", "12345a", "4到8位"), ("1234", "1235", "不一样")]
        {
            page.enter_in("PIN", pin);
            page.enter_in("再输一次PIN", again);
            page.press("设好");
            page.see_anywhere(wrong);
        }
        close(page);
        set_pin(page);
        let mut expected = Expected::none();
        expected.is(&staff_view(page));
        close(page);

        // Counted once, by what was seen last.
        come(page, &invented(people::ENROL));
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
        let insurance = TABLES.question(QuestionId::Insurance).unwrap();
        changed.set(QuestionId::Insurance, read(insurance, "zhuhai-employee").ok());
        expected.add(&assess(&TABLES, &flow::replay(&TABLES, &changed, as_of()).used, as_of()));
        start_over(page);
        for record in [people::EXAM, people::CLAIM] {
            expected.add(&come(page, &invented(record)));
            start_over(page);
        }
        page.press("工作人员");
        page.enter("1111");
        page.press("打开");
        page.see_anywhere("PIN不对");
        page.enter(PIN);
        page.press("打开");
        expected.is(&staff_view(page));

        // A name that a spreadsheet would run.
        page.enter_in("场次名称", "=1+2\"高新区\"");
        page.press("导出表格");
        let saved = page.script("return window.e2eSaved[0];");
        let saved = saved.as_str().unwrap().strip_prefix("data:text/csv;charset=utf-8,").unwrap().to_owned();
        let text = page.script(&format!("return decodeURIComponent('{}');", saved.replace('\'', "%27")));
        let text = text.as_str().unwrap();
        assert!(text.starts_with("\u{feff}\"项目\",\"数\"\r\n"), "{text}");
        assert!(text.contains("\"场次名称（会写进导出的表）\",\"'=1+2\"\"高新区\"\"\"\r\n"), "{text}");
        for (label, count) in &expected.0 {
            assert!(text.contains(&format!("\"{label}\",\"{count}\"\r\n")), "{label} {count}: {text}");
        }

        // What is set holds for the next.
        for (after, wrong) in [("4", true), ("3601", true), ("ab", true), ("10", false)] {
            page.enter_in("没人动几秒后提醒", after);
            page.press("保存");
            page.see_anywhere(if wrong { "5到3600之间" } else { "已保存" });
        }
        close(page);
        assert_eq!(open_staff_view(page).len(), LABELS.len());
        page.press("清零");
        page.press("清除统计");
        page.see_anywhere("这台设备上的统计");
        page.wait_until("return document.querySelector('dialog td').textContent === '0';");
        Expected::none().is(&staff_view(page));
        close(page);

        // Forgotten: the counts go with it.
        come(page, &invented(people::CLAIM));
        start_over(page);
        page.press("工作人员");
        page.press("忘记PIN");
        page.press("清除统计和PIN");
        page.see_anywhere("先设一个PIN");
        page.enter_in("PIN", PIN);
        page.enter_in("再输一次PIN", PIN);
        page.press("设好");
        Expected::none().is(&staff_view(page));
    });
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

/// Whether a file under a folder has the mark, as browsers write text.
fn has_mark(folder: &Path) -> bool {
    let wide: Vec<u8> = MARK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_in = |content: &[u8], part: &[u8]| content.windows(part.len()).any(|window| window == part);
    fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| {
        if entry.path().is_dir() {
            return has_mark(&entry.path());
        }
        fs::read(entry.path()).is_ok_and(|content| is_in(&content, MARK.as_bytes()) || is_in(&content, &wide))
    })
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
            page.press("关闭");
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
    check_many("session-many", 8, if engine() == Engine::Chromium { 300 } else { 30 });
}

#[test]
#[ignore = "takes an hour; part of --long"]
fn ten_thousand_people_one_after_another_are_counted_right() {
    check_many("session-ten-thousand", 9, 10_000);
}
