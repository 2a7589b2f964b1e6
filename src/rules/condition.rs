//! Conditions decided, and which questions could still change one.
//!
//! The operators are those of `tables::Condition` and no more. The value of a condition is Kleene's; the tables are
//! written so that this is the same as trying every possible answer.

use tables::{Choice, Condition, Kind, QuestionId};

use super::{
    answers::Answer,
    case::Case,
    time::in_force,
    truth::{Cause, Truth},
};

/// Decides a condition for a case.
pub fn decide(condition: &Condition, case: &Case) -> Truth {
    match *condition {
        Condition::All(parts) => parts.iter().fold(Truth::Met, |all, part| all.and(decide(part, case))),
        Condition::Any(parts) => parts.iter().fold(Truth::NotMet, |any, part| any.or(decide(part, case))),
        Condition::Is(choice) => is(choice, case),
        Condition::Within(question, from, to) => match case.answers.get(question) {
            Some(Answer::Number(number)) if from <= number && number <= to => Truth::Met,
            Some(Answer::Number(_)) => Truth::NotMet,
            other => not_said(other),
        },
        Condition::OnShortageList => on_shortage_list(case),
    }
}

/// Whether the answer to an open question could still change the condition, whatever the other open ones turn out to be.
/// What was answered with "don't know" stays so.
pub fn could_change(condition: &Condition, case: &Case, question: QuestionId) -> bool {
    case.answers.get(question).is_none() && outcomes(condition, case, question).differ()
}

/// Which pairs of values a condition can take for two answers to one question, all others the same: one bit a pair.
#[derive(Clone, Copy)]
struct Pairs(u16);

impl Pairs {
    const NONE: Pairs = Pairs(0);

    /// The first and the second value; causes don't count.
    fn of(one: usize, two: usize) -> Pairs {
        Pairs(1 << (one * 3 + two))
    }

    fn with(self, other: Pairs) -> Pairs {
        Pairs(self.0 | other.0)
    }

    fn combine(self, other: Pairs, join: impl Fn(usize, usize) -> usize) -> Pairs {
        let each = |pairs: Pairs| (0..9).filter(move |at| pairs.0 & (1 << at) != 0).map(|at| (at / 3, at % 3));
        let mut all = Pairs::NONE;
        for (one, two) in each(self) {
            for (three, four) in each(other) {
                all = all.with(Pairs::of(join(one, three), join(two, four)));
            }
        }
        all
    }

    fn differ(self) -> bool {
        let same = Pairs::of(0, 0).with(Pairs::of(1, 1)).with(Pairs::of(2, 2));
        self.0 & !same.0 != 0
    }
}

fn outcomes(condition: &Condition, case: &Case, question: QuestionId) -> Pairs {
    match *condition {
        Condition::All(parts) => {
            parts.iter().fold(Pairs::of(2, 2), |all, part| all.combine(outcomes(part, case, question), usize::min))
        }
        Condition::Any(parts) => {
            parts.iter().fold(Pairs::of(0, 0), |any, part| any.combine(outcomes(part, case, question), usize::max))
        }
        Condition::Is(Choice { question: asked, met, open }) if case.answers.get(asked).is_none() => {
            let values = match case.tables.question(asked).map(|one| one.kind) {
                Some(Kind::Choice(values)) => u64::MAX.checked_shr(64 - values.len() as u32).unwrap_or(0),
                _ => 0,
            };
            leaf(asked == question, [values & !(met | open) != 0, values & open != 0, values & met != 0])
        }
        Condition::Within(asked, ..) if case.answers.get(asked).is_none() => {
            leaf(asked == question, [true, false, true])
        }
        _ => {
            let value = match decide(condition, case) {
                Truth::NotMet => 0,
                Truth::Unknown(_) => 1,
                Truth::Met => 2,
            };
            Pairs::of(value, value)
        }
    }
}

/// A leaf that can take some of the three values: any two of them for the question itself, else the same twice.
fn leaf(itself: bool, possible: [bool; 3]) -> Pairs {
    let values = || (0..3).filter(|&at| possible.get(at).copied().unwrap_or(false));
    let mut all = if itself { Pairs::NONE } else { Pairs::of(1, 1) };
    for one in values() {
        for two in values().filter(|two| itself || *two == one) {
            all = all.with(Pairs::of(one, two));
        }
    }
    all
}

fn is(choice: Choice, case: &Case) -> Truth {
    match case.answers.get(choice.question) {
        Some(Answer::Choice(at)) => {
            let bit = 1_u64.checked_shl(u32::from(at)).unwrap_or(0);
            if choice.met & bit != 0 {
                Truth::Met
            } else if choice.open & bit != 0 {
                Truth::Unknown(Cause::AuthorityDecides)
            } else {
                Truth::NotMet
            }
        }
        other => not_said(other),
    }
}

/// An answer of another kind than the condition's says nothing; the reading of answers doesn't let one through.
fn not_said(answer: Option<Answer>) -> Truth {
    Truth::Unknown(match answer {
        None => Cause::Unanswered,
        Some(_) => Cause::DontKnow,
    })
}

fn on_shortage_list(case: &Case) -> Truth {
    let lists = in_force(case.tables.shortages, |list| list.validity, case.certificate, case.horizon);
    lists.decide(case.certificate, |list| {
        if list.occupations.contains(&case.occupation) { Truth::Met } else { Truth::Unknown(Cause::AuthorityDecides) }
    })
}
