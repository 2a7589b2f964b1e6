//! Prints a comparison as plain text, for the people who changed the tables.
//!
//! The summary fits on one screen: the totals, one sample person for each finding and effect, the changed worked
//! examples, the questions, and the changed sentences. The whole report has everything that the summary cuts off, and
//! each kind of change as a worked example for `rules/cases/`. The expected result of a sample is left out on purpose:
//! it has to be derived from the rules.

mod screen;
mod value;

use std::{cmp::Reverse, collections::BTreeMap};

use tables::{Kind as Answered, Question};

use super::{
    Change, Datum, Difference, Effect, Folder, GOAL, Kind, LeftOut, Of, OtherClass, OtherRules, Report, Sample,
    Sentence, Side, Tally, data,
};
use crate::{
    people::Person,
    rules::{Answer, DONT_KNOW, FindingId, read},
    text::Text,
};
use screen::{around, cut, grouped, wrapped};
use value::{Values, joined, quoted};

/// How many lines a screen has, and how many columns. A Chinese character takes two.
const LINES: usize = 42;
const COLUMNS: usize = 100;

/// How many answers of a question are named.
const ANSWERS: usize = 6;

/// How much of each list is shown.
#[derive(Clone, Copy)]
struct Most {
    samples: usize,
    /// The lines of the answers of each sample person.
    lines_of_answers: usize,
    examples: usize,
    questions: usize,
    sentences: usize,
    data: usize,
}

/// From much to little; the summary shows as much as fits on the screen.
const SIZES: [Most; 4] = [
    Most { samples: 8, lines_of_answers: 3, examples: 4, questions: 8, sentences: 4, data: 6 },
    Most { samples: 6, lines_of_answers: 2, examples: 3, questions: 4, sentences: 2, data: 4 },
    Most { samples: 5, lines_of_answers: 2, examples: 2, questions: 2, sentences: 1, data: 2 },
    Most { samples: 4, lines_of_answers: 1, examples: 1, questions: 1, sentences: 1, data: 1 },
];

/// Everything.
const ALL: Most = Most {
    samples: usize::MAX,
    lines_of_answers: usize::MAX,
    examples: usize::MAX,
    questions: usize::MAX,
    sentences: usize::MAX,
    data: usize::MAX,
};

impl Report {
    /// Returns the summary, which fits on one screen.
    pub fn summary(&self, text: Text) -> String {
        let mut lines = Vec::new();
        for most in SIZES {
            lines = Writer { report: self, text, most, whole: false }.lines();
            if lines.len() <= LINES {
                break;
            }
        }
        let whole = Writer { report: self, text, most: ALL, whole: true };
        let hint = (!self.kinds.is_empty() || whole.lines() != lines).then(|| format!("\n{}", text.diff_all()));
        lines.into_iter().chain(hint).collect::<Vec<_>>().join("\n")
    }

    /// Returns the whole report.
    pub fn whole(&self, text: Text) -> String {
        let writer = Writer { report: self, text, most: ALL, whole: true };
        let mut lines = writer.lines();
        if !self.kinds.is_empty() {
            lines.push(format!("\n{}", text.diff_kinds()));
            lines.extend(self.kinds.iter().map(|(kind, sample)| writer.case(kind, sample)));
        }
        lines.join("\n")
    }
}

/// Writes a report in one language.
struct Writer<'r> {
    report: &'r Report,
    text: Text,
    most: Most,
    /// Whether lines are as long as they are, and lists have everything.
    whole: bool,
}

