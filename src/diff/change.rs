//! One finding by two sets of tables: whether it differs, and whether it is better or worse.
//!
//! A difference is one in the output of the contract. Only this module decides what is better.

use std::cmp::Ordering;

use serde_json::Value;

use crate::rules::{Assessment, Cause, Finding, FindingId, Goal, Phase, Range, Truth};

/// What has changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Of {
    Finding(FindingId),
    /// The clauses that are shown beside the findings.
    Information,
}

/// Whether a change is for better or worse, if that can be decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Better for the person: a better state, or a better amount.
    Gain,
    /// Worse for the person: a worse state, or a worse amount.
    Lose,
    /// Neither: on that day only one of the tables has a class that can be joined or is being held. Whoever asks
    /// about a class that is over loses nothing by that.
    Class(OtherClass),
    /// Neither: only one of the tables has rules for the day that counts, and its result is the same as if the last
    /// known rules of the other went on.
    Rules(OtherRules),
    /// Neither: another deadline, cause, place or criterion, or a finding that only one of the tables has.
    Other,
}

/// What the new tables say of the class on that day, where the old ones say otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OtherClass {
    /// It is over.
    Over,
    /// The one before is over, and this is the next.
    Next,
    /// It is announced.
    Announced,
    /// It is not announced yet.
    NotYet,
}

/// Which of the tables has rules for the day that counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OtherRules {
    /// The new ones, such as a successor of rules that have ended.
    Known,
    /// The old ones.
    Ended,
}

/// A finding by both tables, in the format of the contract. Null if it is absent.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    pub of: Of,
    pub effect: Effect,
    pub old: Value,
    pub new: Value,
    /// Which of the tables has rules for the day that counts, if only one has.
    pub rules: Option<OtherRules>,
    /// The criteria whose state differs. Where only one of the tables has rules for the day, the state by the last
    /// known rules of the other counts.
    pub clauses: Vec<&'static str>,
    /// Those of them for which the finding is not met now, or was not met before. All of them if there are none.
    pub reasons: Vec<&'static str>,
}

/// The kind of a change: finding, effect and states. If the change is neither better nor worse, also the keys that
/// differ.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Kind {
    pub of: Of,
    pub effect: Effect,
    pub old: String,
    pub new: String,
    pub parts: Vec<String>,
}

/// Returns all differences between two assessments. Each assessment comes with its output in the format of the
/// contract.
pub(super) fn between(old: (&Assessment, &Value), new: (&Assessment, &Value)) -> Vec<Change> {
    let part = |of: Of, written: &Value| match of {
        Of::Finding(id) => written.get("findings").and_then(|all| all.get(id.id())).cloned().unwrap_or_default(),
        Of::Information => written.get("information").cloned().unwrap_or_default(),
    };
    let all = FindingId::ALL.iter().map(|id| Of::Finding(*id)).chain([Of::Information]);
    let change = |of: Of| {
        let effect = match of {
            Of::Finding(id) => effect(old.0.finding(id), new.0.finding(id)),
            Of::Information => Effect::Other,
        };
        let class = other_class(old.0, new.0).filter(|_| depends_on_class(of, old.0, new.0));
        let effect = class.map_or(effect, Effect::Class);
        let both = match of {
            Of::Finding(id) => old.0.finding(id).zip(new.0.finding(id)),
            Of::Information => None,
        };
        let (clauses, reasons) = both.map_or_else(Default::default, |(old, new)| clauses(old, new));
        let rules = both.and_then(|(old, new)| compared(old, new).2);
        Change { of, effect, old: part(of, old.1), new: part(of, new.1), rules, clauses, reasons }
    };
    all.map(change).filter(|change| change.old != change.new).collect()
}

/// Compares what the tables say of the class. None if they say the same, or nobody asked about a class.
fn other_class(old: &Assessment, new: &Assessment) -> Option<OtherClass> {
    if (old.goal, new.goal) != (Goal::Enrol, Goal::Enrol) || old.phase == new.phase {
        return None;
    }
    Some(match (old.phase, new.phase) {
        (_, Phase::Past) => OtherClass::Over,
        (_, Phase::Before) => OtherClass::NotYet,
        (Phase::Past, Phase::During) => OtherClass::Next,
        (_, Phase::During) => OtherClass::Announced,
    })
}

/// Whether a finding depends on the class. Who asks for another level than that of the class doesn't join it, but is
/// shown the same clauses.
fn depends_on_class(of: Of, old: &Assessment, new: &Assessment) -> bool {
    let joins = [old, new].iter().any(|assessment| assessment.finding(FindingId::CourseDates).is_some());
    of == Of::Information || of != Of::Finding(FindingId::MaySit) && joins
}

/// Whether the tables have no rules for the day that counts, so that only the last known ones can be compared.
fn is_without_rules(finding: &Finding) -> bool {
    let is_open = match finding.amount {
        // An amount isn't known without rules. The cause alone may also be that the day is not known.
        Some(amount) => finding.state.is_unknown() && amount.is_none(),
        None => finding.state == Truth::Unknown(Cause::NoRulesForDate),
    };
    is_open && finding.indicative.is_some()
}

