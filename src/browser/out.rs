//! What leaves the page when the person asks for it: to the clipboard, to another app, to a printer, into a file or a
//! picture.
//!
//! The browser may refuse any of these: in frames and sandboxes, inside other apps, on plain HTTP, from a disk. The
//! caller is told where the refusal can be detected, and shows the text itself.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAnchorElement, HtmlTextAreaElement};

use super::{document, spawn, window};

/// Copies a text to the clipboard and reports whether that worked.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let text = text.to_owned();
    spawn(async move {
        let modern = match of_navigator("clipboard") {
            Some(_) => JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok(),
            None => false,
        };
        done(modern || copy_selected(&text).is_some());
    });
}

/// Copies a text from a hidden field: the only method on plain HTTP and inside some apps.
fn copy_selected(text: &str) -> Option<()> {
    let field: HtmlTextAreaElement = make("textarea")?;
    field.set_value(text);
    field.set_read_only(true);
    field.set_class_name("hidden");
    let body = document().body()?;
    body.append_child(&field).ok()?;
    field.select();
    let command: Function = Reflect::get(&document(), &"execCommand".into()).ok()?.dyn_into().ok()?;
    let done = command.call1(&document(), &"copy".into());
    field.remove();
    done.ok()?.is_truthy().then_some(())
}

/// Returns a property of the navigator that some browsers don't have, whatever the types say.
fn of_navigator(name: &str) -> Option<JsValue> {
    Reflect::get(&window().navigator(), &name.into()).ok().filter(|found| !found.is_undefined())
}

/// Whether an address can be shared with another app.
pub fn can_share() -> bool {
    of_navigator("share").is_some()
}

/// Shares an address with another app that the person chooses.
pub fn share(title: &str, address: &str) {
    let Some(share) = of_navigator("share").and_then(|share| share.dyn_into::<Function>().ok()) else { return };
    let what = Object::new();
    let _ = Reflect::set(&what, &"title".into(), &title.into());
    let _ = Reflect::set(&what, &"url".into(), &address.into());
    // A cancelled share is not an error.
    if let Some(promise) = share.call1(&window().navigator(), &what).ok().and_then(|one| one.dyn_into::<Promise>().ok())
    {
        spawn(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

pub fn print() {
    let _ = window().print();
}

/// Offers a text as a file to save.
pub fn save(name: &str, kind: &str, text: &str) {
    let Some(link) = make::<HtmlAnchorElement>("a") else { return };
    let text = String::from(js_sys::encode_uri_component(text));
    link.set_href(&format!("data:{kind};charset=utf-8,{text}"));
    link.set_download(name);
    link.click();
}

/// Returns the `data:` address of a PNG.
pub fn picture(png: &[u8]) -> Option<String> {
    let bytes: String = png.iter().map(|byte| char::from(*byte)).collect();
    Some(format!("data:image/png;base64,{}", window().btoa(&bytes).ok()?))
}

fn make<T: JsCast>(tag: &str) -> Option<T> {
    document().create_element(tag).ok()?.dyn_into().ok()
}
