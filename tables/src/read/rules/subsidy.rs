//! Reads the regulations of the subsidy (S), and what a certificate gives besides money (R).

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Context, WrittenRegulation};
use crate::{
    Condition, Paper, Place as ClaimPlace, QuestionId, Recognition, Regulation,
    locale::{Fact, Facts, Name, Sentence},
    read::{
        condition::{self, Written},
        file::{Block, leak},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenSubsidy {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    /// The largest share of the base that a city may add.
    uplift_most: Spanned<String>,
    /// What is known, only from reports, about the rules that replace this regulation.
    successor_heard: Option<String>,
}

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
            let places = self.reader.split(&mut block, "place");
            let papers = self.reader.split(&mut block, "paper");
            let [heard] = self.words.translations(self.reader, &mut block, ["successor-heard"]);
            let Some(written) = self.reader.read::<WrittenSubsidy>(block) else { continue };
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let uplift_most = self.share(at, &written.uplift_most);
            let facts = vec![("uplift_most".to_owned(), Fact::Percent(uplift_most))];
            let mut criteria = self.criteria(criteria, &facts);
            let places = places.into_iter().filter_map(|place| self.place(place, &facts)).collect::<Vec<_>>().leak();
            let papers = papers.into_iter().filter_map(|paper| self.paper(paper)).collect::<Vec<_>>().leak();
            let places_rule = self.words.fill(self.reader, &Sentence::Key("criterion.S12.rule".to_owned()), &facts);
            let successor = written.successor_heard.as_ref().map(|written| {
                let sentence = Sentence::Own(Name::sentence(written, heard), at);
                self.words.fill(self.reader, &sentence, &facts)
            });
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
            all.push((
                at,
                Regulation {
                    source,
                    validity,
                    criteria: criteria.leak(),
                    uplift,
                    uplift_most,
                    places,
                    places_rule,
                    papers,
                    successor,
                },
            ));
        }
        self.reader.finish(file, &["[[subsidy]]"]);
        self.in_time("rules/subsidy.toml", all, |one| one.validity)
    }

    /// Reads a place where the subsidy can be claimed.
    fn place(&mut self, block: Block, facts: &Facts) -> Option<ClaimPlace> {
        let at = block.place();
        let written = self.reader.read::<WrittenPlace>(block)?;
        let (when, _) = condition::read(self.reader, at, self.questions, &written.when);
        let id = leak(written.id);
        let sentence = |part: &str| Sentence::Key(format!("place.{id}.{part}"));
        let name = self.words.fill(self.reader, &sentence("name"), facts);
        let note = self.words.fill_if_there(self.reader, &sentence("note"), facts);
        Some(ClaimPlace { id, when, name, note })
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
                let Some(written) = self.reader.read::<WrittenRegulation>(block) else { continue };
                let source = self.source(at, &written.source);
                let validity = self.validity(at, &written.from, written.to.as_ref());
                let (Some(source), Some(validity)) = (source, validity) else { continue };
                let year = vec![("year".to_owned(), Fact::Number(validity.from.year()))];
                let criteria = self.criteria(criteria, &year).leak();
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
