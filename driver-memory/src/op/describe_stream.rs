//! `DescribeStream`: a stream with its shards.

use djamodb_core::plan::{DescribeStream, DescribeStreamOutput};

use crate::emulator::Emulator;
use crate::error::Error;
use crate::page_size::page_size;
use crate::response::Response;
use crate::validate;

pub(super) fn execute(emulator: &Emulator, describe: &DescribeStream) -> Result<Response<DescribeStreamOutput>, Error> {
    validate::streams::describe_stream(describe)?;
    let now = emulator.now();
    let log = emulator
        .streams
        .get(&describe.stream_arn, now)
        .ok_or_else(|| Error::StreamNotFound(describe.stream_arn.clone()))?;
    let limit = page_size(describe.limit, DescribeStream::LIMIT_MAX);
    let stream = log.describe(now, limit, |shard| {
        let is_after_start = describe.exclusive_start_shard_id.as_ref().is_none_or(|start| shard.id > *start);
        is_after_start && (describe.child_shards_of.is_none() || shard.parent == describe.child_shards_of)
    });
    Ok(Response::without_capacity(DescribeStreamOutput { stream }))
}
