//! The comparison of two sets of tables: who gets a better or worse result, what is asked and worded otherwise, and how
//! the report shows it.

use std::{collections::BTreeMap, path::Path, process::Command};

use subsidy_checker::{
    diff::{Asked, Difference, Effect, Example, Folder, Of, OtherClass, OtherRules, Pair, Report, Side, Tally},
    people::{Crowd, Person},
    rules::FindingId,
    text::{Language, built_in},
};

use crate::{
    frozen::{self, FOLDER, TABLES, copy},
    people::{CLAIM, but, day},
    tables::replace,
};

const LANGUAGES: [&str; 3] = ["locales/zh-Hans.toml", "locales/zh-Hant.toml", "locales/en.toml"];

/// What fits on one screen.
const LINES: usize = 45;

fn examples() -> Vec<Example> {
    Folder::read(copy().path()).unwrap().examples
}

/// Returns the tables after replacing some texts, without worked examples.
fn folder(changes: &[(&str, &str, &str)]) -> &'static Folder {
    let folder = copy();
    std::fs::remove_dir_all(folder.path().join("rules/cases")).unwrap();
    changes.iter().for_each(|(file, from, to)| replace(folder.path(), file, from, to));
    Box::leak(Box::new(Folder::read(folder.path()).unwrap_or_else(|error| panic!("{error}"))))
}

/// Returns the tables and the same tables after replacing some texts.
fn pair(changes: &[(&str, &str, &str)]) -> Pair {
    Pair { old: folder(&[]), new: folder(changes) }
}

fn reverse(Pair { old, new }: Pair) -> Pair {
    Pair { old: new, new: old }
}

fn report(pair: Pair, people: usize) -> Report {
    let mut crowd = Crowd::new(&[pair.old.tables, pair.new.tables], 1);
    pair.report(examples(), std::iter::repeat_with(|| crowd.person()).take(people))
}

/// Returns the whole report, in English.
fn whole(report: &Report) -> String {
    report.whole(built_in(Language::EN).unwrap())
}

fn summary(report: &Report, language: Language) -> String {
    report.summary(built_in(language).unwrap())
}

#[track_caller]
fn has_line(told: &str, line: &str) {
    assert!(told.lines().any(|one| one == line), "no line\n{line}\nin\n{told}");
}

/// Compares the project's tables with the same tables after replacing a text. Checks for one finding whether people
/// get a better, a worse and another result, and that the report contains a line.
#[track_caller]
fn check(changes: &[(&str, &str, &str)], finding: FindingId, signs: [bool; 3], line: &str) {
    let report = report(pair(changes), 4_000);
    let told = whole(&report);
    let Tally { gain, lose, other, .. } = report.findings.get(&Of::Finding(finding)).copied().unwrap_or_default();
    assert_eq!([gain, lose, other].map(|count| 0 < count), signs, "{told}");
    has_line(&told, line);
    assert!(report.differs());
    // The reverse is the reverse.
    let back = self::report(reverse(report.pair), 4_000);
    let back = back.findings.get(&Of::Finding(finding)).copied().unwrap_or_default();
    assert_eq!((back.gain > 0, back.lose > 0, back.other > 0), (signs[1], signs[0], signs[2]));
}

#[test]
fn the_same_tables_make_no_difference() {
    let report = report(pair(&[]), 2_000);
    assert!(!report.differs());
    assert!(100 < report.examples && report.findings.is_empty() && report.kinds.is_empty());
    let version = TABLES.version;
    let told = format!(
        "Rules and wording are the same: rule tables, version {version}.\n\n\
         Of 2,000 random people, nobody gets another result.\n\n\
         All {} worked examples come out the same.\n\n\
         Questions and their answers are the same.\n\n\
         The wording is the same.\n\n\
         The files in rules/ say the same.",
        report.examples
    );
    assert_eq!(summary(&report, Language::EN), told);
    assert_eq!(whole(&report), told);
}

#[test]
fn a_higher_amount() {
    check(
        &[("rules/occupations.toml", "\"2400\", \"3000\", \"3600\"", "\"3000\", \"3000\", \"3600\"")],
        FindingId::Subsidy,
        // After the rules' end the amount stands only in what the last known ones would give: nobody gains by that.
        [true, false, true],
        "    Meets subsidy conditions (better): Met, 3120 yuan → Met, 3900 yuan",
    );
}

