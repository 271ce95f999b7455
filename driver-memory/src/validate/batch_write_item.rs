//! Validation of `BatchWriteItem`. One invalid write rejects the whole request, before anything is written.

use djamodb_core::plan::{BatchWriteItem, Operation, WriteRequest};
use djamodb_core::schema::TableSchema;

use super::constraints::Constraints;
use super::rule::{batch, index_key, key, local_entries, value};
use crate::error::ValidationError;

pub(crate) fn request(plan: &BatchWriteItem) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.request_items(plan.requests.iter().map(|request| &request.table));
    constraints.check()?;
    batch::tables(BatchWriteItem::NAME, plan.requests.iter().map(|request| &request.table))?;
    if let Some(empty) = plan.requests.iter().find(|request| request.writes.is_empty()) {
        return Err(ValidationError::NoWrites(empty.table.clone()));
    }
    let mut writes = 0;
    for write in plan.requests.iter().flat_map(|request| &request.writes) {
        writes += 1;
        match write {
            WriteRequest::Put(item) => {
                value::item(item)?;
                value::item_size(item)?;
            }
            // The values of all writes are checked before the keys of any.
            WriteRequest::Delete(key) => value::item(key)?,
        }
    }
    if writes > BatchWriteItem::WRITES_MAX {
        Err(ValidationError::TooManyRequests(BatchWriteItem::NAME))
    } else {
        Ok(())
    }
}

pub(crate) fn against(writes: &[WriteRequest], schema: &TableSchema) -> Result<(), ValidationError> {
    writes.iter().enumerate().try_for_each(|(at, write)| {
        of_table(write, schema)
            .map_err(|found| batch::duplicates_or(found, &schema.key, writes.iter().take(at).map(WriteRequest::item)))
    })
}

fn of_table(write: &WriteRequest, schema: &TableSchema) -> Result<(), ValidationError> {
    match write {
        WriteRequest::Put(item) => {
            key::within(&schema.key, item)?;
            index_key::put(schema, item)?;
            local_entries::put(schema, item)
        }
        WriteRequest::Delete(item) => key::exact(&schema.key, item),
    }
}
