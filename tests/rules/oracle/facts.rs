//! A person's answers, and the few readings of them that several rules share.

use std::collections::BTreeMap;

use super::logic::{AUTHORITY, Answer, Cause, Given, Met, NotMet, Open, State, any, decided};
use super::tables::{AI_TRAINER, THE_CLASS};
use super::when::{Day, When, day};

pub struct Facts<'a> {
    answers: &'a BTreeMap<String, String>,
    pub as_of: Day,
}

impl<'a> Facts<'a> {
    pub fn new(answers: &'a BTreeMap<String, String>, as_of: &str) -> Facts<'a> {
        Facts { answers, as_of: Day::read(as_of) }
    }

    /// The answer to a question.
    pub fn text(&self, question: &str) -> Answer<&'a str> {
        match self.answers.get(question).map(String::as_str) {
            None => Open(Cause::Unanswered),
            Some("dont-know") => Open(Cause::DontKnow),
            Some(value) => Given(value),
        }
    }

    pub fn number(&self, question: &str) -> Answer<i64> {
        match self.text(question) {
            Given(digits) => Given(digits.parse().expect("a whole number")),
            Open(cause) => Open(cause),
        }
    }

    pub fn date(&self, question: &str) -> Answer<Day> {
        match self.text(question) {
            Given(text) => Given(Day::read(text)),
            Open(cause) => Open(cause),
        }
    }

    /// Met when the answer is one of these values, not met when it is another.
    pub fn one_of(&self, question: &str, values: &[&str]) -> State {
        self.text(question).judge(|value| decided(values.contains(&value)))
    }

    pub fn yes(&self, question: &str) -> State {
        self.one_of(question, &["yes"])
    }

    pub fn no(&self, question: &str) -> State {
        self.one_of(question, &["no"])
    }

    pub fn goal(&self) -> &'a str {
        match self.text("goal") {
            Given(goal) => goal,
            Open(_) => panic!("a goal is required"),
        }
    }

    /// target-level: "3 unless said".
    pub fn target_level(&self) -> i64 {
        match self.number("target-level") {
            Given(level) => level,
            Open(_) => 3,
        }
    }

    /// Level of the certificate that S and R are about: the one held, under enrol the target's.
    pub fn certificate_level(&self) -> Answer<i64> {
        if self.goal() == "enrol" { Given(self.target_level()) } else { self.number("certificate-level") }
    }

    /// Occupation of that certificate: under enrol the AI trainer.
    pub fn certificate_occupation(&self) -> Answer<&'a str> {
        if self.goal() == "enrol" { Given(AI_TRAINER) } else { self.text("certificate-occupation") }
    }

    /// Goal `enrol`: "At target level 3, while the class is not past, certificate and claim are taken to fall between
    /// July and September 2025. Otherwise both dates are unknown, on or after the as-of date."
    fn forecast(&self) -> When {
        if self.target_level() == 3 && THE_CLASS.end_passed(When::On(self.as_of)).is_none() {
            When::Between(day(2025, 7, 1), day(2025, 9, 30))
        } else {
            When::OnOrAfter(self.as_of)
        }
    }

    /// The certificate's date of issue.
    pub fn certificate_date(&self) -> Answer<When> {
        if self.goal() == "enrol" {
            return Given(self.forecast());
        }
        match self.date("certificate-date") {
            Given(day) => Given(When::On(day)),
            Open(cause) => Open(cause),
        }
    }

    /// The date of the claim: "Under claim the as-of date is the date of the claim."
    pub fn claim_date(&self) -> When {
        if self.goal() == "enrol" { self.forecast() } else { When::On(self.as_of) }
    }

    /// S12: whether Zhuhai is a place of claim (household registration, insurance or work).
    pub fn may_claim_in_zhuhai(&self) -> State {
        any([
            self.one_of("household", &["zhuhai"]),
            self.text("insurance").judge(|insurance| match insurance {
                "zhuhai-employee" | "zhuhai-flexible" => Met,
                "zhuhai-resident" => AUTHORITY,
                _ => NotMet,
            }),
            self.one_of("works-in", &["zhuhai"]),
        ])
    }

    /// S12: whether another city of Guangdong is one.
    pub fn may_claim_elsewhere_in_guangdong(&self) -> State {
        any([
            self.one_of("household", &["guangdong"]),
            self.text("insurance").judge(|insurance| match insurance {
                "guangdong-employee" => Met,
                "guangdong-resident" => AUTHORITY,
                _ => NotMet,
            }),
            self.one_of("works-in", &["guangdong"]),
        ])
    }

    /// S12: "who can claim only in another city".
    pub fn may_claim_only_elsewhere(&self) -> State {
        self.may_claim_elsewhere_in_guangdong().and(self.may_claim_in_zhuhai().not())
    }
}
