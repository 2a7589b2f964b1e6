//! Where the program can't run: what stands in index.html is a page to read, never a blank one, with the class, what it
//! costs, who may claim how much and until when, and whom to ask. Figures come from the tables.

use std::fs;
use std::path::Path;

use e2e::release::copy;
use e2e::{Page, Visit, dist, journey, tried};
use subsidy_checker::rules::{Range, TABLES};
use subsidy_checker::text::{Language, Text, built_in};

fn text(language: Language) -> Text {
    built_in(language).unwrap()
}

/// What everybody has to find there.
fn essentials(language: Language) -> Vec<String> {
    let text = text(language);
    let (course, regulation) = (TABLES.courses.last().unwrap(), TABLES.subsidies.last().unwrap());
    let catalogue = TABLES.catalogues.last().unwrap();
    let row = catalogue.rows.iter().find(|row| row.occupation == course.occupation).unwrap();
    let base = course.level.of(&row.amounts).0;
    let share = regulation.uplift_by(TABLES.cities[0].lists.last().unwrap()).unwrap().0;
    let mut all = vec![text.yuan(Range::exactly(course.training_fee.0 + course.exam_fee.0))];
    all.extend(
        [course.member_fee.0, base, base * share, base + base * share].map(|one| text.yuan(Range::exactly(one))),
    );
    all.extend(regulation.criteria.iter().map(|one| text.get(one.wording.rule).to_owned()));
    all.extend(regulation.validity.to.map(|end| text.date(end)));
    all.push(text.date(course.validity.to.unwrap()));
    all.extend(course.contacts.iter().map(|one| one.phone.to_owned()));
    all
}

#[track_caller]
fn reads(page: &mut Page, language: Language) {
    for words in essentials(language) {
        page.see_anywhere(&words);
    }
}

/// Not begun: nobody is sent to questions that can't be asked.
#[track_caller]
fn offers_no_questions(page: &mut Page) {
    page.not_see_anywhere("我想参加培训班");
    page.not_see_anywhere("I want to join the class");
}

/// The built page without one of its files.
fn without(ending: &str) -> tempfile::TempDir {
    let folder = copy();
    for entry in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().contains(ending) {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    folder
}

/// The policy or the engine refuses the module, as browsers below the floor do.
#[test]
fn below_the_floor() {
    journey("plain-floor", |page| {
        page.before_every_page(
            "['instantiate', 'instantiateStreaming', 'compile', 'compileStreaming'].forEach(function (name) {
                 WebAssembly[name] = function () { return Promise.reject(new WebAssembly.CompileError('refused')); };
             });",
        );
        page.open_unready("");
        reads(page, Language::ZH_HANS);
        offers_no_questions(page);
        page.expect_complaint("the program did not start");
        while page.forgive("console.") {}
    });
}

/// On a line so slow that the program hasn't come after twenty seconds, there is something to read meanwhile.
#[test]
fn a_program_that_is_slow_to_come() {
    journey("plain-slow", |page| {
        // Time runs twenty times as fast.
        page.before_every_page(
            "var real = setTimeout; window.setTimeout = function (what, after) { return real(what, after / 20); };
             var fetched = fetch; window.fetch = function (what) {
                 return /wasm/.test(String(what)) && !window.go ? new Promise(function (done) {
                     window.go = function () { done(fetched(what)); };
                 }) : fetched.apply(this, arguments);
             };",
        );
        page.open_unready("");
        page.see_anywhere("还没有下载完");
        reads(page, Language::ZH_HANS);
        page.see_anywhere("我想参加培训班");
        page.script("window.go();");
        page.wait_until_it_runs();
        page.not_see_anywhere("还没有下载完");
    });
}

