//! Reads conditions as they are written and returns them as they are decided.
//!
//! It is separate from the other tables because a condition is a tree, and each of its leaves must fit its
//! question.

use serde::Deserialize;
use toml::Spanned;

use super::file::{Place, Reader};
use crate::{Choice, City, CityAt, Condition, Kind, List, Question, ValueSet};

/// One of eight forms, recognised by its keys: `all`; `any`; `question` with `is` and `open`, with `answered`, with
/// `from` and `to`, or with `within-months`; `listed`, with a `place` for shortage lists; and `never-asked` with a description.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Written {
    all: Option<Vec<Written>>,
    any: Option<Vec<Written>>,
    question: Option<Spanned<String>>,
    #[serde(default)]
    is: Vec<Spanned<String>>,
    #[serde(default)]
    open: Vec<Spanned<String>>,
    /// Every value meets the condition: it is enough that the question is answered.
    #[serde(default)]
    answered: bool,
    from: Option<u16>,
    to: Option<u16>,
    within_months: Option<u16>,
    listed: Option<Spanned<String>>,
    /// The place whose shortage lists are meant.
    place: Option<Spanned<String>>,
    never_asked: Option<String>,
}

/// What conditions can name: the questions, and the cities with shortage lists.
#[derive(Clone, Copy)]
pub struct Names<'n> {
    pub questions: &'n [Question],
    pub cities: &'n [City],
}

/// Returns the condition, and its numbers in the order in which they are written.
pub fn read(reader: &mut Reader, at: Place, names: Names, written: &Written) -> (Condition, Vec<u16>) {
    let mut numbers = Vec::new();
    let condition = Context { reader, at, names, numbers: &mut numbers }.condition(written);
    (condition, numbers)
}

/// The replacement for a condition that could not be read. An error has been reported then.
const NOTHING: Condition = Condition::All(&[]);

/// The state of reading one condition.
struct Context<'c, 'r> {
    reader: &'c mut Reader<'r>,
    at: Place,
    names: Names<'c>,
    numbers: &'c mut Vec<u16>,
}

impl Context<'_, '_> {
    /// Reads a condition of any form.
    fn condition(&mut self, written: &Written) -> Condition {
        let values = !written.is.is_empty() || !written.open.is_empty() || written.answered;
        let range = written.from.is_some() || written.to.is_some() || written.within_months.is_some();
        if let Written { all: None, any: None, question: None, listed: None, never_asked: Some(_), .. } = written
            && !values
            && !range
        {
            return Condition::NeverAsked;
        }
        if let Written { listed: None, place: Some(place), .. } = written {
            let what = "`place` stands beside something else than a list".to_owned();
            let instead = "Write { listed = \"shortage\", place = \"...\" }".to_owned();
            return self.wrong(self.at.at(place), what, instead);
        }
        match written {
            Written { never_asked: Some(_), .. } => self.wrong(
                self.at,
                "`never-asked` stands beside something else".to_owned(),
                "Give it a condition of its own: { never-asked = \"what it is\" }".to_owned(),
            ),
            Written { all: Some(parts), any: None, question: None, listed: None, .. } if !values && !range => Condition::All(self.parts(parts)),
            Written { all: None, any: Some(parts), question: None, listed: None, .. } if !values && !range && !parts.is_empty() => Condition::Any(self.parts(parts)),
            Written { all: None, any: None, question: Some(question), listed: None, .. } if values != range => self.leaf(question, written),
            Written { all: None, any: None, question: None, listed: Some(list), .. } if !values && !range => self.listed(list, written.place.as_ref()),
            _ => self.wrong(
                self.at,
                "a condition of this criterion has none of the known forms".to_owned(),
                "Write { all = [...] }, { any = [...] }, { question = \"...\", is = [...], open = [...] }, { question = \"...\", answered = true }, { question = \"...\", from = 16, to = 60 }, { question = \"...\", within-months = 12 }, { listed = \"catalogue\" } or { listed = \"shortage\", place = \"...\" }".to_owned(),
            ),
        }
    }

