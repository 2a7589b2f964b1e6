//! The state of the page: answers, and where one is. Only this module writes it.
//!
//! What follows from the answers (the way through the questions, the findings) is derived and never kept.

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

/// Handed to every page; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct State {
    pub tables: &'static Tables,
    /// The day in the address whose rules are to be shown.
    given: Option<Date>,
    /// The day in Shanghai by the device's clock, whatever day's rules are shown. It changes while the page is open.
    today: RwSignal<Date>,
    storage: StoredValue<Storage>,
    /// Whether the answers here are those that are kept.
    is_written: StoredValue<bool>,
    /// In a frame: nobody has sent an answer since it was loaded.
    is_untouched: StoredValue<bool>,
    /// Counts how often something else than this page changed what it shows.
    made_anew: RwSignal<u32>,
    text: RwSignal<FirstText>,
    /// The languages that have come as a whole so far.
    languages: StoredValue<Vec<Text>>,
    route: RwSignal<Route>,
    /// Whether the pages that come later can be shown: their code is there, and the whole wording of the page's language.
    later: RwSignal<Later>,
    answers: RwSignal<Answers>,
    /// What is entered and not sent, by question: gone with the page.
    drafts: RwSignal<Vec<(QuestionId, Draft)>>,
    /// While one answer is changed from the page of all: what was open there anyway.
    changing: StoredValue<Option<Route>>,
    /// Whether it is being asked if the answers are really to go.
    deleting: RwSignal<bool>,
    /// Answers that came by a link, where there are others on the device: it is being asked which are to be used.
    offered: RwSignal<Option<Answers>>,
    /// The papers that were ticked, by their ids.
    papers: RwSignal<Vec<String>>,
    notices: RwSignal<Vec<Notice>>,
    /// When answers were last sent, in milliseconds.
    submitted: StoredValue<f64>,
    path: Memo<Path>,
    /// Answers that are tried out; never kept.
    what_if: RwSignal<Option<Vec<(QuestionId, Answer)>>>,
}

/// Two taps within so many milliseconds are one.
const DOUBLE_TAP: f64 = 400.0;

/// How far the part of the program that comes later has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    Coming,
    There,
    Missing,
}

/// Something the person has to know about this device or address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    StorageRefused,
    RecordOfOtherVersion,
    RecordBroken,
    /// Nobody had touched it for long.
    RecordOld,
    /// The person deleted the answers, here or in another window.
    Deleted,
    /// Another window has other answers now.
    ChangedElsewhere,
    /// Another day has begun since the page was opened.
    NewDay,
    AsOfUnreadable,
    /// Another language was chosen and didn't come.
    LanguageMissing,
    /// Answers came by a link and are used.
    LinkTaken,
    /// A link had answers that can't be used.
    LinkBroken,
}

/// Fetches what the first part says in a language. The error is for the console.
pub async fn load(language: Language, wait: Wait) -> Result<FirstText, JsValue> {
    let file = browser::language_file(language.id(), wait).await?;
    FirstText::load(language, file).map_err(unusable)
}

/// The whole wording of a language, once its second file has arrived. The error is for the console.
pub async fn whole(
    first: FirstText,
    file: impl Future<Output = Result<&'static [u8], JsValue>>,
) -> Result<Text, JsValue> {
    first.whole(file.await?).map_err(unusable)
}

async fn load_whole(language: Language) -> Result<Text, JsValue> {
    let file = browser::later_language_file(language.id());
    whole(load(language, Wait::Short).await?, file).await
}

/// Today in Shanghai, by the device's clock. One so far off that its year has more than four digits has no rules anyway.
fn clock() -> Date {
    Date::in_shanghai(browser::now()).unwrap_or(Date::FIRST)
}

/// Answers, if these were given as well.
fn with(mut answers: Answers, said: &[(QuestionId, Answer)]) -> Answers {
    said.iter().for_each(|(question, answer)| answers.set(*question, Some(*answer)));
    answers
}

fn unusable(error: TextError) -> JsValue {
    format!("the language file can't be used: {error:?}").into()
}

impl Notice {
    /// True for as long as the page is open; the others are over when something is answered.
    fn lasts(self) -> bool {
        matches!(self, Notice::StorageRefused | Notice::AsOfUnreadable | Notice::RecordOfOtherVersion)
    }
}

