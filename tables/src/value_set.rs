//! Sets of values of a choice.

use std::borrow::Cow;

/// Some values of one choice, each by its place in the question's list. There is no limit to how many values the choice
/// has.
#[derive(Clone, Default, Debug)]
pub struct ValueSet {
    /// One bit a value, the first value in the lowest bit of the first word. Borrowed where it stands in the tables.
    words: Cow<'static, [u64]>,
}

impl ValueSet {
    /// A set as its words, which `words` gives: for tables that are part of the program.
    pub const fn from_words(words: &'static [u64]) -> ValueSet {
        ValueSet { words: Cow::Borrowed(words) }
    }

    /// The first so many values of a list.
    pub fn first(count: usize) -> ValueSet {
        (0..u16::try_from(count).unwrap_or(u16::MAX)).collect()
    }

    /// Whether the set has the value at that place.
    pub fn contains(&self, at: u16) -> bool {
        let (word, bit) = place(at);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds the value at that place.
    pub fn insert(&mut self, at: u16) {
        let (word, bit) = place(at);
        let words = self.words.to_mut();
        if words.len() <= word {
            words.resize(word.saturating_add(1), 0);
        }
        if let Some(word) = words.get_mut(word) {
            *word |= bit;
        }
    }

    /// How many values the set has.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The places of its values, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        let end = u16::try_from(self.words.len().saturating_mul(64)).unwrap_or(u16::MAX);
        (0..=end).filter(|at| self.contains(*at))
    }

    #[cfg(feature = "read")]
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}

/// The word of a value, and its bit there.
fn place(at: u16) -> (usize, u64) {
    (usize::from(at / 64), 1_u64.rotate_left(u32::from(at)))
}

impl FromIterator<u16> for ValueSet {
    fn from_iter<I: IntoIterator<Item = u16>>(places: I) -> ValueSet {
        let mut set = ValueSet::default();
        places.into_iter().for_each(|at| set.insert(at));
        set
    }
}

/// Sets of the same values are equal, however many words they are kept in.
impl PartialEq for ValueSet {
    fn eq(&self, other: &ValueSet) -> bool {
        let count = self.words.len().max(other.words.len());
        (0..count).all(|at| self.words.get(at).unwrap_or(&0) == other.words.get(at).unwrap_or(&0))
    }
}

impl Eq for ValueSet {}

#[cfg(test)]
mod tests {
    use super::ValueSet;

    #[test]
    fn a_set_has_what_was_put_in() {
        // About the ends of words, and the last place there is.
        let places = [0, 1, 62, 63, 64, 65, 127, 128, 509, 510, 511, 512, u16::MAX - 1, u16::MAX];
        for one in places {
            let set = ValueSet::from_iter([one]);
            assert_eq!((set.len(), set.is_empty()), (1, false));
            assert_eq!(set.iter().collect::<Vec<_>>(), [one]);
            for other in places {
                assert_eq!(set.contains(other), one == other, "{one} {other}");
                let both = ValueSet::from_iter([one, other]);
                assert_eq!(both, ValueSet::from_iter([other, one]));
                assert_eq!(both == set, one == other);
            }
        }
        assert_eq!(ValueSet::from_iter(places).iter().collect::<Vec<_>>(), places);
        assert!(ValueSet::default().is_empty() && ValueSet::default().iter().next().is_none());
        for count in [0, 1, 63, 64, 65, 512, 513] {
            assert_eq!(ValueSet::first(count).len(), count);
            assert!(!ValueSet::first(count).contains(count as u16));
        }
    }

    #[test]
    fn words_may_be_empty_at_the_end() {
        assert_eq!(ValueSet::from_words(&[5, 0]), ValueSet::from_iter([0, 2]));
        assert_eq!(ValueSet::from_words(&[0]), ValueSet::default());
    }
}
