//! The questionnaire: what it asks of whom, and that nothing asked is idle and nothing left out is missed.

use std::collections::BTreeMap;

use subsidy_checker::{
    flow,
    rules::{Answer, Answers, Date, Kind, QuestionId, TABLES, assess, read, write},
};

use crate::examples::answers;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Answers every question that comes up, by the list or else with its first value; returns what was asked.
fn check(as_of: &str, said: &[(&str, &str)], expected: &str) {
    let mut known = Answers::NONE;
    let mut asked = Vec::new();
    while let Some(step) = flow::replay(&TABLES, &known, day(as_of)).next {
        for question in step.questions {
            let value = said.iter().find(|(id, _)| *id == question.id.id()).map(|(_, value)| *value);
            let value = value.unwrap_or_else(|| panic!("{} is asked, after {asked:?}", question.id.id()));
            known.set(question.id, Some(read(question, value).unwrap()));
            asked.push(question.id.id());
        }
    }
    assert_eq!(asked.join(" "), expected);
}

const NONE_OF_THESE: [(&str, &str); 3] = [("established-post", "no"), ("full-time-student", "no"), ("pension", "no")];

#[test]
fn asks_in_the_order_of_the_tables_and_only_what_matters() {
    let with = |said: &[(&'static str, &'static str)]| [said, &NONE_OF_THESE].concat();
    check(
        "2025-05-10",
        &with(&[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "yes"),
            ("household", "zhuhai"),
            ("insurance", "zhuhai-employee"),
            ("age", "30"),
        ]),
        "study-status works-in employer-member household insurance age established-post full-time-student pension",
    );
    // Whoever doesn't work has no employer; between 56 and 60 the sex counts.
    check(
        "2025-05-10",
        &with(&[
            ("study-status", "graduated"),
            ("works-in", "not-working"),
            ("household", "zhuhai"),
            ("insurance", "none"),
            ("age", "56"),
            ("sex", "male"),
        ]),
        "study-status works-in household insurance age sex established-post full-time-student pension",
    );
    // Neither household nor insurance: being registered as unemployed may help.
    check(
        "2025-05-10",
        &with(&[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "no"),
            ("household", "elsewhere"),
            ("insurance", "none"),
            ("unemployment-registered", "yes"),
            ("age", "40"),
        ]),
        "study-status works-in employer-member household insurance unemployment-registered age established-post full-time-student pension",
    );
    // Who is out already is asked no more.
    check(
        "2025-05-10",
        &[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "no"),
            ("household", "elsewhere"),
            ("insurance", "none"),
            ("unemployment-registered", "no"),
        ],
        "study-status works-in employer-member household insurance unemployment-registered",
    );
    check(
        "2025-05-10",
        &[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "no"),
            ("household", "zhuhai"),
            ("insurance", "none"),
            ("age", "61"),
        ],
        "study-status works-in employer-member household insurance age",
    );
    // Not knowing the age, the sex can't change anything.
    check(
        "2025-05-10",
        &with(&[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "no"),
            ("household", "zhuhai"),
            ("insurance", "none"),
            ("age", "dont-know"),
        ]),
        "study-status works-in employer-member household insurance age established-post full-time-student pension",
    );
    // After the rules' end the same is asked, for what held until then.
    check(
        "2026-11-24",
        &with(&[
            ("study-status", "graduated"),
            ("works-in", "zhuhai"),
            ("employer-member", "yes"),
            ("household", "zhuhai"),
            ("insurance", "zhuhai-employee"),
            ("age", "30"),
        ]),
        "study-status works-in employer-member household insurance age established-post full-time-student pension",
    );
}

#[test]
fn a_changed_answer_keeps_the_others_and_what_no_longer_matters_is_not_used() {
    let written = [
        ("works-in", "not-working"),
        ("employer-member", "yes"),
        ("sex", "male"),
        ("age", "30"),
        ("study-status", "graduated"),
    ];
    let written: BTreeMap<_, _> = written.map(|(id, value)| (id.to_owned(), toml::Value::from(value))).into();
    let path = flow::replay(&TABLES, &answers(&written), day("2025-05-10"));
    assert_eq!(path.used.get(QuestionId::EmployerMember), None);
    assert_eq!(path.used.get(QuestionId::WorksIn), answers(&written).get(QuestionId::WorksIn));
    assert_eq!(path.next.and_then(|step| step.id()), Some(QuestionId::Household));
}

/// Random people with every answer given, a few of them "don't know".
#[test]
fn what_is_asked_gives_the_same_findings_as_all_answers() {
    let mut random = Random(2025);
    let mut most = 0;
    let people = 20_000;
    for _ in 0..people {
        let mut all = Answers::NONE;
        for question in TABLES.questions {
            let answer = match question.kind {
                _ if random.below(12) == 0 => Answer::DontKnow,
                Kind::Choice(values) => Answer::Choice(random.below(values.len() as u64) as u8),
                // Around the boundaries more often than far from them.
                Kind::Number(from, to) if random.below(4) == 0 => {
                    Answer::Number(from + random.below(u64::from(to - from) + 1) as u16)
                }
                Kind::Number(..) => Answer::Number([14, 15, 16, 54, 55, 56, 59, 60, 61][random.below(9) as usize]),
            };
            all.set(question.id, Some(answer));
        }
        let as_of = ["2025-05-10", "2025-07-11", "2026-01-01"][random.below(3) as usize];
        let path = flow::replay(&TABLES, &all, day(as_of));
        assert!(path.next.is_none());
        most = most.max(path.asked.len());
        let states = |answers: &Answers| {
            let findings = assess(&TABLES, answers, day(as_of)).findings;
            findings
                .into_iter()
                .map(|one| (one.state, one.amount, one.claim_at, one.indicative.map(|then| (then.state, then.amount))))
                .collect::<Vec<_>>()
        };
        assert_eq!(without_causes(states(&path.used)), without_causes(states(&all)), "{as_of} {}", person(&all));
    }
    assert_eq!(most, 9, "the start page says how many pages there are at most");
}

type Told = (
    subsidy_checker::rules::Truth,
    Option<subsidy_checker::rules::Range>,
    Vec<subsidy_checker::rules::PlaceId>,
    Option<(subsidy_checker::rules::Truth, Option<subsidy_checker::rules::Range>)>,
);

/// What a question that was not asked leaves open may be open for another reason, never with another result.
fn without_causes(told: Vec<Told>) -> String {
    told.into_iter()
        .map(|(state, amount, places, then)| {
            format!("{} {amount:?} {places:?} {:?}\n", state.id(), then.map(|(state, amount)| (state.id(), amount)))
        })
        .collect()
}

fn person(answers: &Answers) -> String {
    let said = TABLES
        .questions
        .iter()
        .filter_map(|one| Some(format!("{} = {:?}", one.id.id(), write(one, answers.get(one.id)?)?)));
    said.collect::<Vec<_>>().join(", ")
}

/// The same numbers in every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}
