//! The first box of the result: what leads, whether it counts as met, and what it says.

use subsidy_checker::{
    explain::{Explanation, explain},
    flow,
    rules::{TABLES, assess},
    text::{Language, built_in},
};

use crate::people::{ENROL, answers, but, day};

/// The whole explanation in Simplified Chinese.
fn explained(as_of: &str, somebody: &str, others: &str) -> Explanation {
    let path = flow::replay(&TABLES, &answers(&but(somebody, others)), day(as_of));
    let assessment = assess(&TABLES, &path.used, day(as_of));
    explain(built_in(Language::Simplified).unwrap(), &TABLES, &path, &assessment, None)
}

/// The state of the box, and what stands in its lines, in this order; the first is the headline.
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

/// What somebody of whom everything is met has besides what they begin with.
const MET: &str = "years-worked=10;certificate-held=none;years-worked-since-certificate=;education=none;major=;\
                   insurance=zhuhai-employee";

/// While the class can be joined.
const OPEN: &str = "2025-04-05";

/// Somebody who enrols, with some other answers than those with which everything is met.
#[track_caller]
fn enrols(as_of: &str, others: &str, state: &str, lines: &[&str]) {
    check(as_of, (ENROL, &format!("{MET};{others}")), state, lines);
}

#[test]
fn the_worst_of_exam_class_and_subsidy_leads() {
    let c = enrols;
    c(OPEN, "", "met", &["预计能领回3120元", "预计最后自己出 380元", "应该可以报考三级"]);
    // Whoever may not sit the exam sees that first, and amounts only as if.
    let as_if = &["还不能报考三级", "如果能参加", "预计能领回3120元", "如果能参加，预计最后自己出"];
    c(OPEN, "years-worked=1", "not-met", as_if);
    // A graduate of a college of which nobody knows whether it is an assessed one.
    let graduate = "years-worked=1;education=university;major=matching";
    c(OPEN, graduate, "unknown", &["能不能报考三级（高级工），还不能确定", "预计能领回3120元"]);
    c(OPEN, &format!("{graduate};established-post=yes"), "not-met", &["领不到这项补贴", "还不能确定"]);
    c(OPEN, "years-worked=1;established-post=yes", "not-met", &["还不能报考三级", "领不到这项补贴"]);
    // The class: perhaps begun, begun, over.
    c("2025-04-15", "", "unknown", &["可能已经开班", "预计能领回3120元"]);
    c("2025-05-10", "", "not-met", &["已经开班，不能再报名", "如果能参加", "预计能领回3120元"]);
    c("2025-05-10", "established-post=yes", "not-met", &["已经开班，不能再报名", "领不到这项补贴", "全部自己出"]);
    c("2025-08-01", "", "not-met", &["这一期培训班已经结束（按通知推算，最晚到2025年7月10日），不能再报名"]);
    c("2025-05-10", "years-worked=1", "not-met", &["还不能报考三级", "已经开班，不能再报名", "如果能参加"]);
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
