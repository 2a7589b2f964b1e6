//! Finds the question that comes next and the questions that no longer matter.
//!
//! The questionnaire is replayed from the answers, keyed by question. No position, history or earlier table is
//! stored, so none can be out of date. Questions come in the order of the tables, and only if they can still change
//! a finding. The module knows which questions share a page, because the tables define it; it doesn't know pages of
//! a browser.

use tables::{Date, Kind, Question, QuestionId, Tables};

use crate::rules::{Answer, Answers, Goal, OpenQuestions};

/// The sequence of question pages that follows from a person's answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// The pages that were asked and completely answered, in order. Answered pages after the next one are included.
    pub asked: Vec<QuestionPage>,
    /// The next page, or None if no open question can change a finding.
    pub next: Option<QuestionPage>,
    /// The answers to questions that are asked. Other answers stay with the caller but are never used.
    pub used: Answers,
}

/// A page of questions: all questions that it could contain, and which of them are asked.
#[derive(Clone, Copy, Debug)]
pub struct QuestionPage {
    page: &'static [Question],
    /// One bit for each question of the page.
    asked: u64,
}

/// Asks all questions again from the beginning, with the given answers. A page with an open question doesn't hide
/// the answers after it.
pub fn replay(tables: &'static Tables, answers: &Answers, as_of: Date) -> Path {
    let mut path = Path { asked: Vec::new(), next: None, used: Answers::NONE };
    let mut replay = Replay::new(tables, answers, as_of);
    for page in pages(tables) {
        let mut step = QuestionPage { page, asked: 0 };
        let mut open = false;
        if path.next.is_some() && page.iter().all(|question| answers.get(question.id).is_none()) {
            continue;
        }
        for (at, question) in page.iter().enumerate() {
            // A question after an open one on the same page depends on it, unless it was answered before. A
            // checkbox list (group) is answered as a whole.
            let hangs = open && question.group.is_none() && answers.get(question.id).is_none();
            if hangs || !replay.asks(page, question) {
                continue;
            }
            step.asked |= bit(at);
            replay.answer(question);
            open |= answers.get(question.id).is_none();
        }
        if open {
            path.next = path.next.or(Some(step));
        } else if step.asked != 0 {
            path.asked.push(step);
        }
    }
    path.used = replay.used;
    path
}

/// Returns the page of a question, with all questions that it could contain.
pub fn step(tables: &'static Tables, id: QuestionId) -> Option<QuestionPage> {
    let page = pages(tables).find(|page| page.iter().any(|question| question.id == id))?;
    Some(QuestionPage { page, asked: bits(page, |_| true) })
}

/// Returns the page of a question while it is being filled in; `answers` includes what is chosen on it so far. A
/// question appears only if no answer to the question before it could make it idle, so a visible question doesn't
/// disappear again.
pub fn page(tables: &'static Tables, answers: &Answers, as_of: Date, id: QuestionId) -> Option<QuestionPage> {
    let mut replay = Replay::new(tables, answers, as_of);
    for page in pages(tables) {
        let mut step = QuestionPage { page, asked: 0 };
        let mut before: Option<&Question> = None;
        for (at, question) in page.iter().enumerate() {
            if replay.asks(page, question)
                && before.is_none_or(|before| replay.matters_for_every_value(before, question))
            {
                step.asked |= bit(at);
                replay.answer(question);
                before = Some(question).filter(|question| question.group.is_none());
            }
        }
        if page.iter().any(|question| question.id == id) {
            // If a person opens the page by its address alone, the named question is shown.
            if step.asked == 0 {
                let named = |question: &Question| question.group.is_some() || question.id == id;
                step.asked = bits(page, named);
            }
            return Some(step);
        }
    }
    None
}

/// Estimates how many pages follow the next one: those that may still be asked of most people. The number decreases
/// from page to page; for a page that few people see, it stays the same.
pub fn pages_after_next(tables: &'static Tables, path: &Path, as_of: Date) -> usize {
    let Some(next) = path.next else { return 0 };
    let mut open = OpenQuestions::of(tables, &path.used, as_of);
    let mut counts = |question: &Question| !question.seldom && open.contains(question.id);
    pages(tables)
        .skip_while(|page| QuestionPage { page, asked: 0 }.id() != next.id())
        .skip(1)
        .filter(|page| page.iter().any(&mut counts))
        .count()
}

