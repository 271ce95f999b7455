//! The one way in which a row changes.

use djamodb_core::driver::Clock;

use crate::alarm::Alarm;
use crate::capacity::{Spent, Units};
use crate::index::Trees;
use crate::layout::Layout;
use crate::row::Row;
use crate::stream::By;
use crate::tree::Tree;

/// What becomes of a row.
#[derive(Debug)]
pub(crate) enum Change {
    Put(Row),
    Delete,
}

/// A write to a table that is open, with all that follows it.
pub(crate) struct Write<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) alarm: &'a Alarm,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) by: By,
}

impl Write<'_> {
    /// Changes the row at `key` in its shard, which is locked; indexes, expiry and stream follow before it is unlocked.
    /// Gives what was there, to be dropped after the locks, and what it cost.
    pub(crate) fn make(
        &self,
        key: &[u8],
        shard: &mut Tree,
        change: Change,
        trees: &mut impl Trees,
    ) -> (Option<Row>, Spent) {
        let layout = self.layout;
        let (old, new) = match change {
            Change::Put(row) => (shard.insert(key, row.clone()), Some(row)),
            Change::Delete => (shard.remove(key), None),
        };
        let mut spent = Spent::on_table(cost(old.as_ref(), new.as_ref()));
        for (at, index) in layout.indexes.iter().enumerate() {
            let units = index.follow(at, trees, (&layout.schema.key, key), (old.as_ref(), new.as_ref()));
            spent.add_index(at, units);
        }
        if let Some(expiry) = &layout.expiry {
            expiry.follow(key, (old.as_ref(), new.as_ref()), (self.alarm, self.clock));
        }
        if let Some(stream) = &layout.stream {
            let item = |row: &Option<Row>| row.as_ref().map(|row| row.item.clone());
            stream.record(self.clock, item(&old), item(&new), self.by);
        }
        (old, spent)
    }
}

/// What a write costs the table: by the larger of what was there and what is there now.
pub(crate) fn cost(old: Option<&Row>, new: Option<&Row>) -> Units {
    let bytes = |row: Option<&Row>| row.map_or(0, |row| row.bytes);
    Units::write(bytes(old).max(bytes(new)))
}
