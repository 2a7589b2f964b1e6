//! Exports all tables as one JSON object, for programs of other offices: `checker tables`.
//!
//! Its schema is `rules/rules.schema.json`; a test checks that they agree. Keys are those of the TOML files, so
//! that `rules/README.md` explains both. It is separate from the contract, which is about one person: no person is
//! assessed here. Wording is filled in and ids are written out.

use serde_json::{Map, Value, json};
use tables::{
    Catalogue, Change, City, Condition, Contact, Course, Criterion, Date, Entry, EntryLevel, Exam, Forecast, Group,
    Information, Kind, Level, List, OccupationAt, Place, Question, QuestionId, Recognition, Regulation, Share,
    ShortageList, Source, Subject, SubjectFee, Tables, UpliftShare, Validity, Yuan,
};

use crate::{contract, text::Text};

/// Writes the tables, with the wording of one language.
pub fn to_json(tables: &Tables, text: Text) -> Value {
    let export = Export { tables, text };
    let Tables { exam, entry, .. } = tables;
    let lists = tables.cities.iter().flat_map(|city| city.lists.iter().map(move |list| (city, list)));
    object([
        ("version", some(tables.version)),
        ("source", list(tables.sources, |one| export.source(one))),
        (
            "occupation",
            list(tables.occupations, |one| {
                let also = text.get(one.also);
                json!({ "id": one.id, "name": text.get(one.name), "also": also, "digital": one.digital })
            }),
        ),
        ("catalogue", list(tables.catalogues, |one| export.catalogue(one))),
        ("shortage", list(lists, |(city, one)| export.shortage(city, one))),
        ("course", list(tables.courses, |one| export.course(one))),
        ("exam", Some(export.exam(exam))),
        ("entry", list([entry], |one| export.entry(one))),
        ("subsidy", list(tables.subsidies, |one| export.subsidy(one))),
        ("recognition", list(tables.recognitions, |one| export.recognition(one))),
        ("craftsman", list(tables.craftsmen, |one| export.recognition(one))),
        ("information", list(tables.information, |one| export.information(one))),
        ("unknown", list(tables.unknown, |one| json!({ "clause": one.clause, "text": text.get(one.wording) }))),
        ("question", list(tables.questions, |one| export.question(one))),
        ("group", list(groups(tables), |one| export.group(one))),
    ])
}

/// Writes the items of the tables as JSON, with the wording of one language.
struct Export<'t> {
    tables: &'t Tables,
    text: Text,
}

