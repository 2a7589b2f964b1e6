//! Waiting: every verb repeats its question until it sees what it needs; after a time limit it reports what it saw
//! last.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The time between two attempts.
const POLL: Duration = Duration::from_millis(20);

/// Returns how long a verb waits. `cargo xtask test` measures the machine and sets the seconds in `E2E_PATIENCE`.
pub fn patience() -> Duration {
    static PATIENCE: OnceLock<Duration> = OnceLock::new();
    *PATIENCE.get_or_init(|| {
        let seconds = std::env::var("E2E_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
        Duration::from_secs(seconds.unwrap_or(20))
    })
}

thread_local! {
    static GIVING_UP: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Runs a test of a failure: verbs give up after a second.
pub fn giving_up_soon<T>(run: impl FnOnce() -> T) -> T {
    GIVING_UP.set(Some(Duration::from_secs(1)));
    let done = catch_unwind(AssertUnwindSafe(run));
    GIVING_UP.set(None);
    done.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Repeats a question until it succeeds. After [`patience`] it returns the last error and the time taken.
pub fn until<T>(ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    until_after(GIVING_UP.get().unwrap_or_else(patience), ask)
}

/// Like [`until`], for what takes longer than a verb, such as compiling a program on a machine with two cores and two
/// browsers.
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
