//! Maps of attribute values.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::known_names::{KnownNames, SharedNames};
use super::nested::{self, ShownMap};
use super::{AttributeValue, Name};

/// A map of attribute values by name, as in an `M` or an [`Item`](super::Item).
///
/// The entries are a vector sorted by name. For the few attributes of an item, one allocation and a binary search need less memory and
/// time than a tree. Build large maps with `collect`, which sorts once; `insert` moves the entries after the new one. Items that a driver
/// stores can share their names.
#[derive(Default)]
pub struct Map(Repr);

enum Repr {
    /// Entries in the order of their names.
    Own(Vec<(Name, AttributeValue)>),
    /// Names that other maps share, in ascending order, and a value for each.
    Shared(SharedNames, Box<[AttributeValue]>),
}

impl Map {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Self(Repr::Own(Vec::new()))
    }

    /// Creates an empty map with space for `capacity` entries.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Repr::Own(Vec::with_capacity(capacity)))
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Own(entries) => entries.len(),
            Repr::Shared(names, _) => names.len(),
        }
    }

    /// Returns `true` if the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the value of `name`, or `None` if there is none.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        match &self.0 {
            Repr::Own(entries) => position(entries, name).ok().map(|at| &entries[at].1),
            Repr::Shared(names, values) => values.get(position_of_name(names, name).ok()?),
        }
    }

    /// Returns a mutable reference to the value of `name`, or `None` if there is none.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut AttributeValue> {
        match &mut self.0 {
            Repr::Own(entries) => position(entries, name).ok().map(|at| &mut entries[at].1),
            Repr::Shared(names, values) => values.get_mut(position_of_name(names, name).ok()?),
        }
    }

    /// Returns `true` if the map has an entry `name`.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets the value of `name` and returns its previous value.
    pub fn insert(&mut self, name: impl Into<Name>, value: AttributeValue) -> Option<AttributeValue> {
        let name = name.into();
        if let Some(present) = self.get_mut(&name) {
            return Some(std::mem::replace(present, value));
        }
        let mut entries = self.take_entries();
        if let Err(at) = position(&entries, &name) {
            entries.insert(at, (name, value));
        }
        self.0 = Repr::Own(entries);
        None
    }

    /// Removes the entry `name` and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        if !self.contains_key(name) {
            return None;
        }
        let mut entries = self.take_entries();
        let removed = position(&entries, name).ok().map(|at| entries.remove(at).1);
        self.0 = Repr::Own(entries);
        removed
    }

    /// Returns the entries in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, &AttributeValue)> {
        let (entries, names, values) = self.slices().parts();
        let entries = entries.iter().map(|(name, value)| (name, value));
        Counted { len: self.len(), entries: entries.chain(names.iter().zip(values)) }
    }

    /// Takes the entries, with names of their own, and leaves an empty map.
    fn take_entries(&mut self) -> Vec<(Name, AttributeValue)> {
        match std::mem::take(&mut self.0) {
            Repr::Own(entries) => entries,
            Repr::Shared(names, values) => names.iter().cloned().zip(values.into_vec()).collect(),
        }
    }

    /// Replaces the names by equal ones that other maps share.
    pub(super) fn share_names(&mut self, known: &mut KnownNames) {
        let Repr::Own(entries) = &mut self.0 else { return };
        let names = known.equal_to(entries.len(), || entries.iter().map(|(name, _)| name));
        // Not collected in place, which would keep the memory of the names.
        let mut values = Vec::with_capacity(entries.len());
        values.extend(std::mem::take(entries).into_iter().map(|(_, value)| value));
        self.0 = Repr::Shared(names, values.into_boxed_slice());
    }

    pub(super) fn slices(&self) -> Slices<'_> {
        match &self.0 {
            Repr::Own(entries) => Slices::Entries(entries),
            Repr::Shared(names, values) => Slices::NamesAndValues(names, values),
        }
    }

    pub(super) fn slices_mut(&mut self) -> SlicesMut<'_> {
        match &mut self.0 {
            Repr::Own(entries) => SlicesMut::Entries(entries),
            Repr::Shared(names, values) => SlicesMut::NamesAndValues(names, values),
        }
    }

    /// Returns the values in the order of their names.
    pub(super) fn values(&self) -> impl DoubleEndedIterator<Item = &AttributeValue> {
        let (entries, _, values) = self.slices().parts();
        entries.iter().map(|(_, value)| value).chain(values)
    }

    /// Returns mutable references to the values in the order of their names.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        let (entries, values): (&mut [_], &mut [_]) = match &mut self.0 {
            Repr::Own(entries) => (entries, &mut []),
            Repr::Shared(_, values) => (&mut [], values),
        };
        entries.iter_mut().map(|(_, value)| value).chain(values)
    }

    /// Returns a map with the same names and other values.
    pub(super) fn map_values(&self, value: impl Fn(&AttributeValue) -> AttributeValue) -> Self {
        Self(match &self.0 {
            Repr::Own(entries) => {
                Repr::Own(entries.iter().map(|(name, present)| (name.clone(), value(present))).collect())
            }
            Repr::Shared(names, values) => Repr::Shared(names.clone(), values.iter().map(value).collect()),
        })
    }

    /// Returns `true` if the other map has the same names.
    pub(super) fn has_names_of(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Shared(left, _), Repr::Shared(right, _)) if Arc::ptr_eq(left, right) => true,
            _ => {
                self.len() == other.len() && self.iter().zip(other.iter()).all(|((left, _), (right, _))| left == right)
            }
        }
    }
}

/// The entries of a map.
pub(super) enum Slices<'a> {
    Entries(&'a [(Name, AttributeValue)]),
    /// Names that other maps share, and a value for each.
    NamesAndValues(&'a [Name], &'a [AttributeValue]),
}

/// The entries of a map that can change.
pub(super) enum SlicesMut<'a> {
    Entries(&'a mut [(Name, AttributeValue)]),
    /// Names that other maps share, and a value for each.
    NamesAndValues(&'a [Name], &'a mut [AttributeValue]),
}

impl<'a> Slices<'a> {
    /// Returns the entries, the names and the values, of which some are empty.
    const fn parts(self) -> (&'a [(Name, AttributeValue)], &'a [Name], &'a [AttributeValue]) {
        match self {
            Self::Entries(entries) => (entries, &[], &[]),
            Self::NamesAndValues(names, values) => (&[], names, values),
        }
    }
}

/// Entries whose number is known.
struct Counted<I> {
    len: usize,
    entries: I,
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let next = self.entries.next()?;
        self.len -= 1;
        Some(next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len, Some(self.len))
    }
}

impl<I: Iterator> ExactSizeIterator for Counted<I> {}

impl Default for Repr {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

fn position(entries: &[(Name, AttributeValue)], name: &str) -> Result<usize, usize> {
    entries.binary_search_by(|(entry, _)| entry.as_str().cmp(name))
}

fn position_of_name(names: &[Name], name: &str) -> Result<usize, usize> {
    names.binary_search_by(|entry| entry.as_str().cmp(name))
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
        Self(Repr::Own(entries))
    }
}

impl IntoIterator for Map {
    type Item = (Name, AttributeValue);
    type IntoIter = std::vec::IntoIter<(Name, AttributeValue)>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.take_entries().into_iter()
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

impl Eq for Map {}

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
