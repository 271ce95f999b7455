//! An ordered map from key bytes to rows. Everything else knows this type only, so that a persistent tree, whose
//! snapshots cost nothing, can take its place.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use crate::key_bytes::KeyBytes;
use crate::key_range::KeyRange;
use crate::row::Row;

#[derive(Default, Debug)]
pub(crate) struct Tree {
    rows: BTreeMap<KeyBytes, Row>,
    /// The sum of the rows' sizes.
    bytes: usize,
}

impl Tree {
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Puts a row; gives the one that it replaces.
    pub(crate) fn insert(&mut self, key: &[u8], row: Row) -> Option<Row> {
        self.bytes += row.bytes;
        let old = self.rows.insert(key.into(), row)?;
        self.bytes -= old.bytes;
        Some(old)
    }

    /// Takes a row out and gives it, if it was there.
    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<Row> {
        let old = self.rows.remove(key)?;
        self.bytes -= old.bytes;
        Some(old)
    }

    /// Shows the rows of a range one by one, upwards or downwards, until `visit` has seen enough.
    pub(crate) fn visit(
        &self,
        range: &KeyRange,
        forward: bool,
        visit: impl FnMut(&Row) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        // `BTreeMap::range` panics when the start lies after the end.
        if range.is_empty() {
            return ControlFlow::Continue(());
        }
        let bounds = (Bound::Included(range.low()), range.high().map_or(Bound::Unbounded, Bound::Excluded));
        let mut rows = self.rows.range::<[u8], _>(bounds).map(|(_, row)| row);
        if forward { rows.try_for_each(visit) } else { rows.rev().try_for_each(visit) }
    }

    /// Every key with its row, upwards.
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
