//! Secondary indexes: each a tree in the order of its own key.

use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::service::CapacityUnits;
use djamodb_core::service::limits::{HASH_KEY_BYTES_MAX, RANGE_KEY_BYTES_MAX};
use djamodb_core::value::Item;
use djamodb_core::value::size::{item_bytes, value_bytes};

use crate::gradual::Gradual;
use crate::index_schema::IndexSchema;
use crate::item_change::ItemChange;
use crate::key_bytes;
use crate::lifecycle::Lifecycle;
use crate::row::Row;
use crate::sharded_tree::ShardedTree;
use crate::tree::Tree;
use crate::warm_units::WarmUnits;

/// A secondary index.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) schema: IndexSchema,
    pub(crate) lifecycle: Lifecycle,
    /// Warm throughput of a global index; `None` for a local index.
    pub(crate) warm: Option<Gradual<WarmUnits>>,
    pub(crate) rows: ShardedTree,
}

/// Access to the trees of indexes for a write: locked one by one, or all locked before.
pub(crate) trait TreeAccess {
    /// Calls `change` with the tree of `index`, which is number `number` of its table, that holds `key`.
    fn with_tree<T>(&mut self, number: usize, index: &Index, key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T;
}

/// Locks each tree for one change.
#[derive(Debug)]
pub(crate) struct LockPerChange;

impl TreeAccess for LockPerChange {
    fn with_tree<T>(&mut self, _: usize, index: &Index, key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut index.rows.write(key))
    }
}

impl Index {
    pub(crate) fn new(schema: IndexSchema, lifecycle: Lifecycle, warm: Option<WarmUnits>) -> Self {
        Self { schema, lifecycle, warm: warm.map(Gradual::new), rows: ShardedTree::default() }
    }

    /// Returns the key of an item's entry: its key in the index followed by `table_key`, its key in the table.
    ///
    /// Returns `None` if the item is not in the index: it lacks a key attribute of the index, or was written before the
    /// index was created and has one of another type or too long.
    pub(crate) fn entry_key(&self, table_key: &[u8], item: &Item) -> Option<Vec<u8>> {
        let mut key = key_bytes::encode(&self.schema.key, item)?;
        // Most keys are short and need not be measured.
        if key.len() > RANGE_KEY_BYTES_MAX && !key_fits(&self.schema.key, item) {
            return None;
        }
        key.extend_from_slice(table_key);
        Some(key)
    }

    /// Returns the entry for a row of the table whose key schema is `table`.
    pub(crate) fn entry(&self, table: &KeySchema, row: &Row) -> Row {
        match self.schema.project(table, &row.item) {
            None => row.clone(),
            Some(projected) => {
                let bytes = item_bytes(&projected);
                Row::projected(row.item.clone(), projected, bytes)
            }
        }
    }

    /// Updates the entry of an item after a write to the table whose key schema is `table`, and returns the write units:
    /// none if the entry is unchanged, one write if it is changed, added or removed, two if its key changes. The caller
    /// holds the lock of the table's shard and passes this index's `number` in the table.
    ///
    /// An entry whose key changes within a partition is moved under one lock, so that readers see it once. An entry that
    /// moves to another partition may be seen in both or in neither, since readers lock one partition at a time.
    pub(crate) fn apply(
        &self,
        number: usize,
        change: ItemChange<'_>,
        table: &KeySchema,
        trees: &mut impl TreeAccess,
    ) -> CapacityUnits {
        let old = change.old.and_then(|row| self.entry_key(change.key, &row.item));
        let new = change.new.and_then(|row| Some((self.entry_key(change.key, &row.item)?, self.entry(table, row))));
        let write_units = |row: &Row| CapacityUnits::write(row.bytes);
        let Some((new, entry)) = new else {
            let removed = old.and_then(|old| trees.with_tree(number, self, &old, |tree| tree.remove(&old)));
            return removed.as_ref().map_or(CapacityUnits::ZERO, write_units);
        };
        let moved_from = old.filter(|old| *old != new);
        let in_same_shard = moved_from.as_deref().filter(|old| ShardedTree::same_shard(old, &new));
        let (replaced, removed) = trees.with_tree(number, self, &new, |tree| {
            let replaced = tree.insert(&new, entry.clone());
            (replaced, in_same_shard.and_then(|old| tree.remove(old)))
        });
        let removed = removed.or_else(|| {
            let old = moved_from.filter(|old| !ShardedTree::same_shard(old, &new))?;
            trees.with_tree(number, self, &old, |tree| tree.remove(&old))
        });
        let put = match &replaced {
            Some(replaced) if replaced.stored() == entry.stored() => CapacityUnits::ZERO,
            Some(replaced) => CapacityUnits::write(replaced.bytes.max(entry.bytes)),
            None => write_units(&entry),
        };
        put + removed.as_ref().map_or(CapacityUnits::ZERO, write_units)
    }
}

/// Returns `true` if the key attributes of an item are within the length limits of keys.
fn key_fits(key: &KeySchema, item: &Item) -> bool {
    let bytes_of = |attributes: &[KeyAttribute]| -> usize {
        attributes.iter().filter_map(|attribute| item.get(&attribute.name)).map(value_bytes).sum()
    };
    bytes_of(&key.hash) <= HASH_KEY_BYTES_MAX && bytes_of(&key.range) <= RANGE_KEY_BYTES_MAX
}
