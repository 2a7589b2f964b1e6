//! The essentials of the rules, for people whose browser can't run the program: what the class is, what it costs, who
//! may claim how much and until when, and whom to ask.
//!
//! Figures and conditions come from the last block of each table, sentences from `locales/`. The text is independent of
//! the reader and the day of reading: ends of rules are given as dates.

use anyhow::{Context as _, Result};
use minijinja::{Value, context};
use tables::{Course, Criterion, Date, Msg, Set, Wording, Yuan};

/// The hotline of the human resources bureaus, as the wording names it.
const HOTLINE: &str = "12333";

/// Returns the essentials in one language for the template, which adds the headings: lists of sentences.
pub fn value(set: &Set, language: &str) -> Result<Value> {
    let essentials = Essentials { set, language };
    essentials.value().with_context(|| format!("the essentials can't be written in {language}"))
}

struct Essentials<'s> {
    set: &'s Set,
    language: &'s str,
}

impl Essentials<'_> {
    fn value(&self) -> Result<Value> {
        let tables = &self.set.tables;
        let course = tables.courses.last().context("there is no class")?;
        let regulation = tables.subsidies.last().context("there is no regulation")?;
        let information = ["C4", "C5", "C3"].iter();
        let information = information.filter_map(|clause| tables.information.iter().find(|one| one.clause == *clause));
        let contacts = course.contacts.iter().map(|contact| {
            let (office, person) = (self.said(contact.office)?, self.said(contact.person)?);
            let wechat = [("words", String::new()), ("note", self.key("result.wechat", &[])?)];
            let also = if contact.wechat { self.key("result.with_note", &wechat)? } else { String::new() };
            Ok(context! { office, person, phone => contact.phone, also })
        });
        Ok(context! {
            course => information.map(|one| self.said(one.wording)).collect::<Result<Vec<_>>>()?,
            past => self.key("plain.past", &[("date", self.date(end(course))?)])?,
            costs => self.costs(course)?,
            conditions => regulation.criteria.iter().map(|one| self.cited(one)).collect::<Result<Vec<_>>>()?,
            amounts => [self.amounts(course)?, self.cited(&regulation.uplift)?, self.key("result.estimate", &[])?],
            place => self.key("rule_book.s12_rule", &[])?,
            ended => match regulation.validity.to {
                Some(end) => Some(self.key("plain.ended", &[("date", self.date(end)?)])?),
                None => None,
            },
            hotline => HOTLINE,
            // The template inserts the hotline between these pieces.
            ask => self.key("result.ask_text", &[])?.split(HOTLINE).map(str::to_owned).collect::<Vec<_>>(),
            contacts => contacts.collect::<Result<Vec<_>>>()?,
            contacts_of => self.key("result.contacts_of", &[("date", self.date(course.validity.from)?)])?,
        })
    }

    /// Returns the full fee and the members' fee (C1, C2).
    fn costs(&self, course: &Course) -> Result<[String; 2]> {
        let full = Yuan(course.training_fee.0 + course.exam_fee.0);
        let fees = [
            ("training", self.yuan(course.training_fee)?),
            ("exam", self.yuan(course.exam_fee)?),
            ("all", self.yuan(full)?),
        ];
        let member = [("amount", self.yuan(course.member_fee)?), ("full", self.yuan(full)?)];
        let both = |one: String, two: String| self.key("result.sentences", &[("one", one), ("two", two)]);
        Ok([
            both(self.key("rule_book.fees", &fees)?, self.rule(&course.fee.wording)?)?,
            both(self.rule(&course.member.wording)?, self.key("rule_book.member_fee", &member)?)?,
        ])
    }

    /// Returns the subsidy for the class's own certificate, with the uplift.
    fn amounts(&self, course: &Course) -> Result<String> {
        let tables = &self.set.tables;
        let rows = tables.catalogues.last().context("there is no catalogue")?.rows;
        let row = rows
            .iter()
            .find(|row| row.occupation == course.occupation)
            .context("the class's occupation has no amount")?;
        let base = course.level.of(&row.amounts);
        let share = tables.shortages.last().context("there is no shortage list")?.uplift;
        let more = Yuan(base.0 * share.0);
        let occupation =
            tables.occupations.get(usize::from(course.occupation)).context("the class has no occupation")?;
        let level = course.level.of(&["level.five", "level.four", "level.three", "level.two", "level.one"]);
        self.key(
            "rule_book.example",
            &[
                ("occupation", self.said(occupation.name)?),
                ("level", self.key(level, &[])?),
                ("base", self.yuan(*base)?),
                ("more", self.yuan(more)?),
                ("sum", self.yuan(Yuan(base.0 + more.0))?),
            ],
        )
    }

    /// Returns what a criterion requires, with its clause.
    fn cited(&self, criterion: &Criterion) -> Result<String> {
        self.key("result.cited", &[("words", self.rule(&criterion.wording)?), ("clause", criterion.id.to_owned())])
    }

    fn rule(&self, wording: &Wording) -> Result<String> {
        let number = |name: &str| wording.numbers.get(name.parse::<usize>().ok()?).map(u16::to_string);
        self.set.languages.say(self.language, wording.rule, number).context("a rule lacks a number")
    }

    fn yuan(&self, amount: Yuan) -> Result<String> {
        self.key("amount.exact", &[("amount", amount.0.normalize().to_string())])
    }

    fn date(&self, day: Date) -> Result<String> {
        let month = self.key(&format!("month.{}", day.month()), &[])?;
        self.key("date.day", &[("year", day.year().to_string()), ("month", month), ("day", day.day().to_string())])
    }

    fn said(&self, message: impl Into<Msg>) -> Result<String> {
        self.set.languages.say(self.language, message, |_| None).context("a message lacks an argument")
    }

    fn key(&self, key: &str, arguments: &[(&str, String)]) -> Result<String> {
        let message = self.set.languages.message(key);
        let argument = |name: &str| arguments.iter().find(|(known, _)| *known == name).map(|(_, said)| said.clone());
        let said = message.and_then(|message| self.set.languages.say(self.language, message, argument));
        said.with_context(|| format!("`{key}` is missing, or takes another argument"))
    }
}

/// Returns the last day of a class, which every class has.
fn end(course: &Course) -> Date {
    course.validity.to.unwrap_or(course.validity.from)
}
