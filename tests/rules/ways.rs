//! The answers worth trying: of each question one for every difference that some conditions make.
//!
//! For proofs that go through everything somebody may say. Two answers count as one kind if no leaf of the conditions
//! tells them apart: so a product over kinds stands for all people, where one over all answers would never end. Decides
//! nothing; whether the core agrees is for the proofs.

use std::collections::{BTreeMap, BTreeSet};

use subsidy_checker::rules::{Answer, Answers, Condition, Date, List, QuestionId, TABLES, boundaries};

use crate::people::Said;

/// The questions that conditions name.
pub fn questions(conditions: &[&'static Condition]) -> BTreeSet<QuestionId> {
    let mut all = BTreeSet::new();
    for condition in conditions {
        boundaries::leaves(condition, &mut |leaf| match *leaf {
            Condition::Is(choice) => {
                all.insert(choice.question);
            }
            Condition::Within(question, ..) | Condition::WithinMonths(question, _) => {
                all.insert(question);
            }
            Condition::Listed(_) => all.extend([QuestionId::CertificateOccupation, QuestionId::CertificateDate]),
            Condition::All(_) | Condition::Any(_) | Condition::NeverAsked => {}
        });
    }
    all
}

/// One answer of every kind, as of a day.
pub fn kinds(question: QuestionId, conditions: &[&'static Condition], as_of: Date) -> Vec<Answer> {
    let mut all: BTreeMap<Vec<u64>, Answer> = BTreeMap::new();
    let Some(asked) = TABLES.question(question) else { return Vec::new() };
    for answer in boundaries::answers(&TABLES, asked, as_of) {
        let mut marks = Vec::new();
        for condition in conditions {
            boundaries::leaves(condition, &mut |leaf| mark(leaf, question, answer, as_of, &mut marks));
        }
        // What a certificate is worth stands in no condition.
        match (question, answer) {
            (QuestionId::CertificateOccupation, Answer::Choice(at)) => {
                for catalogue in TABLES.catalogues {
                    let row = catalogue.rows.iter().find(|one| one.occupation == at);
                    marks.extend(row.map_or([0; 5], |row| row.amounts.map(|yuan| yuan.0.mantissa() as u64)));
                }
            }
            (QuestionId::CertificateLevel | QuestionId::TargetLevel, Answer::Choice(at)) => marks.push(at.into()),
            _ => {}
        }
        all.entry(marks).or_insert(answer);
    }
    all.into_values().collect()
}

/// What a leaf makes of an answer to one question.
fn mark(leaf: &Condition, question: QuestionId, answer: Answer, as_of: Date, marks: &mut Vec<u64>) {
    match (*leaf, answer) {
        (Condition::Is(choice), Answer::Choice(at)) if choice.question == question => {
            marks.extend([choice.met >> at & 1, choice.open >> at & 1]);
        }
        (Condition::Within(asked, from, to), Answer::Number(number)) if asked == question => {
            marks.push(u64::from((from..=to).contains(&number)));
        }
        (Condition::WithinMonths(asked, months), Answer::Date(day)) if asked == question => {
            let last = day.after_months(months.into()).unwrap();
            marks.extend([u64::from(as_of < last), u64::from(as_of == last)]);
        }
        (Condition::Listed(list), Answer::Choice(at)) if question == QuestionId::CertificateOccupation => {
            marks.extend(match list {
                List::Catalogue => TABLES.catalogues.iter().map(|one| u64::from(one.has(at))).collect::<Vec<_>>(),
                List::Shortage => TABLES.shortages.iter().map(|one| one.occupations.contains(&at).into()).collect(),
            });
        }
        (Condition::Listed(_), Answer::Date(day)) if question == QuestionId::CertificateDate => {
            let catalogues = TABLES.catalogues.iter().map(|one| one.validity);
            for validity in catalogues.chain(TABLES.shortages.iter().map(|one| one.validity)) {
                marks.extend([u64::from(validity.from <= day), u64::from(validity.to.is_none_or(|to| day <= to))]);
            }
        }
        _ => {}
    }
}

/// Every way to take one of each question's answers.
pub struct Product {
    pub questions: Vec<(QuestionId, Vec<Option<Answer>>)>,
}

impl Product {
    pub fn len(&self) -> usize {
        self.questions.iter().map(|(_, answers)| answers.len()).fold(1, usize::saturating_mul)
    }

    /// Somebody, with the answers of one of the ways.
    pub fn way(&self, mut at: usize, somebody: &Answers) -> Answers {
        let mut answers = *somebody;
        for (question, possible) in &self.questions {
            answers.set(*question, possible[at % possible.len()]);
            at /= possible.len();
        }
        answers
    }
}

/// The same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    pub fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What would put somebody out of the subsidy at once, said as it should be, mostly: of people drawn blindly nearly all
/// are out from the start, and nothing is left to look at.
pub fn take_as_met(said: &mut Said, dice: &mut Dice) {
    let good = [
        ("established-post", "no"),
        ("full-time-student", "no"),
        ("pension", "no"),
        ("paid-same", "no"),
        ("paid-higher", "no"),
        ("paid-this-year", "no"),
        ("paid-unemployment-insurance", "no"),
        ("age", "30"),
        ("certificate-issuer", "assessment-organisation"),
        ("household", "zhuhai"),
    ];
    for (id, value) in good {
        if dice.below(8) > 0 {
            said.insert(id.to_owned(), value.to_owned());
        }
    }
}
