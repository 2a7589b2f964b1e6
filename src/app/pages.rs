//! The pages, one module for each: a function from the state to a view.

pub mod question;
pub mod result;
pub mod review;
pub mod rule_book;
pub mod start;