#[test]
fn a_lower_age() {
    check(
        &[("rules/subsidy.toml", "{ question = \"age\", to = 60 }", "{ question = \"age\", to = 59 }")],
        FindingId::Subsidy,
        [false, true, true],
        "    Meets subsidy conditions (worse): Met, 3120 yuan → Not met (S1 Age)",
    );
}

/// A higher fee is a loss. The net cost isn't reported, because it would count the same twice.
#[test]
fn a_higher_fee() {
    let changes = [("rules/course.toml", "member-fee = \"3120\"", "member-fee = \"3300\"")];
    // Of a class that is past the fee isn't known, before and after; only what it was is told otherwise.
    check(&changes, FindingId::CourseFee, [false, true, true], "#   Met, 3120 yuan → Met, 3300 yuan");
    let report = report(pair(&changes), 2_000);
    assert_eq!(report.findings.keys().collect::<Vec<_>>(), [&Of::Finding(FindingId::CourseFee)]);
    assert_eq!(report.changed, report.findings[&Of::Finding(FindingId::CourseFee)]);
}

/// The fee was uncertain and possibly low before, and is certain and high now: the amount counts, not the
/// certainty.
#[test]
fn a_fee_that_is_certain_and_high_is_no_gain() {
    let member = "{ question = \"employer-member\", is = [\"yes\"] }";
    let pair = pair(&[("rules/course.toml", member, "{ any = [{ question = \"age\", from = 120 }] }")]);
    let somebody = person("2025-05-10", &[("goal", "enrol"), ("works-in", "zhuhai"), ("age", "30")]);
    let report = pair.report(vec![], [somebody]);
    assert_eq!(report.changed, Tally { lose: 1, ..Tally::default() });
    has_line(&whole(&report), "#   Not certain, 3120 to 3500 yuan → Met, 3500 yuan (C2 Member fee (会员优惠价))");
}

#[test]
fn a_shorter_deadline() {
    check(
        &[("rules/subsidy.toml", "within-months = 12", "within-months = 11")],
        FindingId::Subsidy,
        [false, true, true],
        "    Meets subsidy conditions (other): last day to claim: 31 July 2026 → 30 June 2026",
    );
}

#[test]
fn an_easier_way_to_the_exam() {
    check(
        &[(
            "rules/exam.toml",
            "{ question = \"years-worked\", from = 10 }",
            "{ question = \"years-worked\", from = 9 }",
        )],
        FindingId::MaySit,
        [true, false, true],
        "clauses = [\"E3\"]",
    );
}

#[test]
fn an_information_less() {
    let block = "[[information]]\nclause = \"X4\"\ngoals = [\"exam\", \"claim\"]";
    let fewer = block.replace("\"exam\", ", "");
    let pair = pair(&[("rules/information.toml", block, &fewer)]);
    let report = pair.report(vec![], [person("2025-05-10", &[("goal", "exam")])]);
    assert_eq!(report.changed, Tally { other: 1, ..Tally::default() });
    has_line(&whole(&report), "#   gone: X4");
}

/// The next class, as a block before the present one.
fn next_class() -> String {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("rules/course.toml")).unwrap();
    let block = text.split_once("[[course]]\n").map(|(_, block)| format!("[[course]]\n{block}\n")).unwrap();
    block.replace("2025-04", "2026-04").replace("2025-07", "2026-07").replace("2025-09", "2026-09")
}

