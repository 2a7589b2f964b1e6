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
    Basis, Catalogue, CatalogueRow, Condition, Contact, Course, Criterion, Date, EntryLevel, EntrySet, Exam, Forecast,
    Group, Information, Kind, Label, Occupation, OccupationAt, Place as ClaimPlace, PlaceId, Question, QuestionId,
    Recognition, Regulation, ShortageList, Source, Tables, Validity, Value, Wording, Yuan, locale::Words,
};

/// Reads every file; None where too little is left to make tables of, which has been reported then.
pub fn read(reader: &mut Reader, words: &mut Words) -> Option<Tables> {
    let sources = sources(reader);
    let mut context = Context { reader, words, sources, occupations: &[], questions: &[] };
    let file = context.occupations();
    context.questions();
    let (catalogues, shortages) = context.lists(file);
    let courses = context.courses();
    let subsidies = context.subsidies();
    let (entry, exam) = context.exam();
    let (recognitions, craftsmen) = context.recognitions();
    let information = context.information();
    Some(Tables {
        version: "",
        sources,
        occupations: context.occupations,
        catalogues,
        shortages,
        courses,
        subsidies,
        entry: entry?,
        exam: exam?,
        recognitions,
        craftsmen,
        information,
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
    /// The values are the occupations, then those in `values`.
    #[serde(default)]
    occupations: bool,
    from: Option<u16>,
    to: Option<u16>,
    #[serde(default)]
    date: bool,
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
    starts_from: Spanned<Datetime>,
    starts_to: Spanned<Datetime>,
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
    /// For somebody who has no certificate yet: `wholly` or `partly` taken as met.
    taken: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenEntry {
    id: Spanned<String>,
    source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenLevel {
    level: Spanned<u8>,
    basis: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenExam {
    source: Spanned<String>,
    entry: Spanned<String>,
    theory_fee: Spanned<String>,
    practice_fee: Spanned<String>,
    failed_theory: Written,
    failed_practice: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenInformation {
    clause: String,
    goals: Vec<Spanned<String>>,
    #[serde(default)]
    during_class: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPlace {
    id: Spanned<String>,
    when: Written,
}

impl Context<'_, '_> {
    /// Reads the occupations; the lists below them need the questions first.
    fn occupations(&mut self) -> Block {
        let mut file = self.reader.open("rules/occupations.toml");
        let mut all: Vec<Occupation> = Vec::new();
        for block in self.reader.split(&mut file, "occupation") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenOccupation>(block) else { continue };
            let id = written.id.get_ref();
            if all.iter().any(|one| one.id == id) {
                let what = format!("the occupation `{id}` stands here twice");
                self.error(at.at(&written.id), what, "Leave one out: a code is one occupation");
            }
            all.push(Occupation { id: leak(id), name: leak(written.name), digital: written.digital });
        }
        self.occupations = all.leak();
        file
    }

    fn lists(&mut self, mut file: Block) -> (&'static [Catalogue], &'static [ShortageList]) {
        let mut catalogues = Vec::new();
        for mut block in self.reader.split(&mut file, "catalogue") {
            let at = block.place();
            let rows = self.reader.split(&mut block, "row");
            let criteria = self.reader.split(&mut block, "criterion");
            let criteria = self.criteria(criteria);
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
                    self.error(
                        at.at(&written.occupation),
                        format!("`{}` has two rows", written.occupation.get_ref()),
                        "Leave one out",
                    );
                }
                read.push(CatalogueRow { occupation, amounts });
            }
            let (source, amount) = (self.source(at, &written.source), self.named(at, &criteria, "S10"));
            let (Some(source), Some(validity), Some(amount)) = (source, validity, amount) else { continue };
            let bounds = |pick: fn(Yuan, Yuan) -> Yuan| std::array::from_fn(|at| pick(a[at], b[at]));
            let (most, least) = (bounds(Yuan::max), bounds(Yuan::min));
            catalogues.push((at, Catalogue { source, validity, amount, rows: read.leak(), most, least }));
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
                    self.error(at.at(id), format!("`{}` is listed twice", id.get_ref()), "Leave one out");
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
        (catalogues, shortages)
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
            let kind = match (written.values.as_slice(), written.from, written.to, written.date) {
                (values, None, None, false) if written.occupations => self.occupation_values(id, values),
                (values, None, None, false) if (2..=64).contains(&values.len()) => {
                    Kind::Choice(self.values(id, values))
                }
                ([], Some(from), Some(to), false) if from < to => Kind::Number(from, to),
                ([], None, None, true) => Kind::Date,
                _ => {
                    self.error(
                        at,
                        format!("it isn't clear how `{}` is answered", id.id()),
                        "Write values = [two to 64 ids], or from = and to = (the smaller one first), or date = true",
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
            all.push(Value { id: leak(id), label: Label::Message(label) });
        }
        all.leak()
    }

    /// Every occupation by its place, then what else can be said.
    fn occupation_values(&mut self, question: QuestionId, others: &[Spanned<String>]) -> Kind {
        let occupations = self.occupations.iter().map(|one| Value { id: one.id, label: Label::Name(one.name) });
        let mut values: Vec<Value> = occupations.collect();
        values.extend(self.values(question, others));
        Kind::Choice(values.leak())
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
            let starts = self.validity(at, &written.starts_from, Some(&written.starts_to));
            let claims = self.validity(at, &written.claims_from, Some(&written.claims_to));
            let occupation = self.occupation(at, &written.occupation);
            let fees = [&written.training_fee, &written.exam_fee, &written.member_fee].map(|fee| self.yuan(at, fee));
            let [fee, member, dates] = ["C1", "C2", "C4"].map(|clause| self.named(at, &criteria, clause));
            let (Some(source), Some(validity), Some(occupation)) = (source, validity, occupation) else { continue };
            let (Some(starts), Some(claims)) = (starts, claims) else { continue };
            let [Some(training_fee), Some(exam_fee), Some(member_fee)] = fees else { continue };
            let (Some(fee), Some(member), Some(dates)) = (fee, member, dates) else { continue };
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
                    starts,
                    claims,
                    dates,
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

    fn exam(&mut self) -> (Option<EntrySet>, Option<Exam>) {
        let mut file = self.reader.open("rules/exam.toml");
        let mut sets = Vec::new();
        for mut block in self.reader.split(&mut file, "entry") {
            let at = block.place();
            let levels = self.reader.split(&mut block, "level");
            let mut levels: Vec<EntryLevel> = levels.into_iter().filter_map(|level| self.entry_level(level)).collect();
            levels.sort_by(|one, other| other.clause.id.cmp(one.clause.id));
            let Some(written) = self.reader.read::<WrittenEntry>(block) else { continue };
            let Some(source) = self.source(at, &written.source) else { continue };
            match <[EntryLevel; 5]>::try_from(levels) {
                Ok(levels) => sets.push((written.id, EntrySet { source, levels })),
                Err(_) => {
                    self.error(at, "a set has each of the five levels once", "Add a [[entry.level]] block for each")
                }
            }
        }
        let mut exam = None;
        let mut entry = None;
        for mut block in self.reader.split(&mut file, "exam") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let criteria = self.criteria(criteria);
            let Some(written) = self.reader.read::<WrittenExam>(block) else { continue };
            let wanted = written.entry.get_ref();
            entry = sets.iter().find(|(id, _)| id.get_ref() == wanted).map(|(_, set)| *set);
            if entry.is_none() && !sets.is_empty() {
                let known = sets.iter().map(|(id, _)| leak(id.get_ref())).collect::<Vec<_>>().into_iter();
                self.unknown::<()>(at.at(&written.entry), "set of entry conditions", wanted, known);
            }
            let source = self.source(at, &written.source);
            let fees = [&written.theory_fee, &written.practice_fee].map(|fee| self.yuan(at, fee));
            let [passed, resit, fee, attendance] =
                ["X1", "X2", "X3", "C6"].map(|clause| self.named(at, &criteria, clause));
            let (failed_theory, _) = condition::read(self.reader, at, self.questions, &written.failed_theory);
            let (failed_practice, _) = condition::read(self.reader, at, self.questions, &written.failed_practice);
            let (Some(source), [Some(theory_fee), Some(practice_fee)]) = (source, fees) else { continue };
            let (Some(passed), Some(resit), Some(fee), Some(attendance)) = (passed, resit, fee, attendance) else {
                continue;
            };
            exam = Some(Exam {
                source,
                passed,
                resit,
                fee,
                attendance,
                failed_theory,
                failed_practice,
                theory_fee,
                practice_fee,
            });
        }
        self.reader.finish(file, &["[[entry]]", "[[exam]]"]);
        (entry, exam)
    }

    fn entry_level(&mut self, mut block: Block) -> Option<EntryLevel> {
        let at = block.place();
        let paths = self.reader.split(&mut block, "path");
        let paths = self.criteria(paths).leak();
        let written = self.reader.read::<WrittenLevel>(block)?;
        let level = *written.level.get_ref();
        if !(1..=5).contains(&level) {
            self.error(at.at(&written.level), format!("there is no level {level}"), "Write a level from 5 to 1");
        }
        let key = |part: &str| format!("criterion.E{level}.{part}");
        let wording = Wording {
            title: self.words.claim(self.reader, &key("title")),
            rule: self.words.claim(self.reader, &key("rule")),
            refused: self.words.claim_if_there(&key("refused")),
            numbers: &[],
        };
        let basis = self.basis(at, &written.basis)?;
        let when = Condition::Any(paths.iter().map(|path| path.when).collect::<Vec<_>>().leak());
        let id = leak(format!("E{level}"));
        Some(EntryLevel { clause: Criterion { id, basis, when, forecast: Forecast::Decided, wording }, paths })
    }

    fn recognitions(&mut self) -> (&'static [Recognition], &'static [Recognition]) {
        let mut file = self.reader.open("rules/recognition.toml");
        let [recognitions, craftsmen] = ["recognition", "craftsman"].map(|key| {
            let mut all = Vec::new();
            for mut block in self.reader.split(&mut file, key) {
                let at = block.place();
                let criteria = self.reader.split(&mut block, "criterion");
                let criteria = self.criteria(criteria).leak();
                let Some(written) = self.reader.read::<WrittenRegulation>(block) else { continue };
                let source = self.source(at, &written.source);
                let validity = self.validity(at, &written.from, written.to.as_ref());
                let (Some(source), Some(validity)) = (source, validity) else { continue };
                all.push((at, Recognition { source, validity, criteria }));
            }
            self.in_time("rules/recognition.toml", all, |one| one.validity)
        });
        self.reader.finish(file, &["[[recognition]]", "[[craftsman]]"]);
        (recognitions, craftsmen)
    }

    fn information(&mut self) -> &'static [Information] {
        let mut file = self.reader.open("rules/information.toml");
        let mut all = Vec::new();
        let goals = self.questions.iter().find(|one| one.id == QuestionId::Goal).map(|one| one.kind);
        for block in self.reader.split(&mut file, "information") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenInformation>(block) else { continue };
            let mut bits = 0;
            for goal in &written.goals {
                let Some(Kind::Choice(values)) = goals else { continue };
                match values.iter().position(|one| one.id == goal.get_ref()) {
                    Some(at) => bits |= 1 << at,
                    None => {
                        let known = values.iter().map(|one| one.id);
                        self.unknown::<()>(at.at(goal), "goal", goal.get_ref(), known);
                    }
                }
            }
            let wording = self.words.claim(self.reader, &format!("information.{}", written.clause));
            let clause = leak(written.clause);
            all.push(Information { clause, wording, goals: bits, during_class: written.during_class });
        }
        self.reader.finish(file, &["[[information]]"]);
        all.leak()
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
            let forecast = match written.taken.as_ref().map(|taken| taken.get_ref().as_str()) {
                None => Forecast::Decided,
                Some("partly") => Forecast::PartlyTaken,
                Some("wholly") => Forecast::Taken,
                Some(other) => {
                    let what = format!("nothing can be taken `{other}`");
                    self.error(at, what, "Write taken = \"wholly\" or \"partly\", or leave it out");
                    Forecast::Decided
                }
            };
            let Some(basis) = self.basis(at, &written.basis) else { continue };
            all.push(Criterion { id: leak(clause), basis, when, forecast, wording });
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

    fn occupation(&mut self, at: Place, id: &Spanned<String>) -> Option<OccupationAt> {
        let found = self.occupations.iter().position(|one| one.id == id.get_ref());
        if found.is_none() {
            let what = format!("no occupation has the code `{}`", id.get_ref());
            self.error(at.at(id), what, "Add an [[occupation]] block with this id, or mend the code");
        }
        found.and_then(|at| u8::try_from(at).ok())
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
