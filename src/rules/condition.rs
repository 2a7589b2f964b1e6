//! Conditions decided, and which questions could still change one.
//!
//! The operators are those of `tables::Condition` and no more. The value of a condition is Kleene's; the tables are
//! written so that this is the same as trying every possible answer.

use tables::{Choice, Condition, Criterion, Date, Kind, List, OccupationAt, QuestionId};

use super::{
    answers::Answer,
    case::Case,
    time::in_force,
    truth::{Cause, Truth, all, any},
};

/// Decides a condition for a case.
pub fn decide(condition: &Condition, case: &Case) -> Truth {
    match condition {
        Condition::All(parts) => all(parts.iter().map(|part| decide(part, case))),
        Condition::Any(parts) => any(parts.iter().map(|part| decide(part, case))),
        Condition::Is(choice) => is(choice, case),
        &Condition::Within(question, from, to) => match case.answers.get(question) {
            Some(Answer::Number(number)) if from <= number && number <= to => Truth::Met,
            Some(Answer::Number(_)) => Truth::NotMet,
            other => not_said(other),
        },
        &Condition::WithinMonths(question, months) => within_months(question, months, case),
        Condition::Listed(list) => listed(*list, case),
        Condition::NeverAsked => Truth::Unknown(Cause::AuthorityDecides),
    }
}

/// Whether the answer to an open question could still change the condition, whatever the other open ones turn out to be.
/// What was answered with "don't know" stays so.
pub fn could_change(condition: &Condition, case: &Case, question: QuestionId) -> bool {
    pairs(condition, case, question).differ()
}

/// Whether it could change that the condition is met; between not met and unknown no difference is made.
pub fn could_meet(condition: &Condition, case: &Case, question: QuestionId) -> bool {
    pairs(condition, case, question).differ_in_met()
}

/// Whether some answers to the open questions meet it.
pub fn is_meetable(condition: &Condition, case: &Case) -> bool {
    outcomes(condition, case, None).0 & Pairs::of(2, 2).0 != 0
}

/// Whether it could change that all of several conditions are met; `None` is one of which nothing is known, whatever is
/// answered.
pub fn could_change_all<'c>(
    conditions: impl Iterator<Item = Option<&'c Condition>> + Clone,
    case: &Case,
    question: QuestionId,
) -> bool {
    // Most questions are in none of them.
    if !conditions.clone().flatten().any(|one| could_change(one, case, question)) {
        return false;
    }
    let each = conditions.map(|one| match one {
        Some(condition) => outcomes(condition, case, Some(question)),
        None => Pairs::fixed(Truth::Unknown(Cause::NoRulesForDate)),
    });
    each.fold(Pairs::of(2, 2), |all, one| all.combine(one, usize::min)).differ()
}

fn pairs(condition: &Condition, case: &Case, question: QuestionId) -> Pairs {
    let open = case.answers.get(question).is_none() && names(condition, question);
    if open { outcomes(condition, case, Some(question)) } else { Pairs::NONE }
}

/// Whether everybody who meets all of the known conditions meets the other one too, given the answers of the case. Finds
/// what follows leaf by leaf; where it takes more than that, says no.
pub fn follows(known: &[&'static Condition], other: &Condition, case: &Case) -> bool {
    let apart = known.iter().enumerate().find_map(|(at, one)| match one {
        Condition::All(parts) => Some((at, *parts, true)),
        Condition::Any(parts) => Some((at, *parts, false)),
        _ => None,
    });
    if let Some((at, parts, together)) = apart {
        let others = || known.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, one)| *one);
        return match together {
            true => follows(&others().chain(parts).collect::<Vec<_>>(), other, case),
            false => parts.iter().all(|part| follows(&others().chain([part]).collect::<Vec<_>>(), other, case)),
        };
    }
    // From what nobody meets follows everything.
    known.iter().any(|one| is_never_met(one, case))
        || match other {
            Condition::All(parts) => parts.iter().all(|part| follows(known, part, case)),
            Condition::Any(parts) => parts.iter().any(|part| follows(known, part, case)),
            leaf => decide(leaf, case) == Truth::Met || known.iter().any(|one| leaf_follows(one, leaf)),
        }
}

