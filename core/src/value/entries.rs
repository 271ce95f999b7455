//! The entries of a map, read in the order of their names.

use std::slice;

use super::map::{Slices, SlicesMut};
use super::{AttributeValue, Item, Map, Name};

/// The entries of a map that is decoded: shared with others, or given up, so that their values can be taken.
#[derive(Debug)]
pub enum Entries<'a> {
    /// Entries that others can read.
    Shared(&'a Map),
    /// Entries whose values are taken.
    GivenUp(&'a mut Map),
}

/// A position in the entries of a map, which moves forward only.
///
/// It finds entries in the order of their names. All entries together then cost one pass over the map, where a search for each name would
/// cost a binary search.
#[derive(Debug)]
pub struct EntryCursor<'a>(Rest<'a>);

/// The entries after the position.
#[derive(Debug)]
enum Rest<'a> {
    Shared(slice::Iter<'a, (Name, AttributeValue)>),
    /// Entries of a map that shares its names.
    SharedNames(slice::Iter<'a, Name>, slice::Iter<'a, AttributeValue>),
    GivenUp(slice::IterMut<'a, (Name, AttributeValue)>),
}

/// The value of an entry.
#[derive(Debug)]
pub enum EntryValue<'a> {
    /// A value that others can read.
    Shared(&'a AttributeValue),
    /// A value that can be taken.
    GivenUp(&'a mut AttributeValue),
}

impl<'a> Entries<'a> {
    /// Returns the entries of an item, which are given up unless other items share them.
    pub fn of_item(item: &'a mut Item) -> Self {
        match item.unshared_map() {
            Ok(map) => Self::GivenUp(map),
            Err(map) => Self::Shared(map),
        }
    }

    /// Returns the map.
    pub fn map(&self) -> &Map {
        match self {
            Self::Shared(map) => map,
            Self::GivenUp(map) => map,
        }
    }

    /// Returns these entries for a part of the time.
    pub fn reborrow(&mut self) -> Entries<'_> {
        match self {
            Self::Shared(map) => Entries::Shared(map),
            Self::GivenUp(map) => Entries::GivenUp(map),
        }
    }

    /// Returns a map of some of the entries, whose values are taken if they are given up.
    pub(crate) fn pick(&mut self, is_picked: impl Fn(&Name) -> bool) -> Map {
        if let Self::GivenUp(map) = self
            && let SlicesMut::Entries(entries) = map.slices_mut()
        {
            let picked = entries.iter_mut().filter(|(name, _)| is_picked(name));
            let take = |value: &mut AttributeValue| std::mem::take(value);
            return picked.map(|(name, value)| (name.clone(), take(value))).collect();
        }
        let picked = self.map().iter().filter(|(name, _)| is_picked(name));
        picked.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Returns the position before the first entry.
    pub fn cursor(&mut self) -> EntryCursor<'_> {
        match self {
            Self::Shared(map) => EntryCursor::of_map(map),
            Self::GivenUp(map) => EntryCursor(match map.slices_mut() {
                SlicesMut::Entries(entries) => Rest::GivenUp(entries.iter_mut()),
                SlicesMut::NamesAndValues(names, values) => Rest::SharedNames(names.iter(), values.iter()),
            }),
        }
    }
}

impl<'a> EntryCursor<'a> {
    /// Returns the position before the first entry of a map, which others can read.
    pub fn of_map(map: &'a Map) -> Self {
        Self(match map.slices() {
            Slices::Entries(entries) => Rest::Shared(entries.iter()),
            Slices::NamesAndValues(names, values) => Rest::SharedNames(names.iter(), values.iter()),
        })
    }

    /// Moves behind the entry `name` and returns its value, or `None` if no entry after the position has this name. Names must be asked for
    /// in ascending order.
    #[inline]
    pub fn find(&mut self, name: &str) -> Option<EntryValue<'a>> {
        // The next entry has the name, unless the map lacks it or has entries that nothing asks for.
        if !self.is_at(name) {
            self.skip_before(name);
            if !self.is_at(name) {
                return None;
            }
        }
        match &mut self.0 {
            Rest::Shared(rest) => rest.next().map(|(_, value)| EntryValue::Shared(value)),
            Rest::SharedNames(names, values) => names.next().and(values.next()).map(EntryValue::Shared),
            Rest::GivenUp(rest) => rest.next().map(|(_, value)| EntryValue::GivenUp(value)),
        }
    }

    fn next_name(&self) -> Option<&Name> {
        match &self.0 {
            Rest::Shared(rest) => rest.as_slice().first().map(|(name, _)| name),
            Rest::SharedNames(names, _) => names.as_slice().first(),
            Rest::GivenUp(rest) => rest.as_slice().first().map(|(name, _)| name),
        }
    }

    fn is_at(&self, name: &str) -> bool {
        self.next_name().is_some_and(|entry| entry == name)
    }

    /// Moves before the first entry whose name is not less than `name`.
    fn skip_before(&mut self, name: &str) {
        while self.next_name().is_some_and(|entry| entry.as_str() < name) {
            match &mut self.0 {
                Rest::Shared(rest) => drop(rest.next()),
                Rest::SharedNames(names, values) => drop((names.next(), values.next())),
                Rest::GivenUp(rest) => drop(rest.next()),
            }
        }
    }
}

impl EntryValue<'_> {
    /// Returns the value, which is not taken.
    pub fn get(&self) -> &AttributeValue {
        match self {
            Self::Shared(value) => value,
            Self::GivenUp(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        ["a", "b", "bb", "d"].into_iter().map(|name| (name, AttributeValue::s(name))).collect()
    }

    #[test]
    fn finds_entries_in_the_order_of_their_names() {
        let mut item = item();
        for mut entries in [Entries::Shared(&item.clone().into_map()), Entries::of_item(&mut item)] {
            let mut cursor = entries.cursor();
            let found =
                ["", "a", "aa", "bb", "c", "d", "e"].map(|name| cursor.find(name).map(|value| value.get().clone()));
            let expected = [None, Some("a"), None, Some("bb"), None, Some("d"), None];
            assert_eq!(found, expected.map(|value| value.map(AttributeValue::s)));
        }
    }

    #[test]
    fn values_of_an_item_are_taken_unless_it_is_shared() {
        let mut item = item();
        let take = |item: &mut Item| match Entries::of_item(item).cursor().find("b") {
            Some(EntryValue::GivenUp(value)) => Some(std::mem::take(value)),
            _ => None,
        };
        let shared = item.clone();
        assert_eq!(take(&mut item), None);
        drop(shared);
        assert_eq!(take(&mut item), Some(AttributeValue::s("b")));
        assert_eq!(item.get("b"), Some(&AttributeValue::Null));
    }
}
