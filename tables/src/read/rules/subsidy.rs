//! Reads the regulations of the subsidy (S), and what a certificate gives besides money (R).

use serde::Deserialize;
use toml::Spanned;

use super::{Context, WrittenRegulation};
use crate::{
    Condition, Paper, Place as ClaimPlace, QuestionId, Recognition, Regulation,
    read::{
        condition::{self, Written},
        file::{Block, leak},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPlace {
    id: String,
    when: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPaper {
    id: String,
    basis: Spanned<String>,
}

impl Context<'_, '_> {
    /// Reads the regulations of the subsidy.
    pub(super) fn subsidies(&mut self) -> &'static [Regulation] {
        let mut file = self.reader.open("rules/subsidy.toml");
        let mut all = Vec::new();
        for mut block in self.reader.split(&mut file, "subsidy") {
            let at = block.place();
            let criteria = self.reader.split(&mut block, "criterion");
            let mut criteria = self.criteria(criteria);
            let places = self.reader.split(&mut block, "place");
            let places = places.into_iter().filter_map(|place| self.place(place)).collect::<Vec<_>>().leak();
            let papers = self.reader.split(&mut block, "paper");
            let papers = papers.into_iter().filter_map(|paper| self.paper(paper)).collect::<Vec<_>>().leak();
            let Some(written) = self.reader.read::<WrittenRegulation>(block) else { continue };
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let uplift = self.named(at, &criteria, "S11");
            criteria.retain(|one| one.id != "S11");
            for one in criteria.iter().filter(|one| hides_deadline(&one.when)) {
                self.error(
                    at,
                    format!(
                        "`{}` has a time limit within another condition, and nobody would be told a last day",
                        one.id
                    ),
                    "Give the time limit a [[subsidy.criterion]] of its own",
                );
            }
            let (Some(source), Some(validity), Some(uplift)) = (source, validity, uplift) else { continue };
            all.push((at, Regulation { source, validity, criteria: criteria.leak(), uplift, places, papers }));
        }
        self.reader.finish(file, &["[[subsidy]]"]);
        self.in_time("rules/subsidy.toml", all, |one| one.validity)
    }

    /// Reads a place where the subsidy can be claimed.
    fn place(&mut self, block: Block) -> Option<ClaimPlace> {
        let at = block.place();
        let written = self.reader.read::<WrittenPlace>(block)?;
        let (when, _) = condition::read(self.reader, at, self.questions, &written.when);
        let id = leak(written.id);
        let name = self.words.claim(self.reader, &format!("place.{id}.name"));
        Some(ClaimPlace { id, when, name, note: self.words.claim_if_there(&format!("place.{id}.note")) })
    }

    /// Reads a document that a claim needs.
    fn paper(&mut self, block: Block) -> Option<Paper> {
        let at = block.place();
        let written = self.reader.read::<WrittenPaper>(block)?;
        let basis = self.basis(at, &written.basis)?;
        let wording = self.words.claim(self.reader, &format!("paper.{}", written.id));
        Some(Paper { id: leak(written.id), basis, wording })
    }

    /// Reads the recognitions of a certificate (R1, R2) and the calls for craftsmen (R3).
    pub(super) fn recognitions(&mut self) -> (&'static [Recognition], &'static [Recognition]) {
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
}

/// Whether the condition contains a time limit inside another condition. Such a limit would not give one last day
/// that applies to everybody.
fn hides_deadline(when: &Condition) -> bool {
    let (Condition::All(parts) | Condition::Any(parts)) = when else { return false };
    parts
        .iter()
        .any(|part| matches!(part, Condition::WithinMonths(QuestionId::CERTIFICATE_DATE, _)) || hides_deadline(part))
}
