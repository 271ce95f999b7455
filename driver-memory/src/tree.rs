//! An ordered map from key bytes to rows. No other module depends on `BTreeMap`, so that another tree can replace it.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use djamodb_core::value::{Item, KnownNames};

use crate::key_bytes::KeyBytes;
use crate::key_range::KeyRange;
use crate::row::Row;

/// An ordered map from key bytes to rows.
#[derive(Clone, Default, Debug)]
pub(crate) struct Tree {
    rows: BTreeMap<KeyBytes, Row>,
    /// Sum of the rows' sizes in bytes.
    bytes: usize,
    /// Names of attributes that the items share.
    names: KnownNames,
}

impl Tree {
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Shares the names of an item's attributes with the items that are stored.
    pub(crate) fn share_names(&mut self, item: &mut Item) {
        self.names.share_names(item);
    }

    /// Inserts a row and returns the row that it replaces.
    pub(crate) fn insert(&mut self, key: &[u8], row: Row) -> Option<Row> {
        self.bytes += row.bytes;
        let old = self.rows.insert(key.into(), row)?;
        self.bytes -= old.bytes;
        Some(old)
    }

    /// Removes a row and returns it.
    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<Row> {
        let old = self.rows.remove(key)?;
        self.bytes -= old.bytes;
        Some(old)
    }

    /// Calls `visit` for each row of a range, in ascending or descending order, until it breaks.
    pub(crate) fn visit(
        &self,
        range: &KeyRange,
        forward: bool,
        visit: impl FnMut(&Row) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        // `BTreeMap::range` panics if the start is after the end.
        if range.is_empty() {
            return ControlFlow::Continue(());
        }
        let bounds = (Bound::Included(range.low()), range.high().map_or(Bound::Unbounded, Bound::Excluded));
        let mut rows = self.rows.range::<[u8], _>(bounds).map(|(_, row)| row);
        if forward { rows.try_for_each(visit) } else { rows.rev().try_for_each(visit) }
    }

    /// Returns every key with its row, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &Row)> {
        self.rows.iter().map(|(key, row)| (key.as_slice(), row))
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }
}
