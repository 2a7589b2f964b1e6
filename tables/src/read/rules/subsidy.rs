//! Reads the regulations of the subsidy (S), and what a certificate gives besides money (R).

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Context, WrittenRegulation};
use crate::{
    Condition, Paper, Place as ClaimPlace, QuestionId, Recognition, Regulation, UpliftShare,
    bilingual::bilingual,
    locale::{Fact, Facts, Name, Sentence},
    read::{
        condition::Written,
        file::{Block, Place, leak},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenSubsidy {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    /// The largest share of the base that a city may add, or the share that the regulation fixes.
    uplift_most: Option<Spanned<String>>,
    uplift_fixed: Option<Spanned<String>>,
    /// What is known, only from reports, about the rules that replace this regulation.
    successor_heard: Option<String>,
    /// What it says about where to claim (S12), if it isn't what regulations say otherwise.
    places_rule: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPlace {
    id: String,
    when: Written,
    /// What is different there, if it isn't what regulations say otherwise.
    note: Option<String>,
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
            let [heard, places_rules] =
                self.words.translations(self.reader, &mut block, ["successor-heard", "places-rule"]);
            let Some(written) = self.reader.read::<WrittenSubsidy>(block) else { continue };
            let source = self.source(at, &written.source);
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let Some((uplift_share, facts)) = self.uplift_share(at, &written) else { continue };
            let mut criteria = self.criteria(criteria, &facts);
            let places = places.into_iter().filter_map(|place| self.place(place, &facts)).collect::<Vec<_>>().leak();
            let papers = papers.into_iter().filter_map(|paper| self.paper(paper)).collect::<Vec<_>>().leak();
            let places_rule = Sentence::of_row(written.places_rule.as_ref(), places_rules, at, "criterion.S12.rule");
            let places_rule = self.words.fill(self.reader, &places_rule, &facts);
            let successor = written.successor_heard.as_ref().map(|written| {
                let sentence = Sentence::Own(Name::sentence(written, heard), at);
                self.words.fill(self.reader, &sentence, &facts)
            });
            let uplift = self.named(at, &criteria, "S11");
            criteria.retain(|one| one.id != "S11");
            for one in criteria.iter().filter(|one| hides_deadline(&one.when)) {
                self.error(
                    at,
                    bilingual!(
                        "`{}` has a time limit within another condition, and nobody would be told a last day",
                        "`{}` 的期限写在别的条件里面，就没法告诉人最晚是哪一天",
                        one.id
                    ),
                    bilingual!(
                        "Give the time limit a [[subsidy.criterion]] of its own",
                        "给期限单独写一个 [[subsidy.criterion]]"
                    ),
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
                    uplift_share,
                    places,
                    places_rule,
                    papers,
                    successor,
                },
            ));
        }
        self.reader.finish(file, &["[[subsidy]]"]);
        let all = self.in_time("rules/subsidy.toml", all, |one| one.validity);
        let places = || all.iter().flat_map(|regulation| regulation.places).map(|place| place.id);
        for (city, at) in self.cities.iter().zip(self.city_places.clone()) {
            // After other errors, the regulation with the place may just not have been read.
            if self.reader.errors.is_empty() && !places().any(|place| place == city.place) {
                let known: Vec<_> = places().collect();
                let what = bilingual!(
                    "in rules/subsidy.toml, no regulation has the place `{}`",
                    "rules/subsidy.toml 里没有一个办法有 `{}` 这个申领地点",
                    city.place
                );
                let instead = bilingual!(
                    "Write one of {}, or add a [[subsidy.place]] with this id",
                    "写其中一个：{}；或者加一个 id 相同的 [[subsidy.place]]",
                    known.join(", ")
                );
                self.error(at, what, instead);
            }
        }
        all
    }

    /// Reads who fixes the share that is added, and the largest share as a fact for sentences.
    fn uplift_share(&mut self, at: Place, written: &WrittenSubsidy) -> Option<(UpliftShare, Facts)> {
        let share = match (&written.uplift_fixed, &written.uplift_most) {
            (Some(fixed), None) => UpliftShare::Fixed(self.share(at, fixed)),
            (None, Some(most)) => UpliftShare::UpTo(self.share(at, most)),
            _ => {
                let what = bilingual!(
                    "it has to say either what a city may add or what is added everywhere",
                    "要么写各市最多可以上浮多少，要么写各市都上浮多少"
                );
                let instead = bilingual!(
                    "Write uplift-most = \"0.3\" or uplift-fixed = \"0.3\", not both",
                    "写 uplift-most = \"0.3\" 或 uplift-fixed = \"0.3\"，不要两个都写"
                );
                self.error(at, what, instead);
                return None;
            }
        };
        Some((share, vec![("uplift_most".to_owned(), Fact::Percent(share.most()))]))
    }

    /// Reads a place where the subsidy can be claimed.
    fn place(&mut self, mut block: Block, facts: &Facts) -> Option<ClaimPlace> {
        let at = block.place();
        let [notes] = self.words.translations(self.reader, &mut block, ["note"]);
        let written = self.reader.read::<WrittenPlace>(block)?;
        let (when, _) = self.condition(at, &written.when);
        let id = leak(written.id);
        let key = |part: &str| format!("place.{id}.{part}");
        let name = self.words.fill(self.reader, &Sentence::Key(key("name")), facts);
        let note = Sentence::of_row(written.note.as_ref(), notes, at, &key("note"));
        let note = self.words.fill_if_there(self.reader, &note, facts);
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
