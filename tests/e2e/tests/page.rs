//! The built page opens, costs no more than it may, and says nothing of where it was built.

use subsidy_checker::rules::{TABLES, class_on};
use subsidy_checker::text::{Language, built_in};

/// A little above today's figure; raise it only with a reason in the commit.
const FIRST_LOAD_LIMIT: u64 = 150_000;

/// The same source gives the same bytes wherever it is built.
#[test]
fn the_program_names_no_folder_of_the_machine() {
    let home = std::env::home_dir().unwrap();
    let folders = [tasks::root(), home].map(|folder| folder.to_str().unwrap().to_owned());
    let mut programs = 0;
    for file in std::fs::read_dir(e2e::dist()).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "wasm") {
            programs += 1;
            let content = std::fs::read(&file).unwrap();
            for folder in &folders {
                let named = content.windows(folder.len()).any(|window| window == folder.as_bytes());
                assert!(!named, "{} names {folder}", file.display());
            }
        }
    }
    assert_eq!(programs, 2);
}

/// What the guide has hosts send is the page's own policy; every journey of these tests is under it as a header.
#[test]
fn the_guide_has_the_pages_policy() {
    let html = std::fs::read_to_string(e2e::dist().join("index.html")).unwrap();
    let guide = std::fs::read_to_string(tasks::root().join("docs/deploying.md")).unwrap();
    let header = format!("\"{}; frame-ancestors 'self'\"", tasks::server::policy(&html).unwrap());
    assert!(guide.contains(&header), "docs/deploying.md is not up to date. Write there {header}");
}

mod every_engine {

    #[test]
    fn the_page_opens() {
        e2e::journey("opens", |page| {
            page.open("");
            assert_ne!(page.heading(), "");
        });
    }
}

mod any_tables {
    use super::*;

    #[test]
    fn the_first_load_stays_small() {
        let bytes = tasks::dist::first_load(&e2e::dist()).unwrap();
        assert!(bytes < FIRST_LOAD_LIMIT, "the first load is {bytes} bytes after Brotli, the limit {FIRST_LOAD_LIMIT}");
    }

    #[test]
    fn the_start_page_names_the_class_of_the_day() {
        let text = built_in(Language::ZH_HANS).unwrap();
        e2e::journey("start", |page| {
            for day in
                TABLES.courses.iter().flat_map(|course| [Some(course.validity.from), course.validity.to]).flatten()
            {
                page.open(&format!("?as-of={day}"));
                page.see_heading("人工智能训练师培训班：费用、考试和补贴");
                page.see_anywhere(text.get(class_on(&TABLES, day).0.unwrap().name));
            }
        });
    }
}
