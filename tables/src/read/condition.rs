//! Reads conditions as they are written and returns them as they are decided.
//!
//! It is separate from the other tables because a condition is a tree, and each of its leaves must fit its
//! question.

use serde::Deserialize;
use toml::Spanned;

use super::file::{Place, Reader};
use crate::{
    Choice, City, CityAt, Condition, Kind, List, Question, ValueSet,
    bilingual::{Bilingual, bilingual},
};

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

/// The forms of a condition except the last one, for errors.
const FORMS: [&str; 7] = [
    "{ all = [...] }",
    "{ any = [...] }",
    "{ question = \"...\", is = [...], open = [...] }",
    "{ question = \"...\", answered = true }",
    "{ question = \"...\", from = 16, to = 60 }",
    "{ question = \"...\", within-months = 12 }",
    "{ listed = \"catalogue\" }",
];

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
            let what = bilingual!("`place` stands beside something else than a list", "`place` 旁边写的不是目录");
            let instead = bilingual!(
                "Write {{ listed = \"shortage\", place = \"...\" }}",
                "写成 {{ listed = \"shortage\", place = \"...\" }}"
            );
            return self.wrong(self.at.at(place), what, instead);
        }
        match written {
            Written { never_asked: Some(_), .. } => self.wrong(
                self.at,
                bilingual!("`never-asked` stands beside something else", "`never-asked` 旁边还写了别的"),
                bilingual!(
                    "Give it a condition of its own: {{ never-asked = \"what it is\" }}",
                    "让它单独成为一个条件：{{ never-asked = \"是什么事\" }}"
                ),
            ),
            Written { all: Some(parts), any: None, question: None, listed: None, .. } if !values && !range => {
                Condition::All(self.parts(parts))
            }
            Written { all: None, any: Some(parts), question: None, listed: None, .. }
                if !values && !range && !parts.is_empty() =>
            {
                Condition::Any(self.parts(parts))
            }
            Written { all: None, any: None, question: Some(question), listed: None, .. } if values != range => {
                self.leaf(question, written)
            }
            Written { all: None, any: None, question: None, listed: Some(list), .. } if !values && !range => {
                self.listed(list, written.place.as_ref())
            }
            _ => self.wrong(
                self.at,
                bilingual!(
                    "a condition of this criterion has none of the known forms",
                    "这一条里有一个条件，写法不在认得的几种之内"
                ),
                bilingual!(
                    "Write {} or {{ listed = \"shortage\", place = \"...\" }}",
                    "写成 {} 或 {{ listed = \"shortage\", place = \"...\" }}",
                    FORMS.join(", ")
                ),
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
                bilingual!("no question is called `{id}`", "没有叫 `{id}` 的问题"),
                bilingual!(
                    "Write one of rules/questions.toml: {}",
                    "写 rules/questions.toml 里的一个：{}",
                    asked.join(", ")
                ),
            );
        };
        match (question.kind, written.from.is_some() || written.to.is_some()) {
            (Kind::Date, false) if written.within_months.is_some() => {
                self.numbers.extend(written.within_months);
                Condition::WithinMonths(question.id, written.within_months.unwrap_or(0))
            }
            (Kind::Date, _) => self.wrong(
                place,
                bilingual!("`{id}` is a day", "`{id}` 的回答是日期"),
                bilingual!("Write within-months = and nothing else", "只写 within-months =，不写别的"),
            ),
            _ if written.within_months.is_some() => self.wrong(
                place,
                bilingual!("`{id}` is no day", "`{id}` 的回答不是日期"),
                bilingual!("Leave within-months out", "去掉 within-months"),
            ),
            (Kind::Number(least, most), true) => {
                let (from, to) = (written.from.unwrap_or(least), written.to.unwrap_or(most));
                self.numbers.extend(written.from);
                self.numbers.extend(written.to);
                if !(least <= from && from <= to && to <= most) {
                    return self.wrong(
                        place,
                        bilingual!("`{id}` can't be from {from} to {to}", "`{id}` 不能是从{from}到{to}"),
                        bilingual!(
                            "Write numbers from {least} to {most}, the smaller one first",
                            "写{least}到{most}之间的数，小的在前"
                        ),
                    );
                }
                if (from, to) == (least, most) {
                    return self.wrong(
                        place,
                        bilingual!("every answer to `{id}` meets it", "`{id}` 怎么回答都符合"),
                        bilingual!("Leave it out", "去掉这个条件"),
                    );
                }
                Condition::Within(question.id, from, to)
            }
            (Kind::Choice(values), false) => {
                if written.answered {
                    if !written.is.is_empty() || !written.open.is_empty() {
                        return self.wrong(
                            place,
                            bilingual!("`{id}` has values beside `answered`", "`{id}` 写了 `answered`，又写了选项"),
                            bilingual!(
                                "Write `answered`, or the values with `is` and `open`",
                                "只写 `answered`，或者只用 `is` 和 `open` 写选项"
                            ),
                        );
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
                                let what = bilingual!(
                                    "`{}` is named twice for `{id}`",
                                    "`{}` 在 `{id}` 里写了两次",
                                    value.get_ref()
                                );
                                self.wrong(self.at.at(value), what, bilingual!("Leave one out", "去掉一个"));
                            }
                            Some(at) => set.insert(at),
                            None => {
                                let known: Vec<_> = values.iter().map(|one| one.id).collect();
                                let what = bilingual!(
                                    "`{id}` has no value `{}`",
                                    "`{id}` 没有 `{}` 这个选项",
                                    value.get_ref()
                                );
                                let instead = bilingual!("Write one of {}", "写其中一个：{}", known.join(", "));
                                self.wrong(self.at.at(value), what, instead);
                            }
                        }
                    }
                    set
                };
                let (met, open) = (set(&written.is), set(&written.open));
                if met.iter().any(|at| open.contains(at)) {
                    return self.wrong(
                        place,
                        bilingual!(
                            "a value of `{id}` stands in `is` and in `open`",
                            "`{id}` 有一个选项，`is` 和 `open` 里都写了"
                        ),
                        bilingual!("Keep it in one of them", "只留一处"),
                    );
                }
                if met.len() == values.len() {
                    return self.wrong(
                        place,
                        bilingual!("every answer to `{id}` meets it", "`{id}` 怎么回答都符合"),
                        bilingual!(
                            "Leave it out, or write answered = true if the question only has to be answered",
                            "去掉这个条件；如果只要求回答过，写 answered = true"
                        ),
                    );
                }
                Condition::Is(Choice { question: question.id, met, open })
            }
            (Kind::Number(..), false) => self.wrong(
                place,
                bilingual!("`{id}` is a number", "`{id}` 的回答是数字"),
                bilingual!("Write from = and to = instead of is =", "写 from = 和 to =，不写 is ="),
            ),
            (Kind::Choice(_), true) => self.wrong(
                place,
                bilingual!("`{id}` is a choice", "`{id}` 是选择题"),
                bilingual!("Write is = [\"...\"] instead of from = and to =", "写 is = [\"...\"]，不写 from = 和 to ="),
            ),
        }
    }

    /// Reads a condition about the catalogue, or about the shortage lists of a place.
    fn listed(&mut self, list: &Spanned<String>, place: Option<&Spanned<String>>) -> Condition {
        match (list.get_ref().as_str(), place) {
            ("catalogue", None) => Condition::Listed(List::Catalogue),
            ("catalogue", Some(place)) => {
                let what = bilingual!("the catalogue is the same in all places", "标准目录各地一样");
                self.wrong(self.at.at(place), what, bilingual!("Leave `place` out", "不要写 `place`"))
            }
            ("shortage", place) => {
                let known: Vec<_> = self.names.cities.iter().map(|one| one.place).collect();
                let found = place.and_then(|place| known.iter().position(|one| one == place.get_ref()));
                if let Some(at) = found.and_then(|at| CityAt::try_from(at).ok()) {
                    return Condition::Listed(List::Shortage(at));
                }
                let (at, what) = match place {
                    Some(place) => (
                        self.at.at(place),
                        bilingual!(
                            "no [[shortage]] block is of the place `{}`",
                            "没有一个 [[shortage]] 是 `{}` 的",
                            place.get_ref()
                        ),
                    ),
                    None => (
                        self.at.at(list),
                        bilingual!("it doesn't say whose shortage lists are meant", "没有写是哪个城市的紧缺目录"),
                    ),
                };
                let known = known.join(", ");
                self.wrong(at, what, bilingual!("Write place = and one of {}", "写 place = 其中一个：{}", known))
            }
            (other, _) => {
                let what = bilingual!("there is no list `{}`", "没有叫 `{}` 的目录", other);
                let instead = bilingual!("Write one of shortage, catalogue", "写其中一个：shortage, catalogue");
                self.wrong(self.at.at(list), what, instead)
            }
        }
    }

    /// Reports an error and returns the replacement.
    fn wrong(&mut self, at: Place, what: Bilingual, instead: Bilingual) -> Condition {
        self.reader.error(at, what, instead);
        NOTHING
    }
}
