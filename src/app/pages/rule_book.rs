//! The page of the rule book, which an address can open at any clause.
//!
//! The contents come from `crate::rule_book`; this module decides only where they are shown.

mod search;

use leptos::{html::custom, prelude::*};

use self::search::Search;
use crate::app::{
    components::{container, field, heading, link, live_text, text_element, text_node},
    route::Route,
    state::State,
};
use crate::{
    browser,
    rule_book::{Clause, Facts, LIST, SectionId, clauses, is_named, words},
    rules::{Basis, Catalogue, Criterion, Level, OccupationAt, OccupationTable, ShortageList},
    text::Text,
};

/// The context of every component of the page.
#[derive(Clone, Copy)]
struct Book {
    text: Text,
    state: State,
    search: Search,
    /// The section or clause that the address names.
    wanted: Option<&'static str>,
}

pub fn view(state: State, text: Text, wanted: Option<&'static str>) -> AnyView {
    browser::set_title(&format!("{} · {}", text.rule_book_title(), text.site_title()));
    let search = Search::new();
    let book = Book { text, state, search, wanted };
    let mut counted = Vec::new();
    let mut contents = Vec::new();
    let mut sections = Vec::new();
    let class = state.consultation().assessment.course;
    for section in SectionId::ALL {
        let from = search.place();
        let mut rows = Vec::new();
        let listed = clauses(state.tables, class, *section);
        for (at, clause) in listed.iter().enumerate() {
            if clause.is_clause() {
                counted.push(clause.basis);
                counted.extend(clause.paths.iter().map(|path| path.basis));
            }
            rows.push(book.clause(clause, is_named(&listed, at, state.as_of())));
        }
        match section {
            SectionId::Open => rows = book.open(),
            SectionId::Sources => rows = book.sources(),
            _ => {}
        }
        let title = words::section(text, *section);
        let address = Route::rules(Some(section.id())).address();
        contents.push(container("li", None, "", vec![link("", address, vec![text_node(title)])]));
        let inside = vec![
            container("h2", Some(section.id()), "", vec![text_node(title)]),
            text_element("p", "", &words::intro(text, state.tables, *section)),
            container("ul", None, "", rows),
        ];
        sections.push(found("section", search, from, false, inside));
    }
    let standing = text.standing(&text.date(state.as_of()), state.tables.version);
    let count = move || match search.count() {
        None => String::new(),
        Some(0) => text.rule_book_found_none().to_owned(),
        Some(count) => text.rule_book_found(&count.to_string()),
    };
    let ours = counted.iter().filter(|basis| **basis == Basis::Inferred).count();
    view! {
        {heading(text.rule_book_title())}
        {text_element("p", "", text.rule_book_intro())}
        {text_element("p", "", &text.rule_book_counts(&counted.len().to_string(), &ours.to_string()))}
        {text_element("p", "help", &standing)}
        {field("search", text.rule_book_search(), move |wanted| search.look_for(&wanted))}
        <p role="status">{live_text(count)}</p>
        <nav aria-label=text.rule_book_contents()>{container("ul", None, "contents", contents)}</nav>
        {container("div", None, "book", sections)}
    }
    .into_any()
}

/// Creates an element that is hidden if the search finds nothing among the entries added since `from`.
fn found(tag: &'static str, search: Search, from: usize, marked: bool, inside: Vec<AnyView>) -> AnyView {
    custom(tag).class(("gone", search.hides(from))).class(("marked", marked)).child(inside).into_any()
}

impl Book {
    /// Renders a clause. `named`: whether an address that names it means this entry.
    fn clause(self, clause: &Clause, named: bool) -> AnyView {
        let text = self.text;
        let title = match clause.is_clause() {
            true => format!("{} {}", clause.id, words::title(text, clause)),
            false => words::title(text, clause).into_owned(),
        };
        let ours = clause.basis == Basis::Inferred && clause.is_clause();
        let mut inside = vec![self.heading("h3", named.then_some(clause.id), &title, ours)];
        let from = self.search.place();
        let mut found_by = title.clone();
        let rule = words::rule(text, clause);
        let facts = words::facts(text, self.state.tables, &clause.facts);
        let standing = words::standing(text, clause, self.state.as_of());
        for (class, words) in [("", rule), ("", facts), ("help", standing), ("help", words::unverified(text, clause))] {
            found_by += &words;
            inside.push(text_element("p", class, &words));
        }
        self.search.add(&found_by);
        let below = match clause.facts {
            Facts::Amounts(catalogue) => self.catalogue(&title, catalogue),
            Facts::Shortage(_, list) => self.shortage(&title, list),
            _ => self.paths(&title, &clause.paths),
        };
        if !below.is_empty() {
            inside.push(container("ul", None, "", below));
        }
        found("li", self.search, from, named && self.wanted == Some(clause.id), inside)
    }

