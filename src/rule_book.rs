//! The rule book: all tables in readable form, with source, validity and basis.
//!
//! This module lists the clauses and `words` puts each into words; the page renders the list, and the command line
//! prints it. It contains no rule of its own: it refers to the tables that decide, so it can't differ from them. The
//! newest blocks come first.

pub mod words;

use crate::{
    rules::{
        Assessment, Basis, Catalogue, City, Course, Criterion, Date, EntryLevel, Exam, Level, Msg, Regulation,
        ShortageList, Source, Tables, Validity, Wording,
    },
    text::Text,
};

tables::ids! {
    /// A section of the rule book, in order.
    SectionId {
        Course = "course",
        Entry = "entry",
        Exam = "exam",
        Subsidy = "subsidy",
        Amounts = "amounts",
        Recognition = "recognition",
        Open = "open",
        Sources = "sources",
    }
}

/// The id of the shortage list in an address; rows of the list without a code have ids that begin with it.
pub const LIST: &str = "shortage";

/// An entry with its source, validity and basis.
pub struct Clause {
    /// A clause number such as `S2.1`, or, for an entry that is no clause, a word that is only used in addresses.
    pub id: &'static str,
    /// The title, or `None` if `words` has one for the id.
    pub title: Option<Msg>,
    pub rule: Rule,
    pub facts: Facts,
    pub source: &'static Source,
    /// `None` if no validity is given.
    pub validity: Option<Validity>,
    pub basis: Basis,
    /// The entry paths, any one of which is enough.
    pub paths: Vec<&'static Criterion>,
}

impl Clause {
    /// Whether the entry can be cited as a clause; a list can't.
    pub fn is_clause(&self) -> bool {
        !matches!(self.facts, Facts::Shortage(..))
    }
}

