//! Prints a comparison as plain text, for the people who changed the tables.
//!
//! First the totals, then the changed worked examples, then one sample person for each kind of change, written as a
//! worked example for `rules/cases/`. The expected result of the sample is left out on purpose: it has to be
//! derived from the rules.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;
use tables::Kind as Answered;

use super::{Change, Effect, Kind, Refusal, Report, Sample, Side, Tally};
use crate::people::Person;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (old, new) = (self.pair.old.version, self.pair.new.version);
        if old == new {
            writeln!(f, "The rules are the same: version {old}.")?;
        } else {
            writeln!(f, "Old rules: version {old}. New rules: version {new}.")?;
        }
        self.sums(f)?;
        self.refusals(f)?;
        self.examples(f)?;
        if !self.kinds.is_empty() {
            let what = "the shortest answers found; what has to come out is to be written from the rules";
            writeln!(f, "\nEach kind of change as a worked example, to paste into rules/cases/: {what}.")?;
        }
        self.kinds.iter().try_for_each(|(kind, sample)| self.sample(f, kind, sample))
    }
}

impl Report {
    /// Prints the totals.
    fn sums(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (changed, all) = (self.changed.all(), grouped(self.people));
        if changed == 0 {
            return writeln!(f, "\nOf {all} random people nobody gets another result.");
        }
        let get = if changed == 1 { "gets" } else { "get" };
        writeln!(f, "\nOf {all} random people {} {get} another result: {}.", grouped(changed), tally(self.changed))?;
        for (of, sum) in &self.findings {
            writeln!(f, "  {of:20} {}", tally(*sum))?;
        }
        Ok(())
    }

    /// Prints the answers that one of the tables doesn't accept.
    fn refusals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.refused == 0 {
            return Ok(());
        }
        let count = grouped(self.refused);
        writeln!(f, "\n{count} of them can't be compared, because one of the tables doesn't take an answer:")?;
        const SHOWN: usize = 10;
        for (refusal, count) in self.refusals.iter().take(SHOWN) {
            writeln!(f, "  {refusal} ({})", grouped(*count))?;
        }
        match self.refusals.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }

    /// Prints the worked examples with another result.
    fn examples(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (changed, all) = (self.changed_examples.len() as u64, grouped(self.examples));
        if changed == 0 {
            writeln!(f, "\nOf {all} worked examples none comes out otherwise.")?;
        } else {
            let come = if changed == 1 { "comes" } else { "come" };
            writeln!(f, "\nOf {all} worked examples {} {come} out otherwise:", grouped(changed))?;
        }
        for (example, changes) in &self.changed_examples {
            writeln!(f, "  {}: {}", example.file, example.name)?;
            changes.iter().flat_map(short).try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        for (example, refusals) in &self.refused_examples {
            writeln!(f, "  {}: {}", example.file, example.name)?;
            refusals.iter().try_for_each(|refusal| writeln!(f, "    can't be compared: {refusal}"))?;
        }
        Ok(())
    }

    /// Prints one kind of change with its sample person as a worked example.
    fn sample(
        &self,
        f: &mut fmt::Formatter<'_>,
        kind: &Kind,
        Sample { count, person, change }: &Sample,
    ) -> fmt::Result {
        let (of, effect) = (kind.of, kind.effect.words(*count));
        let people = if *count == 1 { "person" } else { "people" };
        let parts = if kind.parts.is_empty() { String::new() } else { format!(" ({})", kind.parts.join(", ")) };
        writeln!(f, "\n# {of}: {} {people} {effect}{parts}, such as", grouped(*count))?;
        let lines = lines(change);
        lines.iter().try_for_each(|line| writeln!(f, "#   {line}"))?;
        let name = lines.first().cloned().unwrap_or_default();
        writeln!(f, "[[case]]\nname = {}", quoted(&name))?;
        let clauses: Vec<String> = clauses(change).iter().map(|clause| quoted(clause)).collect();
        writeln!(f, "clauses = [{}]", clauses.join(", "))?;
        writeln!(f, "as-of = {}\nanswers = {{ {} }}", person.as_of, self.answers(person))
    }

    /// Writes answers as the worked examples do: in the order of the questions, numbers without quotation marks.
    fn answers(&self, Person { said, .. }: &Person) -> String {
        let mut all = Vec::new();
        let gone = self.pair.old.questions.iter().filter(|old| self.pair.new.question_named(old.name).is_none());
        for question in self.pair.new.questions.iter().chain(gone) {
            let Some(value) = said.get(question.name) else { continue };
            let number =
                matches!(question.kind, Answered::Number(..)) && value.bytes().all(|byte| byte.is_ascii_digit());
            all.push(format!("{} = {}", question.name, if number { value.clone() } else { quoted(value) }));
        }
        all.join(", ")
    }
}