    /// Renders the entry paths of a level; their regulation is named once, above them.
    fn paths(self, level: &str, paths: &[&'static Criterion]) -> Vec<AnyView> {
        let mut all = Vec::new();
        for path in paths {
            let title = format!("{} {}", path.id, self.text.get(path.wording.title));
            let rule = self.text.get(path.wording.rule);
            let ours = path.basis == Basis::Inferred;
            let from = self.search.place();
            self.search.add(&format!("{level} {title} {rule} {}", if ours { self.text.rule_book_ours() } else { "" }));
            let inside = vec![self.heading("h4", Some(path.id), &title, ours), text_element("p", "", rule)];
            all.push(found("li", self.search, from, self.wanted == Some(path.id), inside));
        }
        all
    }

    /// Renders the amounts of a catalogue, one table for all occupations with the same amounts, narrow enough for a
    /// phone.
    fn catalogue(self, title: &str, catalogue: &'static Catalogue) -> Vec<AnyView> {
        let text = self.text;
        let short =
            |occupation| self.state.tables.cities.iter().flat_map(|city| city.lists).any(|list| list.has(occupation));
        let mut all = Vec::new();
        for (at, first) in catalogue.rows.iter().enumerate() {
            let same = |row: &&tables::CatalogueRow| row.amounts == first.amounts;
            if catalogue.rows.iter().take(at).any(|row| same(&row)) {
                continue;
            }
            let from = self.search.place();
            let mut found_by = title.to_owned();
            let mut levels = Vec::new();
            for (level, amount) in Level::ALL.iter().zip(first.amounts) {
                let amount = words::yuan(text, amount);
                levels.push(container(
                    "tr",
                    None,
                    "",
                    vec![text_element("th", "", text.level(*level)), text_element("td", "", &amount)],
                ));
                found_by = found_by + " " + &amount;
            }
            let mut rows = Vec::new();
            for row in catalogue.rows.iter().filter(same) {
                let mark = if short(row.occupation) { text.rule_book_also_short() } else { "" };
                rows.push(self.occupation(&found_by, row.occupation, mark));
            }
            let caption = text_element("caption", "", &text.rule_book_group(&rows.len().to_string()));
            let table = container("table", None, "sum", vec![caption, container("tbody", None, "", levels)]);
            all.push(found("li", self.search, from, false, vec![table, container("ul", None, "names", rows)]));
        }
        all
    }

    fn shortage(self, title: &str, list: &'static ShortageList) -> Vec<AnyView> {
        let mut all = Vec::new();
        for occupation in list.occupations {
            let paid = self.state.tables.catalogues.iter().any(|catalogue| catalogue.has(*occupation));
            let mark = if paid { self.text.rule_book_also_paid() } else { "" };
            all.push(self.occupation(title, *occupation, mark));
        }
        all
    }

    fn occupation(self, found_by: &str, occupation: OccupationAt, mark: &'static str) -> AnyView {
        let Some(occupation) = self.state.tables.occupations.get(usize::from(occupation)) else { return text_node("") };
        // A row without an official code has an id of this project.
        let code = if occupation.id.starts_with(LIST) { self.text.rule_book_no_code() } else { occupation.id };
        let digital = if occupation.digital { "S" } else { "" };
        let name = format!(" {} {digital} ", self.text.get(occupation.name));
        let from = self.search.place();
        let also = self.text.get(occupation.also);
        self.search.add(&format!("{found_by} {code}{name}{mark} {also}"));
        found(
            "li",
            self.search,
            from,
            false,
            vec![text_element("small", "", code), text_node(&name), text_element("span", "badge", mark)],
        )
    }

    /// Renders what is not known.
    fn open(self) -> Vec<AnyView> {
        let mut all = Vec::new();
        for (clause, words) in words::open(self.text, self.state.tables, &self.state.consultation().assessment) {
            let from = self.search.place();
            self.search.add(&format!("{clause} {words}"));
            let link =
                link("", Route::rules(Some(clause)).address(), vec![text_node(&self.text.result_clause(clause))]);
            all.push(found("li", self.search, from, false, vec![text_node(&words), text_node(" "), link]));
        }
        all
    }

    fn sources(self) -> Vec<AnyView> {
        let mut all = Vec::new();
        for source in self.state.tables.sources {
            let (document, standing) = (self.text.document(source), words::source_standing(self.text, source));
            let from = self.search.place();
            self.search.add(&format!("{document} {standing}"));
            all.push(found(
                "li",
                self.search,
                from,
                false,
                vec![text_element("p", "", &document), text_element("p", "help", &standing)],
            ));
        }
        all
    }

    fn heading(self, tag: &'static str, id: Option<&'static str>, title: &str, ours: bool) -> AnyView {
        let ours = if ours { self.text.rule_book_ours() } else { "" };
        container(tag, id, "", vec![text_node(title), text_node(" "), text_element("span", "badge", ours)])
    }
}
