//! Reads admission to the exam (E) and the rules about marks (X).

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{
    Condition, Criterion, Entry, EntryLevel, Exam, Forecast, Level,
    locale::Facts,
    read::{
        condition::{self, Written},
        file::{Block, leak},
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
    theory_fee: Spanned<String>,
    practice_fee: Spanned<String>,
    failed_theory: Written,
    failed_practice: Written,
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
                self.error(at, "there are two sets of entry conditions", "Leave one of the [[entry]] blocks out");
            }
            let Some(source) = self.source(at, &written.source) else { continue };
            match <[EntryLevel; Level::COUNT]>::try_from(levels) {
                Ok(levels) => entry = Some(Entry { source, levels }),
                Err(_) => {
                    self.error(at, "a set has each of the five levels once", "Add a [[entry.level]] block for each")
                }
            }
        }
        let mut exam = None;
        for mut block in self.reader.split(&mut file, "exam") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let Some(written) = self.reader.read::<WrittenExam>(block) else { continue };
            let source = self.source(at, &written.source);
            let fees = [&written.theory_fee, &written.practice_fee].map(|fee| self.yuan(at, fee));
            let criteria = self.criteria(criteria, &Facts::new());
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
