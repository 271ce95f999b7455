//! Maps of attribute values.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::nested::{self, ShownMap};
use super::{AttributeValue, Name};

/// A map of attribute values by name, as in an `M` or an [`Item`](super::Item).
///
/// The entries are a vector sorted by name. For the few attributes of an item, one allocation and a binary search need less memory and
/// time than a tree. Build large maps with `collect`, which sorts once; `insert` moves the entries after the new one.
#[derive(Default, Eq)]
pub struct Map {
    entries: Vec<(Name, AttributeValue)>,
}

impl Map {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Creates an empty map with space for `capacity` entries.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` if the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of `name`, or `None` if there is none.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.position(name).ok().map(|at| &self.entries[at].1)
    }

    /// Returns a mutable reference to the value of `name`, or `None` if there is none.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut AttributeValue> {
        self.position(name).ok().map(|at| &mut self.entries[at].1)
    }

    /// Returns `true` if the map has an entry `name`.
    pub fn contains_key(&self, name: &str) -> bool {
        self.position(name).is_ok()
    }

    /// Sets the value of `name` and returns its previous value.
    pub fn insert(&mut self, name: impl Into<Name>, value: AttributeValue) -> Option<AttributeValue> {
        let name = name.into();
        match self.position(&name) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (name, value));
                None
            }
        }
    }

    /// Removes the entry `name` and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        self.position(name).ok().map(|at| self.entries.remove(at).1)
    }

    /// Returns the entries in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, &AttributeValue)> {
        self.entries.iter().map(|(name, value)| (name, value))
    }

    pub(super) fn as_slice(&self) -> &[(Name, AttributeValue)] {
        &self.entries
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [(Name, AttributeValue)] {
        &mut self.entries
    }

    /// Returns the values in the order of their names.
    pub(super) fn values(&self) -> impl DoubleEndedIterator<Item = &AttributeValue> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Returns mutable references to the values in the order of their names.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Returns a map with the same names and other values.
    pub(super) fn map_values(&self, value: impl Fn(&AttributeValue) -> AttributeValue) -> Self {
        Self { entries: self.entries.iter().map(|(name, present)| (name.clone(), value(present))).collect() }
    }

    /// Returns `true` if the other map has the same names.
    pub(super) fn has_names_of(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.entries.iter().zip(&other.entries).all(|((left, _), (right, _))| left == right)
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(entry, _)| entry.as_str().cmp(name))
    }
}

/// Keeps the last value of a name that occurs several times.
impl<N: Into<Name>> FromIterator<(N, AttributeValue)> for Map {
    fn from_iter<I: IntoIterator<Item = (N, AttributeValue)>>(entries: I) -> Self {
        let mut entries: Vec<(Name, AttributeValue)> =
            entries.into_iter().map(|(name, value)| (name.into(), value)).collect();
        entries.sort_by(|(left, _), (right, _)| left.cmp(right));
        entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        Self { entries }
    }
}

impl IntoIterator for Map {
    type Item = (Name, AttributeValue);
    type IntoIter = std::vec::IntoIter<(Name, AttributeValue)>;

    fn into_iter(mut self) -> Self::IntoIter {
        std::mem::take(&mut self.entries).into_iter()
    }
}

impl Clone for Map {
    fn clone(&self) -> Self {
        let mut copy = self.map_values(nested::shallow);
        nested::fill(self.values().zip(copy.values_mut()));
        copy
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.has_names_of(other) && nested::equal(self.values().zip(other.values()))
    }
}

impl Hash for Map {
    fn hash<H: Hasher>(&self, state: &mut H) {
        nested::hash_names(self, state);
        nested::hash(self.values(), state);
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        nested::take_deep(self.values_mut());
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ShownMap::new(self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collecting_keeps_the_last_value_of_a_name() {
        let map: Map = [("b", 1), ("a", 2), ("b", 3), ("b", 4)]
            .into_iter()
            .map(|(name, value)| (name, AttributeValue::n(value)))
            .collect();
        assert_eq!(map.len(), 2);
        assert_eq!(map.get("b"), Some(&AttributeValue::n(4)));
    }

    #[test]
    fn entries_stay_sorted_after_inserts_and_removals() {
        let mut map = Map::new();
        for name in ["m", "a", "z", "b"] {
            assert_eq!(map.insert(name, AttributeValue::s(name)), None);
        }
        assert_eq!(map.remove("m"), Some(AttributeValue::s("m")));
        assert_eq!(map.remove("m"), None);
        assert_eq!(map.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b", "z"]);
    }
}
