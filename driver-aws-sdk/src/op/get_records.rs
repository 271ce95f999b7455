//! [`GetRecords`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html):
//! reads records of a shard.

use aws_sdk_dynamodbstreams::Client;
use djamodb_core::plan::{GetRecords, GetRecordsOutput, Outcome};

use crate::convert::number;
use crate::convert::streams::record;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, get: GetRecords) -> Result<Outcome, Failure> {
    let request = call.client.get_records().shard_iterator(get.shard_iterator).set_limit(get.limit.map(number::to_i32));

    let (response, metadata) = call.send(|| request.send()).await?;
    let records = response.records.unwrap_or_default().into_iter();
    let output = GetRecordsOutput {
        records: records.map(record::from_sdk).collect::<Result<_, _>>()?,
        next_shard_iterator: response.next_shard_iterator,
    };
    Ok(Outcome { output: output.into(), metadata })
}
