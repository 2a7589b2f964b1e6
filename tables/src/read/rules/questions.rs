//! Reads the questions and their values.

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{
    Change, Choice, Condition, Group, Kind, Question, QuestionId, Value,
    bilingual::bilingual,
    locale::{Fact, Facts, Sentence},
    read::{
        condition::{self, Names, Written},
        file::{Place, leak},
    },
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
    /// The units that people write after the number.
    #[serde(default)]
    units: Vec<String>,
    new_year: Option<Spanned<String>>,
    /// The answer of an earlier question with which this one is 0.
    zero_if: Option<Written>,
}

/// How a person can change the answer by an action.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChange {
    /// The answers that the person would give up for it. If empty, all values except the wanted one.
    #[serde(default)]
    from: Vec<Spanned<String>>,
    to: Vec<Spanned<String>>,
    /// Whether the change takes months.
    #[serde(default)]
    slow: bool,
}

impl Context<'_, '_> {
    /// Reads the questions and stores them for the other tables.
    pub(super) fn questions(&mut self) {
        let mut file = self.reader.open("rules/questions.toml");
        let mut all: Vec<Question> = Vec::new();
        let mut without_role = 0_usize;
        for block in self.reader.split(&mut file, "question") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenQuestion>(block) else { continue };
            let name = leak(written.id.get_ref());
            if all.iter().any(|one| one.name == name) {
                self.error(
                    at.at(&written.id),
                    bilingual!("the question `{name}` is asked twice", "问题 `{name}` 问了两次"),
                    bilingual!("Leave one out", "去掉一个"),
                );
                continue;
            }
            let id = match QuestionId::ROLES.iter().position(|role| *role == name) {
                Some(role) => role,
                None => QuestionId::ROLES.len().saturating_add(without_role),
            };
            without_role = without_role.saturating_add(usize::from(QuestionId::ROLES.len() <= id));
            let id = QuestionId(u8::try_from(id).unwrap_or(u8::MAX));
            let kind = match (written.values.as_slice(), written.from, written.to, written.date) {
                (values, None, None, false) if written.occupations => self.occupation_values(name, values),
                (values, None, None, false) if 2 <= values.len() => Kind::Choice(self.values(name, values)),
                ([], Some(from), Some(to), false) if from < to => Kind::Number(from, to),
                ([], None, None, true) => Kind::Date,
                _ => {
                    self.error(
                        at,
                        bilingual!("it isn't clear how `{name}` is answered", "看不出 `{name}` 怎么回答"),
                        bilingual!(
                            "Write values = [two ids or more], or from = and to = (the smaller one first), or date = \
                             true",
                            "写 values = [两个以上的编号]，或者 from = 和 to =（小的在前），或者 date = true"
                        ),
                    );
                    continue;
                }
            };
            if let Kind::Choice(values) = kind
                && u16::try_from(values.len()).is_err()
            {
                let what = bilingual!("`{name}` has {} values", "`{name}` 有{}个选项", values.len());
                self.error(
                    at,
                    what,
                    bilingual!("Leave some out: an answer has room for {}", "去掉一些：最多{}个", u16::MAX),
                );
            }
            let sentence = |part: &str| Sentence::Key(format!("question.{name}.{part}"));
            let facts = match kind {
                Kind::Number(from, to) => vec![("from", from), ("to", to)],
                _ => Vec::new(),
            };
            let facts = facts.into_iter().map(|(name, number)| (name.to_owned(), Fact::Number(number)));
            let facts: Facts = facts.collect();
            let group = written.group.as_deref().map(|group| self.group(group));
            let zero_if = written.zero_if.as_ref().and_then(|written| self.zero_if(at, kind, &all, written));
            all.push(Question {
                id,
                name,
                kind,
                units: written.units.iter().map(|unit| leak(unit)).collect::<Vec<_>>().leak(),
                zero_if,
                change: self.change(at, kind, &written),
                changes_slowly: written.changeable.as_ref().is_some_and(|change| change.slow),
                group,
                same_page: written.same_page,
                seldom: written.seldom,
                title: self.words.fill(self.reader, &sentence("title"), &facts),
                short: self.words.fill(self.reader, &sentence("short"), &facts),
                help: self.words.fill_if_there(self.reader, &sentence("help"), &facts),
                why: match group {
                    Some(group) => group.why,
                    None => self.words.fill(self.reader, &sentence("why"), &facts),
                },
                changed: self.words.fill_if_there(self.reader, &sentence("changed"), &facts),
            });
        }
        self.roles_and_number(file.place(), &all);
        self.reader.finish(file, &["[[question]]"]);
        self.questions = all.leak();
    }

    /// Reports questions with a role that are missing, and more questions than there is room for.
    fn roles_and_number(&mut self, at: Place, all: &[Question]) {
        for role in QuestionId::ROLES.iter().filter(|role| all.iter().all(|one| one.name != **role)) {
            let what = bilingual!("the question `{role}` is missing", "缺少问题 `{role}`");
            self.error(
                at,
                what,
                bilingual!("Add it: the program needs it, whatever the rules are", "补上：不管规则怎样，程序都要用它"),
            );
        }
        if QuestionId::MOST < all.len() {
            let what = bilingual!("there are {} questions", "一共有{}个问题", all.len());
            self.error(
                at,
                what,
                bilingual!("Leave some out: there is room for {}", "去掉一些：最多{}个", QuestionId::MOST),
            );
        }
    }

    /// Reads the answer of an earlier question with which this one is 0.
    fn zero_if(&mut self, at: Place, kind: Kind, earlier: &[Question], written: &Written) -> Option<&'static Choice> {
        let (when, _) = condition::read(self.reader, at, Names { questions: earlier, cities: &[] }, written);
        match (when, kind) {
            (Condition::Is(choice), Kind::Number(0, _)) => Some(Box::leak(Box::new(choice))),
            _ => {
                self.error(
                    at,
                    bilingual!("it isn't clear with which answer this one is 0", "看不出前面的问题怎样回答时，这里是0"),
                    bilingual!(
                        "Write zero-if = {{ question = \"...\", is = [\"...\"] }}, for a number from 0",
                        "写 zero-if = {{ question = \"...\", is = [\"...\"] }}，只能用于从0开始的数字"
                    ),
                );
                None
            }
        }
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
                    bilingual!("it isn't clear how this answer can become another", "看不出这个回答以后怎样变"),
                    bilingual!(
                        "Write one of changeable = {{ to = [\"...\"] }} (values), grows = true (numbers) and new-year = \
                         \"...\" (a value)",
                        "写其中一个：changeable = {{ to = [\"...\"] }}（选项）、grows = true（数字）、\
                         new-year = \"...\"（一个选项）"
                    ),
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
                    let what = bilingual!("`{}` is no value of this question", "`{}` 不是这个问题的选项", id.get_ref());
                    self.error(at.at(id), what, bilingual!("Write one of its values", "写这个问题的一个选项"));
                }
            }
        }
        all
    }

    /// Reads values. Labels belong to their question; those that many questions share (yes, no) are under `value`.
    fn values(&mut self, question: &str, values: &[Spanned<String>]) -> &'static [Value] {
        let mut all = Vec::new();
        for value in values {
            let id = value.get_ref();
            let own = format!("question.{question}.value.{id}");
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
    fn occupation_values(&mut self, question: &str, others: &[Spanned<String>]) -> Kind {
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
