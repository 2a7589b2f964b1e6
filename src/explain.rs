//! The result in words: what is said to one person, in which order.
//!
//! Between the core, which decides, and whoever shows it: the page draws what stands here, the command line prints it, so
//! that both say the same. Knows no markup and decides nothing about the rules.

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

pub use answer::{name, note, short};
pub use criteria::{basis, heard, held};

use crate::{
    consultation::Consultation,
    flow::Path,
    rules::{Answer, Assessment, FindingId, Goal, Truth},
    text::Text,
};

/// Everything that is told.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The answer in one sentence.
    pub headline: String,
    /// The state of the whole answer: met only where everything is that has to be met together.
    pub state: Option<Truth>,
    /// What has to be known before any amount, a line for each.
    pub notes: Vec<String>,
    /// The answer in one figure: what it is, and how much.
    pub figure: Option<(String, String)>,
    /// Whether the exam is open to one, by which day to act, what the answer hangs on: a line for each.
    pub below: Vec<String>,
    pub sections: Vec<Section>,
    /// Days that are known to the day and still to come, for a calendar.
    pub reminders: Vec<Reminder>,
}

/// A day on which something is to have been done.
#[derive(Clone, PartialEq, Debug)]
pub struct Reminder {
    /// The same for the same thing, in every language.
    pub id: &'static str,
    pub day: Date,
    pub words: String,
}

/// What belongs together, under a heading.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    Paragraph(String),
    /// Less important than what stands around it.
    Note(String),
    /// More important than what stands around it.
    Highlight(String),
    Bullets(Vec<String>),
    /// What everybody with this goal is told.
    Information(Vec<String>),
    Sum(Vec<Row>),
    Timeline(Vec<Event>),
    Criteria(Vec<Item>),
    /// What to bring: each with its id, to be ticked.
    Papers(Vec<(&'static str, String)>),
    Advice(Vec<Hint>),
    /// Something to send to an office as it is.
    Inquiry(String),
    Contacts(&'static [Contact]),
    /// A way into the questions about something else.
    Continue(Goal, String),
}

/// One line of the sum. Amounts in yuan, whole enough to draw.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub label: &'static str,
    /// Beside the label, smaller.
    pub note: String,
    pub clauses: &'static str,
    pub amount: String,
    pub kind: RowKind,
    /// None: the amount isn't known.
    pub bar: Option<Bar>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    Whole,
    /// A part of a row below.
    Block,
    Total,
}

/// An amount as a bar: sure from the first to the second, possible up to the third; the fourth is the longest there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bar {
    pub from: u32,
    pub sure: u32,
    pub possible: u32,
    pub whole: u32,
}

/// A day, or some day of several, on the time line.
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
    /// Something can be done until then.
    Term,
    /// The rules we know end.
    End,
    /// The day whose rules are shown.
    Today,
}

/// A criterion, or a way to the exam.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    pub clause: &'static str,
    pub title: String,
    pub badge: &'static str,
    /// What it would be if the rules that have ended went on.
    pub would_be: Option<String>,
    /// What it asks for; empty where the title says it.
    pub rule: String,
    pub reasons: Vec<String>,
    /// Where it stands, since when, and how sure we are.
    pub grounds: Vec<String>,
    pub mark: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    Met,
    NotMet,
    Open,
    /// It doesn't count for the finding.
    NotCounted,
}

/// A piece of advice, and the answers to try it with; none where it is about time.
#[derive(Clone, PartialEq, Debug)]
pub struct Hint {
    pub words: String,
    pub answers: Vec<(QuestionId, Answer)>,
}

/// What everything is explained from.
struct Context<'a> {
    text: Text,
    tables: &'static Tables,
    path: &'a Path,
    assessment: &'a Assessment,
    /// Everything that could change the result was asked.
    complete: bool,
    /// The day whose rules are used is this day.
    is_today: bool,
}

/// Explains to a person what follows from the answers. `today`, where the device knows it, is only for calling that day so.
pub fn explain(text: Text, tables: &'static Tables, consultation: &Consultation, today: Option<Date>) -> Explanation {
    let Consultation { path, assessment } = consultation;
    let is_today = today == Some(assessment.as_of);
    let context = Context { text, tables, path, assessment, complete: consultation.is_complete(), is_today };
    let mut sections = Vec::new();
    if let Some(subsidy) = context.assessment.finding(FindingId::Subsidy) {
        sections.extend(criteria::refused(&context, subsidy));
        sections.extend(ask::ended(&context, subsidy));
        // Without a fee the sum says what is paid: nothing, by all that is known.
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
        notes: lead.as_ref().map(|lead| answer::notes(&context, lead)).unwrap_or_default(),
        figure: answer::figure(text, assessment),
        below: lead.as_ref().map(|lead| answer::below(&context, lead, &advice)).unwrap_or_default(),
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
