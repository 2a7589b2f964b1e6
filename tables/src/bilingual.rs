//! Texts in English and Chinese: what is wrong with a table, for programmers and for those who correct tables.
//!
//! Neither is optional and both are made in one place from the same values, so that a new error can't have only one.

/// A text in English and in Simplified Chinese.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Bilingual {
    pub english: String,
    pub chinese: String,
}

/// Creates a `Bilingual` from an English and a Chinese format string, and the values that both contain. What they
/// have in backticks must be the same.
macro_rules! bilingual {
    ($english:literal, $chinese:literal $(, $value:expr)* $(,)?) => {
        $crate::bilingual::Bilingual {
            english: format!($english $(, $value)*),
            chinese: format!($chinese $(, $value)*),
        }
    };
}
pub(crate) use bilingual;
