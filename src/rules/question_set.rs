//! Sets of questions.

use tables::QuestionId;

/// A set of questions, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuestionSet(pub(super) u64);

impl QuestionSet {
    pub const NONE: QuestionSet = QuestionSet(0);

    /// The set of one question. The assertion checks that 64 bits are enough.
    pub fn of(question: QuestionId) -> QuestionSet {
        const { assert!(QuestionId::MOST <= u64::BITS as usize) };
        QuestionSet(1_u64.rotate_left(u32::from(question.0)))
    }

    /// Whether the set contains the question.
    pub fn contains(self, question: QuestionId) -> bool {
        self.contains_all(QuestionSet::of(question))
    }

    /// Whether the set contains every question of the other one.
    pub fn contains_all(self, other: QuestionSet) -> bool {
        other.0 & !self.0 == 0
    }

    /// The union of two sets.
    pub fn with(self, other: QuestionSet) -> QuestionSet {
        QuestionSet(self.0 | other.0)
    }

    /// Whether the set contains no question.
    pub fn is_empty(self) -> bool {
        self == QuestionSet::NONE
    }
}

impl FromIterator<QuestionSet> for QuestionSet {
    fn from_iter<I: IntoIterator<Item = QuestionSet>>(sets: I) -> QuestionSet {
        sets.into_iter().fold(QuestionSet::NONE, QuestionSet::with)
    }
}