/// Nothing meets the leaf: no value does, or it was answered otherwise.
fn is_never_met(leaf: &Condition, case: &Case) -> bool {
    let is_answered_otherwise = |question| case.answers.get(question).is_some() && decide(leaf, case) != Truth::Met;
    match leaf {
        Condition::Is(choice) => choice.met.is_empty() || is_answered_otherwise(choice.question),
        Condition::Within(question, ..) => is_answered_otherwise(*question),
        Condition::NeverAsked => true,
        _ => false,
    }
}

fn leaf_follows(known: &Condition, other: &Condition) -> bool {
    match (known, other) {
        (Condition::Is(one), Condition::Is(two)) => {
            one.question == two.question && one.met.iter().all(|at| two.met.contains(at))
        }
        (Condition::Within(one, from, to), Condition::Within(two, least, most)) => {
            one == two && least <= from && to <= most
        }
        _ => false,
    }
}

/// Whether the answer to a question has any part in the condition.
pub fn names(condition: &Condition, question: QuestionId) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| names(part, question)),
        Condition::Is(choice) => choice.question == question,
        Condition::Within(asked, ..) | Condition::WithinMonths(asked, _) => *asked == question,
        Condition::Listed(_) => LISTED.contains(&question),
        Condition::NeverAsked => false,
    }
}

/// The criterion as another block of the tables has it.
pub fn same<'c>(criterion: &'c Criterion, block: &'c [Criterion]) -> Option<&'c Criterion> {
    // Nearly always it is the block that it comes from, where nothing has to be compared.
    match block.as_ptr_range().contains(&core::ptr::from_ref(criterion)) {
        true => Some(criterion),
        false => block.iter().find(|one| one.id == criterion.id),
    }
}

/// What decides whether an occupation is listed.
const LISTED: [QuestionId; 2] = [QuestionId::CertificateOccupation, QuestionId::CertificateDate];

/// Every pair of values: 0 is not met, 1 unknown, 2 met.
const PAIRS: [(usize, usize); 9] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)];

/// Which pairs of values a condition can take for two answers to one question, all others the same: one bit a pair.
#[derive(Clone, Copy)]
struct Pairs(u16);

impl Pairs {
    const NONE: Pairs = Pairs(0);

    /// The first and the second value; causes don't count.
    fn of(one: usize, two: usize) -> Pairs {
        PAIRS.iter().position(|pair| *pair == (one, two)).map_or(Pairs::NONE, Pairs::at)
    }

    /// The pair at that place.
    fn at(place: usize) -> Pairs {
        Pairs(1_u16.rotate_left(place as u32))
    }

    /// Nothing changes it.
    fn fixed(truth: Truth) -> Pairs {
        let value = match truth {
            Truth::NotMet => 0,
            Truth::Unknown(_) => 1,
            Truth::Met => 2,
        };
        Pairs::of(value, value)
    }

    fn with(self, other: Pairs) -> Pairs {
        Pairs(self.0 | other.0)
    }

    fn combine(self, other: Pairs, join: impl Fn(usize, usize) -> usize) -> Pairs {
        let each = |pairs: Pairs| {
            PAIRS
                .into_iter()
                .enumerate()
                .filter(move |(place, _)| pairs.0 & Pairs::at(*place).0 != 0)
                .map(|(_, pair)| pair)
        };
        let mut all = Pairs::NONE;
        for (one, two) in each(self) {
            for (three, four) in each(other) {
                all = all.with(Pairs::of(join(one, three), join(two, four)));
            }
        }
        all
    }

    fn differ_in_met(self) -> bool {
        let one_met = Pairs::of(2, 0).with(Pairs::of(2, 1)).with(Pairs::of(0, 2)).with(Pairs::of(1, 2));
        self.0 & one_met.0 != 0
    }

    fn differ(self) -> bool {
        let same = Pairs::of(0, 0).with(Pairs::of(1, 1)).with(Pairs::of(2, 2));
        self.0 & !same.0 != 0
    }
}

