//! Classes of equivalent answers, and every way to combine one answer of each class.
//!
//! Two answers to a question are in one class if no leaf of the conditions distinguishes them. A product of classes
//! therefore stands for all people, while a product of all answers would be too large. Nothing is decided here.

use std::collections::BTreeSet;

use subsidy_checker::{
    people::{Crowd, Person},
    rules::{
        Answer, Answers, Condition, Date, Goal, Kind, List, OccupationTable, QuestionId, Tables, Validity, assess,
        boundaries,
    },
};

use crate::{frozen::TABLES, people::question as question_named};

/// The two forms of an unanswered question.
pub const OPEN: [Option<Answer>; 2] = [None, Some(Answer::DontKnow)];

/// Returns the questions on which some conditions depend.
pub fn questions(conditions: &[&'static Condition]) -> BTreeSet<QuestionId> {
    let mut all = BTreeSet::new();
    for condition in conditions {
        boundaries::leaves(condition, &mut |leaf| match leaf {
            Condition::Is(choice) => all.extend([choice.question]),
            Condition::Within(question, ..) | Condition::WithinMonths(question, _) => all.extend([*question]),
            Condition::Listed(_) => all.extend([QuestionId::CERTIFICATE_OCCUPATION, QuestionId::CERTIFICATE_DATE]),
            Condition::All(_) | Condition::Any(_) | Condition::NeverAsked => {}
        });
    }
    all
}

/// Whether a question can be asked under a goal. Before there is a certificate, its attributes follow from the goal
/// and the target level.
pub fn is_asked(goal: Goal, question: QuestionId) -> bool {
    let of_certificate = [
        QuestionId::CERTIFICATE_DATE,
        QuestionId::CERTIFICATE_LEVEL,
        QuestionId::CERTIFICATE_OCCUPATION,
        question_named("certificate-issuer"),
    ];
    question != QuestionId::GOAL && (goal == Goal::Claim || !of_certificate.contains(&question))
}

/// Returns one answer of each class, as of a day. For dates it is the last of each class, latest class first,
/// because the tables have rules for those.
pub fn classes(
    tables: &'static Tables,
    question: QuestionId,
    conditions: &[&'static Condition],
    as_of: Date,
) -> Vec<Answer> {
    let mut answers = tried(tables, question, as_of);
    if tables.question(question).is_some_and(|one| matches!(one.kind, Kind::Date)) {
        answers.reverse();
    }
    let mut seen = BTreeSet::new();
    answers.retain(|answer| seen.insert(class(tables, question, *answer, conditions, as_of)));
    answers
}

/// Returns every value of a choice (of occupations, one per class), and two numbers or days on each side of every
/// boundary between classes.
pub fn both_sides(question: QuestionId, conditions: &[&'static Condition], as_of: Date) -> Vec<Answer> {
    if question == QuestionId::CERTIFICATE_OCCUPATION {
        return classes(&TABLES, question, conditions, as_of);
    }
    let answers = tried(&TABLES, question, as_of);
    let classes: Vec<_> = answers.iter().map(|one| class(&TABLES, question, *one, conditions, as_of)).collect();
    let is_near = |at: usize| {
        let near = &classes[at.saturating_sub(2)..classes.len().min(at + 3)];
        at == 0 || near.iter().any(|other| *other != classes[at])
    };
    let all = answers.iter().enumerate().filter(|(at, one)| matches!(one, Answer::Choice(_)) || is_near(*at));
    all.map(|(_, answer)| *answer).collect()
}

fn tried(tables: &'static Tables, question: QuestionId, as_of: Date) -> Vec<Answer> {
    tables.question(question).map(|asked| boundaries::answers(tables, asked, as_of)).unwrap_or_default()
}

/// Returns a key that is equal for all answers of a class.
fn class(
    tables: &'static Tables,
    question: QuestionId,
    answer: Answer,
    conditions: &[&'static Condition],
    as_of: Date,
) -> Vec<u64> {
    let mut class = known_to_the_core(tables, question, answer);
    for condition in conditions {
        boundaries::leaves(condition, &mut |leaf| match (leaf, answer) {
            (Condition::Is(choice), Answer::Choice(at)) if choice.question == question => {
                class.extend([&choice.met, &choice.open].map(|values| u64::from(values.contains(at))));
            }
            (Condition::Within(asked, from, to), Answer::Number(number)) if *asked == question => {
                class.push(u64::from((*from..=*to).contains(&number)));
            }
            (Condition::WithinMonths(asked, months), Answer::Date(day)) if *asked == question => {
                let last = day.after_months((*months).into()).unwrap();
                class.extend([u64::from(as_of < last), u64::from(as_of == last)]);
            }
            (Condition::Listed(list), Answer::Choice(at)) if question == QuestionId::CERTIFICATE_OCCUPATION => {
                class.extend(match list {
                    List::Catalogue => tables.catalogues.iter().map(|one| one.has(at).into()).collect::<Vec<u64>>(),
                    List::Shortage(city) => {
                        tables.cities[usize::from(*city)].lists.iter().map(|one| one.has(at).into()).collect()
                    }
                });
            }
            _ => {}
        });
    }
    class
}

/// Returns the attributes of an answer that the core uses outside conditions: level, amounts, validities, and whether
/// another answer is 0 with it.
fn known_to_the_core(tables: &Tables, question: QuestionId, answer: Answer) -> Vec<u64> {
    let holds = |one: Validity, day| [u64::from(one.from <= day), u64::from(one.to.is_none_or(|to| day <= to))];
    match (question, answer) {
        (QuestionId::CERTIFICATE_LEVEL | QuestionId::TARGET_LEVEL, Answer::Choice(at)) => vec![at.into()],
        (QuestionId::CERTIFICATE_OCCUPATION, Answer::Choice(at)) => {
            let rows = tables.catalogues.iter().map(|one| (one.rows, one.rows.iter().find(|row| row.occupation == at)));
            let worth =
                rows.map(|(rows, row)| rows.iter().position(|one| row.is_some_and(|row| one.amounts == row.amounts)));
            worth.map(|first| first.map_or(0, |at| 1 + at as u64)).collect()
        }
        (QuestionId::CERTIFICATE_DATE, Answer::Date(day)) => {
            let lists = tables.catalogues.iter().map(|one| one.validity);
            lists
                .chain(tables.cities.iter().flat_map(|city| city.lists).map(|one| one.validity))
                .flat_map(|one| holds(one, day))
                .collect()
        }
        (_, Answer::Choice(at)) => {
            let zeros = tables.questions.iter().filter_map(|one| one.zero_if).filter(|one| one.question == question);
            zeros.map(|one| one.met.contains(at).into()).collect()
        }
        _ => Vec::new(),
    }
}

/// Groups items that share questions, directly or through other items.
pub fn sharing<T>(each: impl IntoIterator<Item = (T, BTreeSet<QuestionId>)>) -> Vec<(Vec<T>, BTreeSet<QuestionId>)> {
    let mut all: Vec<(Vec<T>, BTreeSet<QuestionId>)> = Vec::new();
    for (one, questions) in each {
        let mut group = (vec![one], questions.clone());
        for (others, asked) in all.extract_if(.., |other| !other.1.is_disjoint(&questions)) {
            group.0.extend(others);
            group.1.extend(asked);
        }
        all.push(group);
    }
    all
}

/// All combinations of one answer to each question. `None` leaves a question open.
pub struct Product(pub Vec<(QuestionId, Vec<Option<Answer>>)>);

impl Product {
    /// Creates a product of some answers to each question, and of forms of an unanswered question.
    pub fn of(
        questions: impl IntoIterator<Item = QuestionId>,
        answers: impl Fn(QuestionId) -> Vec<Answer>,
        open: &[Option<Answer>],
    ) -> Product {
        let possible = |id| answers(id).into_iter().map(Some).chain(open.iter().copied()).collect();
        Product(questions.into_iter().map(|id| (id, possible(id))).collect())
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|(_, answers)| answers.len()).fold(1, usize::saturating_mul)
    }

    /// Returns a person with each combination of answers to these questions.
    pub fn ways(&self, somebody: Answers) -> impl Iterator<Item = Answers> {
        (0..self.len()).map(move |at| self.path(at, &somebody))
    }

    fn path(&self, mut at: usize, somebody: &Answers) -> Answers {
        let mut answers = *somebody;
        for (question, possible) in &self.0 {
            answers.set(*question, possible[at % possible.len()]);
            at /= possible.len();
        }
        answers
    }
}

/// Replacing every answer of random people by the representative of its class must not change their results.
#[test]
fn answers_of_one_class_lead_to_the_same() {
    let mut crowd = Crowd::new(&[&TABLES], 13);
    let conditions = boundaries::conditions(&TABLES);
    let mut replaced = 0;
    for _ in 0..3000 {
        let Person { said, as_of } = crowd.person();
        let said = crate::people::answers(&said);
        let mut instead = said;
        for question in TABLES.questions.iter().map(|one| one.id).filter(|id| *id != QuestionId::GOAL) {
            let Some(answer) = said.get(question).filter(|answer| *answer != Answer::DontKnow) else { continue };
            let class = |answer| class(&TABLES, question, answer, &conditions, as_of);
            let mut tried = classes(&TABLES, question, &conditions, as_of).into_iter();
            let same = tried.find(|one| class(*one) == class(answer));
            assert!(same.is_some(), "{answer:?} to {} is in no class", TABLES.name_of(question));
            replaced += usize::from(same != Some(answer));
            instead.set(question, same);
        }
        assert_eq!(told(&said, as_of), told(&instead, as_of), "{as_of} {said:?}");
    }
    println!("{replaced} answers replaced by another of their class, with the same result");
    assert!(1000 < replaced);
}

/// Returns each criterion and path with its state, and the amounts.
fn told(answers: &Answers, as_of: Date) -> Vec<String> {
    let findings = assess(&TABLES, answers, as_of).findings;
    let each = findings.iter().map(|finding| {
        let criteria = finding.criteria.iter().map(|one| (one.criterion.id, one.state));
        let paths = finding.entry.iter().flat_map(|one| &one.paths).map(|one| (one.criterion.id, one.state));
        let states: Vec<_> = criteria.chain(paths).collect();
        let places: Vec<_> = finding.claim_at.iter().map(|place| place.id).collect();
        format!("{} {states:?} {:?} {:?} {:?}", finding.id.id(), finding.base, finding.amount, places)
    });
    each.collect()
}
