//! A text as a QR code, and the code as a picture.
//!
//! The picture is a PNG, because WeChat takes no SVG when a picture is held. It is written here and not by a canvas: browsers that
//! protect people from being recognised change what is read from one.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

/// Light modules around a code, without which readers don't find it.
const QUIET: i32 = 4;
/// UTF-8 in the list of character sets (AIM ECI). Without a name readers guess, and some take Chinese for another set.
const UTF_8: u32 = 26;

/// The squares of a code, with the light ones around it.
pub struct Code(QrCode);

impl Code {
    /// None: the text is too long for any code.
    pub fn of(text: &str) -> Option<Code> {
        let mut segments = QrSegment::make_segments(text);
        if !text.is_ascii() {
            segments.insert(0, QrSegment::make_eci(UTF_8));
        }
        // With little to repair: it is shown on a screen or printed for one person, and fewer squares are read more easily.
        QrCode::encode_segments(&segments, QrCodeEcc::Low).ok().map(Code)
    }

    /// How many squares each side has.
    pub fn side(&self) -> i32 {
        self.0.size().saturating_add(2 * QUIET)
    }

    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x.saturating_sub(QUIET), y.saturating_sub(QUIET))
    }

    /// The code as a PNG of one bit a pixel. A square has eight pixels a side, so that a printed or saved picture stays sharp, and is
    /// a byte of its row.
    pub fn png(&self) -> Vec<u8> {
        let mut packed = Packed::new();
        for y in 0..self.side() {
            packed.add_rows((0..self.side()).map(|x| self.is_dark(x, y)));
        }
        let pixels = self.side().saturating_mul(8).to_be_bytes();
        // One bit a pixel, grey; packed, filtered and ordered in the only or plainest way.
        let header = [&pixels[..], &pixels, &[1, 0, 0, 0, 0]].concat();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", header), (b"IDAT", packed.end()), (b"IEND", Vec::new())] {
            // A picture has never so many bytes.
            png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
            let data = [&kind[..], &data].concat();
            png.extend(&data);
            png.extend(crc(&data).to_be_bytes());
        }
        png
    }
}

/// Rows of pixels, packed by deflate with its fixed codes (RFC 1951), within what zlib puts around that (RFC 1950).
struct Packed {
    bytes: Vec<u8>,
    /// Bits that don't fill a byte yet, the last of them highest, and how many they are.
    bits: (u8, u8),
    /// The sum of everything that was packed (Adler-32).
    sum: (u32, u32),
}

/// The codes that are needed: a byte of light pixels, one of dark ones or a row's filter, which is none, and the end.
const LIGHT: &str = "111111111";
const DARK: &str = "00110000";
const END: &str = "0000000";
/// The most bytes that one code repeats, and that code.
const LONGEST: usize = 258;
const REPEATED: &str = "11000101";
/// From how many bytes before. A code stands for distances from one on; how much more it is follows in so many bits.
const DISTANCES: [(usize, &str, usize); 6] =
    [(25, "01001", 3), (33, "01010", 4), (49, "01011", 4), (65, "01100", 5), (97, "01101", 5), (129, "01110", 6)];
/// The prime of the sum.
const PRIME: u32 = 65521;

impl Packed {
    fn new() -> Packed {
        let mut packed = Packed { bytes: vec![0x78, 0x01], bits: (0, 0), sum: (1, 0) };
        // One block, the last, with fixed codes.
        packed.add("110");
        packed
    }

    /// Eight rows of pixels, all alike.
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

/// The sum of a part of a PNG (CRC-32).
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc / 2) ^ if crc % 2 == 1 { 0xedb8_8320 } else { 0 })
    })
}
