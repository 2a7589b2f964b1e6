//! Faults of files, as they occur on bad networks and hosts, for tests, which set and remove them while the server
//! runs. This module does not know what is served.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio_stream::StreamExt as _;

/// A fault of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    NotFound,
    ServerError,
    /// The connection breaks in the middle.
    Cut,
    /// Another page is sent instead, as by networks that require a login.
    Html,
    /// The second half is never sent, and the connection stays open.
    Stall,
    /// The complete file is sent as plain text with `nosniff`, as by hosts that don't know its type.
    Untyped,
}

impl Fault {
    /// The faults of networks and servers, without the wrong type, which depends on the host.
    pub const ALL: [Fault; 5] = [Fault::NotFound, Fault::ServerError, Fault::Cut, Fault::Html, Fault::Stall];
}

/// The faults of a server, by file name; `index.html` for the page. A handle that is cheap to copy.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<BTreeMap<String, (Fault, usize)>>>);

impl Faults {
    pub fn set(&self, file: &str, fault: Fault) {
        self.all().insert(file.to_owned(), (fault, 0));
    }

    /// Returns how often a file was requested since its fault was set.
    pub fn met(&self, file: &str) -> usize {
        self.all().get(file).map_or(0, |(_, met)| *met)
    }

    pub fn mend(&self) {
        self.all().clear();
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, (Fault, usize)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a request, with the file's fault if there is one.
pub async fn disturb(State(faults): State<Faults>, mut request: Request, next: Next) -> Response {
    let name = request.uri().path().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html");
    let fault = faults.all().get_mut(name).map(|(fault, met)| {
        *met += 1;
        *fault
    });
    if fault.is_some() {
        // The file is sent again even if the browser has it, so that the fault takes effect.
        request.headers_mut().remove(header::IF_NONE_MATCH);
        request.headers_mut().remove(header::IF_MODIFIED_SINCE);
    }
    match fault {
        None => next.run(request).await,
        Some(Fault::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Some(Fault::ServerError) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(Fault::Html) => {
            ([(header::CONTENT_TYPE, "text/html")], "<!doctype html><title>log in</title>").into_response()
        }
        Some(Fault::Untyped) => {
            let mut response = next.run(request).await;
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response
        }
        Some(fault @ (Fault::Cut | Fault::Stall)) => half(next.run(request).await, fault == Fault::Cut).await,
    }
}

/// Returns the first half of a response, with the length of the whole.
async fn half(whole: Response, breaks: bool) -> Response {
    let (mut head, body) = whole.into_parts();
    let Ok(content) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    head.headers.insert(header::CONTENT_LENGTH, content.len().into());
    let half = content.slice(..content.len() / 2);
    let first = tokio_stream::iter([Ok::<_, std::io::Error>(half)]);
    let body = if breaks {
        Body::from_stream(first.chain(tokio_stream::iter([Err(std::io::ErrorKind::ConnectionReset.into())])))
    } else {
        Body::from_stream(first.chain(tokio_stream::pending()))
    };
    Response::from_parts(head, body)
}
