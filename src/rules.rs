//! The core: takes answers and returns findings with their reasons.
//!
//! It is pure and total: it uses no clock, storage, language, panic or float. Tables and date are arguments. The
//! rules themselves are data (`rules/`, read by the crate `tables`); this module only decides them.

mod advice;
mod answers;
mod assessment;
pub mod boundaries;
mod condition;
mod course;
mod entry;
mod exam;
mod finding;
mod money;
mod question_set;
mod recognition;
mod situation;
mod subsidy;
mod time;
mod truth;

pub use advice::{Action, Advice, AnswerSet, Outcome, advice};
pub use answers::{Answer, AnswerError, Answers, DONT_KNOW, answer, read, write};
pub use assessment::{OpenQuestions, assess, open_by_finding};
pub use condition::names;
pub use finding::{
    Amount, Assessment, Deadline, DecidedCriterion, EntryPath, ExamEntry, Finding, FindingId, Missing, NoAmount,
    Refusal, Remark, Resit, Stage,
};
pub use money::Range;
pub use question_set::QuestionSet;
pub use situation::{Goal, Phase, class_on, other_classes};
pub use subsidy::regulations_end;
pub use tables::*;
pub use time::Horizon;
pub use truth::{Cause, Truth};

mod baked {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
pub use baked::TABLES;
