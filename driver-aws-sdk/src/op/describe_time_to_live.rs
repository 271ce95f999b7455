//! [`DescribeTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html):
//! returns the attribute by which items expire.

use aws_sdk_dynamodb::types::{TimeToLiveDescription, TimeToLiveStatus as SdkStatus};
use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, Outcome, TimeToLiveStatus};
use djamodb_core::value::Name;

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeTimeToLive) -> Result<Outcome, Failure> {
    let request = call.client.describe_time_to_live().table_name(describe.table.as_str());

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = from_sdk(response.time_to_live_description)?;
    Ok(Outcome { output: output.into(), metadata })
}

/// Converts the description. The service may leave out its parts if time to live was never enabled.
fn from_sdk(description: Option<TimeToLiveDescription>) -> Result<DescribeTimeToLiveOutput, InvalidResponse> {
    let description = description.ok_or(InvalidResponse::Missing("description of time to live"))?;
    let status = match description.time_to_live_status {
        Some(SdkStatus::Enabling) => TimeToLiveStatus::Enabling,
        Some(SdkStatus::Enabled) => TimeToLiveStatus::Enabled,
        Some(SdkStatus::Disabling) => TimeToLiveStatus::Disabling,
        Some(SdkStatus::Disabled) | None => TimeToLiveStatus::Disabled,
        Some(other) => return Err(InvalidResponse::unknown("status of time to live", other.as_str())),
    };
    Ok(DescribeTimeToLiveOutput { status, attribute: description.attribute_name.map(Name::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_status_is_disabled() {
        let disabled = TimeToLiveDescription::builder().time_to_live_status(SdkStatus::Disabled).build();
        let expected = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };
        for description in [TimeToLiveDescription::builder().build(), disabled] {
            assert_eq!(from_sdk(Some(description)).unwrap(), expected);
        }
        let enabling =
            TimeToLiveDescription::builder().time_to_live_status(SdkStatus::Enabling).attribute_name("expires");
        let description = from_sdk(Some(enabling.build())).unwrap();
        assert_eq!((description.status, description.attribute), (TimeToLiveStatus::Enabling, Some("expires".into())));
        assert_eq!(from_sdk(None), Err(InvalidResponse::Missing("description of time to live")));
    }
}
