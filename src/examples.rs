//! The worked examples of `rules/cases/`: each states complete findings, which are compared with what the tables give.
//!
//! If an example comes out otherwise, the tables are wrong, or the example is of earlier rules. Only a person can say
//! which, so an example is never changed by itself: each difference is shown with the criterion behind it, and with the
//! example as it comes out now; what is accepted is written into its file, which keeps its order and its comments.

mod found;

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use tables::{Set, Tables};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use crate::rules::{
    self, Answers, Assessment, Cause, Condition, Criterion, Date, Finding, OpenQuestions, QuestionId, Truth, boundaries,
};
use found::{PARTS, parts};

/// A worked example as its file states it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Relative to the root of the project, such as `rules/cases/claim.toml`.
    pub file: String,
    /// The line of its `[[case]]`, from 1.
    pub line: usize,
    /// Its position among the examples of the file.
    at: usize,
    pub name: String,
    /// The clauses that it shows.
    pub clauses: Vec<String>,
    pub as_of: Date,
    answers: Vec<(String, String)>,
    /// Findings with all their parts, as TOML.
    findings: BTreeMap<String, BTreeMap<String, Value>>,
    /// All clauses that are shown beside the findings, if the example states them.
    information: Option<Value>,
}

/// A part of a finding that comes out otherwise than the example states. Absent parts are None.
pub struct Change {
    /// None: the list of information.
    pub finding: Option<String>,
    /// None: the whole finding is missing now.
    pub part: Option<&'static str>,
    pub stated: Option<Value>,
    pub found: Option<Value>,
}

/// Everything that comes out otherwise in an example.
pub struct Difference {
    pub example: Example,
    pub changes: Vec<Change>,
    /// Why: the criteria that have another state, each with its rule.
    pub reasons: Vec<String>,
}

/// Everything that is wrong with the files of examples.
#[derive(Debug)]
pub struct ExampleErrors(Vec<String>);

impl fmt::Display for ExampleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ExampleErrors {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    clauses: Vec<String>,
    as_of: toml::value::Datetime,
    answers: toml::Table,
    #[serde(default)]
    findings: BTreeMap<String, toml::Table>,
    information: Option<Vec<String>>,
}

/// Reads all worked examples below the root of a project.
///
/// # Errors
///
/// Files that can't be read; all of them are listed.
pub fn read(root: &Path) -> Result<Vec<Example>, ExampleErrors> {
    let folder = root.join("rules/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for path in files {
        let file = format!("rules/cases/{}", path.file_name().unwrap_or_default().to_string_lossy());
        match fs::read_to_string(&path).map_err(|error| error.to_string()).and_then(|text| parse(&file, &text)) {
            Ok(examples) => all.extend(examples),
            Err(what) => errors.push(format!("{file}: {what}")),
        }
    }
    if errors.is_empty() { Ok(all) } else { Err(ExampleErrors(errors)) }
}

fn parse(file: &str, text: &str) -> Result<Vec<Example>, String> {
    let WrittenFile { case } = toml::from_str(text).map_err(|error| error.to_string())?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| line.trim_start().starts_with("[[case]]"));
    let example = |((at, written), (line, _)): ((usize, Written), (usize, &str))| {
        let Written { name, clauses, as_of, answers, findings, information } = written;
        if clauses.is_empty() || (findings.is_empty() && information.is_none()) {
            return Err(format!("`{name}` states nothing. Write its clauses, and findings or information"));
        }
        let as_of = Date::parse(&as_of.to_string())
            .ok_or_else(|| format!("`{name}`: `{as_of}` is no day. Write as-of = 2025-12-31"))?;
        let plain = |value: toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut stated = BTreeMap::new();
        for (id, parts) in findings {
            let mut all = BTreeMap::new();
            for (part, value) in parts {
                if !PARTS.contains(&part.as_str()) {
                    return Err(format!("`{name}`: a finding has no `{part}`. Write one of {}", PARTS.join(", ")));
                }
                let value = value.to_string().parse::<Value>().map_err(|error| error.to_string())?;
                // A part without entries is an absent one.
                let is_empty = value.as_inline_table().is_some_and(InlineTable::is_empty)
                    || value.as_array().is_some_and(Array::is_empty);
                if !is_empty {
                    all.insert(part, value);
                }
            }
            stated.insert(id, all);
        }
        let answers = answers.into_iter().map(|(id, value)| (id, plain(value))).collect();
        let information = information.map(Value::from_iter);
        Ok(Example { file: file.to_owned(), line, at, name, clauses, as_of, answers, findings: stated, information })
    };
    (0..).zip(case).zip(lines).map(example).collect()
}

