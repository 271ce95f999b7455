//! A tree split into shards by hash, so that writes to different partitions rarely wait for each other.

use std::ops::ControlFlow;
use std::sync::Arc;

use parking_lot::{MappedRwLockWriteGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::key_range::KeyRange;
use crate::row::Row;
use crate::tree::Tree;

/// Number of shards of a table or index: the values of the top bits of a key's first byte.
const SHARD_COUNT: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 4;

/// The rows of a table or an index, in shards with a lock each.
///
/// Keys begin with a hash of the hash key. The concatenation of the shards is in key order, and a partition lies in one
/// shard.
///
/// A snapshot shares the shards. The first write to a shared shard copies it.
///
/// Locks are taken in a fixed order so that requests cannot deadlock: layouts of tables, shards of tables, shards of
/// indexes, the expiry schedule, the stream. Locks of one kind are taken in the order of their table, index and shard
/// numbers.
#[derive(Default, Debug)]
pub(crate) struct ShardedTree([RwLock<Arc<Tree>>; SHARD_COUNT]);

/// A shard that is locked for reading.
pub(crate) type ReadShard<'a> = RwLockReadGuard<'a, Arc<Tree>>;

/// A shard that is locked for writing, and shared with no snapshot.
pub(crate) type WriteShard<'a> = MappedRwLockWriteGuard<'a, Tree>;

impl ShardedTree {
    /// Locks the shard of `key` for reading.
    pub(crate) fn read(&self, key: &[u8]) -> ReadShard<'_> {
        self.0[Self::shard_of(key)].read()
    }

    /// Locks the shard of `key` for writing.
    pub(crate) fn write(&self, key: &[u8]) -> WriteShard<'_> {
        owned(&self.0[Self::shard_of(key)])
    }

    /// Returns the number of the shard of `key`, which is its place in the lock order.
    pub(crate) fn shard_of(key: &[u8]) -> usize {
        let first = key.first().copied().unwrap_or(0);
        usize::from(first >> (u8::BITS - SHARD_BITS))
    }

    /// Locks a shard by its number for reading.
    pub(crate) fn read_shard(&self, number: usize) -> Option<ReadShard<'_>> {
        self.0.get(number).map(RwLock::read)
    }

    /// Locks a shard by its number for writing.
    pub(crate) fn write_shard(&self, number: usize) -> Option<WriteShard<'_>> {
        self.0.get(number).map(owned)
    }

    pub(crate) fn same_shard(left: &[u8], right: &[u8]) -> bool {
        Self::shard_of(left) == Self::shard_of(right)
    }

    /// Returns all shards in order, each locked for reading as it is reached.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ReadShard<'_>> {
        self.0.iter().map(RwLock::read)
    }

    /// Returns a tree of the same rows, whose shards are shared until either is written to.
    pub(crate) fn share(&self) -> Self {
        Self(std::array::from_fn(|number| RwLock::new(Arc::clone(&self.0[number].read()))))
    }

    /// Returns the number of rows and their total size in bytes.
    pub(crate) fn count(&self) -> (u64, u64) {
        let sum = |(items, bytes), shard: ReadShard<'_>| (items + shard.len(), bytes + shard.bytes());
        let (items, bytes) = self.iter().fold((0, 0), sum);
        (u64::try_from(items).unwrap_or(u64::MAX), u64::try_from(bytes).unwrap_or(u64::MAX))
    }

    /// Calls `visit` for each row of a range in order until it breaks. One shard is locked at a time.
    pub(crate) fn visit(&self, range: &KeyRange, forward: bool, mut visit: impl FnMut(&Row) -> ControlFlow<()>) {
        let last = range.high().map_or(SHARD_COUNT - 1, Self::shard_of);
        let mut shards = self.0.get(Self::shard_of(range.low())..=last).unwrap_or_default().iter();
        let mut visit = |shard: &RwLock<Arc<Tree>>| shard.read().visit(range, forward, &mut visit);
        let _ = if forward { shards.try_for_each(&mut visit) } else { shards.rev().try_for_each(&mut visit) };
    }
}

/// Locks a shard for writing, and copies it if a snapshot shares it.
fn owned(shard: &RwLock<Arc<Tree>>) -> WriteShard<'_> {
    RwLockWriteGuard::map(shard.write(), Arc::make_mut)
}
