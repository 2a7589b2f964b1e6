//! The changes of the trial, as staff of the association would write them, and the copy of the project that they are made in.
//!
//! All of it is invented.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, iter};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use tempfile::TempDir;

/// A copy of the tables of the tests, to be changed.
pub struct Copy(TempDir);

const LANGUAGES: [&str; 3] = ["locales/zh-Hans.toml", "locales/zh-Hant.toml", "locales/en.toml"];

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir().unwrap();
        tables::frozen::copy(&tasks::root(), folder.path()).unwrap();
        Copy(folder)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    /// Replaces the first occurrence of a text.
    #[track_caller]
    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(self.0.path().join(file), text.replacen(from, to, 1)).unwrap();
    }

    #[track_caller]
    fn insert(&self, file: &str, before: &str, new: &str) {
        self.replace(file, before, &format!("{new}{before}"));
    }

    /// Inserts wording into every language.
    #[track_caller]
    fn word(&self, before: &str, chinese: &str, english: &str) {
        for (file, new) in LANGUAGES.iter().zip([chinese, &traditional(chinese), english]) {
            self.insert(file, before, new);
        }
    }

    fn source(&self, id: &str, title: &str) {
        let hant = traditional(title);
        let source = format!("[[source]]\nid = \"{id}\"\ntitle = \"{title}\"\ntitle-hant = \"{hant}\"\n\n");
        self.insert("rules/sources.toml", "[[source]]\n", &source);
    }

    /// Puts a copy of a block behind it, with other values. The block ends where another kind begins, or the file.
    #[track_caller]
    fn successor(&self, file: &str, header: &str, end: &str, changes: &[(&str, &str)]) {
        let text = self.read(file);
        let (before, block) = text.split_once(header).unwrap();
        let block = block.split_once(end).map_or(block, |(block, _)| block);
        let new = changes.iter().fold(block.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{file} has no `{from}` in {header}");
            text.replace(from, to)
        });
        fs::write(self.0.path().join(file), format!("{before}{header}{new}\n{}", &text[before.len()..])).unwrap();
    }
}

/// Returns simplified Chinese in traditional characters.
fn traditional(words: &str) -> String {
    OpenCC::from_config(BuiltinConfig::S2t).unwrap().convert(words)
}

fn next_class(copy: &Copy) {
    copy.source("notice-2026", "关于开展2026年第1期人工智能训练师(三级)技能培训班的通知");
    copy.successor(
        "rules/course.toml",
        "[[course]]\n",
        "\0",
        &[
            ("\"notice\"\nfrom = 2025-04-03\nto = 2025-07-10", "\"notice-2026\"\nfrom = 2026-03-01\nto = 2026-06-30"),
            ("number = 3 #", "number = 1 #"),
            ("training-fee = \"3000\"", "training-fee = \"3300\""),
            ("exam-fee = \"500\"", "exam-fee = \"480\""),
            ("member-fee = \"3120\"", "member-fee = \"3333\""),
            ("三级软协第3期", "三级软协第1期"),
            ("2025年4月中旬", "2026年4月中旬"),
            ("mid-April 2025", "mid-April 2026"),
            ("7月初", "6月底"),
            ("early July", "late June"),
            ("starts-from = 2025-04-11\nstarts-to = 2025-04-20", "starts-from = 2026-04-11\nstarts-to = 2026-04-20"),
            ("claims-from = 2025-07-01\nclaims-to = 2025-09-30", "claims-from = 2026-06-01\nclaims-to = 2026-08-31"),
            ("17377872077", "10000000001"),
        ],
    );
}

const CITY: &str = "\n        { all = [\n            { listed = \"shortage\", place = \"guangzhou\" },\n            \
                    { question = \"insurance\", is = [\"guangzhou-employee\"] },\n        ] },";

