//! Reads the occupations, and the two lists that refer to them: amounts (S10) and shortages (S11).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::Context;
use crate::{
    Catalogue, CatalogueRow, City, DecidedBy, Occupation, ShortageList, Yuan,
    bilingual::bilingual,
    locale::{Fact, Facts, Sentence, Translations},
    read::file::{Block, Place, leak},
};

/// The file with all of them.
const FILE: &str = "rules/occupations.toml";

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
    /// The id of the place where the city's amounts are claimed.
    place: Spanned<String>,
    /// The day that decides whether the list is in force: that of the certificate, or that of the claim.
    decided_by: Option<Spanned<String>>,
    from: Spanned<Datetime>,
    to: Option<Spanned<Datetime>>,
    /// Absent if the list names no share.
    uplift: Option<Spanned<String>>,
    occupations: Vec<Spanned<String>>,
    /// What the city says about the uplift, if it isn't what it says otherwise.
    rule: Option<String>,
    /// Whether there are no other occupations on it than these.
    #[serde(default)]
    complete: bool,
}

/// A city while its lists are being read: where it is named first, and its lists with their positions.
struct ReadCity {
    at: Place,
    place: String,
    decided_by: DecidedBy,
    lists: Vec<(Place, ShortageList)>,
}

impl Context<'_, '_> {
    /// Reads the occupations and their positions. The lists in the same file are read later, because they need the
    /// questions.
    pub(super) fn occupations(&mut self) -> (Block, Vec<Place>) {
        let mut file = self.reader.open(FILE);
        let mut all: Vec<Occupation> = Vec::new();
        let mut places = Vec::new();
        for mut block in self.reader.split(&mut file, "occupation") {
            let at = block.place();
            let [names, others] = self.words.translations(self.reader, &mut block, ["name", "also"]);
            let Some(written) = self.reader.read::<WrittenOccupation>(block) else { continue };
            let id = written.id.get_ref();
            if all.iter().any(|one| one.id == id) {
                let what = bilingual!("the occupation `{id}` stands here twice", "职业 `{id}` 写了两次");
                self.error(
                    at.at(&written.id),
                    what,
                    bilingual!("Leave one out: a code is one occupation", "去掉一个：一个编码只是一个职业"),
                );
            }
            let name = self.words.name(self.reader, at, &written.name, names);
            let also = written.also.map_or(name, |also| self.words.name(self.reader, at, &also, others));
            all.push(Occupation { id: leak(id), name, also, digital: written.digital });
            places.push(at.at(&written.id));
        }
        self.occupations = all.leak();
        (file, places)
    }

