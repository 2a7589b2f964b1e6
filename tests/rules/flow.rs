//! The questionnaire: which questions it asks. No question is asked in vain, and no question that matters is left
//! out.

use std::collections::BTreeMap;

use subsidy_checker::{
    flow,
    rules::{
        Amount, Answer, Answers, Date, Deadline, FindingId, Level, Place, Question, QuestionId, Stage, Truth, assess,
        boundaries, read,
    },
};

use crate::{
    answer_classes::classes,
    frozen::TABLES,
    people::{CLAIM, Crowd, Dice, ENROL, EXAM, Person, Said, answers, but, day, example, question, said, shrink},
};

/// Answers every question that is asked, and checks which ones they are.
#[track_caller]
fn check(as_of: &str, said: &Said, expected: &str) {
    let mut known = Answers::NONE;
    let mut asked = Vec::new();
    while let Some(step) = flow::replay(&TABLES, &known, day(as_of)).next {
        for question in step.questions().filter(|question| known.get(question.id).is_none()).collect::<Vec<_>>() {
            let value = said.get(question.name);
            let value = value.unwrap_or_else(|| panic!("{} is asked, after {asked:?}", question.name));
            known.set(question.id, Some(read(question, value).unwrap()));
            asked.push(question.name);
        }
    }
    assert_eq!(asked.join(" "), expected);
}

/// A graduate insured in Zhuhai who considers the class, with answers to all questions that may be asked.
const GRADUATE: &str = "certificate-held=none;years-worked-since-certificate=;insurance=zhuhai-employee;unemployment-registered=no;sex=male";

fn enrols(others: &str) -> Said {
    but(ENROL, &format!("{GRADUATE};{others}"))
}

#[test]
fn asks_in_the_order_of_the_tables_and_only_what_matters() {
    let status = "goal established-post full-time-student pension";
    let entry = "work-field years-worked certificate-held title education major study-status";
    let all = format!("{status} {entry} works-in employer-member household insurance age");
    let c = |others: &str, expected: &str| check("2025-05-10", &enrols(others), expected);
    c("", &all);
    // After the rules' end the same is asked, for what held until then.
    check("2026-11-24", &enrols(""), &all);
    // Whoever doesn't work has no employer; between 56 and 60 the sex counts.
    c("works-in=not-working;age=56", &format!("{status} {entry} works-in household insurance age sex"));
    // Neither household nor insurance: being registered as unemployed may help. Who is out is asked no more, but for
    // the age, which the exam asks for too.
    c(
        "household=elsewhere;insurance=none",
        &format!("{status} {entry} works-in employer-member household insurance unemployment-registered"),
    );
    // Whoever can't claim is asked only for the exam and the fee, also by rules that have ended.
    let refused = format!("{status} {entry} works-in employer-member");
    c("established-post=yes", &refused);
    check("2026-11-24", &enrols("established-post=yes"), &refused);
    // Not knowing the age, the sex can't change anything.
    c("age=dont-know", &all);
    c("age=61", &all);
    // Who never worked has no years, and no title counts without any; with a certificate and a title the years since them count.
    c("work-field=never-worked", &all.replace(" years-worked", "").replace(" title", ""));
    c(
        "certificate-held=4;years-worked-since-certificate=1;title=junior;years-worked-since-title=0",
        &all.replace("-held", "-held years-worked-since-certificate")
            .replace(" title", " title years-worked-since-title"),
    );
}

/// A level that is met stays met: no question is asked only to find a better one.
#[test]
fn a_better_level_is_not_asked_for() {
    let (first, rest) =
        ("goal established-post full-time-student pension", "works-in employer-member household insurance age");
    let c = |others: &str, entry: &str| check("2025-05-10", &enrols(others), &format!("{first} {entry} {rest}"));
    c(
        "work-field=related;certificate-held=4;years-worked-since-certificate=4",
        "work-field years-worked certificate-held years-worked-since-certificate",
    );
    // With ten years of work nothing else about the exam matters.
    c("years-worked=10", "work-field years-worked");
    // Whether a full-time student is in the final year matters for the subsidy, whatever the exam asks for.
    c("full-time-student=yes;study-status=final-year;years-worked=10", "work-field years-worked study-status");
}

