//! Amounts as ranges: from the least to the most that is possible.

use rust_decimal::Decimal;

/// Yuan, exact, both ends possible. What is certain has two equal ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    pub min: Decimal,
    pub max: Decimal,
}

impl Range {
    /// Nothing.
    pub const ZERO: Range = Range { min: Decimal::ZERO, max: Decimal::ZERO };

    /// An amount that is certain.
    pub fn exactly(amount: Decimal) -> Range {
        Range { min: amount, max: amount }
    }

    /// From the lesser to the greater of two.
    pub fn between(one: Decimal, two: Decimal) -> Range {
        Range { min: one.min(two), max: one.max(two) }
    }

    /// Whether the amount is certain.
    pub fn is_exact(self) -> bool {
        self.min == self.max
    }

    /// The least range that holds both.
    pub fn around(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Both together. Saturates, so that no table can make it panic.
    pub fn plus(self, other: Range) -> Range {
        Range { min: add(self.min, other.min), max: add(self.max, other.max) }
    }

    /// This less something of which every amount of its range is possible.
    pub fn less(self, other: Range) -> Range {
        Range { min: add(self.min, -other.max), max: add(self.max, -other.min) }
    }

    /// So large a share of both ends.
    pub fn share(self, share: Decimal) -> Range {
        let min = multiply(self.min, share);
        Range { min, max: if self.is_exact() { min } else { multiply(self.max, share) } }
    }
}

/// Saturates. Out of line, as the next: the page would carry a thousand bytes for every place it is used in.
#[inline(never)]
pub(super) fn add(one: Decimal, other: Decimal) -> Decimal {
    one.saturating_add(other)
}

#[inline(never)]
fn multiply(amount: Decimal, share: Decimal) -> Decimal {
    amount.saturating_mul(share).normalize()
}
