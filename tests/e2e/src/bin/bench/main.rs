//! `cargo xtask bench`: how soon the page can be used and how fast it assesses, compared with others.
//!
//! Chromium runs with a slowed processor and network. Figures of one run can be compared with each other; a single
//! figure mostly describes the machine. So everything is measured in turn and also reported as ratios.

mod evaluators;
mod growth;
mod loading;
mod using;

use e2e::Page;
use serde_json::json;

/// The bytes per second and the latency in milliseconds of a slow mobile network.
const LINE: (u32, u32) = (200_000, 150);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let all: [(&str, fn()); 4] = [
        ("loading", loading::loading),
        ("using", using::using),
        ("judging", evaluators::judging),
        ("growing", growth::growing),
    ];
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

fn slow(page: &Page, times: u32, line: bool) {
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times }));
    let (bytes, latency) = if line { (LINE.0 as i64, LINE.1) } else { (-1, 0) };
    page.devtools("Network.enable", json!({}));
    let conditions =
        json!({ "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes });
    page.devtools("Network.emulateNetworkConditions", conditions);
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