/// The pairs for two answers to that question; for none of them the value is the same twice.
fn outcomes(condition: &Condition, case: &Case, question: Option<QuestionId>) -> Pairs {
    match condition {
        Condition::All(parts) => {
            parts.iter().fold(Pairs::of(2, 2), |all, part| all.combine(outcomes(part, case, question), usize::min))
        }
        Condition::Any(parts) => {
            parts.iter().fold(Pairs::of(0, 0), |any, part| any.combine(outcomes(part, case, question), usize::max))
        }
        Condition::Is(Choice { question: asked, met, open }) if case.answers.get(*asked).is_none() => {
            let values = match case.tables.question(*asked).map(|one| one.kind) {
                Some(Kind::Choice(values)) => values.len(),
                _ => 0,
            };
            // No value is in both sets.
            let others = met.len().saturating_add(open.len()) < values;
            leaf(Some(*asked) == question, [others, !open.is_empty(), !met.is_empty()])
        }
        Condition::Within(asked, ..) if case.answers.get(*asked).is_none() => {
            leaf(Some(*asked) == question, [true, false, true])
        }
        Condition::WithinMonths(asked, _) if case.answers.get(*asked).is_none() => {
            leaf(Some(*asked) == question, [true; 3])
        }
        // Both the occupation and the certificate's date can change it.
        Condition::Listed(list)
            if decide(condition, case).cause() == Some(Cause::Unanswered) && is_there(*list, case) =>
        {
            leaf(question.is_some_and(|question| LISTED.contains(&question)), [false, true, true])
        }
        _ => Pairs::fixed(decide(condition, case)),
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

fn is(choice: &Choice, case: &Case) -> Truth {
    match case.answers.get(choice.question) {
        Some(Answer::Choice(at)) if choice.met.contains(at) => Truth::Met,
        Some(Answer::Choice(at)) if choice.open.contains(at) => Truth::Unknown(Cause::AuthorityDecides),
        Some(Answer::Choice(_)) => Truth::NotMet,
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

/// The day itself is the last one; whether it still counts, nobody says.
fn within_months(question: QuestionId, months: u16, case: &Case) -> Truth {
    let day = match case.answers.get(question) {
        Some(Answer::Date(day)) => day,
        other => return not_said(other),
    };
    match last_day(day, months) {
        Some(last) if case.as_of < last => Truth::Met,
        Some(last) if case.as_of == last => Truth::Unknown(Cause::AuthorityDecides),
        _ => Truth::NotMet,
    }
}

/// The number of months of a `WithinMonths` about that question, if the condition has one.
pub fn months(condition: &Condition, question: QuestionId) -> Option<u16> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(|part| months(part, question)),
        Condition::WithinMonths(asked, months) if *asked == question => Some(*months),
        _ => None,
    }
}

/// The last day on which something is within so many months of a day.
pub fn last_day(day: Date, months: u16) -> Option<Date> {
    day.after_months(u32::from(months))
}

/// Some block of the list may hold on the certificate's date.
fn is_there(list: List, case: &Case) -> bool {
    let (tables, days, horizon) = (case.tables, case.certificate, case.horizon);
    match list {
        List::Shortage => !in_force(tables.shortages, |one| one.validity, days, horizon).blocks.is_empty(),
        List::Catalogue => !in_force(tables.catalogues, |one| one.validity, days, horizon).blocks.is_empty(),
    }
}

fn listed(list: List, case: &Case) -> Truth {
    let (tables, days) = (case.tables, case.certificate);
    let said = case.answers.get(QuestionId::CertificateOccupation);
    let found = |has: &dyn Fn(OccupationAt) -> bool| match said {
        Some(Answer::Choice(at)) if has(at) => Truth::Met,
        Some(Answer::Choice(_)) => Truth::Unknown(Cause::AuthorityDecides),
        other => not_said(other),
    };
    if days.asked {
        // On whichever of the days: what no block lists stays open for that reason too.
        let ever = match list {
            List::Shortage => found(&|at| tables.shortages.iter().any(|one| one.occupations.contains(&at))),
            List::Catalogue => found(&|at| tables.catalogues.iter().any(|one| one.has(at))),
        };
        return Truth::Unknown(days.cause).and(ever);
    }
    match list {
        List::Shortage => in_force(tables.shortages, |one| one.validity, days, case.horizon)
            .decide(days, |one| found(&|at| one.occupations.contains(&at))),
        List::Catalogue => in_force(tables.catalogues, |one| one.validity, days, case.horizon)
            .decide(days, |one| found(&|at| one.has(at))),
    }
}
