//! The only code that touches the browser's window.
//!
//! A refusal of the browser is returned as a value; nothing here panics or decides how a refusal is reported. This
//! module passes text on and does not know rules, answers or pages.

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
    /// Defined in `public/later.js`: fetches the bytes of a file, and gives up after a time limit if `in_time`.
    fn fetched(address: &str, in_time: bool) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// Goes to a fragment (with its `#`), or replaces the present one. Defined in `public/loader.js`. Where the browser
    /// doesn't let the page change its address, the fragment is noted in the history or on the page: afterwards
    /// `fragment` returns it in any case.
    #[wasm_bindgen(js_name = goToFragment)]
    fn go_to_fragment(fragment: &str, instead: bool);
}

/// Returns the seconds since 1970-01-01 UTC, by the device's clock.
pub fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// Returns the milliseconds of a clock that never goes backwards, for durations.
pub fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Calls `back` whenever the person returns to the page or clicks on it, for as long as the page lives.
pub fn on_return(back: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(back);
    for kind in ["focus", "pageshow", "visibilitychange", "click"] {
        let heard = listener.as_ref().unchecked_ref();
        let _ = window().add_event_listener_with_callback_and_bool(kind, heard, true);
    }
    listener.forget();
}

/// Tells the script of a frame that the person has sent an answer.
pub fn show_answered() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-answered", "true");
    }
}

/// Returns a parameter of the address's query.
pub fn query(name: &str) -> Option<String> {
    let address = window().location().href().ok()?;
    Url::new(&address).ok()?.search_params().get(name)
}

/// Returns the page's public address without query and fragment; for a file, its online address, if the build has one.
/// An info session prefers the online address too, because its own address may be reachable only from that device.
pub fn own_address() -> Option<String> {
    if is_file() || is_session() && online_address().is_some() {
        return online_address();
    }
    let location = window().location();
    Some(location.origin().ok()? + &location.pathname().ok()?)
}

/// Whether the page is a file rather than a page at a web address: opened from a disk, from another app, or embedded as
/// a whole in another page.
pub fn is_file() -> bool {
    !window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"))
}

/// Whether another website's page shows this one in a frame.
pub fn is_framed() -> bool {
    document().document_element().is_some_and(|page| page.has_attribute("data-framed"))
}

/// Whether people use this device one after another, at an info session.
pub fn is_session() -> bool {
    document().document_element().is_some_and(|page| page.has_attribute("data-session"))
}

/// Returns the page's address online, if the build was given one.
pub fn online_address() -> Option<String> {
    document().query_selector("link[rel=canonical]").ok().flatten()?.get_attribute("href")
}

/// The prefix of a fragment in an info session, by which a reloaded page stays in the session.
const SESSION: &str = "session/";

/// Returns the fragment that the loader noted on the page, where the browser lets neither the address nor the history be changed.
fn noted_fragment() -> Option<String> {
    document().document_element().and_then(|page| page.get_attribute("data-at"))
}

/// Whether the browser's history has the page before.
pub fn has_history() -> bool {
    !is_session() && noted_fragment().is_none()
}

/// Returns the text after `#`, without the prefix of an info session.
pub fn fragment() -> String {
    let fragment = noted_fragment().or_else(|| window().location().hash().ok()).unwrap_or_default();
    let fragment = fragment.trim_start_matches('#');
    fragment.strip_prefix(SESSION).unwrap_or(fragment).to_owned()
}

/// Goes to another fragment and keeps the present one in the history. An info session replaces it, because the next
/// person would find it there.
pub fn go(fragment: &str) {
    if is_session() {
        return go_instead(fragment);
    }
    go_to_fragment(&format!("#{fragment}"), false);
}

/// Replaces the present fragment by another one.
pub fn go_instead(fragment: &str) {
    let session = if is_session() { SESSION } else { "" };
    go_to_fragment(&format!("#{session}{fragment}"), true);
}

pub fn back() {
    let _ = window().history().and_then(|history| history.back());
}