impl Export<'_> {
    fn catalogue(&self, Catalogue { source, validity, amount, rows, complete }: &Catalogue) -> Value {
        object([
            ("source", some(source.id)),
            ("from", day(validity.from)),
            ("to", validity.to.and_then(day)),
            ("complete", some(*complete)),
            ("criterion", Some(self.criterion(amount))),
            (
                "row",
                list(
                    *rows,
                    |row| json!({ "occupation": self.occupation(row.occupation), "amounts": by_level(&row.amounts) }),
                ),
            ),
        ])
    }

    fn shortage(&self, city: &City, list: &ShortageList) -> Value {
        let ShortageList { source, validity, uplift, occupations, complete, rule } = list;
        object([
            ("source", some(source.id)),
            ("place", some(city.place)),
            ("decided-by", some(city.decided_by.id())),
            ("from", day(validity.from)),
            ("to", validity.to.and_then(day)),
            ("uplift", uplift.and_then(share)),
            ("complete", some(*complete)),
            ("rule", some(self.text.get(*rule))),
            ("occupations", self::list(*occupations, |at| json!(self.occupation(*at)))),
        ])
    }

    fn course(&self, course: &Course) -> Value {
        let Course { validity: Validity { from, to }, starts, claims, .. } = *course;
        object([
            ("source", some(course.source.id)),
            ("from", day(from)),
            ("to", to.and_then(day)),
            ("occupation", some(self.occupation(course.occupation))),
            ("level", some(course.level.number())),
            ("name", some(self.text.get(course.name))),
            ("training-fee", yuan(course.training_fee)),
            ("exam-fee", yuan(course.exam_fee)),
            ("member-fee", yuan(course.member_fee)),
            ("remittance", some(course.remittance)),
            ("least-people", some(course.least_people)),
            ("starts-from", day(starts.from)),
            ("starts-to", starts.to.and_then(day)),
            ("claims-from", day(claims.from)),
            ("claims-to", claims.to.and_then(day)),
            ("contact", list(course.contacts, |one| self.contact(one))),
            ("information", list(course.information, |one| self.information(one))),
            ("criterion", list([&course.fee, &course.dates, &course.member], |one| self.criterion(one))),
        ])
    }

    fn exam(&self, exam: &Exam) -> Value {
        object([
            ("source", some(exam.source.id)),
            ("subject", list(exam.subjects, |one| self.subject(one))),
            ("criterion", list([&exam.passed, &exam.resit, &exam.fee, &exam.attendance], |one| self.criterion(one))),
        ])
    }

    fn subject(&self, Subject { id, name, levels, failed, fees }: &Subject) -> Value {
        let numbers = |levels: &[Level]| list(levels, |level| json!(level.number()));
        let fee = |fee: &SubjectFee| {
            object([
                ("levels", numbers(fee.levels)),
                ("amount", yuan(fee.amount)),
                ("from", fee.from.and_then(day)),
                ("to", fee.to.and_then(day)),
            ])
        };
        object([
            ("id", some(*id)),
            ("name", some(self.text.get(*name))),
            ("levels", numbers(levels)),
            ("failed", Some(self.condition(failed))),
            ("fee", list(*fees, fee)),
        ])
    }

    fn entry(&self, entry: &Entry) -> Value {
        let levels = Level::ALL.iter().zip(&entry.levels);
        json!({
            "source": entry.source.id,
            "level": levels.map(|(level, one)| self.entry_level(*level, one)).collect::<Vec<_>>(),
        })
    }

    /// Writes a level. The condition of its clause is omitted, because any one of the paths is enough.
    fn entry_level(&self, level: Level, EntryLevel { clause, paths }: &EntryLevel) -> Value {
        object([
            ("level", some(level.number())),
            ("clause", some(clause.id)),
            ("basis", some(clause.basis.id())),
            ("wording", Some(self.said(clause))),
            ("path", list(*paths, |path| self.criterion(path))),
        ])
    }

    fn subsidy(&self, regulation: &Regulation) -> Value {
        let Regulation { source, validity, criteria, uplift, uplift_share, places, papers, .. } = regulation;
        let (fixed, most) = match *uplift_share {
            UpliftShare::Fixed(fixed) => (Some(fixed), None),
            UpliftShare::UpTo(most) => (None, Some(most)),
        };
        object([
            ("source", some(source.id)),
            ("from", day(validity.from)),
            ("to", validity.to.and_then(day)),
            ("criterion", list(*criteria, |one| self.criterion(one))),
            ("uplift", Some(self.criterion(uplift))),
            ("uplift-most", most.and_then(share)),
            ("uplift-fixed", fixed.and_then(share)),
            ("place", list(*places, |one| self.place(one))),
            (
                "paper",
                list(
                    *papers,
                    |one| json!({ "id": one.id, "basis": one.basis.id(), "text": self.text.get(one.wording) }),
                ),
            ),
        ])
    }

    fn place(&self, Place { id, when, name, note }: &Place) -> Value {
        object([
            ("id", some(*id)),
            ("name", some(self.text.get(*name))),
            ("note", note.and_then(|note| some(self.text.get(note)))),
            ("when", Some(self.condition(when))),
        ])
    }

    fn recognition(&self, Recognition { source, validity, criteria }: &Recognition) -> Value {
        object([
            ("source", some(source.id)),
            ("from", day(validity.from)),
            ("to", validity.to.and_then(day)),
            ("criterion", list(*criteria, |one| self.criterion(one))),
        ])
    }

    fn information(&self, one: &Information) -> Value {
        json!({
            "clause": one.clause,
            "goals": contract::ids(self.tables, QuestionId::GOAL, &one.goals),
            "during-class": one.during_class,
            "text": self.text.get(one.wording),
        })
    }

    fn question(&self, question: &Question) -> Value {
        let (values, range, date) = match question.kind {
            Kind::Choice(values) => (Some(values), None, None),
            Kind::Number(from, to) => (None, Some((from, to)), None),
            Kind::Date => (None, None, some(true)),
        };
        let new_year = match (question.change, values) {
            (Change::ByNewYear(at), Some(values)) => values.get(usize::from(at)).and_then(|value| some(value.id)),
            _ => None,
        };
        let value = |one: &tables::Value| json!({ "id": one.id, "label": self.text.get(one.label) });
        object([
            ("id", some(question.name)),
            ("values", values.and_then(|values| list(values, value))),
            ("from", range.and_then(|(from, _)| some(from))),
            ("to", range.and_then(|(_, to)| some(to))),
            ("date", date),
            ("changeable", matches!(question.change, Change::ByDoing(..)).then(|| json!(true))),
            ("grows", (question.change == Change::ByYears).then(|| json!(true))),
            ("new-year", new_year),
            ("group", question.group.and_then(|group| some(group.id))),
            (
                "wording",
                Some(object([
                    ("title", some(self.text.get(question.title))),
                    ("short", some(self.text.get(question.short))),
                    ("help", question.help.and_then(|help| some(self.text.get(help)))),
                    ("why", some(self.text.get(question.why))),
                ])),
            ),
        ])
    }

    fn group(&self, group: &Group) -> Value {
        let wording = json!({ "title": self.text.get(group.title), "why": self.text.get(group.why) });
        json!({ "id": group.id, "wording": wording })
    }

    fn criterion(&self, criterion: &Criterion) -> Value {
        object([
            ("clause", some(criterion.id)),
            ("basis", some(criterion.basis.id())),
            ("when", Some(self.condition(&criterion.when))),
            (
                "taken",
                match criterion.forecast {
                    Forecast::Decided => None,
                    Forecast::PartlyAssumedMet => some("partly"),
                    Forecast::AssumedMet => some("wholly"),
                },
            ),
            ("implied-by", criterion.implied_by.map(|one| json!({ "clause": one.clause, "because": one.because }))),
            ("wording", Some(self.said(criterion))),
        ])
    }

    /// Writes the wording of a criterion.
    fn said(&self, Criterion { wording, .. }: &Criterion) -> Value {
        object([
            ("title", some(self.text.get(wording.title))),
            ("rule", some(self.text.get(wording.rule))),
            ("refused", wording.refused.and_then(|refused| some(self.text.get(refused)))),
            ("open", wording.open.and_then(|open| some(self.text.get(open)))),
            ("assumed", wording.assumed.and_then(|assumed| some(self.text.get(assumed)))),
            ("heard", wording.heard.and_then(|heard| some(self.text.get(heard)))),
        ])
    }

    /// Writes a condition as the tables do.
    fn condition(&self, condition: &Condition) -> Value {
        match condition {
            Condition::All(parts) => object([("all", list(*parts, |part| self.condition(part)))]),
            Condition::Any(parts) => object([("any", list(*parts, |part| self.condition(part)))]),
            Condition::Is(choice) => object([
                ("question", some(self.tables.name_of(choice.question))),
                // Omitted where the tables omit it, unless `open` is empty as well.
                (
                    "is",
                    (!choice.met.is_empty() || choice.open.is_empty())
                        .then(|| json!(contract::ids(self.tables, choice.question, &choice.met))),
                ),
                (
                    "open",
                    (!choice.open.is_empty()).then(|| json!(contract::ids(self.tables, choice.question, &choice.open))),
                ),
            ]),
            &Condition::Within(question, from, to) => self.within(question, from, to),
            Condition::WithinMonths(question, months) => {
                json!({ "question": self.tables.name_of(*question), "within-months": months })
            }
            Condition::Listed(List::Catalogue) => json!({ "listed": "catalogue" }),
            Condition::Listed(List::Shortage(at)) => {
                json!({ "listed": "shortage", "place": self.tables.city(*at).map(|city| city.place) })
            }
            Condition::NeverAsked => json!({ "never-asked": true }),
        }
    }

    /// Writes a range. A limit that equals the limit of the question is omitted, unless both limits do.
    fn within(&self, question: QuestionId, from: u16, to: u16) -> Value {
        let own = match self.tables.question(question).map(|one| one.kind) {
            Some(Kind::Number(least, most)) if (from, to) != (least, most) => Some((least, most)),
            _ => None,
        };
        object([
            ("question", some(self.tables.name_of(question))),
            ("from", if own.is_some_and(|(least, _)| from == least) { None } else { some(from) }),
            ("to", if own.is_some_and(|(_, most)| to == most) { None } else { some(to) }),
        ])
    }

    fn source(&self, source: &Source) -> Value {
        object([
            ("id", some(source.id)),
            ("title", some(self.text.get(source.title))),
            ("number", source.number.and_then(|number| some(self.text.get(number)))),
            ("issued", source.issued.and_then(day)),
            ("url", source.url.and_then(some)),
            ("pages", source.pages.and_then(some)),
        ])
    }

    fn contact(&self, Contact { office, person, phone, wechat }: &Contact) -> Value {
        let (office, person) = (self.text.get(*office), self.text.get(*person));
        json!({ "office": office, "person": person, "phone": phone, "wechat": wechat })
    }

    /// Returns the id of an occupation.
    fn occupation(&self, at: OccupationAt) -> &'static str {
        self.tables.occupations.get(usize::from(at)).map_or("", |one| one.id)
    }
}

