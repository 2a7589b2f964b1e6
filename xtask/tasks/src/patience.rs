//! The time limit of the end-to-end tests for what they wait for: longer if the machine is slow or busy.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// The time limit on a machine that is otherwise idle.
const SHORTEST: Duration = Duration::from_secs(20);
/// The largest time limit, so that a test that hangs is noticed.
const LONGEST: Duration = Duration::from_secs(120);
/// The time of the measurement on an idle machine with two cores of 2025.
const USUAL: Duration = Duration::from_millis(400);
/// The measurement: a shell that counts, independent of anything compiled here.
const MEASURE: &str = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

/// Measures the machine's present speed, and prints and returns the time limit in seconds.
pub fn measure() -> Result<u64> {
    let started = Instant::now();
    // Two run at the same time, like the browsers.
    let both = [(); 2].map(|()| Command::new("sh").args(["-c", MEASURE]).spawn());
    for one in both {
        let status = one.and_then(|mut one| one.wait()).context("sh does not start")?;
        if !status.success() {
            bail!("sh can't count: {status}");
        }
    }
    let measured = started.elapsed();
    let patience = patience(measured);
    println!(
        "  this machine takes {:.1} times as long as an idle one of 2025: waits end after {patience} s",
        measured.as_secs_f32() / USUAL.as_secs_f32()
    );
    Ok(patience)
}

/// Returns the time limit in whole seconds.
fn patience(measured: Duration) -> u64 {
    SHORTEST.mul_f32((measured.as_secs_f32() / USUAL.as_secs_f32()).max(1.0)).min(LONGEST).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_is_waited_for() {
        let c = |milliseconds, seconds| assert_eq!(patience(Duration::from_millis(milliseconds)), seconds);
        c(0, 20);
        c(400, 20);
        c(600, 30);
        c(1_200, 60);
        c(100_000, 120);
    }
}