impl Writer<'_> {
    /// Returns the lines of the report, without the kinds of changes.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.versions()];
        let (results, samples, examples) = (self.results(), self.samples(), self.examples());
        for section in [results, samples, examples, self.questions(), self.wording(), self.data()] {
            if !section.is_empty() {
                lines.push(String::new());
                lines.extend(section);
            }
        }
        lines
    }

    /// Returns the versions of both tables.
    fn versions(&self) -> String {
        let (old, new) = (self.report.pair.old.tables.version, self.report.pair.new.tables.version);
        if old == new { self.text.diff_same(old) } else { self.text.diff_versions(old, new) }
    }

    /// Returns how many people get another result, by finding.
    fn results(&self) -> Vec<String> {
        let (text, report) = (self.text, self.report);
        let (changed, people) = (report.changed.all(), grouped(report.people));
        if changed == 0 {
            return vec![text.diff_nobody(&people)];
        }
        let mut lines = vec![text.diff_somebody(&people, &grouped(changed))];
        let heads = [text.diff_gain(), text.diff_lose(), text.diff_class(), text.diff_rules(), text.diff_other()]
            .map(str::to_owned);
        let all = [(text.diff_people().to_owned(), report.changed)];
        let rows = all.into_iter().chain(report.findings.iter().map(|(of, tally)| (self.finding(*of), *tally)));
        let rows = rows.map(|(label, Tally { gain, lose, class, rules, other })| {
            (
                label,
                [gain, lose, class, rules, other].map(|count| if count == 0 { "-".to_owned() } else { grouped(count) }),
            )
        });
        lines.extend(screen::table([(String::new(), heads)].into_iter().chain(rows)));
        lines
    }

    /// Returns one person for each finding and effect: the shortest answers that show it.
    fn samples(&self) -> Vec<String> {
        let mut groups: BTreeMap<(Effect, Of), Vec<&Sample>> = BTreeMap::new();
        for (kind, sample) in &self.report.kinds {
            groups.entry((kind.effect, kind.of)).or_default().push(sample);
        }
        if groups.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![self.text.diff_samples().to_owned()];
        let shown = self.most.samples;
        for ((effect, of), samples) in groups.iter().take(shown) {
            // Another state or amount tells more than another criterion.
            let values = self.values();
            let telling = |sample: &&&Sample| {
                (!values.changes_state(&sample.change), sample.person.said.len(), Reverse(sample.count))
            };
            let Some(Sample { person, change, .. }) = samples.iter().min_by_key(telling) else { continue };
            let words = self.text.diff_change(&self.finding(*of), self.effect(*effect), &values.change(change));
            lines.push(self.line("  ", &words));
            lines.extend(self.person(person, self.most.lines_of_answers));
        }
        lines.extend(self.more(groups.len(), shown));
        lines
    }

    /// Returns the worked examples with another result. Those with a better or worse one come first.
    fn examples(&self) -> Vec<String> {
        let (text, changed) = (self.text, &self.report.changed_examples);
        let all = grouped(self.report.examples);
        if self.report.examples == 0 {
            return Vec::new();
        }
        if changed.is_empty() {
            return vec![text.diff_examples_same(&all)];
        }
        let mut lines = vec![text.diff_examples(&all, &grouped(changed.len() as u64))];
        let mut sorted: Vec<_> = changed.iter().collect();
        sorted.sort_by_key(|(_, changes)| Effect::of_all(changes));
        let shown = self.most.examples;
        for (example, changes) in sorted.into_iter().take(shown) {
            let head = text.diff_example(&example.file, &example.name);
            if self.whole {
                lines.push(format!("  {head}"));
                lines.extend(changes.iter().map(|change| format!("    {}", self.change(change))));
            } else {
                let most = changes.iter().min_by_key(|change| change.effect);
                let change = most.map(|change| self.change(change)).unwrap_or_default();
                lines.push(self.line("  ", &cut(&head, COLUMNS / 2)));
                lines.push(self.line("    ", &change));
            }
        }
        lines.extend(self.more(changed.len(), shown));
        lines
    }

    /// Returns the questions that differ, and how many people gave an answer that one of the tables doesn't have.
    fn questions(&self) -> Vec<String> {
        let (text, asked) = (self.text, &self.report.questions);
        if asked.is_empty() {
            return vec![text.diff_questions_same().to_owned()];
        }
        let mut lines = vec![text.diff_questions(&asked.len().to_string())];
        let shown = self.most.questions;
        for one in asked.iter().take(shown) {
            let [old, new] = [Side::Old, Side::New].map(|side| self.question(side, one.name));
            let short = new.or(old).map_or("", |(side, question)| self.said(side, question.short));
            let question = text.diff_question(short, one.name);
            let answers =
                |of: Option<(Side, &Question)>| of.map_or(String::new(), |(side, one)| self.answers_of(side, one));
            let values = |side: Side, ids: &[&'static str]| {
                let words = ids.iter().map(|id| {
                    let question = self.question(side, one.name);
                    question.map_or((*id).to_owned(), |(side, question)| self.value(side, question, id))
                });
                text.list(words)
            };
            let words = match &one.difference {
                Difference::New => text.diff_question_new(&question, &answers(new)),
                Difference::Gone => text.diff_question_gone(&question),
                Difference::Kind => text.diff_question_kind(&question, &answers(old), &answers(new)),
                Difference::Values { new, gone } => {
                    let new = (!new.is_empty()).then(|| text.diff_values_new(&values(Side::New, new)));
                    let gone = (!gone.is_empty()).then(|| text.diff_values_gone(&values(Side::Old, gone)));
                    let all: Vec<String> = new.into_iter().chain(gone).collect();
                    text.diff_question_values(&question, &joined(text, all))
                }
            };
            lines.push(self.line("  ", &words));
            for side in [Side::Old, Side::New] {
                let key = LeftOut { side, question: one.name.to_owned() };
                let Some(count) = self.report.left_out.get(&key) else { continue };
                let count = grouped(*count);
                let words = match side {
                    Side::Old => text.diff_left_out_old(&count),
                    Side::New => text.diff_left_out_new(&count),
                };
                lines.push(self.line("    ", &words));
            }
        }
        lines.extend(self.more(asked.len(), shown));
        lines
    }

    /// Returns the sentences and names that differ.
    fn wording(&self) -> Vec<String> {
        let (text, wording) = (self.text, &self.report.wording);
        if !wording.differs() {
            return vec![text.diff_wording_same().to_owned()];
        }
        let count = |all: &[Sentence]| grouped(all.len() as u64);
        let mut lines = vec![text.diff_wording(&count(&wording.changed), &count(&wording.new), &count(&wording.gone))];
        let shown = self.most.sentences;
        for sentence in wording.changed.iter().take(shown) {
            let languages = text.list(sentence.words.keys());
            let in_all = sentence.words.len() == self.report.pair.new.languages.ids().count();
            let note = if in_all { String::new() } else { text.diff_only(&languages) };
            lines.push(format!("  {}", text.with_note(sentence.key, &note)));
            for (language, (old, new)) in &sentence.words {
                if !self.whole && Some(*language) != self.main_language(sentence) {
                    continue;
                }
                let (old, new) =
                    if self.whole { ((*old).to_owned(), (*new).to_owned()) } else { around(old, new, COLUMNS - 12) };
                lines.push(format!("    {}", text.diff_old_words(&old)));
                lines.push(format!("    {}", text.diff_new_words(&new)));
            }
        }
        lines.extend(self.more(wording.changed.len(), shown));
        for (sentences, new) in [(&wording.new, true), (&wording.gone, false)] {
            if self.whole {
                for sentence in sentences {
                    let language = self.main_language(sentence);
                    let (old, words) = language.and_then(|one| sentence.words.get(one)).copied().unwrap_or_default();
                    lines.push(format!("  {}", sentence.key));
                    let line = if new { text.diff_new_words(words) } else { text.diff_old_words(old) };
                    lines.push(format!("    {line}"));
                }
            } else if !sentences.is_empty() {
                let sections = text.list(sections(sentences));
                let line = if new { text.diff_new_sentences(&sections) } else { text.diff_gone_sentences(&sections) };
                lines.push(self.line("  ", &line));
            }
        }
        lines
    }

    /// Returns the blocks and values of the files that differ.
    fn data(&self) -> Vec<String> {
        let (text, data) = (self.text, &self.report.data);
        if data.is_empty() {
            return vec![text.diff_data_same().to_owned()];
        }
        let mut lines = vec![text.diff_data(&grouped(data.len() as u64))];
        for Datum { file, place, difference } in data.iter().take(self.most.data) {
            let what = match difference {
                data::Values::New => text.diff_values_new(place),
                data::Values::Gone => text.diff_values_gone(place),
                data::Values::Other(old, new) => {
                    let (old, new) =
                        if self.whole { (old.clone(), new.clone()) } else { around(old, new, COLUMNS / 4) };
                    text.diff_part(place, &old, &new)
                }
                data::Values::Elements { new, gone } => {
                    let new = (!new.is_empty()).then(|| text.diff_values_new(&text.list(new)));
                    let gone = (!gone.is_empty()).then(|| text.diff_values_gone(&text.list(gone)));
                    text.diff_part_differs(place, &joined(text, new.into_iter().chain(gone)))
                }
            };
            lines.push(self.line("  ", &text.diff_part_differs(file, &what)));
        }
        lines.extend(self.more(data.len(), self.most.data));
        lines
    }

    /// Writes one kind of change with its sample person as a worked example.
    fn case(&self, kind: &Kind, Sample { count, person, change }: &Sample) -> String {
        let text = self.text;
        let head = text.diff_kind(&self.finding(kind.of), self.effect(kind.effect), &grouped(*count));
        let mut lines = vec![format!("\n# {head}")];
        let values = self.values();
        lines.extend(values.lines(change).iter().map(|line| format!("#   {line}")));
        lines.extend(self.person(person, usize::MAX).iter().map(|line| format!("#   {}", line.trim_start())));
        let name = text.diff_part_differs(&self.finding(kind.of), &values.change(change));
        lines.push(format!("[[case]]\nname = {}", quoted(&name)));
        let clauses: Vec<String> = change.clauses.iter().map(|clause| quoted(clause)).collect();
        lines.push(format!("clauses = [{}]", clauses.join(", ")));
        lines.push(format!("as-of = {}\nanswers = {{ {} }}", person.as_of, self.pasted(person)));
        lines.join("\n")
    }

    /// Writes answers as the worked examples do: in the order of the questions, numbers without quotation marks.
    fn pasted(&self, Person { said, .. }: &Person) -> String {
        let answer = |(_, question): (Side, &Question)| {
            let value = said.get(question.name)?;
            let number =
                matches!(question.kind, Answered::Number(..)) && value.bytes().all(|byte| byte.is_ascii_digit());
            Some(format!("{} = {}", question.name, if number { value.clone() } else { quoted(value) }))
        };
        self.all_questions().into_iter().filter_map(answer).collect::<Vec<_>>().join(", ")
    }

    /// Returns the questions of both tables, those of the new ones first.
    fn all_questions(&self) -> Vec<(Side, &'static Question)> {
        let (old, new) = (self.report.pair.old.tables, self.report.pair.new.tables);
        let gone = old.questions.iter().filter(|question| new.question_named(question.name).is_none());
        let both = new.questions.iter().map(|question| (Side::New, question));
        both.chain(gone.map(|question| (Side::Old, question))).collect()
    }

    /// Returns a day and answers in words, in at most this number of lines. Answers that one of the tables doesn't have
    /// are marked and come first, after the goal.
    fn person(&self, Person { said, as_of }: &Person, most: usize) -> Vec<String> {
        let text = self.text;
        let answer = |(side, question): (Side, &'static Question)| {
            let value = said.get(question.name)?;
            let has = |side| self.question(side, question.name).map(|(_, question)| read(question, value).is_ok());
            let (old, new) = (has(Side::Old), has(Side::New));
            let side = if new == Some(true) || old.is_none() { side } else { Side::Old };
            let (side, question) = self.question(side, question.name)?;
            let words = text.diff_answer(self.said(side, question.short), &self.value(side, question, value));
            let note = match (old, new) {
                (None, _) => text.diff_not_asked_old(),
                (_, None) => text.diff_not_asked_new(),
                (Some(false), _) => text.diff_not_in_old(),
                (_, Some(false)) => text.diff_not_in_new(),
                _ => "",
            };
            // The goal says what the person asks.
            Some((question.name != GOAL, note.is_empty(), text.with_note(&words, note)))
        };
        let mut answers: Vec<_> = self.all_questions().into_iter().filter_map(answer).collect();
        answers.sort_by_key(|(not_goal, in_both, _)| (*not_goal, *in_both));
        let words = text.diff_person(&text.date(*as_of), &joined(text, answers.into_iter().map(|(_, _, words)| words)));
        if self.whole {
            return vec![format!("    {words}")];
        }
        wrapped(&words, COLUMNS - 4, most).iter().map(|line| format!("    {line}")).collect()
    }

    /// Returns a change in one line: finding, effect, and old and new value.
    fn change(&self, change: &Change) -> String {
        self.text.diff_change(&self.finding(change.of), self.effect(change.effect), &self.values().change(change))
    }

    /// Returns a question of one of the tables.
    fn question(&self, side: Side, name: &str) -> Option<(Side, &'static Question)> {
        Some((side, self.report.pair.tables(side).question_named(name)?))
    }

    /// Describes which answers a question takes.
    fn answers_of(&self, side: Side, question: &Question) -> String {
        match question.kind {
            Answered::Choice(values) => {
                let shown = values.iter().take(ANSWERS).map(|value| self.said(side, value.label).to_owned());
                let more = ANSWERS < values.len();
                self.text.list(shown.chain(more.then(|| "…".to_owned())))
            }
            Answered::Number(from, to) => self.text.advice_between(&from.to_string(), &to.to_string()),
            Answered::Date => self.text.diff_a_date().to_owned(),
        }
    }

    /// Returns an answer in words, or as it is written if the question doesn't have it.
    fn value(&self, side: Side, question: &Question, value: &str) -> String {
        match (read(question, value), question.kind) {
            (Ok(Answer::Choice(at)), Answered::Choice(values)) => {
                values.get(usize::from(at)).map_or("", |value| self.said(side, value.label)).to_owned()
            }
            (Ok(Answer::Date(day)), _) => self.text.date(day),
            _ if value == DONT_KNOW => self.text.question_page_dont_know().to_owned(),
            _ => value.to_owned(),
        }
    }

    /// Returns a message of one of the tables, in the language of the report.
    fn said(&self, side: Side, message: impl Into<tables::Msg>) -> &'static str {
        self.folder(side).languages.get(self.text.language.id(), message).unwrap_or_default()
    }

    fn folder(&self, side: Side) -> &'static Folder {
        match side {
            Side::Old => self.report.pair.old,
            Side::New => self.report.pair.new,
        }
    }

    fn values(&self) -> Values {
        Values { text: self.text, pair: self.report.pair }
    }

    /// Returns the language in which to show a sentence: that of the report, or the first one that differs.
    fn main_language(&self, sentence: &Sentence) -> Option<&'static str> {
        let own = self.text.language.id();
        if sentence.words.contains_key(own) { Some(own) } else { sentence.words.keys().next().copied() }
    }

    /// Returns a line about the items that are not shown, if there are any.
    fn more(&self, all: usize, shown: usize) -> Option<String> {
        let more = all.saturating_sub(shown);
        (0 < more).then(|| format!("  {}", self.text.diff_more(&grouped(more as u64))))
    }

    /// Returns an indented line, which the summary cuts at the edge of the screen.
    fn line(&self, indent: &str, words: &str) -> String {
        let line = format!("{indent}{words}");
        if self.whole { line } else { cut(&line, COLUMNS) }
    }

    /// Returns the name of a finding.
    fn finding(&self, of: Of) -> String {
        let text = self.text;
        match of {
            Of::Information => text.diff_information(),
            Of::Finding(id) => match id {
                FindingId::MaySit => text.finding_may_sit(),
                FindingId::CourseDates => text.diff_course_dates(),
                FindingId::CourseFee => text.finding_fee(),
                FindingId::Subsidy => text.finding_subsidy(),
                FindingId::NetCost => text.finding_net(),
                FindingId::ExamPassed => text.finding_passed(),
                FindingId::Resit => text.finding_resit(),
                FindingId::ResitFee => text.result_resit_costs(),
                FindingId::TrainingCertificate => text.finding_attended(),
                FindingId::Recognition => text.diff_recognition(),
                FindingId::DistrictCraftsman => text.diff_craftsman(),
            },
        }
        .to_owned()
    }

    /// Returns the effect of a change.
    fn effect(&self, effect: Effect) -> &'static str {
        let text = self.text;
        match effect {
            Effect::Gain => text.diff_gain(),
            Effect::Lose => text.diff_lose(),
            Effect::Class(OtherClass::Over) => text.diff_class_over(),
            Effect::Class(OtherClass::Next) => text.diff_class_next(),
            Effect::Class(OtherClass::Announced) => text.diff_class_announced(),
            Effect::Class(OtherClass::NotYet) => text.diff_class_not_yet(),
            Effect::Rules(OtherRules::Known) => text.diff_rules_known(),
            Effect::Rules(OtherRules::Ended) => text.diff_rules_ended(),
            Effect::Other => text.diff_other(),
        }
    }
}

/// Returns the sections of some sentences, each with the number of its sentences: `criterion.S14 (3)`.
fn sections(sentences: &[Sentence]) -> Vec<String> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for sentence in sentences {
        let section: Vec<&str> = sentence.key.split('.').take(2).collect();
        let section = section.join(".");
        match all.iter_mut().find(|(known, _)| *known == section) {
            Some((_, count)) => *count += 1,
            None => all.push((section, 1)),
        }
    }
    all.into_iter().map(|(section, count)| if count == 1 { section } else { format!("{section} ({count})") }).collect()
}
