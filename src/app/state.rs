//! The state of the page: the answers and the current route. Only this module writes it.
//!
//! What follows from the answers (the path through the questions, the findings) is derived and never stored.

mod kept;
mod link;
mod navigation;
mod what_if;

use leptos::prelude::*;
use tables::{Date, Kind, Question, QuestionId, Tables};
use wasm_bindgen::JsValue;

use super::route::Route;
use crate::{
    browser::{self, Wait, storage::Storage},
    consultation::Consultation,
    draft::Draft,
    flow::{self, Path},
    rules::{Answer, Answers, TABLES},
    text::{FirstText, Language, Text, TextError},
};

/// The state that every page gets; a handle that is cheap to copy.
#[derive(Clone, Copy)]
pub struct State {
    pub tables: &'static Tables,
    /// The as-of date from the address.
    given: Option<Date>,
    /// Today in Asia/Shanghai by the device's clock, whatever the as-of date is. It changes while the page is open.
    today: RwSignal<Date>,
    storage: StoredValue<Storage>,
    /// Whether the answers here are those that are stored.
    is_written: StoredValue<bool>,
    /// Whether the page is in a frame and no answer has been sent since it was loaded.
    is_untouched: StoredValue<bool>,
    /// Counts how often the same page had to be rendered again: another window changed the answers, or they were deleted.
    made_anew: RwSignal<u32>,
    text: RwSignal<FirstText>,
    /// The languages whose complete wording is loaded.
    languages: StoredValue<Vec<Text>>,
    route: RwSignal<Route>,
    /// Whether the pages of the later part can be shown: their code and the complete wording of the page's language are
    /// loaded.
    later: RwSignal<Later>,
    answers: RwSignal<Answers>,
    /// The entries that are not sent yet, by question; they are lost when the page is closed.
    drafts: RwSignal<Vec<(QuestionId, Draft)>>,
    /// While one answer is changed from the list of answers: the page that was open before.
    changing: StoredValue<Option<Route>>,
    /// Whether the page asks for confirmation to delete the answers.
    deleting: RwSignal<bool>,
    /// Answers from a link, while the page asks whether they should replace the present ones.
    offered: RwSignal<Option<Answers>>,
    /// The ids of the documents that the person has ticked.
    papers: RwSignal<Vec<String>>,
    notices: RwSignal<Vec<Notice>>,
    /// When answers were last sent, in milliseconds.
    submitted: StoredValue<f64>,
    path: Memo<Path>,
    /// The answers that are tried out; they are never stored.
    what_if: RwSignal<Option<Vec<(QuestionId, Answer)>>>,
}

/// Two taps within this many milliseconds count as one.
const DOUBLE_TAP: f64 = 400.0;

/// The loading state of the later part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    Coming,
    There,
    Missing,
}

/// A message about this device or address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    StorageRefused,
    RecordOfOtherVersion,
    RecordBroken,
    /// The record had not been used for a long time.
    RecordOld,
    /// The person deleted the answers, here or in another window.
    Deleted,
    /// Another window has changed the answers.
    ChangedElsewhere,
    /// A new day has begun since the page was opened.
    NewDay,
    AsOfUnreadable,
    /// Another language was chosen and could not be loaded.
    LanguageMissing,
    /// Answers from a link are used.
    LinkTaken,
    /// The answers in a link can't be used.
    LinkBroken,
}

/// Loads the wording of the first part in a language. The error is for the console.
pub async fn load(language: Language, wait: Wait) -> Result<FirstText, JsValue> {
    let file = browser::language_file(language.id(), wait).await?;
    FirstText::load(language, file).map_err(unusable)
}

/// Completes the wording of a language with its second file. The error is for the console.
pub fn whole(first: FirstText, file: &'static [u8]) -> Result<Text, JsValue> {
    first.whole(file).map_err(unusable)
}

async fn load_whole(language: Language) -> Result<Text, JsValue> {
    let file = browser::later_language_file(language.id());
    whole(load(language, Wait::Short).await?, file.await?)
}

/// Returns today in Asia/Shanghai by the device's clock. A clock whose year has more than four digits gives the first
/// date, for which there are no rules either.
fn clock() -> Date {
    Date::in_shanghai(browser::now()).unwrap_or(Date::FIRST)
}

/// Returns the answers with some of them replaced.
fn with(mut answers: Answers, said: &[(QuestionId, Answer)]) -> Answers {
    said.iter().for_each(|(question, answer)| answers.set(*question, Some(*answer)));
    answers
}

