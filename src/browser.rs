//! The only code that touches the window.
//!
//! What the browser refuses is told to the caller as a value; nothing here panics and nothing decides what is said about
//! it. Rules, answers and pages are unknown here: it passes text on.

pub mod history;
pub mod out;
pub mod storage;

use js_sys::{Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
pub use wasm_bindgen_futures::spawn_local as spawn;
use web_sys::{Document, Element, Event, HtmlElement, Url, Window};

#[wasm_bindgen(js_namespace = later)]
extern "C" {
    /// Of `public/later.js`: the bytes of a file, which may be given up when it takes too long.
    fn fetched(address: &str, in_time: bool) -> Promise;
}

/// Seconds since 1970 began in UTC, by the device's clock.
pub fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// Milliseconds on a clock that only goes forward: for durations.
pub fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Calls whenever somebody comes back to the page or does something on it, for as long as it lives.
pub fn on_return(back: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(back);
    for kind in ["focus", "pageshow", "visibilitychange", "click"] {
        let heard = listener.as_ref().unchecked_ref();
        let _ = window().add_event_listener_with_callback_and_bool(kind, heard, true);
    }
    listener.forget();
}

/// Lets the script of a frame know that the person has sent an answer here.
pub fn show_answered() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-answered", "true");
    }
}

/// A parameter of the address's query.
pub fn query(name: &str) -> Option<String> {
    let address = window().location().href().ok()?;
    Url::new(&address).ok()?.search_params().get(name)
}

/// Where others find this page, without query and fragment; of a file, where it is online, if the build was told. A device at
/// an info session may be the only one that can come by its own address.
pub fn own_address() -> Option<String> {
    if is_file() || is_session() && online_address().is_some() {
        return online_address();
    }
    let location = window().location();
    Some(location.origin().ok()? + &location.pathname().ok()?)
}

/// Whether the page is a file that somebody has, rather than at an address: opened from a disk, handed over by another app, or put
/// into another page as a whole.
pub fn is_file() -> bool {
    !window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"))
}

/// Whether somebody else's page shows this one.
pub fn is_framed() -> bool {
    document().document_element().is_some_and(|page| page.has_attribute("data-framed"))
}

/// Whether people use this device one after another, at an info session.
pub fn is_session() -> bool {
    document().document_element().is_some_and(|page| page.has_attribute("data-session"))
}

/// Where the page is to be found online, if the build was told.
pub fn online_address() -> Option<String> {
    document().query_selector("link[rel=canonical]").ok().flatten()?.get_attribute("href")
}

/// What of an address begins with this is an info session's, so that it stays one when it is loaded anew.
const SESSION: &str = "session/";

/// What stands behind `#`, whether or not it is a session's.
pub fn fragment() -> String {
    let fragment = window().location().hash().unwrap_or_default();
    let fragment = fragment.trim_start_matches('#');
    fragment.strip_prefix(SESSION).unwrap_or(fragment).to_owned()
}

/// Goes to another fragment; the one before stays behind the back button. Not in a session, where the next person would find
/// it there.
pub fn go(fragment: &str) {
    if is_session() {
        return go_instead(fragment);
    }
    let _ = window().location().set_hash(fragment);
}

/// Goes to another fragment in the place of this one.
pub fn go_instead(fragment: &str) {
    let session = if is_session() { SESSION } else { "" };
    // Whole: a fragment alone belongs to the page's base, which for a page within another is the other's address.
    if let Ok(address) = window().location().href() {
        let page = address.split('#').next().unwrap_or_default();
        let _ = window().location().replace(&format!("{page}#{session}{fragment}"));
    }
}

pub fn back() {
    let _ = window().history().and_then(|history| history.back());
}

/// Calls on every change of the fragment, for as long as the page lives. Not by `hashchange`: that isn't sent on the way back
/// to an address whose query has changed since, as another language changes it.
pub fn on_fragment(changed: impl Fn(String) + 'static) {
    // Called within itself, where what comes of one change is another.
    let listener = Closure::<dyn Fn()>::new(move || changed(fragment()));
    let _ = window().add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
    listener.forget();
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to an element once it is there, and the page to its top, or to the element.
pub fn focus(id: &str, to_top: bool) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if to_top {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            let _ = element.focus();
        }
    });
}

/// Takes the focus from what is about to go away: browsers lay out the whole page to do it themselves, with the new beside
/// the old.
pub fn release_focus() {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(focused) = focused {
        let _ = focused.blur();
    }
}

