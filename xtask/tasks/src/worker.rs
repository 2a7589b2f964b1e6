//! The service worker of the built page: which files it keeps, and the version they are together.
//!
//! Apart from the packing, because what an installed page lives by is decided here: the list is exact, each file
//! with the hash by which the worker knows it, and the version changes with any byte of any file.

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use crate::template;

/// The worker's name: the same for ever, because an installed page asks for it by name.
pub const WORKER: &str = "sw.js";
/// Takes its place when it has to go.
pub const REMOVER: &str = "sw-remove.js";

/// Puts list and version into the worker. `files` are all that the page consists of, by their published names.
pub fn fill(text: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    let mut hash = Sha256::new();
    let mut list = serde_json::Map::new();
    for (name, content) in files {
        for part in [name.as_bytes(), content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        // The page itself is asked for by its folder.
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
            // The same bytes, otherwise divided.
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
