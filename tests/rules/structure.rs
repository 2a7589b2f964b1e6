//! The structure of the code, from its `use` lines: no two files may depend on each other, directly or indirectly.
//!
//! A module and the modules in its own folder count as one: dependencies between them are no cycle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Collects every Rust file below a folder, by the path of its module.
fn modules(folder: &Path, module: &[String], all: &mut BTreeMap<Vec<String>, String>) {
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        let child = |name: &str| [module, &[name.to_owned()]].concat();
        if path.is_dir() {
            modules(&path, &child(&name), all);
        } else if let Some(name) = name.strip_suffix(".rs") {
            let module = if matches!(name, "lib" | "main") { module.to_vec() } else { child(name) };
            all.insert(module, fs::read_to_string(path).unwrap());
        }
    }
}

/// Returns the paths of a `use` line, with one path for each name in braces.
fn paths(tree: &str, before: &str) -> Vec<String> {
    let Some((prefix, rest)) = tree.split_once('{') else { return vec![format!("{before}{}", tree.trim())] };
    let inside = rest.strip_suffix('}').unwrap_or_else(|| panic!("`{tree}` has no end"));
    let (mut depth, mut from, mut all) = (0, 0, Vec::new());
    for (at, sign) in inside.char_indices().chain([(inside.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = inside[from..at].trim();
                all.extend(if one.is_empty() { Vec::new() } else { paths(one, &format!("{before}{}", prefix.trim())) });
                from = at + 1;
            }
            _ => {}
        }
    }
    all
}

/// Returns the paths of the `use` lines of a file, without those of its tests.
fn uses(text: &str) -> Vec<String> {
    let text: Vec<&str> = text.lines().take_while(|line| *line != "#[cfg(test)]").collect();
    let text = text.join("\n");
    let begins = text.match_indices("use ").filter(|(at, _)| {
        let line = text[..*at].rsplit('\n').next().unwrap();
        ["", "pub ", "pub(crate) ", "pub(super) "].contains(&line)
    });
    begins.flat_map(|(at, begin)| paths(text[at + begin.len()..].split(';').next().unwrap(), "")).collect()
}

/// Returns the modules that each module uses, except those in its own folder.
fn graph(root: &Path) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let mut files = BTreeMap::new();
    modules(root, &[], &mut files);
    let target = |from: &Vec<String>, used: &str| {
        let mut names: Vec<&str> = used.split("::").collect();
        let mut at = match names[0] {
            "crate" => Vec::new(),
            "super" => from[..from.len() - 1].to_vec(),
            "self" => from.clone(),
            // A module below this one, or another crate.
            name if files.contains_key(&[&from[..], &[name.to_owned()]].concat()) => from.clone(),
            _ => return None,
        };
        if ["crate", "super", "self"].contains(&names[0]) {
            names.remove(0);
        }
        for name in names {
            match name {
                "super" => drop(at.pop()),
                name if files.contains_key(&[&at[..], &[name.to_owned()]].concat()) => at.push(name.to_owned()),
                _ => break,
            }
        }
        Some(at)
    };
    let of = |from: &Vec<String>, text: &str| {
        let used = uses(text).into_iter().filter_map(|used| target(from, &used));
        used.filter(|to| !to.starts_with(from) && !from.starts_with(to)).collect()
    };
    files.iter().map(|(from, text)| (from.clone(), of(from, text))).collect()
}

/// Returns the modules that are on a cycle or lead to one, by repeatedly removing modules that use no remaining
/// module.
fn circles(mut graph: BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<String> {
    loop {
        let left: BTreeSet<_> = graph.keys().cloned().collect();
        let before = graph.len();
        graph.retain(|_, used| used.iter().any(|one| left.contains(one)));
        if graph.len() == before {
            return graph.keys().map(|module| module.join("::")).collect();
        }
    }
}

#[test]
fn no_two_files_need_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "tables/src", "xtask/src", "xtask/tasks/src"] {
        let graph = graph(&root.join(folder));
        assert!(graph.values().any(|used| !used.is_empty()), "{folder}: no `use` line was understood");
        assert_eq!(circles(graph), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn a_circle_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        fs::write(folder.path().join(name), text).unwrap();
    };
    write("lib.rs", "mod one;\nmod two;\npub use one::One;\n");
    write("one.rs", "use std::fs;\n\nuse crate::{\n    two::{Other, deep::{self, Thing}},\n};\n");
    write("two.rs", "pub mod deep;\n");
    write("two/deep.rs", "use super::Other;\n");
    assert_eq!(circles(graph(folder.path())), Vec::<String>::new());
    write("two/deep.rs", "use super::{super::one::One, Other};\n");
    assert_eq!(circles(graph(folder.path())), ["one", "two::deep"]);
    write("two/deep.rs", "#[cfg(test)]\nmod tests {\n    use crate::one::One;\n}\n");
    assert_eq!(circles(graph(folder.path())), Vec::<String>::new());
}
