//! `BatchGetItem`: items of several tables by their keys, up to 16 MB.

use std::sync::Arc;

use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, TableKeys};
use djamodb_core::value::Item;

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::table::Table;
use crate::validate;
use crate::validate::rule::batch::distinct;

/// How much one request reads, in bytes.
const BATCH_BYTES_MAX: usize = 16 * 1024 * 1024;

pub(super) fn execute(catalogue: &Catalogue, batch: &BatchGetItem) -> Result<BatchGetItemOutput, Error> {
    validate::batch_get_item::request(batch)?;
    let mut reads = Vec::with_capacity(batch.requests.len());
    for request in &batch.requests {
        reads.push(Read::prepare(catalogue.table(&request.table)?, request)?);
    }

    let mut bytes_left = BATCH_BYTES_MAX;
    let mut output = BatchGetItemOutput::default();
    for read in reads {
        let (items, unprocessed) = read.execute(&mut bytes_left);
        output.items.push((read.request.table.clone(), items));
        output.unprocessed.extend(unprocessed);
    }
    Ok(output)
}

/// The keys of one table, after validation.
struct Read<'a> {
    table: Arc<Table>,
    request: &'a TableKeys,
    keys: Vec<Vec<u8>>,
}

impl<'a> Read<'a> {
    fn prepare(table: Arc<Table>, request: &'a TableKeys) -> Result<Self, Error> {
        validate::batch_get_item::against(request, table.schema())?;
        let keys = request.keys.iter().map(|key| table.key(key)).collect::<Result<Vec<_>, _>>()?;
        distinct(keys.iter().map(Vec::as_slice))?;
        Ok(Self { table, request, keys })
    }

    /// Reads until an item does not fit; that one and all after it are left unprocessed. The size is that of whole
    /// items, whatever is projected.
    fn execute(&self, bytes_left: &mut usize) -> (Vec<Item>, Option<TableKeys>) {
        let mut items = Vec::new();
        for (at, key) in self.keys.iter().enumerate() {
            let Some(row) = self.table.row(key) else {
                continue;
            };
            let Some(left) = bytes_left.checked_sub(row.bytes) else {
                // What comes after, in other tables too, must wait though it might fit.
                *bytes_left = 0;
                return (items, self.unprocessed_from(at));
            };
            *bytes_left = left;
            items.push(match &self.request.projection {
                Some(projection) => projection.apply(&row.item),
                None => row.item,
            });
        }
        (items, None)
    }

    fn unprocessed_from(&self, at: usize) -> Option<TableKeys> {
        Some(TableKeys { keys: self.request.keys.get(at..)?.to_vec(), ..self.request.clone() })
    }
}
