//! `GetRecords`: changes from a place in a shard on.

use aws_sdk_dynamodbstreams::Client;
use djamodb_core::plan::{GetRecords, GetRecordsOutput, Outcome};

use crate::convert::number;
use crate::convert::streams::record;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_, Client>, get: GetRecords) -> Result<Outcome, Failure> {
    let request = call.client.get_records().shard_iterator(get.shard_iterator).set_limit(get.limit.map(number::to_i32));

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let records = answer.records.unwrap_or_default().into_iter();
    let output = GetRecordsOutput {
        records: records.map(record::from_sdk).collect::<Result<_, _>>()?,
        next_shard_iterator: answer.next_shard_iterator,
    };
    Ok(Outcome { output: output.into(), metadata })
}
