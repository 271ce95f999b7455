//! Writes to rows. Every change of a row goes through [`Writer::write`].

use djamodb_core::driver::Clock;
use djamodb_core::service::CapacityUnits;

use crate::capacity::ConsumedUnits;
use crate::index::TreeAccess;
use crate::item_change::ItemChange;
use crate::layout::Layout;
use crate::next_deadline::NextDeadline;
use crate::row::Row;
use crate::stream::Actor;
use crate::tree::Tree;

/// A write to one item.
#[derive(Debug)]
pub(crate) enum ItemWrite {
    Put(Row),
    Delete,
}

impl ItemWrite {
    /// Returns the row that is written, or `None` for a deletion.
    pub(crate) const fn row(&self) -> Option<&Row> {
        match self {
            Self::Put(row) => Some(row),
            Self::Delete => None,
        }
    }
}

/// Writes rows of a table whose layout is locked.
pub(crate) struct Writer<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) next_deadline: &'a NextDeadline,
    pub(crate) clock: &'a dyn Clock,
    /// The actor that the stream records.
    pub(crate) actor: Actor,
}

impl Writer<'_> {
    /// Writes the row at `key` in its locked shard, then updates indexes, expiry schedule and stream.
    ///
    /// Returns the previous row, which the caller drops after its locks, and the consumed units.
    pub(crate) fn write(
        &self,
        key: &[u8],
        shard: &mut Tree,
        write: ItemWrite,
        trees: &mut impl TreeAccess,
    ) -> (Option<Row>, ConsumedUnits) {
        let layout = self.layout;
        let (old, new) = match write {
            ItemWrite::Put(mut row) => {
                shard.share_names(&mut row.item);
                (shard.insert(key, row.clone()), Some(row))
            }
            ItemWrite::Delete => (shard.remove(key), None),
        };
        let change = ItemChange { key, old: old.as_ref(), new: new.as_ref() };
        let mut consumed = ConsumedUnits::on_table(CapacityUnits::write(change.bytes_max()));
        for (number, index) in layout.indexes.iter().enumerate() {
            consumed.add_index(number, index.apply(number, change, &layout.schema.key, trees));
        }
        if let Some(expiry) = &layout.expiry {
            expiry.apply(change, self.next_deadline, self.clock);
        }
        if let Some(stream) = &layout.stream {
            stream.record(self.clock, change, self.actor);
        }
        (old, consumed)
    }
}
