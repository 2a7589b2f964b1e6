//! The essentials of the rules, for people whose browser can't run the program: what the class is, what it costs, who
//! may claim how much and until when, and whom to ask.
//!
//! Figures and conditions come from the last block of each table (of classes, also those that overlap with it), sentences
//! from `locales/`. The text is independent of the reader and the day of reading: ends of rules are given as dates.

use anyhow::{Context as _, Result};
use minijinja::{Value, context};
use tables::{Course, Criterion, Date, Msg, Set, Yuan, level_key};

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
        let courses = self.courses()?;
        let course = courses.last().context("there is no class")?;
        let regulation = tables.subsidies.last().context("there is no regulation")?;
        Ok(context! {
            subtitle => self.subtitle(&courses)?,
            courses => courses.iter().map(|course| self.course(course)).collect::<Result<Vec<_>>>()?,
            conditions => regulation.criteria.iter().map(|one| self.cited(one)).collect::<Result<Vec<_>>>()?,
            amounts => [self.amounts(course)?, self.cited(&regulation.uplift)?, self.key("result.estimate", &[])?],
            place => self.said(regulation.places_rule)?,
            ended => match regulation.validity.to {
                Some(end) => Some(self.key("plain.ended", &[("date", self.date(end)?)])?),
                None => None,
            },
            hotline => HOTLINE,
            // The template inserts the hotline between these pieces.
            ask => self.key("result.ask_text", &[])?.split(HOTLINE).map(str::to_owned).collect::<Vec<_>>(),
        })
    }

    /// Returns the last class, and those before that weren't over when it was announced.
    fn courses(&self) -> Result<Vec<&'static Course>> {
        let all = self.set.tables.courses;
        let last = all.last().context("there is no class")?;
        Ok(all.iter().filter(|course| last.validity.from <= end(course)).collect())
    }

    /// Names the classes.
    fn subtitle(&self, courses: &[&Course]) -> Result<String> {
        let last = courses.last().context("there is no class")?;
        let mut classes = String::new();
        for course in courses {
            let name = self.said(course.name)?;
            classes = match classes.as_str() {
                "" => name,
                before => self.key("result.join", &[("all", before.to_owned()), ("one", name)])?,
            };
        }
        self.key("site.subtitle", &[("class", classes), ("level", self.level(last)?)])
    }

    /// Returns what a class is, what it costs, and whom to ask.
    fn course(&self, course: &Course) -> Result<Value> {
        let information = ["C4", "C5", "C3"].iter();
        let information = information.filter_map(|clause| course.information.iter().find(|one| one.clause == *clause));
        let contacts = course.contacts.iter().map(|contact| {
            let (office, person) = (self.said(contact.office)?, self.said(contact.person)?);
            let wechat = [("words", String::new()), ("note", self.key("result.wechat", &[])?)];
            let also = if contact.wechat { self.key("result.with_note", &wechat)? } else { String::new() };
            Ok(context! { office, person, phone => contact.phone, also })
        });
        Ok(context! {
            name => self.said(course.name)?,
            information => information.map(|one| self.said(one.wording)).collect::<Result<Vec<_>>>()?,
            past => self.key("plain.past", &[("date", self.date(end(course))?)])?,
            costs => self.costs(course)?,
            contacts => contacts.collect::<Result<Vec<_>>>()?,
            contacts_of => self.key("result.contacts_of", &[("date", self.date(course.validity.from)?)])?,
        })
    }

    /// Returns the name of a class's level.
    fn level(&self, course: &Course) -> Result<String> {
        self.key(level_key(course.level), &[])
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
            both(self.key("rule_book.fees", &fees)?, self.said(course.fee.wording.rule)?)?,
            both(self.said(course.member.wording.rule)?, self.key("rule_book.member_fee", &member)?)?,
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
        let list = tables.cities.first().and_then(|city| city.lists.last()).context("there is no shortage list")?;
        let regulation = tables.subsidies.last().context("there is no regulation")?;
        let share = regulation.uplift_by(list).context("neither regulation nor list says what is added")?;
        let more = Yuan(base.0 * share.0);
        let occupation =
            tables.occupations.get(usize::from(course.occupation)).context("the class has no occupation")?;
        self.key(
            "rule_book.example",
            &[
                ("occupation", self.said(occupation.name)?),
                ("level", self.level(course)?),
                ("base", self.yuan(*base)?),
                ("more", self.yuan(more)?),
                ("sum", self.yuan(Yuan(base.0 + more.0))?),
            ],
        )
    }

    /// Returns what a criterion requires, with its clause.
    fn cited(&self, criterion: &Criterion) -> Result<String> {
        self.key("result.cited", &[("words", self.said(criterion.wording.rule)?), ("clause", criterion.id.to_owned())])
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
