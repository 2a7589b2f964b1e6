//! A code on the page, as a phone's camera reads it.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};

use crate::Page;

/// Waits for the page's only code, and reads it.
#[track_caller]
pub fn read(page: &mut Page) -> String {
    page.wait_until("return !!document.querySelector('img.code') && document.querySelector('img.code').complete;");
    let picture = page.script("return document.querySelector('img.code').src;");
    let picture = BASE64.decode(picture.as_str().unwrap().strip_prefix("data:image/png;base64,").unwrap()).unwrap();
    let picture = image::load_from_memory(&picture).unwrap().to_luma8();
    let mut seen = rqrr::PreparedImage::prepare(picture);
    seen.detect_grids().first().expect("a code").decode().unwrap().1
}
