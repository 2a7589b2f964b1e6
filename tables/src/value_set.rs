//! Sets of values of a choice.

use std::borrow::Cow;

/// A set of values of one choice, by their indices in the question's list. The number of values is not limited.
#[derive(Clone, Default, Debug)]
pub struct ValueSet {
    /// One bit per value; the first value is the lowest bit of the first word. Borrowed if the set is a constant of
    /// the tables.
    words: Cow<'static, [u64]>,
}

impl ValueSet {
    /// Creates a set from the words that `words` returns, for tables that are constants.
    pub const fn from_words(words: &'static [u64]) -> ValueSet {
        ValueSet { words: Cow::Borrowed(words) }
    }

    /// Creates a set of the first `count` values of a list.
    pub fn first(count: usize) -> ValueSet {
        (0..u16::try_from(count).unwrap_or(u16::MAX)).collect()
    }

    /// Whether the set contains the value with this index.
    pub fn contains(&self, at: u16) -> bool {
        let (word, bit) = place(at);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds the value with this index.
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

    /// The number of values in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether the set has no value.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The indices of the values in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        let end = u16::try_from(self.words.len().saturating_mul(64)).unwrap_or(u16::MAX);
        (0..=end).filter(|at| self.contains(*at))
    }

    /// The words of the set, for writing it as a constant.
    #[cfg(feature = "read")]
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}

/// Returns the index of a value's word, and its bit in the word.
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

/// Sets of the same values are equal, even if they have a different number of words.
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
        // Indices at the ends of words, and the largest possible one.
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
