//! The core: answers in, findings with their reasons out.
//!
//! Pure and total: no clock, no storage, no language, no panic, no float. Tables and date come from outside. The rules
//! themselves are data (`rules/`, read by the crate `tables`); here is only how they are decided.

mod advice;
mod answers;
mod assessment;
pub mod boundaries;
mod case;
mod condition;
mod course;
mod entry;
mod exam;
mod finding;
mod money;
mod recognition;
mod subsidy;
mod time;
mod truth;

pub use advice::{Advice, Given, Outcome, Step, advice};
pub use answers::{Answer, AnswerError, Answers, DONT_KNOW, read, write};
pub use assessment::{assess, could_change, what_could_change};
pub use case::{Goal, Phase, class_on};
pub use condition::names;
pub use finding::{
    Amount, Assessment, Deadline, Decided, Finding, FindingId, Lack, NoAmount, Refusal, Remark, Resit, Sitting, Stage,
    Way,
};
pub use money::Range;
pub use subsidy::regulations_end;
pub use tables::*;
pub use time::Horizon;
pub use truth::{Cause, Truth};

mod baked {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
pub use baked::TABLES;
