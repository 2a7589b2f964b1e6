//! One person's answers on one day, and everything that follows from them.
//!
//! The page and `checker explain` create a consultation, and `explain` puts it into words. Code that shows no questions,
//! such as `batch` and `diff`, calls `rules::assess` directly. This module contains no wording.

use crate::{
    flow::{self, Path},
    rules::{self, Answers, Assessment, Date, Tables},
};

/// The sequence of questions and the findings.
#[derive(Clone, PartialEq, Debug)]
pub struct Consultation {
    /// The questions asked, the next question, and the answers that count.
    pub path: Path,
    /// The findings from the answers that count.
    pub assessment: Assessment,
}

impl Consultation {
    /// Creates a consultation. `as_of` is the civil date of Asia/Shanghai whose rules are used.
    pub fn new(tables: &'static Tables, answers: &Answers, as_of: Date) -> Consultation {
        let path = flow::replay(tables, answers, as_of);
        let assessment = rules::assess(tables, &path.used, as_of);
        Consultation { path, assessment }
    }

    /// Whether all questions that could change a finding are answered.
    pub fn is_complete(&self) -> bool {
        self.path.next.is_none()
    }
}
