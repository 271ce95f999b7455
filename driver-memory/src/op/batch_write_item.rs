//! `BatchWriteItem`: puts and deletes, each for itself, once all are known to be right.

use std::sync::Arc;

use djamodb_core::plan::{BatchWriteItem, BatchWriteItemOutput, TableWrites, WriteRequest};
use djamodb_core::value::size::item_bytes;

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::row::Row;
use crate::table::{Change, Table};
use crate::validate;
use crate::validate::rule::batch::distinct;

pub(super) fn execute(catalogue: &Catalogue, batch: &BatchWriteItem) -> Result<BatchWriteItemOutput, Error> {
    validate::batch_write_item::request(batch)?;
    let mut prepared = Vec::with_capacity(batch.requests.len());
    for request in &batch.requests {
        prepared.push(Writes::prepare(catalogue.table(&request.table)?, request)?);
    }

    prepared.into_iter().try_for_each(Writes::execute)?;
    Ok(BatchWriteItemOutput::default())
}

/// The writes to one table, after validation, each with the key of its row.
struct Writes {
    table: Arc<Table>,
    changes: Vec<(Vec<u8>, Change)>,
}

impl Writes {
    fn prepare(table: Arc<Table>, request: &TableWrites) -> Result<Self, Error> {
        let mut changes = Vec::with_capacity(request.writes.len());
        for write in &request.writes {
            validate::batch_write_item::against(write, table.schema())?;
            changes.push(match write {
                WriteRequest::Put(item) => (table.key(item)?, Change::Put(Row::whole(item.clone(), item_bytes(item)))),
                WriteRequest::Delete(key) => (table.key(key)?, Change::Delete),
            });
        }
        distinct(changes.iter().map(|(key, _)| key.as_slice()))?;
        Ok(Self { table, changes })
    }

    fn execute(self) -> Result<(), Error> {
        let Self { table, changes } = self;
        changes.into_iter().try_for_each(|(key, change)| table.write(&key, |_| Ok((change, ()))))
    }
}
