//! `cargo xtask serve`: serves the page on this machine, optionally for phones nearby and rebuilt at every change.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use notify::{EventKind, RecursiveMode, Watcher as _};

use crate::dist::{self, Build, Compiled};
use crate::server::{RELOAD, Server, Site};
use crate::settings::Settings;

/// The port that is tried first.
const PORT: u16 = 8080;
/// How many ports after the first are tried.
const MORE_PORTS: u16 = 20;

#[derive(clap::Args, Default)]
pub struct Serve {
    /// Also serve phones and computers on the same network
    #[arg(long)]
    lan: bool,
    /// Build quickly, and build and reload again at every change
    #[arg(long)]
    watch: bool,
    /// The port; otherwise 8080, or the next that is free
    #[arg(long)]
    port: Option<u16>,
}

pub fn run(root: &Path, options: &Serve) -> Result<()> {
    if options.watch {
        return watch(root, options);
    }
    let folder = dist::run(root, Build::Serve, &Settings::default())?;
    let server = start(Site::new(&folder), options)?;
    announce(&server, options);
    loop {
        std::thread::park();
    }
}

fn start(site: Site, options: &Serve) -> Result<Server> {
    let host = if options.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let port = match options.port {
        Some(port) => port,
        None => free_port(host)?,
    };
    Server::start(site, SocketAddr::from((host, port)))
        .context("choose another port with --port, or leave --port out to get a free one")
}

fn free_port(host: Ipv4Addr) -> Result<u16> {
    (PORT..=PORT + MORE_PORTS)
        .find(|port| std::net::TcpListener::bind((host, *port)).is_ok())
        .with_context(|| format!("no port from {PORT} to {} is free. Name one with --port", PORT + MORE_PORTS))
}

fn announce(server: &Server, options: &Serve) {
    println!("\nthe page is at {}", server.url());
    if options.lan {
        let phones = lan_addresses();
        for address in &phones {
            println!("for phones on the same network: http://{address}:{}/", server.address().port());
        }
        if phones.is_empty() {
            println!("no address for phones: this machine seems to be on no network");
        }
    }
    println!("stop with Ctrl-C");
}

/// Returns the addresses of this machine that other devices can reach.
fn lan_addresses() -> BTreeSet<Ipv4Addr> {
    if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|interface| match interface.ip() {
            IpAddr::V4(address) if !address.is_loopback() && !address.is_link_local() => Some(address),
            _ => None,
        })
        .collect()
}

/// The kind of a change, which determines what to build again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Change {
    /// Style, page and public files: combined again, without cargo.
    Looks,
    /// Anything the compiler reads.
    Program,
    /// Code that is also part of this program, which continues with its old version.
    Reader,
}

/// Serves the quickly built page, and builds and reloads it at every change.
pub fn watch(root: &Path, options: &Serve) -> Result<()> {
    let (send, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Ok(event) = event
            && !matches!(event.kind, EventKind::Access(_))
        {
            for path in event.paths {
                let _ = send.send(path);
            }
        }
    })?;
    // The root folder is watched without its subfolders; these are watched one by one, except `target/`.
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in ["src", "tables", "rules", "locales", "style", "public", "session"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            watcher
                .watch(&folder, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", folder.display()))?;
        }
    }

    let mut compiled = match compile(root) {
        Ok(compiled) => Some(compiled),
        Err(error) => {
            eprintln!("error: {error:#}\nwaiting for a change");
            None
        }
    };
    let mut server = None;
    let mut started = Instant::now();
    loop {
        if let Some(built) = &compiled {
            match dist::assemble(root, Build::Watch, built, &Settings::default()) {
                Ok(folder) => {
                    let taken = started.elapsed().as_secs_f32();
                    match &server {
                        None => {
                            let site = Site::new(&folder).with_script(RELOAD.0, RELOAD.1);
                            let first = start(site, options)?;
                            announce(&first, options);
                            server = Some(first);
                        }
                        Some(server) => {
                            server.reload();
                            println!("reloaded after {taken:.1} s");
                        }
                    }
                }
                Err(error) => eprintln!("error: {error:#}\nthe page stays as it was"),
            }
        }
        loop {
            let change = next_change(root, &events)?;
            started = Instant::now();
            println!("changed, building again");
            if change == Change::Reader {
                println!(
                    "tables/ is part of `cargo xtask` as well. Start it again, or the wording stays as it was read"
                );
            }
            if change == Change::Looks && compiled.is_some() {
                break;
            }
            match compile(root) {
                Ok(built) => {
                    compiled = Some(built);
                    break;
                }
                Err(error) => eprintln!("error: {error:#}\nthe page stays as it was"),
            }
        }
    }
}

/// Reads the tables first, so that errors in them are shown at once and by themselves, and compiles the page.
fn compile(root: &Path) -> Result<Compiled> {
    tables::read(root)?;
    dist::compile(root, Build::Watch)
}

/// Waits for a relevant change, then for the other files saved with it.
fn next_change(root: &Path, events: &Receiver<PathBuf>) -> Result<Change> {
    let mut found: Option<Change> = None;
    loop {
        let path = match found {
            None => events.recv().ok(),
            Some(change) => match events.recv_timeout(Duration::from_millis(100)) {
                Ok(path) => Some(path),
                Err(_) => return Ok(change),
            },
        };
        let Some(path) = path else { bail!("the files are no longer watched") };
        found = found.max(kind(root, &path));
    }
}

/// Returns the kind of a changed file, or `None` for files that editors and cargo leave behind.
fn kind(root: &Path, path: &Path) -> Option<Change> {
    let path = path.strip_prefix(root).ok()?;
    let name = path.file_name()?.to_str()?;
    if name.starts_with('.') || name.ends_with('~') {
        return None;
    }
    match path.iter().next()?.to_str()? {
        "index.html" | "style" | "public" | "session" => Some(Change::Looks),
        "src" | "rules" | "locales" | "build.rs" | "Cargo.toml" => Some(Change::Program),
        "tables" => Some(Change::Reader),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_costs_no_more_than_it_must() {
        let c = |path: &str| kind(Path::new("/p"), &Path::new("/p").join(path));
        assert_eq!(c("style/base.css"), Some(Change::Looks));
        assert_eq!(c("index.html"), Some(Change::Looks));
        assert_eq!(c("session/staff.js"), Some(Change::Looks));
        assert_eq!(c("src/app/start.rs"), Some(Change::Program));
        assert_eq!(c("rules/subsidy.toml"), Some(Change::Program));
        assert_eq!(c("tables/src/read.rs"), Some(Change::Reader));
        assert_eq!(c("rules/.subsidy.toml.swp"), None);
        assert_eq!(c("dist-watch"), None);
        assert_eq!(c("Cargo.lock"), None);
        assert!(None < Some(Change::Looks) && Change::Looks < Change::Program && Change::Program < Change::Reader);
    }
}
