//! [`GetShardIterator`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html):
//! returns an iterator at a position of a shard.

use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput, Outcome, ShardPosition};
use rusoto_dynamodbstreams::{DynamoDbStreams, DynamoDbStreamsClient, GetShardIteratorInput};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbStreamsClient, get: GetShardIterator) -> Result<Outcome, Failure> {
    let (shard_iterator_type, sequence_number) = to_rusoto(get.position)?;
    let input = GetShardIteratorInput {
        stream_arn: get.stream_arn,
        shard_id: get.shard_id,
        shard_iterator_type: shard_iterator_type.to_owned(),
        sequence_number,
    };

    let (response, metadata) = send(client.get_shard_iterator(input)).await?;
    let shard_iterator = response.shard_iterator.ok_or(InvalidResponse::Missing("shard iterator"))?;
    Ok(Outcome { output: GetShardIteratorOutput { shard_iterator }.into(), metadata })
}

/// Returns the iterator type, and the sequence number for positions that have one.
fn to_rusoto(position: ShardPosition) -> Result<(&'static str, Option<String>), Failure> {
    Ok(match position {
        ShardPosition::TrimHorizon => ("TRIM_HORIZON", None),
        ShardPosition::Latest => ("LATEST", None),
        ShardPosition::AtSequenceNumber(number) => ("AT_SEQUENCE_NUMBER", Some(number)),
        ShardPosition::AfterSequenceNumber(number) => ("AFTER_SEQUENCE_NUMBER", Some(number)),
        ShardPosition::AtTimestamp(_) => return Err(Failure::unsupported("shard iterators at a timestamp")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_positions_and_rejects_timestamps() {
        let number = || "100".to_owned();
        for (position, expected) in [
            (ShardPosition::TrimHorizon, ("TRIM_HORIZON", None)),
            (ShardPosition::Latest, ("LATEST", None)),
            (ShardPosition::AtSequenceNumber(number()), ("AT_SEQUENCE_NUMBER", Some(number()))),
            (ShardPosition::AfterSequenceNumber(number()), ("AFTER_SEQUENCE_NUMBER", Some(number()))),
        ] {
            assert_eq!(to_rusoto(position).unwrap(), expected);
        }
        assert!(to_rusoto(ShardPosition::AtTimestamp(chrono::DateTime::UNIX_EPOCH)).is_err());
    }
}