fn second_city(copy: &Copy) {
    copy.source("shortage-guangzhou", "广州市紧缺职业目录（2026年）");
    let questions = "rules/questions.toml";
    copy.insert(questions, "\"elsewhere\", \"not-working\"]\n", "\"guangzhou\", ");
    copy.insert(questions, "\"elsewhere\", \"hk-mo-tw\"]", "\"guangzhou\", ");
    copy.insert(questions, "\"zhuhai-flexible\",\n", "\"guangzhou-employee\",\n    ");
    let regulation = "rules/subsidy.toml";
    copy.insert(regulation, "\"guangdong\"] },\n    { all = [\n        { any = [", "\"guangzhou\", ");
    copy.insert(regulation, "\"guangdong-employee\"], open = [\"zhuhai-resident\"", "\"guangzhou-employee\", ");
    copy.insert(regulation, "\"guangdong\"], open = [\"elsewhere\", \"not-working\"", "\"guangzhou\", ");
    copy.insert(regulation, "\n        { all = [\n            { listed = \"shortage\"", CITY);
    let place = "[[subsidy.place]]\nid = \"guangzhou\"\n[subsidy.place.when]\nany = [\n    \
                 { question = \"household\", is = [\"guangzhou\"] },\n    \
                 { question = \"insurance\", is = [\"guangzhou-employee\"] },\n    \
                 { question = \"works-in\", is = [\"guangzhou\"] },\n]\n\n";
    copy.insert(regulation, "[[subsidy.place]]\nid = \"other-guangdong\"", place);
    let list = "[[shortage]]\nsource = \"shortage-guangzhou\"\nplace = \"guangzhou\"\nfrom = 2026-01-01\n\
                complete = true\noccupations = [\"4-04-05-05\"]\nrule = \"广州另有目录。\"\n\
                rule-hant = \"廣州另有目錄。\"\nrule-en = \"Guangzhou has a list of its own.\"\n";
    fs::write(copy.0.path().join("rules/occupations.toml"), copy.read("rules/occupations.toml") + "\n" + list).unwrap();
    let names = ["value.guangzhou = \"广州\"\n", "value.guangzhou = \"Guangzhou\"\n"];
    copy.word("value.not-working = ", names[0], names[1]);
    copy.word("value.hk-mo-tw = ", names[0], names[1]);
    copy.word(
        "value.zhuhai-flexible = ",
        "value.guangzhou-employee = \"广州，单位交的职工社保\"\n",
        "value.guangzhou-employee = \"Guangzhou, employee insurance\"\n",
    );
    copy.word(
        "[place.other-guangdong]",
        "[place.guangzhou]\nname = \"广州\"\n\n",
        "[place.guangzhou]\nname = \"Guangzhou\"\n\n",
    );
}

/// The criterion of which something was heard that the successor decides.
const PAID: &str = "when = { question = \"paid-this-year\", is = [\"no\"] }\n";

/// The sentences that say who decides on the uplift are worded otherwise.
fn regulation(copy: &Copy) {
    copy.source("regulation-2026-1", "广东省职业技能培训补贴管理办法（2026年）");
    let asked = "[[question]]\nid = \"times-paid\"\nfrom = 0\nto = 20\nunits = [\"次\"]\n\n";
    copy.insert("rules/questions.toml", "[[question]]\nid = \"front-line-post\"", asked);
    copy.word(
        "[question.front-line-post]",
        "[question.times-paid]\ntitle = \"您一共领过几次这项补贴？\"\nshort = \"领过几次\"\n\
         why = \"每人能领的次数有限（S9.1）。\"\n\n",
        "[question.times-paid]\ntitle = \"How many times have you had this subsidy?\"\nshort = \"Times paid\"\n\
         why = \"It is paid a limited number of times (S9.1).\"\n\n",
    );
    copy.word(
        "[criterion.S10]",
        "[criterion.S9-1]\ntitle = \"领过几次\"\nrule = \"以前最多领过{0}次。\"\nassumed = \"以前最多领过{0}次\"\n\
         refused = \"每人一生的次数已经用完。\"\n\n",
        "[criterion.S9-1]\ntitle = \"Times paid\"\nrule = \"It has been paid {0} times at most.\"\n\
         assumed = \"it has been paid {0} times at most\"\nrefused = \"It has been paid as often as it can be.\"\n\n",
    );
    let own = |key: &str, words: &str, english: &str| {
        let hant = traditional(words);
        format!("{key} = \"{words}\"\n{key}-hant = \"{hant}\"\n{key}-en = \"{english}\"\n")
    };
    let places = own(
        "places-rule",
        "户籍地、参保地、工作地，只要在广东，选一处申领；上浮多少，全省一样。",
        "Claim where the household, the insurance or the work is, in Guangdong; the uplift is the same everywhere.",
    );
    let note = own(
        "note",
        "其他城市的紧缺目录，请先问当地人社部门（S11）。",
        "For the shortage lists of other cities ask the bureau there (S11).",
    );
    let uplift = own(
        "rule",
        "证书是三级或更高，发证时职业在当地紧缺目录里，在当地参加职工社保的，补贴上浮{uplift_most}%，全省一样。",
        "With a level-3 or better certificate of an occupation on the city's shortage list that day, and employee \
         insurance in that city, the subsidy rises by {uplift_most} %.",
    );
    copy.successor(
        "rules/subsidy.toml",
        "[[subsidy]]\n",
        "\0",
        &[
            (
                "\"regulation-2023-13\"\nfrom = 2023-08-15\nto = 2025-12-31\nuplift-most = \"0.3\"",
                "\"regulation-2026-1\"\nfrom = 2026-01-01\nuplift-fixed = \"0.2\"",
            ),
            ("\nsuccessor-heard", "\n# successor-heard"),
            (
                "[[subsidy.criterion]]\nclause = \"S1\"\n",
                &format!("{places}\n[[subsidy.criterion]]\nclause = \"S1\"\n"),
            ),
            ("id = \"other-guangdong\"\n", &format!("id = \"other-guangdong\"\n{note}")),
            ("question = \"age\", from = 16", "question = \"age\", from = 18"),
            ("question = \"age\", to = 55", "question = \"age\", to = 58"),
            ("question = \"age\", to = 60", "question = \"age\", to = 63"),
            (
                "# What the uplift needs",
                "[[subsidy.criterion]]\nclause = \"S9.1\"\nbasis = \"regulation\"\ntaken = \"wholly\"\n\
                 when = { question = \"times-paid\", to = 2 }\n\n# What the uplift needs",
            ),
            (PAID, &format!("{PAID}[subsidy.criterion.wording]\nheard = \"\"\n")),
            (
                "clause = \"S11\"\nbasis = \"notice\"\n",
                &format!("clause = \"S11\"\nbasis = \"regulation\"\n[subsidy.criterion.wording]\n{uplift}"),
            ),
        ],
    );
    let cases = "rules/cases/claim.toml";
    fs::write(copy.0.path().join(cases), copy.read(cases) + PAID_BEFORE).unwrap();
}

