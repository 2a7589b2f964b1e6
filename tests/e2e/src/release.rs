//! Copies of the built page that a test may change, and newer versions of them, like the releases on a host.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::dist;

/// Copies the built page into a new folder.
pub fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_files(&dist(), folder.path());
    folder
}

/// Copies the files of a folder without its subfolders: the page has none.
pub fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Replaces a text in a file given by its plain name, and updates the worker's list.
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

/// Replaces one file by the content of another.
pub fn replace(folder: &Path, file: &str, by: &str) {
    write_later(&folder.join(file), &fs::read_to_string(folder.join(by)).unwrap());
    forget_packed(folder, file);
}

/// Removes the compressed copies of a file, because a host would serve them instead of the changed file.
fn forget_packed(folder: &Path, name: &str) {
    for packed in [".br", ".gz"] {
        let _ = fs::remove_file(folder.join(format!("{name}{packed}")));
    }
}

/// Makes a newer version: the page with a mark, and the worker with another version.
#[track_caller]
pub fn release(folder: &Path, mark: &str) {
    change(folder, "index.html", "<body", &format!("<body data-mark=\"{mark}\""));
    change(folder, "sw.js", "var VERSION = '", &format!("var VERSION = '{mark}"));
}

/// Returns the published name of a file for its plain name: `page.js` is `page.0a089e571e.js`.
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

/// Returns the files that the worker keeps, by the names in its list.
#[track_caller]
pub fn listed(folder: &Path) -> Vec<String> {
    list(&fs::read_to_string(folder.join("sw.js")).unwrap()).keys().cloned().collect()
}

fn list(worker: &str) -> Map<String, Value> {
    serde_json::from_str(around_list(worker)[1]).unwrap()
}

/// Splits the worker's script into the text before its list, the list, and the rest.
fn around_list(worker: &str) -> [&str; 3] {
    let (before, rest) = worker.split_once("var FILES = ").unwrap();
    let (list, after) = rest.split_once(';').unwrap();
    [before, list, after]
}

/// Updates the hashes in the worker's list.
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

/// Writes a file with a later modification time, because hosts and browsers distinguish versions of a file by the
/// second.
fn write_later(path: &Path, text: &str) {
    let before = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, text).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(before + Duration::from_secs(2)).unwrap();
}