/// On the days of the next class the one before is over by the old tables, and the reverse. Nobody loses by a class
/// that is over, and nobody gains by the next one: it is another class.
#[test]
fn a_class_that_is_over_is_no_loss() {
    let class = format!("{}[[course]]\n", next_class());
    let pair = pair(&[("rules/course.toml", "[[course]]\n", &class)]);
    for (pair, expected, words) in
        [(pair, OtherClass::Next, "有了下一期"), (reverse(pair), OtherClass::Over, "这一期已经结束")]
    {
        let report = report(pair, 2_000);
        assert_eq!((report.changed.gain, report.changed.lose), (0, 0), "{}", whole(&report));
        assert!(0 < report.changed.class);
        let effects: Vec<_> = report.kinds.keys().map(|kind| kind.effect).filter(|one| *one != Effect::Other).collect();
        assert!(effects.iter().all(|effect| *effect == Effect::Class(expected)) && !effects.is_empty(), "{effects:?}");
        let told = summary(&report, Language::ZH_HANS);
        assert!(told.contains(&format!("\n  能不能报名这一期（{words}）：")), "{told}");
    }
    // Before its first day the class of 2025 isn't announced; without it, the next one isn't either.
    let only = folder(&[("rules/course.toml", "2025-04-03", "2025-04-05")]);
    let day_of_notice = person("2025-04-04", &[("goal", "enrol")]);
    let later = Pair { new: only, ..pair }.report(vec![], [day_of_notice.clone()]);
    assert!(later.kinds.keys().any(|kind| kind.effect == Effect::Class(OtherClass::NotYet)), "{}", whole(&later));
    let sooner = Pair { old: only, new: pair.old }.report(vec![], [day_of_notice]);
    assert!(sooner.kinds.keys().any(|kind| kind.effect == Effect::Class(OtherClass::Announced)), "{}", whole(&sooner));
}

/// A cheaper class on the same day is better: both tables have one.
#[test]
fn two_classes_of_one_day_are_compared() {
    let pair = pair(&[("rules/course.toml", "\nsource = \"notice\"\nfrom", "\nsource = \"standards-2023\"\nfrom")]);
    let report = report(pair, 1_000);
    assert_eq!(report.changed.class, 0, "{}", whole(&report));
}

/// A successor of the regulation, from 2026 on, with another age and a new question: at most three subsidies in a life.
fn successor() -> &'static Folder {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("rules/subsidy.toml")).unwrap();
    let (_, block) = text.split_once("[[subsidy]]\n").unwrap();
    let criterion = "[[subsidy.criterion]]\nclause = \"S14\"\nbasis = \"regulation\"\ntaken = \"wholly\"\n\
                     when = { question = \"paid-in-life\", to = 2 }\n\n";
    let before = "[[subsidy.criterion]]\nclause = \"S9\"";
    let successor = format!("[[subsidy]]\n{block}\n[[subsidy]]\n")
        .replacen("from = 2023-08-15\nto = 2025-12-31", "from = 2026-01-01", 1)
        .replacen("to = 60 }", "to = 63 }", 1)
        .replacen(before, &format!("{criterion}{before}"), 1);
    let question = "[[question]]\nid = \"paid-in-life\"\nfrom = 0\nto = 20\n\n[[question]]\nid = \"front-line-post\"";
    let mut changes = vec![
        ("rules/subsidy.toml", "[[subsidy]]\n".to_owned(), successor),
        ("rules/questions.toml", "[[question]]\nid = \"front-line-post\"".to_owned(), question.to_owned()),
    ];
    for file in LANGUAGES {
        for (key, words) in [
            (
                "[question.front-line-post]",
                "[question.paid-in-life]\ntitle = \"领过几次？\"\nshort = \"领过的次数\"\nwhy = \"最多三次。\"\n\n",
            ),
            (
                "[criterion.S9]",
                "[criterion.S14]\ntitle = \"领过的次数\"\nrule = \"以前最多领过{0}次。\"\nassumed = \"没有领满\"\nrefused = \"已经领满。\"\n\n",
            ),
        ] {
            changes.push((file, key.to_owned(), format!("{words}{key}")));
        }
    }
    let changes: Vec<_> = changes.iter().map(|(file, from, to)| (*file, from.as_str(), to.as_str())).collect();
    folder(&changes)
}

