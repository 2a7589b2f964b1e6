//! Amounts and shares of the tables: exact decimals, never floats.

use rust_decimal::Decimal;

/// An amount in yuan. Written as a decimal string: `"3120"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Yuan(pub Decimal);

impl Yuan {
    /// Creates an amount from the raw parts of a decimal, so that a table can be a constant.
    pub const fn from_parts(lo: u32, mid: u32, hi: u32, scale: u32) -> Yuan {
        Yuan(Decimal::from_parts(lo, mid, hi, false, scale))
    }
}

/// A share of an amount, more than 0 and less than 1. Written as a decimal string: `"0.3"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Share(pub Decimal);

impl Share {
    /// Returns the share as a percentage: 0.3 gives "30".
    pub fn percent(self) -> String {
        (self.0.saturating_mul(Decimal::ONE_HUNDRED)).normalize().to_string()
    }
}