/// The sentence of a clause.
pub enum Rule {
    Worded(&'static Wording),
    Told(Msg),
    /// `words` has a sentence for the id.
    Own,
}

/// The facts that the tables hold in addition to the sentence.
pub enum Facts {
    None,
    Fees(&'static Course),
    MemberFee(&'static Course),
    Days(&'static Course),
    Contacts(&'static Course),
    SubjectFees(&'static Exam),
    Uplift(&'static Regulation),
    Amounts(&'static Catalogue),
    Shortage(&'static City, &'static ShortageList),
}

/// Returns the section or clause that an address names.
pub fn anchor(tables: &'static Tables, id: &str) -> Option<&'static str> {
    let inside = SectionId::ALL.iter().flat_map(|section| clauses(tables, None, *section));
    let clauses = inside.flat_map(|clause| clause.paths.into_iter().map(|path| path.id).chain([clause.id]));
    SectionId::ALL.iter().map(|section| section.id()).chain(clauses).find(|one| *one == id)
}

/// Returns the whole rule book as lines, for a terminal.
pub fn plain(text: Text, tables: &'static Tables, assessment: &Assessment) -> String {
    let mut lines = vec![text.rule_book_title().to_owned(), text.rule_book_intro().to_owned()];
    for section in SectionId::ALL {
        lines.extend([String::new(), format!("【{}】", words::section(text, *section))]);
        let before = lines.len();
        lines.push(words::intro(text, tables, *section));
        for clause in clauses(tables, assessment.course, *section) {
            lines.extend(words::clause(text, tables, &clause, assessment.as_of));
        }
        match section {
            SectionId::Open => {
                let open = words::open(text, tables, assessment).into_iter();
                lines.extend(open.map(|(id, words)| format!("· {}", text.result_cited(&words, id))));
            }
            SectionId::Sources => {
                lines.extend(tables.sources.iter().map(|source| format!("· {}", words::source(text, source))));
            }
            _ => {}
        }
        let (_, said) = lines.split_at(before);
        let said: Vec<_> = said.iter().filter(|line| !line.is_empty()).cloned().collect();
        lines.truncate(before);
        lines.extend(said);
    }
    lines.extend([String::new(), text.standing(&text.date(assessment.as_of), tables.version)]);
    lines.join("\n")
}

/// Returns the clauses of a section. `class` is the class of the day, if there is one: its level comes first, and
/// general information refers to it.
pub fn clauses(tables: &'static Tables, class: Option<&'static Course>, section: SectionId) -> Vec<Clause> {
    match section {
        SectionId::Course => course(tables, class),
        SectionId::Entry => entry(tables, class),
        SectionId::Exam => exam(tables, class),
        SectionId::Subsidy => subsidy(tables, class),
        SectionId::Amounts => amounts(tables),
        SectionId::Recognition => recognition(tables),
        // These are lists of another kind.
        SectionId::Open | SectionId::Sources => Vec::new(),
    }
}

/// Whether an address that names the clause means this entry, of several blocks that have it: the first one in force on
/// the day, otherwise the first that has begun.
pub fn is_named(all: &[Clause], at: usize, as_of: Date) -> bool {
    let Some(own) = all.get(at) else { return false };
    let rank = |held: Validity| match held.from <= as_of {
        _ if held.contains(as_of) => 0,
        true => 1,
        false => 2,
    };
    let same = all.iter().enumerate().filter(|(_, one)| one.id == own.id);
    same.min_by_key(|(_, one)| one.validity.map_or(0, rank)).is_some_and(|(meant, _)| meant == at)
}

fn course(tables: &'static Tables, class: Option<&'static Course>) -> Vec<Clause> {
    let mut all = Vec::new();
    // The class of the day comes first, then the others from the last.
    let others = tables.courses.iter().rev().filter(|course| Some(*course) != class);
    for course in class.into_iter().chain(others) {
        let held = Some(course.validity);
        all.push(criterion_clause(&course.fee, course.source, held, Facts::Fees(course)));
        all.push(criterion_clause(&course.member, course.source, held, Facts::MemberFee(course)));
        let mut dates = criterion_clause(&course.dates, course.source, held, Facts::Days(course));
        // The text of the notice about the days says more than the criterion.
        if let Some(told) = course.information.iter().find(|one| one.clause == course.dates.id) {
            dates.rule = Rule::Told(told.wording);
        }
        all.push(dates);
        let others = course.information.iter().filter(|one| one.clause != course.dates.id);
        all.extend(others.map(|one| Clause {
            rule: Rule::Told(one.wording),
            facts: if one.clause == "C8" { Facts::Contacts(course) } else { Facts::None },
            ..base_clause(one.clause, course.source, one.during_class.then_some(course.validity), Basis::Notice)
        }));
    }
    all
}

fn entry(tables: &'static Tables, class: Option<&'static Course>) -> Vec<Clause> {
    let entry = &tables.entry;
    let wanted = class.map_or(Level::Three, |course| course.level);
    let clause = |level: &'static EntryLevel| Clause {
        paths: level.paths.iter().collect(),
        ..criterion_clause(&level.clause, entry.source, None, Facts::None)
    };
    // The class's level comes first, then the others from the lowest.
    let (first, others): (Vec<_>, Vec<_>) =
        Level::ALL.iter().zip(&entry.levels).partition(|(level, _)| **level == wanted);
    first.into_iter().chain(others).map(|(_, level)| clause(level)).collect()
}

fn exam(tables: &'static Tables, class: Option<&'static Course>) -> Vec<Clause> {
    let exam = &tables.exam;
    let clause = |criterion, facts| criterion_clause(criterion, exam.source, None, facts);
    let mut all = vec![
        clause(&exam.passed, Facts::None),
        clause(&exam.resit, Facts::None),
        clause(&exam.fee, Facts::SubjectFees(exam)),
    ];
    all.extend(tables.information.iter().map(|one| Clause {
        rule: Rule::Told(one.wording),
        ..base_clause(one.clause, announcement(tables, class), None, Basis::Notice)
    }));
    all.push(clause(&exam.attendance, Facts::None));
    all
}

fn subsidy(tables: &'static Tables, class: Option<&'static Course>) -> Vec<Clause> {
    let mut all = Vec::new();
    for regulation in tables.subsidies.iter().rev() {
        let held = Some(regulation.validity);
        let clause = |criterion| criterion_clause(criterion, regulation.source, held, Facts::None);
        all.extend(regulation.criteria.iter().map(clause));
        all.push(Clause { facts: Facts::Uplift(regulation), ..clause(&regulation.uplift) });
        let places = Rule::Told(regulation.places_rule);
        all.push(Clause { rule: places, ..base_clause("S12", regulation.source, held, Basis::Notice) });
    }
    all.push(base_clause("S13", announcement(tables, class), None, Basis::Notice));
    all
}

fn amounts(tables: &'static Tables) -> Vec<Clause> {
    let catalogues = tables.catalogues.iter().rev();
    let mut all: Vec<_> = catalogues
        .map(|one| criterion_clause(&one.amount, one.source, Some(one.validity), Facts::Amounts(one)))
        .collect();
    let lists = tables.cities.iter().flat_map(|city| city.lists.iter().rev().map(move |list| (city, list)));
    all.extend(lists.map(|(city, list)| {
        let standing = base_clause(LIST, list.source, Some(list.validity), Basis::Notice);
        Clause { facts: Facts::Shortage(city, list), ..standing }
    }));
    all
}

fn recognition(tables: &'static Tables) -> Vec<Clause> {
    let blocks = tables.recognitions.iter().rev().chain(tables.craftsmen.iter().rev());
    let clauses = blocks.flat_map(|block| {
        block
            .criteria
            .iter()
            .map(|criterion| criterion_clause(criterion, block.source, Some(block.validity), Facts::None))
    });
    clauses.collect()
}

/// Returns the document that announces the class.
fn announcement(tables: &'static Tables, class: Option<&'static Course>) -> &'static Source {
    class.map_or(tables.exam.source, |course| course.source)
}

fn criterion_clause(
    criterion: &'static Criterion,
    source: &'static Source,
    validity: Option<Validity>,
    facts: Facts,
) -> Clause {
    Clause {
        title: Some(criterion.wording.title),
        rule: Rule::Worded(&criterion.wording),
        facts,
        ..base_clause(criterion.id, source, validity, criterion.basis)
    }
}

fn base_clause(id: &'static str, source: &'static Source, validity: Option<Validity>, basis: Basis) -> Clause {
    Clause { id, title: None, rule: Rule::Own, facts: Facts::None, source, validity, basis, paths: Vec::new() }
}
