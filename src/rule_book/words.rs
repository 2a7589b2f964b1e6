//! The words of a clause: its sentence, its figures, its source and its validity.
//!
//! This module words the tables and decides nothing; the parent module lists the clauses.

use std::borrow::Cow;

use super::{Clause, Facts, Rule, SectionId, clauses};
use crate::{
    explain::{self, basis},
    rules::{
        Assessment, CatalogueRow, Contact, Course, Date, DecidedBy, Exam, Level, Msg, OccupationAt, Range, Regulation,
        Share, ShortageList, Source, Tables, UpliftShare, Validity, Wording, Yuan,
    },
    text::Text,
};

/// Returns the title of a clause.
pub fn title(text: Text, clause: &Clause) -> Cow<'static, str> {
    if let Facts::Shortage(city, _) = clause.facts {
        return text.rule_book_shortage(text.get(city.name)).into();
    }
    let title = match (clause.title, clause.id) {
        (Some(title), _) => text.get(title),
        (None, "C3") => text.rule_book_c3(),
        (None, "C5") => text.rule_book_c5(),
        (None, "C7") => text.rule_book_c7(),
        (None, "C8") => text.rule_book_c8(),
        (None, "X4") => text.rule_book_x4(),
        (None, "S12") => text.rule_book_s12(),
        (None, "S13") => text.rule_book_s13(),
        (None, _) => "",
    };
    title.into()
}

/// Returns the sentence of a clause.
pub fn rule(text: Text, clause: &Clause) -> String {
    match (&clause.rule, clause.id) {
        (Rule::Worded(wording), _) => text.get(wording.rule).to_owned(),
        (Rule::Told(message), _) => text.get(*message).to_owned(),
        // The same sentence is shown with every sum.
        (Rule::Own, "S13") => text.result_estimate().to_owned(),
        (Rule::Own, _) => match clause.facts {
            Facts::Shortage(city, list) => {
                let count = list.occupations.len().to_string();
                let rule = match city.decided_by {
                    DecidedBy::Certificate => text.rule_book_shortage_rule(&count),
                    DecidedBy::Claim => text.rule_book_shortage_rule_at_claim(&count),
                };
                text.sentences(if list.complete { "" } else { text.rule_book_shortage_part() }, &rule)
            }
            _ => String::new(),
        },
    }
}

/// Returns the facts that the tables hold in addition to the sentence.
pub fn facts(text: Text, tables: &Tables, facts: &Facts) -> String {
    match *facts {
        Facts::Fees(course) => {
            let [training, exam, all] = both(text, course.training_fee, course.exam_fee);
            text.rule_book_fees(&training, &exam, &all)
        }
        Facts::MemberFee(course) => {
            let [.., full] = both(text, course.training_fee, course.exam_fee);
            text.rule_book_member_fee(&yuan(text, course.member_fee), &full)
        }
        Facts::Days(course) => days(text, course).unwrap_or_default(),
        Facts::Contacts(course) => {
            let each = course.contacts.iter().map(|one| contact(text, one));
            let of = text.result_contacts_of(&text.date(course.validity.from));
            each.chain([of]).fold(String::new(), |all, one| text.sentences(&all, &one))
        }
        Facts::SubjectFees(exam) => {
            subject_fees(text, exam).iter().fold(String::new(), |all, one| text.sentences(&all, one))
        }
        Facts::Uplift(regulation) => uplift(text, tables, regulation),
        Facts::None | Facts::Amounts(_) | Facts::Shortage(..) => String::new(),
    }
}

fn contact(text: Text, contact: &Contact) -> String {
    let phone = text.with_note(contact.phone, text.also_on(contact));
    text.rule_book_contact(text.get(contact.office), text.get(contact.person), &phone)
}

/// Explains how the days of a class are to be understood.
fn days(text: Text, course: &Course) -> Option<String> {
    let (to, end) = (course.starts.to?, course.validity.to?);
    Some(text.rule_book_days(&text.date(course.starts.from), &text.date(to), &text.date(end)))
}

/// Returns who fixes the uplift, what each city's last list of that time says, and an example by the first one.
fn uplift(text: Text, tables: &Tables, regulation: &Regulation) -> String {
    let lists = tables
        .cities
        .iter()
        .filter_map(|city| city.lists.iter().rfind(|list| list.validity.overlaps(regulation.validity)));
    let lists: Vec<_> = lists.collect();
    let by_city = match regulation.uplift_share {
        UpliftShare::Fixed(share) => vec![text.rule_book_uplift_fixed(&share.percent())],
        UpliftShare::UpTo(most) => {
            let each = lists.iter().map(|list| text.get(list.rule).to_owned());
            each.chain([text.rule_book_uplift_most(&most.percent())]).collect()
        }
    };
    let example = lists.first().and_then(|list| example(text, tables, list, regulation.uplift_by(list)?));
    by_city.into_iter().chain(example).fold(String::new(), |all, one| text.sentences(&all, &one))
}

