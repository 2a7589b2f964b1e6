//! Admission to the exam (E): the entry paths to each level, and what is missing for each path.

use tables::{Condition, Criterion, EntryLevel, Level, QuestionId};

use super::{
    answers::Answer,
    condition::{Decision, Evaluate, decide, evaluate, follows},
    finding::{DecidedCriterion, EntryPath, ExamEntry, Finding, FindingId, Missing},
    question_set::QuestionSet,
    situation::Situation,
    truth::{Truth, Value},
};

/// Decides whether the person may sit the exam of the wanted level (E), with every entry path to it.
pub fn may_sit(situation: &Situation<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::MaySit, Truth::NotMet);
    let (level, wanted) = wanted(situation);
    let paths = decided::<Truth>(situation, wanted).map(|(criterion, state)| {
        let mut missing = Vec::new();
        if state == Truth::NotMet {
            collect_missing(&criterion.when, situation, &mut missing);
        }
        EntryPath { criterion, state, missing }
    });
    let paths: Vec<_> = paths.collect();
    finding.state = paths.iter().fold(Truth::NotMet, |any, path| any.or(path.state));
    let (criterion, state) = (&wanted.clause, finding.state);
    finding.criteria = vec![DecidedCriterion {
        criterion,
        source: situation.tables.entry.source,
        validity: None,
        state,
        decides: true,
    }];
    let highest_level = highest(situation, finding.state);
    // A cheap test first: most paths can't be met.
    let can_be_met = |path: &Condition| {
        decide(path, situation) != Truth::NotMet && evaluate::<Decision>(path, situation).can_be_met()
    };
    let could_be_higher = || better_paths(situation, highest_level).any(can_be_met);
    finding.entry = Some(ExamEntry {
        level,
        paths,
        highest_level,
        could_be_higher: highest_level.is_some() && could_be_higher(),
        already_held: situation.level_held().filter(|held| level <= *held),
    });
    finding
}

/// Returns the questions whose answers could still change the finding. Empty if the wanted level is met: no question is
/// asked only to find a better level. Otherwise, the questions that could change the state of the wanted level or help
/// to meet a better level than the best one met now.
pub fn open(situation: &Situation<'static>) -> QuestionSet {
    let (level, wanted) = wanted(situation);
    let own = open_of(situation, wanted, |_, _| true);
    if own.0.truth() == Truth::Met {
        return QuestionSet::NONE;
    }
    let mut open = own.0.open();
    for other in Level::ALL.iter().rev() {
        let (state, could) = match *other == level {
            true => own,
            // A path to a better level counts only if it can be met without meeting the wanted level.
            false => open_of(situation, other.of(&situation.tables.entry.levels), |path, could| {
                *other < level || open.contains_all(could) || !follows(&[path], &wanted.clause.when, situation)
            }),
        };
        if state.truth() == Truth::Met {
            break;
        }
        open = open.with(could);
    }
    open
}

/// Returns the state of a level, and the questions whose answers could decide whether a path to it is met. Only paths for
/// which `counts` returns true give questions.
fn open_of(
    situation: &Situation<'static>,
    level: &'static EntryLevel,
    counts: impl Fn(&'static Condition, QuestionSet) -> bool,
) -> (Decision, QuestionSet) {
    let mut all = (Decision::from(Truth::NotMet), QuestionSet::NONE);
    for (path, state) in decided::<Decision>(situation, level) {
        all.0 = all.0.or(state);
        let could = state.open_to_meet();
        if !could.is_empty() && counts(&path.when, could) {
            all.1 = all.1.with(could);
        }
    }
    all
}

/// Returns the wanted level and its entry paths.
fn wanted(situation: &Situation<'static>) -> (Level, &'static EntryLevel) {
    let level = situation.level().unwrap_or(Level::Three);
    (level, level.of(&situation.tables.entry.levels))
}

/// Returns every entry path to a level, with its state.
fn decided<V: Evaluate>(
    situation: &Situation<'static>,
    level: &'static EntryLevel,
) -> impl Iterator<Item = (&'static Criterion, V)> {
    level.paths.iter().map(|criterion| (criterion, evaluate(&criterion.when, situation)))
}

/// Returns the entry paths to all levels better than the highest one that is met.
fn better_paths(situation: &Situation<'static>, highest: Option<Level>) -> impl Iterator<Item = &'static Condition> {
    let levels = &situation.tables.entry.levels;
    let better = Level::ALL.iter().filter(move |level| highest.is_none_or(|highest| highest < **level));
    better.flat_map(|level| level.of(levels).paths).map(|path| &path.when)
}

/// Returns the highest level that is met. `wanted` is the state of the wanted level.
fn highest(situation: &Situation<'static>, wanted: Truth) -> Option<Level> {
    Level::ALL.iter().copied().rev().find(|level| {
        let decided = || decide(&level.of(&situation.tables.entry.levels).clause.when, situation);
        (if situation.level() == Some(*level) { wanted } else { decided() }) == Truth::Met
    })
}

/// Collects the leaves that are not met, with the answers that would meet them.
fn collect_missing(condition: &Condition, situation: &Situation, missing: &mut Vec<Missing>) {
    if decide(condition, situation) != Truth::NotMet {
        return;
    }
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| collect_missing(part, situation, missing)),
        Condition::Any(parts) => {
            parts.iter().filter(|part| can_be_met(part)).for_each(|part| collect_missing(part, situation, missing));
        }
        &Condition::Within(question, from, _) => {
            if let Some(Answer::Number(number)) = situation.answers.get(question)
                && number < from
            {
                missing.push(Missing::More(question, from.saturating_sub(number)));
            }
        }
        // If a question occurs twice, only its first leaf is kept, which names all values that can be enough.
        Condition::Is(choice) if !choice.met.is_empty() && !is_listed(choice.question, missing) => {
            missing.push(Missing::OneOf(choice.question, choice.met.clone()));
        }
        _ => {}
    }
}

/// Whether the list already contains a leaf about this question.
fn is_listed(question: QuestionId, missing: &[Missing]) -> bool {
    missing.iter().any(|one| matches!(one, Missing::OneOf(asked, _) if *asked == question))
}

/// Whether some answers meet the condition. A condition that only an office can decide counts as false.
fn can_be_met(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(can_be_met),
        Condition::Any(parts) => parts.iter().any(can_be_met),
        Condition::Is(choice) => !choice.met.is_empty(),
        Condition::NeverAsked => false,
        Condition::Within(..) | Condition::WithinMonths(..) | Condition::Listed(_) => true,
    }
}
