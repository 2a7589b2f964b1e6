//! Reads a QR code on the page, as a phone's camera does.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};

use crate::Page;

/// Waits for the page's only QR code and reads it.
#[track_caller]
pub fn read(page: &mut Page) -> String {
    // The browser has to accept the picture too.
    page.wait_until(
        "var code = document.querySelector('img.code'); return !!code && code.complete && code.naturalWidth > 0;",
    );
    let picture = page.script("return document.querySelector('img.code').src;");
    read_png(&BASE64.decode(picture.as_str().unwrap().strip_prefix("data:image/png;base64,").unwrap()).unwrap())
}

/// Reads a QR code from its picture.
#[track_caller]
pub fn read_png(picture: &[u8]) -> String {
    let picture = image::load_from_memory(picture).unwrap().to_luma8();
    let mut seen = rqrr::PreparedImage::prepare(picture);
    seen.detect_grids().first().expect("a code").decode().unwrap().1
}
