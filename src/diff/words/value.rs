//! The values of the contract in words: states, amounts, days, and what differs in a finding.

use std::collections::BTreeMap;

use serde_json::Value;
use tables::{Date, Kind, Msg, Tables};

use crate::{
    diff::{Change, Folder, Pair},
    rules::boundaries,
    text::Text,
};

/// Puts values of the contract into words.
pub struct Values {
    pub text: Text,
    pub pair: Pair,
}

impl Values {
    /// Describes a change in one line: old and new state with the clauses, or what differs if the state doesn't.
    pub fn change(&self, change: &Change) -> String {
        let text = self.text;
        let (old, new) = self.states(change);
        if old == new {
            let parts: Vec<String> = change.parts().iter().map(|part| self.part(change, part)).collect();
            return if parts.is_empty() { self.list(change) } else { joined(text, parts) };
        }
        let titles: Vec<String> = match &change.reasons[..] {
            few if few.len() <= 2 => few.iter().map(|clause| self.clause(clause)).collect(),
            // More clauses than two say less than they take room.
            many => many.iter().map(|clause| (*clause).to_owned()).collect(),
        };
        text.with_note(&text.diff_arrow(&old, &new), &text.list(titles))
    }

    /// Describes the old and new state. If only one of the tables has rules for the day that counts, that of the other
    /// by its last known rules stands beside its own.
    fn states(&self, change: &Change) -> (String, String) {
        let [old, new] = change.by_last_known();
        let words = |value: &Value, then: Option<&Value>| match then {
            None => self.state(value),
            // Its own amount is not known.
            Some(then) => {
                let then = self.text.result_indicative_tag(&self.state(then));
                self.text.with_note(&self.state_alone(value), &then)
            }
        };
        (words(&change.old, old), words(&change.new, new))
    }

    /// Describes a change in several lines: the old and new state, then each criterion and each value that differs.
    pub fn lines(&self, change: &Change) -> Vec<String> {
        let mut all = vec![self.change(change)];
        for part in change.parts() {
            match part.as_str() {
                "criteria" | "paths" => {
                    let (old, new) = (states(change.old.get(&part)), states(change.new.get(&part)));
                    let ids = new.keys().chain(old.keys().filter(|id| !new.contains_key(*id)));
                    let differ = ids.filter(|id| old.get(*id) != new.get(*id));
                    all.extend(differ.map(|id| self.criterion(id, &old, &new)));
                }
                "state" | "cause" | "amount" => {}
                _ => all.push(self.part(change, &part)),
            }
        }
        // With equal states the first line has these parts already.
        all.dedup();
        all
    }

    /// Whether the state or the amount differs.
    pub fn changes_state(&self, change: &Change) -> bool {
        let (old, new) = self.states(change);
        old != new
    }

    /// Describes the change of a criterion or path. The cause is given where the state is the same.
    fn criterion(&self, id: &str, old: &BTreeMap<String, Value>, new: &BTreeMap<String, Value>) -> String {
        let text = self.text;
        let state = |all: &BTreeMap<String, Value>| all.get(id).and_then(|one| one.get("state")).cloned();
        let same = state(old) == state(new);
        let words = |all: &BTreeMap<String, Value>| {
            let Some(one) = all.get(id) else { return text.diff_absent().to_owned() };
            let cause = one.get("cause").filter(|_| same).map(|cause| self.value(cause));
            let notes = cause.into_iter().chain(Some(self.lacks(one)).filter(|lacks| !lacks.is_empty()));
            text.with_note(&self.state(one), &text.list(notes))
        };
        text.diff_part(&self.clause(id), &words(old), &words(new))
    }

    /// Describes the clauses that are shown beside the findings, where they differ.
    fn list(&self, change: &Change) -> String {
        let ids = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let (old, new) = (ids(&change.old), ids(&change.new));
        self.both(&old, &new)
    }

    /// Describes which elements are new and which are gone.
    fn both(&self, old: &[String], new: &[String]) -> String {
        let text = self.text;
        let only = |these: &[String], others: &[String]| -> Vec<String> {
            these.iter().filter(|one| !others.contains(one)).cloned().collect()
        };
        let (more, gone) = (only(new, old), only(old, new));
        let more = (!more.is_empty()).then(|| text.diff_values_new(&text.list(more)));
        let gone = (!gone.is_empty()).then(|| text.diff_values_gone(&text.list(gone)));
        joined(text, more.into_iter().chain(gone))
    }

    /// Describes a value of the finding that differs.
    fn part(&self, change: &Change, part: &str) -> String {
        let text = self.text;
        let (old, new) = (change.old.get(part), change.new.get(part));
        match part {
            "criteria" | "paths" => match &differing(old, new)[..] {
                [one] => self.criterion(one, &states(old), &states(new)),
                all => text.diff_part_differs(self.label(part), &text.list(all)),
            },
            "provided-that" | "claim-at" => {
                let ids = |value: Option<&Value>| -> Vec<String> {
                    let each = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                    each.map(|id| self.place(id)).collect()
                };
                text.diff_part_differs(self.label(part), &self.both(&ids(old), &ids(new)))
            }
            _ => {
                let words = |value: Option<&Value>| value.map_or(text.diff_absent().to_owned(), |one| self.value(one));
                text.diff_part(self.label(part), &words(old), &words(new))
            }
        }
    }

