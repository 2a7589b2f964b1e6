//! Reads the files of `rules/`, one module for each: their format, and what must be consistent.
//!
//! References are resolved here, so that none can be missing later. Sources and occupations must be read first;
//! otherwise the order doesn't matter. A missing item is reported, and reading continues to find more errors.

mod course;
mod exam;
mod information;
mod occupations;
mod questions;
mod subsidy;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{
    condition::{self, Names, Written},
    file::{Block, Place, Reader, leak},
};
use crate::{
    Basis, City, Condition, Criterion, Date, Forecast, Implied, Level, Occupation, OccupationAt, Question, Share,
    Source, Tables, Validity, Wording, Yuan,
    bilingual::{Bilingual, bilingual},
    locale::{Fact, Facts, Name, Sentence, Words},
};

/// Reads all files. Returns None if too little could be read to form tables; the errors have been reported then.
pub fn read(reader: &mut Reader, words: &mut Words) -> Option<Tables> {
    let (sources, written) = sources(reader, words);
    let mut context = Context {
        reader,
        words,
        sources,
        occupations: &[],
        questions: &[],
        cities: &[],
        city_places: Vec::new(),
        cited: BTreeSet::new(),
        named: BTreeSet::new(),
    };
    let (file, codes) = context.occupations();
    context.questions();
    let catalogues = context.lists(file);
    let courses = context.courses();
    let subsidies = context.subsidies();
    let (entry, exam) = context.exam();
    let (recognitions, craftsmen) = context.recognitions();
    let (information, unknown) = context.general_information();
    context.unused(&written, &codes);
    Some(Tables {
        version: "",
        sources,
        occupations: context.occupations,
        catalogues,
        cities: context.cities,
        courses,
        subsidies,
        entry: entry?,
        exam: exam?,
        recognitions,
        craftsmen,
        information,
        unknown,
        questions: context.questions,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenSource {
    id: Spanned<String>,
    title: String,
    number: Option<String>,
    issued: Option<Spanned<Datetime>>,
    url: Option<Spanned<String>>,
    pages: Option<String>,
}

/// Reads the sources, and the position of each.
fn sources(reader: &mut Reader, words: &mut Words) -> (&'static [Source], Vec<Place>) {
    let mut file = reader.open("rules/sources.toml");
    let mut all: Vec<Source> = Vec::new();
    let mut places = Vec::new();
    for mut block in reader.split(&mut file, "source") {
        let at = block.place();
        let [titles, numbers] = words.translations(reader, &mut block, ["title", "number"]);
        let Some(written) = reader.read::<WrittenSource>(block) else { continue };
        let issued = written.issued.and_then(|day| date(reader, at, &day));
        let id = written.id.get_ref();
        if all.iter().any(|one| one.id == id) {
            reader.error(
                at.at(&written.id),
                bilingual!("the source `{id}` stands here twice", "登记的文件 `{id}` 写了两次"),
                bilingual!("Give one of the two another id, or leave it out", "给其中一个换一个编号，或者去掉"),
            );
        }
        let title = words.name(reader, at, &written.title, titles);
        let number = written.number.map(|number| words.name(reader, at, &number, numbers));
        if let Some(url) = written.url.as_ref().filter(|url| !url.get_ref().starts_with("https://")) {
            let what = bilingual!("`{}` is no address", "`{}` 不是网址", url.get_ref());
            reader.error(
                at.at(url),
                what,
                bilingual!(
                    "Write the whole address, as it begins: \"https://...\"",
                    "从头写完整的网址：\"https://...\""
                ),
            );
        }
        let url = written.url.map(|url| leak(url.into_inner()));
        all.push(Source { id: leak(id), title, number, issued, url, pages: written.pages.map(leak) });
        places.push(at.at(&written.id));
    }
    reader.finish(file, &["[[source]]"]);
    (all.leak(), places)
}

/// Reads a TOML date without a time.
fn date(reader: &mut Reader, at: Place, written: &Spanned<Datetime>) -> Option<Date> {
    let found = match written.get_ref() {
        Datetime { date: Some(day), time: None, offset: None } => Date::new(day.year, day.month, day.day),
        _ => None,
    };
    if found.is_none() {
        reader.error(
            at.at(written),
            bilingual!("`{}` is no day", "`{}` 不是日期", written.get_ref()),
            bilingual!(
                "Write a day of the calendar without a time: 2025-12-31",
                "写日历上有的日期，不写时间：2025-12-31"
            ),
        );
    }
    found
}

/// The state of reading the tables.
struct Context<'c, 'r> {
    reader: &'c mut Reader<'r>,
    words: &'c mut Words,
    sources: &'static [Source],
    occupations: &'static [Occupation],
    questions: &'static [Question],
    /// The cities with shortage lists, and where each stands.
    cities: &'static [City],
    city_places: Vec<Place>,
    /// The sources and the occupations to which something refers.
    cited: BTreeSet<&'static str>,
    named: BTreeSet<OccupationAt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenRegulation {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenCriterion {
    clause: Spanned<String>,
    basis: Spanned<String>,
    when: Written,
    /// For a person without a certificate: `wholly` or `partly` assumed to be met.
    taken: Option<Spanned<String>>,
    implied_by: Option<WrittenImplied>,
}

/// The sentences of a criterion that differ from those in `locales/`, for this block only.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct WrittenWording {
    title: Option<String>,
    rule: Option<String>,
    refused: Option<String>,
    open: Option<String>,
    assumed: Option<String>,
    heard: Option<String>,
}

/// The sentences of a criterion.
const PARTS: [&str; 6] = ["title", "rule", "refused", "open", "assumed", "heard"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenImplied {
    clause: Spanned<String>,
    because: Spanned<String>,
}

impl Context<'_, '_> {
    /// Reads a condition, and its numbers in the order in which they are written.
    fn condition(&mut self, at: Place, written: &Written) -> (Condition, Vec<u16>) {
        condition::read(self.reader, at, Names { questions: self.questions, cities: self.cities }, written)
    }

    /// Returns the wording of a clause, filled with facts: sentences of the row's own block `wording`, otherwise those in
    /// `locales/`. An empty one, of those that may be missing, takes the sentence in `locales/` away.
    fn wording(&mut self, own: Option<Block>, clause: &str, facts: &Facts) -> Wording {
        let mut sentences = [const { None }; 6];
        if let Some(mut block) = own {
            let at = block.place();
            let translated = self.words.translations(self.reader, &mut block, PARTS);
            if let Some(WrittenWording { title, rule, refused, open, assumed, heard }) = self.reader.read(block) {
                let written = [title, rule, refused, open, assumed, heard];
                let both = written.into_iter().zip(translated);
                for (place, (own, translated)) in sentences.iter_mut().zip(both) {
                    *place =
                        own.map(|own| (!own.is_empty()).then(|| Sentence::Own(Name::sentence(&own, translated), at)));
                }
            }
        }
        // A dot would begin another level of the key.
        let key = |part: &str| Sentence::Key(format!("criterion.{}.{part}", clause.replace('.', "-")));
        let [title, rule, refused, open, assumed, heard] = sentences;
        let [title, rule] = [("title", title), ("rule", rule)]
            .map(|(part, own)| self.words.fill(self.reader, &own.flatten().unwrap_or_else(|| key(part)), facts));
        let optional = [("refused", refused), ("open", open), ("assumed", assumed), ("heard", heard)];
        let [refused, open, assumed, heard] = optional.map(|(part, own)| {
            let sentence = own.unwrap_or_else(|| Some(key(part)))?;
            self.words.fill_if_there(self.reader, &sentence, facts)
        });
        Wording { title, rule, refused, open, assumed, heard }
    }

    /// Reads the criteria of a block with these facts, and their wording. The numbers of a criterion's condition are
    /// facts as well, by their position.
    fn criteria(&mut self, blocks: Vec<Block>, facts: &Facts) -> Vec<Criterion> {
        let mut all: Vec<Criterion> = Vec::new();
        let mut implied = Vec::new();
        for mut block in blocks {
            let at = block.place();
            let own = self.reader.part(&mut block, "wording");
            let Some(written) = self.reader.read::<WrittenCriterion>(block) else { continue };
            let clause = written.clause.get_ref();
            if all.iter().any(|one| one.id == clause) {
                self.error(
                    at.at(&written.clause),
                    bilingual!("`{clause}` stands here twice", "`{clause}` 在这里写了两次"),
                    bilingual!("Join the two with all = [...]", "用 all = [...] 合成一条"),
                );
            }
            let (when, numbers) = self.condition(at, &written.when);
            let numbers = numbers.into_iter().enumerate();
            let numbers = numbers.map(|(place, number)| (place.to_string(), Fact::Number(number)));
            let wording = self.wording(own, clause, &numbers.chain(facts.iter().cloned()).collect());
            let forecast = match written.taken.as_ref().map(|taken| taken.get_ref().as_str()) {
                None => Forecast::Decided,
                Some("partly") => Forecast::PartlyAssumedMet,
                Some("wholly") => Forecast::AssumedMet,
                Some(other) => {
                    let what = bilingual!("nothing can be taken `{other}`", "taken 不能写成 `{other}`");
                    self.error(
                        at,
                        what,
                        bilingual!(
                            "Write taken = \"wholly\" or \"partly\", or leave it out",
                            "写 taken = \"wholly\" 或 \"partly\"，或者去掉"
                        ),
                    );
                    Forecast::Decided
                }
            };
            if forecast == Forecast::AssumedMet && wording.assumed.is_none() {
                self.error(
                    at,
                    bilingual!(
                        "`{clause}` is taken as met, and the wording doesn't say what that is",
                        "`{clause}` 先当作符合，但是没有句子说明先当作什么"
                    ),
                    bilingual!(
                        "Write it as `assumed` beside the clause's rule in locales/, or leave `taken` out",
                        "在 locales/ 里这一条的 rule 旁边写 `assumed`，或者去掉 `taken`"
                    ),
                );
            }
            let Some(basis) = self.basis(at, &written.basis) else { continue };
            let id = leak(clause);
            implied.extend(written.implied_by.map(|written| (id, at, written)));
            all.push(Criterion { id, basis, when, forecast, implied_by: None, wording });
        }
        for (id, at, written) in implied {
            let found = self.implied(at, id, &written, &all);
            all.iter_mut().filter(|one| one.id == id).for_each(|one| one.implied_by = found);
        }
        all
    }

    /// Reads `implied-by`. The other criterion must be in the same block; a test checks whether it really makes
    /// this one redundant.
    fn implied(&mut self, at: Place, id: &str, written: &WrittenImplied, all: &[Criterion]) -> Option<Implied> {
        let (clause, because) = (written.clause.get_ref(), written.because.get_ref());
        if because.trim().is_empty() {
            self.error(
                at.at(&written.because),
                bilingual!(
                    "`{id}` doesn't say why it stands here although `{clause}` implies it",
                    "`{id}` 没有写原因：有了 `{clause}`，为什么还要写这一条"
                ),
                bilingual!("Write the reason in a sentence: because = \"...\"", "用一句话写原因：because = \"...\""),
            );
        }
        let mut others = all.iter().map(|one| one.id).filter(|other| *other != id);
        match others.clone().find(|other| other == clause) {
            Some(clause) => Some(Implied { clause, because: leak(because) }),
            None => {
                let what = bilingual!(
                    "`{id}` is implied by `{clause}`, which is no other criterion of its block",
                    "`{id}` 的 implied-by 写的是 `{clause}`，但是同一块里没有这样的另一条"
                );
                let known = others.by_ref().collect::<Vec<_>>().join(", ");
                let instead = match known.as_str() {
                    "" => bilingual!("Leave implied-by out: there is no other", "去掉 implied-by：没有另一条"),
                    known => bilingual!(
                        "Write one of {known}, or leave implied-by out",
                        "写其中一个：{known}；或者去掉 implied-by"
                    ),
                };
                self.error(at.at(&written.clause), what, instead);
                None
            }
        }
    }

    /// Returns the criterion of a clause, or reports that it is missing.
    fn named(&mut self, at: Place, criteria: &[Criterion], clause: &str) -> Option<Criterion> {
        let found = criteria.iter().find(|one| one.id == clause).cloned();
        if found.is_none() {
            self.error(
                at,
                bilingual!("the criterion of clause {clause} is missing", "缺少 {clause} 这一条"),
                bilingual!(
                    "Add a block with clause = \"{clause}\" below this one",
                    "在这一块下面加一块，写上 clause = \"{clause}\""
                ),
            );
        }
        found
    }

    /// Returns the source with this id, and marks it as cited.
    fn source(&mut self, at: Place, id: &Spanned<String>) -> Option<&'static Source> {
        match self.sources.iter().find(|one| one.id == id.get_ref()) {
            Some(source) => {
                self.cited.insert(source.id);
                Some(source)
            }
            None => {
                let what = bilingual!("there is no source `{}`", "没有登记叫 `{}` 的文件", id.get_ref());
                self.unknown(at.at(id), what, self.sources.iter().map(|one| one.id))
            }
        }
    }

    /// Returns the index of the occupation with this id, and marks it as used.
    fn occupation(&mut self, at: Place, id: &Spanned<String>) -> Option<OccupationAt> {
        let found = self.occupations.iter().position(|one| one.id == id.get_ref());
        if found.is_none() {
            let what = bilingual!("no occupation has the code `{}`", "没有编码是 `{}` 的职业", id.get_ref());
            self.error(
                at.at(id),
                what,
                bilingual!(
                    "Add an [[occupation]] block with this id, or mend the code",
                    "加一个 [[occupation]] 块，id 写这个编码；或者改正编码"
                ),
            );
        }
        let found = found.and_then(|at| OccupationAt::try_from(at).ok());
        self.named.extend(found);
        found
    }

    /// Reports sources and occupations to which nothing refers. `sources` and `occupations` are their positions.
    fn unused(&mut self, sources: &[Place], occupations: &[Place]) {
        // After other errors, the block that refers to them may just not have been read.
        if !self.reader.errors.is_empty() {
            return;
        }
        for (source, at) in self.sources.iter().zip(sources) {
            if !self.cited.contains(source.id) {
                let what = bilingual!("nothing cites the source `{}`", "没有一块用到登记的文件 `{}`", source.id);
                self.error(
                    *at,
                    what,
                    bilingual!(
                        "Leave it out, or write it as the source of the block that stands in it",
                        "去掉它，或者写成以它为依据的那一块的 source"
                    ),
                );
            }
        }
        for (place, (occupation, at)) in (0..).zip(self.occupations.iter().zip(occupations)) {
            if !self.named.contains(&place) {
                let what =
                    bilingual!("the occupation `{}` is in no table", "职业 `{}` 不在任何一个目录里", occupation.id);
                self.error(
                    *at,
                    what,
                    bilingual!(
                        "Leave it out, or give it a row of the catalogue or a line of the shortage list",
                        "去掉它，或者写进补贴标准目录或紧缺目录"
                    ),
                );
            }
        }
    }

    /// Returns the basis with this id, or reports that it is unknown.
    fn basis(&mut self, at: Place, id: &Spanned<String>) -> Option<Basis> {
        match Basis::from_id(id.get_ref()) {
            Some(basis) => Some(basis),
            None => {
                let what = bilingual!("there is no basis `{}`", "basis 不能写成 `{}`", id.get_ref());
                self.unknown(at.at(id), what, Basis::ALL.iter().map(|one| one.id()))
            }
        }
    }

    /// Reads a level. Reports a number that is none.
    fn level(&mut self, at: Place, written: &Spanned<u8>) -> Option<Level> {
        let level = Level::ALL.iter().copied().find(|level| level.number() == *written.get_ref());
        if level.is_none() {
            let what = bilingual!("there is no level {}", "没有{}级", written.get_ref());
            self.error(
                at.at(written),
                what,
                bilingual!("Write a level from 5 (lowest) to 1 (highest)", "写5（最低）到1（最高）的等级"),
            );
        }
        level
    }

    /// Reports an unknown id, with the known ones as what to write instead.
    fn unknown<T>(&mut self, at: Place, what: Bilingual, known: impl Iterator<Item = &'static str>) -> Option<T> {
        let known: Vec<_> = known.collect();
        self.error(at, what, bilingual!("Write one of {}", "写其中一个：{}", known.join(", ")));
        None
    }

    /// Reads a validity, which must not end before it begins.
    fn validity(&mut self, at: Place, from: &Spanned<Datetime>, to: Option<&Spanned<Datetime>>) -> Option<Validity> {
        let first = date(self.reader, at, from)?;
        let last = match to {
            Some(to) => Some(date(self.reader, at, to)?),
            None => None,
        };
        match (to, last) {
            (Some(to), Some(last)) if last < first => {
                self.error(
                    at.at(to),
                    bilingual!(
                        "it ends on {last}, before it begins on {first}",
                        "结束的日期 {last} 早于开始的日期 {first}"
                    ),
                    bilingual!(
                        "Write the last day on which it holds, or leave the line out if no end is known",
                        "写有效的最后一天；不知道到哪一天为止的，去掉这一行"
                    ),
                );
                None
            }
            _ => Some(Validity { from: first, to: last }),
        }
    }

    /// Reads an amount.
    fn yuan(&mut self, at: Place, written: &Spanned<String>) -> Option<Yuan> {
        let text = written.get_ref();
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        match Decimal::from_str_exact(text) {
            Ok(amount) if plain => Some(Yuan(amount.normalize())),
            _ => {
                self.error(
                    at.at(written),
                    bilingual!("`{text}` is no amount", "`{text}` 不是金额"),
                    bilingual!(
                        "Write digits and at most one point, in quotes: \"3120\"",
                        "只写数字，最多一个小数点，加上引号：\"3120\""
                    ),
                );
                None
            }
        }
    }

    /// Reads a share of an amount, such as 0.3.
    fn share(&mut self, at: Place, written: &Spanned<String>) -> Share {
        let share = self.yuan(at, written).unwrap_or(Yuan(Decimal::new(1, 1)));
        if share.0 <= Decimal::ZERO || Decimal::ONE <= share.0 {
            self.error(
                at.at(written),
                bilingual!("`{}` is no share of the amount", "`{}` 不是金额的比例", written.get_ref()),
                bilingual!("Write 30 % as \"0.3\": more than 0 and less than 1", "写大于0、小于1的数，三成写 \"0.3\""),
            );
        }
        Share(share.0)
    }

    /// Sorts blocks by time. They must not overlap, otherwise two rules would be in force on one day.
    fn in_time<T>(
        &mut self,
        file: &'static str,
        blocks: Vec<(Place, T)>,
        validity: impl Fn(&T) -> Validity,
    ) -> &'static [T] {
        let blocks = self.sorted(file, blocks, &validity);
        for pair in blocks.windows(2) {
            if let [(_, earlier), (at, later)] = pair {
                let (earlier, later) = (validity(earlier), validity(later));
                if earlier.to.is_none_or(|to| later.from <= to) {
                    self.error(
                        *at,
                        bilingual!(
                            "it begins on {}, while the one from {} still holds",
                            "这一块从 {} 开始，从 {} 开始的那一块还没有结束",
                            later.from,
                            earlier.from
                        ),
                        bilingual!(
                            "Give the earlier block a to = the day before this one begins",
                            "在前面那一块里写 to = 这一块开始的前一天"
                        ),
                    );
                }
            }
        }
        blocks.into_iter().map(|(_, one)| one).collect::<Vec<_>>().leak()
    }

    /// Sorts blocks by time.
    fn sorted<T>(
        &mut self,
        file: &'static str,
        mut blocks: Vec<(Place, T)>,
        validity: impl Fn(&T) -> Validity,
    ) -> Vec<(Place, T)> {
        blocks.sort_by_key(|(_, one)| validity(one).from);
        // If there are other errors, they explain why the table is empty.
        if blocks.is_empty() && self.reader.errors.is_empty() {
            self.error(
                Place { file, offset: 0 },
                bilingual!("a table has no block", "表里一块也没有"),
                bilingual!("Put at least one back", "至少放回一块"),
            );
        }
        blocks
    }

    fn error(&mut self, at: Place, what: Bilingual, instead: Bilingual) {
        self.reader.error(at, what, instead);
    }
}
