//! Streams of server functions, which this page has none of.
//!
//! Leptos brings server functions whether one wants them or not, and they bring the crate `wasm-streams`. What that one hands to
//! JavaScript stays in a program whether it is called or not: some five thousand bytes of the first load. Here is as much of it as
//! server functions are compiled against, without anything behind it; `Cargo.toml` puts it in its place.

use futures_util::stream::{self, Stream};
use wasm_bindgen::JsValue;
use web_sys::ReadableStream as Raw;

/// A stream of the browser; nothing comes through it.
pub struct ReadableStream(Raw);

impl ReadableStream {
    pub fn from_raw(raw: Raw) -> ReadableStream {
        ReadableStream(raw)
    }

    /// # Panics
    ///
    /// Where the browser has no streams.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> ReadableStream {
        ReadableStream(Raw::new().expect("a stream"))
    }

    pub fn into_raw(self) -> Raw {
        self.0
    }

    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        stream::empty()
    }
}
