//! A text as a QR code, and the code as a picture.
//!
//! The picture is a PNG, because WeChat does not accept an SVG when a picture is held. It is not written by a canvas,
//! because browsers with protection against fingerprinting change what is read from one.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

/// The number of light modules around a code, which readers need to find it.
const QUIET: i32 = 4;
/// UTF-8 in the list of character sets (AIM ECI). Without it readers guess, and some mistake Chinese for another
/// character set.
const UTF_8: u32 = 26;

/// The modules of a QR code, with the light border.
pub struct Code(QrCode);

impl Code {
    /// Encodes a text, or returns `None` if it is too long for a QR code.
    pub fn of(text: &str) -> Option<Code> {
        let mut segments = QrSegment::make_segments(text);
        if !text.is_ascii() {
            segments.insert(0, QrSegment::make_eci(UTF_8));
        }
        // The error correction is low: the code is shown on a screen or printed for one person, and fewer modules are
        // read more easily.
        QrCode::encode_segments(&segments, QrCodeEcc::Low).ok().map(Code)
    }

    /// Returns the number of modules on each side, including the light border.
    pub fn side(&self) -> i32 {
        self.0.size().saturating_add(2 * QUIET)
    }

    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x.saturating_sub(QUIET), y.saturating_sub(QUIET))
    }

    /// Returns the code as a PNG with one bit per pixel. A module has eight pixels per side, so that a printed or saved
    /// picture stays sharp, and is one byte of its row.
    pub fn png(&self) -> Vec<u8> {
        let mut packed = Packed::new();
        for y in 0..self.side() {
            packed.add_rows((0..self.side()).map(|x| self.is_dark(x, y)));
        }
        let pixels = self.side().saturating_mul(8).to_be_bytes();
        // One bit per pixel, greyscale; compression, filter and interlacing are the only or the simplest ones.
        let header = [&pixels[..], &pixels, &[1, 0, 0, 0, 0]].concat();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", header), (b"IDAT", packed.end()), (b"IEND", Vec::new())] {
            // A picture never has that many bytes.
            png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
            let data = [&kind[..], &data].concat();
            png.extend(&data);
            png.extend(crc(&data).to_be_bytes());
        }
        png
    }
}

/// Rows of pixels, compressed by deflate with its fixed codes (RFC 1951) in a zlib container (RFC 1950).
struct Packed {
    bytes: Vec<u8>,
    /// The bits that don't fill a byte yet, the last one highest, and their number.
    bits: (u8, u8),
    /// The checksum of the uncompressed data (Adler-32).
    sum: (u32, u32),
}

/// The codes for a byte of light pixels, for a byte of dark pixels or a row's filter (none), and for the end.
const LIGHT: &str = "111111111";
const DARK: &str = "00110000";
const END: &str = "0000000";
/// The largest length of a repetition, and its code.
const LONGEST: usize = 258;
const REPEATED: &str = "11000101";
/// The distances of a repetition: the first distance of a code, the code, and the number of extra bits for the rest.
const DISTANCES: [(usize, &str, usize); 6] =
    [(25, "01001", 3), (33, "01010", 4), (49, "01011", 4), (65, "01100", 5), (97, "01101", 5), (129, "01110", 6)];
/// The modulus of the checksum.
const PRIME: u32 = 65521;

impl Packed {
    fn new() -> Packed {
        let mut packed = Packed { bytes: vec![0x78, 0x01], bits: (0, 0), sum: (1, 0) };
        // One block, the last one, with fixed codes.
        packed.add("110");
        packed
    }

    /// Adds eight identical rows of pixels.
    fn add_rows(&mut self, are_dark: impl Iterator<Item = bool>) {
        let row: Vec<u8> = [0].into_iter().chain(are_dark.map(|is_dark| if is_dark { 0 } else { 255 })).collect();
        let all = row.len().saturating_mul(8);
        for byte in row.iter().cycle().take(all) {
            self.sum.0 = self.sum.0.saturating_add((*byte).into()) % PRIME;
            self.sum.1 = self.sum.1.saturating_add(self.sum.0) % PRIME;
        }
        let distance = DISTANCES.into_iter().rfind(|(from, ..)| *from <= row.len());
        let times = if distance.is_some() { all.saturating_sub(row.len()) / LONGEST } else { 0 };
        for byte in row.iter().cycle().take(all.saturating_sub(times.saturating_mul(LONGEST))) {
            self.add(if *byte == 0 { DARK } else { LIGHT });
        }
        for (from, code, more) in distance.into_iter().cycle().take(times) {
            self.add(REPEATED);
            self.add(code);
            // Numbers begin with their lowest bit.
            let bits = format!("{:06b}", row.len().saturating_sub(from));
            bits.chars().rev().take(more).for_each(|bit| self.add_bit(bit));
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.add(END);
        while self.bits.1 != 0 {
            self.add_bit('0');
        }
        let (low, high) = self.sum;
        self.bytes.extend(high.saturating_mul(0x1_0000).saturating_add(low).to_be_bytes());
        self.bytes
    }

    fn add(&mut self, code: &str) {
        code.chars().for_each(|bit| self.add_bit(bit));
    }

    fn add_bit(&mut self, bit: char) {
        let (bits, count) = self.bits;
        let bits = (bits / 2) | if bit == '1' { 0x80 } else { 0 };
        self.bits = if count == 7 {
            self.bytes.push(bits);
            (0, 0)
        } else {
            (bits, count.saturating_add(1))
        };
    }
}

/// Returns the checksum of a PNG chunk (CRC-32).
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc / 2) ^ if crc % 2 == 1 { 0xedb8_8320 } else { 0 })
    })
}
