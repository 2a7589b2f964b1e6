//! The claim: until when, where, with which papers, and on which conditions a forecast stands.

use tables::{Date, PlaceId};

use super::{Part, Section, Told, answer};
use crate::rules::{FindingId, Truth};

/// The last day on which a claim is safe: within its term, and while the rules are known.
pub fn last_good_day(told: &Told) -> Option<Date> {
    let safe = told.finding(FindingId::Subsidy)?.deadline?.safe;
    let end = told.tables.subsidies.last().and_then(|regulation| regulation.validity.to);
    Some(end.filter(|end| told.assessment.as_of <= *end).map_or(safe, |end| end.min(safe)))
}

/// Until when and where to claim, with which papers.
pub fn section(told: &Told) -> Option<Section> {
    let text = told.text;
    let subsidy = told.finding(FindingId::Subsidy)?;
    if subsidy.state == Truth::NotMet {
        return None;
    }
    // Who would get nothing by the rules we know is not told how to get it, only whether the term is over.
    if answer::refused_by_old_rules(subsidy) {
        let deadline = subsidy.deadline.filter(|deadline| deadline.last < told.assessment.as_of)?;
        let words = text.result_deadline_over(&text.date(deadline.last));
        return Some(Section::new(text.result_claim(), vec![Part::Marked(words)]));
    }
    let mut parts = Vec::new();
    if let Some(deadline) = subsidy.deadline {
        let (safe, last) = (text.date(deadline.safe), text.date(deadline.last));
        let over = deadline.last < told.assessment.as_of;
        parts.push(Part::Marked(if over {
            text.result_deadline_over(&last)
        } else {
            text.result_deadline(&safe, &last)
        }));
        // The rules may end before the term does.
        let end = told.tables.subsidies.last().and_then(|regulation| regulation.validity.to);
        if let Some(end) = end.filter(|end| told.assessment.as_of <= *end && *end < deadline.safe) {
            parts.push(Part::Words(text.result_sooner(&text.date(end))));
        }
    }
    let name = |place: &PlaceId| match place {
        PlaceId::Zhuhai => text.result_place_zhuhai(),
        PlaceId::OtherGuangdong => text.result_place_other_guangdong(),
    };
    let names: Vec<_> = subsidy.claim_at.iter().map(name).collect();
    if !names.is_empty() {
        let any = if 1 < names.len() { text.result_claim_any() } else { "" };
        parts.push(Part::Words(text.sentences(&text.result_claim_at(&text.list(&names)), any)));
    }
    if subsidy.claim_at.contains(&PlaceId::OtherGuangdong) {
        parts.push(Part::Aside(text.result_elsewhere().to_owned()));
    }
    if told.is_forecast() {
        parts.push(Part::Words(text.result_provided_text().to_owned()));
    }
    let papers = told.tables.subsidies.last().map_or(&[][..], |regulation| regulation.papers);
    if !papers.is_empty() {
        parts.push(Part::Words(text.result_papers().to_owned()));
        parts.push(Part::Papers(papers.iter().map(|paper| (paper.id, text.get(paper.wording).to_owned())).collect()));
    }
    Some(Section::new(text.result_claim(), parts))
}
