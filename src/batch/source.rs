//! Decodes a file of unknown encoding to UTF-8, piece by piece.
//!
//! It is separate from the rows, because it doesn't know cells: bytes in, text out. A byte-order mark determines
//! the encoding. Without one, the first piece that is not plain ASCII does, so that a file is read correctly even
//! if its first Chinese text comes late. Only one piece and the text not taken yet are in memory, never the file.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};

/// The size of a piece in bytes: enough text to guess the encoding, and little memory.
const PIECE: usize = 64 * 1024;

/// The text of a table in any of the accepted encodings.
pub struct Source<R> {
    input: R,
    raw: Vec<u8>,
    /// None while the input is only ASCII.
    decoder: Option<Decoder>,
    text: String,
    /// The number of bytes of `text` that were taken.
    taken: usize,
    ended: bool,
    pub has_mark: bool,
    /// Whether some bytes could not be decoded. They are replaced by U+FFFD.
    pub damaged: bool,
}

impl<R: Read> Source<R> {
    /// Reads the first piece.
    pub fn new(input: R) -> io::Result<Source<R>> {
        let mut source = Source {
            input,
            raw: Vec::with_capacity(PIECE),
            decoder: None,
            text: String::new(),
            taken: 0,
            ended: false,
            has_mark: false,
            damaged: false,
        };
        source.read()?;
        source.mark();
        source.decode();
        Ok(source)
    }

    /// The text that is decoded but not taken yet.
    pub fn rest(&self) -> &str {
        &self.text[self.taken..]
    }

    /// Takes this number of bytes from the rest.
    pub fn take(&mut self, bytes: usize) {
        self.taken = self.text.len().min(self.taken + bytes);
    }

    /// Decodes one more piece and appends it to the rest. Returns false at the end of the file.
    pub fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.text.drain(..self.taken);
        self.taken = 0;
        self.read()?;
        self.decode();
        Ok(true)
    }

    /// Reads the bytes of the next piece.
    fn read(&mut self) -> io::Result<()> {
        self.raw.clear();
        let read = self.input.by_ref().take(PIECE as u64).read_to_end(&mut self.raw)?;
        self.ended = read < PIECE;
        Ok(())
    }

    /// Removes a byte-order mark and sets the encoding accordingly.
    fn mark(&mut self) {
        if let Some((encoding, length)) = Encoding::for_bom(&self.raw) {
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            self.raw.drain(..length);
            self.has_mark = true;
        }
    }

    /// Decodes the bytes of the piece.
    fn decode(&mut self) {
        if self.decoder.is_none()
            && let Ok(text) = str::from_utf8(&self.raw)
            && text.is_ascii()
        {
            self.text.push_str(text);
            return;
        }
        let decoder = self.decoder.get_or_insert_with(|| guess(&self.raw).new_decoder_without_bom_handling());
        self.text.reserve(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(PIECE * 4));
        let (_, _, damaged) = decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
        self.damaged |= damaged;
    }
}

/// Guesses the encoding. Text in GB18030 is almost never valid UTF-8 by chance. The last character of a piece may
/// be incomplete.
fn guess(piece: &[u8]) -> &'static Encoding {
    let valid = str::from_utf8(piece).map_or_else(|error| error.error_len().is_none(), |_| true);
    if valid { UTF_8 } else { GB18030 }
}
