//! [`GetRecords`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html):
//! reads records of a shard.

use djamodb_core::plan::{GetRecords, GetRecordsOutput, Outcome};
use rusoto_dynamodbstreams::{DynamoDbStreams, DynamoDbStreamsClient, GetRecordsInput};

use crate::convert::number;
use crate::convert::streams::record;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbStreamsClient, get: GetRecords) -> Result<Outcome, Failure> {
    let input = GetRecordsInput { shard_iterator: get.shard_iterator, limit: get.limit.map(number::to_integer) };

    let (response, metadata) = send(client.get_records(input)).await?;
    let records = response.records.unwrap_or_default();
    let output = GetRecordsOutput {
        records: records.into_iter().map(record::from_rusoto).collect::<Result<_, _>>()?,
        next_shard_iterator: response.next_shard_iterator,
    };
    Ok(Outcome { output: output.into(), metadata })
}