/// Where the old rules have ended, a successor is compared with what they would have given: who gets the same is neither
/// better nor worse off for being told, and who doesn't is.
#[test]
fn a_successor_is_compared_with_the_rules_that_ended() {
    let pair = Pair { old: folder(&[]), new: successor() };
    let claim = |pair: Pair, others: &str| {
        let said = but(CLAIM, &format!("certificate-date=2025-07-31;{others}"));
        pair.report(vec![], [Person { said, as_of: day("2026-02-01") }])
    };
    let effects = |report: &Report| report.kinds.keys().map(|kind| kind.effect).collect::<Vec<_>>();
    // The same, a new reason against it, and an age that is young enough now.
    for (others, effect, back, words) in [
        (
            "paid-in-life=0",
            Effect::Rules(OtherRules::Known),
            Effect::Rules(OtherRules::Ended),
            "待定（照原规则：符合，1000至4680元） → 符合，1000至4680元",
        ),
        ("paid-in-life=3", Effect::Lose, Effect::Gain, " → 不符合（S14 领过的次数）"),
        ("paid-in-life=0;age=62;sex=male", Effect::Gain, Effect::Lose, "待定（照原规则：不符合） → "),
    ] {
        let report = claim(pair, others);
        assert!(effects(&report).contains(&effect), "{others}\n{}", whole(&report));
        let told = report.whole(built_in(Language::ZH_HANS).unwrap());
        assert!(told.contains(words), "{words}\n{told}");
        let report = claim(reverse(pair), others);
        assert!(effects(&report).contains(&back), "{others}\n{}", whole(&report));
    }
    let report = report(pair, 4_000);
    let Tally { gain, lose, rules, .. } = report.changed;
    // Most people are told the same as before, now by rules that hold.
    assert!(10 * (gain + lose) < rules, "{}", whole(&report));
    assert_eq!(report.questions, [Asked { name: "paid-in-life", difference: Difference::New }]);
}

/// Tables without the question whether a subsidy was paid this year, and without the criterion that asks it.
fn without_a_question() -> &'static Folder {
    let text = |file: &str| std::fs::read_to_string(Path::new(FOLDER).join(file)).unwrap();
    // A block of a file, up to the next one.
    let block = |file: &str, begin: &str| {
        let text = text(file);
        let (_, rest) = text.split_once(begin).unwrap_or_else(|| panic!("{file} has no `{begin}`"));
        let end = rest.find("\n[").map_or(rest.len(), |end| end + 1);
        format!("{begin}{}", &rest[..end])
    };
    let question = block("rules/questions.toml", "[[question]]\nid = \"paid-this-year\"\n");
    let criterion = block("rules/subsidy.toml", "[[subsidy.criterion]]\nclause = \"S8\"\n");
    let mut changes = vec![("rules/questions.toml", question), ("rules/subsidy.toml", criterion)];
    for file in LANGUAGES {
        changes.push((file, block(file, "[question.paid-this-year]\n")));
        changes.push((file, block(file, "[criterion.S8]\n")));
    }
    let changes: Vec<_> = changes.iter().map(|(file, from)| (*file, from.as_str(), "")).collect();
    folder(&changes)
}

/// Everybody is compared, whatever they say to a question that only one of the tables asks.
#[test]
fn a_new_question_is_left_out_on_the_old_side() {
    let pair = Pair { old: without_a_question(), new: folder(&[]) };
    let paid = |answer: &str| {
        let said = but(CLAIM, &format!("paid-this-year={answer}"));
        pair.report(vec![], [Person { said, as_of: day("2025-09-01") }])
    };
    // Without an obstacle by the new criterion the subsidy is the same, and a criterion more is told.
    assert_eq!(paid("no").changed, Tally { other: 1, ..Tally::default() });
    let report = paid("yes");
    assert_eq!(report.changed, Tally { lose: 1, ..Tally::default() });
    assert!(report.left_out.is_empty(), "a question isn't a value that is missing");
    assert_eq!(report.questions, [Asked { name: "paid-this-year", difference: Difference::New }]);
    let told = summary(&report, Language::ZH_HANS);
    has_line(&told, "  新增“今年已领过”（paid-this-year）：是、否。旧规则不问，旧的一边不看这一项。");
    assert!(told.contains("今年已领过=是（旧规则不问）"), "{told}");
    assert!(told.contains("→ 不符合（S8 每年一次）"), "{told}");

    let back =
        reverse(pair).report(vec![], [Person { said: but(CLAIM, "paid-this-year=yes"), as_of: day("2025-09-01") }]);
    assert_eq!(back.changed, Tally { gain: 1, ..Tally::default() });
    let told = summary(&back, Language::ZH_HANS);
    has_line(&told, "  去掉“今年已领过”（paid-this-year）。新规则不问，新的一边不看这一项。");
    assert!(told.contains("今年已领过=是（新规则不问）"), "{told}");

    let report = self::report(pair, 2_000);
    assert_eq!(report.people, 2_000);
    assert!(0 < report.changed.lose && report.changed.gain == 0, "{}", whole(&report));
}

