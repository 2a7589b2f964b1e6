//! Measures the size of the page's program by crate (`cargo xtask weigh`), and checks that each crate in it has a
//! documented reason.
//!
//! The sizes are read from the program with its functions' names, before these are removed. A generic function that is
//! compiled for a type of this project counts for the crate that defines the function.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::{dist, parts, wasm};

/// The document that explains why each crate is in the page.
const REASONS: &str = "docs/dependencies.md";

pub fn run(root: &Path) -> Result<()> {
    for (part, crates) in weigh(root)? {
        let mut all: Vec<_> = crates.into_iter().collect();
        all.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), name.clone()));
        let whole: usize = all.iter().map(|(_, bytes)| bytes).sum();
        println!("{whole:>9}  functions of {part}, bytes before compression");
        all.iter().for_each(|(name, bytes)| println!("{bytes:>9}  {name}"));
    }
    Ok(())
}

/// Checks that every crate in the page has its row in the document, and every row its crate.
pub fn check(root: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join(REASONS)).with_context(|| format!("cannot read {REASONS}"))?;
    let mut reasons: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name).collect();
    let mut wrong = Vec::new();
    let crates: BTreeMap<_, _> = weigh(root)?.into_iter().flat_map(|(_, crates)| crates).collect();
    for name in crates.keys() {
        match reasons.iter().position(|reason| reason == name) {
            Some(at) => drop(reasons.remove(at)),
            None => wrong.push(format!(
                "`{name}` is in the page now. Write there why, or see what brings it, with `cargo tree`"
            )),
        }
    }
    wrong.extend(reasons.iter().map(|name| format!("`{name}` isn't in the page any more. Take its row out")));
    if !wrong.is_empty() {
        bail!("{REASONS}: {}", wrong.join("\n"));
    }
    Ok(())
}

/// Returns both parts of the program, each with its crates and the bytes of their functions.
fn weigh(root: &Path) -> Result<[(&'static str, BTreeMap<String, usize>); 2]> {
    let wasm = wasm::compile(root, dist::Build::Release.profile(), &xtask::wasm::PAGE)?;
    let scripts = [dist::read(root, parts::GUARD)?, dist::read(root, parts::LOADER)?];
    let page = parts::make(&wasm, true, [&scripts[0], &scripts[1]])?;
    Ok([("page.wasm", by_crate(&page.first.wasm)?), (parts::LATER, by_crate(&page.later)?)])
}

fn by_crate(wasm: &[u8]) -> Result<BTreeMap<String, usize>> {
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(parts) = section.as_known() else { continue };
                for part in parts {
                    let Name::Function(map) = part? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index as usize, naming.name);
                    }
                }
            }
            _ => {}
        }
    }
    let mut crates = BTreeMap::new();
    for (at, size) in sizes.into_iter().enumerate() {
        // The bindings have made some names readable, but not all.
        let name = names.get(&(imported + at)).map(|name| rustc_demangle::demangle(name).to_string());
        let name = name.as_deref().and_then(crate_of).unwrap_or("wasm_bindgen");
        *crates.entry(name.to_owned()).or_default() += size;
    }
    Ok(crates)
}

/// Returns the crate of a function: the first component of the path in its name. Functions without a path were made by
/// the bindings.
fn crate_of(function: &str) -> Option<&str> {
    let (before, _) = function.split_once("::")?;
    // For example `core[5930c85a12de822c]`.
    let before = before.split_once('[').map_or(before, |(before, _)| before);
    let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    before.get(start..).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_functions_crate_is_told() {
        let c = |function: &str, expected: Option<&str>| assert_eq!(crate_of(function), expected, "{function}");
        c("subsidy_checker::rules::assess::h90d88f161b034e87", Some("subsidy_checker"));
        c("<T as tachys::view::any_view::IntoAny>::into_any::build", Some("tachys"));
        c("<&T as wasm_bindgen::describe::WasmDescribe>::describe", Some("wasm_bindgen"));
        c("<char as core[c5930c85a12de822]::fmt::Debug>::fmt", Some("core"));
        c("<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc<A>>::malloc", Some("dlmalloc"));
        c("__externref_table_alloc", None);
    }
}
