//! Reads clauses that are only shown and decide nothing.

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{
    Information, Kind, QuestionId, Unknown, ValueSet,
    bilingual::bilingual,
    locale::{Facts, Sentence},
    read::file::{Block, leak},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenInformation {
    clause: String,
    goals: Vec<Spanned<String>>,
    #[serde(default)]
    during_class: bool,
    /// The sentence, if it differs from the one in `locales/`.
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenUnknown {
    id: String,
    clause: String,
    #[serde(default)]
    with_result: bool,
}

impl Context<'_, '_> {
    /// Reads the clauses that belong to no class, and what is not known.
    pub(super) fn general_information(&mut self) -> (&'static [Information], &'static [Unknown]) {
        let mut file = self.reader.open("rules/information.toml");
        let blocks = self.reader.split(&mut file, "information");
        let all = self.information(blocks, &Facts::new());
        let mut unknown = Vec::new();
        for block in self.reader.split(&mut file, "unknown") {
            let Some(written) = self.reader.read::<WrittenUnknown>(block) else { continue };
            let wording = self.words.claim(self.reader, &format!("unknown.{}", written.id));
            unknown.push(Unknown { clause: leak(written.clause), wording, with_result: written.with_result });
        }
        self.reader.finish(file, &["[[information]]", "[[unknown]]"]);
        (all, unknown.leak())
    }

    /// Reads clauses that are only shown. Their sentences may name these facts.
    pub(super) fn information(&mut self, blocks: Vec<Block>, facts: &Facts) -> &'static [Information] {
        let mut all = Vec::new();
        let goals = self.questions.iter().find(|one| one.id == QuestionId::GOAL).map(|one| one.kind);
        for mut block in blocks {
            let at = block.place();
            let [translated] = self.words.translations(self.reader, &mut block, ["text"]);
            let Some(written) = self.reader.read::<WrittenInformation>(block) else { continue };
            let mut set = ValueSet::default();
            for goal in &written.goals {
                let Some(Kind::Choice(values)) = goals else { continue };
                let found = values.iter().position(|one| one.id == goal.get_ref());
                match found.and_then(|at| u16::try_from(at).ok()) {
                    Some(at) => set.insert(at),
                    None => {
                        let known = values.iter().map(|one| one.id);
                        let what = bilingual!("there is no goal `{}`", "没有 `{}` 这个目标", goal.get_ref());
                        self.unknown::<()>(at.at(goal), what, known);
                    }
                }
            }
            let key = format!("information.{}", written.clause);
            let sentence = Sentence::of_row(written.text.as_ref(), translated, at, &key);
            let wording = self.words.fill(self.reader, &sentence, facts);
            let clause = leak(written.clause);
            all.push(Information { clause, wording, goals: set, during_class: written.during_class });
        }
        all.leak()
    }
}