/// Tables with another place of household.
fn another_household() -> &'static Folder {
    let values = "values = [\"zhuhai\", \"guangdong\", \"elsewhere\", \"hk-mo-tw\"]";
    let more = values.replace("\"hk-mo-tw\"", "\"hk-mo-tw\", \"hengqin\"");
    let mut changes = vec![("rules/questions.toml", values, more.as_str())];
    for file in LANGUAGES {
        changes.push((file, "value.hk-mo-tw = ", "value.hengqin = \"横琴\"\nvalue.hk-mo-tw = "));
    }
    folder(&changes)
}

/// Who gives an answer that one of the tables doesn't have is compared as if that side hadn't been answered, and it is
/// said how many they are.
#[test]
fn an_answer_that_only_one_has_is_open_on_the_other() {
    let (old, new) = (folder(&[]), another_household());
    let by = |side| if side == Side::Old { Pair { old, new } } else { Pair { old: new, new: old } };
    for side in [Side::Old, Side::New] {
        let report = report(by(side), 2_000);
        let [(left_out, count)] = &report.left_out.iter().collect::<Vec<_>>()[..] else {
            panic!("{:?}", report.left_out)
        };
        assert_eq!((left_out.side, left_out.question.as_str()), (side, "household"));
        assert!(100 < **count && report.people == 2_000 && report.differs());
        let told = summary(&report, Language::ZH_HANS);
        let (changes, one, other) = if side == Side::Old {
            ("新增横琴", "旧规则", "旧的")
        } else {
            ("去掉横琴", "新规则", "新的")
        };
        has_line(&told, &format!("  “户籍”（household）：{changes}"));
        has_line(&told, &format!("    {count}人选的回答，{one}没有；{other}一边当作没回答。"));
    }
    // With a household that decides nothing the subsidy is refused; by the old rules it is open.
    let said = but(CLAIM, "household=hengqin;works-in=elsewhere;insurance=none;unemployment-registered=no");
    let report = by(Side::Old).report(vec![], [Person { said, as_of: day("2025-09-01") }]);
    assert_eq!(report.changed, Tally { lose: 1, ..Tally::default() });
    let told = summary(&report, Language::ZH_HANS);
    assert!(told.contains("户籍=横琴（旧规则没有这个回答）"), "{told}");
}

/// A wider range of numbers is a change of the question, and its numbers are tried.
#[test]
fn another_range_of_numbers() {
    let pair =
        pair(&[("rules/questions.toml", "id = \"age\"\nfrom = 0\nto = 120", "id = \"age\"\nfrom = 0\nto = 130")]);
    let report = report(pair, 2_000);
    assert_eq!(report.questions, [Asked { name: "age", difference: Difference::Kind }]);
    assert!(0 < report.left_out.values().sum::<u64>());
    has_line(&summary(&report, Language::ZH_HANS), "  “年龄（周岁）”（age）的回答：0到120 → 0到130");
}

#[test]
fn a_corrected_sentence() {
    let (from, to) = ("您已经毕业离校（不再是全日制学生）", "您已经毕业离校，不再是全日制学生");
    let pair = pair(&[("locales/zh-Hans.toml", from, to)]);
    assert_ne!(pair.old.tables.version, pair.new.tables.version, "wording counts as much as the rules");
    let report = report(pair, 500);
    assert!(report.changed == Tally::default() && report.differs());
    let [sentence] = &report.wording.changed[..] else { panic!("{:?}", report.wording) };
    assert_eq!(sentence.key, "question.full-time-student.changed");
    assert_eq!(sentence.words, BTreeMap::from([("zh-Hans", (from, to))]));
    // In the language of the report, or the one that differs.
    for (language, lines) in [
        (
            Language::ZH_HANS,
            [
                "  question.full-time-student.changed（只改了zh-Hans）".to_owned(),
                format!("    旧：{from}"),
                format!("    新：{to}"),
            ],
        ),
        (
            Language::EN,
            [
                "  question.full-time-student.changed (only zh-Hans)".to_owned(),
                format!("    old: {from}"),
                format!("    new: {to}"),
            ],
        ),
    ] {
        let told = summary(&report, language);
        lines.iter().for_each(|line| has_line(&told, line));
    }
}