impl State {
    /// Takes up where this device left off, but for a frame.
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
        state.arrive(&browser::fragment());
        browser::on_fragment(move |fragment| {
            state.arrive(&fragment);
            // The address one comes back to may name the language of that time.
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

    /// The day whose rules are shown.
    pub fn as_of(self) -> Date {
        self.given.unwrap_or_else(|| self.today.get())
    }

    /// Whether that day was given in the address, and is not today.
    pub fn is_as_of_given(self) -> bool {
        self.given.is_some_and(|given| given != self.today.get())
    }

    /// The day in Shanghai by the device's clock, whatever day's rules are shown.
    pub fn today(self) -> Date {
        self.today.get()
    }

    /// A page may be open for days: on another one everything is worked out anew, and that is said.
    fn look_at_the_clock(self) {
        let now = clock();
        if now != self.today.get_untracked() {
            self.today.set(now);
            if self.given.is_none() {
                self.notice(Notice::NewDay);
            }
        }
    }

    /// Tracks what makes a page anew that doesn't follow by itself.
    pub fn track_what_else_changes(self) {
        self.as_of();
        self.made_anew.track();
    }

    pub fn text(self) -> FirstText {
        self.text.get()
    }

    /// The whole wording of the page's language, if it has come.
    pub fn whole_text(self) -> Option<Text> {
        self.whole_in(self.text.get().language)
    }

    fn whole_in(self, language: Language) -> Option<Text> {
        self.languages.with_value(|all| all.iter().find(|text| text.language == language).copied())
    }

    /// Says everything in another language, on the same page and with the same answers. One that doesn't come as a whole leaves the
    /// language as it is.
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
                    browser::complain(&error);
                    self.notice(Notice::LanguageMissing);
                }
            }
        });
    }

    /// Says something, and once only.
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

    pub fn later(self) -> Later {
        self.later.get()
    }

    pub fn later_untracked(self) -> Later {
        self.later.get_untracked()
    }

    pub fn set_later(self, later: Later) {
        self.later.set(later);
    }

    /// A language has come as a whole.
    pub fn add_language(self, text: Text) {
        self.languages.update_value(|all| all.push(text));
    }

    pub fn notices(self) -> Vec<Notice> {
        self.notices.get()
    }

    pub fn path(self) -> Path {
        self.path.get()
    }

    /// What follows from the answers. For pages that come later: nothing of the first part is to need the findings.
    pub fn consultation(self) -> Consultation {
        self.answers.with(|answers| Consultation::new(self.tables, answers, self.as_of()))
    }

    pub fn has_answers(self) -> bool {
        self.answers.with(|answers| !answers.is_empty())
    }

    /// The stored answer, whether or not it still matters.
    pub fn answer(self, question: QuestionId) -> Option<Answer> {
        self.answers.with_untracked(|answers| answers.get(question))
    }

    /// What stands on the page for a question: entered just now, or answered before.
    pub fn draft(self, question: QuestionId) -> Draft {
        let entered =
            self.drafts.with(|drafts| drafts.iter().find(|(id, _)| *id == question).map(|(_, draft)| draft.clone()));
        entered.unwrap_or_else(|| Draft::of(self.answer(question)))
    }

    /// Keeps what is entered until it is sent.
    pub fn enter(self, question: QuestionId, draft: Draft) {
        self.drafts.update(|drafts| {
            drafts.retain(|(id, _)| *id != question);
            drafts.push((question, draft));
        });
    }

    /// The answers, with what is chosen on a page so far. What is typed there counts only when it is sent.
    pub fn entered(self, page: &'static [Question]) -> Answers {
        let mut answers = self.answers.get_untracked();
        for question in page {
            let chosen = self.draft(question.id).chosen;
            answers.set(question.id, chosen.filter(|_| !matches!(question.kind, Kind::Number(..) | Kind::Date)));
        }
        answers
    }

    /// The answers, if these were given as well.
    pub fn answers_with(self, said: &[(QuestionId, Answer)]) -> Answers {
        with(self.answers.get_untracked(), said)
    }

    /// The page came by a tap just now: another one there means the page before.
    pub fn is_tapped_twice(self) -> bool {
        browser::milliseconds() - self.submitted.get_value() < DOUBLE_TAP
    }

    /// Takes the answers of one page and goes on to whatever comes next. Whoever came to change an answer goes back to all
    /// of them, once nothing is open that wasn't before.
    pub fn submit(self, said: &[(QuestionId, Answer)]) {
        self.submitted.set_value(browser::milliseconds());
        self.drafts.update_untracked(|drafts| drafts.retain(|(id, _)| said.iter().all(|(sent, _)| sent != id)));
        let so_far = self.so_far();
        self.keep(with(so_far, said));
        browser::show_answered();
        let next = self.next();
        let back = self.changing.get_value().is_some_and(|open| next == Route::Result || next == open);
        self.go(if back { Route::Answers } else { next });
    }

    /// Whether a paper was ticked.
    pub fn has_paper(self, id: &str) -> bool {
        self.papers.with(|papers| papers.iter().any(|one| one == id))
    }

    /// Ticks a paper, or takes the tick away.
    pub fn tick_paper(self, id: &str) {
        self.papers.update(|papers| match papers.iter().position(|one| one == id) {
            Some(at) => drop(papers.remove(at)),
            None => papers.push(id.to_owned()),
        });
        self.papers.with_untracked(|papers| self.storage.get_value().write_papers(papers));
    }
}
