//! The result in words: the statements for one person and their order.
//!
//! Stands between the core, which decides, and its users: the page renders the explanation and the command line prints
//! it, so both give the same statements. This module contains no markup and decides nothing about the rules.

mod advice;
mod answer;
mod ask;
mod claim;
mod criteria;
mod entry;
mod money;
mod next;
mod others;
mod plain;
mod time;
mod unknown;

use tables::{Contact, Date, QuestionId, Tables};

pub use answer::{explain_unknown_amounts, name, short};
pub use criteria::{basis, unverified, validity_period};

use crate::{
    consultation::Consultation,
    flow::Path,
    rules::{Answer, Assessment, FindingId, Goal, Truth},
    text::Text,
};

/// The complete explanation of a result.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The answer in one sentence.
    pub headline: String,
    /// The state of the whole answer, which is met only if every finding required together is met.
    pub state: Option<Truth>,
    /// What a person has to know before any amount, one line each.
    pub notes: Vec<String>,
    /// The main amount: its label and its value.
    pub figure: Option<(String, String)>,
    /// Lines below the answer: whether the person may sit the exam, the day by which to act, and what the answer
    /// depends on.
    pub below: Vec<String>,
    pub sections: Vec<Section>,
    /// Exactly known days that are still to come, for a calendar.
    pub reminders: Vec<Reminder>,
}

/// A day by which something has to be done.
#[derive(Clone, PartialEq, Debug)]
pub struct Reminder {
    /// An id of the reminder that is the same in every language.
    pub id: &'static str,
    pub day: Date,
    pub words: String,
}

/// Related blocks under a heading.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    Paragraph(String),
    /// A paragraph that is less important than those around it.
    Note(String),
    /// A paragraph that is more important than those around it.
    Highlight(String),
    Bullets(Vec<String>),
    /// Information for everybody with this goal.
    Information(Vec<String>),
    Sum(Vec<Row>),
    Timeline(Vec<Event>),
    Criteria(Vec<Item>),
    /// The documents to bring, each with its id, to be ticked.
    Papers(Vec<(&'static str, String)>),
    Advice(Vec<Hint>),
    /// A text that can be sent to an office unchanged.
    Inquiry(String),
    Contacts(&'static [Contact]),
    /// A link to the questions for another goal.
    Continue(Goal, String),
}

/// One line of the sum. Its bar is in whole yuan, which is exact enough for a drawing.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub label: &'static str,
    /// Shown beside the label in smaller type.
    pub note: String,
    pub clauses: &'static str,
    pub amount: String,
    pub kind: RowKind,
    /// The bar of the amount, or `None` if the amount is unknown.
    pub bar: Option<Bar>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    Whole,
    /// A component of a row below.
    Block,
    Total,
}

/// An amount as a bar, in whole yuan: certain from `from` to `sure`, possible up to `possible`; `whole` is the longest
/// bar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bar {
    pub from: u32,
    pub sure: u32,
    pub possible: u32,
    pub whole: u32,
}

/// A day, or an interval that contains the day, on the timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    pub from: Date,
    pub to: Date,
    pub words: String,
    pub kind: EventKind,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EventKind {
    Plain,
    /// The last day for something.
    Term,
    /// The last day of the known rules.
    End,
    /// The day whose rules are shown.
    Today,
}

/// A criterion or an entry path to the exam.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    pub clause: &'static str,
    pub title: String,
    pub badge: &'static str,
    /// The state under the assumption that the ended rules had continued.
    pub would_be: Option<String>,
    /// What the criterion requires; empty if the title states it.
    pub rule: String,
    pub reasons: Vec<String>,
    /// The source, the validity and the basis of the criterion.
    pub grounds: Vec<String>,
    pub mark: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    Met,
    NotMet,
    Open,
    /// The criterion does not count for the finding.
    NotCounted,
}

/// A piece of advice and the answers to try it with; advice about time has no answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Hint {
    pub words: String,
    pub answers: Vec<(QuestionId, Answer)>,
}

/// The data from which everything is explained.
struct Context<'a> {
    text: Text,
    tables: &'static Tables,
    path: &'a Path,
    assessment: &'a Assessment,
    /// Every question that could change the result was answered.
    complete: bool,
    /// The as-of date is today.
    is_today: bool,
}

/// Explains to a person what follows from the answers. `today`, where it is known, is only used to call that day
/// "today".
pub fn explain(text: Text, tables: &'static Tables, consultation: &Consultation, today: Option<Date>) -> Explanation {
    let Consultation { path, assessment } = consultation;
    let is_today = today == Some(assessment.as_of);
    let context = Context { text, tables, path, assessment, complete: consultation.is_complete(), is_today };
    let mut sections = Vec::new();
    if let Some(subsidy) = context.assessment.finding(FindingId::Subsidy) {
        sections.extend(criteria::refused(&context, subsidy));
        sections.extend(ask::ended(&context, subsidy));
        // Without a fee the sum would show only the subsidy, which is nothing by the last known rules.
        if context.is_forecast() || !subsidy.is_refused_by_ended_rules() {
            sections.extend(money::section(&context, subsidy));
        }
    }
    sections.extend(next::section(&context));
    sections.extend(time::section(&context));
    sections.extend(claim::section(&context));
    let advice = if context.complete { advice::all(&context) } else { Vec::new() };
    if context.complete {
        sections.extend(advice::section(&context, &advice));
    }
    sections.extend(others::sections(&context));
    sections.push(others::information(&context));
    sections.push(ask::section(&context));
    let lead = answer::lead(assessment);
    Explanation {
        headline: lead.as_ref().map(|lead| answer::headline(&context, lead)).unwrap_or_default(),
        state: lead.as_ref().map(answer::Lead::state),
        notes: lead.as_ref().map(|lead| answer::notes_before_amount(&context, lead)).unwrap_or_default(),
        figure: answer::figure(text, assessment),
        below: lead.as_ref().map(|lead| answer::lines_below_answer(&context, lead, &advice)).unwrap_or_default(),
        sections,
        reminders: time::reminders(&context),
    }
}

impl Context<'_> {
    fn finding(&self, id: FindingId) -> Option<&crate::rules::Finding> {
        self.assessment.finding(id)
    }

    fn is_forecast(&self) -> bool {
        self.assessment.goal == Goal::Enrol
    }
}

impl Section {
    fn new(heading: impl Into<String>, blocks: Vec<Block>) -> Section {
        Section { heading: heading.into(), blocks }
    }
}
