//! Which question comes next, and which no longer matter.
//!
//! The questionnaire is replayed from the answers, keyed by question: nothing else is kept, so that no position, no
//! history and no earlier table can lead astray. Asks in the order of the tables, and only what can still change a
//! finding. Knows which questions share a page, because that is data too; does not know pages of a browser.

use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{Answer, Answers, Goal, could_change};

/// The way through the questions that some answers make.
#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// What was asked and answered, in order; also what comes behind the next page and is answered already.
    pub asked: Vec<QuestionPage>,
    /// What comes next; None when nothing that is open could change a finding.
    pub next: Option<QuestionPage>,
    /// The answers that were asked for. Others are kept by whoever holds them, but never used.
    pub used: Answers,
}

/// A page of questions: all that could stand on it, and which of them are asked.
#[derive(Clone, Copy, Debug)]
pub struct QuestionPage {
    page: &'static [Question],
    /// One bit for each question of the page.
    asked: u64,
}

/// Asks again from the beginning, taking the answers that are there: a page that is open doesn't hide answers behind it.
pub fn replay(tables: &'static Tables, answers: &Answers, as_of: Date) -> Path {
    let mut path = Path { asked: Vec::new(), next: None, used: Answers::NONE };
    for page in pages(tables) {
        let mut step = QuestionPage { page, asked: 0 };
        let mut open = false;
        if path.next.is_some() && page.iter().all(|question| answers.get(question.id).is_none()) {
            continue;
        }
        for (at, question) in page.iter().enumerate() {
            // What follows an open question on the same page hangs on it, unless it was answered before; a list to tick is
            // answered as a whole.
            let hangs = open && question.group.is_none() && answers.get(question.id).is_none();
            if hangs || !asked(tables, &path.used, answers, as_of, page, question) {
                continue;
            }
            step.asked |= bit(at);
            path.used.set(question.id, answers.get(question.id));
            open |= answers.get(question.id).is_none();
        }
        if open {
            path.next = path.next.or(Some(step));
        } else if step.asked != 0 {
            path.asked.push(step);
        }
    }
    path
}

/// The page that a question stands on, with all it could ask.
pub fn step(tables: &'static Tables, id: QuestionId) -> Option<QuestionPage> {
    let page = pages(tables).find(|page| page.iter().any(|question| question.id == id))?;
    Some(QuestionPage { page, asked: bits(page, |_| true) })
}

/// The page of a question while it is filled in, `answers` being those given and what is chosen there so far. A question
/// appears once no choice above it could still make it idle: what is there already doesn't go away again by itself.
pub fn page(tables: &'static Tables, answers: &Answers, as_of: Date, id: QuestionId) -> Option<QuestionPage> {
    let mut used = Answers::NONE;
    for page in pages(tables) {
        let mut step = QuestionPage { page, asked: 0 };
        let mut before: Option<&Question> = None;
        for (at, question) in page.iter().enumerate() {
            if asked(tables, &used, answers, as_of, page, question)
                && before.is_none_or(|before| matters_anyhow(tables, &used, as_of, before, question))
            {
                step.asked |= bit(at);
                used.set(question.id, answers.get(question.id));
                before = Some(question).filter(|question| question.group.is_none());
            }
        }
        if page.iter().any(|question| question.id == id) {
            // Whoever comes by the address alone sees what it names.
            if step.asked == 0 {
                let named = |question: &Question| question.group.is_some() || question.id == id;
                step.asked = bits(page, named);
            }
            return Some(step);
        }
    }
    None
}

/// About how many pages come after the next one: those that may still be asked of most people. Goes down from page to
/// page; where few are asked one more, it stays for that page.
pub fn ahead(tables: &'static Tables, path: &Path, as_of: Date) -> usize {
    let Some(next) = path.next else { return 0 };
    let counts = |question: &Question| {
        let open = path.used.get(question.id).is_none();
        open && !question.seldom && could_change(tables, &path.used, as_of, question.id)
    };
    pages(tables)
        .skip_while(|page| QuestionPage { page, asked: 0 }.id() != next.id())
        .skip(1)
        .filter(|page| page.iter().any(counts))
        .count()
}

fn pages(tables: &'static Tables) -> impl Iterator<Item = &'static [Question]> {
    tables.questions.chunk_by(|one, two| two.same_page || one.group.is_some() && one.group == two.group)
}

fn asked(
    tables: &'static Tables,
    used: &Answers,
    answers: &Answers,
    as_of: Date,
    page: &'static [Question],
    question: &Question,
) -> bool {
    // Nobody is asked for another level who hasn't said that one is meant.
    if question.id == QuestionId::TargetLevel {
        return answers.get(question.id).is_some() && Goal::of(tables, used) != Goal::Claim;
    }
    match question.group {
        // A list to tick is asked as a whole: what was said on it doesn't make the rest of it idle.
        Some(_) => {
            let mut open = *used;
            page.iter().for_each(|one| open.set(one.id, None));
            page.iter().any(|one| could_change(tables, &open, as_of, one.id))
        }
        None => could_change(tables, used, as_of, question.id),
    }
}

/// Whether a question matters whichever value of the one before it is chosen.
fn matters_anyhow(
    tables: &'static Tables,
    used: &Answers,
    as_of: Date,
    before: &Question,
    question: &Question,
) -> bool {
    match before.kind {
        Kind::Choice(values) if used.get(before.id).is_none() => (0..values.len()).all(|at| {
            let mut used = *used;
            used.set(before.id, Some(Answer::Choice(at as u16)));
            could_change(tables, &used, as_of, question.id)
        }),
        _ => true,
    }
}

fn bits(page: &[Question], which: impl Fn(&Question) -> bool) -> u64 {
    page.iter().enumerate().filter(|(_, question)| which(question)).fold(0, |bits, (at, _)| bits | bit(at))
}

/// The bit of the question at that place of a page; a page has at most all questions.
fn bit(at: usize) -> u64 {
    const { assert!(QuestionId::COUNT <= u64::BITS as usize) };
    1_u64.rotate_left(at as u32)
}

impl QuestionPage {
    /// The question that names the page, whether or not it is asked.
    pub fn id(&self) -> Option<QuestionId> {
        self.page.first().map(|question| question.id)
    }

    /// Those that are asked.
    pub fn questions(self) -> impl Iterator<Item = &'static Question> {
        self.page.iter().enumerate().filter(move |(at, _)| self.asked & bit(*at) != 0).map(|(_, question)| question)
    }

    /// Whether a question is asked.
    pub fn asks(self, id: QuestionId) -> bool {
        self.questions().any(|question| question.id == id)
    }

    /// All that could stand on the page.
    pub fn page(self) -> &'static [Question] {
        self.page
    }

    /// The list to tick that the page is.
    pub fn group(self) -> Option<&'static tables::Group> {
        self.page.first().and_then(|question| question.group)
    }
}

impl PartialEq for QuestionPage {
    fn eq(&self, other: &QuestionPage) -> bool {
        (self.id(), self.asked) == (other.id(), other.asked)
    }
}
