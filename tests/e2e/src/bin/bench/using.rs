//! Measures the time from a tap until its effect is laid out.

use e2e::Visit;

use super::{middle, slow};

/// The slow-down against this machine, for an old phone.
const USING: u32 = 6;

pub fn using() {
    let (mut taps, mut results): (Vec<[f64; 2]>, Vec<[f64; 2]>) = Default::default();
    Visit::default().as_published().in_fresh_browser().journey("bench-using", |page| {
        slow(page, USING, false);
        for goal in ["claim", "enrol", "exam"] {
            page.open(&format!("?lang=zh-Hans&as-of=2025-05-10#start/{goal}"));
            let mut times: Vec<[f64; 2]> = serde_json::from_value(page.wait_script(TAP)).expect("pairs of times");
            results.extend(times.pop());
            taps.extend(times);
            page.script("localStorage.clear();");
        }
    });
    println!(
        "Using: {USING} times slower; work of the main thread from a tap to what is laid out, ms, and of the same page as text"
    );
    println!("| | taps | median | most | as text | to that |\n|---|---|---|---|---|---|");
    for (name, all) in [("next question", taps), ("result", results)] {
        let [ours, text] = [0, 1].map(|at| all.iter().map(|one| one[at]).collect::<Vec<_>>());
        let most = ours.iter().copied().fold(0.0, f64::max);
        let [ours, text] = [middle(ours), middle(text)];
        println!("| {name} | {} | {ours:.1} | {most:.1} | {text:.1} | {:.1} |", all.len(), ours / text);
    }
}

/// Measures the main thread's work from a tap until its effect is laid out: script, style and layout, and paint only if
/// the browser does it first. Then the resulting page is replaced by itself as text that the browser parses, which is
/// the least that any such page costs.
const TAP: &str = "
    var done = arguments[arguments.length - 1], channel = new MessageChannel(), times = [];
    function work(act, then) {
        var before = performance.now();
        act();
        channel.port1.onmessage = function () {
            document.body.getBoundingClientRect();
            var ours = performance.now() - before;
            setTimeout(function () {
                times.push([ours, again()]);
                setTimeout(then, 50);
            }, 50);
        };
        channel.port2.postMessage('');
    }
    function again() {
        var main = document.querySelector('main'), page = main.parentNode, same = main.cloneNode(false), text = main.innerHTML;
        document.activeElement.blur();
        var before = performance.now();
        same.innerHTML = text;
        page.replaceChild(same, main);
        document.body.getBoundingClientRect();
        var took = performance.now() - before;
        page.replaceChild(main, same);
        return took;
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
        // What is chosen has been shown by the time one goes on.
        setTimeout(function () {
            work(function () { document.querySelector('main form .button').click(); }, next);
        }, 50);
    })();";
