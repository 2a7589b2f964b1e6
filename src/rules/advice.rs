//! Advice: other answers, answers to open questions, or waiting times that would improve a finding.
//!
//! Advice is found by assessing again with changed answers, never by cases written by hand, so it can't contradict
//! the core. It covers only what a person can change, find out or wait for; the tables define which answers can
//! change, and how.

use tables::{Change, Date, Kind, Question, QuestionId, Tables, ValueSet};

use super::{
    answers::{Answer, Answers},
    assessment::{OpenQuestions, assess},
    boundaries,
    condition::names,
    finding::{Assessment, Deadline, Finding, FindingId},
    money::Range,
    truth::{Cause, Truth},
};

/// The longest waiting time that is tried, in years.
const YEARS: u16 = 5;

/// One action that would improve one finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    pub finding: FindingId,
    pub action: Action,
    pub now: Outcome,
    pub then: Outcome,
    /// The end of a rule that the outcome depends on. `then` holds only if the rule is extended beyond this day.
    pub rules_end: Option<Date>,
}

/// What a person can do to improve a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Give another answer to each of these questions, all at once. Any answer of a set will do.
    Change(Vec<(QuestionId, AnswerSet)>),
    /// Find out the answer to an open question. The set holds the best answers; `Advice::now` is the outcome of the
    /// worst one.
    FindOut(QuestionId, AnswerSet),
    /// Wait this number of years, during which age and years of work grow.
    Wait(u16),
    /// Act on this day or later. The day is the first of a new calendar year.
    From(Date),
    /// Act on this day or earlier.
    Before(Date),
}

/// Answers to one question that lead to the same outcome.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnswerSet {
    Choices(ValueSet),
    /// All numbers from the first to the second, both included.
    Numbers(u16, u16),
    /// All days from the first to the second, both included.
    Days(Date, Date),
}

/// The state and amount of a finding, by which two outcomes are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub state: Truth,
    /// Yuan: what the person receives or, if the finding is a fee, pays.
    pub amount: Option<Range>,
}

/// Returns all advice for a person with these answers, in the order of findings and questions.
pub fn advice(tables: &'static Tables, answers: &Answers, as_of: Date) -> Vec<Advice> {
    let finder = AdviceFinder { tables, answers, as_of };
    let now = finder.ask(answers, as_of);
    let findings: Vec<&Finding> =
        now.findings.iter().filter(|one| one.id.can_be_influenced() && !is_idle(one, &now)).collect();
    let mut all = Vec::new();
    let mut could = OpenQuestions::of(tables, answers, as_of);
    for question in tables.questions {
        all.extend(finder.by_finding_out(question, &findings, &mut could));
    }
    let changes = finder.changes();
    for finding in &findings {
        all.extend(finder.by_changes(finding, &changes));
        all.extend(finder.by_waiting(finding));
        all.extend(finder.by_new_year(finding));
        all.extend(finder.in_time(finding));
    }
    // Groups the advice by finding.
    findings.iter().flat_map(|finding| all.iter().filter(|one| one.finding == finding.id)).cloned().collect()
}

/// Whether it would be useless to improve this finding.
fn is_idle(finding: &Finding, now: &Assessment) -> bool {
    match finding.id {
        // A call for craftsmen that is over needs no advice.
        FindingId::DistrictCraftsman => finding.rules_known_until.is_some(),
        // A person who may have passed needs no resit.
        FindingId::Resit => now.finding(FindingId::ExamPassed).is_some_and(|exam| exam.state != Truth::NotMet),
        _ => false,
    }
}

impl Outcome {
    /// The outcome of a finding. If its rules have ended, the outcome as if they were extended.
    fn of(finding: &Finding) -> Outcome {
        match &finding.indicative {
            Some(then) => Outcome { state: then.state, amount: then.amount.flatten() },
            None => Outcome { state: finding.state, amount: finding.yuan() },
        }
    }

    /// Compares first the certainty, then the money for the person. A state that is unknown only because answers
    /// are missing ranks above other unknown states: nothing speaks against it, since a refused person isn't asked
    /// further questions.
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

/// The person whose answers are assessed again with changes.
struct AdviceFinder<'a> {
    tables: &'static Tables,
    answers: &'a Answers,
    as_of: Date,
}

