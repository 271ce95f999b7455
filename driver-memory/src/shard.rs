//! Trees split by hash, so that who writes to one partition does not wait for who writes to another.

use std::ops::ControlFlow;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::key_range::KeyRange;
use crate::row::Row;
use crate::tree::Tree;

/// How many shards a table or an index has: as many as the top bits of the first byte of a key tell apart.
const SHARD_COUNT: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 4;

/// The rows of a table or of an index. Keys begin with a hash, so that the shards, one after the other, are in the
/// order of the keys, and a partition lies in one shard.
///
/// Locks are taken in one order, and those of one kind in the order of their tables, indexes and shards: the layouts of
/// tables, shards of tables, shards of indexes, what expires when, the stream.
#[derive(Default, Debug)]
pub(crate) struct Shards([RwLock<Tree>; SHARD_COUNT]);

impl Shards {
    /// The shard in which `key` lies, to be read.
    pub(crate) fn read(&self, key: &[u8]) -> RwLockReadGuard<'_, Tree> {
        self.0[shard_of(key)].read()
    }

    /// The shard in which `key` lies, to be written.
    pub(crate) fn write(&self, key: &[u8]) -> RwLockWriteGuard<'_, Tree> {
        self.0[shard_of(key)].write()
    }

    /// Which shard a key lies in. A transaction locks the shards that it needs in the order of these numbers.
    pub(crate) fn number_of(key: &[u8]) -> usize {
        shard_of(key)
    }

    /// A shard by its number, to be read.
    pub(crate) fn read_shard(&self, number: usize) -> Option<RwLockReadGuard<'_, Tree>> {
        self.0.get(number).map(RwLock::read)
    }

    /// A shard by its number, to be written.
    pub(crate) fn write_shard(&self, number: usize) -> Option<RwLockWriteGuard<'_, Tree>> {
        self.0.get(number).map(RwLock::write)
    }

    /// Whether two keys lie in one shard.
    pub(crate) fn are_one(left: &[u8], right: &[u8]) -> bool {
        shard_of(left) == shard_of(right)
    }

    /// All shards in order, to be read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = RwLockReadGuard<'_, Tree>> {
        self.0.iter().map(RwLock::read)
    }

    /// How many rows there are, and their sizes together.
    pub(crate) fn count(&self) -> (u64, u64) {
        let sum = |(items, bytes), shard: RwLockReadGuard<'_, Tree>| (items + shard.len(), bytes + shard.bytes());
        let (items, bytes) = self.iter().fold((0, 0), sum);
        (u64::try_from(items).unwrap_or(u64::MAX), u64::try_from(bytes).unwrap_or(u64::MAX))
    }

    /// Shows the rows of a range in order, one shard locked at a time, until `visit` has seen enough.
    pub(crate) fn visit(&self, range: &KeyRange, forward: bool, mut visit: impl FnMut(&Row) -> ControlFlow<()>) {
        let last = range.high().map_or(SHARD_COUNT - 1, shard_of);
        let mut shards = self.0.get(shard_of(range.low())..=last).unwrap_or_default().iter();
        let mut visit = |shard: &RwLock<Tree>| shard.read().visit(range, forward, &mut visit);
        let _ = if forward { shards.try_for_each(&mut visit) } else { shards.rev().try_for_each(&mut visit) };
    }
}

/// Which shard a key lies in, by the top bits of its hash.
fn shard_of(key: &[u8]) -> usize {
    let first = key.first().copied().unwrap_or(0);
    usize::from(first >> (u8::BITS - SHARD_BITS))
}
