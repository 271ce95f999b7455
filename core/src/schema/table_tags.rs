//! Tags in constants.

use std::fmt;

use crate::service::limits::TAGS_MAX;

/// A tag that settings give a table or leave out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TagSetting {
    pub(crate) key: &'static str,
    /// `None` if the table does not have the tag, whatever other settings say.
    pub(crate) value: Option<&'static str>,
}

/// The tags of settings, each key once. A constant cannot allocate, so that the list has room for the most that a table can have.
#[derive(Clone)]
pub(super) struct TableTags {
    entries: [TagSetting; TAGS_MAX],
    len: usize,
}

impl TableTags {
    pub(super) const NONE: Self = Self { entries: [TagSetting { key: "", value: None }; TAGS_MAX], len: 0 };

    /// Adds a tag, or replaces the one with the same key.
    ///
    /// # Panics
    ///
    /// If there are more tags than a table can have.
    pub(super) const fn with(mut self, tag: TagSetting) -> Self {
        let mut position = 0;
        while position < self.len && !is_equal(self.entries[position].key, tag.key) {
            position += 1;
        }
        assert!(
            position < TAGS_MAX,
            "a table has at most 50 tags; remove some from these settings or those that they extend"
        );
        self.entries[position] = tag;
        if position == self.len {
            self.len += 1;
        }
        self
    }

    pub(super) fn as_slice(&self) -> &[TagSetting] {
        &self.entries[..self.len]
    }
}

impl PartialEq for TableTags {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl fmt::Debug for TableTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.as_slice().iter().map(|tag| (tag.key, tag.value))).finish()
    }
}

/// Compares texts in constants, where `==` is not available.
const fn is_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut position = 0;
    while position < one.len() {
        if one[position] != other[position] {
            return false;
        }
        position += 1;
    }
    true
}
