//! The built page opens, and costs no more than it may.

/// A little above today's figure; raise it only with a reason in the commit.
const FIRST_LOAD_LIMIT: u64 = 162_500;

#[test]
fn the_page_opens() {
    e2e::journey("opens", |page| {
        page.open("");
        assert_ne!(page.heading(), "");
    });
}

#[test]
fn the_first_load_stays_small() {
    let bytes = xtask::dist::first_load(&e2e::dist()).unwrap();
    assert!(bytes < FIRST_LOAD_LIMIT, "the first load is {bytes} bytes after Brotli, the limit {FIRST_LOAD_LIMIT}");
}
