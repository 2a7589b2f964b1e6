//! Advice: its content, and a comparison with the results of trying every answer.

use subsidy_checker::rules::{
    Action, Advice, Answer, AnswerSet, Answers, Cause, Change, FindingId, Kind, Outcome, QuestionId, Truth, advice,
    assess,
};

use crate::{
    frozen::TABLES,
    outcome::{outcomes, sureness},
    people::{CLAIM, Crowd, ENROL, EXAM, Person, answers, but, day},
};

/// A person who may not sit the exam yet.
const SHORT: &str = "certificate-held=none;years-worked-since-certificate=;education=none;major=;study-status=;\
                     insurance=zhuhai-employee";

/// A person who may sit the exam because of a certificate.
const SITS: &str = "education=none;major=;study-status=;insurance=zhuhai-employee";

/// Checks all advice for a person with some answers replaced. Each line names finding, action, and old and new
/// outcome.
#[track_caller]
fn check(as_of: &str, somebody: &str, others: &str, expected: &[&str]) {
    let said = but(somebody, others);
    let found: Vec<_> = advice(&TABLES, &answers(&said), day(as_of)).iter().map(words).collect();
    assert_eq!(found, expected, "{said:?}");
}

#[track_caller]
fn enrols(as_of: &str, others: &[&str], expected: &[&str]) {
    check(as_of, ENROL, &others.join(";"), expected);
}

#[track_caller]
fn claims(as_of: &str, others: &str, expected: &[&str]) {
    check(as_of, CLAIM, others, expected);
}

fn words(advice: &Advice) -> String {
    let given = |id: QuestionId, given: &AnswerSet| match (TABLES.question(id).unwrap().kind, given) {
        (Kind::Choice(values), AnswerSet::Choices(which)) => {
            let ids = which.iter().map(|at| values[usize::from(at)].id);
            format!("{}={}", TABLES.name_of(id), ids.collect::<Vec<_>>().join("|"))
        }
        (_, AnswerSet::Numbers(from, to)) => format!("{}={from}..{to}", TABLES.name_of(id)),
        (_, AnswerSet::Days(from, to)) => format!("{}={from}..{to}", TABLES.name_of(id)),
        _ => panic!("{given:?} is no answer to {}", TABLES.name_of(id)),
    };
    let step = match &advice.action {
        Action::Change(all) => {
            format!("change {}", all.iter().map(|(id, answers)| given(*id, answers)).collect::<Vec<_>>().join(" and "))
        }
        Action::FindOut(id, answers) => format!("find out {}", given(*id, answers)),
        Action::Wait(years) => format!("wait {years}"),
        Action::From(day) => format!("from {day}"),
        Action::Before(day) => format!("before {day}"),
    };
    let outcome = |one: Outcome| {
        let amount = one.amount.map(|range| match range.is_exact() {
            true => format!(" {}", range.max.normalize()),
            false => format!(" {}..{}", range.min.normalize(), range.max.normalize()),
        });
        format!("{}{}", one.state.id(), amount.unwrap_or_default())
    };
    let end = advice.rules_end.map(|day| format!(", if the rules of {day} went on")).unwrap_or_default();
    format!("{}: {step}: {} -> {}{end}", advice.finding.id(), outcome(advice.now), outcome(advice.then))
}

#[test]
fn another_answer() {
    enrols(
        "2025-05-10",
        &[SITS, "insurance=none"],
        &["subsidy: change insurance=zhuhai-employee: met 2400 -> met 3120"],
    );
    // Who is still at school may claim after leaving it.
    claims("2025-12-01", "full-time-student=yes", &["subsidy: change full-time-student=no: not-met -> met 3120"]);
    // After the rules' end it is said as if they went on.
    claims(
        "2026-01-15",
        "insurance=none",
        &[
            "subsidy: change insurance=zhuhai-employee: met 2400 -> met 3120, if the rules of 2025-12-31 went on",
            "subsidy: before 2026-07-30: met 2400 -> met 2400, if the rules of 2025-12-31 went on",
        ],
    );
    enrols("2025-05-10", &[SITS, "established-post=yes"], &[]);
}