/// What changes nobody's result and no sentence, and is told all the same.
#[test]
fn another_telephone_number() {
    let list = "occupations = [\n";
    let pair = pair(&[
        ("rules/course.toml", "13824120136", "13800000000"),
        ("rules/occupations.toml", list, "occupations = [\n    \"6-31-01-03-new\",\n"),
        (
            "rules/occupations.toml",
            "[[occupation]]\n",
            "[[occupation]]\nid = \"6-31-01-03-new\"\nname = \"虚构\"\n\n[[occupation]]\n",
        ),
    ]);
    let report = pair.report(vec![], []);
    assert!(report.differs());
    let told = summary(&report, Language::ZH_HANS);
    has_line(&told, "规则表里有3处不同：");
    has_line(&told, "  course.toml：course 2025-04-03 contact 2 phone：13824120136 → 13800000000");
    has_line(&told, "  occupations.toml：新增occupation 6-31-01-03-new");
    has_line(&told, "  occupations.toml：shortage 2022-01-01 occupations：新增6-31-01-03-new");
}

/// No further answer of a sample can be removed, and the sample still shows the same change.
#[test]
fn the_shortest_answers() {
    let pair = pair(&[("rules/subsidy.toml", "question = \"age\", from = 16", "question = \"age\", from = 17")]);
    let report = report(pair, 4_000);
    assert!(!report.kinds.is_empty());
    for (kind, sample) in &report.kinds {
        let same = |person: &Person| report.pair.changes(person).iter().any(|one| one.kind() == *kind);
        assert!(same(&sample.person), "{kind:?}");
        for question in sample.person.said.keys().filter(|question| *question != "goal") {
            let mut fewer = sample.person.clone();
            fewer.said.remove(question);
            assert!(!same(&fewer), "{question} of {kind:?} can be left out");
        }
    }
    let told = whole(&report);
    assert!(told.contains("answers = { goal = \"enrol\", age = 16 }\n"), "{told}");
    // What is pasted is read.
    let pasted: Vec<&str> = told.split("\n\n# ").skip(1).collect();
    assert_eq!(pasted.len(), report.kinds.len());
    for case in pasted {
        let parsed: toml::Table = toml::from_str(&format!("# {case}")).unwrap_or_else(|error| panic!("{case}{error}"));
        assert_eq!(parsed["case"].as_array().map(Vec::len), Some(1), "{case}");
    }
}

/// However much differs, the summary is one screen in each language, and says how to see the rest.
#[test]
fn the_summary_is_one_screen() {
    let class = format!("{}[[course]]\n", next_class());
    let text = std::fs::read_to_string(Path::new(FOLDER).join("locales/zh-Hans.toml")).unwrap();
    let sentences: Vec<&str> =
        text.lines().filter(|line| line.starts_with("rule = \"") || line.starts_with("why = \"")).collect();
    let others: Vec<String> = sentences.iter().map(|line| line.replacen(" = \"", " = \"另外，", 1)).collect();
    let mut changes = vec![
        ("rules/course.toml", "[[course]]\n", class.as_str()),
        ("rules/course.toml", "member-fee = \"3120\"", "member-fee = \"3300\""),
        ("rules/subsidy.toml", "{ question = \"age\", to = 60 }", "{ question = \"age\", to = 59 }"),
        ("rules/subsidy.toml", "within-months = 12", "within-months = 11"),
        ("rules/exam.toml", "{ question = \"years-worked\", from = 10 }", "{ question = \"years-worked\", from = 9 }"),
        ("rules/exam.toml", "{ question = \"theory-score\", from = 60 }", "{ question = \"theory-score\", from = 61 }"),
    ];
    changes.extend(sentences.iter().zip(&others).map(|(from, to)| ("locales/zh-Hans.toml", *from, to.as_str())));
    let report = report(Pair { old: without_a_question(), new: folder(&changes) }, 4_000);
    assert!(8 < report.kinds.len() && 50 < report.wording.changed.len() && 20 < report.changed_examples.len());
    for (language, hint) in
        [(Language::ZH_HANS, "加 --all"), (Language::ZH_HANT, "加 --all"), (Language::EN, "--all lists")]
    {
        let told = summary(&report, language);
        assert!(told.lines().count() <= LINES, "{} lines\n{told}", told.lines().count());
        let columns = |line: &str| line.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum::<usize>();
        for line in told.lines() {
            assert!(columns(line) <= 120, "{} columns\n{line}", columns(line));
        }
        assert!(told.lines().last().is_some_and(|last| last.starts_with(hint)), "{told}");
        assert!(told.lines().count() < report.whole(built_in(language).unwrap()).lines().count());
    }
}

