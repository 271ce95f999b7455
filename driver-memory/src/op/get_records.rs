//! `GetRecords`: the records of a shard from an iterator on.

use djamodb_core::plan::{GetRecords, GetRecordsOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::page_size::page_size;
use crate::response::Response;
use crate::stream::ShardIterator;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, get: &GetRecords) -> Result<Response<GetRecordsOutput>, Error> {
    validate::streams::get_records(get)?;
    let iterator: ShardIterator = get.shard_iterator.parse()?;
    let arn = &iterator.stream_arn;
    let log = emulator.streams.get(arn, emulator.now()).ok_or_else(|| Error::StreamNotFound(arn.clone()))?;
    // Deletions of expired items are recorded before the stream is read. The table may be deleted; its streams are kept.
    emulator.table(&log.identity.table).ok();
    let now = emulator.now();
    iterator.check_age(now)?;
    let limit = page_size(get.limit, GetRecords::LIMIT_MAX);
    Ok(Response::without_capacity(log.read(now, &iterator, limit)?))
}