/// If changing one answer is not enough, the advice names all answers that must change together.
#[test]
fn several_answers_at_once() {
    let outside = "household=elsewhere;insurance=none;unemployment-registered=no";
    // A final-year student from another province: after school, with work and insurance here.
    let student =
        "full-time-student=yes;education=university;major=matching;study-status=final-year;works-in=not-working";
    enrols(
        "2025-04-05",
        &[SITS, outside, student],
        &["subsidy: change full-time-student=no and works-in=zhuhai|guangdong and insurance=zhuhai-employee: \
           not-met -> met 3120"],
    );
    // Out of work: work and insurance.
    enrols(
        "2025-04-05",
        &[SITS, outside, "works-in=not-working"],
        &["subsidy: change works-in=zhuhai|guangdong and insurance=zhuhai-employee: not-met -> met 3120"],
    );
    // Who wasn't asked for the age, because the subsidy is refused anyhow, hears of all that is needed too.
    enrols(
        "2025-04-05",
        &[SITS, outside, student, "age="],
        &["subsidy: change full-time-student=no and works-in=zhuhai|guangdong and insurance=zhuhai-employee: \
           not-met -> unknown 3120"],
    );
    // Nobody who works is told to be out of work, or to register as such.
    enrols("2025-04-05", &[SITS, outside], &["subsidy: change insurance=zhuhai-employee: not-met -> met 3120"]);
    // What is enough by itself is told by itself.
    claims(
        "2025-12-01",
        "full-time-student=yes;insurance=none",
        &[
            "subsidy: change full-time-student=no: not-met -> met 2400",
            "subsidy: change full-time-student=no and insurance=zhuhai-employee: not-met -> met 3120",
        ],
    );
}

/// While the sex is open, the advised ages are those that are valid for everybody.
#[test]
fn an_age_for_everybody() {
    let open = "household=elsewhere;insurance=zhuhai-resident;age=dont-know";
    let insured = "subsidy: change insurance=zhuhai-employee: unknown 2400 -> unknown 3120";
    let c = |sex: &str, expected: &str| enrols("2025-04-05", &[SITS, open, sex], &[expected, insured]);
    c("", "subsidy: find out age=16..55: not-met -> unknown 2400");
    c("sex=female", "subsidy: find out age=16..55: not-met -> unknown 2400");
    c("sex=male", "subsidy: find out age=16..60: not-met -> unknown 2400");
}

#[test]
fn what_is_open_is_worth_finding_out() {
    enrols(
        "2025-05-10",
        &[SITS, "insurance=dont-know;employer-member=dont-know"],
        &[
            "course-fee: find out employer-member=yes: met 3500 -> met 3120",
            "subsidy: find out insurance=zhuhai-employee: met 2400 -> met 3120",
        ],
    );
    enrols(
        "2025-05-10",
        &[SHORT, "years-worked=dont-know"],
        &["may-sit: find out years-worked=10..80: not-met -> met"],
    );
    // Nobody has said the sex: at 55 it doesn't matter, at 61 no more.
    enrols("2025-05-10", &[SITS, "age=dont-know"], &["subsidy: find out age=16..55: not-met -> met 3120"]);
    claims(
        "2025-12-01",
        "certificate-date=dont-know",
        &["subsidy: find out certificate-date=2025-01-01..2025-12-01: not-met -> met 3120"],
    );
    check(
        "2025-08-01",
        "goal=exam;theory-score=60;attendance=dont-know",
        "",
        &[
            "exam-passed: find out practice-score=60..100: not-met -> met",
            "training-certificate: find out attendance=90..100: not-met -> unknown",
        ],
    );
    check("2025-08-01", EXAM, "passed-on=", &["resit: find out passed-on=2024-08-02..2025-08-01: not-met -> met"]);
}

#[test]
fn time() {
    // The class is over before another year of work is.
    enrols(
        "2025-05-10",
        &[SITS, "years-worked-since-certificate=3"],
        &["may-sit: wait 1: not-met -> met, if the rules of 2025-07-10 went on"],
    );
    enrols("2025-05-10", &[SHORT, "years-worked=4"], &[]);
    enrols(
        "2025-05-10",
        &[SITS, "age=14"],
        &["subsidy: wait 2: not-met -> met 3120, if the rules of 2025-07-10 went on"],
    );
    // This year's is paid; the next one is, by the calendar, another year.
    claims(
        "2025-11-01",
        "paid-this-year=yes",
        &["subsidy: from 2026-01-01: not-met -> met 3120, if the rules of 2025-12-31 went on"],
    );
    claims("2025-11-01", "paid-this-year=yes;certificate-date=2024-12-01", &[]);
    claims("2025-08-01", "", &["subsidy: before 2026-07-30: met 3120 -> met 3120, if the rules of 2025-12-31 went on"]);
    claims("2025-08-01", "certificate-date=2025-01-01", &["subsidy: before 2025-12-31: met 3120 -> met 3120"]);
    check("2025-08-01", EXAM, "", &["resit: before 2026-07-04: met -> met"]);
}

