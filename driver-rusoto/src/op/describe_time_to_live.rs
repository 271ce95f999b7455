//! [`DescribeTimeToLive`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html):
//! returns the attribute by which items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, Outcome, TimeToLiveStatus};
use djamodb_core::value::Name;
use rusoto_dynamodb::{DescribeTimeToLiveInput, DynamoDb, DynamoDbClient, TimeToLiveDescription};

use crate::convert::InvalidResponse;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, describe: DescribeTimeToLive) -> Result<Outcome, Failure> {
    let input = DescribeTimeToLiveInput { table_name: describe.table.to_string() };

    let (response, metadata) = send(client.describe_time_to_live(input)).await?;
    Ok(Outcome { output: from_rusoto(response.time_to_live_description)?.into(), metadata })
}

fn from_rusoto(description: Option<TimeToLiveDescription>) -> Result<DescribeTimeToLiveOutput, InvalidResponse> {
    let TimeToLiveDescription { attribute_name, time_to_live_status } =
        description.ok_or(InvalidResponse::Missing("description of time to live"))?;
    let status = match time_to_live_status.as_deref() {
        Some("ENABLING") => TimeToLiveStatus::Enabling,
        Some("ENABLED") => TimeToLiveStatus::Enabled,
        Some("DISABLING") => TimeToLiveStatus::Disabling,
        Some("DISABLED") => TimeToLiveStatus::Disabled,
        Some(other) => return Err(InvalidResponse::unknown("status of time to live", other)),
        None => return Err(InvalidResponse::Missing("status of time to live")),
    };
    Ok(DescribeTimeToLiveOutput { status, attribute: attribute_name.map(Name::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: Option<&str>, attribute: Option<&str>) -> Result<DescribeTimeToLiveOutput, InvalidResponse> {
        from_rusoto(Some(TimeToLiveDescription {
            attribute_name: attribute.map(str::to_owned),
            time_to_live_status: status.map(str::to_owned),
        }))
    }

    #[test]
    fn reads_every_status() {
        for (status, expected) in [
            ("ENABLING", TimeToLiveStatus::Enabling),
            ("ENABLED", TimeToLiveStatus::Enabled),
            ("DISABLING", TimeToLiveStatus::Disabling),
        ] {
            let described = DescribeTimeToLiveOutput { status: expected, attribute: Some("expires".into()) };
            assert_eq!(read(Some(status), Some("expires")), Ok(described));
        }
        let disabled = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };
        assert_eq!(read(Some("DISABLED"), None), Ok(disabled));
        assert!(
            read(Some("UNHEARD_OF"), None).unwrap_err().to_string().contains("status of time to live `UNHEARD_OF`")
        );
        assert!(read(None, None).is_err());
        assert!(from_rusoto(None).is_err());
    }
}
