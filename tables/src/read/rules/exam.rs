//! Reads admission to the exam (E) and the rules about marks (X).

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Context, date};
use crate::{
    Condition, Criterion, Entry, EntryLevel, Exam, Forecast, Level, Subject, SubjectFee,
    bilingual::bilingual,
    locale::Facts,
    read::{
        condition::Written,
        file::{Block, Place, leak},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenEntry {
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenSubject {
    id: String,
    /// The levels whose exam has this subject; all, if none are written.
    #[serde(default)]
    levels: Vec<Spanned<u8>>,
    failed: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenFee {
    levels: Vec<Spanned<u8>>,
    amount: Spanned<String>,
    from: Option<Spanned<Datetime>>,
    to: Option<Spanned<Datetime>>,
}

impl Context<'_, '_> {
    /// Reads admission to the exam and the rules about marks. None where too little could be read.
    pub(super) fn exam(&mut self) -> (Option<Entry>, Option<Exam>) {
        let mut file = self.reader.open("rules/exam.toml");
        let mut entry = None;
        for (count, mut block) in self.reader.split(&mut file, "entry").into_iter().enumerate() {
            let at = block.place();
            let levels = self.reader.split(&mut block, "level");
            let mut levels: Vec<EntryLevel> = levels.into_iter().filter_map(|level| self.entry_level(level)).collect();
            levels.sort_by(|one, other| other.clause.id.cmp(one.clause.id));
            let Some(written) = self.reader.read::<WrittenEntry>(block) else { continue };
            if 0 < count {
                self.error(
                    at,
                    bilingual!("there are two sets of entry conditions", "报考条件写了两套"),
                    bilingual!("Leave one of the [[entry]] blocks out", "去掉一个 [[entry]] 块"),
                );
            }
            let Some(source) = self.source(at, &written.source) else { continue };
            match <[EntryLevel; Level::COUNT]>::try_from(levels) {
                Ok(levels) => entry = Some(Entry { source, levels }),
                Err(_) => self.error(
                    at,
                    bilingual!("a set has each of the five levels once", "一套报考条件里，五个等级要各写一次"),
                    bilingual!("Add a [[entry.level]] block for each", "每个等级写一个 [[entry.level]] 块"),
                ),
            }
        }
        let mut exam = None;
        for mut block in self.reader.split(&mut file, "exam") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let subjects = self.reader.split(&mut block, "subject");
            let Some(written) = self.reader.read::<WrittenExam>(block) else { continue };
            let source = self.source(at, &written.source);
            let subjects: Vec<_> = subjects.into_iter().filter_map(|subject| self.subject(subject)).collect();
            if subjects.is_empty() {
                self.error(
                    at,
                    bilingual!("the exam has no subject", "考试没有科目"),
                    bilingual!("Add a [[exam.subject]] block for each", "每个科目写一个 [[exam.subject]] 块"),
                );
            }
            let criteria = self.criteria(criteria, &Facts::new());
            let [passed, resit, fee, attendance] =
                ["X1", "X2", "X3", "C6"].map(|clause| self.named(at, &criteria, clause));
            let Some(source) = source else { continue };
            let (Some(passed), Some(resit), Some(fee), Some(attendance)) = (passed, resit, fee, attendance) else {
                continue;
            };
            exam = Some(Exam { source, passed, resit, fee, attendance, subjects: subjects.leak() });
        }
        self.reader.finish(file, &["[[entry]]", "[[exam]]"]);
        (entry, exam)
    }

    /// Reads a subject with its fees.
    fn subject(&mut self, mut block: Block) -> Option<Subject> {
        let at = block.place();
        let fees = self.reader.split(&mut block, "fee");
        let written = self.reader.read::<WrittenSubject>(block)?;
        let (failed, _) = self.condition(at, &written.failed);
        let name = self.words.claim(self.reader, &format!("subject.{}", written.id));
        let levels = match self.levels(at, &written.levels) {
            [] => Level::ALL,
            levels => levels,
        };
        let fees: Vec<SubjectFee> = fees.into_iter().filter_map(|fee| self.subject_fee(fee)).collect();
        for (place, fee) in fees.iter().enumerate() {
            let same = |other: &&SubjectFee| {
                let ends =
                    |one: &SubjectFee, two: &SubjectFee| one.to.zip(two.from).is_some_and(|(to, from)| to < from);
                other.levels.iter().any(|level| fee.levels.contains(level)) && !ends(other, fee) && !ends(fee, other)
            };
            if fees.iter().take(place).find(same).is_some() {
                self.error(
                    at,
                    bilingual!(
                        "`{}` has two fees for one level on the same day",
                        "`{}` 的同一个等级，同一天有两个补考费",
                        written.id
                    ),
                    bilingual!(
                        "Leave one out, or give the earlier one a to = the day before the later one begins",
                        "去掉一个，或者在前一个里写 to = 后一个开始的前一天"
                    ),
                );
            }
        }
        Some(Subject { id: leak(written.id), name, levels, failed, fees: fees.leak() })
    }

    /// Reads what a resit of a subject costs at some levels.
    fn subject_fee(&mut self, block: Block) -> Option<SubjectFee> {
        let at = block.place();
        let written = self.reader.read::<WrittenFee>(block)?;
        let levels = self.levels(at, &written.levels);
        if levels.is_empty() {
            self.error(
                at,
                bilingual!("a fee is for no level", "有一个补考费没有等级"),
                bilingual!("Write the levels: levels = [4, 3]", "写上等级：levels = [4, 3]"),
            );
        }
        let mut day = |day: &Spanned<Datetime>| date(self.reader, at, day);
        let (from, to) = (written.from.as_ref().and_then(&mut day), written.to.as_ref().and_then(&mut day));
        Some(SubjectFee { levels, amount: self.yuan(at, &written.amount)?, from, to })
    }

    /// Reads several levels.
    fn levels(&mut self, at: Place, written: &[Spanned<u8>]) -> &'static [Level] {
        written.iter().filter_map(|level| self.level(at, level)).collect::<Vec<_>>().leak()
    }

    /// Reads the entry paths to one level.
    fn entry_level(&mut self, mut block: Block) -> Option<EntryLevel> {
        let at = block.place();
        let paths = self.reader.split(&mut block, "path");
        let paths = self.criteria(paths, &Facts::new()).leak();
        let written = self.reader.read::<WrittenLevel>(block)?;
        let level = self.level(at, &written.level)?.number();
        let id = leak(format!("E{level}"));
        let wording = self.wording(None, id, &Facts::new());
        let basis = self.basis(at, &written.basis)?;
        let when = Condition::Any(paths.iter().map(|path| path.when.clone()).collect::<Vec<_>>().leak());
        Some(EntryLevel {
            clause: Criterion { id, basis, when, forecast: Forecast::Decided, implied_by: None, wording },
            paths,
        })
    }
}
