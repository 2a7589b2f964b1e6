//! Subjects that are about nothing but what engines do differently.

mod embed;
mod faults;
mod harness;
mod hosts;
mod kept;
mod monkey;
mod offline;
mod session;
mod storage;
