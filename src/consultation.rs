//! One person's answers on one day, and everything that follows from them.
//!
//! The one way in which tables, answers and day are put together: the page, trying another answer, the command line and the tests all
//! make one of these. Says nothing in words; that is `explain`.

use crate::{
    flow::{self, Path},
    rules::{self, Answers, Assessment, Date, Tables},
};

/// The way through the questions and the findings.
#[derive(Clone, PartialEq, Debug)]
pub struct Consultation {
    /// What was asked, what comes next, and the answers that count.
    pub path: Path,
    /// The findings, from the answers that count.
    pub assessment: Assessment,
}

impl Consultation {
    /// `as_of` is the civil date of Asia/Shanghai whose rules are used.
    pub fn new(tables: &'static Tables, answers: &Answers, as_of: Date) -> Consultation {
        let path = flow::replay(tables, answers, as_of);
        let assessment = rules::assess(tables, &path.used, as_of);
        Consultation { path, assessment }
    }

    /// Everything that could change a finding is answered.
    pub fn is_complete(&self) -> bool {
        self.path.next.is_none()
    }
}
