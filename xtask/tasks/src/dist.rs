//! `dist/`: the page as any static host can serve it.
//!
//! Every file that the page loads has the hash of its content in its name; files that others request by name keep their
//! names. Every address is relative, and each file has Brotli and gzip forms beside it if they are smaller. The folder
//! is written elsewhere and then moved into place, so a failed build leaves the last good one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::write::GzEncoder;
use tables::Set;

use crate::engine::{self, Engine};
use crate::settings::Settings;
use crate::single::{self, Inside};
use crate::{bare, embed, index, manifest, names, parts, session, style, wasm, worker};
use xtask::wasm::{ENGINE, FROZEN_ENGINE, FROZEN_PAGE, PAGE};

/// The purpose of a build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// For publishing: small, takes minutes, with engine and single file, into `dist/`.
    Release,
    /// For viewing: the page as published, without engine and single file.
    Serve,
    /// For development: takes seconds, not compressed, never kept on a device.
    Watch,
    /// For the end-to-end tests: a release with the tables of the tests, into `dist-frozen/`.
    Frozen,
}

impl Build {
    /// Returns the compiler's profile.
    pub fn profile(self) -> &'static str {
        match self {
            Build::Release | Build::Serve | Build::Frozen => "web",
            Build::Watch => "watch",
        }
    }

    /// Returns the folder of the build.
    pub fn folder(self, root: &Path) -> PathBuf {
        root.join(match self {
            Build::Release => "dist",
            Build::Serve => "dist-serve",
            Build::Watch => "dist-watch",
            Build::Frozen => "dist-frozen",
        })
    }

    /// Reads the tables and the wording of the build.
    pub fn tables(self, root: &Path) -> Result<Set> {
        if self != Build::Frozen {
            return Ok(tables::read(root)?);
        }
        let copy = tempfile::tempdir()?;
        tables::frozen::copy(root, copy.path()).context("the tables of the tests can't be copied")?;
        tables::read(copy.path()).context("in tests/tables")
    }
}

/// Builds everything, prints the sizes, and returns the folder.
pub fn run(root: &Path, build: Build, settings: &Settings) -> Result<PathBuf> {
    let compiled = compile(root, build)?;
    let folder = assemble(root, build, &compiled, settings)?;
    if build == Build::Release {
        println!("{}", sizes(&folder)?);
    }
    Ok(folder)
}

/// The compiled programs.
pub struct Compiled {
    page: parts::Page,
    /// Only in a release, and in the build for the tests.
    engine: Option<Engine>,
}

/// Compiles the programs and makes their bindings, which takes most of the time.
pub fn compile(root: &Path, build: Build) -> Result<Compiled> {
    let page = if build == Build::Frozen { &FROZEN_PAGE } else { &PAGE };
    let wasm = wasm::compile(root, build.profile(), page)?;
    let scripts = [read(root, parts::GUARD)?, read(root, parts::LOADER)?];
    let page = parts::make(&wasm, build == Build::Watch, [&scripts[0], &scripts[1]])?;
    let engine = match build {
        Build::Release => Some(engine::build(root, &ENGINE, "cli")?),
        Build::Frozen => Some(engine::build(root, &FROZEN_ENGINE, "cli,frozen")?),
        Build::Serve | Build::Watch => None,
    };
    Ok(Compiled { page, engine })
}

/// Combines program, style, wording and `public/` and writes the folder, which is quick.
pub fn assemble(root: &Path, build: Build, compiled: &Compiled, settings: &Settings) -> Result<PathBuf> {
    let set = build.tables(root)?;
    let mut files = files(root, build, &compiled.page, &set)?;
    let mut published = published(&files);
    for (name, content) in manifest::files(&set, &published)? {
        published.insert(name.clone(), names::hashed(&name, &content));
        files.insert(name, content);
    }
    let template = root.join("index.html");
    let template = std::fs::read_to_string(&template).with_context(|| format!("cannot read {}", template.display()))?;
    let page = index::fill(&template, &set, settings, &published, None)?;

    let mut output: Vec<(String, Vec<u8>)> = vec![("index.html".to_owned(), page.into_bytes())];
    output.extend(files.iter().map(|(name, content)| (published[name].clone(), content.clone())));
    let folder = build.folder(root);
    if build == Build::Watch {
        put_in_place(&folder, &output)?;
        return Ok(folder);
    }
    // The worker's list contains exactly the files of the page. The other files keep their names, because installed
    // workers and hosts request them by name.
    let worker = worker::fill(&read(root, worker::WORKER)?, &output)?;
    for (name, content) in [
        (worker::WORKER, worker),
        (worker::REMOVER, read(root, worker::REMOVER)?),
        (embed::FILE, embed::fill(&read(root, embed::FILE)?, &set)?),
    ] {
        output.push((name.to_owned(), bare::of(name, content.into_bytes())?));
    }
    if let Some(engine) = &compiled.engine {
        files.insert(single::UNPACK.to_owned(), bare::of(single::UNPACK, read(root, single::UNPACK)?.into_bytes())?);
        let inside = Inside::of(&files)?;
        let file = index::fill(&template, &set, settings, &published, Some(&inside))?;
        println!("{}: {}", single::FILE, inside.costs(&file));
        output.push((single::FILE.to_owned(), file.into_bytes()));
        output.extend(engine::files(root, &set, engine)?);
    }
    println!("compressing {} files", output.len());
    publish(&folder, output)?;
    Ok(folder)
}

