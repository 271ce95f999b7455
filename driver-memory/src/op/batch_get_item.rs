//! `BatchGetItem`: items of several tables by their keys, up to 16 MB.

use djamodb_core::plan::{BatchGetItem, BatchGetItemOutput, TableKeys};
use djamodb_core::service::limits::BATCH_GET_BYTES_MAX;
use djamodb_core::value::Item;

use super::Answer;
use crate::capacity::{Spent, Units};
use crate::error::Error;
use crate::open::Open;
use crate::service::Service;
use crate::validate;
use crate::validate::rule::batch::distinct;

pub(super) fn execute(service: &Service, batch: &BatchGetItem) -> Result<Answer<BatchGetItemOutput>, Error> {
    validate::batch_get_item::request(batch)?;
    let tables = batch.requests.iter().map(|request| service.table(&request.table)).collect::<Result<Vec<_>, _>>()?;
    let mut reads = Vec::with_capacity(tables.len());
    for (table, request) in Open::several(&tables, service.clock())?.into_iter().zip(&batch.requests) {
        reads.push(Read::prepare(table, request)?);
    }

    let mut bytes_left = BATCH_GET_BYTES_MAX;
    let mut output = BatchGetItemOutput::default();
    let mut consumed = Vec::new();
    for read in reads {
        let Done { items, unprocessed, spent } = read.execute(&mut bytes_left);
        output.items.push((read.request.table.clone(), items));
        output.unprocessed.extend(unprocessed);
        consumed.extend(read.table.told(&spent, batch.return_consumed_capacity));
    }
    Ok(Answer::new(output, consumed))
}

/// The keys of one table, after validation.
struct Read<'a> {
    table: Open<'a>,
    request: &'a TableKeys,
    keys: Vec<Vec<u8>>,
}

/// What became of the keys of one table.
struct Done {
    items: Vec<Item>,
    unprocessed: Option<TableKeys>,
    spent: Spent,
}

impl<'a> Read<'a> {
    fn prepare(table: Open<'a>, request: &'a TableKeys) -> Result<Self, Error> {
        validate::batch_get_item::against(request, table.schema())?;
        let keys = request.keys.iter().map(|key| table.key(key)).collect::<Result<Vec<_>, _>>()?;
        distinct(keys.iter().map(Vec::as_slice))?;
        Ok(Self { table, request, keys })
    }

    /// Reads until an item does not fit; that one and all after it are left unprocessed. The size is that of whole
    /// items, whatever is projected; a key without an item costs as much as a small item.
    fn execute(&self, bytes_left: &mut usize) -> Done {
        let mut items = Vec::new();
        let mut spent = Spent::default();
        for (at, key) in self.keys.iter().enumerate() {
            let row = self.table.row(key);
            let bytes = row.as_ref().map_or(0, |row| row.bytes);
            let Some(left) = bytes_left.checked_sub(bytes) else {
                // What comes after, in other tables too, must wait though it might fit.
                *bytes_left = 0;
                return Done { items, unprocessed: self.unprocessed_from(at), spent };
            };
            *bytes_left = left;
            spent.table += Units::read(bytes, self.request.consistent);
            items.extend(row.map(|row| match &self.request.projection {
                Some(projection) => projection.apply(&row.item),
                None => row.item,
            }));
        }
        Done { items, unprocessed: None, spent }
    }

    fn unprocessed_from(&self, at: usize) -> Option<TableKeys> {
        Some(TableKeys { keys: self.request.keys.get(at..)?.to_vec(), ..self.request.clone() })
    }
}
