//! What would make a finding better: another answer, an answer to what is open, or time.
//!
//! Found by asking the core again, never by cases written by hand: so it can't say anything that the core would not.
//! Only what a person can change, find out or wait for; which answers become others, and how, is said in the tables.

use tables::{Change, Date, Kind, Question, QuestionId, Tables, ValueSet};

use super::{
    answers::{Answer, Answers},
    assessment::{assess, could_change},
    boundaries,
    condition::{last_day, names},
    finding::{Assessment, Finding, FindingId},
    money::Range,
    truth::{Cause, Truth},
};

/// The findings that people can do something about. Net cost follows from fee and subsidy, the fee of a resit from the
/// marks; the dates of a class and what a certificate is recognised for are as they are.
const FINDINGS: [FindingId; 7] = [
    FindingId::MaySit,
    FindingId::CourseFee,
    FindingId::Subsidy,
    FindingId::ExamPassed,
    FindingId::Resit,
    FindingId::TrainingCertificate,
    FindingId::DistrictCraftsman,
];

/// The longest wait that is looked into, in years.
const YEARS: u16 = 5;

/// One thing that would make a finding better.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    pub finding: FindingId,
    pub step: Action,
    pub now: Outcome,
    pub then: Outcome,
    /// The step runs into the end of a rule: what is said of it holds if the rules went on after this day.
    pub rules_end: Option<Date>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Another answer to each of these questions, all at once; any of those that are named will do.
    Change(Vec<(QuestionId, AnswerSet)>),
    /// Find out about an open question; these are the best answers to it. `now` is what the worst one gives.
    FindOut(QuestionId, AnswerSet),
    /// So many years, in which age and years of work grow.
    Wait(u16),
    /// Not before this day: a new calendar year.
    From(Date),
    /// Not later than this day.
    Before(Date),
}

/// Answers that do equally well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnswerSet {
    Choices(ValueSet),
    /// From the first to the second.
    Numbers(u16, u16),
    /// From the first to the second.
    Days(Date, Date),
}

/// As much of a finding as can get better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub state: Truth,
    /// Yuan: what is paid to the person, or by the person where the finding is a fee.
    pub amount: Option<Range>,
}

/// All that would make things better for somebody with these answers, in the order of findings and questions.
pub fn advice(tables: &'static Tables, answers: &Answers, as_of: Date) -> Vec<Advice> {
    let asker = Asker { tables, answers, as_of };
    let now = asker.ask(answers, as_of);
    let findings: Vec<&Finding> =
        FINDINGS.into_iter().filter_map(|id| now.finding(id)).filter(|one| !is_idle(one, &now)).collect();
    let mut all = Vec::new();
    for question in tables.questions {
        all.extend(asker.by_finding_out(question, &findings));
    }
    let changes = asker.changes();
    for finding in &findings {
        all.extend(asker.by_changes(finding, &changes));
        all.extend(asker.by_waiting(finding));
        all.extend(asker.by_new_year(finding));
        all.extend(asker.in_time(finding));
    }
    // All about one finding together.
    findings.iter().flat_map(|finding| all.iter().filter(|one| one.finding == finding.id)).cloned().collect()
}

/// There is no use in making it better.
fn is_idle(finding: &Finding, now: &Assessment) -> bool {
    match finding.id {
        // Nobody is troubled for the sake of a call that is over.
        FindingId::DistrictCraftsman => finding.rules_known_until.is_some(),
        // Who may have passed needs no resit.
        FindingId::Resit => now.finding(FindingId::ExamPassed).is_some_and(|exam| exam.state != Truth::NotMet),
        _ => false,
    }
}

impl Outcome {
    /// Where the rules have ended, as if they went on.
    fn of(finding: &Finding) -> Outcome {
        match &finding.indicative {
            Some(then) => Outcome { state: then.state, amount: then.amount.flatten() },
            None => Outcome { state: finding.state, amount: finding.yuan() },
        }
    }

    /// First what is surer, then what is more money for the person. Where only answers are missing nothing is in the way:
    /// whoever is refused isn't asked the rest.
    fn is_better_than(self, other: Outcome, finding: FindingId) -> bool {
        let rank = |state| match state {
            Truth::NotMet => 0,
            Truth::Unknown(Cause::Unanswered) => 2,
            Truth::Unknown(_) => 1,
            Truth::Met => 3,
        };
        let money = |outcome: Outcome| {
            outcome.amount.map(|range| match finding {
                FindingId::CourseFee => (-range.max, -range.min),
                _ => (range.min, range.max),
            })
        };
        (rank(other.state), money(other)) < (rank(self.state), money(self))
    }
}

