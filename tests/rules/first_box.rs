//! The first box of the result: its headline, its state, and its lines.

use subsidy_checker::{
    consultation::Consultation,
    explain::{Explanation, explain},
    text::Language,
};

use crate::{
    frozen::{self, TABLES},
    people::{CLAIM, ENROL, EXAM, answers, but, day},
};

/// Returns the whole explanation in Simplified Chinese.
fn explained(as_of: &str, somebody: &str, others: &str) -> Explanation {
    let consultation = Consultation::new(&TABLES, &answers(&but(somebody, others)), day(as_of));
    explain(frozen::text(Language::ZH_HANS), &TABLES, &consultation, None)
}

/// Returns the explanation as plain text.
fn plain(as_of: &str, somebody: &str, others: &str) -> String {
    explained(as_of, somebody, others).plain(frozen::text(Language::ZH_HANS), as_of, "")
}

/// Checks that a text contains these lines in this order.
#[track_caller]
fn follow(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("`{line}` doesn't follow in {text}")).1;
    }
}

/// Checks the state of the box, and the text of its lines in this order. The first line is the headline.
#[track_caller]
fn check(as_of: &str, (somebody, others): (&str, &str), state: &str, lines: &[&str]) {
    let box_ = explained(as_of, somebody, others);
    let figure = box_.figure.iter().map(|(label, amount)| format!("{label} {amount}"));
    let all: Vec<_> = [box_.headline.clone()].into_iter().chain(box_.notes).chain(figure).chain(box_.below).collect();
    assert_eq!(box_.state.map(|state| state.id()), Some(state), "{all:#?}");
    assert!(box_.headline.contains(lines[0]), "`{}` isn't the headline of {all:#?}", lines[0]);
    let mut rest = all.iter();
    for line in lines {
        assert!(rest.any(|one| one.contains(line)), "`{line}` doesn't follow in {all:#?}");
    }
}

/// Answers that, together with those of `ENROL`, meet everything.
const MET: &str = "years-worked=10;certificate-held=none;years-worked-since-certificate=;education=none;major=;\
                   insurance=zhuhai-employee";

/// A day on which the class can be joined.
const OPEN: &str = "2025-04-05";

/// Checks a person who enrols and meets everything, with some answers replaced.
#[track_caller]
fn enrols(as_of: &str, others: &str, state: &str, lines: &[&str]) {
    check(as_of, (ENROL, &format!("{MET};{others}")), state, lines);
}

#[test]
fn the_worst_of_exam_class_and_subsidy_leads() {
    let c = enrols;
    c(OPEN, "", "met", &["预计能领回3120元", "预计最后自己出 380元", "应该可以报考三级"]);
    // Whoever may not sit the exam sees that first, and amounts only as if.
    let as_if =
        &["还不符合三级（高级工）的一般报考条件", "如果能参加", "预计能领回3120元", "如果能参加，预计最后自己出"];
    c(OPEN, "years-worked=1", "not-met", as_if);
    // A graduate of a college of which nobody knows whether it is an assessed one.
    let graduate = "years-worked=1;education=university;major=matching";
    c(OPEN, graduate, "unknown", &["能不能报考三级（高级工），还不能确定", "预计能领回3120元"]);
    c(OPEN, &format!("{graduate};established-post=yes"), "not-met", &["领不到这项补贴", "还不能确定"]);
    c(
        OPEN,
        "years-worked=1;established-post=yes",
        "not-met",
        &["还不符合三级（高级工）的一般报考条件", "领不到这项补贴"],
    );
    // The class: perhaps begun, begun, over.
    c("2025-04-15", "", "unknown", &["可能已经开班", "预计能领回3120元"]);
    c("2025-05-10", "", "not-met", &["已经开班，不能再报名", "如果能参加", "预计能领回3120元"]);
    c("2025-05-10", "established-post=yes", "not-met", &["已经开班，不能再报名", "领不到这项补贴", "全部自己出"]);
    c("2025-08-01", "", "not-met", &["这一期培训班已经结束（按通知推算，最晚到2025年7月10日），不能再报名"]);
    c(
        "2025-05-10",
        "years-worked=1",
        "not-met",
        &["还不符合三级（高级工）的一般报考条件", "已经开班，不能再报名", "如果能参加"],
    );
    c(OPEN, "insurance=dont-know;household=elsewhere", "unknown", &["能不能领到补贴，还不能确定"]);
}

