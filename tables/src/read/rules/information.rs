//! Reads clauses that are only shown and decide nothing.

use serde::Deserialize;
use toml::Spanned;

use super::Context;
use crate::{Information, Kind, QuestionId, ValueSet, read::file::leak};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenInformation {
    clause: String,
    goals: Vec<Spanned<String>>,
    #[serde(default)]
    during_class: bool,
}

impl Context<'_, '_> {
    /// Reads the clauses that are only shown.
    pub(super) fn information(&mut self) -> &'static [Information] {
        let mut file = self.reader.open("rules/information.toml");
        let mut all = Vec::new();
        let goals = self.questions.iter().find(|one| one.id == QuestionId::GOAL).map(|one| one.kind);
        for block in self.reader.split(&mut file, "information") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenInformation>(block) else { continue };
            let mut set = ValueSet::default();
            for goal in &written.goals {
                let Some(Kind::Choice(values)) = goals else { continue };
                let found = values.iter().position(|one| one.id == goal.get_ref());
                match found.and_then(|at| u16::try_from(at).ok()) {
                    Some(at) => set.insert(at),
                    None => {
                        let known = values.iter().map(|one| one.id);
                        self.unknown::<()>(at.at(goal), "goal", goal.get_ref(), known);
                    }
                }
            }
            let wording = self.words.claim(self.reader, &format!("information.{}", written.clause));
            let clause = leak(written.clause);
            all.push(Information { clause, wording, goals: set, during_class: written.during_class });
        }
        self.reader.finish(file, &["[[information]]"]);
        all.leak()
    }
}