struct Asker<'a> {
    tables: &'static Tables,
    answers: &'a Answers,
    as_of: Date,
}

impl Asker<'_> {
    fn ask(&self, answers: &Answers, as_of: Date) -> Assessment {
        assess(self.tables, answers, as_of)
    }

    fn with(&self, question: QuestionId, answer: Answer) -> Answers {
        let mut changed = *self.answers;
        changed.set(question, Some(answer));
        changed
    }

    /// What the best answers to an open question would give.
    fn by_finding_out(&self, question: &Question, findings: &[&Finding]) -> Vec<Advice> {
        let open = match self.answers.get(question.id) {
            None => could_change(self.tables, self.answers, self.as_of, question.id),
            Some(answer) => answer == Answer::DontKnow,
        };
        // What somebody wants is no fact to find out.
        if !open || matches!(question.id, QuestionId::Goal | QuestionId::TargetLevel) {
            return Vec::new();
        }
        let answers = boundaries::answers(self.tables, question, self.as_of);
        // What a condition names beside it, and what doesn't matter as things are.
        let conditions = boundaries::conditions(self.tables);
        let beside = |one: &Question| conditions.iter().any(|when| names(when, question.id) && names(when, one.id));
        let idle = self.tables.questions.iter().filter(|one| {
            one.id != question.id
                && self.answers.get(one.id).is_none()
                && beside(one)
                && !could_change(self.tables, self.answers, self.as_of, one.id)
        });
        let idle: Vec<&Question> = idle.collect();
        let tried: Vec<(Answer, Vec<Assessment>)> =
            answers.into_iter().map(|answer| (answer, self.whatever_follows(question.id, answer, &idle))).collect();
        let advice = findings.iter().filter_map(|finding| {
            let Tried { best: (given, then, rules_end), worst: now } = Tried::of(finding.id, &tried)?;
            let advice =
                Advice { finding: finding.id, step: Action::FindOut(question.id, given), now, then, rules_end };
            then.is_better_than(now, finding.id).then_some(advice)
        });
        advice.collect()
    }

    /// The assessments with an answer, for every answer to each of the idle questions that comes up with it: an age that is
    /// good for men only is no good advice as long as nobody has said the sex.
    fn whatever_follows(&self, question: QuestionId, answer: Answer, idle: &[&Question]) -> Vec<Assessment> {
        let answers = self.with(question, answer);
        let comes_up = |one: &&&Question| could_change(self.tables, &answers, self.as_of, one.id);
        let following = idle.iter().filter(comes_up).flat_map(|one| {
            let each = boundaries::answers(self.tables, one, self.as_of).into_iter();
            each.map(|answer| {
                let mut answers = answers;
                answers.set(one.id, Some(answer));
                self.ask(&answers, self.as_of)
            })
        });
        [self.ask(&answers, self.as_of)].into_iter().chain(following).collect()
    }

    /// Every combination of other answers that somebody could have by doing something, with what it gives.
    fn changes(&self) -> Vec<(Vec<(QuestionId, u16)>, Assessment)> {
        let mut all = vec![Vec::new()];
        for question in self.tables.questions {
            let (Change::ByDoing(from, to), Some(Answer::Choice(now))) =
                (question.change, self.answers.get(question.id))
            else {
                continue;
            };
            let to = to.iter().filter(|at| from.contains(&now) && **at != now);
            let with = |at: &u16| {
                let longer = |before: &Vec<_>| [before.as_slice(), &[(question.id, *at)]].concat();
                all.iter().map(longer).collect::<Vec<_>>()
            };
            let more: Vec<_> = to.flat_map(with).collect();
            all.extend(more);
        }
        let changed = all.into_iter().filter(|to| !to.is_empty()).map(|to| {
            let mut answers = *self.answers;
            to.iter().for_each(|(question, at)| answers.set(*question, Some(Answer::Choice(*at))));
            let then = self.ask(&answers, self.as_of);
            (to, then)
        });
        changed.collect()
    }

    /// The changes that make it better, the fewest answers that do. Of a change that leaves it open, and of which another
    /// is needed besides, only both together are told.
    fn by_changes(&self, finding: &Finding, changes: &[(Vec<(QuestionId, u16)>, Assessment)]) -> Vec<Advice> {
        let now = Outcome::of(finding);
        let mut all: Vec<Changed> = Vec::new();
        for (to, assessment) in changes {
            let Some(found) = assessment.finding(finding.id) else { continue };
            let one = Changed { alternatives: vec![to], then: Outcome::of(found), rules_end: found.rules_known_until };
            match all.iter_mut().find(|other| other.is_part_of(&one) && one.is_part_of(other)) {
                Some(other) if other.then.is_better_than(one.then, finding.id) => {}
                Some(other) if one.then.is_better_than(other.then, finding.id) => *other = one,
                Some(other) => other.alternatives.push(to),
                None => all.push(one),
            }
        }
        let is_less = |less: &Changed, more: &Changed| less.is_part_of(more) && !more.is_part_of(less);
        let mut better: Vec<&Changed> = Vec::new();
        for one in &all {
            let before = all.iter().filter(|less| is_less(less, one)).map(|less| less.then);
            if [now].into_iter().chain(before).all(|before| one.then.is_better_than(before, finding.id)) {
                better.push(one);
            }
        }
        let told = |one: &&&Changed| one.then.state == Truth::Met || !better.iter().any(|more| is_less(one, more));
        let advice = better.iter().filter(told).map(|one| Advice {
            finding: finding.id,
            step: Action::Change(one.given()),
            now,
            then: one.then,
            rules_end: one.rules_end,
        });
        advice.collect()
    }

    /// The fewest years of waiting that make it better.
    fn by_waiting(&self, finding: &Finding) -> Option<Advice> {
        (1..=YEARS).find_map(|years| {
            let later = self.as_of.after_months(u32::from(years) * 12)?;
            self.at(later, &self.later(years), finding, Action::Wait(years))
        })
    }

    /// The same person in the next calendar year, where that changes an answer.
    fn by_new_year(&self, finding: &Finding) -> Option<Advice> {
        let year = self.as_of.year().checked_add(1)?;
        let later = Date::new(year, 1, 1)?;
        let then = self.later(0);
        (then != *self.answers).then(|| self.at(later, &then, finding, Action::From(later)))?
    }

    /// What the finding is on a later day, if it is better then.
    fn at(&self, later: Date, answers: &Answers, finding: &Finding, step: Action) -> Option<Advice> {
        let assessment = self.ask(answers, later);
        let found = assessment.finding(finding.id)?;
        let (now, then) = (Outcome::of(finding), Outcome::of(found));
        // Another finding's rules may end meanwhile too: then there is nothing left to wait for.
        let others = assessment.findings.iter().filter(|one| one.id != FindingId::DistrictCraftsman);
        let meanwhile = others.filter_map(|one| one.rules_known_until).filter(|end| self.as_of <= *end).min();
        let rules_end = [found.rules_known_until, meanwhile].into_iter().flatten().min();
        let advice = Advice { finding: finding.id, step, now, then, rules_end };
        then.is_better_than(now, finding.id).then_some(advice)
    }

    /// The last day on which it is still as good, where an answer of the person starts a term.
    fn in_time(&self, finding: &Finding) -> Option<Advice> {
        let now = Outcome::of(finding);
        if now.state != Truth::Met {
            return None;
        }
        let ends = self.tables.questions.iter().filter(|one| matches!(one.kind, Kind::Date)).flat_map(|question| {
            let begin = match self.answers.get(question.id) {
                Some(Answer::Date(day)) => Some(day),
                _ => None,
            };
            let months = boundaries::conditions(self.tables)
                .into_iter()
                .filter_map(move |condition| super::condition::months(condition, question.id));
            months.filter_map(move |months| last_day(begin?, months)?.before())
        });
        let on = |day: Date| self.ask(self.answers, day).finding(finding.id).map(Outcome::of);
        let ends = ends.filter(|end| self.as_of <= *end);
        let last = ends.min().filter(|end| on(*end) == Some(now) && end.next().and_then(on) != Some(now))?;
        let rules_end = self.ask(self.answers, last).finding(finding.id).and_then(|one| one.rules_known_until);
        Some(Advice { finding: finding.id, step: Action::Before(last), now, then: now, rules_end })
    }

    /// What the answers are after so many years of going on as before; after none, in the next calendar year.
    fn later(&self, years: u16) -> Answers {
        let mut later = *self.answers;
        for question in self.tables.questions {
            match (question.change, self.answers.get(question.id)) {
                (Change::ByYears, Some(Answer::Number(number))) => {
                    later.set(question.id, Some(Answer::Number(number.saturating_add(years))));
                }
                (Change::ByNewYear(value), Some(Answer::Choice(_))) => {
                    later.set(question.id, Some(Answer::Choice(value)));
                }
                _ => {}
            }
        }
        later
    }
}

