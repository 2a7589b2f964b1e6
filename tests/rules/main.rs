//! Tests of the rules, as data in and data out. They don't depend on how the core decides.

mod advice;
#[cfg(feature = "cli")]
mod agreement;
mod answer_classes;
#[cfg(feature = "cli")]
mod batch;
mod bounds;
#[cfg(feature = "cli")]
mod changing;
#[cfg(feature = "cli")]
mod combinations;
#[cfg(feature = "cli")]
mod command_line;
#[cfg(feature = "cli")]
mod contract;
#[cfg(feature = "cli")]
mod coverage;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
mod examples;
#[cfg(feature = "cli")]
mod export;
mod facts;
mod first_box;
mod flow;
mod frozen;
mod invented;
#[cfg(feature = "cli")]
mod large;
mod monotony;
mod next_year;
#[cfg(feature = "cli")]
mod oracle;
mod outcome;
#[cfg(feature = "cli")]
mod own_rules;
mod people;
mod proof;
mod sound;
mod structure;
mod tables;
mod wording;