/// The language of the page before the program, as the loader chose it.
pub fn language() -> Option<String> {
    document().document_element().and_then(|page| page.get_attribute("lang"))
}

/// How long a file is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// As long as it takes: without it nothing can be shown.
    Long,
    /// So long that somebody can be asked to try again.
    Short,
}

/// The file of a language that the page names for its first part, once it has arrived. The error is for the console.
pub fn language_file(language: &str, wait: Wait) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    file_of(&format!("link[hreflang=\"{language}\"]"), "data-text", wait)
}

/// Likewise, the file with the rest of the wording.
pub fn later_language_file(language: &str) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    file_of(&format!("meta[name=\"later-{language}\"]"), "content", Wait::Short)
}

/// The file that an element names. It is asked for at once, so that several come at the same time.
fn file_of(element: &str, attribute: &str, wait: Wait) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    let address = document().query_selector(element).ok().flatten().and_then(|found| found.get_attribute(attribute));
    let asked = address.map(|address| JsFuture::from(fetched(&address, wait == Wait::Short)));
    async move {
        let bytes = asked.ok_or("the page names no such language file")?.await?;
        // Wording lives as long as the page.
        Ok(&*Uint8Array::new(&bytes).to_vec().leak())
    }
}

/// Calls with every language that is chosen on the page, for as long as it lives. Without the program its links load the
/// page anew, in that language.
pub fn on_language(mut chosen: impl FnMut(String) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(language) = link.and_then(|link| link.get_attribute("hreflang")) {
            event.prevent_default();
            chosen(language);
        }
    });
    let heard = listener.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback("click", heard);
    listener.forget();
}

/// Says which language the page is in: to who reads it aloud, by its links, and in an address that names one.
pub fn show_language(language: &str) {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("lang", language);
    }
    let links = document().query_selector_all("a[hreflang]");
    for link in links.iter().flat_map(|links| (0..links.length()).filter_map(|at| links.get(at))) {
        let link: Element = link.unchecked_into();
        let current = if link.get_attribute("hreflang").as_deref() == Some(language) { "true" } else { "false" };
        let _ = link.set_attribute("aria-current", current);
    }
    name_language(language);
}

/// Has an address that names a language name this one.
pub fn name_language(language: &str) {
    let Some(address) = window().location().href().ok().and_then(|address| Url::new(&address).ok()) else { return };
    if address.search_params().get("lang").is_some_and(|named| named != language) {
        address.search_params().set("lang", language);
        // Refused for some files and in some frames.
        let history = window().history();
        let _ =
            history.and_then(|history| history.replace_state_with_url(&history.state()?, "", Some(&address.href())));
    }
}

/// Where the program shows itself; nowhere once the page has said that it doesn't start.
pub fn place() -> Option<HtmlElement> {
    let place = document().query_selector("html:not([data-failed]) #app").ok().flatten();
    place.and_then(|element| element.dyn_into().ok())
}

/// Hides the page before the program.
pub fn take_over() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-ready", "true");
        let _ = page.remove_attribute("data-slow");
    }
}

/// For who looks into it, not for people.
pub fn complain(why: &JsValue) {
    leptos::logging::error!("{why:?}");
}

/// Brings the page before the program back, with whom to ask.
pub fn give_up(why: &JsValue) {
    complain(why);
    if let Some(page) = document().document_element() {
        let _ = page.remove_attribute("data-ready");
        let _ = page.set_attribute("data-failed", "true");
    }
}

/// Likewise, where the file of a language doesn't come or isn't what it should be: the page names it. A language within the page has no
/// file that could be lost.
pub fn give_up_without_language(language: &str, why: &JsValue) {
    let link = document().query_selector(&format!("link[hreflang=\"{language}\"]")).ok().flatten();
    let file = link.and_then(|link| link.get_attribute("data-text")).filter(|file| !file.starts_with("data:"));
    if let (Some(page), Some(file)) = (document().document_element(), file) {
        let _ = page.set_attribute("data-lost", &file);
    }
    give_up(why);
}

/// A program that died shows nothing sensible any more: say so, and show the page before the program.
pub fn give_up_on_panic() {
    std::panic::set_hook(Box::new(|panic| give_up(&JsValue::from_str(&panic.to_string()))));
}

fn window() -> Window {
    leptos::prelude::window()
}

fn document() -> Document {
    leptos::prelude::document()
}
