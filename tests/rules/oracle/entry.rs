//! E: the finding `may-sit`, and the single parts that the paths (E1 to E5) are made of.

use serde_json::{Map, Value, json};

use super::facts::Facts;
use super::json::{finding, state_with_id};
use super::logic::{AUTHORITY, Answer, Given, Met, NotMet, Open, State, Unknown, all, any, decided};
use super::paths::paths;

/// One condition of a path; `lacks` is what is missing if it is not met: the question, and years or values.
pub struct Part {
    state: State,
    lacks: Option<(&'static str, Value)>,
}

impl Part {
    fn of(state: State, question: &'static str, missing: Value) -> Part {
        Part { state, lacks: (state == NotMet).then_some((question, missing)) }
    }
}

/// A path to a level: met if all its parts are.
pub struct Path {
    id: &'static str,
    parts: Vec<Part>,
}

pub fn path(id: &'static str, parts: impl Into<Vec<Part>>) -> Path {
    Path { id, parts: parts.into() }
}

impl Path {
    fn state(&self) -> State {
        all(self.parts.iter().map(|part| part.state))
    }

    fn to_json(&self) -> Value {
        let mut object = state_with_id(self.id, self.state());
        if self.state() == NotMet {
            let lacks: Map<String, Value> =
                self.parts.iter().flat_map(|part| part.lacks.clone()).map(|(id, what)| (id.into(), what)).collect();
            object.insert("lacks".into(), lacks.into());
        }
        object.into()
    }
}

/// The finding: the target level's paths, the highest level whose state is met, what is held already.
pub fn may_sit(facts: &Facts) -> Value {
    let target = facts.target_level();
    let clause = ["E1", "E2", "E3", "E4", "E5"][target as usize - 1];
    let mut met_levels = Vec::new();
    let mut object = Map::new();
    for level in 1..=5 {
        let paths = paths(facts, level);
        // "any one path suffices"
        let state = any(paths.iter().map(Path::state));
        if state == Met {
            met_levels.push(level);
        }
        if level == target {
            object.append(&mut finding(state, &[(clause, state)]));
            let list: Vec<Value> = paths.iter().map(Path::to_json).collect();
            object.insert("paths".into(), list.into());
        }
    }
    object.insert("highest-level".into(), json!(met_levels.iter().min()));
    // "Who already holds the target level or a higher one is told so."
    if let Given(Some(held)) = certificate_held(facts)
        && held <= target
    {
        object.insert("already-held".into(), held.into());
    }
    object.into()
}

/// Level of the certificate held in this or a related occupation, none for `none` and `other-occupation`.
fn certificate_held(facts: &Facts) -> Answer<Option<i64>> {
    match facts.text("certificate-held") {
        Given("none" | "other-occupation") => Given(None),
        Given(level) => Given(Some(level.parse().expect("a level"))),
        Open(cause) => Open(cause),
    }
}

/// E5.1: aged 16 or over.
pub fn aged(facts: &Facts, years: i64) -> Part {
    match facts.number("age") {
        Given(age) => Part::of(decided(age >= years), "age", (years - age).into()),
        Open(cause) => Part { state: Unknown(cause), lacks: None },
    }
}

/// "N years' work" in all.
pub fn years_worked(facts: &Facts, needed: i64) -> Part {
    years(facts, "years-worked", needed, Given(false))
}

/// "level-N certificate": "A higher certificate counts as a lower one." In another occupation: the centre decides.
pub fn certificate(facts: &Facts, level: i64) -> Part {
    let state = facts.text("certificate-held").judge(|held| match held {
        "none" => NotMet,
        "other-occupation" => AUTHORITY,
        held => decided(held.parse::<i64>().expect("a level") <= level),
    });
    let would_do: Vec<String> = (1..=level).rev().map(|level| level.to_string()).collect();
    Part::of(state, "certificate-held", would_do.into())
}

/// "level-N certificate, then M years' work": the years.
/// (No path needs a level-1 certificate, so an open one may always turn out higher.)
pub fn years_since_certificate(facts: &Facts, level: i64, needed: i64) -> Part {
    let higher = match certificate_held(facts) {
        Given(held) => Given(held.is_some_and(|held| held < level)),
        Open(cause) => Open(cause),
    };
    years(facts, "years-worked-since-certificate", needed, higher)
}

const TITLES: [&str; 3] = ["junior", "intermediate", "senior"];

fn rank(title: &str) -> Option<usize> {
    TITLES.iter().position(|known| *known == title)
}

/// "junior/intermediate/senior title": a higher one counts as a lower one. Of another field: the centre decides.
pub fn title(facts: &Facts, needed: &str) -> Part {
    let state = facts.text("title").judge(|title| match title {
        "none" => NotMet,
        "other-field" => AUTHORITY,
        title => decided(rank(title) >= rank(needed)),
    });
    let would_do: Vec<&str> = TITLES.iter().copied().filter(|title| rank(title) >= rank(needed)).collect();
    Part::of(state, "title", would_do.into())
}

/// "title, then M years' work": the years.
pub fn years_since_title(facts: &Facts, title: &str, needed: i64) -> Part {
    let higher = match facts.text("title") {
        Given(held) => Given(rank(held) > rank(title)),
        // No title is higher than a senior one.
        Open(_) if title == "senior" => Given(false),
        Open(cause) => Open(cause),
    };
    years(facts, "years-worked-since-title", needed, higher)
}

/// Work in this or a related occupation; in another the exam centre decides.
fn work_field(facts: &Facts) -> State {
    facts.text("work-field").judge(|field| match field {
        "this" | "related" => Met,
        "other" => AUTHORITY,
        _ => NotMet,
    })
}

/// Years of work, counted from the beginning or from a certificate or title. `higher`: what is held is higher than
/// what is needed, so that the years since the one needed may be more than those asked.
fn years(facts: &Facts, question: &'static str, needed: i64, higher: Answer<bool>) -> Part {
    let field = work_field(facts);
    // "`never-worked`: all years are 0."
    if field == NotMet {
        return Part::of(NotMet, question, needed.into());
    }
    let enough = match facts.number(question) {
        // "work-field other: every condition on years that they would meet is unknown (authority-decides)"
        Given(years) if years >= needed => field,
        Given(_) => NotMet,
        Open(cause) => Unknown(cause).and(field),
    };
    // "where the years since it are too few, the path is unknown (authority-decides)"; who never worked has none.
    let since_a_lower_one = higher.judge(|higher| if higher { AUTHORITY } else { NotMet });
    let worked = facts.text("work-field").judge(|field| decided(field != "never-worked"));
    match (enough.or(since_a_lower_one.and(worked)), facts.number(question)) {
        (NotMet, Given(years)) => Part::of(NotMet, question, (needed - years).into()),
        (state, _) => Part { state, lacks: None },
    }
}

/// E2.5: "'Held 2 years' is met with 2 years' work since the certificate, else unknown."
pub fn certificate_held_two_years(facts: &Facts) -> Part {
    let field = facts.text("work-field");
    let since = match field {
        Given("never-worked") => Given(0),
        _ => facts.number("years-worked-since-certificate"),
    };
    let state = match (since, field) {
        (Given(years), Given("this" | "related")) if years >= 2 => Met,
        // Whether it was held that long without work isn't asked.
        _ => AUTHORITY,
    };
    Part { state, lacks: None }
}

/// The kinds of education that a path takes.
pub fn education(facts: &Facts, kinds: &[&str]) -> Part {
    Part::of(facts.one_of("education", kinds), "education", kinds.into())
}

/// "graduate or final-year student", "graduate", or "student".
pub fn study_status(facts: &Facts, values: &[&str]) -> Part {
    Part::of(facts.one_of("study-status", values), "study-status", values.into())
}

/// "matching major". "Any other: unknown, the exam centre decides."
pub fn matching_major(facts: &Facts) -> Part {
    let state = facts.text("major").judge(|major| if major == "matching" { Met } else { AUTHORITY });
    Part { state, lacks: None }
}

/// E3.6: "No applicant can know whether a college is 'assessed'": given a college or university, nobody but the centre
/// knows. Another education is the other parts' matter.
pub fn assessed(facts: &Facts) -> Part {
    let state = facts.text("education").judge(|kind| match kind {
        "college" | "university" => AUTHORITY,
        _ => Met,
    });
    Part { state, lacks: None }
}
