//! `GetRecords`: changes from a place in a shard on.

use djamodb_core::plan::{GetRecords, GetRecordsOutput};

use super::Answer;
use crate::error::Error;
use crate::page_size::page_size;
use crate::service::Service;
use crate::stream::ShardIterator;
use crate::validate;

pub(super) fn execute(service: &Service, get: &GetRecords) -> Result<Answer<GetRecordsOutput>, Error> {
    validate::get_records::request(get)?;
    let iterator: ShardIterator = get.shard_iterator.parse()?;
    // What expires is recorded by whoever looks at its table.
    service.settle_all();
    let now = service.now();
    iterator.usable(now)?;
    let arn = &iterator.stream_arn;
    let log = service.streams.get(arn, now).ok_or_else(|| Error::StreamNotFound(arn.clone()))?;
    let limit = page_size(get.limit, GetRecords::LIMIT_MAX);
    Ok(Answer::new(log.read(now, &iterator, limit)?, Vec::new()))
}
