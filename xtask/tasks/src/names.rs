//! Names of published files, which contain a hash of the content.
//!
//! With the hash in the name, a browser may keep a file for ever, and a new release never mixes with an old one.
//! `index.html` refers to a published name by `file('plain name')`, see `index`.

use sha2::{Digest, Sha256};

/// The number of hexadecimal digits of the hash in a name.
const DIGITS: usize = 10;

/// Adds the hash to a name: `page.wasm` becomes `page.3fa9c1d2e4.wasm`.
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

/// Whether a name was made by [`hashed`]; such a file never changes.
pub fn is_hashed(name: &str) -> bool {
    let mut parts = name.rsplit('.');
    let is_hash = |part: &str| part.len() == DIGITS && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(hash), Some(_)) => is_hash(hash),
        _ => false,
    }
}

/// Returns the published names in a page, each with the name of its attribute.
pub fn in_page(html: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = html.split('"').peekable();
    std::iter::from_fn(move || {
        loop {
            let before = quoted.next()?;
            let value = quoted.peek()?;
            if is_hashed(value)
                && let Some(attribute) = before.strip_suffix('=')
            {
                return Some((attribute.rsplit(char::is_whitespace).next().unwrap_or(attribute), *value));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn published_names_are_found_with_their_attributes() {
        let html = "<meta name=\"later\" content=\"a.e3b0c44298.wasm\"><link href=\"b.css\"\n data-text=\"c.e3b0c44298.text\">\"d.e3b0c44298.js\"";
        let found: Vec<_> = in_page(html).collect();
        assert_eq!(found, [("content", "a.e3b0c44298.wasm"), ("data-text", "c.e3b0c44298.text")]);
    }
}
