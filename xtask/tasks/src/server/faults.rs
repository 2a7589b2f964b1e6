//! Files that go wrong on the way, as they do on bad lines and bad hosts: for tests, which set and mend them while the server
//! runs. Knows nothing of what is served.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio_stream::StreamExt as _;

/// What happens to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    NotFound,
    ServerError,
    /// The connection breaks in the middle.
    Cut,
    /// Another page comes in its place, as where a network wants one to log in first.
    Html,
    /// The second half never comes, and the connection stays.
    Stall,
    /// It comes whole, as text, and nobody may take it for anything else: from hosts that don't know its type.
    Untyped,
}

impl Fault {
    /// Those of the way; a type is the host's.
    pub const ALL: [Fault; 5] = [Fault::NotFound, Fault::ServerError, Fault::Cut, Fault::Html, Fault::Stall];
}

/// The faults of a server, by the names of its files; `index.html` for the page. A handle, cheap to copy.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<BTreeMap<String, (Fault, usize)>>>);

impl Faults {
    pub fn set(&self, file: &str, fault: Fault) {
        self.all().insert(file.to_owned(), (fault, 0));
    }

    /// How often a file has gone wrong so far.
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

/// Serves, and does what is to go wrong.
pub async fn disturb(State(faults): State<Faults>, mut request: Request, next: Next) -> Response {
    let name = request.uri().path().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html");
    let fault = faults.all().get_mut(name).map(|(fault, met)| {
        *met += 1;
        *fault
    });
    if fault.is_some() {
        // Whoever has it already gets it again, to see it fail.
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

/// The first half of a response under the length of the whole.
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