/// Describes a change briefly: old and new value with the clauses. The differing keys follow only if old and new
/// value look the same.
fn short(change: &Change) -> Vec<String> {
    let mut all = lines(change);
    if told(&change.old) != told(&change.new) {
        all.truncate(1);
        let mut why = if change.effect == Effect::Other { Vec::new() } else { vec![change.effect.words(1).to_owned()] };
        why.extend(clauses(change));
        if let Some(line) = all.first_mut().filter(|_| !why.is_empty()) {
            *line += &format!(" ({})", why.join(", "));
        }
    }
    all
}

/// Describes a change: a line with the old and new value, then a line for each key that differs.
fn lines(change: &Change) -> Vec<String> {
    let (old, new) = (told(&change.old), told(&change.new));
    let both = if old == new { new } else { format!("{old} -> {new}") };
    let mut all = vec![format!("{}: {both}", change.of)];
    for part in change.parts() {
        let (old, new) = (change.old.get(&part), change.new.get(&part));
        match part.as_str() {
            "state" | "cause" | "amount" => {}
            "criteria" | "paths" => {
                let (old, new) = (states(old), states(new));
                let differ = old.keys().chain(new.keys().filter(|id| !old.contains_key(*id)));
                for id in differ.filter(|id| old.get(*id) != new.get(*id)) {
                    let state = |all: &BTreeMap<String, String>| all.get(id).cloned().unwrap_or("absent".to_owned());
                    all.push(format!("  {id}: {} -> {}", state(&old), state(&new)));
                }
            }
            _ => {
                let words = |value: Option<&Value>| value.map_or("absent".to_owned(), plain);
                all.push(format!("  {part}: {} -> {}", words(old), words(new)));
            }
        }
    }
    all
}

/// Returns the clauses whose state differs.
fn clauses(change: &Change) -> Vec<String> {
    let (old, new) = (states(change.old.get("criteria")), states(change.new.get("criteria")));
    let all: Vec<String> = new.keys().chain(old.keys().filter(|id| !new.contains_key(*id))).cloned().collect();
    all.into_iter().filter(|id| old.get(id) != new.get(id)).collect()
}

/// Maps the ids of criteria or paths to state, cause and what is missing.
fn states(all: Option<&Value>) -> BTreeMap<String, String> {
    let each = all.and_then(Value::as_array).into_iter().flatten();
    each.filter_map(|one| {
        let lacks = one.get("lacks").map_or(String::new(), |lacks| format!(", lacks {}", plain(lacks)));
        Some((one.get("id")?.as_str()?.to_owned(), told(one) + &lacks))
    })
    .collect()
}

/// Describes a finding briefly: its state, cause and amount.
fn told(finding: &Value) -> String {
    match finding {
        Value::Null => "absent".to_owned(),
        Value::Object(_) => {
            let text = |key: &str| finding.get(key).and_then(Value::as_str);
            let mut told = text("state").unwrap_or("absent").to_owned();
            if let Some(cause) = text("cause") {
                told += &format!(" ({cause})");
            }
            match finding.get("amount") {
                None => {}
                Some(Value::Null) => told += ", amount not known",
                Some(amount) => told += &format!(", {}", plain(amount)),
            }
            told
        }
        other => plain(other),
    }
}

/// Writes a value of the contract without JSON punctuation.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) => format!("[{}]", all.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(all) => match (all.get("min"), all.get("max"), all.get("state")) {
            (Some(min), Some(max), _) if min == max => format!("{} yuan", plain(min)),
            (Some(min), Some(max), _) => format!("{} to {} yuan", plain(min), plain(max)),
            (_, _, Some(_)) => told(value),
            _ => all.iter().map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", "),
        },
        other => other.to_string(),
    }
}

/// Writes the three numbers of a tally with their effects.
fn tally(Tally { gain, lose, other }: Tally) -> String {
    let each = [(gain, Effect::Gain), (lose, Effect::Lose), (other, Effect::Other)];
    each.map(|(count, effect)| format!("{} {}", grouped(count), effect.words(count))).join(", ")
}

/// Writes a basic string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes a number with thousands separators: 100,000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let comma = |at: usize| at != 0 && (digits.len() - at).is_multiple_of(3);
    let each = digits.chars().enumerate().map(|(at, digit)| if comma(at) { format!(",{digit}") } else { digit.into() });
    each.collect()
}

impl Effect {
    /// The verb that follows a number of people.
    fn words(self, count: u64) -> &'static str {
        match (self, count) {
            (Effect::Gain, 1) => "gains",
            (Effect::Gain, _) => "gain",
            (Effect::Lose, 1) => "loses",
            (Effect::Lose, _) => "lose",
            (Effect::Other, 1) => "is told otherwise",
            (Effect::Other, _) => "are told otherwise",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Old => "old",
            Side::New => "new",
        };
        write!(f, "the {side} rules don't take {} = {}", self.question, quoted(&self.value))
    }
}
