//! The rule tables: what they are, and how they come out of `rules/` and `locales/`.
//!
//! A crate of its own because two sides need the same types: the build, which reads and checks the files,
//! and the page, which holds the result as constants. The types are in `model`, `date`, `value_set` and `yuan`; everything that
//! reads files is behind the feature `read` and never reaches the page. Nothing here decides anything about a person.

mod date;
mod model;
mod value_set;
mod yuan;

#[cfg(feature = "read")]
mod bake;
#[cfg(feature = "read")]
mod locale;
#[cfg(feature = "read")]
mod read;

pub use date::Date;
pub use model::*;
pub use value_set::ValueSet;
pub use yuan::Yuan;

#[cfg(feature = "read")]
pub use {
    bake::{Baked, bake},
    locale::Languages,
    read::{Set, TableError, TableErrors, read},
};
