//! `Query`: part of a partition, in order.

use djamodb_core::plan::{Query, QueryOutput};

use crate::catalogue::Catalogue;
use crate::error::{Error, Invalid};
use crate::key_range::KeyRange;
use crate::page::{Page, Wanted};
use crate::validate;

pub(super) fn execute(catalogue: &Catalogue, query: &Query) -> Result<QueryOutput, Error> {
    validate::query::request(query)?;
    let table = catalogue.table(&query.table)?;
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
    };
    let Page { items, count, scanned_count, last_evaluated_key } = Page::read(&source, &range, wanted);
    Ok(QueryOutput { items, count, scanned_count, last_evaluated_key })
}
