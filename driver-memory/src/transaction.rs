//! Transactions: all rows that one is about are locked before it looks at the first, so that it happens at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use djamodb_core::driver::{CancellationCode, CancellationReason};
use djamodb_core::value::Name;
use parking_lot::{RwLockReadGuard, RwLockWriteGuard};

use crate::capacity::Spent;
use crate::error::{Error, Invalid};
use crate::index::{Index, Trees};
use crate::open::Open;
use crate::row::Row;
use crate::service::Service;
use crate::shard::Shards;
use crate::table::Table;
use crate::tree::Tree;
use crate::write::Change;

/// The tables of a transaction, each once, in the order in which tables are locked.
pub(crate) fn tables<'a>(
    service: &Service,
    names: impl IntoIterator<Item = &'a Name>,
) -> Result<Vec<Arc<Table>>, Error> {
    let mut tables = BTreeMap::new();
    for name in names {
        let table = service.table(name)?;
        tables.insert(table.number, table);
    }
    Ok(tables.into_values().collect())
}

/// Where a row is: the place of its table among those of the transaction, and its key there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place {
    pub(crate) table: usize,
    pub(crate) key: Vec<u8>,
}

impl Place {
    fn shard(&self) -> (usize, usize) {
        (self.table, Shards::number_of(&self.key))
    }
}

/// Each item at most once. What has no place is refused for another reason.
pub(crate) fn distinct<'a>(places: impl IntoIterator<Item = &'a Place>) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    if places.into_iter().all(|place| seen.insert(place)) { Ok(()) } else { Err(Invalid::TransactItemTwice) }
}

/// The rows of a transaction that only reads, locked.
pub(crate) struct Reading<'a>(BTreeMap<(usize, usize), RwLockReadGuard<'a, Tree>>);

impl<'a> Reading<'a> {
    pub(crate) fn lock<'p>(tables: &'a [Open<'a>], places: impl IntoIterator<Item = &'p Place>) -> Self {
        let shards: BTreeSet<_> = places.into_iter().map(Place::shard).collect();
        let lock =
            |(table, shard): (usize, usize)| Some(((table, shard), tables.get(table)?.table.rows.read_shard(shard)?));
        Self(shards.into_iter().filter_map(lock).collect())
    }

    pub(crate) fn row(&self, place: &Place) -> Option<Row> {
        self.0.get(&place.shard())?.get(&place.key).cloned()
    }
}

/// The rows of a transaction that writes, locked.
pub(crate) struct Writing<'a> {
    tables: &'a [Open<'a>],
    shards: BTreeMap<(usize, usize), RwLockWriteGuard<'a, Tree>>,
}

impl<'a> Writing<'a> {
    pub(crate) fn lock<'p>(tables: &'a [Open<'a>], places: impl IntoIterator<Item = &'p Place>) -> Self {
        let shards: BTreeSet<_> = places.into_iter().map(Place::shard).collect();
        let lock =
            |(table, shard): (usize, usize)| Some(((table, shard), tables.get(table)?.table.rows.write_shard(shard)?));
        Self { tables, shards: shards.into_iter().filter_map(lock).collect() }
    }

    pub(crate) fn row(&self, place: &Place) -> Option<&Row> {
        self.shards.get(&place.shard())?.get(&place.key)
    }

    /// Makes all changes; `made` is told what each cost. Every tree of an index that changes is locked before the first
    /// does, so that who reads a partition of an index sees all of the transaction or nothing.
    pub(crate) fn make(mut self, changes: Vec<(Place, Change)>, mut made: impl FnMut(usize, Spent)) {
        let mut held = self.index_trees(&changes);
        let mut replaced = Vec::with_capacity(changes.len());
        for (place, change) in changes {
            let (Some(table), Some(shard)) = (self.tables.get(place.table), self.shards.get_mut(&place.shard())) else {
                continue;
            };
            let mut trees = Held { table: place.table, trees: &mut held };
            let (old, spent) = table.write_by_user().make(&place.key, shard, change, &mut trees);
            replaced.push(old);
            made(place.table, spent);
        }
        // Before the old items go: giving back the memory of large ones takes a while.
        drop(held);
        drop(self);
        drop(replaced);
    }

    /// The trees of indexes that these changes will change, locked in order.
    fn index_trees(&self, changes: &[(Place, Change)]) -> IndexTrees<'a> {
        let mut wanted = BTreeSet::new();
        for (place, change) in changes {
            let Some(table) = self.tables.get(place.table) else {
                continue;
            };
            let new = match change {
                Change::Put(row) => Some(row),
                Change::Delete => None,
            };
            for (at, index) in table.layout.indexes.iter().enumerate() {
                let rows = [self.row(place), new].into_iter().flatten();
                let keys = rows.filter_map(|row| index.entry_key(&place.key, &row.item));
                wanted.extend(keys.map(|key| (place.table, at, Shards::number_of(&key))));
            }
        }
        let lock = |(table, at, shard): (usize, usize, usize)| {
            let index = self.tables.get(table)?.layout.indexes.get(at)?;
            Some(((table, at, shard), index.rows.write_shard(shard)?))
        };
        wanted.into_iter().filter_map(lock).collect()
    }
}

/// Locked trees by table, index and shard.
type IndexTrees<'a> = BTreeMap<(usize, usize, usize), RwLockWriteGuard<'a, Tree>>;

/// The locked trees of one table.
struct Held<'t, 'a> {
    table: usize,
    trees: &'t mut IndexTrees<'a>,
}

impl Trees for Held<'_, '_> {
    fn change<T>(&mut self, (at, index): (usize, &Index), key: &[u8], change: impl FnOnce(&mut Tree) -> T) -> T {
        match self.trees.get_mut(&(self.table, at, Shards::number_of(key))) {
            Some(tree) => change(tree),
            // All that change were locked before; one that was not can be locked now.
            None => change(&mut index.rows.write(key)),
        }
    }
}

/// Why an action makes its transaction fail, if it is the action's own business; anything else is refused as a whole.
pub(crate) fn reason(error: Error) -> Result<CancellationReason, Error> {
    match error {
        Error::ConditionalCheckFailed { item } => Ok(CancellationReason {
            code: CancellationCode::ConditionalCheckFailed,
            message: "The conditional request failed".to_owned(),
            item,
        }),
        Error::Invalid(invalid) if invalid.cancels() => {
            Ok(CancellationReason { code: CancellationCode::ValidationError, message: invalid.to_string(), item: None })
        }
        error => Err(error),
    }
}
