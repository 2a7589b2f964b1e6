//! Three-valued logic (Kleene's), defined once: met, not met, and unknown with its cause.

/// Why a state is unknown. If there are several causes, the first in this order is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// There are no rules for that day, or the tables don't contain them.
    NoRulesForDate,
    /// No answer would settle it: an office decides.
    AuthorityDecides,
    /// The person was asked and answered "don't know".
    DontKnow,
    /// The question is still open.
    Unanswered,
}

impl Cause {
    /// All causes, in the order of priority.
    pub const ALL: [Cause; 4] = [Cause::NoRulesForDate, Cause::AuthorityDecides, Cause::DontKnow, Cause::Unanswered];

    /// The id of the contract.
    pub const fn id(self) -> &'static str {
        match self {
            Cause::NoRulesForDate => "no-rules-for-date",
            Cause::AuthorityDecides => "authority-decides",
            Cause::DontKnow => "dont-know",
            Cause::Unanswered => "unanswered",
        }
    }
}

/// The state of a condition, criterion or finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    NotMet,
    Unknown(Cause),
    Met,
}

impl Truth {
    /// Conjunction: not met has priority over unknown, and unknown over met. Of two causes the first is kept.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Met, one) | (one, Truth::Met) => one,
            (Truth::Unknown(one), Truth::Unknown(two)) => Truth::Unknown(one.min(two)),
            _ => Truth::NotMet,
        }
    }

    /// Disjunction: met has priority over unknown, and unknown over not met. Of two causes the first is kept.
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::NotMet, one) | (one, Truth::NotMet) => one,
            (Truth::Unknown(one), Truth::Unknown(two)) => Truth::Unknown(one.min(two)),
            _ => Truth::Met,
        }
    }

    /// The common state of two rules of which either may be in force. If they differ, the result is unknown with
    /// the cause `otherwise`; if one is unknown, its cause is kept.
    pub fn agreed(self, other: Truth, otherwise: Cause) -> Truth {
        match (self, other) {
            (Truth::Unknown(one), Truth::Unknown(two)) => Truth::Unknown(one.min(two)),
            (Truth::Unknown(cause), _) | (_, Truth::Unknown(cause)) => Truth::Unknown(cause),
            _ if self == other => self,
            _ => Truth::Unknown(otherwise),
        }
    }

    /// Whether the state is unknown.
    pub fn is_unknown(self) -> bool {
        matches!(self, Truth::Unknown(_))
    }

    /// The id of the contract.
    pub const fn id(self) -> &'static str {
        match self {
            Truth::Met => "met",
            Truth::NotMet => "not-met",
            Truth::Unknown(_) => "unknown",
        }
    }

    /// The cause, if the state is unknown.
    pub fn cause(self) -> Option<Cause> {
        match self {
            Truth::Unknown(cause) => Some(cause),
            _ => None,
        }
    }
}

/// The result of evaluating a condition, criterion or finding: the truth alone (`Truth`), or the truth and more
/// (`Decision`). All results can be combined like truths.
pub trait Value: Copy + From<Truth> {
    fn truth(self) -> Truth;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn agreed(self, other: Self, otherwise: Cause) -> Self;
}

impl Value for Truth {
    fn truth(self) -> Truth {
        self
    }

    fn and(self, other: Truth) -> Truth {
        Truth::and(self, other)
    }

    fn or(self, other: Truth) -> Truth {
        Truth::or(self, other)
    }

    fn agreed(self, other: Truth, otherwise: Cause) -> Truth {
        Truth::agreed(self, other, otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause::*, Truth::*};

    #[test]
    fn kleene() {
        let every =
            [NotMet, Unknown(NoRulesForDate), Unknown(AuthorityDecides), Unknown(DontKnow), Unknown(Unanswered), Met];
        for one in every {
            for two in every {
                assert_eq!(one.and(two), two.and(one));
                assert_eq!(one.or(two), two.or(one));
                assert_eq!(one.agreed(two, DontKnow), two.agreed(one, DontKnow));
            }
            assert_eq!((one.and(Met), one.and(NotMet)), (one, NotMet));
            assert_eq!((one.or(NotMet), one.or(Met)), (one, Met));
            assert_eq!(one.agreed(one, DontKnow), one);
        }
        assert_eq!(Unknown(Unanswered).and(Unknown(DontKnow)), Unknown(DontKnow));
        assert_eq!(Unknown(Unanswered).or(Unknown(AuthorityDecides)), Unknown(AuthorityDecides));
        assert_eq!(Met.agreed(NotMet, AuthorityDecides), Unknown(AuthorityDecides));
        assert_eq!(Met.agreed(Unknown(NoRulesForDate), DontKnow), Unknown(NoRulesForDate));
    }
}
