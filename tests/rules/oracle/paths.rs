//! The paths to every level, as the table of section 3 has them.

use super::entry::{
    Path, aged, assessed, certificate, certificate_held_two_years, education, matching_major, path, study_status,
    title, years_since_certificate, years_since_title, years_worked,
};
use super::facts::Facts;

const ANY_SCHOOL: [&str; 5] =
    ["secondary-vocational", "technician-senior", "technician-preparatory", "college", "university"];
const TECHNICIAN: [&str; 2] = ["technician-senior", "technician-preparatory"];
const HIGHER: [&str; 2] = ["college", "university"];
const GRADUATE_OR_FINAL_YEAR: [&str; 2] = ["graduated", "final-year"];
const GRADUATE: [&str; 1] = ["graduated"];

pub fn paths(f: &Facts, level: i64) -> Vec<Path> {
    match level {
        5 => level_5(f),
        4 => level_4(f),
        3 => level_3(f),
        2 => level_2(f),
        1 => level_1(f),
        _ => panic!("no such level: {level}"),
    }
}

fn level_5(f: &Facts) -> Vec<Path> {
    // E5.1 aged 16 or over
    vec![path("E5.1", [aged(f, 16)])]
}

fn level_4(f: &Facts) -> Vec<Path> {
    vec![
        // E4.1 5 years' work
        path("E4.1", [years_worked(f, 5)]),
        // E4.2 level-5 certificate, then 3 years' work
        path("E4.2", [certificate(f, 5), years_since_certificate(f, 5, 3)]),
        // E4.3 graduate or final-year student of a technician school or of any secondary or higher vocational school,
        // college or university, matching major
        path("E4.3", [education(f, &ANY_SCHOOL), study_status(f, &GRADUATE_OR_FINAL_YEAR), matching_major(f)]),
    ]
}

fn level_3(f: &Facts) -> Vec<Path> {
    vec![
        // E3.1 10 years' work
        path("E3.1", [years_worked(f, 10)]),
        // E3.2 level-4 certificate, then 4 years' work
        path("E3.2", [certificate(f, 4), years_since_certificate(f, 4, 4)]),
        // E3.3 junior title, then 1 year's work
        path("E3.3", [title(f, "junior"), years_since_title(f, "junior", 1)]),
        // E3.4 graduate or final-year student of a technician school's senior class or higher, matching major
        path("E3.4", [education(f, &TECHNICIAN), study_status(f, &GRADUATE_OR_FINAL_YEAR), matching_major(f)]),
        // E3.5 level-4 certificate, and graduate or final-year student of a college or university, matching major
        path(
            "E3.5",
            [certificate(f, 4), education(f, &HIGHER), study_status(f, &GRADUATE_OR_FINAL_YEAR), matching_major(f)],
        ),
        // E3.6 graduate or final-year student of an assessed college or university, matching major
        path("E3.6", [education(f, &HIGHER), assessed(f), study_status(f, &GRADUATE_OR_FINAL_YEAR), matching_major(f)]),
    ]
}

fn level_2(f: &Facts) -> Vec<Path> {
    vec![
        // E2.1 level-3 certificate, then 5 years' work
        path("E2.1", [certificate(f, 3), years_since_certificate(f, 3, 5)]),
        // E2.2 junior title, then 5 years' work, and level-3 certificate, then 1 year's work
        path(
            "E2.2",
            [
                title(f, "junior"),
                years_since_title(f, "junior", 5),
                certificate(f, 3),
                years_since_certificate(f, 3, 1),
            ],
        ),
        // E2.3 intermediate title, then 1 year's work
        path("E2.3", [title(f, "intermediate"), years_since_title(f, "intermediate", 1)]),
        // E2.4 level-3 certificate, graduate of a senior technician school or technician college, 2 years' work in all
        path("E2.4", [certificate(f, 3), education(f, &TECHNICIAN), study_status(f, &GRADUATE), years_worked(f, 2)]),
        // E2.5 level-3 certificate held 2 years, student of a technician college's preparatory-technician class or
        // higher
        path(
            "E2.5",
            [
                certificate(f, 3),
                certificate_held_two_years(f),
                education(f, &["technician-preparatory"]),
                study_status(f, &["final-year", "enrolled"]),
            ],
        ),
    ]
}

fn level_1(f: &Facts) -> Vec<Path> {
    vec![
        // E1.1 level-2 certificate, then 5 years' work
        path("E1.1", [certificate(f, 2), years_since_certificate(f, 2, 5)]),
        // E1.2 intermediate title, then 5 years' work, and level-2 certificate, then 1 year's work
        path(
            "E1.2",
            [
                title(f, "intermediate"),
                years_since_title(f, "intermediate", 5),
                certificate(f, 2),
                years_since_certificate(f, 2, 1),
            ],
        ),
        // E1.3 senior title, then 1 year's work
        path("E1.3", [title(f, "senior"), years_since_title(f, "senior", 1)]),
    ]
}
