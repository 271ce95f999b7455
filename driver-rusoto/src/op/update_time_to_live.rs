//! [`UpdateTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html):
//! sets the attribute by which items expire.

use djamodb_core::plan::{Outcome, UpdateTimeToLive, UpdateTimeToLiveOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, TimeToLiveSpecification, UpdateTimeToLiveInput};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, update: UpdateTimeToLive) -> Result<Outcome, Failure> {
    let specification =
        TimeToLiveSpecification { attribute_name: update.attribute.to_string(), enabled: update.enabled };
    let input =
        UpdateTimeToLiveInput { table_name: update.table.to_string(), time_to_live_specification: specification };

    let (response, metadata) = send(client.update_time_to_live(input)).await?;
    response.time_to_live_specification.ok_or(InvalidResponse::Missing("settings of time to live"))?;
    Ok(Outcome { output: UpdateTimeToLiveOutput {}.into(), metadata })
}
