//! Amounts as ranges, from the smallest to the largest possible amount.

use rust_decimal::Decimal;

/// A range of yuan, both ends possible. The ends of a certain amount are equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    pub min: Decimal,
    pub max: Decimal,
}

impl Range {
    /// Zero yuan.
    pub const ZERO: Range = Range { min: Decimal::ZERO, max: Decimal::ZERO };

    /// The range of a certain amount.
    pub fn exactly(amount: Decimal) -> Range {
        Range { min: amount, max: amount }
    }

    /// The range between two amounts, in any order.
    pub fn between(one: Decimal, two: Decimal) -> Range {
        Range { min: one.min(two), max: one.max(two) }
    }

    /// Whether the amount is certain.
    pub fn is_exact(self) -> bool {
        self.min == self.max
    }

    /// The smallest range that contains both.
    pub fn union(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// The sum of two ranges. Saturates, so that no table can cause a panic.
    pub fn plus(self, other: Range) -> Range {
        Range { min: add(self.min, other.min), max: add(self.max, other.max) }
    }

    /// This amount less another one. The two are independent of each other, so the widest range results.
    pub fn less(self, other: Range) -> Range {
        Range { min: add(self.min, -other.max), max: add(self.max, -other.min) }
    }

    /// A share of both ends; 0.3 is 30 %.
    pub fn share(self, share: Decimal) -> Range {
        let min = multiply(self.min, share);
        Range { min, max: if self.is_exact() { min } else { multiply(self.max, share) } }
    }
}

/// Adds with saturation. Not inlined, like `multiply`: inlining would cost the page a thousand bytes per call.
#[inline(never)]
pub(super) fn add(one: Decimal, other: Decimal) -> Decimal {
    one.saturating_add(other)
}

/// Multiplies with saturation and removes trailing zeros.
#[inline(never)]
fn multiply(amount: Decimal, share: Decimal) -> Decimal {
    amount.saturating_mul(share).normalize()
}
