//! `Query`: items of one partition, in order.

use djamodb_core::plan::{Query, QueryOutput};
use djamodb_core::schema::KeySchema;
use djamodb_core::value::Item;

use crate::emulator::Emulator;
use crate::error::{Error, ValidationError};
use crate::key_range::KeyRange;
use crate::open_table::OpenTable;
use crate::page::{Page, PageRequest};
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, query: &Query) -> Result<Response<QueryOutput>, Error> {
    validate::query::request(query)?;
    let table = emulator.table(&query.table)?;
    let table = OpenTable::open(&table, emulator.clock())?;
    let source = table.table_or_index(query.index.as_ref())?;
    let slice = validate::query::against(query, &source)?;
    let ends_with = |key: &Item| query.index.is_none() && is_last_of_table(query, source.key(), key);

    let mut range = KeyRange::of_slice(source.key(), &slice).ok_or(ValidationError::KeyConditionType)?;
    if let Some(start) = &query.exclusive_start_key {
        range = range.resume_after(source.encode_key(start).ok_or(ValidationError::StartKey)?, query.forward);
    }
    let request = PageRequest {
        filter: query.filter.as_ref(),
        select: query.select.as_ref(),
        limit: emulator.page_limit(query.limit),
        forward: query.forward,
        consistent: query.consistent,
    };
    let Page { items, count, scanned_count, last_evaluated_key, consumed } = Page::read(&source, &range, request);
    let last_evaluated_key = last_evaluated_key.filter(|key| !ends_with(key));
    let output = QueryOutput { items, count, scanned_count, last_evaluated_key };
    Ok(Response::new(output, table.report(&consumed, query.return_consumed_capacity)))
}

/// Returns `true` if the query of a table cannot find an item after `key`, whatever the table holds: the service knows this without
/// reading on.
fn is_last_of_table(query: &Query, table: &KeySchema, key: &Item) -> bool {
    table.range.is_empty() || query.key_condition.ends_at(key, query.forward)
}