/// Returns the pages of the tables. A page is one question, several questions that share a page, or one group.
fn pages(tables: &'static Tables) -> impl Iterator<Item = &'static [Question]> {
    tables.questions.chunk_by(|one, two| two.same_page || one.group.is_some() && one.group == two.group)
}

/// A replay in progress: the answers used so far, and the questions that they leave open.
struct Replay<'a> {
    tables: &'static Tables,
    answers: &'a Answers,
    as_of: Date,
    /// The answers to the questions that were asked.
    used: Answers,
    /// The questions that could change a finding.
    open: OpenQuestions,
    /// Whether `used` has answers that `open` doesn't take into account yet.
    is_open_outdated: bool,
}

impl<'a> Replay<'a> {
    fn new(tables: &'static Tables, answers: &'a Answers, as_of: Date) -> Replay<'a> {
        let open = OpenQuestions::of(tables, &Answers::NONE, as_of);
        Replay { tables, answers, as_of, used: Answers::NONE, open, is_open_outdated: false }
    }

    /// Marks a question as asked: from now on its answer, if there is one, is used.
    fn answer(&mut self, question: &Question) {
        let answer = self.answers.get(question.id);
        self.used.set(question.id, answer);
        self.is_open_outdated |= answer.is_some();
    }

    /// Whether the next question of a page is asked, given the answers used so far.
    fn asks(&mut self, page: &'static [Question], question: &Question) -> bool {
        // The target level is asked only if it has an answer already, that is, if the person chose another level.
        if question.id == QuestionId::TARGET_LEVEL {
            return self.answers.get(question.id).is_some() && Goal::of(self.tables, &self.used) != Goal::Claim;
        }
        // A checkbox list (group) is asked as a whole: answers on it don't make its other questions idle.
        let is_first = page.first().is_some_and(|first| first.id == question.id);
        if self.is_open_outdated && (is_first || question.group.is_none()) {
            self.open = OpenQuestions::of(self.tables, &self.used, self.as_of);
            self.is_open_outdated = false;
        }
        match question.group {
            Some(_) => page.iter().any(|one| self.open.contains(one.id)),
            None => self.open.contains(question.id),
        }
    }

    /// Whether a question matters for every value of the question before it.
    fn matters_for_every_value(&self, before: &Question, question: &Question) -> bool {
        match before.kind {
            Kind::Choice(values) if self.used.get(before.id).is_none() => (0..values.len()).all(|at| {
                let mut used = self.used;
                used.set(before.id, Some(Answer::Choice(at as u16)));
                OpenQuestions::of(self.tables, &used, self.as_of).contains(question.id)
            }),
            _ => true,
        }
    }
}

/// Returns the bits of the questions that satisfy a predicate.
fn bits(page: &[Question], which: impl Fn(&Question) -> bool) -> u64 {
    page.iter().enumerate().filter(|(_, question)| which(question)).fold(0, |bits, (at, _)| bits | bit(at))
}

/// The bit of the question at this index of a page. The assertion checks that 64 bits are enough for all questions.
fn bit(at: usize) -> u64 {
    const { assert!(QuestionId::MOST <= u64::BITS as usize) };
    1_u64.rotate_left(at as u32)
}

impl QuestionPage {
    /// The id of the page's first question, which names the page whether or not it is asked.
    pub fn id(&self) -> Option<QuestionId> {
        self.page.first().map(|question| question.id)
    }

    /// The questions that are asked.
    pub fn questions(self) -> impl Iterator<Item = &'static Question> {
        self.page.iter().enumerate().filter(move |(at, _)| self.asked & bit(*at) != 0).map(|(_, question)| question)
    }

    /// Whether this question is asked.
    pub fn asks(self, id: QuestionId) -> bool {
        self.questions().any(|question| question.id == id)
    }

    /// All questions that the page could contain.
    pub fn page(self) -> &'static [Question] {
        self.page
    }

    /// The group, if the page is a checkbox list.
    pub fn group(self) -> Option<&'static tables::Group> {
        self.page.first().and_then(|question| question.group)
    }
}

impl PartialEq for QuestionPage {
    fn eq(&self, other: &QuestionPage) -> bool {
        (self.id(), self.asked) == (other.id(), other.asked)
    }
}
