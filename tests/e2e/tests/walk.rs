//! Random people, walked through the page from the goal to the result: what it shows is what the core says of them.
//!
//! The people are those of the native tests, so the page is held against the same core, and nothing is worded here.

use std::iter;
use std::time::{SystemTime, UNIX_EPOCH};

use e2e::steps::{Step, steps};
use e2e::{Page, expected, journey, people::answered};
use subsidy_checker::{
    consultation::Consultation,
    explain::explain,
    people::{Crowd, Person},
    rules::{Answers, Date, Kind, QuestionId, TABLES},
    text::{self, Language, Text},
};

fn take(page: &mut Page, step: Step) {
    match step {
        Step::Heading(heading) => page.see_heading(heading),
        Step::Tick(label) => page.choose(label),
        Step::Choose(id, at) => {
            let script = format!("document.querySelectorAll('input[name=\"{}\"]')[{at}].click();", TABLES.name_of(id));
            page.script(&script);
        }
        Step::Type(id, at, digits) => {
            page.script(&format!(
                "var field = document.getElementById('{}-{at}');
                 field.value = '{digits}';
                 field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
                TABLES.name_of(id)
            ));
        }
        Step::Continue => page.press("继续"),
    }
}

/// From the goal to the result. Returns how many pages it took.
fn walk(page: &mut Page, text: Text, person: &Person) -> usize {
    let as_of = person.as_of;
    page.open_with(&format!("?as-of={as_of}"), "#q/goal", "");
    let (steps, known) = steps(text, &answered(person), as_of);
    steps.iter().for_each(|step| take(page, *step));
    compare(page, text, &known, as_of);
    steps.iter().filter(|step| **step == Step::Continue).count()
}

/// The page's day without an as-of date.
fn today() -> Date {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    Date::in_shanghai(now).unwrap()
}

fn compare(page: &mut Page, text: Text, known: &Answers, as_of: Date) {
    let explained = explain(text, &TABLES, &Consultation::new(&TABLES, known, as_of), Some(today()));
    expected::stands_on(page, &explained, &format!("{as_of} {known:?}"));
}

fn check(name: &str, seed: u64, people: usize) {
    let text = text::built_in(Language::ZH_HANS).unwrap();
    journey(name, |page| {
        let mut crowd = Crowd::new(&[&TABLES], seed);
        let pages: usize = (0..people).map(|_| walk(page, text, &crowd.person())).sum();
        println!("{people} people, {pages} pages: the page says what the core says");
    });
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

mod any_tables {
    use super::*;

    #[test]
    fn random_people_see_what_the_core_says() {
        check("walk", 5, 15);
    }

    /// With each goal, today and when the last class is announced.
    #[test]
    fn each_goal_leads_to_what_the_core_says() {
        let days = [today(), TABLES.courses.last().unwrap().validity.from];
        let goal = TABLES.question(QuestionId::GOAL).unwrap();
        let Kind::Choice(goals) = goal.kind else { panic!("{goal:?}") };
        let text = text::built_in(Language::ZH_HANS).unwrap();
        journey("walk-goals", |page| {
            let mut crowd = Crowd::new(&[&TABLES], 8);
            for (as_of, goal) in days.into_iter().flat_map(|day| goals.iter().map(move |goal| (day, goal.id))) {
                // Their days must not be later than the as-of date.
                let is_one = |one: &Person| one.said["goal"] == goal && one.as_of <= as_of;
                let person = iter::repeat_with(|| crowd.person()).find(is_one).unwrap();
                walk(page, text, &Person { as_of, ..person });
            }
        });
    }
}
