//! `Query`: part of a partition, in order.

use djamodb_core::plan::{Query, QueryOutput};

use super::Answer;
use crate::error::{Error, Invalid};
use crate::key_range::KeyRange;
use crate::open::Open;
use crate::page::{Page, Wanted};
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, query: &Query) -> Result<Answer<QueryOutput>, Error> {
    validate::query::request(query)?;
    let table = service.table(&query.table)?;
    let table = Open::items(&table, service.clock())?;
    let source = table.source(query.index.as_ref())?;
    let part = validate::query::against(query, &source)?;

    let mut range = KeyRange::of_part(source.key(), &part).ok_or(Invalid::KeyConditionType)?;
    if let Some(start) = &query.exclusive_start_key {
        range = range.after(source.position(start).ok_or(Invalid::StartKey)?, query.forward);
    }
    let wanted = Wanted {
        filter: query.filter.as_ref(),
        select: query.select.as_ref(),
        limit: query.limit,
        forward: query.forward,
        consistent: query.consistent,
    };
    let Page { items, count, scanned_count, last_evaluated_key, spent } = Page::read(&source, &range, wanted);
    let output = QueryOutput { items, count, scanned_count, last_evaluated_key };
    Ok(Answer::new(output, table.told(&spent, query.return_consumed_capacity)))
}
