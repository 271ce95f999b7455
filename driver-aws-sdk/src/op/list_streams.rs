//! [`ListStreams`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html):
//! lists the streams of one or all tables.

use aws_sdk_dynamodbstreams::Client;
use djamodb_core::plan::{ListStreams, ListStreamsOutput, Outcome};
use djamodb_core::value::Name;

use crate::convert::number;
use crate::convert::streams::description;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, list: ListStreams) -> Result<Outcome, Failure> {
    let request = call
        .client
        .list_streams()
        .set_table_name(list.table.as_ref().map(Name::to_string))
        .set_exclusive_start_stream_arn(list.exclusive_start_stream_arn)
        .set_limit(list.limit.map(number::to_i32));

    let (response, metadata) = call.send(|| request.send()).await?;
    let streams = response.streams.unwrap_or_default().into_iter();
    let output = ListStreamsOutput {
        streams: streams.map(description::stream_from_sdk).collect::<Result<_, _>>()?,
        last_evaluated_stream_arn: response.last_evaluated_stream_arn,
    };
    Ok(Outcome { output: output.into(), metadata })
}
