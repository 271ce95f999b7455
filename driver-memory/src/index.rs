//! A secondary index: a tree of its own, in the order of its own key.

use djamodb_core::schema::{KeyAttribute, KeySchema};
use djamodb_core::service::limits::{HASH_KEY_BYTES_MAX, RANGE_KEY_BYTES_MAX};
use djamodb_core::value::Item;
use djamodb_core::value::size::{item_bytes, value_bytes};

use crate::capacity::Units;
use crate::key_bytes;
use crate::life::Life;
use crate::row::Row;
use crate::schema::IndexSchema;
use crate::shard::Shards;
use crate::tree::Tree;

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) schema: IndexSchema,
    pub(crate) life: Life,
    pub(crate) rows: Shards,
}

/// Where the trees of an index come from: locked one by one as they are needed, or all before.
pub(crate) trait Trees {
    /// Changes the tree in which `key` lies.
    fn change<T>(&mut self, index: (usize, &Index), key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T;
}

/// Locks each tree when it is changed, and no longer.
#[derive(Debug)]
pub(crate) struct OneByOne;

impl Trees for OneByOne {
    fn change<T>(&mut self, (_, index): (usize, &Index), key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut index.rows.write(key))
    }
}

impl Index {
    pub(crate) fn new(schema: IndexSchema, life: Life) -> Self {
        Self { schema, life, rows: Shards::default() }
    }

    /// The key of an item's entry: its key in the index, then its key in the table, `table_key`. `None` when the item
    /// is not in the index, since it lacks one of the index's key attributes, or has it in another type or too long from
    /// before there was the index.
    pub(crate) fn entry_key(&self, table_key: &[u8], item: &Item) -> Option<Vec<u8>> {
        let mut key = key_bytes::encode(&self.schema.key, item)?;
        // Short keys, which are most, need not be measured.
        if key.len() > RANGE_KEY_BYTES_MAX && !fits(&self.schema.key, item) {
            return None;
        }
        key.extend_from_slice(table_key);
        Some(key)
    }

    /// What the index holds of a row of the table whose key schema is `table`.
    pub(crate) fn entry(&self, table: &KeySchema, row: &Row) -> Row {
        match self.schema.project(table, &row.item) {
            None => row.clone(),
            Some(part) => {
                let bytes = item_bytes(&part);
                Row::part(row.item.clone(), part, bytes)
            }
        }
    }

    /// Follows a row of the table from `old` to `new`, and gives what that costs: nothing when the entry stays as it is,
    /// one write when it changes, comes or goes, two when its key changes. The table's shard is locked by whoever calls.
    ///
    /// Who reads the partition sees the one or the other. An entry that moves to another partition may be seen in both
    /// or in neither, as in any index that is read partition by partition.
    pub(crate) fn follow(
        &self,
        at: usize,
        trees: &mut impl Trees,
        (table, table_key): (&KeySchema, &[u8]),
        (old, new): (Option<&Row>, Option<&Row>),
    ) -> Units {
        let old = old.and_then(|row| self.entry_key(table_key, &row.item));
        let new = new.and_then(|row| Some((self.entry_key(table_key, &row.item)?, self.entry(table, row))));
        let cost = |row: &Row| Units::write(row.bytes);
        let Some((new, entry)) = new else {
            let removed = old.and_then(|old| trees.change((at, self), &old, |tree| tree.remove(&old)));
            return removed.as_ref().map_or(Units::ZERO, cost);
        };
        let moved = old.filter(|old| *old != new);
        let in_one = moved.as_deref().filter(|old| Shards::are_one(old, &new));
        let (replaced, removed) = trees.change((at, self), &new, |tree| {
            let replaced = tree.insert(&new, entry.clone());
            (replaced, in_one.and_then(|old| tree.remove(old)))
        });
        let removed = removed.or_else(|| {
            let elsewhere = moved.filter(|old| !Shards::are_one(old, &new))?;
            trees.change((at, self), &elsewhere, |tree| tree.remove(&elsewhere))
        });
        let put = match &replaced {
            Some(replaced) if replaced.held() == entry.held() => Units::ZERO,
            Some(replaced) => Units::write(replaced.bytes.max(entry.bytes)),
            None => cost(&entry),
        };
        put + removed.as_ref().map_or(Units::ZERO, cost)
    }
}

/// Whether the key inside an item is as short as a key has to be.
fn fits(key: &KeySchema, item: &Item) -> bool {
    let bytes_of = |attributes: &[KeyAttribute]| -> usize {
        attributes.iter().filter_map(|attribute| item.get(&attribute.name)).map(value_bytes).sum()
    };
    bytes_of(&key.hash) <= HASH_KEY_BYTES_MAX && bytes_of(&key.range) <= RANGE_KEY_BYTES_MAX
}
