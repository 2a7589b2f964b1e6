//! Reads the classes: fees, dates and contacts (C).

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::Context;
use crate::{
    Contact, Course,
    bilingual::bilingual,
    locale::{Fact, Facts, Name, Sentence},
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
    /// Which class of its year it is.
    number: Spanned<u16>,
    remittance: Spanned<String>,
    least_people: Spanned<u16>,
    starts_from: Spanned<Datetime>,
    starts_to: Spanned<Datetime>,
    /// When it begins and when the exam is, as the notice says it.
    start_words: String,
    exam_words: String,
    claims_from: Spanned<Datetime>,
    claims_to: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenContact {
    office: String,
    person: String,
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
            let information = self.reader.split(&mut block, "information");
            let contacts = self.reader.split(&mut block, "contact");
            let contacts = contacts.into_iter().filter_map(|contact| self.contact(contact)).collect::<Vec<_>>().leak();
            let [starts_said, exam_said] =
                self.words.translations(self.reader, &mut block, ["start-words", "exam-words"]);
            let Some(written) = self.reader.read::<WrittenCourse>(block) else { continue };
            let level = self.level(at, &written.level);
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, Some(&written.to));
            let starts = self.validity(at, &written.starts_from, Some(&written.starts_to));
            let claims = self.validity(at, &written.claims_from, Some(&written.claims_to));
            let occupation = self.occupation(at, &written.occupation);
            let fees = [&written.training_fee, &written.exam_fee, &written.member_fee].map(|fee| self.yuan(at, fee));
            let (Some(source), Some(validity), Some(occupation)) = (source, validity, occupation) else { continue };
            let (Some(starts), Some(claims), Some(level)) = (starts, claims, level) else { continue };
            let [Some(training_fee), Some(exam_fee), Some(member_fee)] = fees else { continue };
            let remittance = leak(written.remittance.get_ref());
            let (number, least_people) = (*written.number.get_ref(), *written.least_people.get_ref());
            let starts_words = Name::sentence(&written.start_words, starts_said);
            let exam_words = Name::sentence(&written.exam_words, exam_said);
            let facts = [
                ("year", Fact::Number(starts.from.year())),
                ("number", Fact::Number(number)),
                ("level", Fact::Level(level)),
                ("least_people", Fact::Number(least_people)),
                ("starts", Fact::Words(starts_words.clone())),
                ("exam", Fact::Words(exam_words.clone())),
                ("remittance", Fact::Text(remittance)),
            ];
            let facts: Facts = facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect();
            let name = self.words.fill(self.reader, &Sentence::Key("course.name".to_owned()), &facts);
            let starts_words = self.words.fill(self.reader, &Sentence::Own(starts_words, at), &facts);
            let exam_words = self.words.fill(self.reader, &Sentence::Own(exam_words, at), &facts);
            let information = self.information(information, &facts);
            let criteria = self.criteria(criteria, &facts);
            let [fee, member, dates] = ["C1", "C2", "C4"].map(|clause| self.named(at, &criteria, clause));
            let (Some(fee), Some(member), Some(dates)) = (fee, member, dates) else { continue };
            let full = training_fee.0.saturating_add(exam_fee.0);
            if full <= member_fee.0 {
                self.error(
                    at.at(&written.member_fee),
                    bilingual!(
                        "members pay {}, which is not less than the full fee of {full}",
                        "会员交{}，不比全部费用{full}少",
                        member_fee.0
                    ),
                    bilingual!(
                        "Write what members pay in all, training and exam together",
                        "写会员一共交多少，培训费和考试费都算在内"
                    ),
                );
            }
            if starts.from < validity.from || validity.to < starts.to {
                self.error(
                    at.at(&written.starts_from),
                    bilingual!("the class starts outside its own days", "开班的日期不在这一期的日期之内"),
                    bilingual!(
                        "Write days of starts-from and starts-to that lie within from and to",
                        "starts-from 和 starts-to 要在 from 和 to 之间"
                    ),
                );
            }
            if starts.to.is_some_and(|start| claims.from <= start) || claims.to < validity.to {
                self.error(
                    at.at(&written.claims_from),
                    bilingual!(
                        "certificates are expected before the class can be over",
                        "估计发证的日期太早：这一期那时还没有结束"
                    ),
                    bilingual!(
                        "Write a claims-from after starts-to, and a claims-to not before to",
                        "claims-from 要晚于 starts-to，claims-to 不能早于 to"
                    ),
                );
            }
            if remittance.is_empty() || remittance.contains(|sign: char| !sign.is_alphanumeric()) {
                self.error(
                    at.at(&written.remittance),
                    bilingual!(
                        "`{remittance}` can't stand behind a name without a sign between them",
                        "`{remittance}` 不能直接接在姓名后面"
                    ),
                    bilingual!(
                        "Write letters and digits only: level, association, course",
                        "只写文字和数字：等级、协会、培训班"
                    ),
                );
            }
            let names_class =
                remittance.split(|sign: char| !sign.is_ascii_digit()).any(|one| one == number.to_string());
            let names_level = remittance.contains(level.of(&["五级", "四级", "三级", "二级", "一级"]));
            if !names_class || !names_level {
                self.error(
                    at.at(&written.remittance),
                    bilingual!(
                        "`{remittance}` isn't the remittance of class {number}, level {}",
                        "`{remittance}` 不是第{number}期{}级的汇款用途",
                        level.number()
                    ),
                    bilingual!(
                        "Write the remittance of this class, with its level (三级) and number (第3期), or mend level or \
                         number",
                        "写这一期的汇款用途，要有等级（三级）和期数（第3期）；或者改正 level、number"
                    ),
                );
            }
            if least_people == 0 {
                self.error(
                    at.at(&written.least_people),
                    bilingual!("the class would open with nobody", "最少开班人数写成了0"),
                    bilingual!(
                        "Write with how many people it opens, 1 or more (clause C3)",
                        "写至少多少人才开班，不能少于1（C3）"
                    ),
                );
            }
            all.push((
                at,
                Course {
                    source,
                    validity,
                    name,
                    occupation,
                    level,
                    training_fee,
                    exam_fee,
                    member_fee,
                    remittance,
                    least_people,
                    starts,
                    starts_words,
                    exam_words,
                    claims,
                    dates,
                    fee,
                    member,
                    contacts,
                    information,
                },
            ));
        }
        self.reader.finish(file, &["[[course]]"]);
        // The next class may be announced while the one before is still running.
        let all = self.sorted("rules/course.toml", all, |one| one.validity);
        all.into_iter().map(|(_, one)| one).collect::<Vec<_>>().leak()
    }

    /// Reads one contact.
    fn contact(&mut self, mut block: Block) -> Option<Contact> {
        let at = block.place();
        let [offices, people] = self.words.translations(self.reader, &mut block, ["office", "person"]);
        let written = self.reader.read::<WrittenContact>(block)?;
        let phone = written.phone.get_ref();
        if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            self.error(
                at.at(&written.phone),
                bilingual!("`{phone}` can't be dialled", "`{phone}` 不是能拨打的号码"),
                bilingual!("Write digits only, in quotes: \"13800000000\"", "只写数字，加上引号：\"13800000000\""),
            );
        }
        let office = self.words.name(self.reader, at, &written.office, offices);
        let person = self.words.name(self.reader, at, &written.person, people);
        Some(Contact { office, person, phone: leak(phone), wechat: written.wechat })
    }
}
