//! What people are asked, and with which answers.

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{
    Change, Group, Kind, Question, QuestionId, Value,
    read::{file::Place, leak},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenQuestion {
    id: Spanned<String>,
    #[serde(default)]
    values: Vec<Spanned<String>>,
    /// The values are the occupations, then those in `values`.
    #[serde(default)]
    occupations: bool,
    from: Option<u16>,
    to: Option<u16>,
    #[serde(default)]
    date: bool,
    group: Option<String>,
    /// It shares the page of the question before it.
    #[serde(default)]
    same_page: bool,
    /// Few people are asked.
    #[serde(default)]
    seldom: bool,
    #[serde(default)]
    changeable: bool,
    #[serde(default)]
    grows: bool,
    new_year: Option<Spanned<String>>,
}

impl Context<'_, '_> {
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

    fn change(&mut self, at: Place, kind: Kind, written: &WrittenQuestion) -> Change {
        match (kind, written.changeable, written.grows, &written.new_year) {
            (_, false, false, None) => Change::Never,
            (_, true, false, None) => Change::ByDoing,
            (Kind::Number(..), false, true, None) => Change::ByYears,
            (Kind::Choice(values), false, false, Some(new)) => {
                match values.iter().position(|value| value.id == new.get_ref()) {
                    Some(value) => Change::ByNewYear(value as u16),
                    None => {
                        let what = format!("`{}` is no value of this question", new.get_ref());
                        self.error(at.at(new), what, "Write the value that holds from January on");
                        Change::Never
                    }
                }
            }
            _ => {
                self.error(
                    at,
                    "it isn't clear how this answer can become another",
                    "Write one of changeable = true, grows = true (numbers) and new-year = \"...\" (a value)",
                );
                Change::Never
            }
        }
    }

    /// Labels stand with their question, those that many questions share (yes, no) under `value`.
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

    /// Every occupation by its place, then what else can be said.
    fn occupation_values(&mut self, question: QuestionId, others: &[Spanned<String>]) -> Kind {
        let occupations = self.occupations.iter().map(|one| Value { id: one.id, label: one.name });
        let mut values: Vec<Value> = occupations.collect();
        values.extend(self.values(question, others));
        Kind::Choice(values.leak())
    }

    fn group(&mut self, id: &str) -> &'static Group {
        let title = self.words.claim(self.reader, &format!("group.{id}.title"));
        let why = self.words.claim(self.reader, &format!("group.{id}.why"));
        Box::leak(Box::new(Group { id: leak(id), title, why }))
    }
}