/// The words of this command are in a file that the page doesn't have.
#[test]
fn the_page_has_none_of_these_words() {
    let set = &frozen::SET;
    let told = summary(&report(pair(&[]), 1), Language::EN);
    let last = told.lines().last().unwrap();
    let has = |file: &[u8]| String::from_utf8_lossy(file).contains(last);
    assert!(set.languages.files().iter().all(|(_, file)| !has(file)));
    assert_eq!(set.languages.files_of_command_line().iter().filter(|(_, file)| has(file)).count(), 1);
}

fn person(as_of: &str, said: &[(&str, &str)]) -> Person {
    let said = said.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    Person { said, as_of: day(as_of) }
}

/// Returns the exit status of the program, its standard output and its standard error.
fn run(old: &Path, new: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    let output = command.arg("diff").args([old, new]).args(["--people", "500"]).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_says_it_by_its_exit_status() {
    let (old, folder) = (copy(), copy());
    let root = old.path();
    let other = folder.path();
    let (status, told, error) = run(root, &other.join("rules"), &[]);
    assert_eq!((status, error.as_str()), (Some(0), ""), "{told}");

    // A sentence alone is a difference, too.
    replace(other, "locales/en.toml", "changed = \"", "changed = \"by then, ");
    let (status, told, error) = run(root, other, &["--lang", "en"]);
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    has_line(&told, "Of 500 random people, nobody gets another result.");
    has_line(&told, "  question.full-time-student.changed (only en)");

    // An example that only the old tables have is tried, too.
    replace(other, "rules/cases/claim.toml", "16: just old enough", "another name");
    replace(other, "rules/subsidy.toml", "question = \"age\", from = 16", "question = \"age\", from = 17");
    let (status, told, error) = run(&root.join("rules"), other, &["--all"]);
    assert_eq!((status, error.as_str()), (Some(1), ""), "{told}");
    for name in ["16: just old enough", "another name"] {
        let words = "是否符合补贴条件（变差）：符合，3120元 → 不符合（S1 年龄）";
        assert!(told.contains(&format!("  claim.toml：{name}\n    {words}\n")), "{told}");
    }

    replace(other, "rules/course.toml", "level = 3", "level = 0");
    replace(other, "rules/course.toml", "exam-fee = \"500\"", "exam-fee = 500");
    let (status, told, error) = run(root, other, &[]);
    assert_eq!((status, told.as_str()), (Some(2), ""), "{error}");
    assert!(error.starts_with(&format!("error: in NEW (`{}`):\nrules/course.toml:", other.display())), "{error}");
    assert!(error.contains("there is no level 0") || error.contains("integer `500`"), "{error}");
    assert!(error.contains("\n  中文："), "{error}");
    assert!(error.trim_end().contains("in the tables\n  中文：表里有"), "{error}");

    let (status, _, error) = run(&other.join("locales"), root, &[]);
    assert_eq!(status, Some(2));
    assert!(error.contains("has no tables. Give a folder with rules/ and locales/ in it, or its rules/"), "{error}");

    let bad = copy();
    replace(bad.path(), "rules/cases/exam.toml", "as-of = 2025", "as-off = 2025");
    let (status, _, error) = run(root, bad.path(), &[]);
    assert_eq!(status, Some(2));
    assert!(error.contains("rules/cases/exam.toml: missing field `as-of`"), "{error}");
}