/// Returns the outcome of a finding as the naive comparison uses it: with ended rules extended.
fn finding(said: &Answers, as_of: subsidy_checker::rules::Date, id: FindingId) -> Option<Outcome> {
    let found = assess(&TABLES, said, as_of);
    let [_, last_known] = outcomes(found.finding(id)?);
    Some(Outcome { state: last_known.state, amount: last_known.amounts[0].flatten() })
}

fn better(id: FindingId, one: Outcome, other: Outcome) -> bool {
    // Where only answers are missing nothing is in the way.
    let points = |outcome: Outcome| (sureness(outcome.state), outcome.state == Truth::Unknown(Cause::Unanswered));
    let ends = |outcome: Outcome| {
        outcome
            .amount
            .map(|range| if id == FindingId::CourseFee { (-range.max, -range.min) } else { (range.min, range.max) })
    };
    points(one) > points(other) || points(one) == points(other) && ends(one) > ends(other)
}

/// Returns all answers of a set; of a range of days, the first and the last.
fn each(given: &AnswerSet) -> Vec<Answer> {
    match *given {
        AnswerSet::Choices(ref which) => which.iter().map(Answer::Choice).collect(),
        AnswerSet::Numbers(from, to) => (from..=to).map(Answer::Number).collect(),
        AnswerSet::Days(from, to) => vec![Answer::Date(from), Answer::Date(to)],
    }
}

/// Tries every answer of a choice. The advice must state the same outcome, and no better answer may be missing.
#[test]
fn advice_is_what_trying_gives() {
    let mut crowd = Crowd::new(&[&TABLES], 11);
    let (people, mut steps) = (4_000, 0);
    for _ in 0..people {
        let Person { said, as_of } = crowd.person();
        let person = answers(&said);
        let given = advice(&TABLES, &person, as_of);
        for one in &given {
            steps += 1;
            let on = |answers: &Answers, day| finding(answers, day, one.finding).unwrap();
            let with = |id, answer| {
                let mut changed = person;
                changed.set(id, Some(answer));
                changed
            };
            match &one.action {
                Action::Change(all) => {
                    let mut ways = vec![person];
                    for (id, given) in all {
                        let longer = |before: &Answers| {
                            let set = |answer| {
                                let mut changed = *before;
                                changed.set(*id, Some(answer));
                                changed
                            };
                            each(given).into_iter().map(set).collect::<Vec<_>>()
                        };
                        ways = ways.iter().flat_map(longer).collect();
                    }
                    for path in ways {
                        let then = on(&path, as_of);
                        let same = !better(one.finding, then, one.then) && !better(one.finding, one.then, then);
                        assert!(same, "{then:?}: {one:?} {as_of} {said:?}");
                    }
                }
                // With an answer that brings up another question, the worst of whatever follows is told.
                Action::FindOut(id, given) => {
                    for answer in each(given) {
                        let then = on(&with(*id, answer), as_of);
                        let more = better(one.finding, one.then, then);
                        assert!(!more, "{answer:?} gives {then:?}: {one:?} {as_of} {said:?}");
                    }
                }
                Action::Before(day) => {
                    assert_eq!(on(&person, *day), one.now, "{one:?} {as_of} {said:?}");
                    assert_ne!(on(&person, day.next().unwrap()), one.now, "{one:?} {as_of} {said:?}");
                }
                Action::Wait(_) | Action::From(_) => {}
            }
            assert!(better(one.finding, one.then, one.now) || matches!(one.action, Action::Before(_)), "{one:?}");
        }
        for question in TABLES.questions {
            let Change::ByDoing(from, to) = question.change else { continue };
            if !matches!(person.get(question.id), Some(Answer::Choice(now)) if from.contains(&now)) {
                continue;
            }
            for id in [FindingId::MaySit, FindingId::Subsidy] {
                let Some(now) = finding(&person, as_of, id) else { continue };
                for at in to.iter().copied() {
                    let mut changed = person;
                    changed.set(question.id, Some(Answer::Choice(at)));
                    let Some(then) = finding(&changed, as_of, id).filter(|then| better(id, *then, now)) else {
                        continue;
                    };
                    let said_so = given.iter().any(|one| {
                        one.finding == id
                            && matches!(&one.action, Action::Change(all) if all.iter().any(|(about, _)| *about == question.id))
                            && !better(id, then, one.then)
                    });
                    assert!(said_so, "{} = {at} gives {then:?}: {as_of} {said:?}", question.name);
                }
            }
        }
    }
    println!("{people} people, {steps} pieces of advice: as trying gives");
}