/// Below the floor and above it, for real: Chromium 92 refuses the module under the page's policy, 103 runs it.
#[test]
#[ignore = "fetches two old browsers; part of --long"]
fn old_browsers() {
    for (package, runs) in [("chrome-aws-lambda", false), ("@sparticuz/chrome-aws-lambda", true)] {
        let shown = old_browser(&tasks::packages::OLD_BROWSERS.folder(package).unwrap());
        assert_eq!(shown.contains("data-ready=\"true\""), runs, "{shown}");
        assert_eq!(shown.contains("data-failed=\"true\""), !runs, "{shown}");
    }
}

/// What an old browser makes of the page.
fn old_browser(package: &Path) -> String {
    use std::process::Command;
    let unpack = |name: &str| {
        let (packed, file) = (package.join(format!("bin/{name}.br")), package.join("bin").join(name));
        let script = "const fs = require('fs'), [from, to] = process.argv.slice(1);
            fs.writeFileSync(to, require('zlib').brotliDecompressSync(fs.readFileSync(from)));";
        assert!(Command::new("node").args(["-e", script]).args([&packed, &file]).status().unwrap().success());
        file
    };
    let program = unpack("chromium");
    for archive in [unpack("aws.tar"), unpack("swiftshader.tar")] {
        let done = Command::new("tar").arg("-xf").arg(archive).current_dir(package.join("bin")).status().unwrap();
        assert!(done.success());
    }
    let mut rights = fs::metadata(&program).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    fs::set_permissions(&program, rights).unwrap();
    let server = tasks::server::Server::on_loopback(tasks::server::Site::new(&dist())).unwrap();
    let mut shown = String::new();
    // It writes down what there is when its own time is up, and that doesn't wait for the program: again until it is decided.
    for _ in 0..10 {
        let profile = tempfile::tempdir().unwrap();
        let output = Command::new(&program)
            .env("LD_LIBRARY_PATH", package.join("bin/lib"))
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--dump-dom"])
            .arg("--virtual-time-budget=20000")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(server.url())
            .output()
            .unwrap();
        shown = String::from_utf8_lossy(&output.stdout).into_owned();
        if ["data-ready=", "data-failed="].iter().any(|decided| shown.contains(decided)) {
            break;
        }
    }
    shown
}

mod every_engine {
    use super::*;

    #[test]
    fn without_web_assembly() {
        for (set, language) in [("zh-CN", Language::ZH_HANS), ("zh-HK", Language::ZH_HANT), ("en", Language::EN)] {
            Visit::default().in_language(set).journey(&format!("plain-no-wasm-{set}"), |page| {
                page.before_every_page("Object.defineProperty(window, 'WebAssembly', { value: undefined });");
                page.open_unready("?as-of=2025-05-10");
                reads(page, language);
                offers_no_questions(page);
                // One language, and the others a tap away.
                for other in Language::ALL.iter().filter(|other| **other != language) {
                    page.not_see_anywhere(&essentials(*other)[6]);
                }
                page.press("English");
                reads(page, Language::EN);
                page.press("简体");
                reads(page, Language::ZH_HANS);
            });
        }
    }

