//! Copies of the built page that a test may change, and newer versions of them: as a host has one release after another.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::dist;

/// The built page in a folder of its own.
pub fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_files(&dist(), folder.path());
    folder
}

/// Copies the files of a folder, not the folders in it: the page has none.
pub fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Changes a text in a file, which is named by its plain name. The worker's list follows.
#[track_caller]
pub fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let name = published(folder, file);
    let path = folder.join(&name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{name} has no `{from}`");
    write_later(&path, &text.replacen(from, to, 1));
    if name != "sw.js" {
        relist(folder);
    }
    forget_packed(folder, &name);
    forget_packed(folder, "sw.js");
}

/// Puts one file in the place of another.
pub fn replace(folder: &Path, file: &str, by: &str) {
    write_later(&folder.join(file), &fs::read_to_string(folder.join(by)).unwrap());
    forget_packed(folder, file);
}

/// A host gives what is packed rather than what was changed.
fn forget_packed(folder: &Path, name: &str) {
    for packed in [".br", ".gz"] {
        let _ = fs::remove_file(folder.join(format!("{name}{packed}")));
    }
}

/// A newer version: another page, marked, and the worker's version with it.
#[track_caller]
pub fn release(folder: &Path, mark: &str) {
    change(folder, "index.html", "<body", &format!("<body data-mark=\"{mark}\""));
    change(folder, "sw.js", "var VERSION = '", &format!("var VERSION = '{mark}"));
}

/// The published name of a file by its plain one: `page.js` is `page.0a089e571e.js`.
#[track_caller]
pub fn published(folder: &Path, file: &str) -> String {
    let (stem, kind) = file.rsplit_once('.').unwrap();
    let mut names =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let is_hashed = |name: &String| {
        let hash = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(kind));
        tasks::names::is_hashed(name) && hash.is_some_and(|hash| hash.matches('.').count() == 2)
    };
    if folder.join(file).exists() {
        file.to_owned()
    } else {
        names.find(is_hashed).unwrap_or_else(|| panic!("no {file}"))
    }
}

/// The files that the worker keeps, as it names them.
#[track_caller]
pub fn listed(folder: &Path) -> Vec<String> {
    list(&fs::read_to_string(folder.join("sw.js")).unwrap()).keys().cloned().collect()
}

fn list(worker: &str) -> Map<String, Value> {
    serde_json::from_str(around_list(worker)[1]).unwrap()
}

/// The worker before its list, the list, and what follows.
fn around_list(worker: &str) -> [&str; 3] {
    let (before, rest) = worker.split_once("var FILES = ").unwrap();
    let (list, after) = rest.split_once(';').unwrap();
    [before, list, after]
}

/// Writes the files' hashes into the worker's list anew.
fn relist(folder: &Path) {
    let path = folder.join("sw.js");
    let worker = fs::read_to_string(&path).unwrap();
    let [before, old, after] = around_list(&worker);
    let mut list: Map<String, Value> = serde_json::from_str(old).unwrap();
    for (name, hash) in &mut list {
        let content = fs::read(folder.join(if name == "./" { "index.html" } else { name })).unwrap();
        *hash = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    }
    let new = serde_json::to_string(&list).unwrap();
    write_later(&path, &format!("{before}var FILES = {new};{after}"));
}

/// Hosts and browsers tell versions of a file apart by the second in which it was written: another one than before.
fn write_later(path: &Path, text: &str) {
    let before = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, text).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(before + Duration::from_secs(2)).unwrap();
}
