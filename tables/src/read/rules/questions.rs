//! Reads the questions and their values.

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{
    Change, Group, Kind, Question, QuestionId, Value,
    read::file::{Place, leak},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenQuestion {
    id: Spanned<String>,
    #[serde(default)]
    values: Vec<Spanned<String>>,
    /// Whether the values are the occupations, followed by those in `values`.
    #[serde(default)]
    occupations: bool,
    from: Option<u16>,
    to: Option<u16>,
    #[serde(default)]
    date: bool,
    group: Option<String>,
    /// Whether it is on the same page as the question before it.
    #[serde(default)]
    same_page: bool,
    /// Whether few people are asked.
    #[serde(default)]
    seldom: bool,
    changeable: Option<WrittenChange>,
    #[serde(default)]
    grows: bool,
    new_year: Option<Spanned<String>>,
}

/// How a person can change the answer by an action.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChange {
    /// The answers that the person would give up for it. If empty, all values except the wanted one.
    #[serde(default)]
    from: Vec<Spanned<String>>,
    to: Vec<Spanned<String>>,
}

impl Context<'_, '_> {
    /// Reads the questions and stores them for the other tables.
    pub(super) fn questions(&mut self) {
        let mut file = self.reader.open("rules/questions.toml");
        let mut all: Vec<Question> = Vec::new();
        for block in self.reader.split(&mut file, "question") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenQuestion>(block) else { continue };
            let Some(id) = QuestionId::from_id(written.id.get_ref()) else {
                let what = format!("`{}` is no question of the contract", written.id.get_ref());
                self.error(
                    at.at(&written.id),
                    what,
                    "Write one of `QuestionId` in tables/src/model.rs; a new one needs the program as well",
                );
                continue;
            };
            if all.iter().any(|one| one.id == id) {
                self.error(at.at(&written.id), format!("the question `{}` is asked twice", id.id()), "Leave one out");
            }
            let kind = match (written.values.as_slice(), written.from, written.to, written.date) {
                (values, None, None, false) if written.occupations => self.occupation_values(id, values),
                (values, None, None, false) if 2 <= values.len() => Kind::Choice(self.values(id, values)),
                ([], Some(from), Some(to), false) if from < to => Kind::Number(from, to),
                ([], None, None, true) => Kind::Date,
                _ => {
                    self.error(
                        at,
                        format!("it isn't clear how `{}` is answered", id.id()),
                        "Write values = [two ids or more], or from = and to = (the smaller one first), or date = true",
                    );
                    continue;
                }
            };
            if let Kind::Choice(values) = kind
                && u16::try_from(values.len()).is_err()
            {
                let what = format!("`{}` has {} values", id.id(), values.len());
                self.error(at, what, format!("Leave some out: an answer has room for {}", u16::MAX));
            }
            let key = |part: &str| format!("question.{}.{part}", id.id());
            let group = written.group.as_deref().map(|group| self.group(group));
            all.push(Question {
                id,
                kind,
                change: self.change(at, kind, &written),
                group,
                same_page: written.same_page,
                seldom: written.seldom,
                title: self.words.claim(self.reader, &key("title")),
                short: self.words.claim(self.reader, &key("short")),
                help: self.words.claim_if_there(&key("help")),
                why: match group {
                    Some(group) => group.why,
                    None => self.words.claim(self.reader, &key("why")),
                },
            });
        }
        self.reader.finish(file, &["[[question]]"]);
        self.questions = all.leak();
    }

    /// Reads how the answer can change.
    fn change(&mut self, at: Place, kind: Kind, written: &WrittenQuestion) -> Change {
        match (kind, &written.changeable, written.grows, &written.new_year) {
            (_, None, false, None) => Change::Never,
            (Kind::Choice(values), Some(change), false, None) => {
                let from = match change.from.as_slice() {
                    [] => (0..values.len()).map(|value| value as u16).collect(),
                    from => self.places(at, values, from),
                };
                Change::ByDoing(from.leak(), self.places(at, values, &change.to).leak())
            }
            (Kind::Number(..), None, true, None) => Change::ByYears,
            (Kind::Choice(values), None, false, Some(new)) => self
                .places(at, values, std::slice::from_ref(new))
                .first()
                .map_or(Change::Never, |at| Change::ByNewYear(*at)),
            _ => {
                self.error(
                    at,
                    "it isn't clear how this answer can become another",
                    "Write one of changeable = { to = [\"...\"] } (values), grows = true (numbers) and new-year = \"...\" (a value)",
                );
                Change::Never
            }
        }
    }

    /// Returns the indices of the values in the question's list.
    fn places(&mut self, at: Place, values: &[Value], written: &[Spanned<String>]) -> Vec<u16> {
        let mut all = Vec::new();
        for id in written {
            match values.iter().position(|value| value.id == id.get_ref()) {
                Some(place) => all.push(place as u16),
                None => {
                    let what = format!("`{}` is no value of this question", id.get_ref());
                    self.error(at.at(id), what, "Write one of its values");
                }
            }
        }
        all
    }

    /// Reads values. Labels belong to their question; those that many questions share (yes, no) are under `value`.
    fn values(&mut self, question: QuestionId, values: &[Spanned<String>]) -> &'static [Value] {
        let mut all = Vec::new();
        for value in values {
            let id = value.get_ref();
            let own = format!("question.{}.value.{id}", question.id());
            let label = match self.words.claim_if_there(&own) {
                Some(label) => label,
                None if matches!(id.as_str(), "yes" | "no") => self.words.claim(self.reader, &format!("value.{id}")),
                None => self.words.claim(self.reader, &own),
            };
            all.push(Value { id: leak(id), label });
        }
        all.leak()
    }

    /// Returns every occupation in its order, followed by the other values.
    fn occupation_values(&mut self, question: QuestionId, others: &[Spanned<String>]) -> Kind {
        let occupations = self.occupations.iter().map(|one| Value { id: one.id, label: one.name });
        let mut values: Vec<Value> = occupations.collect();
        values.extend(self.values(question, others));
        Kind::Choice(values.leak())
    }

    /// Returns a group with its wording.
    fn group(&mut self, id: &str) -> &'static Group {
        let title = self.words.claim(self.reader, &format!("group.{id}.title"));
        let why = self.words.claim(self.reader, &format!("group.{id}.why"));
        Box::leak(Box::new(Group { id: leak(id), title, why }))
    }
}