fn unusable(error: TextError) -> JsValue {
    format!("the language file can't be used: {error:?}").into()
}

impl Notice {
    /// Whether the notice stays while the page is open; the others disappear when a question is answered.
    fn lasts(self) -> bool {
        matches!(self, Notice::StorageRefused | Notice::AsOfUnreadable | Notice::RecordOfOtherVersion)
    }
}

impl State {
    /// Creates the state from what the device has stored, except in a frame.
    pub fn new(text: FirstText) -> State {
        let tables = &TABLES;
        let storage = Storage::probe();
        let mut notices = Vec::new();

        let given = browser::query("as-of");
        let as_of = given.as_deref().and_then(Date::parse);
        if given.is_some() && as_of.is_none() {
            notices.push(Notice::AsOfUnreadable);
        }
        if storage.is_refused() {
            notices.push(Notice::StorageRefused);
        }
        let (given, today) = (as_of, RwSignal::new(clock()));
        let as_of = move || given.unwrap_or(today.get());
        let answers = RwSignal::new(Answers::NONE);
        let path = Memo::new(move |_| flow::replay(tables, &answers.get(), as_of()));
        let state = State {
            tables,
            given,
            today,
            storage: StoredValue::new(storage),
            is_written: StoredValue::new(false),
            is_untouched: StoredValue::new(browser::is_framed()),
            made_anew: RwSignal::new(0),
            text: RwSignal::new(text),
            languages: StoredValue::new(Vec::new()),
            route: RwSignal::new(Route::Start),
            later: RwSignal::new(Later::Coming),
            answers,
            drafts: RwSignal::new(Vec::new()),
            changing: StoredValue::new(None),
            deleting: RwSignal::new(false),
            offered: RwSignal::new(None),
            papers: RwSignal::new(Vec::new()),
            notices: RwSignal::new(notices),
            submitted: StoredValue::new(f64::NEG_INFINITY),
            path,
            what_if: RwSignal::new(None),
        };
        if !state.is_untouched.get_value() {
            state.answers.set(state.take_up());
        }
        browser::storage::on_change(move || state.follow_another_window());
        browser::on_return(move || state.look_at_the_clock());
        state.arrive();
        browser::on_fragment(move || {
            state.arrive();
            // The address from the history may name the language of that time.
            browser::name_language(state.text.with_untracked(|text| text.language.id()));
        });
        browser::show_language(text.language.id());
        browser::on_language(move |id| {
            if let Some(language) = Language::from_id(&id) {
                state.choose_language(language);
            }
        });
        state
    }

    /// The as-of date: the day whose rules are shown.
    pub fn as_of(self) -> Date {
        self.given.unwrap_or_else(|| self.today.get())
    }

    /// Whether the address names an as-of date other than today.
    pub fn is_as_of_given(self) -> bool {
        self.given.is_some_and(|given| given != self.today.get())
    }

    /// Today in Asia/Shanghai by the device's clock, whatever the as-of date is.
    pub fn today(self) -> Date {
        self.today.get()
    }

    /// Updates the date: a page may be open for days. On a new day all results are computed again and a notice is
    /// shown.
    fn look_at_the_clock(self) {
        let now = clock();
        if now != self.today.get_untracked() {
            self.today.set(now);
            if self.given.is_none() {
                self.notice(Notice::NewDay);
            }
        }
    }

    /// Subscribes to the changes, other than of the route, after which a page must be rendered again.
    pub fn track_what_else_changes(self) {
        self.loading();
        self.text();
        self.as_of();
        self.made_anew.track();
    }

    pub fn text(self) -> FirstText {
        self.text.get()
    }

    /// Returns the complete wording of the page's language, if it is loaded.
    pub fn whole_text(self) -> Option<Text> {
        self.whole_in(self.text.get().language)
    }

    fn whole_in(self, language: Language) -> Option<Text> {
        self.languages.with_value(|all| all.iter().find(|text| text.language == language).copied())
    }

    /// Switches to another language on the same page with the same answers. If its wording can't be loaded completely,
    /// the language stays.
    fn choose_language(self, language: Language) {
        let now = self.text.get_untracked();
        if now.language == language {
            return self.say_in(now);
        }
        if let Some(text) = self.whole_in(language) {
            return self.say_in(*text);
        }
        browser::spawn(async move {
            match load_whole(language).await {
                Ok(text) => {
                    self.add_language(text);
                    self.say_in(*text);
                }
                Err(error) => {
                    browser::log_error(&error);
                    self.notice(Notice::LanguageMissing);
                }
            }
        });
    }

