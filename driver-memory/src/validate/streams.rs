//! Validation of the requests of DynamoDB Streams.

use djamodb_core::plan::{DescribeStream, GetRecords, GetShardIterator, ListStreams, ShardPosition};

use super::rule::{name, stream};
use crate::error::ValidationError;

pub(crate) fn list_streams(list: &ListStreams) -> Result<(), ValidationError> {
    stream::limit(list.limit, "cannot be greater than the maximum allowed size:", ListStreams::LIMIT_MAX)?;
    list.exclusive_start_stream_arn.as_deref().map_or(Ok(()), stream::arn)?;
    list.table.as_ref().map_or(Ok(()), name::table)
}

pub(crate) fn describe_stream(describe: &DescribeStream) -> Result<(), ValidationError> {
    stream::arn(&describe.stream_arn)?;
    stream::limit(describe.limit, "cannot be greater than the maximum:", DescribeStream::LIMIT_MAX)?;
    describe.exclusive_start_shard_id.as_deref().map_or(Ok(()), stream::start_shard_id)
}

pub(crate) fn get_shard_iterator(get: &GetShardIterator) -> Result<(), ValidationError> {
    stream::arn(&get.stream_arn)?;
    match &get.position {
        ShardPosition::AtSequenceNumber(number) | ShardPosition::AfterSequenceNumber(number) => {
            stream::sequence_number(number)
        }
        ShardPosition::TrimHorizon | ShardPosition::Latest | ShardPosition::AtTimestamp(_) => Ok(()),
    }
}

pub(crate) fn get_records(get: &GetRecords) -> Result<(), ValidationError> {
    stream::limit(get.limit, "should be less than or equal to", GetRecords::LIMIT_MAX)
}
