//! [`DescribeStream`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html):
//! returns a stream with its shards.

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::types::{ShardFilter, ShardFilterType};
use djamodb_core::plan::{DescribeStream, DescribeStreamOutput, Outcome};

use crate::convert::number;
use crate::convert::streams::description;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, describe: DescribeStream) -> Result<Outcome, Failure> {
    let children_of = |shard| ShardFilter::builder().r#type(ShardFilterType::ChildShards).shard_id(shard).build();
    let request = call
        .client
        .describe_stream()
        .stream_arn(describe.stream_arn)
        .set_exclusive_start_shard_id(describe.exclusive_start_shard_id)
        .set_limit(describe.limit.map(number::to_i32))
        .set_shard_filter(describe.child_shards_of.map(children_of));

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = DescribeStreamOutput { stream: description::from_sdk(response.stream_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
