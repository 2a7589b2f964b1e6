//! The only code that touches the window.
//!
//! What the browser refuses is told to the caller as a value; nothing here panics and nothing decides what is said about
//! it. Rules, answers and pages are unknown here: it passes text on.

pub mod history;
pub mod storage;

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
pub use wasm_bindgen_futures::spawn_local as spawn;
use web_sys::{Document, HtmlElement, HtmlLinkElement, Response, Url, Window};

/// Seconds since 1970 began in UTC, by the device's clock.
pub fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// A parameter of the address's query.
pub fn query(name: &str) -> Option<String> {
    let address = window().location().href().ok()?;
    Url::new(&address).ok()?.search_params().get(name)
}

/// What stands behind `#`.
pub fn fragment() -> String {
    let fragment = window().location().hash().unwrap_or_default();
    fragment.trim_start_matches('#').to_owned()
}

/// Goes to another fragment; the one before stays behind the back button.
pub fn go(fragment: &str) {
    let _ = window().location().set_hash(fragment);
}

/// Goes to another fragment in the place of this one.
pub fn go_instead(fragment: &str) {
    let _ = window().location().replace(&format!("#{fragment}"));
}

pub fn back() {
    let _ = window().history().and_then(|history| history.back());
}

/// Calls on every change of the fragment, for as long as the page lives.
pub fn on_fragment(mut changed: impl FnMut(String) + 'static) {
    let listener = Closure::<dyn FnMut()>::new(move || changed(fragment()));
    let _ = window().add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
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

/// Puts a text where people can paste it from; tells whether that worked. Frames, plain http and some apps refuse.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let text = text.to_owned();
    spawn(async move {
        // Absent outside secure contexts, whatever the types say.
        let there =
            js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|one| !one.is_undefined());
        done(there && JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok());
    });
}

/// The language file that the page names, once it has arrived. The error is for the console.
pub async fn language() -> Result<&'static [u8], JsValue> {
    let link = document().get_element_by_id("language").ok_or("the page names no language file")?;
    let address = link.unchecked_into::<HtmlLinkElement>().href();
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await?.unchecked_into();
    if !response.ok() {
        return Err(format!("the language file can't be had: {}", response.status()).into());
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    // Wording lives as long as the page.
    Ok(Uint8Array::new(&bytes).to_vec().leak())
}

/// Where the program shows itself.
pub fn place() -> Option<HtmlElement> {
    document().get_element_by_id("app").and_then(|element| element.dyn_into().ok())
}

/// Hides the page before the program.
pub fn take_over() {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-ready", "true");
    }
}

/// Brings the page before the program back, with whom to ask.
pub fn give_up(why: &JsValue) {
    leptos::logging::error!("{why:?}");
    if let Some(page) = document().document_element() {
        let _ = page.remove_attribute("data-ready");
        let _ = page.set_attribute("data-failed", "true");
    }
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