/// Returns an example with the class's own occupation and level and the uplift of a list of that time.
fn example(text: Text, tables: &Tables, list: &ShortageList, uplift: Share) -> Option<String> {
    let course = tables.courses.iter().rfind(|course| course.validity.overlaps(list.validity))?;
    let occupation = tables.occupations.get(usize::from(course.occupation))?;
    let rows = tables.catalogues.iter().rfind(|one| one.validity.overlaps(course.validity))?.rows;
    let row = rows.iter().find(|row| row.occupation == course.occupation)?;
    let base = *course.level.of(&row.amounts);
    let added = Yuan(Range::exactly(base.0).share(uplift.0).max);
    let [base, more, all] = both(text, base, added);
    Some(text.rule_book_example(text.get(occupation.name), text.level(course.level), &base, &more, &all))
}

/// The subjects of an exam with their fees.
type Fees = Vec<(Msg, Yuan)>;

/// Returns what a resit of each subject costs: a sentence for the levels with the same fees, by the last known ones.
fn subject_fees(text: Text, exam: &Exam) -> Vec<String> {
    let mut all: Vec<(Vec<Level>, Fees)> = Vec::new();
    for level in Level::ALL {
        let subjects = exam.subjects.iter().filter(|subject| subject.levels.contains(level));
        let fees = subjects.map(|subject| {
            let fee = subject.fees.iter().rfind(|fee| fee.levels.contains(level))?;
            Some((subject.name, fee.amount))
        });
        let Some(fees) = fees.collect::<Option<Fees>>().filter(|fees| !fees.is_empty()) else { continue };
        match all.iter_mut().find(|(_, same)| *same == fees) {
            Some((levels, _)) => levels.push(*level),
            None => all.push((vec![*level], fees)),
        }
    }
    let sentence = |(levels, fees): (Vec<Level>, Fees)| {
        let sum = fees.iter().fold(Range::ZERO, |sum, (_, fee)| sum.plus(Range::exactly(fee.0)));
        let each = fees.iter().map(|(name, fee)| text.rule_book_subject_fee(text.get(*name), &yuan(text, *fee)));
        let levels = text.list(levels.into_iter().map(|level| text.level(level)));
        text.rule_book_subject_fees(&levels, &text.list(each), &text.yuan(sum))
    };
    all.into_iter().map(sentence).collect()
}

/// Returns everything about a clause, as lines.
pub fn clause(text: Text, tables: &Tables, clause: &Clause, as_of: Date) -> Vec<String> {
    let name = title(text, clause);
    let title = if clause.is_clause() { format!("{} {name}", clause.id) } else { name.into_owned() };
    let standing = standing(text, clause, as_of);
    let words = [rule(text, clause), facts(text, tables, &clause.facts), standing, unverified(text, clause)];
    let rows = rows(text, tables, &clause.facts).into_iter().map(|row| format!("· {row}"));
    let paths = clause.paths.iter().map(|path| format!("{} {}", path.id, text.get(path.wording.rule)));
    let below = words.into_iter().filter(|words| !words.is_empty()).chain(rows).chain(paths);
    [title].into_iter().chain(below.map(|words| format!("    {words}"))).collect()
}