/// Other answers to the same questions that do equally well, and better than all others to them.
struct Changed<'a> {
    alternatives: Vec<&'a Vec<(QuestionId, u16)>>,
    then: Outcome,
    rules_end: Option<Date>,
}

impl Changed<'_> {
    fn questions(&self) -> impl Iterator<Item = QuestionId> {
        self.alternatives.first().into_iter().flat_map(|alternative| alternative.iter()).map(|(question, _)| *question)
    }

    fn is_part_of(&self, other: &Changed) -> bool {
        self.questions().all(|question| other.questions().any(|one| one == question))
    }

    /// The values of each question, where any of one goes with any of another; else those of one way.
    fn given(&self) -> Vec<(QuestionId, AnswerSet)> {
        let values = |alternatives: &[&Vec<(QuestionId, u16)>]| {
            let of = |question| {
                alternatives.iter().flat_map(|alternative| alternative.iter()).filter(move |(one, _)| *one == question)
            };
            let each =
                self.questions().map(|question| (question, of(question).map(|(_, at)| *at).collect::<ValueSet>()));
            each.collect::<Vec<_>>()
        };
        let mut all = values(&self.alternatives);
        if all.iter().map(|(_, values)| values.len()).product::<usize>() != self.alternatives.len() {
            all = values(self.alternatives.get(..1).unwrap_or_default());
        }
        all.into_iter().map(|(question, values)| (question, AnswerSet::Choices(values))).collect()
    }
}