    /// Reads several conditions.
    fn parts(&mut self, parts: &[Written]) -> &'static [Condition] {
        parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>().leak()
    }

    /// Reads a condition about one question.
    fn leaf(&mut self, id: &Spanned<String>, written: &Written) -> Condition {
        let place = self.at.at(id);
        let id = id.get_ref();
        let Some(question) = self.names.questions.iter().find(|one| one.name == id) else {
            let asked: Vec<_> = self.names.questions.iter().map(|one| one.name).collect();
            return self.wrong(
                place,
                format!("no question is called `{id}`"),
                format!("Write one of rules/questions.toml: {}", asked.join(", ")),
            );
        };
        match (question.kind, written.from.is_some() || written.to.is_some()) {
            (Kind::Date, false) if written.within_months.is_some() => {
                self.numbers.extend(written.within_months);
                Condition::WithinMonths(question.id, written.within_months.unwrap_or(0))
            }
            (Kind::Date, _) => {
                self.wrong(place, format!("`{id}` is a day"), "Write within-months = and nothing else".to_owned())
            }
            _ if written.within_months.is_some() => {
                self.wrong(place, format!("`{id}` is no day"), "Leave within-months out".to_owned())
            }
            (Kind::Number(least, most), true) => {
                let (from, to) = (written.from.unwrap_or(least), written.to.unwrap_or(most));
                self.numbers.extend(written.from);
                self.numbers.extend(written.to);
                if !(least <= from && from <= to && to <= most) {
                    return self.wrong(
                        place,
                        format!("`{id}` can't be from {from} to {to}"),
                        format!("Write numbers from {least} to {most}, the smaller one first"),
                    );
                }
                if (from, to) == (least, most) {
                    return self.wrong(place, format!("every answer to `{id}` meets it"), "Leave it out".to_owned());
                }
                Condition::Within(question.id, from, to)
            }
            (Kind::Choice(values), false) => {
                if written.answered {
                    if !written.is.is_empty() || !written.open.is_empty() {
                        let instead = "Write `answered`, or the values with `is` and `open`".to_owned();
                        return self.wrong(place, format!("`{id}` has values beside `answered`"), instead);
                    }
                    return Condition::Is(Choice {
                        question: question.id,
                        met: ValueSet::first(values.len()),
                        open: ValueSet::default(),
                    });
                }
                let mut set = |list: &[Spanned<String>]| {
                    let mut set = ValueSet::default();
                    for value in list {
                        let at = values.iter().position(|one| one.id == value.get_ref());
                        match at.and_then(|at| u16::try_from(at).ok()) {
                            Some(at) if set.contains(at) => {
                                let what = format!("`{}` is named twice for `{id}`", value.get_ref());
                                self.wrong(self.at.at(value), what, "Leave one out".to_owned());
                            }
                            Some(at) => set.insert(at),
                            None => {
                                let known: Vec<_> = values.iter().map(|one| one.id).collect();
                                let what = format!("`{id}` has no value `{}`", value.get_ref());
                                self.wrong(self.at.at(value), what, format!("Write one of {}", known.join(", ")));
                            }
                        }
                    }
                    set
                };
                let (met, open) = (set(&written.is), set(&written.open));
                if met.iter().any(|at| open.contains(at)) {
                    return self.wrong(
                        place,
                        format!("a value of `{id}` stands in `is` and in `open`"),
                        "Keep it in one of them".to_owned(),
                    );
                }
                if met.len() == values.len() {
                    return self.wrong(
                        place,
                        format!("every answer to `{id}` meets it"),
                        "Leave it out, or write answered = true if the question only has to be answered".to_owned(),
                    );
                }
                Condition::Is(Choice { question: question.id, met, open })
            }
            (Kind::Number(..), false) => {
                self.wrong(place, format!("`{id}` is a number"), "Write from = and to = instead of is =".to_owned())
            }
            (Kind::Choice(_), true) => self.wrong(
                place,
                format!("`{id}` is a choice"),
                "Write is = [\"...\"] instead of from = and to =".to_owned(),
            ),
        }
    }

    /// Reads a condition about the catalogue, or about the shortage lists of a place.
    fn listed(&mut self, list: &Spanned<String>, place: Option<&Spanned<String>>) -> Condition {
        match (list.get_ref().as_str(), place) {
            ("catalogue", None) => Condition::Listed(List::Catalogue),
            ("catalogue", Some(place)) => {
                let what = "the catalogue is the same in all places".to_owned();
                self.wrong(self.at.at(place), what, "Leave `place` out".to_owned())
            }
            ("shortage", place) => {
                let known: Vec<_> = self.names.cities.iter().map(|one| one.place).collect();
                let found = place.and_then(|place| known.iter().position(|one| one == place.get_ref()));
                if let Some(at) = found.and_then(|at| CityAt::try_from(at).ok()) {
                    return Condition::Listed(List::Shortage(at));
                }
                let (at, what) = match place {
                    Some(place) => {
                        (self.at.at(place), format!("no [[shortage]] block is of the place `{}`", place.get_ref()))
                    }
                    None => (self.at.at(list), "it doesn't say whose shortage lists are meant".to_owned()),
                };
                self.wrong(at, what, format!("Write place = and one of {}", known.join(", ")))
            }
            (other, _) => {
                let what = format!("there is no list `{other}`");
                self.wrong(self.at.at(list), what, "Write one of shortage, catalogue".to_owned())
            }
        }
    }

    /// Reports an error and returns the replacement.
    fn wrong(&mut self, at: Place, what: String, instead: String) -> Condition {
        self.reader.error(at, what, instead);
        NOTHING
    }
}
