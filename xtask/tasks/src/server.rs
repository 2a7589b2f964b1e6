//! A web server for the built page, for development and for the end-to-end tests.
//!
//! It behaves like the static hosts that the page is meant for: correct types, precompressed files, files with hashed
//! names kept for ever, and `index.html` never kept. Unlike a host, it can put scripts before everything else in
//! `index.html`, tell open pages to reload, and fail on request. Stopping it makes the page really offline: every open
//! connection ends.

pub mod faults;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;
use tower_http::services::ServeDir;

use crate::names;
use faults::{Faults, disturb};

/// The served files and the settings of the server.
pub struct Site {
    folder: PathBuf,
    scripts: Vec<Script>,
    faults: Faults,
    shared: bool,
    framed_by: &'static str,
}

/// A script that the server adds; the page's own policy allows it, because it is a file of the same origin.
struct Script {
    name: &'static str,
    content: ScriptText,
}

/// The text of an added script. A clone of this handle can change it while it is served.
#[derive(Clone)]
pub struct ScriptText(Arc<Mutex<String>>);

impl ScriptText {
    pub fn get(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn add(&self, more: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(more);
    }
}

impl From<&str> for ScriptText {
    fn from(text: &str) -> ScriptText {
        ScriptText(Arc::new(Mutex::new(text.to_owned())))
    }
}

impl Site {
    pub fn new(folder: &Path) -> Site {
        Site {
            folder: folder.to_owned(),
            scripts: Vec::new(),
            faults: Faults::default(),
            shared: false,
            framed_by: "*",
        }
    }

    /// Adds a script that runs before everything else in `index.html`.
    pub fn with_script(mut self, name: &'static str, content: impl Into<ScriptText>) -> Site {
        self.scripts.push(Script { name, content: content.into() });
        self
    }

    /// Allows pages of any origin to fetch the files, even an origin without a name.
    pub fn shared(self) -> Site {
        Site { shared: true, ..self }
    }

    /// Restricts which pages may show the page in a frame, as written in a policy; without this all pages may.
    pub fn framed_by(self, hosts: &'static str) -> Site {
        Site { framed_by: hosts, ..self }
    }

    /// Uses faults that the owner of the handle sets.
    pub fn with_faults(self, faults: Faults) -> Site {
        Site { faults, ..self }
    }
}

/// A running server; dropping it stops it.
pub struct Server {
    address: SocketAddr,
    reload: watch::Sender<u64>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

fn listen(address: SocketAddr) -> Result<std::net::TcpListener> {
    std::net::TcpListener::bind(address).with_context(|| format!("cannot serve at {address}"))
}

impl Server {
    /// Serves on a free local port that no earlier server of this process had, because browsers keep their data by
    /// address.
    pub fn on_loopback(site: Site) -> Result<Server> {
        static HAD: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
        let mut had = HAD.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
            if had.insert(listener.local_addr()?.port()) {
                return Server::serve(site, listener);
            }
        }
    }

    /// Serves at an address; port 0 means any free one.
    pub fn start(site: Site, address: SocketAddr) -> Result<Server> {
        Server::serve(site, listen(address)?)
    }

    fn serve(site: Site, listener: std::net::TcpListener) -> Result<Server> {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (reload, reloads) = watch::channel(0);
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            // Leaving `block_on` drops the runtime, and with it every open connection.
            runtime.block_on(async move {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    _ = axum::serve(listener, router(site, reloads)) => (),
                    _ = stopped => (),
                }
            });
        })?;
        Ok(Server { address, reload, stop: Some(stop), thread: Some(thread) })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the address of the page on this machine.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.address.port())
    }

    /// Makes every open page that contains [`RELOAD`] reload.
    pub fn reload(&self) {
        self.reload.send_modify(|version| *version += 1);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The name and text of the script with which an open page waits for [`Server::reload`].
pub const RELOAD: (&str, &str) = ("xtask-reload.js", include_str!("reload.js"));

fn router(site: Site, reloads: watch::Receiver<u64>) -> Router {
    let files = files(&site.folder);
    let mut router = Router::new();
    let shared = site.shared;
    for script in &site.scripts {
        let content = script.content.clone();
        let serve = async move || ([(header::CONTENT_TYPE, "text/javascript")], content.get());
        router = router.route(&format!("/{}", script.name), get(serve));
    }
    router
        .route("/", get(page))
        .route("/index.html", get(page))
        .route("/xtask-reload", get(async move || reload_events(reloads)))
        .fallback_service(files)
        .layer(axum::middleware::from_fn(host_like_headers))
        .layer(axum::middleware::map_response(move |response| share(response, shared)))
        .layer(axum::middleware::from_fn_with_state(site.faults.clone(), disturb))
        .with_state(Arc::new(site))
}

fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder).precompressed_br().precompressed_gzip()
}