impl Example {
    /// The clauses that the example shows, and the paths that it states.
    pub fn shows(&self) -> impl Iterator<Item = &str> {
        let paths = self.findings.values().filter_map(|parts| parts.get("paths")?.as_inline_table());
        self.clauses.iter().map(String::as_str).chain(paths.flat_map(|paths| paths.iter().map(|(path, _)| path)))
    }

    /// Returns what comes out otherwise by these tables, or None if everything is as stated.
    ///
    /// # Errors
    ///
    /// An answer that the tables don't take.
    pub fn difference(&self, set: &'static Set) -> Result<Option<Difference>, String> {
        let tables = &set.tables;
        let answers = self.read_answers(tables)?;
        let assessment = rules::assess(tables, &answers, self.as_of);
        let mut changes = Vec::new();
        let mut reasons = Vec::new();
        for (id, stated) in &self.findings {
            let finding = Some(id.clone());
            let Some(found) = assessment.findings.iter().find(|finding| finding.id.id() == id) else {
                changes.push(Change { finding, part: None, stated: None, found: None });
                continue;
            };
            let before = changes.len();
            let now = parts(tables, found);
            for part in PARTS {
                let (stated, found) = (stated.get(part), now.get(part));
                if stated.map(normal) != found.map(normal) {
                    let (stated, found) = (stated.cloned(), found.cloned());
                    changes.push(Change { finding: finding.clone(), part: Some(part), stated, found });
                }
            }
            if before < changes.len() {
                reasons.extend(self.reasons(set, stated, found, &answers));
            }
        }
        let told = information(&assessment);
        if self.information.as_ref().is_some_and(|stated| normal(stated) != normal(&told)) {
            let stated = self.information.clone();
            changes.push(Change { finding: None, part: Some("information"), stated, found: Some(told) });
        }
        Ok((!changes.is_empty()).then(|| Difference { example: self.clone(), changes, reasons }))
    }

    fn read_answers(&self, tables: &Tables) -> Result<Answers, String> {
        let mut answers = Answers::NONE;
        for (id, value) in &self.answers {
            let wrong = |what: &str| format!("{}:{}: {}: {what}", self.file, self.line, self.name);
            let question = tables.question_named(id).ok_or_else(|| wrong(&format!("there is no question `{id}`")))?;
            let answer = rules::read(question, value)
                .map_err(|_| wrong(&format!("`{id}` can't be `{value}`. Write an answer that its question takes")))?;
            answers.set(question.id, Some(answer));
        }
        Ok(answers)
    }

