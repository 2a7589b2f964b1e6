//! The timeline: past days, last days and the end of the rules, in order of time.

use tables::QuestionId;

use super::{Block, Context, Event, EventKind, Reminder, Section, claim};
use crate::rules::{Answer, Date, FindingId, Goal, Phase, Truth};

/// Returns the section with the days that matter, in order of time.
pub fn section(context: &Context) -> Option<Section> {
    let (text, assessment) = (context.text, context.assessment);
    let mut all = Vec::new();
    let mut on = |from: Date, to: Date, words: &str, kind| {
        let at = all.partition_point(|event: &Event| (event.from, event.kind) <= (from, kind));
        all.insert(at, Event { from, to, words: words.to_owned(), kind });
    };
    match assessment.goal {
        Goal::Enrol => {
            // Only for people to whom this class still matters.
            context.finding(FindingId::CourseDates)?;
            let course = assessment.course?;
            let days = course.starts;
            on(
                days.from,
                days.to.unwrap_or(days.from),
                &text.time_starts(text.get(course.starts_words)),
                EventKind::Plain,
            );
            if let Some(end) = course.validity.to {
                on(end, end, &text.time_exam(text.get(course.exam_words)), EventKind::Plain);
            }
            // A past class can't be joined, so nobody will claim with its certificate.
            if assessment.phase != Phase::Past {
                let claims = course.claims;
                on(claims.from, claims.to.unwrap_or(claims.from), text.time_claims(), EventKind::Plain);
            }
        }
        Goal::Exam => {
            let Some(Answer::Date(passed)) = context.path.used.get(QuestionId::PASSED_ON) else { return None };
            let resit = context.finding(FindingId::Resit)?;
            let term = resit.resit.as_ref()?.term?;
            on(passed, passed, text.time_passed(), EventKind::Plain);
            // People who may not resit have no last day for it.
            if resit.state != Truth::NotMet {
                on(term.safe, term.safe, text.time_resit(), EventKind::Term);
            }
            on(term.last, term.last, text.time_last(), EventKind::Plain);
        }
        Goal::Claim => {
            let Some(Answer::Date(issued)) = context.path.used.get(QuestionId::CERTIFICATE_DATE) else { return None };
            let term = claim::deadline(assessment)?;
            on(issued, issued, text.time_issued(), EventKind::Plain);
            on(term.safe, term.safe, &term.words(text, text.time_safe()), EventKind::Term);
            on(term.last, term.last, &term.words(text, text.time_last()), EventKind::Plain);
        }
    }
    if assessment.goal != Goal::Exam
        && let Some(end) = assessment.regulations_end
    {
        on(end, end, text.time_end(), EventKind::End);
    }
    let today = if context.is_today { text.time_today() } else { text.time_as_of() };
    on(assessment.as_of, assessment.as_of, today, EventKind::Today);
    Some(Section::new(text.time_title(), vec![Block::Timeline(all)]))
}

/// Returns the days still to come: the last safe day of a claim, the end of the rules if that is sooner, and the last
/// safe day of a resit.
pub fn reminders(context: &Context) -> Vec<Reminder> {
    let (text, as_of) = (context.text, context.assessment.as_of);
    let mut all = Vec::new();
    let mut on = |id, day: Date, words: String| {
        if as_of <= day {
            all.push(Reminder { id, day, words });
        }
    };
    let subsidy = context.finding(FindingId::Subsidy).filter(|subsidy| subsidy.state != Truth::NotMet);
    let subsidy = subsidy.filter(|subsidy| !subsidy.is_refused_by_ended_rules());
    if subsidy.is_some()
        && context.assessment.goal == Goal::Claim
        && let Some(term) = claim::deadline(context.assessment)
    {
        let sooner = claim::last_good_day(context).filter(|day| *day < term.safe);
        if let Some(end) = sooner {
            on("rules-end", end, text.carry_day_rules_end().to_owned());
        }
        on("claim", term.safe, term.words(text, text.carry_day_claim()));
    }
    let resit = context.finding(FindingId::Resit).filter(|resit| resit.state != Truth::NotMet);
    if let Some(term) = resit.and_then(|resit| resit.resit.as_ref()?.term) {
        on("resit", term.safe, text.carry_day_resit().to_owned());
    }
    all
}

impl Event {
    /// Returns the day, or the first and the last day of the interval.
    pub fn when(&self, text: crate::text::Text) -> String {
        if self.from == self.to {
            text.date(self.from)
        } else {
            text.advice_between(&text.date(self.from), &text.date(self.to))
        }
    }
}