#[test]
fn the_marks_and_the_certificate() {
    let marks = "goal theory-score practice-score";
    check("2025-08-01", &but(EXAM, ""), &format!("{marks} passed-on resit-used attendance"));
    check("2025-08-01", &but(EXAM, "practice-score=60"), &format!("{marks} attendance"));
    let certificate = "goal certificate-occupation certificate-level certificate-date certificate-issuer";
    check(
        "2025-12-01",
        &but(CLAIM, ""),
        &format!(
            "{certificate} established-post full-time-student pension works-in household insurance age paid-same \
             paid-higher paid-this-year paid-unemployment-insurance"
        ),
    );
    // An employer's own certificate is out at once.
    check("2025-12-01", &but(CLAIM, "certificate-issuer=employer"), certificate);
}

#[test]
fn a_changed_answer_keeps_the_others_and_what_no_longer_matters_is_not_used() {
    let written = "goal=enrol;work-field=never-worked;years-worked=7;certificate-held=none;title=senior;\
                   works-in=not-working;employer-member=yes";
    let path = flow::replay(&TABLES, &answers(&but(written, "")), day("2025-05-10"));
    assert_eq!(path.used.get(question("years-worked")), None);
    assert_eq!(path.used.get(question("title")), None);
    assert!(path.used.get(QuestionId::CERTIFICATE_HELD).is_some());
    assert_eq!(path.next.and_then(|step| step.id()), Some(question("established-post")));
}

