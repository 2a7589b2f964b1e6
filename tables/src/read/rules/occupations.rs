//! Reads the occupations, and the two lists that refer to them: amounts (S10) and shortages (S11).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::Context;
use crate::{
    Catalogue, CatalogueRow, Occupation, ShortageList, Yuan,
    locale::Facts,
    read::file::{Block, Place, leak},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenOccupation {
    id: Spanned<String>,
    name: String,
    also: Option<String>,
    #[serde(default)]
    digital: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenCatalogue {
    source: Spanned<String>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    /// The amounts of each class by its letter.
    classes: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
    /// Whether there are no other occupations in it than those with a row here.
    #[serde(default)]
    complete: bool,
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
    /// Whether there are no other occupations on it than these.
    #[serde(default)]
    complete: bool,
}

impl Context<'_, '_> {
    /// Reads the occupations and their positions. The lists in the same file are read later, because they need the
    /// questions.
    pub(super) fn occupations(&mut self) -> (Block, Vec<Place>) {
        let mut file = self.reader.open("rules/occupations.toml");
        let mut all: Vec<Occupation> = Vec::new();
        let mut places = Vec::new();
        for mut block in self.reader.split(&mut file, "occupation") {
            let at = block.place();
            let [names, others] = self.words.translations(self.reader, &mut block, ["name", "also"]);
            let Some(written) = self.reader.read::<WrittenOccupation>(block) else { continue };
            let id = written.id.get_ref();
            if all.iter().any(|one| one.id == id) {
                let what = format!("the occupation `{id}` stands here twice");
                self.error(at.at(&written.id), what, "Leave one out: a code is one occupation");
            }
            let name = self.words.name(self.reader, at, &written.name, names);
            let also = written.also.map_or(name, |also| self.words.name(self.reader, at, &also, others));
            all.push(Occupation { id: leak(id), name, also, digital: written.digital });
            places.push(at.at(&written.id));
        }
        self.occupations = all.leak();
        (file, places)
    }

    /// Reads the catalogues and the shortage lists from the rest of the file.
    pub(super) fn lists(&mut self, mut file: Block) -> (&'static [Catalogue], &'static [ShortageList]) {
        let mut catalogues = Vec::new();
        for mut block in self.reader.split(&mut file, "catalogue") {
            let at = block.place();
            let rows = self.reader.split(&mut block, "row");
            let criteria = self.reader.split(&mut block, "criterion");
            let criteria = self.criteria(criteria, &Facts::new());
            let Some(written) = self.reader.read::<WrittenCatalogue>(block) else { continue };
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let classes = written.classes.iter().map(|(name, amounts)| (name.as_str(), self.amounts(at, amounts)));
            let classes: BTreeMap<&str, [Yuan; 5]> = classes.collect();
            let mut read: Vec<CatalogueRow> = Vec::new();
            for row in rows {
                let at = row.place();
                let Some(written) = self.reader.read::<WrittenRow>(row) else { continue };
                let Some(amounts) = classes.get(written.class.get_ref().as_str()).copied() else {
                    let what = format!("this catalogue has no class `{}`", written.class.get_ref());
                    let known = classes.keys().copied().collect::<Vec<_>>().join(", ");
                    let instead = format!(
                        "Write one of {known}, or add its amounts to the catalogue: classes.{} = [...]",
                        written.class.get_ref()
                    );
                    self.error(at.at(&written.class), what, instead);
                    continue;
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
            catalogues
                .push((at, Catalogue { source, validity, amount, rows: read.leak(), complete: written.complete }));
        }

        let mut shortages = Vec::new();
        for block in self.reader.split(&mut file, "shortage") {
            let at = block.place();
            let Some(written) = self.reader.read::<WrittenShortageList>(block) else { continue };
            let validity = self.validity(at, &written.from, written.to.as_ref());
            let uplift = self.share(at, &written.uplift);
            let mut listed = Vec::new();
            for id in &written.occupations {
                let Some(found) = self.occupation(at, id) else { continue };
                if listed.contains(&found) {
                    self.error(at.at(id), format!("`{}` is listed twice", id.get_ref()), "Leave one out");
                }
                listed.push(found);
            }
            let source = self.source(at, &written.source);
            let (Some(source), Some(validity)) = (source, validity) else { continue };
            shortages.push((
                at,
                ShortageList { source, validity, uplift, occupations: listed.leak(), complete: written.complete },
            ));
        }
        self.reader.finish(file, &["[[occupation]]", "[[catalogue]]", "[[shortage]]"]);
        let catalogues = self.in_time("rules/occupations.toml", catalogues, |one| one.validity);
        let shortages = self.in_time("rules/occupations.toml", shortages, |one| one.validity);
        (catalogues, shortages)
    }

    /// Reads the amounts of a class of occupations, for the levels 5, 4, 3, 2, 1.
    fn amounts(&mut self, at: Place, written: &Spanned<Vec<Spanned<String>>>) -> [Yuan; 5] {
        let amounts: Vec<Yuan> = written.get_ref().iter().filter_map(|one| self.yuan(at, one)).collect();
        if !amounts.is_sorted() {
            self.error(
                at.at(written),
                "a higher level of this class pays less than a lower one",
                "Write the amounts for levels 5, 4, 3, 2, 1 in this order, level 5 first",
            );
        }
        <[Yuan; 5]>::try_from(amounts).unwrap_or_else(|_| {
            self.error(
                at.at(written),
                "a class has one amount for each of the five levels",
                "Write five amounts, for levels 5, 4, 3, 2, 1 in this order",
            );
            [Yuan(Decimal::ZERO); 5]
        })
    }
}
