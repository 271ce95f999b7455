//! `BatchGetItem`: items of several tables by their keys, up to 16 MB.

use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, TableKeys};
use djamodb_core::service::CapacityUnits;
use djamodb_core::service::limits::BATCH_GET_BYTES_MAX;
use djamodb_core::value::Item;

use crate::capacity::ConsumedUnits;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::open_table::OpenTable;
use crate::response::Response;
use crate::validate;
use crate::validate::rule::batch;

pub(super) fn execute(emulator: &Emulator, plan: &BatchGetItem) -> Result<Response<BatchGetItemOutput>, Error> {
    validate::batch_get_item::request(plan)?;
    let tables = plan.requests.iter().map(|request| emulator.table(&request.table)).collect::<Result<Vec<_>, _>>()?;
    let mut reads = Vec::with_capacity(tables.len());
    for (table, request) in OpenTable::open_all(&tables, emulator.clock())?.into_iter().zip(&plan.requests) {
        reads.push(TableRead::prepare(table, request)?);
    }

    let keys = reads.iter().map(|read| read.keys.len()).sum();
    let mut left = Left { bytes: BATCH_GET_BYTES_MAX, keys: emulator.batch_limit(keys) };
    let mut output = BatchGetItemOutput::default();
    let mut consumed_capacity = Vec::new();
    for read in reads {
        let TableResult { items, unprocessed, consumed } = read.execute(&mut left);
        output.items.push((read.request.table.clone(), items));
        output.unprocessed.extend(unprocessed);
        consumed_capacity.extend(read.table.report(&consumed, plan.return_consumed_capacity));
    }
    Ok(Response::new(output, consumed_capacity))
}

/// The bytes of items, and the number of keys, that are still read.
struct Left {
    bytes: usize,
    keys: usize,
}

/// The validated reads of one table.
struct TableRead<'a> {
    table: OpenTable<'a>,
    request: &'a TableKeys,
    keys: Vec<Vec<u8>>,
}

/// The result of the reads of one table.
struct TableResult {
    items: Vec<Item>,
    unprocessed: Option<TableKeys>,
    consumed: ConsumedUnits,
}

impl<'a> TableRead<'a> {
    fn prepare(table: OpenTable<'a>, request: &'a TableKeys) -> Result<Self, Error> {
        validate::batch_get_item::against(request, table.schema())?;
        let keys = request.keys.iter().map(|key| table.key(key)).collect::<Result<Vec<_>, _>>()?;
        batch::check_distinct(keys.iter().map(Vec::as_slice))?;
        Ok(Self { table, request, keys })
    }

    /// Reads items until one exceeds what is left. That key and all after it are unprocessed.
    ///
    /// Whole items count, whatever the projection. A key without an item consumes the units of the smallest item.
    fn execute(&self, left: &mut Left) -> TableResult {
        let mut items = Vec::new();
        let mut consumed = ConsumedUnits::default();
        for (at, key) in self.keys.iter().enumerate() {
            let row = self.table.row(key);
            let bytes = row.as_ref().map_or(0, |row| row.bytes);
            let (Some(bytes_left), Some(keys_left)) = (left.bytes.checked_sub(bytes), left.keys.checked_sub(1)) else {
                // All later keys are unprocessed, in other tables too, even those of items that would fit.
                *left = Left { bytes: 0, keys: 0 };
                return TableResult { items, unprocessed: self.unprocessed_from(at), consumed };
            };
            *left = Left { bytes: bytes_left, keys: keys_left };
            consumed.table += CapacityUnits::read(bytes, self.request.consistent);
            items.extend(row.map(|row| row.select(self.request.projection.as_ref())));
        }
        TableResult { items, unprocessed: None, consumed }
    }

    fn unprocessed_from(&self, at: usize) -> Option<TableKeys> {
        Some(TableKeys { keys: self.request.keys.get(at..)?.to_vec(), ..self.request.clone() })
    }
}
