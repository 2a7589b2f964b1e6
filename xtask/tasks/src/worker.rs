//! The service worker of the built page: the list of the files it keeps, and their version.
//!
//! Separate from the packing, because installed pages depend on it: the list is exact, each file has the hash by which
//! the worker checks it, and the version changes with any byte of any file.

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use crate::template;

/// The worker's name. It never changes, because installed pages request it by name.
pub const WORKER: &str = "sw.js";
/// The script that replaces the worker when it has to be removed.
pub const REMOVER: &str = "sw-remove.js";

/// Inserts the list and the version into the worker. `files` are all files of the page, by their published names.
pub fn fill(text: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    let mut hash = Sha256::new();
    let mut list = serde_json::Map::new();
    for (name, content) in files {
        for part in [name.as_bytes(), content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        // The page itself is requested by its folder.
        let name = if name == "index.html" { "./" } else { name.as_str() };
        list.insert(name.to_owned(), hex(&Sha256::digest(content)).into());
    }
    let version = hex(&hash.finalize()[..8]);
    template::fill(&format!("public/{WORKER}"), text, &[("version", version), ("files", serde_json::to_string(&list)?)])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(files: &[(&str, &str)]) -> String {
        let files: Vec<_> =
            files.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect();
        fill("{{ version }} {{ files }}", &files).unwrap()
    }

    #[test]
    fn the_list_is_exact_and_the_version_is_over_every_byte() {
        let one = filled(&[("index.html", "a"), ("page.js", "b")]);
        let hash = |content: &str| hex(&Sha256::digest(content));
        let list = format!(r#" {{"./":"{}","page.js":"{}"}}"#, hash("a"), hash("b"));
        assert!(one.ends_with(&list), "{one}");
        let version = |files: &[(&str, &str)]| filled(files).split_once(' ').unwrap().0.to_owned();
        let first = version(&[("index.html", "a"), ("page.js", "b")]);
        assert_eq!(first.len(), 16);
        assert_eq!(first, version(&[("index.html", "a"), ("page.js", "b")]));
        for other in [
            [("index.html", "A"), ("page.js", "b")],
            [("index.html", "a"), ("page.js", "c")],
            [("index.html", "a"), ("page2.js", "b")],
            // The same bytes, divided differently.
            [("index.html", "ap"), ("age.js", "b")],
        ] {
            assert_ne!(version(&other), first, "{other:?}");
        }
    }

    #[test]
    fn a_worker_without_its_places_is_refused() {
        assert!(fill("{{ version }}", &[]).unwrap_err().to_string().contains("`{{ files }}`"));
    }
}
