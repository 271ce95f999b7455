//! `DescribeTimeToLive`: by which attribute items expire.

use djamodb_core::plan::{DescribeTimeToLive, DescribeTimeToLiveOutput, Outcome, TimeToLiveStatus};
use djamodb_core::value::Name;
use rusoto_dynamodb::{DescribeTimeToLiveInput, DynamoDb, DynamoDbClient, TimeToLiveDescription};

use crate::convert::Unreadable;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, describe: DescribeTimeToLive) -> Result<Outcome, Failure> {
    let input = DescribeTimeToLiveInput { table_name: describe.table.to_string() };

    let (answer, metadata) = send(client.describe_time_to_live(input)).await?;
    Ok(Outcome { output: from_rusoto(answer.time_to_live_description)?.into(), metadata })
}

fn from_rusoto(description: Option<TimeToLiveDescription>) -> Result<DescribeTimeToLiveOutput, Unreadable> {
    let TimeToLiveDescription { attribute_name, time_to_live_status } =
        description.ok_or(Unreadable::Missing("description of the time to live"))?;
    let status = match time_to_live_status.as_deref() {
        Some("ENABLING") => TimeToLiveStatus::Enabling,
        Some("ENABLED") => TimeToLiveStatus::Enabled,
        Some("DISABLING") => TimeToLiveStatus::Disabling,
        Some("DISABLED") => TimeToLiveStatus::Disabled,
        Some(other) => return Err(Unreadable::unknown("time to live status", other)),
        None => return Err(Unreadable::Missing("status of the time to live")),
    };
    Ok(DescribeTimeToLiveOutput { status, attribute: attribute_name.map(Name::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: Option<&str>, attribute: Option<&str>) -> Result<DescribeTimeToLiveOutput, Unreadable> {
        from_rusoto(Some(TimeToLiveDescription {
            attribute_name: attribute.map(str::to_owned),
            time_to_live_status: status.map(str::to_owned),
        }))
    }

    #[test]
    fn every_state_is_known() {
        for (status, expected) in [
            ("ENABLING", TimeToLiveStatus::Enabling),
            ("ENABLED", TimeToLiveStatus::Enabled),
            ("DISABLING", TimeToLiveStatus::Disabling),
        ] {
            let described = DescribeTimeToLiveOutput { status: expected, attribute: Some("expires".into()) };
            assert_eq!(read(Some(status), Some("expires")), Ok(described));
        }
        let none = DescribeTimeToLiveOutput { status: TimeToLiveStatus::Disabled, attribute: None };
        assert_eq!(read(Some("DISABLED"), None), Ok(none));
        assert!(read(Some("RESTING"), None).unwrap_err().to_string().contains("time to live status `RESTING`"));
        assert!(read(None, None).is_err());
        assert!(from_rusoto(None).is_err());
    }
}
