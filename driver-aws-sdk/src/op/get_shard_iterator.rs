//! [`GetShardIterator`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html):
//! returns an iterator at a position of a shard.

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::types::ShardIteratorType;
use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput, Outcome, ShardPosition};

use crate::convert::{InvalidResponse, time};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, get: GetShardIterator) -> Result<Outcome, Failure> {
    let (iterator_type, sequence_number, timestamp) = match get.position {
        ShardPosition::TrimHorizon => (ShardIteratorType::TrimHorizon, None, None),
        ShardPosition::Latest => (ShardIteratorType::Latest, None, None),
        ShardPosition::AtSequenceNumber(number) => (ShardIteratorType::AtSequenceNumber, Some(number), None),
        ShardPosition::AfterSequenceNumber(number) => (ShardIteratorType::AfterSequenceNumber, Some(number), None),
        ShardPosition::AtTimestamp(time) => (ShardIteratorType::AtTimestamp, None, Some(time::to_sdk(time))),
    };
    let request = call
        .client
        .get_shard_iterator()
        .stream_arn(get.stream_arn)
        .shard_id(get.shard_id)
        .shard_iterator_type(iterator_type)
        .set_sequence_number(sequence_number)
        .set_timestamp(timestamp);

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = GetShardIteratorOutput {
        shard_iterator: response.shard_iterator.ok_or(InvalidResponse::Missing("shard iterator"))?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
