//! S10-S12: what is paid if the subsidy is granted.

use serde_json::{Map, Value};

use super::facts::Facts;
use super::json::{Range, range_or_null};
use super::logic::{AUTHORITY, Answer, Given, Met, NO_RULES, NotMet, Open, State, Unknown, all, any, decided};
use super::subsidy::s7;
use super::tables::{CATALOGUE, CATALOGUE_VALID, Class, REGULATION, SHORTAGE, SHORTAGE_VALID, pay};
use super::when::{View, When};

/// What the tables know of an occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupation {
    /// Its class in rows 63-75; none: outside them, the catalogue may still hold it.
    pub class: Option<Class>,
    /// Whether it is in shortage rows 1-22; if not, another part of the list may still hold it.
    pub on_shortage_list: bool,
}

pub fn occupation(id: &str) -> Occupation {
    let row = CATALOGUE.iter().find(|(code, _)| *code == id);
    Occupation { class: row.map(|(_, class)| *class), on_shortage_list: SHORTAGE.contains(&id) }
}

pub fn certificate_occupation(facts: &Facts) -> Answer<Occupation> {
    match facts.certificate_occupation() {
        Given(id) => Given(occupation(id)),
        Open(cause) => Open(cause),
    }
}

/// The occupation's part of S4, and of S10: in the catalogue, by the certificate's date.
pub fn in_catalogue(occupation: Answer<Occupation>, date: Answer<When>, view: View) -> State {
    let listed = occupation.judge(|occupation| if occupation.class.is_some() { Met } else { AUTHORITY });
    date.judge(|date| if CATALOGUE_VALID.covers(date, view) { Met } else { NO_RULES }).and(listed)
}

/// S10: the catalogue's row and level.
pub fn s10(facts: &Facts, view: View) -> State {
    in_catalogue(certificate_occupation(facts), facts.certificate_date(), view).and(facts.certificate_level().known())
}

/// S11, for a certificate of this level.
fn uplift_state(facts: &Facts, view: View, level: Answer<i64>) -> State {
    if !REGULATION.covers(facts.claim_date(), view) {
        return NO_RULES;
    }
    let listed =
        certificate_occupation(facts).judge(|occupation| if occupation.on_shortage_list { Met } else { AUTHORITY });
    let employee_in_zhuhai = facts.text("insurance").judge(|insurance| match insurance {
        "zhuhai-employee" => Met,
        "zhuhai-flexible" => AUTHORITY,
        _ => NotMet,
    });
    // S12: "who can claim only in another city gets the base, and what that city adds is unknown (authority-decides):
    // from 0 to 30 % at level 3 or above".
    let what_that_city_adds = AUTHORITY;
    let condition = all([
        level.judge(|level| decided(level <= 3)),
        any([all([listed, employee_in_zhuhai]), all([facts.may_claim_only_elsewhere(), what_that_city_adds])]),
    ]);
    match facts.certificate_date() {
        Given(date) if SHORTAGE_VALID.covers(date, view) => condition,
        Given(_) => NO_RULES,
        // Some of the days that it may be always lie outside the list's validity.
        Open(own) => match condition {
            Unknown(other) => Unknown(own.min(other)),
            Met | NotMet => Unknown(own),
        },
    }
}

pub fn s11(facts: &Facts, view: View) -> State {
    uplift_state(facts, view, facts.certificate_level())
}

/// `base`, `uplift` and `amount` of the subsidy.
#[derive(Clone, Copy, Debug)]
pub enum Sums {
    /// The subsidy is not met.
    Absent,
    /// The occupation is open or outside the rows, the certificate may be from before 2025, or no regulation is sure to
    /// hold on the claim date.
    NotKnown,
    Known {
        base: Range,
        uplift: Range,
        amount: Range,
    },
}

impl Sums {
    pub fn insert_into(self, object: &mut Map<String, Value>) {
        let (base, uplift, amount) = match self {
            Sums::Absent => return,
            Sums::NotKnown => (None, None, None),
            Sums::Known { base, uplift, amount } => (Some(base), Some(uplift), Some(amount)),
        };
        object.insert("base".into(), range_or_null(base));
        object.insert("uplift".into(), range_or_null(uplift));
        object.insert("amount".into(), range_or_null(amount));
    }
}

/// 30 % of a base; every base is a multiple of 100.
fn thirty_per_cent(base: i64) -> i64 {
    base * 30 / 100
}

/// The sums if it is granted: exact bounds over everything open or unknown.
pub fn sums(facts: &Facts, view: View) -> Sums {
    // "The regulation is what makes the catalogue payable."
    if !REGULATION.covers(facts.claim_date(), view) {
        return Sums::NotKnown;
    }
    match facts.certificate_date() {
        Given(date) if CATALOGUE_VALID.covers(date, view) => {}
        Given(_) | Open(_) => return Sums::NotKnown,
    }
    let class = match certificate_occupation(facts) {
        Given(Occupation { class: Some(class), .. }) => class,
        Given(_) | Open(_) => return Sums::NotKnown,
    };
    let levels = match facts.certificate_level() {
        Given(level) => vec![level],
        Open(_) => vec![5, 4, 3, 2, 1],
    };
    // Every base that is possible, and with each the least and the most uplift.
    let mut possible: Vec<(i64, Range)> = Vec::new();
    for level in levels {
        // "What is paid if it is granted": nothing is at a level for which it is refused.
        if facts.goal() == "claim" && s7(facts, Given(level)) == NotMet {
            continue;
        }
        let base = pay(class, level);
        let most = thirty_per_cent(base);
        let uplift = match uplift_state(facts, view, Given(level)) {
            // Validity: "0 at levels 4 and 5", where the list has ended.
            _ if level > 3 => Range::exactly(0),
            Met => Range::exactly(most),
            NotMet => Range::exactly(0),
            Unknown(_) => Range { min: 0, max: most },
        };
        possible.push((base, uplift));
    }
    Sums::Known {
        base: hull(possible.iter().map(|(base, _)| Range::exactly(*base))),
        uplift: hull(possible.iter().map(|(_, uplift)| *uplift)),
        amount: hull(possible.iter().map(|(base, up)| Range { min: base + up.min, max: base + up.max })),
    }
}

/// From the least to the most of them all.
fn hull(ranges: impl Iterator<Item = Range>) -> Range {
    ranges
        .reduce(|one, two| Range { min: one.min.min(two.min), max: one.max.max(two.max) })
        .expect("at least one possibility")
}