/// Returns the rows of the clause's table: occupations with their amounts, or the occupations of a list.
fn rows(text: Text, tables: &Tables, facts: &Facts) -> Vec<String> {
    let name = |at: &OccupationAt| tables.occupations.get(usize::from(*at)).map_or("", |one| text.get(one.name));
    let amounts = |row: &CatalogueRow| {
        let each = Level::ALL.iter().zip(row.amounts);
        text.list(each.map(|(level, amount)| format!("{} {}", text.level(*level), yuan(text, amount))))
    };
    match facts {
        Facts::Amounts(catalogue) => {
            catalogue.rows.iter().map(|row| text.with_note(name(&row.occupation), &amounts(row))).collect()
        }
        Facts::Shortage(_, list) => list.occupations.iter().map(|at| name(at).to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Returns a document with the day it was issued, and where it is found.
pub fn source(text: Text, source: &Source) -> String {
    text.with_note(&text.document(source), &source_standing(text, source))
}

/// Returns when a document was issued, where in it the rules stand, and its address on the web, as far as known.
pub fn source_standing(text: Text, source: &Source) -> String {
    let issued = source.issued.map(|day| text.rule_book_issued(&text.date(day)));
    let pages = source.pages.map(|pages| text.rule_book_pages(pages));
    text.list([issued, pages, source.url.map(str::to_owned)].into_iter().flatten())
}

/// Returns the unverified information about a clause, or an empty string.
pub fn unverified(text: Text, clause: &Clause) -> String {
    match clause.rule {
        Rule::Worded(Wording { heard: Some(message), .. }) => explain::unverified(text, text.get(*message)),
        _ => String::new(),
    }
}

/// Returns the source, the validity and the basis of a clause.
pub fn standing(text: Text, clause: &Clause, as_of: Date) -> String {
    let held = match clause.validity {
        None => text.rule_book_no_days().to_owned(),
        Some(held) => validity(text, held, as_of),
    };
    text.rule_book_standing(&text.document(clause.source), &held, basis(text, clause.basis))
}

fn validity(text: Text, held: Validity, as_of: Date) -> String {
    let words = explain::validity_period(text, held);
    if held.to.is_some_and(|to| to < as_of) {
        text.rule_book_ended(&words)
    } else if as_of < held.from {
        text.rule_book_not_begun(&words)
    } else {
        words
    }
}

/// Returns the title of a section.
pub fn section(text: Text, section: SectionId) -> &'static str {
    match section {
        SectionId::Course => text.rule_book_course(),
        SectionId::Entry => text.rule_book_entry(),
        SectionId::Exam => text.rule_book_exam(),
        SectionId::Subsidy => text.rule_book_subsidy(),
        SectionId::Amounts => text.rule_book_amounts(),
        SectionId::Recognition => text.rule_book_recognition(),
        SectionId::Open => text.rule_book_open(),
        SectionId::Sources => text.rule_book_sources(),
    }
}

/// Returns what a reader has to know about a section.
pub fn intro(text: Text, tables: &Tables, section: SectionId) -> String {
    match section {
        SectionId::Entry => text.rule_book_entry_intro(&text.document(tables.entry.source)),
        SectionId::Subsidy => text.rule_book_subsidy_intro().to_owned(),
        SectionId::Amounts => text.rule_book_amounts_intro().to_owned(),
        SectionId::Open => text.rule_book_open_intro().to_owned(),
        SectionId::Course | SectionId::Exam | SectionId::Recognition | SectionId::Sources => String::new(),
    }
}

/// Returns what is not known or not verified, each with the clause it concerns.
pub fn open(text: Text, tables: &'static Tables, assessment: &Assessment) -> Vec<(&'static str, String)> {
    let end = assessment.regulations_end;
    let begun = tables.catalogues.iter().map(|catalogue| catalogue.validity.from).min();
    let call = tables.craftsmen.iter().filter_map(|call| call.validity.to).max();
    let unknown = tables.unknown.iter();
    let mut all: Vec<(&str, String)> = unknown.map(|one| (one.clause, text.get(one.wording).to_owned())).collect();
    all.extend(end.map(|day| ("S1", text.rule_book_open_successor(&text.date(day)))));
    let heard = tables.subsidies.iter().rev().find_map(|regulation| regulation.successor).filter(|_| end.is_some());
    all.extend(heard.map(|heard| ("S1", explain::unverified(text, text.get(heard)))));
    all.extend(begun.map(|day| ("S10", text.rule_book_open_begun(&text.date(day)))));
    all.extend(call.map(|day| ("R3", text.rule_book_open_call(&text.date(day)))));
    for clause in SectionId::ALL.iter().flat_map(|section| clauses(tables, assessment.course, *section)) {
        let heard = (clause.id, unverified(text, &clause));
        // A clause that appears in several blocks is reported once.
        if !heard.1.is_empty() && !all.contains(&heard) {
            all.push(heard);
        }
    }
    all
}

/// Returns an amount of the tables in yuan.
pub fn yuan(text: Text, amount: Yuan) -> String {
    text.yuan(Range::exactly(amount.0))
}

/// Returns two amounts and their sum.
fn both(text: Text, one: Yuan, other: Yuan) -> [String; 3] {
    let sum = Range::exactly(one.0).plus(Range::exactly(other.0));
    [yuan(text, one), yuan(text, other), text.yuan(sum)]
}