    /// Adds a notice unless it is shown already.
    fn notice(self, notice: Notice) {
        if !self.notices.with_untracked(|notices| notices.contains(&notice)) {
            self.notices.update(|notices| notices.push(notice));
        }
    }

    fn say_in(self, text: FirstText) {
        let language = text.language.id();
        self.storage.get_value().write_language(language);
        browser::show_language(language);
        self.notices.update(|notices| notices.retain(|one| *one != Notice::LanguageMissing));
        self.text.set(text);
    }

    pub fn route(self) -> Route {
        self.route.get()
    }

    /// Returns the loading state of the page. Only the pages of the later part wait for anything.
    pub fn loading(self) -> Later {
        match self.route.get() {
            Route::Later(_) => self.later.get(),
            _ => Later::There,
        }
    }

    pub fn set_later(self, later: Later) {
        self.later.set(later);
    }

    /// Adds a completely loaded language.
    pub fn add_language(self, text: Text) {
        self.languages.update_value(|all| all.push(text));
    }

    pub fn notices(self) -> Vec<Notice> {
        self.notices.get()
    }

    pub fn path(self) -> Path {
        self.path.get()
    }

    /// Returns what follows from the answers. Only for pages of the later part, so that the first part does not contain
    /// the code of the findings.
    pub fn consultation(self) -> Consultation {
        self.answers.with(|answers| Consultation::new(self.tables, answers, self.as_of()))
    }

    pub fn has_answers(self) -> bool {
        self.answers.with(|answers| !answers.is_empty())
    }

    /// Returns the stored answer, whether or not it still matters.
    pub fn answer(self, question: QuestionId) -> Option<Answer> {
        self.answers.with_untracked(|answers| answers.get(question))
    }

    /// Returns what the page shows for a question: the present entry, or else the stored answer.
    pub fn draft(self, question: QuestionId) -> Draft {
        let entered =
            self.drafts.with(|drafts| drafts.iter().find(|(id, _)| *id == question).map(|(_, draft)| draft.clone()));
        entered.unwrap_or_else(|| Draft::of(self.answer(question)))
    }

    /// Keeps an entry until it is sent.
    pub fn enter(self, question: QuestionId, draft: Draft) {
        self.drafts.update(|drafts| {
            drafts.retain(|(id, _)| *id != question);
            drafts.push((question, draft));
        });
    }

    /// Returns the answers with what is chosen on a page so far. Numbers and dates on it count only once they are sent.
    pub fn entered(self, page: &'static [Question]) -> Answers {
        let mut answers = self.answers.get_untracked();
        for question in page {
            let chosen = self.draft(question.id).chosen;
            answers.set(question.id, chosen.filter(|_| !matches!(question.kind, Kind::Number(..) | Kind::Date)));
        }
        answers
    }

    /// Returns the answers with some of them replaced.
    pub fn answers_with(self, said: &[(QuestionId, Answer)]) -> Answers {
        with(self.answers.get_untracked(), said)
    }

    /// Whether answers were sent so recently that this tap was meant for the previous page.
    pub fn is_tapped_twice(self) -> bool {
        browser::milliseconds() - self.submitted.get_value() < DOUBLE_TAP
    }

    /// Stores the answers of one page and goes to the next one. A person who came to change an answer returns to the
    /// list of answers, unless the change has opened another question.
    pub fn submit(self, said: &[(QuestionId, Answer)]) {
        self.submitted.set_value(browser::milliseconds());
        self.drafts.update_untracked(|drafts| drafts.retain(|(id, _)| said.iter().all(|(sent, _)| sent != id)));
        let so_far = self.answers_to_extend();
        self.store_answers(with(so_far, said));
        browser::show_answered();
        let next = self.next();
        let back = self.changing.get_value().is_some_and(|open| next == Route::RESULT || next == open);
        self.go(if back { Route::Answers } else { next });
    }

    /// Whether a document is ticked.
    pub fn has_paper(self, id: &str) -> bool {
        self.papers.with(|papers| papers.iter().any(|one| one == id))
    }

    /// Ticks a document, or removes its tick.
    pub fn tick_paper(self, id: &str) {
        self.papers.update(|papers| match papers.iter().position(|one| one == id) {
            Some(at) => drop(papers.remove(at)),
            None => papers.push(id.to_owned()),
        });
        self.papers.with_untracked(|papers| self.storage.get_value().write_papers(papers));
    }
}
