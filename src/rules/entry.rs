//! Admission to the exam (E): the entry paths to each level, and what is missing for each path.

use tables::{Condition, Level, QuestionId};

use super::{
    answers::Answer,
    condition::{self, decide},
    finding::{DecidedCriterion, EntryPath, ExamEntry, Finding, FindingId, Missing},
    situation::Situation,
    truth::Truth,
};

/// Decides whether the person may sit the exam of the wanted level (E), with every entry path to it.
pub fn may_sit(situation: &Situation<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::MaySit, Truth::NotMet);
    let level = situation.level().unwrap_or(Level::Three);
    let wanted = level.of(&situation.tables.entry.levels);
    let paths = wanted.paths.iter().map(|criterion| {
        let state = decide(&criterion.when, situation);
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
    let highest_level = highest(situation, Some(finding.state));
    let could_be_higher =
        || better_paths(situation, highest_level).any(|(_, path)| condition::is_meetable(path, situation));
    finding.entry = Some(ExamEntry {
        level,
        paths,
        highest_level,
        could_be_higher: highest_level.is_some() && could_be_higher(),
        already_held: situation.level_held().filter(|held| level <= *held),
    });
    finding
}

/// Whether the answer to an open question could still change the finding. If the wanted level is met, no answer
/// can, and no question is asked only to find a better level. Otherwise an answer can matter if it changes the
/// wanted level, or if it helps to meet a level better than the best one that is met.
pub fn could_change(situation: &Situation<'static>, question: QuestionId) -> bool {
    let wanted = situation.level().map(|level| &level.of(&situation.tables.entry.levels).clause.when);
    if wanted.is_some_and(|when| decide(when, situation) == Truth::Met) {
        return false;
    }
    wanted.is_some_and(|when| condition::could_change(when, situation, question))
        || better_paths(situation, highest(situation, None)).any(|(level, path)| {
            let is_better_than_wanted = situation.level().is_none_or(|wanted| wanted < level);
            condition::could_meet(path, situation, question)
                && !(is_better_than_wanted
                    && wanted.is_some_and(|wanted| condition::follows(&[path], wanted, situation)))
        })
}

/// Returns the entry paths to all levels better than the highest one that is met, each with its level.
fn better_paths(
    situation: &Situation<'static>,
    highest: Option<Level>,
) -> impl Iterator<Item = (Level, &'static Condition)> {
    let levels = &situation.tables.entry.levels;
    let better = Level::ALL.iter().copied().filter(move |level| highest.is_none_or(|highest| highest < *level));
    better.flat_map(|level| level.of(levels).paths.iter().map(move |path| (level, &path.when)))
}

/// Returns the highest level that is met. `wanted` is the state of the wanted level if it is already decided.
fn highest(situation: &Situation<'static>, wanted: Option<Truth>) -> Option<Level> {
    Level::ALL.iter().copied().rev().find(|level| {
        let known = wanted.filter(|_| situation.level() == Some(*level));
        let decided = || decide(&level.of(&situation.tables.entry.levels).clause.when, situation);
        known.unwrap_or_else(decided) == Truth::Met
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