/// Returns each group once, in the order of the questions.
fn groups(tables: &Tables) -> Vec<&'static Group> {
    let mut all: Vec<&Group> = Vec::new();
    for group in tables.questions.iter().filter_map(|question| question.group) {
        if all.iter().all(|known| known.id != group.id) {
            all.push(group);
        }
    }
    all
}

/// Writes amounts for the levels 5, 4, 3, 2, 1: `{ "5": "1000", ... }`.
fn by_level(amounts: &[Yuan; 5]) -> Value {
    let entries =
        Level::ALL.iter().zip(amounts).filter_map(|(level, amount)| Some((level.id().to_owned(), yuan(*amount)?)));
    Value::Object(entries.collect())
}

/// Builds an object of the entries that have a value.
fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let there = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

/// Writes a list of items as an array.
fn list<T>(all: impl IntoIterator<Item = T>, write: impl Fn(T) -> Value) -> Option<Value> {
    Some(all.into_iter().map(write).collect())
}

fn some(value: impl Into<Value>) -> Option<Value> {
    Some(value.into())
}

fn share(share: Share) -> Option<Value> {
    yuan(Yuan(share.0))
}

fn yuan(amount: Yuan) -> Option<Value> {
    some(amount.0.normalize().to_string())
}

fn day(day: Date) -> Option<Value> {
    some(day.to_string())
}