    /// Reads the catalogues and the cities with their shortage lists from the rest of the file.
    pub(super) fn lists(&mut self, mut file: Block) -> &'static [Catalogue] {
        self.cities(&mut file);
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
                    let class = written.class.get_ref();
                    let known = classes.keys().copied().collect::<Vec<_>>().join(", ");
                    self.error(
                        at.at(&written.class),
                        bilingual!("this catalogue has no class `{class}`", "这个目录没有 `{class}` 类"),
                        bilingual!(
                            "Write one of {known}, or add its amounts to the catalogue: classes.{class} = [...]",
                            "写其中一个：{known}；或者在目录里加上它的金额：classes.{class} = [...]"
                        ),
                    );
                    continue;
                };
                let Some(occupation) = self.occupation(at, &written.occupation) else { continue };
                if read.iter().any(|row| row.occupation == occupation) {
                    self.error(
                        at.at(&written.occupation),
                        bilingual!("`{}` has two rows", "`{}` 有两行", written.occupation.get_ref()),
                        bilingual!("Leave one out", "去掉一行"),
                    );
                }
                read.push(CatalogueRow { occupation, amounts });
            }
            let (source, amount) = (self.source(at, &written.source), self.named(at, &criteria, "S10"));
            let (Some(source), Some(validity), Some(amount)) = (source, validity, amount) else { continue };
            catalogues
                .push((at, Catalogue { source, validity, amount, rows: read.leak(), complete: written.complete }));
        }

        self.reader.finish(file, &["[[occupation]]", "[[catalogue]]", "[[shortage]]"]);
        self.in_time(FILE, catalogues, |one| one.validity)
    }

    /// Reads the shortage lists, by the cities in the order of their first lists.
    fn cities(&mut self, file: &mut Block) {
        let mut all: Vec<ReadCity> = Vec::new();
        for mut block in self.reader.split(file, "shortage") {
            let at = block.place();
            let [rules] = self.words.translations(self.reader, &mut block, ["rule"]);
            let Some(written) = self.reader.read::<WrittenShortageList>(block) else { continue };
            let (at_place, place) = (at.at(&written.place), written.place.get_ref());
            let decided_by = self.decided_by(at, written.decided_by.as_ref());
            let city = match all.iter().position(|one| one.place == *place) {
                Some(city) => city,
                None => {
                    all.push(ReadCity { at: at_place, place: place.clone(), decided_by, lists: Vec::new() });
                    all.len().saturating_sub(1)
                }
            };
            let list = self.shortage_list(at, &written, rules);
            let Some(city) = all.get_mut(city) else { continue };
            if city.decided_by != decided_by {
                let what = bilingual!(
                    "the lists of `{}` are decided by the {} and by the {}",
                    "`{}` 的紧缺目录，有的写 {}，有的写 {}",
                    place,
                    city.decided_by.id(),
                    decided_by.id()
                );
                let instead = bilingual!(
                    "Write the same decided-by in all lists of one place",
                    "同一个地方的目录，decided-by 要写得一样"
                );
                self.error(at_place, what, instead);
            }
            city.lists.extend(list.map(|list| (at, list)));
        }
        if all.is_empty() && self.reader.errors.is_empty() {
            let at = Place { file: FILE, offset: 0 };
            let what = bilingual!("there is no shortage list", "一个紧缺目录也没有");
            self.error(at, what, bilingual!("Put at least one [[shortage]] back", "至少写回一个 [[shortage]]"));
        }
        let mut cities = Vec::new();
        for ReadCity { at, place, decided_by, lists } in all {
            let name = Sentence::Key(format!("place.{place}.name"));
            let name = self.words.fill(self.reader, &name, &Facts::new());
            let lists = self.in_time(FILE, lists, |one| one.validity);
            cities.push(City { place: leak(place), name, decided_by, lists });
            self.city_places.push(at);
        }
        self.cities = cities.leak();
    }

    /// Reads a shortage list. `rules` are the translations of its own sentence.
    fn shortage_list(&mut self, at: Place, written: &WrittenShortageList, rules: Translations) -> Option<ShortageList> {
        let validity = self.validity(at, &written.from, written.to.as_ref());
        let uplift = written.uplift.as_ref().map(|written| self.share(at, written));
        let mut listed = Vec::new();
        for id in &written.occupations {
            let Some(found) = self.occupation(at, id) else { continue };
            if listed.contains(&found) {
                let what = bilingual!("`{}` is listed twice", "`{}` 写了两次", id.get_ref());
                self.error(at.at(id), what, bilingual!("Leave one out", "去掉一个"));
            }
            listed.push(found);
        }
        let source = self.source(at, &written.source);
        let key = format!("shortage.{}.rule", written.place.get_ref());
        let rule = Sentence::of_row(written.rule.as_ref(), rules, at, &key);
        let facts: Facts = uplift.map(|share| ("uplift".to_owned(), Fact::Percent(share))).into_iter().collect();
        let rule = self.words.fill(self.reader, &rule, &facts);
        let (source, validity, complete) = (source?, validity?, written.complete);
        Some(ShortageList { source, validity, uplift, occupations: listed.leak(), complete, rule })
    }

    /// Reads the day that decides which list is in force; without one it is that of the certificate.
    fn decided_by(&mut self, at: Place, written: Option<&Spanned<String>>) -> DecidedBy {
        let Some(id) = written else { return DecidedBy::Certificate };
        let known = DecidedBy::ALL.iter().map(|one| one.id());
        let what = bilingual!("there is no deciding day `{}`", "decided-by 不能写成 `{}`", id.get_ref());
        DecidedBy::from_id(id.get_ref())
            .or_else(|| self.unknown(at.at(id), what, known))
            .unwrap_or(DecidedBy::Certificate)
    }

    /// Reads the amounts of a class of occupations, for the levels 5, 4, 3, 2, 1.
    fn amounts(&mut self, at: Place, written: &Spanned<Vec<Spanned<String>>>) -> [Yuan; 5] {
        let amounts: Vec<Yuan> = written.get_ref().iter().filter_map(|one| self.yuan(at, one)).collect();
        if !amounts.is_sorted() {
            self.error(
                at.at(written),
                bilingual!(
                    "a higher level of this class pays less than a lower one",
                    "这一类里，高的等级金额比低的等级少"
                ),
                bilingual!(
                    "Write the amounts for levels 5, 4, 3, 2, 1 in this order, level 5 first",
                    "按5、4、3、2、1级的顺序写金额，5级在最前面"
                ),
            );
        }
        <[Yuan; 5]>::try_from(amounts).unwrap_or_else(|_| {
            self.error(
                at.at(written),
                bilingual!("a class has one amount for each of the five levels", "每一类要有五个等级的金额"),
                bilingual!(
                    "Write five amounts, for levels 5, 4, 3, 2, 1 in this order",
                    "写五个金额，依次是5、4、3、2、1级"
                ),
            );
            [Yuan(Decimal::ZERO); 5]
        })
    }
}
