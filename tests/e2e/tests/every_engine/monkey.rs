//! A monkey: taps whatever can be tapped, types nonsense, goes back and forward, loads anew, changes the language, follows broken
//! links, loses the network and gets it back. The same in every run.
//!
//! Whatever it does, the page stays one that can be used, complains of nothing, and says of the answers that it keeps what the core says.

use std::time::{Duration, Instant};

use e2e::release::listed;
use e2e::{Engine, Page, Visit, dist, engine, people};
use serde_json::{Value, json};

const AS_OF: &str = "2025-05-10";
const START: &str = "?lang=zh-Hans&as-of=2025-05-10";

/// A test has so many steps.
const STEPS: usize = 140;

/// What stands behind `#` in links that were cut, guessed or made up. None is a session's: that is a mode of its own.
const FRAGMENTS: [&str; 15] = [
    "",
    "q",
    "q/",
    "q/age",
    "q/nobody",
    "q/age/2",
    "result",
    "answers",
    "rules",
    "rules/S2.1",
    "rules/%F0%9F%90%92",
    "start/claim",
    "record/",
    "record/1.goal_claim.00000000",
    "🐒%",
];

/// What is typed: numbers at borders, days of many shapes, and what is neither.
const TYPED: [&str; 14] =
    ["0", "3", "30", "-1", "99999", "2025", "25", "４", "2025年4月30日", "2025-02-30", "", " ", "🐒", "<b>\"'&"];

/// Does one thing to something that can be seen, by two numbers; says to what.
const TAP: &str = "
    var all = [].filter.call(document.querySelectorAll('a[href^=\"#\"], button, summary, input, select, label'), function (one) {
        return one.getClientRects().length > 0 && !one.disabled;
    });
    if (!all.length) return 'nothing';
    var one = all[which % all.length];
    if (one.matches('input:not([type=radio]):not([type=checkbox])')) {
        one.value = typed[how % typed.length];
        one.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (one.matches('select')) {
        one.selectedIndex = how % one.options.length;
        one.dispatchEvent(new Event('change', { bubbles: true }));
    } else {
        one.click();
    }
    return one.tagName + ' ' + (one.textContent || one.name).slice(0, 20);";

/// Paper, files and other programs are no page: Firefox waits for somebody at its window for printing. Said with every tap, because
/// a published page is loaded anew without what tests add.
const STAY: &str = "
    window.print = function () {};
    HTMLAnchorElement.prototype.click = function () {
        if (!this.download) this.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    };";

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// What it did last, for whoever has to find out.
struct Monkey {
    dice: Dice,
    done: Vec<String>,
    /// It may lose the network: then nobody listens to complaints, because what is kept on the device is just what was published.
    offline: bool,
}

impl Monkey {
    #[track_caller]
    fn step(&mut self, page: &mut Page) {
        let (which, how) = (self.dice.roll(1 << 20), self.dice.roll(1 << 20));
        let done = match self.dice.roll(100) {
            0..80 => {
                let said =
                    page.script(&format!("var which = {which}, how = {how}, typed = {}; {STAY} {TAP}", json!(TYPED)));
                said.as_str().unwrap_or_default().to_owned()
            }
            80..86 => {
                page.back();
                "back".to_owned()
            }
            86..90 => {
                page.forward();
                "forward".to_owned()
            }
            90..93 => {
                page.reload();
                "reload".to_owned()
            }
            93..96 => {
                let language = ["zh-Hans", "zh-Hant", "en"][which % 3];
                page.script(&format!("document.querySelector('a[hreflang={language}]').click();"));
                page.wait_until(&format!("return document.documentElement.lang === '{language}';"));
                language.to_owned()
            }
            _ => {
                let fragment = FRAGMENTS[which % FRAGMENTS.len()];
                page.script(&format!("location.hash = {};", json!(fragment)));
                format!("#{fragment}")
            }
        };
        self.done.push(done);
        if self.offline && how % 20 == 0 {
            page.go_offline();
            page.reload();
            self.look(page);
            page.go_online();
            self.done.push("offline and back".to_owned());
        }
        // The way back leads out of the page in the end.
        if !page.address().contains("as-of") {
            page.open(START);
        }
    }

    /// Somebody could go on here, and a result is what the core says.
    #[track_caller]
    fn look(&self, page: &mut Page) {
        let last = self.done.iter().rev().take(12).rev().cloned().collect::<Vec<_>>().join(" → ");
        page.wait_until(&format!(
            "var page = document.documentElement, last = {};
             return page.dataset.ready === 'true' && !page.dataset.failed && !!document.querySelector('main h1')
                 && !!document.querySelector('main a[href], main button');",
            json!(last)
        ));
        let shown = page.script(
            "var shown = document.querySelector('[data-findings]');
             return [localStorage['subsidy-checker.answers'] || null, shown && shown.dataset.findings];",
        );
        if let (Some(record), Some(shown)) = (shown[0].as_str(), shown[1].as_str()) {
            let shown: Value = serde_json::from_str(shown).unwrap();
            assert_eq!(shown, people::findings(record, AS_OF), "{record} after {last}");
        }
    }
}

fn walk(seed: u64, offline: bool, enough: impl Fn(usize) -> bool) {
    let visit = if offline { Visit::default().as_published() } else { Visit::default() };
    visit.journey(&format!("monkey-{seed}"), |page| {
        page.open(START);
        if offline {
            page.wait_until_kept("subsidy-checker", listed(&dist()).len());
        }
        let mut monkey = Monkey { dice: Dice(seed), done: Vec::new(), offline };
        let mut results = 0;
        for at in 0.. {
            if enough(at) {
                break;
            }
            // Somebody who knows what they want comes by now and then.
            if at % 20 == 0 {
                let record = [people::CLAIM, people::ENROL, people::EXAM][at / 20 % 3];
                page.script(&format!(
                    "localStorage['subsidy-checker.answers'] = {}; location.hash = '#result';",
                    json!(record)
                ));
                page.reload();
            }
            monkey.step(page);
            if at % 5 == 0 {
                monkey.look(page);
                results +=
                    page.script("return document.querySelectorAll('[data-findings]').length;").as_u64().unwrap_or(0);
            }
        }
        println!("{} steps, {results} results compared", monkey.done.len());
        assert!(0 < results, "it never came to a result");
    });
}

#[test]
fn a_monkey_breaks_nothing() {
    walk(1, false, |at| at == STEPS);
}

/// WebKitGTK doesn't leave an empty page again where the server was away meanwhile.
#[test]
fn nor_does_one_that_loses_the_network() {
    if engine() == Engine::Webkit {
        return;
    }
    walk(2, true, |at| at == STEPS / 2);
}

#[test]
#[ignore = "takes an hour; part of --long"]
fn monkeys_for_an_hour() {
    let started = Instant::now();
    for seed in 10.. {
        let (now, offline) = (Instant::now(), seed % 2 == 0 && engine() != Engine::Webkit);
        walk(seed, offline, |_| Duration::from_secs(300) < now.elapsed());
        if Duration::from_secs(3600) < started.elapsed() {
            break;
        }
    }
}