/// Calls `arrive` on every change of the fragment, for as long as the page lives, usually once for each event.
/// `hashchange` is not sent on the way back to an address whose query has changed since, for example by a change of
/// language. `popstate` waits until the page has loaded completely in Chromium before 102 and Safari before 16.2.
pub fn on_fragment(arrive: impl Fn() + 'static) {
    // `arrive` may change the fragment: `popstate` is then sent at once and calls it again within its own call.
    let listener = Closure::<dyn Fn()>::new(arrive);
    for kind in ["popstate", "hashchange"] {
        let _ = window().add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Focuses an element in the next frame and scrolls to the top of the page or to the element.
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

/// Removes the focus from an element before it is removed: browsers doing it themselves would lay out the whole page
/// with the old and the new content.
pub fn release_focus() {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(focused) = focused {
        let _ = focused.blur();
    }
}

/// Returns the language of the static page, as the loader chose it.
pub fn language() -> Option<String> {
    document().document_element().and_then(|page| page.get_attribute("lang"))
}

/// How long to wait for a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Without a time limit: without the file nothing can be shown.
    Long,
    /// With a time limit after which the person can try again.
    Short,
}

/// Loads the wording of the first part from the file that the page names for the language. The error is for the
/// console.
pub fn language_file(language: &str, wait: Wait) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    file_of(&format!("link[hreflang=\"{language}\"]"), "data-text", wait)
}

/// Loads the rest of the wording in a language. The error is for the console.
pub fn later_language_file(language: &str) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    file_of(&format!("meta[name=\"later-{language}\"]"), "content", Wait::Short)
}

/// Loads the file that an element names. The request is sent at once, so that several files load at the same time.
fn file_of(element: &str, attribute: &str, wait: Wait) -> impl Future<Output = Result<&'static [u8], JsValue>> + use<> {
    let address = document().query_selector(element).ok().flatten().and_then(|found| found.get_attribute(attribute));
    let asked = address.map(|address| JsFuture::from(fetched(&address, wait == Wait::Short)));
    async move {
        let bytes = asked.ok_or("the page names no such language file")?.await?;
        // The wording lives as long as the page.
        Ok(&*Uint8Array::new(&bytes).to_vec().leak())
    }
}

/// Calls `chosen` with every language chosen on the page, for as long as the page lives. Without the program, the
/// language links reload the page.
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

/// Sets the page's language: for screen readers, in the language links, and in an address that names a language.
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

/// Updates the language in an address that names one.
pub fn name_language(language: &str) {
    let Some(address) = window().location().href().ok().and_then(|address| Url::new(&address).ok()) else { return };
    if address.search_params().get("lang").is_some_and(|named| named != language) {
        address.search_params().set("lang", language);
        // Browsers refuse this for some files and in some frames.
        let history = window().history();
        let _ =
            history.and_then(|history| history.replace_state_with_url(&history.state()?, "", Some(&address.href())));
    }
}

/// Returns the element in which the program is mounted, or `None` once the page has reported that the program doesn't
/// start.
pub fn mount_point() -> Option<HtmlElement> {
    let place = document().query_selector("html:not([data-failed]) #app").ok().flatten();
    place.and_then(|element| element.dyn_into().ok())
}

/// Hides the static page.
pub fn hide_static_page() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-ready", "true");
        let _ = page.remove_attribute("data-slow");
    }
}

/// Writes an error to the browser's console.
pub fn log_error(why: &JsValue) {
    leptos::logging::error!("{why:?}");
}

/// Shows the static page again, which names whom to ask.
pub fn show_static_page(why: &JsValue) {
    log_error(why);
    if let Some(page) = document().document_element() {
        let _ = page.remove_attribute("data-ready");
        let _ = page.set_attribute("data-failed", "true");
    }
}

/// Shows the static page again with the name of a language file that could not be loaded or used. Wording inside the
/// page has no file to name.
pub fn show_static_page_without_language(language: &str, why: &JsValue) {
    let link = document().query_selector(&format!("link[hreflang=\"{language}\"]")).ok().flatten();
    let file = link.and_then(|link| link.get_attribute("data-text")).filter(|file| !file.starts_with("data:"));
    if let (Some(page), Some(file)) = (document().document_element(), file) {
        let _ = page.set_attribute("data-lost", &file);
    }
    show_static_page(why);
}

/// Installs a panic hook that shows the static page with an error, because the program can't continue after a panic:
/// the page is built with `panic = "abort"`.
pub fn show_static_page_on_panic() {
    std::panic::set_hook(Box::new(|panic| show_static_page(&JsValue::from_str(&panic.to_string()))));
}

fn window() -> Window {
    leptos::prelude::window()
}

fn document() -> Document {
    leptos::prelude::document()
}
