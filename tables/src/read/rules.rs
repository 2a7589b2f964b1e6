//! The files of `rules/`, one function a file: what may be written, and what has to fit.
//!
//! References are resolved here, so that nothing can point to something missing later. Order matters only in that
//! sources and occupations come first; what is missing is reported, and reading goes on to find more.

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{
    condition::{self, Written},
    file::{Block, Place, Reader},
    leak,
};
use crate::{
    Basis, Catalogue, CatalogueRow, Contact, Course, Criterion, Date, Group, Kind, Occupation, Place as ClaimPlace,
    PlaceId, Question, QuestionId, Regulation, ShortageList, Source, Tables, Validity, Value, Wording, Yuan,
    locale::Words,
};

/// Reads every file; None where too little is left to make tables of, which has been reported then.
pub fn read(reader: &mut Reader, words: &mut Words) -> Option<Tables> {
    let sources = sources(reader);
    let mut context = Context { reader, words, sources, occupations: &[], questions: &[] };
    let (occupations, catalogues, shortages) = context.occupations();
    context.questions();
    let courses = context.courses();
    let subsidies = context.subsidies();
    Some(Tables {
        version: "",
        sources,
        occupations,
        catalogues,
        shortages,
        courses,
        subsidies,
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
}

fn sources(reader: &mut Reader) -> &'static [Source] {
    let mut file = reader.open("rules/sources.toml");
    let mut all: Vec<Source> = Vec::new();
    for block in reader.split(&mut file, "source") {
        let at = block.place();
        let Some(written) = reader.read::<WrittenSource>(block) else { continue };
        let issued = written.issued.and_then(|day| date(reader, at, &day));
        let id = written.id.get_ref();
        if all.iter().any(|one| one.id == id) {
            reader.error(
                at.at(&written.id),
                format!("the source `{id}` stands here twice"),
                "Give one of the two another id, or leave it out",
            );
        }
        all.push(Source { id: leak(id), title: leak(written.title), number: written.number.map(leak), issued });
    }
    reader.finish(file, &["[[source]]"]);
    all.leak()
}

/// A day as TOML writes it, without a time.
fn date(reader: &mut Reader, at: Place, written: &Spanned<Datetime>) -> Option<Date> {
    let found = match written.get_ref() {
        Datetime { date: Some(day), time: None, offset: None } => Date::new(day.year, day.month, day.day),
        _ => None,
    };
    if found.is_none() {
        reader.error(
            at.at(written),
            format!("`{}` is no day", written.get_ref()),
            "Write a day of the calendar without a time: 2025-12-31",
        );
    }
    found
}

struct Context<'c, 'r> {
    reader: &'c mut Reader<'r>,
    words: &'c mut Words,
    sources: &'static [Source],
    occupations: &'static [Occupation],
    questions: &'static [Question],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenOccupation {
    id: Spanned<String>,
    name: String,
    #[serde(default)]
    digital: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenCatalogue {
    source: Spanned<String>,
    basis: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    a: Spanned<Vec<Spanned<String>>>,
    b: Spanned<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenRow {
    occupation: Spanned<String>,
    class: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenShortageList {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    uplift: Spanned<String>,
    occupations: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenQuestion {
    id: Spanned<String>,
    #[serde(default)]
    values: Vec<Spanned<String>>,
    from: Option<u16>,
    to: Option<u16>,
    group: Option<String>,
}

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
    claims_from: Spanned<Datetime>,
    claims_to: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenContact {
    office: String,
    person: String,
    phone: Spanned<String>,
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPlace {
    id: Spanned<String>,
    when: Written,
}

impl Context<'_, '_> {
    fn occupations(&mut self) -> (&'static [Occupation], &'static [Catalogue], &'static [ShortageList]) {
        let mut file = self.reader.open("rules/occupations.toml");
        let mut all: Vec<Occupation> = Vec::new();
        for block in self.reader.split(&mut file, "occupation") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenOccupation>(block) else { continue };
            let id = written.id.get_ref();
            if all.iter().any(|one| one.id == id) {
                self.error(
                    at.at(&written.id),
                    format!("the occupation `{id}` stands here twice"),
                    "Leave one out: a code is one occupation",
                );
            }
            all.push(Occupation { id: leak(id), name: leak(written.name), digital: written.digital });
        }
        self.occupations = all.leak();

        let mut catalogues = Vec::new();
        for mut block in self.reader.split(&mut file, "catalogue") {
            let at = block.place();
            let rows = self.reader.split(&mut block, "row");
            let Some(written) = self.reader.read::<WrittenCatalogue>(block) else { continue };
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let (a, b) = (self.amounts(at, &written.a), self.amounts(at, &written.b));
            let mut read: Vec<CatalogueRow> = Vec::new();
            for row in rows {
                let at = row.place();
                let Some(written) = self.reader.read::<WrittenRow>(row) else { continue };
                let amounts = match written.class.get_ref().as_str() {
                    "A" => a,
                    "B" => b,
                    other => {
                        self.error(
                            at.at(&written.class),
                            format!("there is no class `{other}`"),
                            "Write \"A\" or \"B\", as the catalogue does",
                        );
                        continue;
                    }
                };
                let Some(occupation) = self.occupation(at, &written.occupation) else { continue };
                if read.iter().any(|row| row.occupation == occupation) {
                    self.error(at.at(&written.occupation), format!("`{occupation}` has two rows"), "Leave one out");
                }
                read.push(CatalogueRow { occupation, amounts });
            }
            let (source, basis) = (self.source(at, &written.source), self.basis(at, &written.basis));
            let (Some(source), Some(validity), Some(basis)) = (source, validity, basis) else { continue };
            catalogues.push((at, Catalogue { source, validity, basis, rows: read.leak() }));
        }

        let mut shortages = Vec::new();
        for block in self.reader.split(&mut file, "shortage") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenShortageList>(block) else { continue };
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let uplift = self.yuan(at, &written.uplift);
            let mut listed = Vec::new();
            for id in &written.occupations {
                let Some(found) = self.occupation(at, id) else { continue };
                if listed.contains(&found) {
                    self.error(at.at(id), format!("`{found}` is listed twice"), "Leave one out");
                }
                listed.push(found);
            }
            let source = self.source(at, &written.source);
            let (Some(source), Some(validity), Some(uplift)) = (source, validity, uplift) else { continue };
            shortages.push((at, ShortageList { source, validity, uplift, occupations: listed.leak() }));
        }
        self.reader.finish(file, &["[[occupation]]", "[[catalogue]]", "[[shortage]]"]);
        let catalogues = self.in_time("rules/occupations.toml", catalogues, |one| one.validity);
        let shortages = self.in_time("rules/occupations.toml", shortages, |one| one.validity);
        (self.occupations, catalogues, shortages)
    }

    fn questions(&mut self) {
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
                    "Write one of the ids of section 4 of the rules; a new one needs the program as well",
                );
                continue;
            };
            if all.iter().any(|one| one.id == id) {
                self.error(at.at(&written.id), format!("the question `{}` is asked twice", id.id()), "Leave one out");
            }
            let kind = match (written.values.as_slice(), written.from, written.to) {
                (values, None, None) if (2..=64).contains(&values.len()) => Kind::Choice(self.values(id, values)),
                ([], Some(from), Some(to)) if from < to => Kind::Number(from, to),
                _ => {
                    self.error(
                        at,
                        format!("it isn't clear how `{}` is answered", id.id()),
                        "Write values = [two to 64 ids], or from = and to = (the smaller one first)",
                    );
                    continue;
                }
            };
            let key = |part: &str| format!("question.{}.{part}", id.id());
            let group = written.group.map(|group| self.group(&group));
            all.push(Question {
                id,
                kind,
                group,
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

    fn group(&mut self, id: &str) -> &'static Group {
        let title = self.words.claim(self.reader, &format!("group.{id}.title"));
        let why = self.words.claim(self.reader, &format!("group.{id}.why"));
        Box::leak(Box::new(Group { id: leak(id), title, why }))
    }

    fn courses(&mut self) -> &'static [Course] {
        let mut file = self.reader.open("rules/course.toml");
        let mut all = Vec::new();
        for mut block in self.reader.split(&mut file, "course") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let criteria = self.criteria(criteria);
            let contacts = self.reader.split(&mut block, "contact");
            let contacts = contacts.into_iter().filter_map(|contact| self.contact(contact)).collect::<Vec<_>>().leak();
            let Some(written) = self.reader.read::<WrittenCourse>(block) else { continue };
            if !(1..=5).contains(written.level.get_ref()) {
                self.error(
                    at.at(&written.level),
                    format!("there is no level {}", written.level.get_ref()),
                    "Write a level from 5 (lowest) to 1 (highest)",
                );
            }
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, Some(&written.to));
            let claims = self.validity(at, &written.claims_from, Some(&written.claims_to));
            let occupation = self.occupation(at, &written.occupation);
            let fees = [&written.training_fee, &written.exam_fee, &written.member_fee].map(|fee| self.yuan(at, fee));
            let (fee, member) = (self.named(at, &criteria, "C1"), self.named(at, &criteria, "C2"));
            let (Some(source), Some(validity), Some(claims), Some(occupation)) = (source, validity, claims, occupation)
            else {
                continue;
            };
            let ([Some(training_fee), Some(exam_fee), Some(member_fee)], Some(fee), Some(member)) = (fees, fee, member)
            else {
                continue;
            };
            let level = *written.level.get_ref();
            all.push((
                at,
                Course {
                    source,
                    validity,
                    occupation,
                    level,
                    training_fee,
                    exam_fee,
                    member_fee,
                    claims,
                    fee,
                    member,
                    contacts,
                },
            ));
        }
        self.reader.finish(file, &["[[course]]"]);
        self.in_time("rules/course.toml", all, |one| one.validity)
    }

    fn contact(&mut self, block: Block) -> Option<Contact> {
        let at = block.place();
        let written = self.reader.read::<WrittenContact>(block)?;
        let phone = written.phone.get_ref();
        if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            self.error(
                at.at(&written.phone),
                format!("`{phone}` can't be dialled"),
                "Write digits only, in quotes: \"13800000000\"",
            );
        }
        Some(Contact { office: leak(written.office), person: leak(written.person), phone: leak(phone) })
    }

    fn subsidies(&mut self) -> &'static [Regulation] {
        let mut file = self.reader.open("rules/subsidy.toml");
        let mut all = Vec::new();
        for mut block in self.reader.split(&mut file, "subsidy") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let mut criteria = self.criteria(criteria);
            let places = self.reader.split(&mut block, "place");
            let places = places.into_iter().filter_map(|place| self.place(place)).collect::<Vec<_>>().leak();
            let Some(written) = self.reader.read::<WrittenRegulation>(block) else { continue };
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let uplift = self.named(at, &criteria, "S11");
            criteria.retain(|one| one.id != "S11");
            let (Some(source), Some(validity), Some(uplift)) = (source, validity, uplift) else { continue };
            all.push((at, Regulation { source, validity, criteria: criteria.leak(), uplift, places }));
        }
        self.reader.finish(file, &["[[subsidy]]"]);
        self.in_time("rules/subsidy.toml", all, |one| one.validity)
    }

    fn place(&mut self, block: Block) -> Option<ClaimPlace> {
        let at = block.place();
        let written = self.reader.read::<WrittenPlace>(block)?;
        let (when, _) = condition::read(self.reader, at, self.questions, &written.when);
        match PlaceId::from_id(written.id.get_ref()) {
            Some(id) => Some(ClaimPlace { id, when }),
            None => {
                self.unknown(at.at(&written.id), "place", written.id.get_ref(), PlaceId::ALL.iter().map(|one| one.id()))
            }
        }
    }

    fn criteria(&mut self, blocks: Vec<Block>) -> Vec<Criterion> {
        let mut all: Vec<Criterion> = Vec::new();
        for block in blocks {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenCriterion>(block) else { continue };
            let clause = written.clause.get_ref();
            if all.iter().any(|one| one.id == clause) {
                self.error(
                    at.at(&written.clause),
                    format!("`{clause}` stands here twice"),
                    "Join the two with all = [...]",
                );
            }
            let (when, numbers) = condition::read(self.reader, at, self.questions, &written.when);
            // In keys a point would begin another level.
            let key = |part: &str| format!("criterion.{}.{part}", clause.replace('.', "-"));
            let wording = Wording {
                title: self.words.claim(self.reader, &key("title")),
                rule: self.words.claim_numbered(self.reader, &key("rule"), numbers.len()),
                refused: self.words.claim_if_there(&key("refused")),
                numbers: numbers.leak(),
            };
            let Some(basis) = self.basis(at, &written.basis) else { continue };
            all.push(Criterion { id: leak(clause), basis, when, wording });
        }
        all
    }

    fn named(&mut self, at: Place, criteria: &[Criterion], clause: &str) -> Option<Criterion> {
        let found = criteria.iter().find(|one| one.id == clause).copied();
        if found.is_none() {
            self.error(
                at,
                format!("the criterion of clause {clause} is missing"),
                format!("Add a block with clause = \"{clause}\" below this one"),
            );
        }
        found
    }

    fn source(&mut self, at: Place, id: &Spanned<String>) -> Option<&'static Source> {
        match self.sources.iter().find(|one| one.id == id.get_ref()) {
            Some(source) => Some(source),
            None => self.unknown(at.at(id), "source", id.get_ref(), self.sources.iter().map(|one| one.id)),
        }
    }

    fn occupation(&mut self, at: Place, id: &Spanned<String>) -> Option<&'static str> {
        let found = self.occupations.iter().find(|one| one.id == id.get_ref());
        if found.is_none() {
            self.error(
                at.at(id),
                format!("no occupation has the code `{}`", id.get_ref()),
                "Add an [[occupation]] block with this id, or mend the code",
            );
        }
        found.map(|one| one.id)
    }

    fn basis(&mut self, at: Place, id: &Spanned<String>) -> Option<Basis> {
        match Basis::from_id(id.get_ref()) {
            Some(basis) => Some(basis),
            None => self.unknown(at.at(id), "basis", id.get_ref(), Basis::ALL.iter().map(|one| one.id())),
        }
    }

    fn unknown<T>(&mut self, at: Place, kind: &str, id: &str, known: impl Iterator<Item = &'static str>) -> Option<T> {
        let known: Vec<_> = known.collect();
        self.error(at, format!("there is no {kind} `{id}`"), format!("Write one of {}", known.join(", ")));
        None
    }

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
                    format!("it ends on {last}, before it begins on {first}"),
                    "Write the last day on which it holds, or leave the line out if no end is known",
                );
                None
            }
            _ => Some(Validity { from: first, to: last }),
        }
    }

    fn yuan(&mut self, at: Place, written: &Spanned<String>) -> Option<Yuan> {
        let text = written.get_ref();
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        match Decimal::from_str_exact(text) {
            Ok(amount) if plain => Some(Yuan(amount.normalize())),
            _ => {
                self.error(
                    at.at(written),
                    format!("`{text}` is no amount"),
                    "Write digits and at most one point, in quotes: \"3120\"",
                );
                None
            }
        }
    }

    fn amounts(&mut self, at: Place, written: &Spanned<Vec<Spanned<String>>>) -> [Yuan; 5] {
        let amounts: Vec<Yuan> = written.get_ref().iter().filter_map(|one| self.yuan(at, one)).collect();
        <[Yuan; 5]>::try_from(amounts).unwrap_or_else(|_| {
            self.error(
                at.at(written),
                "a class has one amount for each of the five levels",
                "Write five amounts, for levels 5, 4, 3, 2, 1 in this order",
            );
            [Yuan(Decimal::ZERO); 5]
        })
    }

    /// Blocks in the order of time, which may not overlap: else two rules would hold on one day.
    fn in_time<T>(
        &mut self,
        file: &'static str,
        mut blocks: Vec<(Place, T)>,
        validity: impl Fn(&T) -> Validity,
    ) -> &'static [T] {
        blocks.sort_by_key(|(_, one)| validity(one).from);
        for pair in blocks.windows(2) {
            if let [(_, earlier), (at, later)] = pair {
                let (earlier, later) = (validity(earlier), validity(later));
                if earlier.to.is_none_or(|to| later.from <= to) {
                    let what = format!("it begins on {}, while the one from {} still holds", later.from, earlier.from);
                    self.reader.error(*at, what, "Give the earlier block a to = the day before this one begins");
                }
            }
        }
        // Where there are errors they say more.
        if blocks.is_empty() && self.reader.errors.is_empty() {
            self.reader.error(Place { file, offset: 0 }, "a table has no block", "Put at least one back");
        }
        blocks.into_iter().map(|(_, one)| one).collect::<Vec<_>>().leak()
    }

    fn error(&mut self, at: Place, what: impl Into<String>, instead: impl Into<String>) {
        self.reader.error(at, what, instead);
    }
}
