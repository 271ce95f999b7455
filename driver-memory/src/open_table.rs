//! A table whose layout is locked for one request.

use std::sync::Arc;

use djamodb_core::driver::Clock;
use djamodb_core::expression::Update;
use djamodb_core::plan::{ConsumedCapacity, ReturnConsumedCapacity};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::{Item, Name};
use parking_lot::RwLockReadGuard;

use crate::capacity::ConsumedUnits;
use crate::error::{Error, ValidationError};
use crate::index::LockPerChange;
use crate::key_bytes;
use crate::layout::Layout;
use crate::lifecycle::Lifecycle;
use crate::row::Row;
use crate::stream::Actor;
use crate::table::Table;
use crate::table_or_index::TableOrIndex;
use crate::validate;
use crate::write::{ItemWrite, Writer};

/// A table whose layout is locked, shared, for one request.
#[derive(Debug)]
pub(crate) struct OpenTable<'a> {
    pub(crate) table: &'a Table,
    pub(crate) layout: RwLockReadGuard<'a, Layout>,
    clock: &'a dyn Clock,
}

impl<'a> OpenTable<'a> {
    /// Opens a table for reads and writes of its items.
    ///
    /// # Errors
    ///
    /// [`Error::TableNotFound`] while the table is being created or deleted.
    pub(crate) fn open(table: &'a Table, clock: &'a dyn Clock) -> Result<Self, Error> {
        let layout = table.layout.read();
        match layout.lifecycle {
            Lifecycle::Active | Lifecycle::Updating { .. } => Ok(Self { table, layout, clock }),
            Lifecycle::Creating { .. } | Lifecycle::Deleting { .. } => Err(Error::TableNotFound),
        }
    }

    /// Opens several tables, all different, and returns them in the given order.
    ///
    /// The tables are locked in the order of their numbers, so that two requests cannot deadlock.
    pub(crate) fn open_all(tables: &'a [Arc<Table>], clock: &'a dyn Clock) -> Result<Vec<Self>, Error> {
        let mut ordered: Vec<(usize, &Table)> = tables.iter().map(|table| &**table).enumerate().collect();
        ordered.sort_by_key(|(_, table)| table.number);
        let mut opened = ordered
            .into_iter()
            .map(|(at, table)| Ok((at, Self::open(table, clock)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        opened.sort_by_key(|(at, _)| *at);
        Ok(opened.into_iter().map(|(_, table)| table).collect())
    }

    pub(crate) fn schema(&self) -> &TableSchema {
        &self.layout.schema
    }

    /// Returns the key of an item in this table as bytes.
    pub(crate) fn key(&self, item: &Item) -> Result<Vec<u8>, ValidationError> {
        key_bytes::encode(&self.layout.schema.key, item).ok_or(ValidationError::KeyElement)
    }

    pub(crate) fn row(&self, key: &[u8]) -> Option<Row> {
        self.table.rows.read(key).get(key).cloned()
    }

    /// Returns the row that `update` makes of `old`, or of an item made of `key` if there is none.
    pub(crate) fn updated_row(&self, update: &Update, key: &Item, old: Option<&Item>) -> Result<Row, ValidationError> {
        let new = update.apply(old.unwrap_or(key))?;
        let bytes = validate::update_item::updated_item(&new, self.schema())?;
        Ok(Row::whole(new, bytes))
    }

    /// Writes the row at `key`, with its index entries, expiry and stream record, while its shard is locked.
    ///
    /// `decide` receives the current item and returns the write together with a result for the caller. Nothing changes
    /// if it returns an error.
    pub(crate) fn write<T>(
        &self,
        key: &[u8],
        decide: impl FnOnce(Option<&Item>) -> Result<(ItemWrite, T), Error>,
    ) -> Result<(T, ConsumedUnits), Error> {
        let mut shard = self.table.rows.write(key);
        let old = shard.get(key).map(|row| row.item.clone());
        let (write, result) = decide(old.as_ref())?;
        let (replaced, consumed) = self.client_writer().write(key, &mut shard, write, &mut LockPerChange);
        // The shard is unlocked before the old item is dropped, since freeing a large item takes long.
        drop(shard);
        drop(replaced);
        Ok((result, consumed))
    }

    /// Returns a writer for requests of clients.
    pub(crate) fn client_writer(&self) -> Writer<'_> {
        Writer {
            layout: &self.layout,
            next_deadline: &self.table.next_deadline,
            clock: self.clock,
            actor: Actor::Client,
        }
    }

    /// Returns the table, or the index of the given name, for a query or scan.
    ///
    /// # Errors
    ///
    /// [`ValidationError::UnknownIndex`] if there is no such index, [`ValidationError::BackfillingIndex`] while it is
    /// being created or deleted.
    pub(crate) fn table_or_index(&self, index: Option<&Name>) -> Result<TableOrIndex<'_>, ValidationError> {
        let index = match index {
            None => None,
            Some(name) => {
                let (number, index) = self.layout.index(name)?;
                if matches!(index.lifecycle, Lifecycle::Creating { .. } | Lifecycle::Deleting { .. }) {
                    return Err(ValidationError::BackfillingIndex(name.clone()));
                }
                Some((number, index))
            }
        };
        Ok(TableOrIndex::new(&self.layout.schema, &self.table.rows, index))
    }

    /// Returns the consumed capacity of a request that is no transaction, as its response reports it.
    pub(crate) fn report(&self, consumed: &ConsumedUnits, detail: ReturnConsumedCapacity) -> Vec<ConsumedCapacity> {
        consumed.report(&self.layout, detail, None).into_iter().collect()
    }
}
