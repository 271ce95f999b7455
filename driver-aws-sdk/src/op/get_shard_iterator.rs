//! `GetShardIterator`: a place in a shard, to read from.

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::types::ShardIteratorType;
use djamodb_core::plan::{GetShardIterator, GetShardIteratorOutput, Outcome, ShardPosition};

use crate::convert::{Unreadable, time};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, get: GetShardIterator) -> Result<Outcome, Failure> {
    let (iterator_type, sequence_number, timestamp) = match get.position {
        ShardPosition::TrimHorizon => (ShardIteratorType::TrimHorizon, None, None),
        ShardPosition::Latest => (ShardIteratorType::Latest, None, None),
        ShardPosition::AtSequenceNumber(number) => (ShardIteratorType::AtSequenceNumber, Some(number), None),
        ShardPosition::AfterSequenceNumber(number) => (ShardIteratorType::AfterSequenceNumber, Some(number), None),
        ShardPosition::AtTimestamp(moment) => (ShardIteratorType::AtTimestamp, None, Some(time::to_sdk(moment))),
    };
    let request = call
        .client
        .get_shard_iterator()
        .stream_arn(get.stream_arn)
        .shard_id(get.shard_id)
        .shard_iterator_type(iterator_type)
        .set_sequence_number(sequence_number)
        .set_timestamp(timestamp);

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = GetShardIteratorOutput {
        shard_iterator: answer.shard_iterator.ok_or(Unreadable::Missing("place in the shard"))?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
