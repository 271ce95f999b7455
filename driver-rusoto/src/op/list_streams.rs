//! [`ListStreams`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html):
//! lists the streams of one or all tables.

use djamodb_core::plan::{ListStreams, ListStreamsOutput, Outcome};
use djamodb_core::value::Name;
use rusoto_dynamodbstreams::{DynamoDbStreams, DynamoDbStreamsClient, ListStreamsInput};

use crate::convert::number;
use crate::convert::streams::description;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbStreamsClient, list: ListStreams) -> Result<Outcome, Failure> {
    let input = ListStreamsInput {
        table_name: list.table.as_ref().map(Name::to_string),
        exclusive_start_stream_arn: list.exclusive_start_stream_arn,
        limit: list.limit.map(number::to_integer),
    };

    let (response, metadata) = send(client.list_streams(input)).await?;
    let streams = response.streams.unwrap_or_default();
    let output = ListStreamsOutput {
        streams: streams.into_iter().map(description::stream_from_rusoto).collect::<Result<_, _>>()?,
        last_evaluated_stream_arn: response.last_evaluated_stream_arn,
    };
    Ok(Outcome { output: output.into(), metadata })
}
