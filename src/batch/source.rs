//! A file of unknown encoding as UTF-8 text, a piece at a time.
//!
//! Apart from the rows, because it knows nothing of cells: bytes in, text out. A byte-order mark decides; without one the
//! first piece that isn't plain ASCII does, so that a file whose first Chinese name comes late is read correctly too. Holds
//! one piece and what its reader hasn't taken yet, never the file.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};

/// Enough for the guess to see many characters, little enough to be no matter.
const PIECE: usize = 64 * 1024;

/// The text of a table, in whichever encoding it came.
pub struct Source<R> {
    input: R,
    raw: Vec<u8>,
    /// None: nothing but ASCII so far.
    decoder: Option<Decoder>,
    text: String,
    /// Up to here the text has been taken.
    taken: usize,
    ended: bool,
    pub has_mark: bool,
    /// Something could not be decoded; U+FFFD stands in its place.
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

    /// The text that has been read but not taken.
    pub fn rest(&self) -> &str {
        &self.text[self.taken..]
    }

    /// Goes on behind so many bytes of the rest.
    pub fn take(&mut self, bytes: usize) {
        self.taken = self.text.len().min(self.taken + bytes);
    }

    /// Reads one more piece behind the rest; false at the end of the file.
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

    fn read(&mut self) -> io::Result<()> {
        self.raw.clear();
        let read = self.input.by_ref().take(PIECE as u64).read_to_end(&mut self.raw)?;
        self.ended = read < PIECE;
        Ok(())
    }

    fn mark(&mut self) {
        if let Some((encoding, length)) = Encoding::for_bom(&self.raw) {
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            self.raw.drain(..length);
            self.has_mark = true;
        }
    }

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

/// Text in GB18030 is next to never valid UTF-8 by chance. The last character of a piece may be cut in two.
fn guess(piece: &[u8]) -> &'static Encoding {
    let valid = str::from_utf8(piece).map_or_else(|error| error.error_len().is_none(), |_| true);
    if valid { UTF_8 } else { GB18030 }
}
