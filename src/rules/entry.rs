//! Who may sit the exam (E): the paths to each level, and what is missing on each.

use tables::{Condition, EntryLevel, QuestionId};

use super::{
    answers::Answer,
    condition::{self, decide},
    finding::{DecidedCriterion, EntryPath, ExamEntry, Finding, FindingId, Missing},
    situation::Situation,
    truth::{Truth, any},
};

/// Who may sit the exam for the level that is wanted (E), by every path there is.
pub fn may_sit(situation: &Situation<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::MaySit, Truth::NotMet);
    let number = situation.level().unwrap_or(3);
    let Some(wanted) = level(situation, number) else { return finding };
    let paths = wanted.paths.iter().map(|criterion| {
        let state = decide(&criterion.when, situation);
        let mut missing = Vec::new();
        if state == Truth::NotMet {
            collect_missing(&criterion.when, situation, &mut missing);
        }
        EntryPath { criterion, state, missing }
    });
    let paths: Vec<_> = paths.collect();
    finding.state = any(paths.iter().map(|path| path.state));
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
        level: number,
        paths,
        highest_level,
        could_be_higher: highest_level.is_some() && could_be_higher(),
        already_held: held(situation).filter(|held| *held <= number),
    });
    finding
}

/// Whether the answer to an open question could still change the finding. While the wanted level is met nothing can: its
/// state stays, and nobody is asked only to learn of a better level. Otherwise the wanted level may come to anything; and
/// where it comes to less, levels better than the best one that is met may be met.
pub fn could_change(situation: &Situation<'static>, question: QuestionId) -> bool {
    let wanted = situation.level().and_then(|number| level(situation, number)).map(|level| &level.clause.when);
    if wanted.is_some_and(|when| decide(when, situation) == Truth::Met) {
        return false;
    }
    wanted.is_some_and(|when| condition::could_change(when, situation, question))
        || better_paths(situation, highest(situation, None)).any(|(number, path)| {
            let is_better_than_wanted = situation.level().is_none_or(|wanted| number < wanted);
            condition::could_meet(path, situation, question)
                && !(is_better_than_wanted
                    && wanted.is_some_and(|wanted| condition::follows(&[path], wanted, situation)))
        })
}

/// The paths to the levels better than the highest one that is met, each with its level.
fn better_paths(situation: &Situation<'static>, highest: Option<u8>) -> impl Iterator<Item = (u8, &'static Condition)> {
    let better = (1..highest.unwrap_or(6)).filter_map(|number| Some((number, level(situation, number)?)));
    better.flat_map(|(number, level)| level.paths.iter().map(move |path| (number, &path.when)))
}

fn level(situation: &Situation<'static>, number: u8) -> Option<&'static EntryLevel> {
    situation.tables.entry.levels.get(usize::from(5_u8.checked_sub(number)?))
}

/// `wanted` is the state of the wanted level, where it has been decided already.
fn highest(situation: &Situation<'static>, wanted: Option<Truth>) -> Option<u8> {
    (1..=5).find(|number| {
        let known = wanted.filter(|_| situation.level() == Some(*number));
        let decided = || level(situation, *number).map(|level| decide(&level.clause.when, situation));
        known.or_else(decided) == Some(Truth::Met)
    })
}

/// 5 to 1; its question has `none` first, then these.
fn held(situation: &Situation<'static>) -> Option<u8> {
    match situation.answers.get(QuestionId::CertificateHeld) {
        Some(Answer::Choice(at @ 1..=5)) => 6_u16.checked_sub(at).and_then(|level| u8::try_from(level).ok()),
        _ => None,
    }
}

/// Every part that is not met, with what would do.
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
        // Where a question stands twice, the first says what would do at all.
        Condition::Is(choice) if !choice.met.is_empty() && !is_told(choice.question, missing) => {
            missing.push(Missing::OneOf(choice.question, choice.met.clone()));
        }
        _ => {}
    }
}

fn is_told(question: QuestionId, missing: &[Missing]) -> bool {
    missing.iter().any(|one| matches!(one, Missing::OneOf(asked, _) if *asked == question))
}

/// Whether any answers meet it; what an office decides is nothing to strive for.
fn can_be_met(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(can_be_met),
        Condition::Any(parts) => parts.iter().any(can_be_met),
        Condition::Is(choice) => !choice.met.is_empty(),
        Condition::NeverAsked => false,
        Condition::Within(..) | Condition::WithinMonths(..) | Condition::Listed(_) => true,
    }
}
