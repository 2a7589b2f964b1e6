//! Random people, walked through the page from the goal to the result: what it shows is what the core says of them.
//!
//! The people are those of the native tests, so the page is held against the same core, and nothing is worded here.

use e2e::{Page, expected, journey, people::answered};
use subsidy_checker::{
    explain::explain,
    flow,
    people::{Crowd, Person},
    rules::{Answer, Answers, Date, Kind, Question, TABLES, assess, read},
    text::{self, Language, Text},
};

/// Fills in one question as it stands on the page.
fn fill_in(page: &Page, question: &Question, answer: Answer) {
    let click = |at: usize| {
        let script = format!("document.querySelectorAll('input[name=\"{}\"]')[{at}].click();", question.id.id());
        page.script(&script);
    };
    let type_in = |at: usize, digits: u16| {
        page.script(&format!(
            "var field = document.getElementById('{}-{at}');
             field.value = '{digits}';
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
            question.id.id()
        ));
    };
    match (question.kind, answer) {
        (Kind::Choice(_), Answer::Choice(at)) => click(at.into()),
        // Not knowing is the last row.
        (Kind::Choice(values), _) => click(values.len()),
        (_, Answer::Number(number)) => type_in(0, number),
        (_, Answer::Date(day)) => {
            [day.year(), day.month().into(), day.day().into()].into_iter().enumerate().for_each(|(at, digits)| {
                type_in(at, digits);
            });
        }
        _ => click(0),
    }
}

/// Ticks what is yes, then what stands for the rest.
fn tick(page: &mut Page, text: Text, questions: &[Question], answers: &Answers) {
    let yes = |question: &&Question| answers.get(question.id) == read(question, "yes").ok();
    for question in questions.iter().filter(yes) {
        page.choose(text.get(question.title));
    }
    if questions.iter().any(|question| answers.get(question.id) == Some(Answer::DontKnow)) {
        page.choose("其他几项我不清楚");
    } else if !questions.iter().any(|question| yes(&question)) {
        page.choose("以上都没有");
    }
}

/// From the goal to the result. Returns how many pages it took.
fn walk(page: &mut Page, text: Text, person: &Person) -> usize {
    let (all, as_of) = (answered(person), person.as_of);
    page.open(&format!("?as-of={as_of}"));
    page.script("localStorage.clear();");
    page.open(&format!("?as-of={as_of}#q/goal"));
    let mut known = Answers::NONE;
    let mut pages = 0;
    while let Some(id) = flow::replay(&TABLES, &known, as_of).next.and_then(|step| step.id()) {
        pages += 1;
        let shown = |known: &Answers| flow::page(&TABLES, known, as_of, id).unwrap();
        let step = shown(&known);
        let first = step.questions().next().unwrap();
        page.see_heading(text.get(step.group().map_or(first.title, |group| group.title)));
        if step.group().is_some() {
            tick(page, text, step.page(), &all);
            step.page().iter().for_each(|question| known.set(question.id, all.get(question.id)));
        }
        while let Some(open) = shown(&known).questions().find(|question| known.get(question.id).is_none()) {
            fill_in(page, open, all.get(open.id).unwrap());
            known.set(open.id, all.get(open.id));
        }
        page.press("继续");
    }
    compare(page, text, &known, as_of);
    pages
}

fn compare(page: &mut Page, text: Text, known: &Answers, as_of: Date) {
    let path = flow::replay(&TABLES, known, as_of);
    let explained = explain(text, &TABLES, &path, &assess(&TABLES, &path.used, as_of), None);
    expected::stands_on(page, &explained, &format!("{as_of} {known:?}"));
}

fn check(name: &str, seed: u64, people: usize) {
    let text = text::built_in(Language::Simplified).unwrap();
    journey(name, |page| {
        let mut crowd = Crowd::new(&[&TABLES], seed);
        let pages: usize = (0..people).map(|_| walk(page, text, &crowd.person())).sum();
        println!("{people} people, {pages} pages: the page says what the core says");
    });
}

#[test]
fn random_people_see_what_the_core_says() {
    check("walk", 5, 15);
}

#[test]
fn other_people_see_what_the_core_says() {
    check("walk-on", 6, 15);
}

#[test]
#[ignore = "takes minutes; part of --long"]
fn many_people_see_what_the_core_says() {
    check("walk-long", 7, 300);
}