/// The result of a finding without the causes: without the unasked questions, an unknown may have another cause,
/// but the result must be the same.
#[derive(PartialEq, Debug)]
struct Told {
    id: FindingId,
    state: &'static str,
    amount: Option<Amount>,
    deadline: Option<Deadline>,
    places: Vec<&'static Place>,
    stage: Option<Stage>,
    /// Only if the wanted level isn't met. Otherwise no question is asked for it, and it is shown as a minimum.
    highest_level: Option<u8>,
    indicative: Option<(&'static str, Option<Amount>)>,
}

fn told(answers: &Answers, as_of: Date) -> Vec<Told> {
    let findings = assess(&TABLES, answers, as_of).findings;
    // Nobody is asked where to claim, and for the sake of which amount, what would be refused by the last known rules.
    let refused = findings
        .iter()
        .filter(|one| one.id == FindingId::Subsidy)
        .any(|subsidy| subsidy.indicative.as_ref().is_some_and(|then| then.state == Truth::NotMet));
    let each = findings.into_iter().map(|one| {
        // Nobody is asked for the sake of a call that is over.
        let then = one.indicative.filter(|_| one.id != FindingId::DistrictCraftsman);
        let refused = refused && matches!(one.id, FindingId::Subsidy | FindingId::NetCost);
        Told {
            id: one.id,
            state: one.state.id(),
            amount: one.amount.filter(|_| !refused),
            deadline: one.deadline,
            places: if refused { Vec::new() } else { one.claim_at },
            stage: one.stage,
            highest_level: one
                .entry
                .and_then(|entry| entry.highest_level)
                .map(Level::number)
                .filter(|_| one.state != Truth::Met),
            indicative: then.map(|then| (then.state.id(), then.amount)),
        }
    });
    each.collect()
}

/// Tests complete answers, with "don't know" for all others, and incomplete ones, as after a changed answer or from
/// a program that knows only some: a gap must not hide the answers after it.
#[test]
fn what_is_asked_gives_the_same_findings_as_all_answers() {
    let (mut crowd, mut dice) = (Crowd::new(&[&TABLES], 7), Dice(8));
    for _ in 0..20_000 {
        let Person { mut said, as_of } = crowd.person();
        let mut some = said.clone();
        some.retain(|id, _| id == "goal" || dice.below(3) > 0);
        for question in TABLES.questions {
            said.entry(question.name.to_owned()).or_insert_with(|| "dont-know".to_owned());
        }
        for (said, is_complete) in [(said, true), (some, false)] {
            let all = answers(&said);
            let path = flow::replay(&TABLES, &all, as_of);
            assert!(path.next.is_none() || !is_complete);
            assert_eq!(told(&path.used, as_of), told(&all, as_of), "{as_of} {said:?}");
        }
    }
}

/// Returns the highest level by the asked questions and by all answers, and whether the first is shown as a
/// minimum.
fn highest_level(all: &Answers, as_of: Date) -> ([Option<u8>; 2], bool) {
    let used = flow::replay(&TABLES, all, as_of).used;
    let entry = |answers: &Answers| {
        let finding = assess(&TABLES, answers, as_of).findings.into_iter().find(|one| one.id == FindingId::MaySit);
        finding.and_then(|one| one.entry)
    };
    let [asked, all] = [&used, all].map(entry);
    let could_be_higher = asked.as_ref().is_some_and(|entry| entry.could_be_higher);
    ([asked, all].map(|entry| entry?.highest_level.map(Level::number)), could_be_higher)
}

#[test]
fn the_highest_level_is_said_to_be_the_least_where_it_may_be_more() {
    let c = |others: &str, expected| {
        assert_eq!(highest_level(&answers(&enrols(others)), day("2025-05-10")), expected, "{others}");
    };
    // Ten years of work are enough for level 3; nobody asked for the title that would do for level 2.
    c("years-worked=10;title=intermediate;years-worked-since-title=3", ([Some(3), Some(2)], true));
    // Three are not: everything was asked.
    c("", ([Some(4), Some(4)], false));
    c("title=intermediate;years-worked-since-title=3", ([Some(2), Some(2)], false));
    // Whether the class is over decides which of two ways to level 2 is open, and isn't asked where level 5 is wanted.
    c(
        "target-level=5;certificate-held=1;years-worked-since-certificate=2;education=technician-preparatory",
        ([Some(2), Some(2)], false),
    );

    let mut crowd = Crowd::new(&[&TABLES], 17);
    for _ in 0..10_000 {
        let Person { said, as_of } = crowd.person();
        let ([told, all], least) = highest_level(&complete(said.clone()), as_of);
        assert!(all.unwrap_or(6) <= told.unwrap_or(6), "{told:?} is more than {all:?}: {as_of} {said:?}");
        assert!(least || told == all, "{told:?} is said to be all there is, not {all:?}: {as_of} {said:?}");
    }
}

/// A page that was shown, and the estimated number of pages after it.
struct Shown {
    id: QuestionId,
    ahead: usize,
}

/// Goes through the pages as a person does: fills in a page until it shows nothing more, then goes on.
fn walk(all: &Answers, as_of: Date) -> Vec<Shown> {
    let mut known = Answers::NONE;
    let mut shown = Vec::new();
    loop {
        let path = flow::replay(&TABLES, &known, as_of);
        let Some(id) = path.next.and_then(|step| step.id()) else {
            assert_eq!(flow::pages_after_next(&TABLES, &path, as_of), 0);
            return shown;
        };
        assert!(shown.iter().all(|one: &Shown| one.id != id), "{} comes twice", TABLES.name_of(id));
        shown.push(Shown { id, ahead: flow::pages_after_next(&TABLES, &path, as_of) });
        let page = |known: &Answers| flow::page(&TABLES, known, as_of, id).unwrap();
        while let Some(open) = page(&known).questions().find(|question| known.get(question.id).is_none()) {
            known.set(open.id, all.get(open.id));
        }
    }
}

/// Completes the answers with "don't know".
fn complete(mut said: Said) -> Answers {
    for question in TABLES.questions.iter().filter(|question| question.id != QuestionId::TARGET_LEVEL) {
        said.entry(question.name.to_owned()).or_insert_with(|| "dont-know".to_owned());
    }
    answers(&said)
}

#[test]
fn what_is_said_to_come_never_grows_and_nobody_has_more_than_fourteen_pages() {
    let mut crowd = Crowd::new(&[&TABLES], 11);
    let mut most = Vec::new();
    for _ in 0..20_000 {
        let Person { said, as_of } = crowd.person();
        let pages = walk(&complete(said.clone()), as_of);
        let ids: Vec<_> = pages.iter().map(|page| format!("{} {}", TABLES.name_of(page.id), page.ahead)).collect();
        // The first page asks for the goal: nobody knows yet what that brings.
        for pair in pages.windows(2).skip(1) {
            assert!(pair[1].ahead <= pair[0].ahead, "{as_of} {said:?}: {ids:?}");
        }
        if most.len() < ids.len() {
            most = ids;
        }
    }
    println!("at most {} pages: {most:?}", most.len());
    assert!(most.len() <= 14, "{most:?}");
}

#[test]
fn what_is_said_to_come_counts_down_to_the_last_page() {
    let c = |as_of: &str, said: Said| {
        let pages = walk(&complete(said), day(as_of));
        let ahead: Vec<_> = pages.iter().skip(1).map(|page| page.ahead).collect();
        assert!(ahead.iter().rev().copied().eq(0..ahead.len()), "{ahead:?}");
        pages.len()
    };
    // With the goal, which is said on the start page.
    assert_eq!(c("2025-05-10", enrols("")), 11);
    assert_eq!(c("2026-11-24", enrols("")), 11);
    assert_eq!(c("2025-08-01", but(EXAM, "practice-score=80")), 3);
    assert_eq!(c("2025-12-01", but(CLAIM, "")), 9);
}

/// The number of pages that typical people see after the start page, on which they choose their goal.
#[test]
fn usual_people_go_through_few_pages() {
    let c = |as_of: &str, most: usize, said: Said| {
        let pages = walk(&complete(said), day(as_of));
        let ids: Vec<_> = pages.iter().skip(1).map(|page| TABLES.name_of(page.id)).collect();
        println!("{} pages, as of {as_of}: {}", ids.len(), ids.join(", "));
        assert!(ids.len() <= most, "{} pages instead of {most}: {ids:?}", ids.len());
    };
    let agent = "work-field=related;certificate-held=4;years-worked-since-certificate=4";
    c("2025-05-10", 7, enrols(agent));
    // A teacher of computing in an established post, with and without a title that counts.
    let teacher = "established-post=yes;work-field=related;title=intermediate;years-worked-since-title=3";
    c("2025-05-10", 6, enrols(teacher));
    c("2025-05-10", 7, enrols("established-post=yes;work-field=other"));
    c("2025-12-01", 8, but(CLAIM, ""));
}

/// The number of completions to try before a question counts as idle.
const MOST_TRIES: usize = 4_000;

/// Searches for answers to open questions for which a question makes a difference.
struct Search {
    dice: Dice,
    /// The answers worth trying, by as-of date and question.
    classes: BTreeMap<(Date, QuestionId), Vec<Answer>>,
    /// Answers that succeeded before for a question. They are tried first.
    worked: BTreeMap<QuestionId, Vec<Answers>>,
    /// Answers that meet nearly everything, so that the remaining questions make the difference.
    good: Answers,
    tries: usize,
}

impl Search {
    fn new() -> Search {
        let certificate = "goal=enrol;certificate-date=;education=none;years-worked=0";
        let good = but(&format!("{ENROL};{GRADUATE};{CLAIM}"), certificate);
        Search { dice: Dice(51), classes: BTreeMap::new(), worked: BTreeMap::new(), good: answers(&good), tries: 0 }
    }

