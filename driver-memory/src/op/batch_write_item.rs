//! `BatchWriteItem`: puts and deletes, validated together and written one by one.

use djamodb_core::plan::{BatchWriteItem, BatchWriteItemOutput, TableWrites, WriteRequest};
use djamodb_core::value::Item;
use djamodb_core::value::size::item_bytes;

use crate::capacity::ConsumedUnits;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::item_collection;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::row::Row;
use crate::validate;
use crate::validate::rule::batch;
use crate::write::ItemWrite;

pub(super) fn execute(emulator: &Emulator, batch: BatchWriteItem) -> Result<Response<BatchWriteItemOutput>, Error> {
    validate::batch_write_item::request(&batch)?;
    let count = batch.requests.iter().map(|request| request.writes.len()).sum();
    let mut left = emulator.batch_limit(count);
    let unprocessed = if left < count { after(left, &batch.requests) } else { Vec::new() };
    let tables = batch.requests.iter().map(|request| emulator.table(&request.table)).collect::<Result<Vec<_>, _>>()?;
    let mut prepared = Vec::with_capacity(tables.len());
    for (table, request) in OpenTable::open_all(&tables, emulator.clock())?.into_iter().zip(batch.requests) {
        prepared.push(PreparedWrites::prepare(table, request, batch.return_item_collection_metrics)?);
    }

    let mut output = BatchWriteItemOutput { unprocessed, ..BatchWriteItemOutput::default() };
    let mut consumed_capacity = Vec::new();
    for mut writes in prepared {
        writes.keep(&mut left);
        let (table, consumed, items) = writes.execute()?;
        consumed_capacity.extend(table.report(&consumed, batch.return_consumed_capacity));
        output.item_collection_metrics.extend(item_collection::table_metrics(&table, &items));
    }
    Ok(Response::new(output, consumed_capacity))
}

/// Returns the writes after the first `processed`.
fn after(mut processed: usize, requests: &[TableWrites]) -> Vec<TableWrites> {
    let mut unprocessed = Vec::new();
    for request in requests {
        let writes = request.writes.get(processed..).unwrap_or_default();
        processed = processed.saturating_sub(request.writes.len());
        if !writes.is_empty() {
            unprocessed.push(TableWrites::new(request.table.clone(), writes.to_vec()));
        }
    }
    unprocessed
}

/// The validated writes to one table, each with the key of its row.
struct PreparedWrites<'a> {
    table: OpenTable<'a>,
    writes: Vec<(Vec<u8>, ItemWrite)>,
    /// The items and keys whose collections the response measures.
    measured: Vec<Item>,
}

impl<'a> PreparedWrites<'a> {
    fn prepare(table: OpenTable<'a>, request: TableWrites, measures_items: bool) -> Result<Self, Error> {
        // An item without clones shares its names with those that are stored.
        let measured = request.writes.iter().filter(|_| measures_items).map(WriteRequest::item).cloned().collect();
        let mut writes = Vec::with_capacity(request.writes.len());
        validate::batch_write_item::against(&request.writes, table.schema())?;
        for write in request.writes {
            writes.push(match write {
                WriteRequest::Put(item) => {
                    let (key, bytes) = (table.key(&item)?, item_bytes(&item));
                    (key, ItemWrite::Put(Row::whole(item, bytes)))
                }
                WriteRequest::Delete(key) => (table.key(&key)?, ItemWrite::Delete),
            });
        }
        batch::check_distinct(writes.iter().map(|(key, _)| key.as_slice()))?;
        Ok(Self { table, writes, measured })
    }

    /// Keeps the first `left` writes, and subtracts their number.
    fn keep(&mut self, left: &mut usize) {
        self.measured.truncate(*left);
        self.writes.truncate(*left);
        *left -= self.writes.len();
    }

    fn execute(self) -> Result<(OpenTable<'a>, ConsumedUnits, Vec<Item>), Error> {
        let Self { table, writes, measured } = self;
        let mut consumed = ConsumedUnits::default();
        for (key, write) in writes {
            let ((), of_item) = table.write(&key, |_| Ok((write, ())))?;
            consumed.add(&of_item);
        }
        Ok((table, consumed, measured))
    }
}
