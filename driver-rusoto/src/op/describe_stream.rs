//! [`DescribeStream`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html):
//! returns a stream with its shards.

use djamodb_core::plan::{DescribeStream, DescribeStreamOutput, Outcome};
use rusoto_dynamodbstreams::{DescribeStreamInput, DynamoDbStreams, DynamoDbStreamsClient};

use crate::convert::number;
use crate::convert::streams::description;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbStreamsClient, describe: DescribeStream) -> Result<Outcome, Failure> {
    if describe.child_shards_of.is_some() {
        return Err(Failure::unsupported("shard filters"));
    }
    let input = DescribeStreamInput {
        stream_arn: describe.stream_arn,
        exclusive_start_shard_id: describe.exclusive_start_shard_id,
        limit: describe.limit.map(number::to_integer),
    };

    let (response, metadata) = send(client.describe_stream(input)).await?;
    let output = DescribeStreamOutput { stream: description::from_rusoto(response.stream_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