    fn classes(&mut self, question: QuestionId, as_of: Date) -> &[Answer] {
        let conditions = || boundaries::conditions(&TABLES);
        self.classes.entry((as_of, question)).or_insert_with(|| classes(&TABLES, question, &conditions(), as_of))
    }

    /// Whether two answers to one of the questions give different results, for some answers to the other open
    /// questions.
    fn finds(&mut self, used: &Answers, as_of: Date, asked: &[Question], most: usize) -> bool {
        let open: Vec<_> = TABLES.questions.iter().map(|one| one.id).filter(|id| used.get(*id).is_none()).collect();
        let open: Vec<_> = open.into_iter().filter(|id| *id != QuestionId::TARGET_LEVEL).collect();
        let worked = self.worked.get(&asked[0].id).cloned().unwrap_or_default();
        (0..most).any(|at| {
            self.tries += 1;
            let mut all = *used;
            for id in &open {
                // Ever fewer are the good ones.
                let good = self.dice.below(4) < 4 - at % 5;
                let answer = match worked.get(at) {
                    Some(before) => before.get(*id),
                    None => self.good.get(*id).filter(|_| good),
                };
                let answer = answer.unwrap_or_else(|| {
                    let classes = self.classes(*id, as_of).to_vec();
                    self.dice.one(&[&classes[..], &[Answer::DontKnow]].concat())
                });
                // A day of another search may not have come yet.
                let to_come = matches!(answer, Answer::Date(day) if day > as_of);
                all.set(*id, Some(if to_come { Answer::Date(as_of) } else { answer }));
            }
            let differs = asked.iter().any(|question| self.differs(&all, as_of, question.id));
            if differs && at >= worked.len() {
                self.worked.entry(asked[0].id).or_default().push(all);
            }
            differs
        })
    }

