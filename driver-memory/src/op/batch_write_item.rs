//! `BatchWriteItem`: puts and deletes, each for itself, once all are known to be right.

use djamodb_core::plan::{BatchWriteItem, BatchWriteItemOutput, TableWrites, WriteRequest};
use djamodb_core::value::size::item_bytes;

use super::Answer;
use crate::capacity::Spent;
use crate::collection;
use crate::error::Error;
use crate::open::Open;
use crate::row::Row;
use crate::service::Service;
use crate::validate;
use crate::validate::rule::batch::distinct;
use crate::write::Change;

pub(super) fn execute(service: &Service, batch: &BatchWriteItem) -> Result<Answer<BatchWriteItemOutput>, Error> {
    validate::batch_write_item::request(batch)?;
    let tables = batch.requests.iter().map(|request| service.table(&request.table)).collect::<Result<Vec<_>, _>>()?;
    let mut prepared = Vec::with_capacity(tables.len());
    for (table, request) in Open::several(&tables, service.clock())?.into_iter().zip(&batch.requests) {
        prepared.push(Writes::prepare(table, request)?);
    }

    let mut output = BatchWriteItemOutput::default();
    let mut consumed = Vec::new();
    for (writes, request) in prepared.into_iter().zip(&batch.requests) {
        let (table, spent) = writes.execute()?;
        consumed.extend(table.told(&spent, batch.return_consumed_capacity));
        if batch.return_item_collection_metrics {
            let items = request.writes.iter().map(WriteRequest::item);
            output.item_collection_metrics.extend(collection::metrics_of_table(&table, items));
        }
    }
    Ok(Answer::new(output, consumed))
}

/// The writes to one table, after validation, each with the key of its row.
struct Writes<'a> {
    table: Open<'a>,
    changes: Vec<(Vec<u8>, Change)>,
}

impl<'a> Writes<'a> {
    fn prepare(table: Open<'a>, request: &TableWrites) -> Result<Self, Error> {
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

    fn execute(self) -> Result<(Open<'a>, Spent), Error> {
        let Self { table, changes } = self;
        let mut spent = Spent::default();
        for (key, change) in changes {
            let ((), of_one) = table.write(&key, |_| Ok((change, ())))?;
            spent.add(&of_one);
        }
        Ok((table, spent))
    }
}