/// Writes a folder of files, each with its compressed forms.
pub fn publish(folder: &Path, mut output: Vec<(String, Vec<u8>)>) -> Result<()> {
    compress(&mut output)?;
    put_in_place(folder, &output)
}

/// Returns the published name of each file.
fn published(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    files.iter().map(|(name, content)| (name.clone(), names::hashed(name, content))).collect()
}

/// Returns the text of a file of `public/` that is not copied unchanged.
pub fn read(root: &Path, name: &str) -> Result<String> {
    let file = root.join("public").join(name);
    std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

/// Returns the files of the page by their plain names, except `index.html`, the workers, the manifests and the files
/// for hosts.
fn files(root: &Path, build: Build, program: &parts::Page, set: &Set) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, content: Vec<u8>| -> Result<()> {
        if files.contains_key(&name) {
            bail!("two files of the page are called {name}. Rename the one in public/");
        }
        let content = if build == Build::Watch { content } else { bare::of(&name, content)? };
        files.insert(name, content);
        Ok(())
    };
    add("page.js".to_owned(), program.first.js.clone())?;
    add("page.wasm".to_owned(), program.first.wasm.clone())?;
    add(parts::LATER.to_owned(), program.later.clone())?;
    add("style.css".to_owned(), style::read(&root.join("style"), set)?)?;
    for (name, content) in session::files(root, set)? {
        add(name, content)?;
    }
    for (name, content) in set.languages.files() {
        add(name, content)?;
    }
    let public = root.join("public");
    for entry in public.read_dir().with_context(|| format!("cannot read {}", public.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.')
            || [worker::WORKER, worker::REMOVER, embed::FILE, single::UNPACK, parts::GUARD, parts::LOADER]
                .contains(&name.as_str())
        {
            continue;
        }
        if entry.file_type()?.is_dir() {
            bail!("public/{name} is a folder. The page is one flat folder: move its files up");
        }
        let content = std::fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
        add(name, content)?;
    }
    Ok(files)
}

/// Adds `.br` and `.gz` forms of each file, if they are smaller than the file.
fn compress(output: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let mut compressed = std::thread::scope(|scope| {
        let workers: Vec<_> = output
            .iter()
            .flat_map(|(name, content)| {
                [
                    scope.spawn(move || (format!("{name}.br"), brotli(content), content.len())),
                    scope.spawn(move || (format!("{name}.gz"), gzip(content), content.len())),
                ]
            })
            .collect();
        let mut compressed = Vec::new();
        for worker in workers {
            let Ok((name, packed, plain)) = worker.join() else { bail!("compressing failed") };
            let packed = packed.with_context(|| format!("cannot compress {name}"))?;
            if packed.len() < plain {
                compressed.push((name, packed));
            }
        }
        Ok(compressed)
    })?;
    output.append(&mut compressed);
    Ok(())
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        // The largest window that every browser accepts.
        lgwin: 24,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

/// Writes the files into a new folder beside `folder` and replaces `folder` by it.
fn put_in_place(folder: &Path, output: &[(String, Vec<u8>)]) -> Result<()> {
    let new = folder.with_extension("new");
    let old = folder.with_extension("old");
    for leftover in [&new, &old] {
        if leftover.exists() {
            std::fs::remove_dir_all(leftover).with_context(|| format!("cannot remove {}", leftover.display()))?;
        }
    }
    for (name, content) in output {
        let file = new.join(name);
        let folder = file.parent().unwrap_or(&new);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        std::fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
    }
    if folder.exists() {
        std::fs::rename(folder, &old).with_context(|| format!("cannot replace {}", folder.display()))?;
    }
    std::fs::rename(&new, folder).with_context(|| format!("cannot put {} in place", folder.display()))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    Ok(())
}

/// The size of a file in bytes: plain, gzip, Brotli. A missing form counts as plain.
struct Size {
    plain: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn of(file: &Path) -> Result<Size> {
        let length = |suffix: &str| -> Option<u64> {
            let mut path = file.as_os_str().to_owned();
            path.push(suffix);
            std::fs::metadata(path).ok().map(|found| found.len())
        };
        let plain = length("").with_context(|| format!("{} is missing", file.display()))?;
        Ok(Size { plain, gzip: length(".gz").unwrap_or(plain), brotli: length(".br").unwrap_or(plain) })
    }
}

/// Returns the bytes of a first visit in Brotli form: `index.html` and every file it refers to, in one language.
pub fn first_load(folder: &Path) -> Result<u64> {
    Ok(first_load_sizes(folder)?.iter().map(|(_, size)| size.brotli).sum())
}

fn first_load_sizes(folder: &Path) -> Result<Vec<(String, Size)>> {
    let page = folder.join("index.html");
    let html = std::fs::read_to_string(&page)
        .with_context(|| format!("cannot read {}. Build it with `cargo xtask dist`", page.display()))?;
    let mut loaded = vec![("index.html".to_owned(), Size::of(&page)?)];
    // Only one language's wording and manifest are loaded: the largest ones are counted.
    let mut languages = BTreeMap::<&str, (String, Size)>::new();
    for (attribute, name) in names::in_page(&html) {
        // Files that are loaded later, or only by frames and info sessions, are named in a `content` attribute.
        if attribute == "content" || loaded.iter().any(|(known, _)| known == name) {
            continue;
        }
        let size = Size::of(&folder.join(name))?;
        match name.rsplit_once('.') {
            Some((_, kind @ ("text" | "webmanifest"))) => {
                if languages.get(kind).is_none_or(|(_, most)| most.brotli < size.brotli) {
                    languages.insert(kind, (name.to_owned(), size));
                }
            }
            // Icons for home screens are not loaded.
            Some((_, "png")) => {}
            _ => loaded.push((name.to_owned(), size)),
        }
    }
    loaded.extend(languages.into_values());
    Ok(loaded)
}

/// Returns the table of sizes as text.
pub fn sizes(folder: &Path) -> Result<String> {
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for within in ["", engine::FOLDER] {
        let folder = folder.join(within);
        for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                names.push(Path::new(within).join(entry.file_name()).to_string_lossy().into_owned());
            }
        }
    }
    names.sort();
    for name in names.iter().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")) {
        rows.push((name.clone(), Size::of(&folder.join(name))?));
    }
    let mut total = Size { plain: 0, gzip: 0, brotli: 0 };
    for (_, size) in first_load_sizes(folder)? {
        total.plain += size.plain;
        total.gzip += size.gzip;
        total.brotli += size.brotli;
    }
    rows.push(("first load, one language".to_owned(), total));
    let mut table = format!("{:<32}{:>10}{:>10}{:>10}", "bytes", "plain", "gzip", "Brotli");
    for (name, Size { plain, gzip, brotli }) in rows {
        table.push_str(&format!("\n{name:<32}{plain:>10}{gzip:>10}{brotli:>10}"));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn run(command: &mut Command) {
        let status = command.status().unwrap();
        assert!(status.success(), "{command:?}: {status}");
    }

    /// Returns every file of a folder by its relative path.
    fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for path in next.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    all.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
                }
            }
        }
        all
    }

    /// Builds the committed state in two folders of different names.
    #[test]
    #[ignore = "builds the page twice; part of --long"]
    fn the_same_commit_gives_the_same_bytes() {
        let built = ["one", "another-folder"].map(|name| {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join(name);
            run(Command::new("git").args(["clone", "--quiet"]).arg(crate::root()).arg(&root));
            run(xtask::cargo::command(&root).args(["xtask", "dist"]).env("CARGO_TARGET_DIR", root.join("target")));
            content(&root.join("dist"))
        });
        assert!(built[0].len() > 50);
        assert_eq!(built[0].keys().collect::<Vec<_>>(), built[1].keys().collect::<Vec<_>>());
        for (name, content) in &built[0] {
            assert!(content == &built[1][name], "{} differs", name.display());
        }
    }
}