    /// Returns the criteria and paths of a finding that have another state than stated, with their rules.
    fn reasons(
        &self,
        set: &'static Set,
        stated: &BTreeMap<String, Value>,
        found: &Finding,
        answers: &Answers,
    ) -> Vec<String> {
        let stated_state = |part: &str, id: &str| {
            let table = stated.get(part)?.as_inline_table()?;
            Some(table.get(id)?.as_str()?.to_owned())
        };
        let criteria = found.criteria.iter().map(|one| ("criteria", one.criterion, one.state, one.source.id));
        let by_exam = found.criteria.first().map_or("", |one| one.source.id);
        let paths = found.entry.iter().flat_map(|entry| &entry.paths);
        let paths = paths.map(|path| ("paths", path.criterion, path.state, by_exam));
        let mut all: Vec<String> = Vec::new();
        // Met by a document whose rules now hold on that day: named together, because mostly there are many.
        let mut by_new_rules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (part, criterion, state, source) in criteria.chain(paths) {
            let (before, now) = (stated_state(part, criterion.id), found::state(state));
            if before.as_deref() == Some(now) {
                continue;
            }
            if state == Truth::Met && before.as_deref() == Some(Cause::NoRulesForDate.id()) {
                by_new_rules.entry(source).or_default().push(criterion.id);
                continue;
            }
            let before = before.unwrap_or_else(|| "new".to_owned());
            let (rule, open) = (rule(set, criterion), self.unanswered(&set.tables, criterion, state, answers));
            all.push(format!("{} {before} -> {now}, by {source}: {rule}{open}", criterion.id));
        }
        all.extend(
            by_new_rules
                .into_iter()
                .map(|(source, ids)| format!("rules hold on that day now, by {source}: met are {}", ids.join(", "))),
        );
        let there = |id: &str| {
            let entry = found.entry.iter().flat_map(|entry| &entry.paths).map(|path| path.criterion.id);
            found.criteria.iter().map(|one| one.criterion.id).chain(entry).any(|one| one == id)
        };
        let gone = ["criteria", "paths"].into_iter().filter_map(|part| stated.get(part)?.as_inline_table());
        let gone = gone.flat_map(|table| table.iter().map(|(id, _)| id)).filter(|id| !there(id));
        all.extend(gone.map(|id| format!("{id} is no longer asked for")));
        if all.is_empty() {
            let by: Vec<&str> = found.criteria.iter().map(|one| one.source.id).collect();
            let by = by.first().map_or(String::new(), |source| format!(", by {source}"));
            all.push(format!("{}: every criterion is as before{by}; an amount, a day or a place isn't", found.id.id()));
        }
        all
    }

    /// Names the questions of a criterion that the example leaves open, if it is unknown because of that. What another answer
    /// says too (the level aimed at says that of the certificate) isn't open.
    fn unanswered(
        &self,
        tables: &'static Tables,
        criterion: &'static Criterion,
        state: Truth,
        answers: &Answers,
    ) -> String {
        let mut could = OpenQuestions::of(tables, answers, self.as_of);
        let mut open: Vec<&str> = Vec::new();
        boundaries::leaves(&criterion.when, &mut |leaf| {
            let question: Option<QuestionId> = match leaf {
                Condition::Is(choice) => Some(choice.question),
                Condition::Within(question, ..) | Condition::WithinMonths(question, _) => Some(*question),
                _ => None,
            };
            if let Some(id) = question.filter(|id| answers.get(*id).is_none() && could.contains(*id)) {
                open.push(tables.name_of(id));
            }
        });
        open.dedup();
        if open.is_empty() || !matches!(state, Truth::Unknown(Cause::Unanswered)) {
            return String::new();
        }
        format!(" (the example doesn't answer {}; it could)", open.join(", "))
    }
}

/// Returns the rule of a criterion in the first language.
fn rule(set: &Set, criterion: &Criterion) -> String {
    let language = set.languages.ids().next().unwrap_or_default();
    set.languages.say(language, criterion.wording.rule, |_| None).unwrap_or_default()
}

fn information(assessment: &Assessment) -> Value {
    assessment.information.iter().map(|one| one.clause).collect()
}

/// Writes a value in one form, whatever its spaces, quotation marks and order of keys are.
fn normal(value: &Value) -> String {
    match value {
        Value::InlineTable(table) => {
            let entries: BTreeMap<&str, String> = table.iter().map(|(key, value)| (key, normal(value))).collect();
            format!("{entries:?}")
        }
        Value::Array(items) => format!("{:?}", items.iter().map(normal).collect::<Vec<_>>()),
        Value::String(text) => format!("{:?}", text.value()),
        other => other.clone().decorated("", "").to_string(),
    }
}