impl AdviceFinder<'_> {
    /// Assesses these answers on that day.
    fn ask(&self, answers: &Answers, as_of: Date) -> Assessment {
        assess(self.tables, answers, as_of)
    }

    /// Returns the person's answers with one of them replaced.
    fn with(&self, question: QuestionId, answer: Answer) -> Answers {
        let mut changed = *self.answers;
        changed.set(question, Some(answer));
        changed
    }

    /// Returns the advice to find out the answer to an open question: what its best answers would give.
    fn by_finding_out(&self, question: &Question, findings: &[&Finding], could: &mut OpenQuestions) -> Vec<Advice> {
        let open = match self.answers.get(question.id) {
            None => could.contains(question.id),
            Some(answer) => answer == Answer::DontKnow,
        };
        // Goal and target level are wishes, not facts to find out.
        if !open || matches!(question.id, QuestionId::GOAL | QuestionId::TARGET_LEVEL) {
            return Vec::new();
        }
        let answers = boundaries::answers(self.tables, question, self.as_of);
        // Idle questions: they stand in one condition with this question, and at present their answers can change
        // nothing.
        let conditions = boundaries::conditions(self.tables);
        let beside = |one: &Question| conditions.iter().any(|when| names(when, question.id) && names(when, one.id));
        let idle = self.tables.questions.iter().filter(|one| {
            one.id != question.id && self.answers.get(one.id).is_none() && beside(one) && !could.contains(one.id)
        });
        let idle: Vec<&Question> = idle.collect();
        let tried: Vec<(Answer, Vec<Assessment>)> =
            answers.into_iter().map(|answer| (answer, self.whatever_follows(question.id, answer, &idle))).collect();
        let advice = findings.iter().filter_map(|finding| {
            let Tried { best: (given, then, rules_end), worst: now } = Tried::of(finding.id, &tried)?;
            let advice =
                Advice { finding: finding.id, action: Action::FindOut(question.id, given), now, then, rules_end };
            then.is_better_than(now, finding.id).then_some(advice)
        });
        advice.collect()
    }

    /// Returns the assessments with one answer, also combined with every answer to each idle question that begins
    /// to matter with it. For example, an age that is good enough only for men is no good advice while the sex is
    /// unknown.
    fn whatever_follows(&self, question: QuestionId, answer: Answer, idle: &[&Question]) -> Vec<Assessment> {
        let answers = self.with(question, answer);
        let mut could = OpenQuestions::of(self.tables, &answers, self.as_of);
        let following = idle.iter().filter(|one| could.contains(one.id)).flat_map(|one| {
            let each = boundaries::answers(self.tables, one, self.as_of).into_iter();
            each.map(|answer| {
                let mut answers = answers;
                answers.set(one.id, Some(answer));
                self.ask(&answers, self.as_of)
            })
        });
        [self.ask(&answers, self.as_of)].into_iter().chain(following).collect()
    }

    /// Returns every combination of other answers that the person could reach by an action, with its assessment.
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

    /// Returns the changes that improve a finding, with as few changed answers as possible. If a change leaves the
    /// finding open and a further change is needed, only the combination of both is returned.
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
            action: Action::Change(one.given()),
            now,
            then: one.then,
            rules_end: one.rules_end,
        });
        advice.collect()
    }

    /// Returns the shortest wait, in whole years, that improves a finding.
    fn by_waiting(&self, finding: &Finding) -> Option<Advice> {
        (1..=YEARS).find_map(|years| {
            let later = self.as_of.after_months(u32::from(years) * 12)?;
            self.at(later, &self.later(years), finding, Action::Wait(years))
        })
    }

    /// Returns the advice to wait for the next calendar year, if an answer changes then.
    fn by_new_year(&self, finding: &Finding) -> Option<Advice> {
        let year = self.as_of.year().checked_add(1)?;
        let later = Date::new(year, 1, 1)?;
        let then = self.later(0);
        (then != *self.answers).then(|| self.at(later, &then, finding, Action::From(later)))?
    }

    /// Returns the advice to act on a later day, if the changed answers make the finding better then. What another block
    /// of the tables brings on that day (the fee of a later class, the amounts of a later catalogue) is no effect of
    /// waiting: the finding must also be better than with the present answers on that day.
    fn at(&self, later: Date, answers: &Answers, finding: &Finding, action: Action) -> Option<Advice> {
        let assessment = self.ask(answers, later);
        let found = assessment.finding(finding.id)?;
        let (now, then) = (Outcome::of(finding), Outcome::of(found));
        let is_better = |than: Outcome| then.is_better_than(than, finding.id);
        let unchanged = || self.ask(self.answers, later).finding(finding.id).map(Outcome::of);
        if !is_better(now) || unchanged().is_some_and(|unchanged| !is_better(unchanged)) {
            return None;
        }
        // If the rules of another finding end meanwhile, `rules_end` names the earlier day.
        let others = assessment.findings.iter().filter(|one| one.id != FindingId::DistrictCraftsman);
        let meanwhile = others.filter_map(|one| one.rules_known_until).filter(|end| self.as_of <= *end).min();
        let rules_end = [found.rules_known_until, meanwhile].into_iter().flatten().min();
        Some(Advice { finding: finding.id, action, now, then, rules_end })
    }

    /// Returns the last day on which the finding is as good as now, if a date that the person gave starts a time
    /// limit.
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
            months.filter_map(move |months| Some(Deadline::after(begin?, months)?.safe))
        });
        let on = |day: Date| self.ask(self.answers, day).finding(finding.id).map(Outcome::of);
        let ends = ends.filter(|end| self.as_of <= *end);
        let last = ends.min().filter(|end| on(*end) == Some(now) && end.next().and_then(on) != Some(now))?;
        let rules_end = self.ask(self.answers, last).finding(finding.id).and_then(|one| one.rules_known_until);
        Some(Advice { finding: finding.id, action: Action::Before(last), now, then: now, rules_end })
    }

    /// Returns the answers after this number of years without other changes. With 0, returns those of the next
    /// calendar year.
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

