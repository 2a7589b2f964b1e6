//! Who may sit the exam (E): ways to each level, and what each lacks.

use tables::{Condition, EntryLevel, QuestionId};

use super::{
    answers::Answer,
    case::Case,
    condition::{self, decide},
    finding::{Decided, Finding, FindingId, Lack, Sitting, Way},
    truth::{Truth, any},
};

/// Who may sit the exam for the level that is wanted (E), by every path there is.
pub fn may_sit(case: &Case<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::MaySit, Truth::NotMet);
    let number = case.level().unwrap_or(3);
    let Some(wanted) = level(case, number) else { return finding };
    let ways = wanted.paths.iter().map(|criterion| {
        let state = decide(&criterion.when, case);
        let mut lacks = Vec::new();
        if state == Truth::NotMet {
            missing(&criterion.when, case, &mut lacks);
        }
        Way { criterion, state, lacks }
    });
    let ways: Vec<_> = ways.collect();
    finding.state = any(ways.iter().map(|way| way.state));
    let (criterion, state) = (&wanted.clause, finding.state);
    finding.criteria =
        vec![Decided { criterion, source: case.tables.entry.source, validity: None, state, decides: true }];
    let highest_level = highest(case, Some(finding.state));
    let could_be_higher = || better_paths(case, highest_level).any(|(_, path)| condition::is_meetable(path, case));
    finding.sitting = Some(Sitting {
        level: number,
        paths: ways,
        highest_level,
        could_be_higher: highest_level.is_some() && could_be_higher(),
        already_held: held(case).filter(|held| *held <= number),
    });
    finding
}

/// Whether the answer to an open question could still change the finding. While the wanted level is met nothing can: its
/// state stays, and nobody is asked only to learn of a better level. Otherwise the wanted level may come to anything; and
/// where it comes to less, levels better than the best one that is met may be met.
pub fn could_change(case: &Case<'static>, question: QuestionId) -> bool {
    let wanted = case.level().and_then(|number| level(case, number)).map(|level| &level.clause.when);
    if wanted.is_some_and(|when| decide(when, case) == Truth::Met) {
        return false;
    }
    wanted.is_some_and(|when| condition::could_change(when, case, question))
        || better_paths(case, highest(case, None)).any(|(number, path)| {
            let is_better_than_wanted = case.level().is_none_or(|wanted| number < wanted);
            condition::could_meet(path, case, question)
                && !(is_better_than_wanted && wanted.is_some_and(|wanted| condition::follows(&[path], wanted, case)))
        })
}

/// The paths to the levels better than the highest one that is met, each with its level.
fn better_paths(case: &Case<'static>, highest: Option<u8>) -> impl Iterator<Item = (u8, &'static Condition)> {
    let better = (1..highest.unwrap_or(6)).filter_map(|number| Some((number, level(case, number)?)));
    better.flat_map(|(number, level)| level.paths.iter().map(move |path| (number, &path.when)))
}

fn level(case: &Case<'static>, number: u8) -> Option<&'static EntryLevel> {
    case.tables.entry.levels.get(usize::from(5_u8.checked_sub(number)?))
}

/// `wanted` is the state of the wanted level, where it has been decided already.
fn highest(case: &Case<'static>, wanted: Option<Truth>) -> Option<u8> {
    (1..=5).find(|number| {
        let known = wanted.filter(|_| case.level() == Some(*number));
        let decided = || level(case, *number).map(|level| decide(&level.clause.when, case));
        known.or_else(decided) == Some(Truth::Met)
    })
}

/// 5 to 1; its question has `none` first, then these.
fn held(case: &Case<'static>) -> Option<u8> {
    match case.answers.get(QuestionId::CertificateHeld) {
        Some(Answer::Choice(at @ 1..=5)) => 6_u16.checked_sub(at).and_then(|level| u8::try_from(level).ok()),
        _ => None,
    }
}

/// Every part that is not met, with what would do.
fn missing(condition: &Condition, case: &Case, lacks: &mut Vec<Lack>) {
    if decide(condition, case) != Truth::NotMet {
        return;
    }
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| missing(part, case, lacks)),
        Condition::Any(parts) => {
            parts.iter().filter(|part| can_be_met(part)).for_each(|part| missing(part, case, lacks));
        }
        &Condition::Within(question, from, _) => {
            if let Some(Answer::Number(number)) = case.answers.get(question)
                && number < from
            {
                lacks.push(Lack::More(question, from.saturating_sub(number)));
            }
        }
        // Where a question stands twice, the first says what would do at all.
        Condition::Is(choice) if !choice.met.is_empty() && !is_told(choice.question, lacks) => {
            lacks.push(Lack::OneOf(choice.question, choice.met.clone()));
        }
        _ => {}
    }
}

fn is_told(question: QuestionId, lacks: &[Lack]) -> bool {
    lacks.iter().any(|lack| matches!(lack, Lack::OneOf(asked, _) if *asked == question))
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