/// Returns the findings to compare. Where only one of the tables has rules for the day that counts, they are those by
/// the last known rules of both, with what that means.
fn compared<'f>(old: &'f Finding, new: &'f Finding) -> (&'f Finding, &'f Finding, Option<OtherRules>) {
    let other = match (is_without_rules(old), is_without_rules(new)) {
        (true, false) => OtherRules::Known,
        (false, true) => OtherRules::Ended,
        _ => return (old, new, None),
    };
    let by_last_known = |finding: &'f Finding| finding.indicative.as_deref().unwrap_or(finding);
    (by_last_known(old), by_last_known(new), Some(other))
}

/// Returns the criteria whose state differs, and those of them that are the reasons.
fn clauses(old: &Finding, new: &Finding) -> (Vec<&'static str>, Vec<&'static str>) {
    let (old, new, _) = compared(old, new);
    let state =
        |finding: &Finding, id: &str| finding.criteria.iter().find(|one| one.criterion.id == id).map(|one| one.state);
    let ids = |finding: &Finding| finding.criteria.iter().map(|one| one.criterion.id).collect::<Vec<_>>();
    let mut all = ids(new);
    all.extend(ids(old).into_iter().filter(|id| state(new, id).is_none()));
    all.retain(|id| state(old, id) != state(new, id));
    let not_met = |finding: &Finding, id: &str| state(finding, id) == Some(Truth::NotMet);
    let refuse = |finding: &Finding| -> Vec<&'static str> {
        all.iter().copied().filter(|id| finding.state == Truth::NotMet && not_met(finding, id)).collect()
    };
    let reasons = [refuse(new), refuse(old), all.clone()].into_iter().find(|reasons| !reasons.is_empty());
    (all, reasons.unwrap_or_default())
}

/// Decides whether a finding is better. For amounts that the person pays, less is better, and the amount is
/// compared before the state, which only tells whether it is known.
fn effect(old: Option<&Finding>, new: Option<&Finding>) -> Effect {
    let (Some(old), Some(new)) = (old, new) else { return Effect::Other };
    let (old, new, rules) = compared(old, new);
    let state = rank(new.state).cmp(&rank(old.state));
    let amount = match (old.yuan(), new.yuan()) {
        (Some(old), Some(new)) => more(old, new),
        _ => Ordering::Equal,
    };
    let better = match new.id {
        FindingId::CourseFee | FindingId::ResitFee | FindingId::NetCost => amount.reverse().then(state),
        _ => state.then(amount),
    };
    match better {
        Ordering::Greater => Effect::Gain,
        Ordering::Less => Effect::Lose,
        Ordering::Equal => rules.map_or(Effect::Other, Effect::Rules),
    }
}

/// The order of states: not met, unknown, met.
fn rank(state: Truth) -> u8 {
    match state {
        Truth::NotMet => 0,
        Truth::Unknown(_) => 1,
        Truth::Met => 2,
    }
}

/// Greater if both ends are at least as high and one is higher. Equal if one end is higher and the other lower.
fn more(old: Range, new: Range) -> Ordering {
    match (new.min.cmp(&old.min), new.max.cmp(&old.max)) {
        (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less) => Ordering::Equal,
        (min, max) => min.then(max),
    }
}

impl Effect {
    /// The effect of several changes together: a gain if some change is a gain and none a loss, and the reverse;
    /// that of another class or of other rules if there is neither. None if there is no change.
    pub fn of_all(changes: &[Change]) -> Option<Effect> {
        let any = |effect: Effect| changes.iter().any(|change| change.effect == effect);
        // Another class comes before other rules, and both before what else differs.
        let least = changes.iter().map(|change| change.effect).min();
        match (any(Effect::Gain), any(Effect::Lose)) {
            _ if changes.is_empty() => None,
            (true, false) => Some(Effect::Gain),
            (false, true) => Some(Effect::Lose),
            (false, false) => least,
            (true, true) => Some(Effect::Other),
        }
    }
}

impl Change {
    /// The kind of this change, by which changes are grouped.
    pub fn kind(&self) -> Kind {
        let state_of = |value: &Value| value.get("state").and_then(Value::as_str).unwrap_or("absent").to_owned();
        let [old, new] =
            self.by_last_known().map(|then| then.map_or(String::new(), |then| format!(" ({})", state_of(then))));
        let (old, new) = (state_of(&self.old) + &old, state_of(&self.new) + &new);
        let parts = if self.effect == Effect::Other { self.parts() } else { Vec::new() };
        Kind { of: self.of, effect: self.effect, old, new, parts }
    }

    /// Returns the finding of either table by its last known rules, if only that table has no rules for the day that
    /// counts.
    pub fn by_last_known(&self) -> [Option<&Value>; 2] {
        [(&self.old, OtherRules::Known), (&self.new, OtherRules::Ended)]
            .map(|(value, other)| value.get("indicative").filter(|_| self.rules == Some(other)))
    }

    /// The keys of the finding whose values differ, in the order of output.
    pub fn parts(&self) -> Vec<String> {
        let (Value::Object(old), Value::Object(new)) = (&self.old, &self.new) else { return Vec::new() };
        let gone = old.keys().filter(|key| !new.contains_key(*key));
        new.keys().filter(|key| old.get(*key) != new.get(*key)).chain(gone).cloned().collect()
    }
}