    fn differs(&mut self, all: &Answers, as_of: Date, question: QuestionId) -> bool {
        let mut each = self.classes(question, as_of).iter().map(|answer| {
            let mut one = *all;
            one.set(question, Some(*answer));
            told(&one, as_of)
        });
        let first = each.next();
        each.any(|other| Some(other) != first)
    }
}

#[test]
fn every_question_asked_could_have_changed_something() {
    let (mut crowd, mut search) = (Crowd::new(&[&TABLES], 53), Search::new());
    let (people, mut shown) = (6_000, 0);
    let mut idle: BTreeMap<&str, (Said, Date, usize)> = BTreeMap::new();
    for _ in 0..people {
        let Person { said: person, as_of } = crowd.person();
        let person = answers(&person);
        let mut known = Answers::NONE;
        known.set(QuestionId::TARGET_LEVEL, person.get(QuestionId::TARGET_LEVEL));
        loop {
            let path = flow::replay(&TABLES, &known, as_of);
            let Some(step) = path.next else { break };
            let open: Vec<Question> =
                step.questions().filter(|question| path.used.get(question.id).is_none()).copied().collect();
            let id = open[0].name;
            // Where it has failed before, it is counted only.
            let most = if idle.contains_key(id) { 300 } else { MOST_TRIES };
            if search.finds(&path.used, as_of, &open, most) {
                shown += 1;
            } else {
                let (example, day, count) = idle.entry(id).or_insert_with(|| (said(&path.used), as_of, 0));
                // The latest day is nearest to what people meet.
                if *day < as_of {
                    (*example, *day) = (said(&path.used), as_of);
                }
                *count += 1;
            }
            for question in open {
                known.set(question.id, Some(person.get(question.id).unwrap_or(Answer::DontKnow)));
            }
        }
    }
    println!("{people} people, {shown} pages that could change something, {} tries", search.tries);
    let shown = idle.into_iter().map(|(id, (said, as_of, count))| {
        // The fewest answers with which it is still asked in vain.
        let fails = |said: &Said| {
            let path = flow::replay(&TABLES, &answers(said), as_of);
            let open = path.next.map(|step| {
                step.questions().filter(|question| path.used.get(question.id).is_none()).copied().collect::<Vec<_>>()
            });
            let asked = open.filter(|open| open[0].name == id);
            asked.is_some_and(|open| !Search::new().finds(&path.used, as_of, &open, MOST_TRIES))
        };
        let said = if fails(&said) { shrink(said, fails) } else { said };
        format!("{id} was asked {count} times, and nothing was found that it could change:\n{}", example(&said, as_of))
    });
    let shown: Vec<_> = shown.collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
