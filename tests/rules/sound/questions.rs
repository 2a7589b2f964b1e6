//! Questions: each is asked of somebody and matters to somebody, none twice, and there is an end to them.
//!
//! Invented people go through the questions until every question has shown what it is for.

use std::collections::BTreeSet;

use subsidy_checker::{
    flow::{self, QuestionPage},
    people::{Crowd, Person},
    rules::{Answer, Answers, Date, QuestionId, Tables, assess, boundaries::conditions},
};

use super::{Defect, Somebody, Tried};
use crate::{answer_classes::classes, people::answers_of};

/// How many people are asked before a question counts as asked of nobody; nearly always far fewer are.
const CROWD: usize = 3000;
/// How many of them go page by page.
const WALKS: usize = 40;

pub fn defects(tables: &'static Tables, tried: &mut Tried) -> Vec<Defect> {
    let mut crowd = Crowd::new(&[tables], 11);
    // Somebody of whom each question was asked; and those that matter.
    let mut asked: Vec<(QuestionId, Somebody)> = Vec::new();
    let mut matters: BTreeSet<QuestionId> = BTreeSet::new();
    for count in 0..CROWD {
        tried.people += 1;
        let Person { said, as_of } = crowd.person();
        let mut said = answers_of(tables, &said);
        for question in tables.questions {
            said.set(question.id, said.get(question.id).or(Some(Answer::DontKnow)));
        }
        if count < WALKS {
            let walk = Walk::of(tables.questions.len(), &said, |known| flow::replay(tables, known, as_of).next);
            if let Some(wrong) = walk.wrong {
                let person = Somebody { answers: walk.known, as_of }.example(tables, |_| true);
                return vec![Defect { what: format!("rules/questions.toml: {wrong}"), person: Some(person) }];
            }
        }
        let path = flow::replay(tables, &said, as_of);
        // Who says that another level is meant is not asked for it: the page puts it beside the goal.
        let stepped = path.asked.iter().flat_map(|step| step.questions()).map(|question| question.id);
        for question in stepped.chain([QuestionId::TARGET_LEVEL]) {
            if asked.iter().all(|(known, _)| *known != question) {
                asked.push((question, Somebody { answers: path.used, as_of }));
            }
            if !matters.contains(&question) && decides(tables, question, &path.used, as_of) {
                matters.insert(question);
            }
        }
        if matters.len() == tables.questions.len() {
            break;
        }
    }
    tried.questions += tables.questions.len();
    let idle = tables.questions.iter().map(|question| question.id).filter(|id| !matters.contains(id));
    let told = idle.map(|id| match asked.iter().find(|(one, _)| *one == id) {
        None => {
            Defect { what: format!("rules/questions.toml: `{}` is asked of nobody", tables.name_of(id)), person: None }
        }
        Some((_, somebody)) => Defect {
            what: format!("rules/questions.toml: `{}` is asked, but nothing depends on the answer", tables.name_of(id)),
            person: Some(somebody.example(tables, |_| true)),
        },
    });
    told.collect()
}

/// Whether two answers to a question lead to different findings.
fn decides(tables: &'static Tables, question: QuestionId, used: &Answers, as_of: Date) -> bool {
    let found = |answer| {
        let mut answers = *used;
        answers.set(question, Some(answer));
        let assessment = assess(tables, &answers, as_of);
        (assessment.findings, assessment.information)
    };
    let mut all = classes(tables, question, &conditions(tables), as_of).into_iter();
    let Some(first) = all.next().map(found) else { return false };
    all.any(|answer| found(answer) != first)
}

/// The way of somebody who goes page by page.
#[derive(PartialEq, Debug)]
struct Walk {
    /// The answers so far.
    known: Answers,
    /// Why it ends before its end: a question or a group of questions comes up twice, or there are too many pages.
    wrong: Option<String>,
}

impl Walk {
    fn of(most: usize, said: &Answers, next: impl Fn(&Answers) -> Option<QuestionPage>) -> Walk {
        let mut walk = Walk { known: Answers::NONE, wrong: None };
        let (mut pages, mut seen, mut groups) = (0, BTreeSet::new(), BTreeSet::new());
        while let (Some(step), None) = (next(&walk.known), &walk.wrong) {
            pages += 1;
            if most < pages {
                walk.wrong = Some("there is no end to the questions".to_owned());
            }
            // A page comes again while something on it is open; what was answered there stays so.
            let open: Vec<_> = step.questions().filter(|one| walk.known.get(one.id).is_none()).collect();
            for question in open {
                if !seen.insert(question.id) {
                    walk.wrong = Some(format!("`{}` is asked twice", question.name));
                }
                walk.known.set(question.id, said.get(question.id));
            }
            if let Some(group) = step.group()
                && !groups.insert(group.id)
            {
                walk.wrong = Some(format!("the questions of the group `{}` are on two pages", group.id));
            }
        }
        walk
    }
}

/// What no table can bring about today is noticed all the same: a way that comes back, and one that goes on for ever.
#[test]
fn a_way_that_goes_round_is_noticed() {
    let age = |_: &Answers| flow::step(&crate::frozen::TABLES, QuestionId::AGE);
    let wrong = |most, next: &dyn Fn(&Answers) -> Option<QuestionPage>| Walk::of(most, &Answers::NONE, next).wrong;
    assert_eq!(wrong(9, &age).as_deref(), Some("`age` is asked twice"));
    assert_eq!(wrong(0, &age).as_deref(), Some("there is no end to the questions"));
    assert_eq!(wrong(9, &|_| None), None);
}
