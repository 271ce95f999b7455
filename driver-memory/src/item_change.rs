//! The change that one write makes to one item.

use djamodb_core::value::Item;

use crate::row::Row;

/// A row of a table before and after a write. Indexes, the expiry schedule and the stream are updated from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemChange<'a> {
    /// Key of the row in its table.
    pub(crate) key: &'a [u8],
    /// `None` if there was no item.
    pub(crate) old: Option<&'a Row>,
    /// `None` if the item was deleted.
    pub(crate) new: Option<&'a Row>,
}

impl<'a> ItemChange<'a> {
    pub(crate) fn old_item(&self) -> Option<&'a Item> {
        self.old.map(|row| &row.item)
    }

    pub(crate) fn new_item(&self) -> Option<&'a Item> {
        self.new.map(|row| &row.item)
    }

    /// Returns the size of the larger of the two rows, by which a write is charged.
    pub(crate) fn bytes_max(&self) -> usize {
        [self.old, self.new].into_iter().flatten().map(|row| row.bytes).max().unwrap_or(0)
    }
}
