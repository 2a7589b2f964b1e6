//! A text as a QR code. How it is drawn is left to whoever shows it.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code, without which readers don't find it.
const QUIET: i32 = 4;

/// The squares of a code, with the light ones around it.
pub struct Code(QrCode);

impl Code {
    /// None: the text is too long for any code.
    pub fn of(text: &str) -> Option<Code> {
        // With little to repair: it is shown on a screen or printed for one person, and fewer squares are read more easily.
        QrCode::encode_text(text, QrCodeEcc::Low).ok().map(Code)
    }

    /// How many squares each side has.
    pub fn side(&self) -> i32 {
        self.0.size().saturating_add(2 * QUIET)
    }

    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x.saturating_sub(QUIET), y.saturating_sub(QUIET))
    }
}