/// A worked example of the new criterion.
const PAID_BEFORE: &str = "
[[case]]
name = \"paid three times before: no more\"
clauses = [\"S9.1\"]
as-of = 2026-03-01
answers = { goal = \"claim\", times-paid = 3 }
[case.findings.subsidy]
state = \"not-met\"
";

/// Two occupations that were in no table.
pub const NEW: [(&str, &str); 2] = [("4-99-01-01", "无人机装调检修工"), ("4-99-01-02", "云计算运维员")];

fn shortage_list(copy: &Copy) {
    copy.source("shortage-2026", "2026年珠海市技能人才紧缺职业(工种)目录");
    let occupation = |(id, name): &(&str, &str)| {
        let hant = traditional(name);
        format!("[[occupation]]\nid = \"{id}\"\nname = \"{name}\"\nname-hant = \"{hant}\"\nname-en = \"{id}\"\n\n")
    };
    copy.insert("rules/occupations.toml", "[[occupation]]\n", &NEW.iter().map(occupation).collect::<String>());
    let list = format!(
        "[[shortage]]\nsource = \"shortage-2026\"\nplace = \"zhuhai\"\nfrom = 2026-01-01\ncomplete = true\n\
         occupations = [\"4-04-05-05\", \"{}\", \"{}\"]\nrule = \"珠海按省里定的上浮。\"\n\
         rule-hant = \"珠海按省裏定的上浮。\"\nrule-en = \"Zhuhai pays what the province fixes.\"\n\n",
        NEW[0].0, NEW[1].0
    );
    copy.insert("rules/occupations.toml", "[[shortage]]\n", &list);
}

/// The provincial catalogue in full: 510 occupations, every third of class C.
fn catalogue(copy: &Copy) {
    copy.source("catalogue-2026", "广东省职业技能培训补贴（指导）标准目录（2026年版）");
    let file = "rules/occupations.toml";
    let known = copy
        .read(file)
        .split("\noccupation = \"")
        .skip(1)
        .map(|row| row.split('"').next().unwrap().to_owned())
        .collect::<Vec<_>>();
    let invented: Vec<_> = (known.len() + NEW.len()..510).map(|at| format!("9-00-00-{at:03}")).collect();
    let class = |at: usize| ["A", "B", "C"][at % 3];
    let occupations: String = invented
        .iter()
        .map(|id| {
            format!(
                "[[occupation]]\nid = \"{id}\"\nname = \"职业{id}\"\nname-hant = \"職業{id}\"\nname-en = \"{id}\"\n\n"
            )
        })
        .collect();
    let all = known.iter().map(String::as_str).chain(NEW.map(|(id, _)| id)).chain(invented.iter().map(String::as_str));
    // Those of the catalogue so far stay in class A.
    let classes = iter::repeat_n("A", known.len() + NEW.len()).chain((0..).map(class));
    let rows: String = all
        .zip(classes)
        .map(|(id, class)| format!("[[catalogue.row]]\noccupation = \"{id}\"\nclass = \"{class}\"\n\n"))
        .collect();
    let block = format!(
        "[[catalogue]]\nsource = \"catalogue-2026\"\nfrom = 2026-01-01\ncomplete = true\n\
         classes.A = [\"1000\", \"1500\", \"2400\", \"3000\", \"3600\"]\n\
         classes.B = [\"1000\", \"1500\", \"2000\", \"2500\", \"3000\"]\n\
         classes.C = [\"700\", \"900\", \"1100\", \"1300\", \"1700\"]\n\n\
         [[catalogue.criterion]]\nclause = \"S10\"\nbasis = \"notice\"\n\
         [catalogue.criterion.wording]\nheard = \"\"\n[catalogue.criterion.when]\n\
         all = [{{ listed = \"catalogue\" }}, {{ question = \"certificate-level\", answered = true }}]\n\n{rows}"
    );
    copy.replace(file, "from = 2025-01-01\n", "from = 2025-01-01\nto = 2025-12-31\n");
    copy.insert(file, "[[catalogue]]\n", &block);
    copy.insert(file, "[[occupation]]\n", &occupations);
}

fn third_subject(copy: &Copy) {
    let exam = "rules/exam.toml";
    let fee = |amount: &str| format!("[[exam.subject.fee]]\nlevels = [2]\namount = \"{amount}\"\n\n");
    copy.insert(exam, "[[exam.subject]]\nid = \"practice\"", &fee("120"));
    let review = format!(
        "{}[[exam.subject]]\nid = \"review\"\nlevels = [2]\nfailed = {{ question = \"review-score\", to = 59 }}\n{}",
        fee("500"),
        fee("310")
    );
    copy.insert(exam, "[[exam.criterion]]\nclause = \"X1\"", &review);
    let level = "{ question = \"certificate-level\", is = [\"5\", \"4\", \"3\"], open = [\"2\", \"1\"] },";
    let passed = "{ any = [\n        { question = \"certificate-level\", is = [\"5\", \"4\", \"3\"], open = [\"1\"] },\n        \
                  { all = [{ question = \"certificate-level\", is = [\"2\"] }, { question = \"review-score\", from = 60 }] },\n    ] },";
    copy.replace(exam, level, passed);
    let failed = "{ all = [{ question = \"theory-score\", from = 60 }, { question = \"practice-score\", to = 59 }] },";
    let resit = "{ all = [{ question = \"certificate-level\", is = [\"2\"] }, { question = \"theory-score\", from = 60 }] },\n        ";
    copy.insert(exam, failed, resit);
    let levels = "is = [\"4\", \"3\"], open = [\"5\", \"2\", \"1\"] }";
    copy.replace(exam, levels, "is = [\"4\", \"3\", \"2\"], open = [\"5\", \"1\"] }");
    let question = "[[question]]\nid = \"review-score\"\nfrom = 0\nto = 100\nunits = [\"分\"]\nsame-page = true\n\n";
    copy.insert("rules/questions.toml", "[[question]]\nid = \"passed-on\"", question);
    for (file, review) in LANGUAGES.iter().zip(["综合评审", "綜合評審", "review (综合评审)"]) {
        copy.replace(file, "[subject]\n", &format!("[subject]\nreview = \"{review}\"\n"));
    }
    copy.word(
        "[question.passed-on]",
        "[question.review-score]\ntitle = \"综合评审考了多少分？\"\nshort = \"评审成绩\"\nwhy = \"二级还要看综合评审（X1）。\"\n\n",
        "[question.review-score]\ntitle = \"What is the mark of the review?\"\nshort = \"Review\"\n\
         why = \"Level 2 has a review, too (X1).\"\n\n",
    );
}

/// Makes all changes in a copy of the project and builds it, and returns the folder of the page. Copy and results are kept, and only
/// files that differ are written, so that a second run takes seconds.
pub fn built() -> PathBuf {
    let copy = Copy::new();
    // The successor of the regulation has the second city too.
    for change in [next_class, second_city, regulation, shortage_list, catalogue, third_subject] {
        change(&copy);
    }
    tables::read(copy.0.path()).unwrap_or_else(|errors| panic!("{errors}"));
    let (root, target) = (tasks::root(), tasks::root().join("target/trial"));
    let project = target.join("project");
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(&root).output().unwrap().stdout;
    for name in String::from_utf8(listed).unwrap().split_terminator('\0') {
        let changed = copy.0.path().join(name);
        let from = if changed.is_file() { changed } else { root.join(name) };
        write_if_other(&from, &project.join(name));
    }
    let mut dist = xtask::cargo::command(&project);
    let status = dist
        .args(["xtask", "dist"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .status()
        .unwrap();
    assert!(status.success(), "{dist:?}: {status}");
    project.join("dist")
}

fn write_if_other(from: &Path, to: &Path) {
    // A file that was removed from the project and not committed yet isn't there.
    let Ok(content) = fs::read(from) else { return };
    if fs::read(to).ok().as_ref() != Some(&content) {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
    }
}
