//! The rule tables: their types, and how they are read from `rules/` and `locales/`.
//!
//! This is a separate crate because two programs need the same types: the build script, which reads and checks the
//! files, and the page, which contains the result as constants. The types are in `model`, `date`, `value_set` and
//! `yuan`. All code that reads files is behind the feature `read` and is not in the page. Nothing here decides
//! anything about a person.

mod date;
mod model;
mod value_set;
mod yuan;

#[cfg(feature = "read")]
mod bake;
#[cfg(feature = "read")]
mod bilingual;
#[cfg(feature = "read")]
pub mod frozen;
#[cfg(feature = "read")]
mod locale;
#[cfg(feature = "read")]
mod read;

pub use date::Date;
pub use model::*;
pub use value_set::ValueSet;
pub use yuan::{Share, Yuan};

#[cfg(feature = "read")]
pub use {
    bake::{Baked, bake},
    bilingual::Bilingual,
    locale::{Language, Languages, level_key},
    read::{Set, TableError, TableErrors, read},
};
