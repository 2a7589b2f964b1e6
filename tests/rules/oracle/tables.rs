//! The figures of the notice: catalogue rows 63-75, shortage rows 1-22, and the days of validity.

use super::when::{Validity, day};

/// The occupation that the course is for: row 72 of the catalogue.
pub const AI_TRAINER: &str = "4-04-05-05";

/// `类别` of a catalogue row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    A,
    B,
}

/// The catalogue: "A pays 1000/1500/2400/3000/3600 for levels 5/4/3/2/1, B pays 1000/1500/2000/2500/3000."
pub fn pay(class: Class, level: i64) -> i64 {
    match (class, level) {
        (_, 5) => 1000,
        (_, 4) => 1500,
        (Class::A, 3) => 2400,
        (Class::A, 2) => 3000,
        (Class::A, 1) => 3600,
        (Class::B, 3) => 2000,
        (Class::B, 2) => 2500,
        (Class::B, 1) => 3000,
        _ => panic!("no such level: {level}"),
    }
}

/// S10: the catalogue of 2025, rows 63-75.
pub const CATALOGUE: [(&str, Class); 13] = [
    ("4-04-04-01", Class::A), // 63
    ("4-04-04-02", Class::A), // 64
    ("4-04-04-03", Class::A), // 65
    ("4-04-04-04", Class::A), // 66
    ("4-04-04-06", Class::B), // 67
    ("4-04-05-01", Class::A), // 68
    ("4-04-05-02", Class::A), // 69
    ("4-04-05-03", Class::B), // 70
    ("4-04-05-04", Class::B), // 71
    (AI_TRAINER, Class::A),   // 72
    ("4-04-05-06", Class::A), // 73
    ("4-04-05-07", Class::B), // 74
    ("4-04-05-08", Class::B), // 75
];

/// S11: the city's shortage list 2022-2025, rows 1-22 (row 6 has no code).
pub const SHORTAGE: [&str; 22] = [
    "6-18-02-04",
    "6-20-01-01",
    "6-18-01-01",
    "6-31-01-03",
    "6-18-04-01",
    "shortage-6",
    "6-18-01-04",
    "6-18-01-02",
    "4-04-05-01",
    "4-04-05-02",
    "6-31-03-05",
    "6-31-07-03",
    "6-25-02-05",
    "6-31-06-00",
    "6-25-01-16",
    "4-04-04-01",
    "2-02-30-04",
    "6-24-05-04",
    "6-25-02-06",
    AI_TRAINER,
    "4-08-05-04",
    "6-25-04-05",
];

/// S1-S9, S11, S12: by the date of the claim.
pub const REGULATION: Validity = Validity { from: day(2023, 8, 15), to: Some(day(2025, 12, 31)) };
/// S10, S4's occupation: by the date of the certificate.
pub const CATALOGUE_VALID: Validity = Validity { from: day(2025, 1, 1), to: None };
/// S11: by the date of the certificate.
pub const SHORTAGE_VALID: Validity = Validity { from: day(2022, 1, 1), to: Some(day(2025, 12, 31)) };
/// C1-C3, C5, C7: by the as-of date.
pub const THE_CLASS: Validity = Validity { from: day(2025, 4, 3), to: Some(day(2025, 7, 10)) };
/// R1, R2: by the as-of date.
pub const RECOGNITION: Validity = Validity { from: day(2024, 7, 1), to: None };
/// R3: by the as-of date.
pub const CRAFTSMEN: Validity = Validity { from: day(2024, 10, 12), to: Some(day(2024, 12, 31)) };