/// What trying every answer gave for one finding.
struct Tried {
    /// The answers that do best, what they give, and which end of a rule that runs into.
    best: (AnswerSet, Outcome, Option<Date>),
    worst: Outcome,
}

impl Tried {
    fn of(id: FindingId, tried: &[(Answer, Vec<Assessment>)]) -> Option<Tried> {
        let mut all: Option<Tried> = None;
        // The last one tried did best too.
        let mut running = false;
        for (answer, assessments) in tried {
            let found = assessments.iter().filter_map(|one| one.finding(id));
            // The worst of whatever follows.
            let worst = found.map(|found| (Outcome::of(found), found.rules_known_until));
            let worst = worst.reduce(|one, two| if one.0.is_better_than(two.0, id) { two } else { one });
            let Some((then, rules_end)) = worst else { continue };
            match &mut all {
                Some(Tried { best: (_, best, _), .. }) if best.is_better_than(then, id) => running = false,
                Some(Tried { best: (given, best, _), .. }) if !then.is_better_than(*best, id) => {
                    given.add(*answer, running);
                }
                other => {
                    let best = (AnswerSet::one(*answer)?, then, rules_end);
                    *other = Some(Tried { best, worst: other.as_ref().map_or(then, |all| all.worst) });
                    running = true;
                }
            }
            if let Some(all) = &mut all
                && all.worst.is_better_than(then, id)
            {
                all.worst = then;
            }
        }
        all
    }
}

impl AnswerSet {
    fn one(answer: Answer) -> Option<AnswerSet> {
        match answer {
            Answer::DontKnow => None,
            Answer::Choice(at) => Some(AnswerSet::Choices(ValueSet::from_iter([at]))),
            Answer::Number(number) => Some(AnswerSet::Numbers(number, number)),
            Answer::Date(day) => Some(AnswerSet::Days(day, day)),
        }
    }

    /// Another answer that does as well. Of numbers and days only those that follow on each other are kept.
    fn add(&mut self, answer: Answer, running: bool) {
        match (self, answer) {
            (AnswerSet::Choices(values), Answer::Choice(at)) => values.insert(at),
            (AnswerSet::Numbers(_, to), Answer::Number(number)) if running => *to = number,
            (AnswerSet::Days(_, to), Answer::Date(day)) if running => *to = day,
            _ => {}
        }
    }
}
