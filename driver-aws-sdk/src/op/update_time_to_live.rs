//! [`UpdateTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html):
//! sets the attribute by which items expire.

use aws_sdk_dynamodb::types::TimeToLiveSpecification;
use djamodb_core::plan::{Outcome, UpdateTimeToLive, UpdateTimeToLiveOutput};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, update: UpdateTimeToLive) -> Result<Outcome, Failure> {
    let specification =
        TimeToLiveSpecification::builder().attribute_name(update.attribute.as_str()).enabled(update.enabled).build()?;
    let request =
        call.client.update_time_to_live().table_name(update.table.as_str()).time_to_live_specification(specification);

    let (response, metadata) = call.send(|| request.send()).await?;
    response.time_to_live_specification.ok_or(InvalidResponse::Missing("settings of time to live"))?;
    Ok(Outcome { output: UpdateTimeToLiveOutput {}.into(), metadata })
}
