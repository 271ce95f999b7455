//! Validation of the requests of DynamoDB Streams.

use std::ops::RangeInclusive;

use djamodb_core::plan::{DescribeStream, GetRecords, GetShardIterator, ListStreams, ShardPosition};

use super::constraints::Constraints;
use super::rule::stream;
use crate::error::ValidationError;

const ARN_CHARACTERS: RangeInclusive<usize> = 37..=1024;
const SHARD_ID_CHARACTERS: RangeInclusive<usize> = 28..=65;
const SEQUENCE_NUMBER_CHARACTERS: RangeInclusive<usize> = 21..=40;
const ITERATOR_CHARACTERS: RangeInclusive<usize> = 1..=2048;

pub(crate) fn list_streams(list: &ListStreams) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    if let Some(table) = &list.table {
        constraints.name(table, || "tableName".into());
    }
    limit(&mut constraints, list.limit);
    if let Some(arn) = &list.exclusive_start_stream_arn {
        constraints.length(arn, ARN_CHARACTERS, || "exclusiveStartStreamArn".into());
    }
    constraints.check()?;
    stream::limit(list.limit, "cannot be greater than the maximum allowed size:", ListStreams::LIMIT_MAX)?;
    list.exclusive_start_stream_arn.as_deref().map_or(Ok(()), stream::arn)
}

pub(crate) fn describe_stream(describe: &DescribeStream) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.length(&describe.stream_arn, ARN_CHARACTERS, || "streamArn".into());
    limit(&mut constraints, describe.limit);
    if let Some(id) = &describe.exclusive_start_shard_id {
        constraints.length(id, SHARD_ID_CHARACTERS, || "exclusiveStartShardId".into());
    }
    constraints.check()?;
    stream::arn(&describe.stream_arn)?;
    stream::limit(describe.limit, "cannot be greater than the maximum:", DescribeStream::LIMIT_MAX)
}

pub(crate) fn get_shard_iterator(get: &GetShardIterator) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.length(&get.stream_arn, ARN_CHARACTERS, || "streamArn".into());
    constraints.length(&get.shard_id, SHARD_ID_CHARACTERS, || "shardId".into());
    match &get.position {
        ShardPosition::AtSequenceNumber(number) | ShardPosition::AfterSequenceNumber(number) => {
            constraints.length(number, SEQUENCE_NUMBER_CHARACTERS, || "sequenceNumber".into());
        }
        ShardPosition::TrimHorizon | ShardPosition::Latest | ShardPosition::AtTimestamp(_) => {}
    }
    constraints.check()?;
    stream::arn(&get.stream_arn)
}

pub(crate) fn get_records(get: &GetRecords) -> Result<(), ValidationError> {
    let mut constraints = Constraints::default();
    constraints.length(&get.shard_iterator, ITERATOR_CHARACTERS, || "shardIterator".into());
    limit(&mut constraints, get.limit);
    constraints.check()?;
    stream::limit(get.limit, "should be less than or equal to", GetRecords::LIMIT_MAX)
}

/// Checks that a limit is at least 1. The service has a rule of its own for its maximum.
fn limit(constraints: &mut Constraints, limit: Option<u32>) {
    if let Some(limit) = limit {
        constraints.value(limit.into(), 1..=u64::MAX, || "limit".into());
    }
}
