//! Nothing of one person is left for the next: looked for wherever a page can look, and in the browser's files after a cut.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use e2e::{Engine, Page, engine, journey, people, stands_in};
use subsidy_checker::rules::{QuestionId, TABLES};

use super::{HOLD_MEMORY, MARK, SESSION, START, chinese, come, invented, mark, see_cover, start_over};

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
            // One is left there by the driver of Chromium 156.
            'the names of the window': Object.getOwnPropertyNames(window).filter(function (name) {
                return name !== 'se_exportedFunctionSymbol';
            }).sort().join(),
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
    page.press("结束并清除");
    page.press("先不清除");
    come(page, &invented(people::CLAIM));
    page.script("document.querySelector('.papers input').click(); location.replace('#session/q/age');");
    page.see_heading(chinese().get(TABLES.question(QuestionId::AGE).unwrap().title));
    page.enter(MARK);
    page.press("规则一览");
    page.enter(MARK);
    page.press("English");
    page.see_anywhere("All rules");
    page.enter(MARK);
    page.script("getSelection().selectAllChildren(document.body);");
}

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
        page.press("Finish and clear");
        page.press("Clear and go back to the start");
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

/// Whether a file under a folder has the mark, as browsers write text.
pub fn has_mark(folder: &Path) -> bool {
    let wide: Vec<u8> = MARK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_in = |content: &[u8], part: &[u8]| content.windows(part.len()).any(|window| window == part);
    fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| {
        if entry.path().is_dir() {
            return has_mark(&entry.path());
        }
        fs::read(entry.path()).is_ok_and(|content| is_in(&content, MARK.as_bytes()) || is_in(&content, &wide))
    })
}
