//! Reads the classes: fees, dates and contacts (C).

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::Context;
use crate::{
    Contact, Course,
    read::file::{Block, leak},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenCourse {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Spanned<Datetime>,
    occupation: Spanned<String>,
    level: Spanned<u8>,
    training_fee: Spanned<String>,
    exam_fee: Spanned<String>,
    member_fee: Spanned<String>,
    remittance: Spanned<String>,
    least_people: Spanned<u16>,
    starts_from: Spanned<Datetime>,
    starts_to: Spanned<Datetime>,
    claims_from: Spanned<Datetime>,
    claims_to: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenContact {
    office: String,
    office_hant: Option<String>,
    office_en: Option<String>,
    person: String,
    person_hant: Option<String>,
    person_en: Option<String>,
    phone: Spanned<String>,
    #[serde(default)]
    wechat: bool,
}

impl Context<'_, '_> {
    /// Reads the classes.
    pub(super) fn courses(&mut self) -> &'static [Course] {
        let mut file = self.reader.open("rules/course.toml");
        let mut all = Vec::new();
        for mut block in self.reader.split(&mut file, "course") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let criteria = self.criteria(criteria);
            let contacts = self.reader.split(&mut block, "contact");
            let contacts = contacts.into_iter().filter_map(|contact| self.contact(contact)).collect::<Vec<_>>().leak();
            let Some(written) = self.reader.read::<WrittenCourse>(block) else { continue };
            let level = self.level(at, &written.level);
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, Some(&written.to));
            let starts = self.validity(at, &written.starts_from, Some(&written.starts_to));
            let claims = self.validity(at, &written.claims_from, Some(&written.claims_to));
            let occupation = self.occupation(at, &written.occupation);
            let fees = [&written.training_fee, &written.exam_fee, &written.member_fee].map(|fee| self.yuan(at, fee));
            let [fee, member, dates] = ["C1", "C2", "C4"].map(|clause| self.named(at, &criteria, clause));
            let (Some(source), Some(validity), Some(occupation)) = (source, validity, occupation) else { continue };
            let (Some(starts), Some(claims)) = (starts, claims) else { continue };
            let [Some(training_fee), Some(exam_fee), Some(member_fee)] = fees else { continue };
            let (Some(fee), Some(member), Some(dates)) = (fee, member, dates) else { continue };
            let full = training_fee.0.saturating_add(exam_fee.0);
            if full <= member_fee.0 {
                self.error(
                    at.at(&written.member_fee),
                    format!("members pay {}, which is not less than the full fee of {full}", member_fee.0),
                    "Write what members pay in all, training and exam together",
                );
            }
            if starts.from < validity.from || validity.to < starts.to {
                self.error(
                    at.at(&written.starts_from),
                    "the class starts outside its own days",
                    "Write days of starts-from and starts-to that lie within from and to",
                );
            }
            if starts.to.is_some_and(|start| claims.from <= start) || claims.to < validity.to {
                self.error(
                    at.at(&written.claims_from),
                    "certificates are expected before the class can be over",
                    "Write a claims-from after starts-to, and a claims-to not before to",
                );
            }
            let remittance = written.remittance.get_ref();
            if remittance.is_empty() || remittance.contains(|sign: char| !sign.is_alphanumeric()) {
                self.error(
                    at.at(&written.remittance),
                    format!("`{remittance}` can't stand behind a name without a sign between them"),
                    "Write letters and digits only: level, association, course",
                );
            }
            if *written.least_people.get_ref() == 0 {
                self.error(
                    at.at(&written.least_people),
                    "the class would open with nobody",
                    "Write with how many people it opens, 1 or more (clause C3)",
                );
            }
            let Some(level) = level else { continue };
            all.push((
                at,
                Course {
                    source,
                    validity,
                    occupation,
                    level,
                    training_fee,
                    exam_fee,
                    member_fee,
                    remittance: leak(remittance),
                    least_people: *written.least_people.get_ref(),
                    starts,
                    claims,
                    dates,
                    fee,
                    member,
                    contacts,
                },
            ));
        }
        self.reader.finish(file, &["[[course]]"]);
        self.in_time("rules/course.toml", all, |one| one.validity)
    }

    /// Reads one contact.
    fn contact(&mut self, block: Block) -> Option<Contact> {
        let at = block.place();
        let written = self.reader.read::<WrittenContact>(block)?;
        let phone = written.phone.get_ref();
        if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            self.error(
                at.at(&written.phone),
                format!("`{phone}` can't be dialled"),
                "Write digits only, in quotes: \"13800000000\"",
            );
        }
        let office = self.words.name(self.reader, at, &written.office, written.office_hant, written.office_en);
        let person = self.words.name(self.reader, at, &written.person, written.person_hant, written.person_en);
        Some(Contact { office, person, phone: leak(phone), wechat: written.wechat })
    }
}
