//! What would make a finding better: another answer, an answer to what is open, or time.
//!
//! Found by asking the core again, never by cases written by hand: so it can't say anything that the core would not.
//! Only what a person can change, find out or wait for; which answers can be changed is said in the tables.

use tables::{Date, Kind, Question, QuestionId, Tables};

use super::{
    answers::{Answer, Answers},
    assessment::{Assessment, Finding, FindingId, assess},
    money::Range,
    truth::{Cause, Truth},
};

/// The findings that people can do something about; the others follow from them.
const FINDINGS: [FindingId; 2] = [FindingId::MaySit, FindingId::Subsidy];

/// The longest wait that is looked into, in years.
const YEARS: u16 = 5;

/// One thing that would make a finding better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Advice {
    pub finding: FindingId,
    pub step: Step,
    pub now: Outcome,
    pub then: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// This answer in place of the one that was given.
    Change(QuestionId, Answer),
    /// Find out about an open question; this is the best answer to it. `now` is what the worst one gives.
    FindOut(QuestionId, Answer),
    /// So many years, in which age and years of work grow.
    Wait(u16),
    /// Not later than this day.
    Before(Date),
}

/// As much of a finding as can get better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub state: Truth,
    pub amount: Option<Range>,
}

impl Outcome {
    fn of(finding: &Finding) -> Outcome {
        Outcome { state: finding.state, amount: finding.yuan() }
    }

    /// First what is surer, then what pays more.
    fn is_better_than(self, other: Outcome) -> bool {
        let rank = |state| match state {
            Truth::NotMet => 0,
            Truth::Unknown(_) => 1,
            Truth::Met => 2,
        };
        let pays = |outcome: Outcome| outcome.amount.map(|range| (range.min, range.max));
        (rank(other.state), pays(other)) < (rank(self.state), pays(self))
    }
}

/// All that would make things better for somebody with these answers, in the order of findings and questions.
pub fn advice(tables: &'static Tables, answers: &Answers, as_of: Date) -> Vec<Advice> {
    let ask = |answers: &Answers, as_of| assess(tables, answers, as_of);
    let now = ask(answers, as_of);
    let mut all = Vec::new();
    for finding in FINDINGS.into_iter().filter_map(|id| now.finding(id)) {
        for question in tables.questions {
            all.extend(by_answer(question, answers, finding, &|changed| ask(changed, as_of)));
        }
        all.extend(by_waiting(answers, as_of, finding, &ask));
        if let (Truth::Met, Some(deadline)) = (finding.state, finding.deadline) {
            let now = Outcome::of(finding);
            all.push(Advice { finding: finding.id, step: Step::Before(deadline.safe), now, then: now });
        }
    }
    all
}

/// What the best answer to a question would give: another one where it can be changed, any where it is open.
fn by_answer(
    question: &Question,
    answers: &Answers,
    finding: &Finding,
    ask: &dyn Fn(&Answers) -> Assessment,
) -> Option<Advice> {
    let said = answers.get(question.id);
    let open = matches!(said, None | Some(Answer::DontKnow));
    // What somebody wants is no fact to find out.
    let wish = matches!(question.id, QuestionId::Goal | QuestionId::TargetLevel);
    if wish || !(open || question.changeable) {
        return None;
    }
    let Kind::Choice(values) = question.kind else { return None };
    let mut best: Option<(Answer, Outcome)> = None;
    let mut worst: Option<Outcome> = None;
    for at in 0..u8::try_from(values.len()).unwrap_or(u8::MAX) {
        let mut changed = *answers;
        changed.set(question.id, Some(Answer::Choice(at)));
        let Some(then) = ask(&changed).finding(finding.id).map(Outcome::of) else { continue };
        if best.is_none_or(|(_, best)| then.is_better_than(best)) {
            best = Some((Answer::Choice(at), then));
        }
        if worst.is_none_or(|worst| worst.is_better_than(then)) {
            worst = Some(then);
        }
    }
    let (answer, then) = best?;
    let (step, now) = match open {
        true => (Step::FindOut(question.id, answer), worst?),
        false => (Step::Change(question.id, answer), Outcome::of(finding)),
    };
    then.is_better_than(now).then_some(Advice { finding: finding.id, step, now, then })
}

/// The first year in which waiting makes it better.
fn by_waiting(
    answers: &Answers,
    as_of: Date,
    finding: &Finding,
    ask: &dyn Fn(&Answers, Date) -> Assessment,
) -> Option<Advice> {
    let now = Outcome::of(finding);
    (1..=YEARS).find_map(|years| {
        let later = as_of.after_months(u32::from(years) * 12)?;
        let then = ask(&older(answers, years), later).finding(finding.id).map(Outcome::of)?;
        // Where the rules have ended by then, nothing is known to get better.
        if then.state.cause() == Some(Cause::NoRulesForDate) {
            return None;
        }
        let step = Step::Wait(years);
        then.is_better_than(now).then_some(Advice { finding: finding.id, step, now, then })
    })
}

/// The same person years later, still at work.
fn older(answers: &Answers, years: u16) -> Answers {
    use QuestionId::{Age, YearsWorked, YearsWorkedSinceCertificate, YearsWorkedSinceTitle};
    let mut older = *answers;
    for counted in [Age, YearsWorked, YearsWorkedSinceCertificate, YearsWorkedSinceTitle] {
        if let Some(Answer::Number(number)) = answers.get(counted) {
            older.set(counted, Some(Answer::Number(number.saturating_add(years))));
        }
    }
    older
}