impl Difference {
    /// Writes the difference for people: file and line, what is stated and found, why, and the example as it comes out
    /// now, to paste.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn report(&self, root: &Path) -> io::Result<String> {
        let Example { file, line, name, .. } = &self.example;
        let mut all = format!("{file}:{line}: {name}\n");
        for Change { finding, part, stated, found } in &self.changes {
            let of = finding.as_ref().map(|finding| format!("{finding}, ")).unwrap_or_default();
            all += &match part {
                None => format!("  {of}which there is no longer\n"),
                Some(part) => format!("  {of}{part}: {}\n", both(stated.as_ref(), found.as_ref())),
            };
        }
        for reason in &self.reasons {
            all += &format!("  because {reason}\n");
        }
        all += &format!("  as it comes out now:\n\n{}", self.example_now(root)?);
        Ok(all)
    }

    /// Returns the example with what comes out now, as TOML.
    fn example_now(&self, root: &Path) -> io::Result<String> {
        let document = self.applied(root)?;
        let case = document.get("case").and_then(Item::as_array_of_tables).and_then(|all| all.get(self.example.at));
        let mut alone = ArrayOfTables::new();
        alone.extend(case.cloned());
        let mut document = DocumentMut::new();
        document.insert("case", Item::ArrayOfTables(alone));
        Ok(format!("{}\n", document.to_string().trim()))
    }

    /// Writes into the example's file what comes out now. Everything else in the file stays as it is.
    ///
    /// # Errors
    ///
    /// The file can't be read or written.
    pub fn accept(&self, root: &Path) -> io::Result<()> {
        fs::write(root.join(&self.example.file), self.applied(root)?.to_string())
    }

    fn applied(&self, root: &Path) -> io::Result<DocumentMut> {
        let text = fs::read_to_string(root.join(&self.example.file))?;
        let mut document: DocumentMut = text.parse().map_err(io::Error::other)?;
        let cases = document.get_mut("case").and_then(Item::as_array_of_tables_mut);
        let Some(case) = cases.and_then(|all| all.get_mut(self.example.at)) else { return Ok(document) };
        for Change { finding, part, found, .. } in &self.changes {
            let (Some(id), Some(part)) = (finding, part) else {
                match (finding, found) {
                    (None, Some(told)) => set(case, "information", told),
                    (Some(gone), _) => {
                        case.get_mut("findings").and_then(Item::as_table_mut).and_then(|all| all.remove(gone));
                    }
                    (None, None) => {}
                }
                continue;
            };
            let findings = case.get_mut("findings").and_then(Item::as_table_mut);
            let Some(own) = findings.and_then(|all| all.get_mut(id)).and_then(Item::as_table_mut) else { continue };
            match found {
                None => drop(own.remove(part)),
                Some(value) => set(own, part, value),
            }
        }
        Ok(document)
    }
}

/// Writes what is stated and what is found. Of tables, only the entries that differ.
fn both(stated: Option<&Value>, found: Option<&Value>) -> String {
    let written = |value: Option<&Value>| {
        value.map_or_else(|| "nothing".to_owned(), |one| one.clone().decorated("", "").to_string())
    };
    let entries = |value: Option<&Value>| value.and_then(Value::as_inline_table).cloned().unwrap_or_default();
    let (before, now) = (entries(stated), entries(found));
    if before.is_empty() || now.is_empty() {
        return format!("{} -> {}", written(stated), written(found));
    }
    let gone = before.iter().filter(|(key, _)| !now.contains_key(key)).map(|(key, _)| key);
    let keys = now.iter().map(|(key, _)| key).chain(gone);
    let other = keys.filter(|key| before.get(key).map(normal) != now.get(key).map(normal));
    let other: Vec<String> =
        other.map(|key| format!("{key} {} -> {}", written(before.get(key)), written(now.get(key)))).collect();
    other.join(", ")
}

/// Sets a key of a table. A new key is put behind those that usually stand before it; the others keep their order.
fn set(table: &mut Table, key: &str, value: &Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        let decor = old.decor().clone();
        *old = value.clone();
        *old.decor_mut() = decor;
        return;
    }
    let mut order: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let before: Vec<&str> = PARTS.into_iter().take_while(|part| *part != key).collect();
    let last = order.iter().rposition(|one| before.contains(&one.as_str()));
    order.insert(last.map_or(0, |at| at.saturating_add(1)), key.to_owned());
    table.insert(key, Item::Value(value.clone()));
    let place = |key: &str| order.iter().position(|one| one == key);
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
}
