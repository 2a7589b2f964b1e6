//! What a tap costs until what comes of it is laid out.

use e2e::Visit;
use serde_json::Value;

use super::{middle, slow};

/// Times as slow as this machine: an old phone.
const USING: u32 = 6;

pub fn using() {
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

/// What a tap costs the main thread until what comes of it is laid out: script, style and layout, not paint.
const TAP: &str = "
    var done = arguments[arguments.length - 1], channel = new MessageChannel(), times = [];
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
