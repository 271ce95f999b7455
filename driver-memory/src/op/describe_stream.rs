//! `DescribeStream`: a stream with its shards.

use djamodb_core::plan::{DescribeStream, DescribeStreamOutput};

use super::Answer;
use crate::error::Error;
use crate::page_size::page_size;
use crate::service::Service;
use crate::validate;

pub(super) fn execute(service: &Service, describe: &DescribeStream) -> Result<Answer<DescribeStreamOutput>, Error> {
    validate::describe_stream::request(describe)?;
    let now = service.now();
    let log = service
        .streams
        .get(&describe.stream_arn, now)
        .ok_or_else(|| Error::StreamNotFound(describe.stream_arn.clone()))?;
    let limit = page_size(describe.limit, DescribeStream::LIMIT_MAX);
    let stream = log.describe(now, limit, |shard| {
        let follows = describe.exclusive_start_shard_id.as_ref().is_none_or(|start| shard.id > *start);
        follows && (describe.child_shards_of.is_none() || shard.parent == describe.child_shards_of)
    });
    Ok(Answer::new(DescribeStreamOutput { stream }, Vec::new()))
}
