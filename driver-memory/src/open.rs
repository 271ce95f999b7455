//! A table while a request uses it: nobody changes what it is made of meanwhile.

use std::sync::Arc;

use djamodb_core::driver::Clock;
use djamodb_core::plan::{ConsumedCapacity, ReturnConsumedCapacity};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::{Item, Name};
use parking_lot::RwLockReadGuard;

use crate::capacity::Spent;
use crate::error::{Error, Invalid};
use crate::index::OneByOne;
use crate::key_bytes;
use crate::layout::Layout;
use crate::life::Life;
use crate::row::Row;
use crate::source::Source;
use crate::stream::By;
use crate::table::Table;
use crate::write::{Change, Write};

/// A table while a request uses it.
#[derive(Debug)]
pub(crate) struct Open<'a> {
    pub(crate) table: &'a Table,
    pub(crate) layout: RwLockReadGuard<'a, Layout>,
    pub(crate) clock: &'a dyn Clock,
}

impl<'a> Open<'a> {
    /// Opens a table for reads and writes of its items; not while it is being created or deleted.
    pub(crate) fn items(table: &'a Table, clock: &'a dyn Clock) -> Result<Self, Error> {
        let layout = table.layout.read();
        match layout.life {
            Life::Active | Life::Updating { .. } => Ok(Self { table, layout, clock }),
            Life::Creating { .. } | Life::Deleting { .. } => Err(Error::TableNotFound),
        }
    }

    /// Opens several tables, each of which is there once: in the order in which everybody opens several, so that nobody
    /// waits for somebody who waits. Gives them in the order that they came in.
    pub(crate) fn several(tables: &'a [Arc<Table>], clock: &'a dyn Clock) -> Result<Vec<Self>, Error> {
        let mut ordered: Vec<(usize, &Table)> = tables.iter().map(|table| &**table).enumerate().collect();
        ordered.sort_by_key(|(_, table)| table.number);
        let mut opened = ordered
            .into_iter()
            .map(|(at, table)| Ok((at, Self::items(table, clock)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        opened.sort_by_key(|(at, _)| *at);
        Ok(opened.into_iter().map(|(_, table)| table).collect())
    }

    pub(crate) fn schema(&self) -> &TableSchema {
        &self.layout.schema
    }

    /// The key of an item in this table.
    pub(crate) fn key(&self, item: &Item) -> Result<Vec<u8>, Invalid> {
        key_bytes::encode(&self.layout.schema.key, item).ok_or(Invalid::KeyElement)
    }

    /// The row at `key`.
    pub(crate) fn row(&self, key: &[u8]) -> Option<Row> {
        self.table.rows.read(key).get(key).cloned()
    }

    /// Changes the row at `key`, with all that follows it, in one critical section. `decide` sees the item as it is and
    /// says what becomes of it; when it refuses, nothing changes.
    pub(crate) fn write<T>(
        &self,
        key: &[u8],
        decide: impl FnOnce(Option<&Item>) -> Result<(Change, T), Error>,
    ) -> Result<(T, Spent), Error> {
        let mut shard = self.table.rows.write(key);
        let old = shard.get(key).map(|row| row.item.clone());
        let (change, answer) = decide(old.as_ref())?;
        let (replaced, spent) = self.write_by_user().make(key, &mut shard, change, &mut OneByOne);
        // Before the old item goes: giving back the memory of a large one takes a while.
        drop(shard);
        drop(replaced);
        Ok((answer, spent))
    }

    /// A write that a user asked for.
    pub(crate) fn write_by_user(&self) -> Write<'_> {
        Write { layout: &self.layout, alarm: &self.table.alarm, clock: self.clock, by: By::AUser }
    }

    /// The table itself or one of its indexes, to be read.
    pub(crate) fn source(&self, index: Option<&Name>) -> Result<Source<'_>, Invalid> {
        let index = match index {
            None => None,
            Some(name) => {
                let (at, index) = self.layout.index(name)?;
                if matches!(index.life, Life::Creating { .. } | Life::Deleting { .. }) {
                    return Err(Invalid::BackfillingIndex(name.clone()));
                }
                Some((at, index))
            }
        };
        Ok(Source::new(&self.layout.schema, &self.table.rows, index))
    }

    /// What a request consumed, as its answer tells it.
    pub(crate) fn told(&self, spent: &Spent, returned: ReturnConsumedCapacity) -> Vec<ConsumedCapacity> {
        spent.told(&self.layout, returned, None).into_iter().collect()
    }
}
