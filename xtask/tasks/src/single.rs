//! `checker.html`: the whole page in one file, which people can pass on by a stick or a message and open from there.
//!
//! It uses the same template with the same files embedded: style and scripts unchanged, allowed by their hashes; and
//! what the program fetches compressed, from which `unpack.js` makes `data:` addresses, so that the program and the
//! loader need no special case. The policy blocks all network access. The worker and the manifests of the folder's page
//! are not included.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, write::DeflateEncoder};
use minijinja::{Value, context};
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest as _, Sha256};

use crate::{parts, session};

/// The file's name in `dist/`.
pub const FILE: &str = "checker.html";
/// The script that unpacks the compressed files; the page of a folder does not need it.
pub const UNPACK: &str = "unpack.js";
/// The number of light modules around a code, which readers need to find it.
const QUIET: i32 = 4;

/// The contents to embed in the file.
pub struct Inside {
    style: String,
    /// The scripts in the order of the page.
    scripts: [String; 5],
    program: String,
    later: String,
    icon: String,
    /// The files of the languages, by their names.
    pub texts: BTreeMap<String, String>,
}

impl Inside {
    /// Prepares the page's files, given by their plain names.
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Result<Inside> {
        let content = |name: &str| match files.get(name) {
            Some(content) => Ok(content.as_slice()),
            None => bail!("{name} isn't among the files of the page"),
        };
        let script = |name: &str| element(name, content(name)?, "</script");
        let style = |name: &str| element(name, content(name)?, "</style");
        let texts = files.iter().filter(|(name, _)| name.ends_with(".text"));
        let texts = texts.map(|(name, content)| Ok((name.clone(), pack(content)?)));
        Ok(Inside {
            style: style("style.css")? + &style(session::STYLE)?,
            scripts: [
                script(UNPACK)?,
                script("page.js")?,
                script("loader.js")?,
                script("frame.js")?,
                script(session::SCRIPT)?,
            ],
            program: pack(content("page.wasm")?)?,
            later: pack(content(parts::LATER)?)?,
            icon: data("image/svg+xml", content("icon.svg")?),
            texts: texts.collect::<Result<_>>()?,
        })
    }

    /// Returns the contents for the template.
    pub fn value(&self) -> Value {
        let safe = |text: &String| Value::from_safe_string(text.clone());
        let hashes: Vec<_> = self.scripts.iter().map(|script| hash(script)).collect();
        context! {
            style => safe(&self.style),
            style_hash => Value::from_safe_string(hash(&self.style)),
            scripts => self.scripts.iter().map(safe).collect::<Vec<_>>(),
            script_hashes => Value::from_safe_string(hashes.join(" ")),
            program => safe(&self.program),
            later => safe(&self.later),
            icon => safe(&self.icon),
        }
    }

    /// Returns the bytes of each component of the file, as text.
    pub fn costs(&self, file: &str) -> String {
        let parts = [
            ("program", self.program.len() + self.later.len()),
            ("languages", self.texts.values().map(String::len).sum()),
            ("scripts", self.scripts.iter().map(String::len).sum()),
            ("style", self.style.len()),
        ];
        let known: usize = parts.iter().map(|(_, bytes)| bytes).sum();
        let each: Vec<_> = parts.iter().map(|(name, bytes)| format!("{name} {bytes}")).collect();
        format!("{} bytes: {}, page {}", file.len(), each.join(", "), file.len() - known)
    }
}

/// Returns a file as the content of an element that ends with `end`, on one line: browsers remove line breaks from a `data:` address,
/// and then the content would no longer match its hash in the policy. Fails if the content can't stand in the element or on one line.
fn element(name: &str, content: &[u8], end: &str) -> Result<String> {
    let text = std::str::from_utf8(content)?;
    if text.to_ascii_lowercase().contains(end) {
        bail!("{name} has `{end}` in it and can't stand within a page. Write it in two parts");
    }
    if let Some(line) = text.lines().find(|line| line.replace("://", "").contains("//")) {
        bail!("{name} has a comment behind code, which would go on to the file's end. Put it before: {line}");
    }
    Ok(text.lines().collect::<Vec<_>>().join(" "))
}

/// Returns the hash of a script or style as a content security policy writes it.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// Compresses a file for `unpack.js`.
fn pack(content: &[u8]) -> Result<String> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(content)?;
    Ok(BASE64.encode(packer.finish()?))
}

fn data(kind: &str, content: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64.encode(content))
}