    #[test]
    fn a_program_that_dies_in_the_middle() {
        journey("plain-dies", |page| {
            page.open("?as-of=2025-05-10#q/work-field");
            page.see_heading("您做的是哪一类工作？");
            // Nothing can be shown any more: the next page ends the program.
            page.script(
                "['createElement', 'createElementNS'].forEach(function (name) {
                 document[name] = function () { throw new Error('gone'); };
             });",
            );
            page.script("document.querySelector('.site a').click();");
            page.see_anywhere("没能运行");
            reads(page, Language::ZH_HANS);
            page.expect_complaint("error");
            while page.forgive("") {}
        });
        tried(&["the program is killed in the middle of its work", "the plain page"]);
    }

    /// Extensions and hosts have scripts on the page, some with Wasm of their own. What they throw is nobody's end, be it in a listener
    /// that the program's own doing calls.
    #[test]
    fn errors_of_other_scripts_are_not_its_end() {
        let other = "
            window.e2eThrown = [];
            window.addEventListener('error', function (event) { e2eThrown.push(event.message); });
            document.addEventListener('focusin', function wasm() { throw new Error('wasm of an extension, in a listener'); });
            // (module (import \"a\" \"f\" (func)) (func (export \"g\") call 0) (func (export \"h\") unreachable))
            WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 102, 0, 0,
                3, 3, 2, 0, 0, 7, 9, 2, 1, 103, 0, 1, 1, 104, 0, 2, 10, 10, 2, 4, 0, 16, 0, 11, 3, 0, 0, 11]), { a: { f: function () {
                throw new Error('wasm of an extension, by a call');
            } } }).then(function (made) {
                setTimeout(made.instance.exports.g);
                setTimeout(made.instance.exports.h);
            });";
        let folder = copy();
        fs::write(folder.path().join("wasm-extension.js"), other).unwrap();
        Visit::to(folder.path()).journey("plain-others", |page| {
            page.open("?as-of=2025-05-10#q/work-field");
            page.see_heading("您做的是哪一类工作？");
            page.script(
                "var script = document.createElement('script'); script.src = 'wasm-extension.js'; document.head.append(script);",
            );
            // The call and the trap.
            page.wait_until("return !!window.e2eThrown && e2eThrown.length >= 2;");
            page.press("规则一览");
            page.see_heading("规则一览");
            page.wait_until("return e2eThrown.some(function (one) { return /in a listener/.test(one); });");
            page.back();
            page.see_heading("您做的是哪一类工作？");
            page.not_see_anywhere("没能运行");
            while page.forgive("error") {}
        });
        tried(&["another script on the page throws, with or without Wasm of its own", "nothing; the checker goes on"]);
    }

    #[test]
    fn a_file_that_does_not_arrive() {
        for ending in [".js", ".wasm", ".text", ".css"] {
            let name = if ending == ".js" { "page." } else { ending };
            let folder = without(name);
            Visit::to(folder.path()).journey(&format!("plain-without{ending}"), |page| {
                page.open_unready("");
                if ending == ".css" {
                    // Plain as can be, and nothing else.
                    page.see_anywhere("我想参加培训班");
                    page.not_see_anywhere(&essentials(Language::ZH_HANS)[6]);
                } else {
                    offers_no_questions(page);
                    reads(page, Language::ZH_HANS);
                }
                while page.forgive("") {}
            });
        }
        // Without the loader it is the page without scripts.
        let folder = without("loader.");
        Visit::to(folder.path()).journey("plain-without-loader", |page| {
            page.open_unready("");
            for language in Language::ALL {
                reads(page, *language);
            }
            offers_no_questions(page);
            while page.forgive("") {}
        });
    }

    mod any_tables {
        use super::*;

        #[test]
        fn without_scripts_all_languages_stand_simplified_first() {
            // Nothing can be asked of a page without scripts by way of a script there.
            Visit::default().without_scripts().journey("plain-scriptless", |page| {
                page.open_unready("");
                let shown = page.visible_text();
                let mut rest = shown.as_str();
                for language in Language::ALL {
                    let text = text(*language);
                    let words = |words: String| words.split_whitespace().collect::<String>();
                    let squeezed = words(rest.to_owned());
                    for one in essentials(*language) {
                        assert!(squeezed.contains(&words(one.clone())), "`{one}` is not in {rest}");
                    }
                    // The last regulation may have no known end; every class has one.
                    let (regulation, course) = (TABLES.subsidies.last().unwrap(), TABLES.courses.last().unwrap());
                    let date = text.date(regulation.validity.to.or(course.validity.to).unwrap());
                    rest = rest.split_once(&date).unwrap_or_else(|| panic!("`{date}` doesn't follow in {rest}")).1;
                }
                assert!(!shown.contains("我想参加培训班"), "{shown}");
            });
        }
    }
}