/// Changes of the same questions with the same outcome, which is better than that of all their other changes.
struct Changed<'a> {
    alternatives: Vec<&'a Vec<(QuestionId, u16)>>,
    then: Outcome,
    rules_end: Option<Date>,
}

impl Changed<'_> {
    /// The questions whose answers change.
    fn questions(&self) -> impl Iterator<Item = QuestionId> {
        self.alternatives.first().into_iter().flat_map(|alternative| alternative.iter()).map(|(question, _)| *question)
    }

    /// Whether the other change changes all these questions too.
    fn is_part_of(&self, other: &Changed) -> bool {
        self.questions().all(|question| other.questions().any(|one| one == question))
    }

    /// Returns the values for each question if they can be combined freely; otherwise the values of the first
    /// alternative.
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

/// The best and the worst outcome for one finding, over all answers that were tried.
struct Tried {
    /// The best answers, their outcome, and the end of a rule that the outcome depends on.
    best: (AnswerSet, Outcome, Option<Date>),
    worst: Outcome,
}

impl Tried {
    /// Compares the outcomes of one finding. Returns None if no answer has this finding.
    fn of(id: FindingId, tried: &[(Answer, Vec<Assessment>)]) -> Option<Tried> {
        let mut all: Option<Tried> = None;
        // Whether the answer before this one is among the best.
        let mut running = false;
        for (answer, assessments) in tried {
            let found = assessments.iter().filter_map(|one| one.finding(id));
            // Each answer counts with the worst outcome of its assessments.
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
    /// A set of one answer. Returns None for "don't know".
    fn one(answer: Answer) -> Option<AnswerSet> {
        match answer {
            Answer::DontKnow => None,
            Answer::Choice(at) => Some(AnswerSet::Choices(ValueSet::from_iter([at]))),
            Answer::Number(number) => Some(AnswerSet::Numbers(number, number)),
            Answer::Date(day) => Some(AnswerSet::Days(day, day)),
        }
    }

    /// Adds an equally good answer. Numbers and days are added only if they directly follow the last one
    /// (`running`).
    fn add(&mut self, answer: Answer, running: bool) {
        match (self, answer) {
            (AnswerSet::Choices(values), Answer::Choice(at)) => values.insert(at),
            (AnswerSet::Numbers(_, to), Answer::Number(number)) if running => *to = number,
            (AnswerSet::Days(_, to), Answer::Date(day)) if running => *to = day,
            _ => {}
        }
    }
}