/// Returns the QR code of an address as an SVG image in a `data:` address.
pub fn code(address: &str) -> Result<String> {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else {
        bail!("the address is too long for a code. Publish the page at a shorter one");
    };
    let side = code.size() + 2 * QUIET;
    // Each row is drawn along its middle, which gives the shortest text.
    let mut dark = String::new();
    for y in 0..code.size() {
        let mut drawn = None;
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if length > 0 {
                dark += &match drawn {
                    None => format!("M{} {}.5", x + QUIET, y + QUIET),
                    Some(end) => format!("m{} 0", x - end),
                };
                dark += &format!("h{length}");
                drawn = Some(x + length);
            }
            x += length.max(1);
        }
    }
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{dark}\"/></svg>"
    );
    Ok(data("image/svg+xml", drawing.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::icons::{self, Icon};
    use crate::settings::Settings;
    use crate::{index, names};

    #[test]
    fn a_policy_names_a_script_by_its_hash() {
        // The hash that browsers compute for `alert('Hello, world.');`.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn what_would_end_its_element_is_refused() {
        let error = element("page.js", b"var a = '</SCRIPT>';", "</script").unwrap_err();
        assert!(error.to_string().contains("page.js has `</script`"), "{error}");
    }

    #[test]
    fn what_stands_in_an_element_is_one_line() {
        let c = |text: &str| element("page.js", text.as_bytes(), "</script").map_err(|error| error.to_string());
        assert_eq!(c("a(\n'http://b'\n);\n").as_deref(), Ok("a( 'http://b' );"));
        assert!(c("a(); // why\nb();").unwrap_err().ends_with("Put it before: a(); // why"));
    }

    #[test]
    fn a_code_is_read_by_a_reader_of_another_make() {
        let address = "https://example.org/checker/";
        let drawing = code(address).unwrap();
        let drawing = BASE64.decode(drawing.strip_prefix("data:image/svg+xml;base64,").unwrap()).unwrap();
        let icon = Icon { name: "code.png", side: 300, filled: false };
        let picture = icons::draw(std::str::from_utf8(&drawing).unwrap(), &icon);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(300, 300, |x, y| {
            picture.pixel(x as u32, y as u32).unwrap().red()
        });
        let (_, content) = seen.detect_grids().first().unwrap().decode().unwrap();
        assert_eq!(content, address);
    }

    /// Fills the real template with small files.
    #[test]
    fn settings_stand_in_the_page_and_the_address_in_the_plain_page_of_the_file() {
        let set = tables::read(&crate::root()).unwrap();
        let mut files: BTreeMap<String, Vec<u8>> = set.languages.files().into_iter().collect();
        let parts = ["style.css", UNPACK, "page.js", "loader.js", "frame.js", "page.wasm", parts::LATER, "icon.svg"];
        for name in parts.into_iter().chain([session::SCRIPT, session::STYLE]) {
            files.insert(name.to_owned(), name.into());
        }
        let template = std::fs::read_to_string(crate::root().join("index.html")).unwrap();
        let folder_only = ["offline.js", "icon-180.png"].map(str::to_owned);
        let manifests = set.languages.ids().map(|language| format!("{language}.webmanifest"));
        let published = files.keys().cloned().chain(folder_only).chain(manifests);
        let published: BTreeMap<String, String> =
            published.map(|name| (name.clone(), names::hashed(&name, b""))).collect();
        let page = |address: Option<&str>, file: bool| {
            let settings = Settings {
                address: address.map(str::to_owned),
                operator: Some("A & B".to_owned()),
                icp: Some("粤ICP备12345678号-1".to_owned()),
            };
            let inside = Inside::of(&files).unwrap();
            index::fill(&template, &set, &settings, &published, file.then_some(&inside)).unwrap()
        };
        let address = "https:&#x2f;&#x2f;example.org&#x2f;";
        let c = |html: String, canonical: bool, in_the_text: bool| {
            assert_eq!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), canonical);
            assert_eq!(html.contains(&format!("<a href=\"{address}\">")), in_the_text);
            assert_eq!(html.contains("class=\"code\""), in_the_text);
        };
        c(page(Some("https://example.org/"), true), true, true);
        c(page(Some("https://example.org/"), false), true, false);
        c(page(None, true), false, false);
        for html in [page(None, true), page(None, false)] {
            assert!(html.contains("<p>A &amp; B</p>") && html.contains(">粤ICP备12345678号-1</a>"));
        }
        let html = page(None, true);
        for part in ["<style>style.csssession.css</style>", "<script>page.js</script>", "<script>loader.js</script>"] {
            assert!(html.contains(part), "{part}");
        }
        assert!(html.contains(&hash("loader.js")) && html.contains(&hash("style.csssession.css")));
        assert!(!html.contains("offline") && !html.contains("manifest"));
    }
}