#[test]
fn a_level_that_is_held_already_is_told_first() {
    let held = |level: u8| format!("years-worked=3;certificate-held={level};years-worked-since-certificate=4");
    let already = "您已经有三级（高级工）证书";
    enrols(OPEN, &held(3), "unknown", &[already, "预计能领回3120元", "应该可以报考三级"]);
    enrols(OPEN, &format!("{};established-post=yes", held(3)), "not-met", &["领不到这项补贴", already]);
    enrols(OPEN, &held(4), "met", &["3120元"]);
}

/// The person's own deadline is shown before the limits of the known rules.
#[test]
fn a_term_that_is_over_is_told_with_its_day() {
    let c = |as_of, issued, others, state, line| {
        check(as_of, (CLAIM, &format!("certificate-date={issued};{others}")), state, &[line]);
    };
    // No catalogue we have is as old as a certificate whose term ended while the regulation held.
    c("2025-12-30", "2024-12-31", "", "unknown", "能不能领到补贴，还不能确定");
    c("2025-12-31", "2024-12-31", "", "unknown", "2025年12月31日正好是申领期限的最后一天");
    c("2025-12-31", "2024-12-31", "established-post=yes", "not-met", "领不到这项补贴");
    c("2025-12-31", "2024-12-30", "", "not-met", "申领期限已经过了：最后一天是2025年12月30日");
    // By rules that have ended.
    c("2026-07-30", "2025-07-31", "", "unknown", "我们查到的补贴规则已经到期");
    c("2026-07-31", "2025-07-31", "", "unknown", "按原来的规则，2026年7月31日正好是申领期限的最后一天");
    c("2026-08-01", "2025-07-31", "", "unknown", "按原来的规则，申领期限已经过了：最后一天是2026年7月31日");
}

#[test]
fn a_subject_that_is_kept_no_longer_is_told_with_its_day() {
    let c = |as_of, line| check(as_of, (EXAM, ""), "not-met", &[line]);
    c("2026-07-04", "补考没合格的那一科");
    c("2026-07-05", "2026年7月5日正好是合格那一科成绩保留的最后一天");
    c("2026-07-06", "合格那一科只保留到2026年7月5日");
    check("2026-07-06", (EXAM, "resit-used=yes"), "not-met", &["考试不合格"]);
}

/// After a passed exam the text shows what to do next, the possible amount, and how to get it.
#[test]
fn whoever_has_passed_hears_what_comes_next() {
    let c = |as_of: &str, lines: &[&str]| {
        follow(&plain(as_of, EXAM, "practice-score=60"), lines);
    };
    c(
        "2025-08-01",
        &["考试合格", "【接下来】", "12个月内申领", "三级（高级工）证书的补贴预计是2400至3120元", "→ 查我能领多少补贴"],
    );
    c(
        "2026-08-01",
        &["考试合格", "【接下来】", "2025年12月31日为止", "照原来的规则", "2400至3120元", "→ 查我能领多少补贴"],
    );
}

/// The text shows both the obstacle and what could change it.
#[test]
fn a_student_from_elsewhere_hears_of_study_first_and_of_the_way_out() {
    let student = format!(
        "{MET};full-time-student=yes;years-worked=0;education=university;major=matching;study-status=final-year;\
         works-in=not-working;household=elsewhere;insurance=none;unemployment-registered=no;age=22"
    );
    check(OPEN, (ENROL, &student), "not-met", &["领不到这项补贴", "您已经毕业离校"]);
    follow(
        &plain(OPEN, ENROL, &student),
        &[
            "“工作地点”变成“珠海”或“广东其他城市”",
            // Nobody who is refused is asked for the age.
            "“社保”变成“珠海，单位交的职工社保”：补贴有可能批准，批准的话预计是3120元",
            "申领要在发证后12个月内",
            "在读期间不能领",
            "（S2.2）",
            "（S3）",
        ],
    );
}
