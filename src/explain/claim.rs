//! The claim: until when, where, with which documents, and under which conditions a forecast holds.

use tables::Date;

use super::{Block, Context, Section, criteria};
use crate::{
    rules::{Assessment, Deadline, Finding, FindingId, NoAmount, Truth},
    text::Text,
};

/// Returns the last day on which a claim is safe: within its term, and while the rules are known to hold.
pub fn last_good_day(context: &Context) -> Option<Date> {
    let safe = context.finding(FindingId::Subsidy)?.deadline?.safe;
    let end = context.assessment.regulations_end;
    Some(end.filter(|end| context.assessment.as_of <= *end).map_or(safe, |end| end.min(safe)))
}

/// The term of the claim, or the term by the last known rules.
#[derive(Clone, Copy)]
pub struct Term {
    pub safe: Date,
    pub last: Date,
    /// The end of the rules on which the term is based, if they have ended or will end before the term does. The term
    /// is then not reliable and is never shown without it.
    rules_end: Option<Date>,
}

/// Returns the term that follows from the answers, or `None` without a certificate date.
pub fn deadline(assessment: &Assessment) -> Option<Term> {
    let subsidy = assessment.finding(FindingId::Subsidy)?;
    let by_old_rules = || subsidy.indicative.as_ref().and_then(|then| then.deadline);
    let Deadline { safe, last } = subsidy.deadline.or_else(by_old_rules)?;
    let end = assessment.regulations_end;
    Some(Term { safe, last, rules_end: end.filter(|end| subsidy.deadline.is_none() || *end < safe) })
}

impl Term {
    /// Adds the end of the rules to words about one of the term's days, if the rules may no longer hold by then.
    pub fn words(self, text: Text, words: &str) -> String {
        self.rules_end.map_or_else(|| words.to_owned(), |end| text.result_by_old_rules(&text.date(end), words))
    }
}

/// Returns the section about until when and where to claim, and with which documents.
pub fn section(context: &Context) -> Option<Section> {
    let text = context.text;
    let subsidy = context.finding(FindingId::Subsidy)?;
    if subsidy.state == Truth::NotMet {
        return None;
    }
    // A person who would get nothing by the last known rules is told only that the term has ended, not how to claim.
    if subsidy.is_refused_by_ended_rules() {
        let term = deadline(context.assessment).filter(|term| term.last < context.assessment.as_of)?;
        let words = term.words(text, &text.result_deadline_over(&text.date(term.last)));
        return Some(Section::new(text.result_claim(), vec![Block::Highlight(words)]));
    }
    let mut blocks = Vec::new();
    if let Some(term) = deadline(context.assessment) {
        let (safe, last) = (text.date(term.safe), text.date(term.last));
        let over = term.last < context.assessment.as_of;
        let words = if over { text.result_deadline_over(&last) } else { text.result_deadline(&safe, &last) };
        blocks.push(Block::Highlight(term.words(text, &words)));
        // The rules may end before the term does.
        let end = context.assessment.regulations_end;
        if let Some(end) = end.filter(|end| context.assessment.as_of <= *end && *end < term.safe) {
            blocks.push(Block::Paragraph(text.result_sooner(&text.date(end))));
        }
    }
    let names: Vec<_> = subsidy.claim_at.iter().map(|place| text.get(place.name)).collect();
    if !names.is_empty() {
        let names_of_places = text.list(&names);
        let amounts_of = text.list(context.tables.cities.iter().map(|city| text.get(city.name)));
        blocks.push(Block::Paragraph(if subsidy.no_amount.contains(&NoAmount::NoRegulation) {
            text.result_ask_at(&names_of_places)
        } else {
            let any = if 1 < names.len() { text.result_claim_any(&amounts_of) } else { String::new() };
            text.sentences(&text.result_claim_at(&names_of_places), &any)
        }));
    }
    blocks.extend(
        subsidy.claim_at.iter().filter_map(|place| place.note).map(|note| Block::Note(text.get(note).to_owned())),
    );
    if context.is_forecast() {
        blocks.push(Block::Paragraph(provided(text, subsidy)));
    }
    // Unverified information may still decide which of two subsidies to claim first.
    let heard = subsidy.criteria.iter().filter(|one| one.decides).filter_map(|one| one.criterion.wording.heard);
    blocks.extend(heard.map(|message| Block::Note(criteria::unverified(text, text.get(message)))));
    let papers = subsidy.regulation.map_or(&[][..], |regulation| regulation.papers);
    if !papers.is_empty() {
        blocks.push(Block::Paragraph(text.result_papers().to_owned()));
        blocks.push(Block::Papers(papers.iter().map(|paper| (paper.id, text.get(paper.wording).to_owned())).collect()));
    }
    Some(Section::new(text.result_claim(), blocks))
}

/// Says under which conditions a forecast holds: those that it assumes, each with its clause.
fn provided(text: Text, subsidy: &Finding) -> String {
    let criteria = subsidy.regulation.map_or(&[][..], |regulation| regulation.criteria).iter();
    let assumed: Vec<_> = criteria.filter_map(|one| Some((one.id, text.get(one.wording.assumed?)))).collect();
    let all = assumed.iter().map(|(_, words)| (*words).to_owned());
    let all = all.reduce(|all, one| text.result_provided_join(&all, &one)).unwrap_or_default();
    text.result_provided_text(&all, &text.list(assumed.iter().map(|(id, _)| id)))
}