    /// Returns the name of a value of a finding. What has no name is called as in the contract.
    fn label<'p>(&self, part: &'p str) -> &'p str {
        let text = self.text;
        match part {
            "cause" => text.diff_cause(),
            "amount" => text.diff_amount(),
            "base" => text.result_base(),
            "uplift" => text.result_uplift(),
            "deadline" => text.diff_deadline(),
            "phase" => text.diff_phase(),
            "rules-known-until" => text.diff_rules_known_until(),
            "claim-at" => text.diff_claim_at(),
            "provided-that" => text.diff_provided_that(),
            "indicative" => text.diff_indicative(),
            "criteria" => text.diff_criteria(),
            "paths" => text.diff_paths(),
            "highest-level" => text.diff_highest_level(),
            "already-held" => text.diff_already_held(),
            _ => part,
        }
    }

    /// Describes a finding or criterion: its state, and its amount if it has one.
    fn state(&self, one: &Value) -> String {
        let text = self.text;
        let state = self.state_alone(one);
        match one.get("amount") {
            None => state,
            Some(amount) => text.result_state_and_amount(&state, &self.value(amount)),
        }
    }

    /// Returns the state of a finding or criterion.
    fn state_alone(&self, one: &Value) -> String {
        match one.get("state").and_then(Value::as_str) {
            Some("met") => self.text.state_met(),
            Some("not-met") => self.text.state_not_met(),
            Some("unknown") => self.text.state_unknown(),
            _ => self.text.diff_absent(),
        }
        .to_owned()
    }

    /// Describes what is missing for an entry path. Empty if nothing is.
    fn lacks(&self, path: &Value) -> String {
        let text = self.text;
        let missing = |(name, value): (&String, &Value)| {
            let short = self.words(|tables| Some(tables.question_named(name)?.short.into())).unwrap_or(name);
            let label = |id: &Value| {
                let of = |tables: &'static Tables| match tables.question_named(name)?.kind {
                    Kind::Choice(values) => values.iter().find(|one| one.id == id).map(|one| one.label.into()),
                    _ => None,
                };
                self.words(of).map_or_else(|| self.value(id), str::to_owned)
            };
            match value {
                Value::Array(all) => text.result_lacks_one_of(short, &text.any_of(all.iter().map(label))),
                count => text.result_lacks_more(short, &count.to_string()),
            }
        };
        text.list(path.get("lacks").and_then(Value::as_object).into_iter().flatten().map(missing))
    }

    /// Writes a value.
    fn value(&self, value: &Value) -> String {
        let text = self.text;
        let list = |all: &[Value]| text.list(all.iter().map(|one| self.value(one)));
        match value {
            Value::Null => text.amount_unknown().to_owned(),
            Value::Array(all) => list(all),
            Value::String(word) => match word.as_str() {
                "open" => text.diff_open().to_owned(),
                "starting" => text.diff_starting().to_owned(),
                "running" => text.diff_running().to_owned(),
                "past" => text.diff_past().to_owned(),
                "no-rules-for-date" => text.diff_no_rules().to_owned(),
                "authority-decides" => text.diff_authority().to_owned(),
                "dont-know" => text.question_page_dont_know().to_owned(),
                "unanswered" => text.diff_unanswered().to_owned(),
                word => Date::parse(word).map_or(word.to_owned(), |day| text.date(day)),
            },
            Value::Object(all) => match (all.get("min"), all.get("max"), all.get("last"), all.get("state")) {
                (Some(Value::String(min)), Some(Value::String(max)), ..) if min == max => text.amount_exact(min),
                (Some(Value::String(min)), Some(Value::String(max)), ..) => text.amount_range(min, max),
                (_, _, Some(last), _) => self.value(last),
                (_, _, _, Some(_)) => self.state(value),
                _ => list(&all.values().cloned().collect::<Vec<_>>()),
            },
            other => other.to_string(),
        }
    }

    /// Returns a clause with its title.
    fn clause(&self, id: &str) -> String {
        let title = self.words(|tables| {
            let criterion = boundaries::criteria(tables).into_iter().find(|one| one.id == id);
            criterion.map(|criterion| criterion.wording.title)
        });
        title.map_or_else(|| id.to_owned(), |title| self.text.diff_clause(id, title))
    }

    /// Returns the name of a place or of an assumption, if it has one.
    fn place(&self, id: &str) -> String {
        let text = self.text;
        match id {
            "may-sit" => text.finding_may_sit(),
            "exam-passed" => text.finding_passed(),
            _ => {
                let places = |tables: &'static Tables| tables.subsidies.iter().flat_map(|one| one.places);
                self.words(|tables| places(tables).find(|place| place.id == id).map(|place| place.name)).unwrap_or(id)
            }
        }
        .to_owned()
    }

    /// Returns the words for something in the new tables or, if it is gone, in the old ones.
    fn words(&self, find: impl Fn(&'static Tables) -> Option<Msg>) -> Option<&'static str> {
        let words = |folder: &Folder| folder.languages.get(self.text.language.id(), find(folder.tables)?);
        [self.pair.new, self.pair.old].into_iter().find_map(words)
    }
}

/// Joins several statements.
pub fn joined(text: Text, all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().reduce(|all, one| text.diff_then(&all, &one)).unwrap_or_default()
}

/// Returns the ids of criteria or paths that differ.
fn differing(old: Option<&Value>, new: Option<&Value>) -> Vec<String> {
    let (old, new) = (states(old), states(new));
    let all: Vec<String> = new.keys().chain(old.keys().filter(|id| !new.contains_key(*id))).cloned().collect();
    all.into_iter().filter(|id| old.get(id) != new.get(id)).collect()
}

/// Returns criteria or paths by their ids.
fn states(all: Option<&Value>) -> BTreeMap<String, Value> {
    let each = all.and_then(Value::as_array).into_iter().flatten();
    each.filter_map(|one| Some((one.get("id")?.as_str()?.to_owned(), one.clone()))).collect()
}

/// Writes a basic string of TOML.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
