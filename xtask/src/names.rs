//! Names of published files: a hash of the content in each, and the references that follow.
//!
//! With the hash in the name a browser may keep a file for ever and a new release never mixes with
//! an old one. Of what is written by hand only `index.html` refers to files by name, so it is the only
//! file that is rewritten; it is scanned for attributes, not parsed as HTML, and nothing but double-quoted values is
//! understood.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

/// How many hexadecimal digits of the hash stand in a name.
const DIGITS: usize = 10;

/// `page.wasm` becomes `page.3fa9c1d2e4.wasm`.
pub fn hashed(name: &str, content: &[u8]) -> String {
    let mut hash = String::new();
    for byte in Sha256::digest(content).iter().take(DIGITS / 2) {
        hash.push_str(&format!("{byte:02x}"));
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

/// Whether a name was made by [`hashed`]: such a file never changes.
pub fn is_hashed(name: &str) -> bool {
    let mut parts = name.rsplit('.');
    let is_hash = |part: &str| part.len() == DIGITS && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(hash), Some(_)) => is_hash(hash),
        _ => false,
    }
}

/// An attribute of the page with its double-quoted value.
pub struct Attribute<'a> {
    pub name: &'a str,
    pub value: &'a str,
    /// Where the value stands in the page.
    pub place: Range<usize>,
}

/// Every double-quoted attribute of a page, comments left out.
pub fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        at += open + 1;
        if html[at..].starts_with("!--") {
            at += html[at..].find("-->").unwrap_or(html.len() - at);
        } else if html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = tag(html, at, &mut found);
        }
    }
    found
}

/// Collects the attributes of the tag whose name begins at `at`; returns where it ends.
fn tag<'a>(html: &'a str, mut at: usize, found: &mut Vec<Attribute<'a>>) -> usize {
    while let Some(next) = html[at..].find(['"', '>']) {
        let quote = at + next;
        if html[quote..].starts_with('>') {
            return quote + 1;
        }
        let start = quote + 1;
        let Some(length) = html[start..].find('"') else { break };
        let before = html[at..quote].trim_end().strip_suffix('=').unwrap_or("").trim_end();
        let name = before.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
        found.push(Attribute { name, value: &html[start..start + length], place: start..start + length });
        at = start + length + 1;
    }
    html.len()
}

/// Puts the published names into the page. `published` maps each file's plain name to its new one.
pub fn rewrite(html: &str, published: &BTreeMap<String, String>) -> Result<String> {
    let extensions: BTreeSet<&str> = published.keys().filter_map(|name| extension(name)).collect();
    let mut rewritten = String::with_capacity(html.len());
    let mut done = 0;
    let mut errors = Vec::new();
    for attribute in attributes(html) {
        if let Some(name) = published.get(attribute.value) {
            rewritten.push_str(&html[done..attribute.place.start]);
            rewritten.push_str(name);
            done = attribute.place.end;
        } else if refers(&attribute, &extensions) {
            let line = 1 + html[..attribute.place.start].matches('\n').count();
            errors.push(format!(
                "index.html:{line}: {}=`{}` names no file of the page. Write one of {}, or put the \
                 file into public/",
                attribute.name,
                attribute.value,
                published.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
            ));
        }
    }
    if !errors.is_empty() {
        bail!("{}", errors.join("\n"));
    }
    rewritten.push_str(&html[done..]);
    Ok(rewritten)
}

/// Whether an attribute means a file of our own: by its kind, and by an extension we publish.
fn refers(attribute: &Attribute<'_>, extensions: &BTreeSet<&str>) -> bool {
    let name = attribute.name.to_ascii_lowercase();
    let value = attribute.value;
    let path = value.split(['?', '#']).next().unwrap_or("");
    (name == "src" || name == "href" || name.starts_with("data-"))
        && !value.contains("://")
        && !value.starts_with("data:")
        && !path.contains(char::is_whitespace)
        && extension(path).is_some_and(|found| extensions.contains(found))
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published() -> BTreeMap<String, String> {
        ["page.wasm", "loader.js", "zh-Hans.text"]
            .into_iter()
            .map(|name| (name.to_owned(), hashed(name, name.as_bytes())))
            .collect()
    }

    #[test]
    fn a_name_holds_the_hash_of_the_content() {
        let h = |name: &str, content: &str| hashed(name, content.as_bytes());
        assert_eq!(h("page.wasm", ""), "page.e3b0c44298.wasm");
        assert_eq!(h("zh-Hans.text", ""), "zh-Hans.e3b0c44298.text");
        assert_ne!(h("page.wasm", "a"), h("page.wasm", "b"));
        assert!(is_hashed(&h("page.wasm", "a")));
        for plain in ["index.html", "page.wasm", "jquery.min.js", "e3b0c44298.js", "a.E3B0C44298.js"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn only_whole_attribute_values_are_replaced() {
        let names = published();
        let c = |html: &str, expected: &str| {
            let expected = expected.replace("WASM", &names["page.wasm"]).replace("LOADER", &names["loader.js"]);
            assert_eq!(rewrite(html, &names).unwrap(), expected);
        };
        c(r#"<script src="loader.js" data-wasm="page.wasm">"#, r#"<script src="LOADER" data-wasm="WASM">"#);
        c("<script\n  src = \"loader.js\"\n></script>", "<script\n  src = \"LOADER\"\n></script>");
        c(r#"<p title="see loader.js">loader.js</p>"#, r#"<p title="see loader.js">loader.js</p>"#);
        c(r#"<!-- <a href="old.js"> -->"#, r#"<!-- <a href="old.js"> -->"#);
        c(r#"<a title="a > b" href="loader.js">"#, r#"<a title="a > b" href="LOADER">"#);
        c(
            r##"<a href="#q/age"><a href="https://example.org/x.js">"##,
            r##"<a href="#q/age"><a href="https://example.org/x.js">"##,
        );
        c(r#"<p>"quoted" 汉字</p><!doctype html>"#, r#"<p>"quoted" 汉字</p><!doctype html>"#);
    }

    #[test]
    fn a_reference_to_nothing_names_its_line() {
        let error = rewrite("<html>\n<a href=\"lost.js\">\n<b data-x='' src=\"./page.wasm\">", &published());
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with("index.html:2: href=`lost.js` names no file"), "{error}");
        assert!(error.contains("\nindex.html:3: src=`./page.wasm`"), "{error}");
    }
}
