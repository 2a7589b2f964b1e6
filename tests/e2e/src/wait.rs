//! Waiting: every verb asks again and again until it sees what it needs, and says what it saw last where it never does.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long until it is asked again.
const POLL: Duration = Duration::from_millis(20);

/// How long a verb waits. `cargo xtask test` measures the machine and tells the seconds by `E2E_PATIENCE`.
pub fn patience() -> Duration {
    static PATIENCE: OnceLock<Duration> = OnceLock::new();
    *PATIENCE.get_or_init(|| {
        let seconds = std::env::var("E2E_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
        Duration::from_secs(seconds.unwrap_or(20))
    })
}

/// Asks until there is an answer. Otherwise, after [`patience`]: what was seen last, with how long that took.
pub fn until<T>(ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    until_after(patience(), ask)
}

/// Like [`until`], for what takes longer than a verb: a machine with two cores and two browsers compiles a program.
pub fn long_until<T>(ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    until_after(3 * patience(), ask)
}

fn until_after<T>(longest: Duration, mut ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let started = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return Ok(answer),
            Err(seen) if longest < started.elapsed() => {
                return Err(format!("after {:.0} s there is {seen}", started.elapsed().as_secs_f32()));
            }
            Err(_) => std::thread::sleep(POLL),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_thing_seen_is_told() {
        let mut times = 0;
        let second = until(|| {
            times += 1;
            if times == 2 { Ok(times) } else { Err("nothing".to_owned()) }
        });
        assert_eq!(second, Ok(2));
        let never: Result<(), _> = until_after(Duration::ZERO, || Err("another page".to_owned()));
        assert_eq!(never, Err("after 0 s there is another page".to_owned()));
    }
}
