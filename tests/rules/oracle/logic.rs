//! Three-valued logic with causes ("A state is ...").

/// Why something is unknown, in the order of the contract: with several, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    NoRulesForDate,
    AuthorityDecides,
    DontKnow,
    Unanswered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Met,
    NotMet,
    Unknown(Cause),
}

pub use State::{Met, NotMet, Unknown};

/// Not known because nobody has rules for that date.
pub const NO_RULES: State = Unknown(Cause::NoRulesForDate);
/// Not known because an authority (bureau, exam centre) decides.
pub const AUTHORITY: State = Unknown(Cause::AuthorityDecides);

impl State {
    /// Kleene AND: not-met outweighs unknown, unknown outweighs met.
    pub fn and(self, other: State) -> State {
        match (self, other) {
            (NotMet, _) | (_, NotMet) => NotMet,
            (Unknown(one), Unknown(two)) => Unknown(one.min(two)),
            (Unknown(cause), Met) | (Met, Unknown(cause)) => Unknown(cause),
            (Met, Met) => Met,
        }
    }

    /// Kleene NOT: unknown stays unknown, with its cause.
    pub fn not(self) -> State {
        match self {
            Met => NotMet,
            NotMet => Met,
            Unknown(cause) => Unknown(cause),
        }
    }

    /// Kleene OR: met outweighs unknown, unknown outweighs not-met.
    pub fn or(self, other: State) -> State {
        match (self, other) {
            (Met, _) | (_, Met) => Met,
            (Unknown(one), Unknown(two)) => Unknown(one.min(two)),
            (Unknown(cause), NotMet) | (NotMet, Unknown(cause)) => Unknown(cause),
            (NotMet, NotMet) => NotMet,
        }
    }
}

/// Met or not met.
pub fn decided(yes: bool) -> State {
    if yes { Met } else { NotMet }
}

/// The Kleene AND of many.
pub fn all(states: impl IntoIterator<Item = State>) -> State {
    states.into_iter().fold(Met, State::and)
}

/// The Kleene OR of many.
pub fn any(states: impl IntoIterator<Item = State>) -> State {
    states.into_iter().fold(NotMet, State::or)
}

/// An answer: given, or open with its own cause (`dont-know` or `unanswered`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    Given(T),
    Open(Cause),
}

pub use Answer::{Given, Open};

impl<T: Copy> Answer<T> {
    /// The state that a given answer leads to; an open one is unknown with its own cause.
    pub fn judge(self, rule: impl FnOnce(T) -> State) -> State {
        match self {
            Given(value) => rule(value),
            Open(cause) => Unknown(cause),
        }
    }

    /// Met when the answer is known, else unknown with its own cause.
    pub fn known(self) -> State {
        self.judge(|_| Met)
    }
}