/// Serves `index.html` with its own policy as a header, as a host may do; unchanged, or with the added scripts first in
/// its head.
async fn page(State(site): State<Arc<Site>>, mut request: Request) -> Response {
    let Ok(html) = std::fs::read_to_string(site.folder.join("index.html")) else {
        return (StatusCode::NOT_FOUND, "there is no index.html").into_response();
    };
    let mut response = if site.scripts.is_empty() {
        // A file may change within the same second, which this header can't express.
        request.headers_mut().remove(header::IF_MODIFIED_SINCE);
        files(&site.folder)
            .try_call(request)
            .await
            .map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |response| response.map(Body::new))
    } else {
        let html = with_scripts(&html, &site.scripts);
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
    };
    let policy = policy(&html).map(|own| format!("{own}; frame-ancestors {}", site.framed_by));
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Returns the policy in a page.
pub fn policy(html: &str) -> Option<&str> {
    let (_, after) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    Some(after.split_once('"')?.0)
}

fn with_scripts(html: &str, scripts: &[Script]) -> String {
    let tags: String = scripts.iter().map(|script| format!("<script src=\"{}\"></script>", script.name)).collect();
    // ASCII lower case keeps lengths, so positions found there are positions in the page.
    let lower = html.to_ascii_lowercase();
    let after = |tag: &str| {
        let start = lower.find(tag)?;
        Some(start + lower[start..].find('>')? + 1)
    };
    // A page may omit its head; then the head begins right after the start tag.
    let at = after("<head>")
        .or_else(|| after("<head "))
        .or_else(|| after("<html"))
        .or_else(|| after("<!doctype"))
        .unwrap_or(0);
    format!("{}{tags}{}", &html[..at], &html[at..])
}

fn reload_events(reloads: watch::Receiver<u64>) -> impl IntoResponse {
    Sse::new(
        WatchStream::new(reloads)
            .map(|version| Ok::<_, std::convert::Infallible>(Event::default().data(version.to_string()))),
    )
}

/// Adds the headers that a host should send: how long to keep a file, and the type of the language files.
async fn host_like_headers(request: Request, next: Next) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap_or("").to_owned();
    let mut response = next.run(request).await;
    let keep = if response.status().is_success() && names::is_hashed(&name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if response.status().is_success() && name.ends_with(".text") {
        let bytes = HeaderValue::from_static("application/octet-stream");
        response.headers_mut().insert(header::CONTENT_TYPE, bytes);
    }
    response
}

async fn share(mut response: Response, shared: bool) -> Response {
    if shared {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_comes_packed_unless_something_is_added() {
        use std::io::{Read as _, Write as _};
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "plain").unwrap();
        std::fs::write(folder.path().join("index.html.br"), "packed").unwrap();
        let c = |site: Site, expected: &str| {
            let server = Server::on_loopback(site).unwrap();
            let mut line = std::net::TcpStream::connect(server.address()).unwrap();
            line.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            line.read_to_string(&mut answer).unwrap();
            assert!(answer.ends_with(&format!("\r\n\r\n{expected}")), "{answer}");
            assert_eq!(answer.contains("content-encoding: br"), expected == "packed", "{answer}");
        };
        c(Site::new(folder.path()), "packed");
        c(Site::new(folder.path()).with_script("a.js", ""), "<script src=\"a.js\"></script>plain");
    }

    #[test]
    fn added_scripts_come_first() {
        let c = |html: &str, expected: &str| {
            let script = Script { name: "a.js", content: "".into() };
            let expected = expected.replace('*', "<script src=\"a.js\"></script>");
            assert_eq!(with_scripts(html, &[script]), expected);
        };
        c("<!doctype html><html><head><title>", "<!doctype html><html><head>*<title>");
        c("<HTML><HEAD lang=\"en\"><title>", "<HTML><HEAD lang=\"en\">*<title>");
        c("<!doctype html><html lang=\"zh\"><body><header>", "<!doctype html><html lang=\"zh\">*<body><header>");
        c("<p>汉字", "*<p>汉字");
    }
}
