//! `DescribeTimeToLive`: by which attribute items expire.

use aws_sdk_dynamodb::types::{TimeToLiveDescription, TimeToLiveStatus as SdkStatus};
use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, Outcome, TimeToLiveStatus};
use djamodb_core::value::Name;

use crate::convert::Unreadable;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, describe: DescribeTimeToLive) -> Result<Outcome, Failure> {
    let request = call.client.describe_time_to_live().table_name(describe.table.as_str());

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = from_sdk(answer.time_to_live_description)?;
    Ok(Outcome { output: output.into(), metadata })
}

/// Of a table on which nothing was ever set, the service may say as little as nothing.
fn from_sdk(description: Option<TimeToLiveDescription>) -> Result<DescribeTimeToLiveOutput, Unreadable> {
    let (status, attribute) = match description {
        Some(description) => (description.time_to_live_status, description.attribute_name),
        None => (None, None),
    };
    let status = match status {
        Some(SdkStatus::Enabling) => TimeToLiveStatus::Enabling,
        Some(SdkStatus::Enabled) => TimeToLiveStatus::Enabled,
        Some(SdkStatus::Disabling) => TimeToLiveStatus::Disabling,
        Some(SdkStatus::Disabled) | None => TimeToLiveStatus::Disabled,
        Some(other) => return Err(Unreadable::unknown("status of time to live", other.as_str())),
    };
    Ok(DescribeTimeToLiveOutput { status, attribute: attribute.map(Name::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_nothing_set() {
        let disabled = TimeToLiveDescription::builder().time_to_live_status(SdkStatus::Disabled).build();
        let nothing = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };
        for description in [None, Some(TimeToLiveDescription::builder().build()), Some(disabled)] {
            assert_eq!(from_sdk(description).unwrap(), nothing);
        }
        let set = TimeToLiveDescription::builder().time_to_live_status(SdkStatus::Enabling).attribute_name("expires");
        let set = from_sdk(Some(set.build())).unwrap();
        assert_eq!((set.status, set.attribute), (TimeToLiveStatus::Enabling, Some("expires".into())));
    }
}
