//! Transactions. All rows of a transaction are locked before the first is read, which makes it atomic.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use djamodb_core::driver::{CancellationCode, CancellationReason};
use djamodb_core::value::Name;

use crate::capacity::ConsumedUnits;
use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::index::{Index, TreeAccess};
use crate::open_table::OpenTable;
use crate::row::Row;
use crate::sharded_tree::{ReadShard, ShardedTree, WriteShard};
use crate::table::Table;
use crate::tree::Tree;
use crate::write::ItemWrite;

/// Returns the tables of a transaction, each once, in the order in which tables are locked.
pub(crate) fn tables_in_lock_order<'a>(
    emulator: &Emulator,
    names: impl IntoIterator<Item = &'a Name>,
) -> Result<Vec<Arc<Table>>, Error> {
    let mut tables = BTreeMap::new();
    for name in names {
        let table = emulator.table(name)?;
        tables.insert(table.number, table);
    }
    Ok(tables.into_values().collect())
}

/// Returns the number of a table among the tables of the transaction.
pub(crate) fn table_number(tables: &[OpenTable<'_>], name: &Name) -> usize {
    tables.iter().position(|table| table.table.name == *name).unwrap_or_default()
}

/// The address of a row: the number of its table among those of the transaction, and its key there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct RowAddress {
    pub(crate) table: usize,
    pub(crate) key: Vec<u8>,
}

impl RowAddress {
    /// Returns the numbers of the row's table and shard, which order the locks.
    fn shard(&self) -> (usize, usize) {
        (self.table, ShardedTree::shard_of(&self.key))
    }
}

/// Checks that no item is addressed twice.
pub(crate) fn check_distinct<'a>(addresses: impl IntoIterator<Item = &'a RowAddress>) -> Result<(), ValidationError> {
    let mut seen = BTreeSet::new();
    if addresses.into_iter().all(|address| seen.insert(address)) {
        Ok(())
    } else {
        Err(ValidationError::TransactItemTwice)
    }
}

/// The locked shards of a transaction that reads.
pub(crate) struct ReadLocks<'a>(BTreeMap<(usize, usize), ReadShard<'a>>);

impl<'a> ReadLocks<'a> {
    pub(crate) fn lock<'p>(tables: &'a [OpenTable<'a>], addresses: impl IntoIterator<Item = &'p RowAddress>) -> Self {
        let shards: BTreeSet<_> = addresses.into_iter().map(RowAddress::shard).collect();
        let lock =
            |(table, shard): (usize, usize)| Some(((table, shard), tables.get(table)?.table.rows.read_shard(shard)?));
        Self(shards.into_iter().filter_map(lock).collect())
    }

    pub(crate) fn row(&self, address: &RowAddress) -> Option<Row> {
        self.0.get(&address.shard())?.get(&address.key).cloned()
    }
}

/// The locked shards of a transaction that writes.
pub(crate) struct WriteLocks<'a> {
    tables: &'a [OpenTable<'a>],
    shards: BTreeMap<(usize, usize), WriteShard<'a>>,
}

impl<'a> WriteLocks<'a> {
    pub(crate) fn lock<'p>(tables: &'a [OpenTable<'a>], addresses: impl IntoIterator<Item = &'p RowAddress>) -> Self {
        let shards: BTreeSet<_> = addresses.into_iter().map(RowAddress::shard).collect();
        let lock =
            |(table, shard): (usize, usize)| Some(((table, shard), tables.get(table)?.table.rows.write_shard(shard)?));
        Self { tables, shards: shards.into_iter().filter_map(lock).collect() }
    }

    pub(crate) fn row(&self, address: &RowAddress) -> Option<&Row> {
        self.shards.get(&address.shard())?.get(&address.key)
    }

    /// Makes all writes and calls `on_write` with the table's number and the consumed units of each.
    ///
    /// All index shards that change are locked before the first write, so that a reader of an index partition sees all
    /// of the transaction or nothing.
    pub(crate) fn write(
        mut self,
        writes: Vec<(RowAddress, ItemWrite)>,
        mut on_write: impl FnMut(usize, ConsumedUnits),
    ) {
        let mut index_shards = self.lock_index_shards(&writes);
        let mut replaced = Vec::with_capacity(writes.len());
        for (address, write) in writes {
            let (Some(table), Some(shard)) = (self.tables.get(address.table), self.shards.get_mut(&address.shard()))
            else {
                continue;
            };
            let mut trees = LockedIndexShards { table: address.table, shards: &mut index_shards };
            let (old, consumed) = table.client_writer().write(&address.key, shard, write, &mut trees);
            replaced.push(old);
            on_write(address.table, consumed);
        }
        // The locks are released before the old items are dropped, since freeing large items takes long.
        drop(index_shards);
        drop(self);
        drop(replaced);
    }

    /// Locks the index shards that the writes change, in order.
    fn lock_index_shards(&self, writes: &[(RowAddress, ItemWrite)]) -> IndexShards<'a> {
        let mut numbers = BTreeSet::new();
        for (address, write) in writes {
            let Some(table) = self.tables.get(address.table) else {
                continue;
            };
            for (number, index) in table.layout.indexes.iter().enumerate() {
                let rows = [self.row(address), write.row()].into_iter().flatten();
                let keys = rows.filter_map(|row| index.entry_key(&address.key, &row.item));
                numbers.extend(keys.map(|key| (address.table, number, ShardedTree::shard_of(&key))));
            }
        }
        let lock = |(table, number, shard): (usize, usize, usize)| {
            let index = self.tables.get(table)?.layout.indexes.get(number)?;
            Some(((table, number, shard), index.rows.write_shard(shard)?))
        };
        numbers.into_iter().filter_map(lock).collect()
    }
}

/// Locked index shards by the numbers of table, index and shard.
type IndexShards<'a> = BTreeMap<(usize, usize, usize), WriteShard<'a>>;

/// The locked index shards of one table.
struct LockedIndexShards<'t, 'a> {
    table: usize,
    shards: &'t mut IndexShards<'a>,
}

impl TreeAccess for LockedIndexShards<'_, '_> {
    fn with_tree<T>(&mut self, number: usize, index: &Index, key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T {
        match self.shards.get_mut(&(self.table, number, ShardedTree::shard_of(key))) {
            Some(tree) => change(tree),
            // Every shard that changes was locked before. Locking here keeps the write correct if one was not.
            None => change(&mut index.rows.write(key)),
        }
    }
}

/// Returns the cancellation reason for an error that concerns one action.
///
/// # Errors
///
/// Returns any other error unchanged: the request fails as a whole.
pub(crate) fn cancellation_reason(error: Error) -> Result<CancellationReason, Error> {
    match error {
        Error::ConditionalCheckFailed { item } => Ok(CancellationReason {
            code: CancellationCode::ConditionalCheckFailed,
            message: "The conditional request failed".to_owned(),
            item,
        }),
        Error::Validation(invalid) if invalid.cancels_transaction() => {
            Ok(CancellationReason { code: CancellationCode::ValidationError, message: invalid.to_string(), item: None })
        }
        error => Err(error),
    }
}
