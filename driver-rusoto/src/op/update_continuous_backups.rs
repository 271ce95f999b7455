//! [`UpdateContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html):
//! enables or disables point-in-time recovery of a table.

use djamodb_core::plan::{Outcome, UpdateContinuousBackups, UpdateContinuousBackupsOutput};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, PointInTimeRecoverySpecification, UpdateContinuousBackupsInput};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, update: UpdateContinuousBackups) -> Result<Outcome, Failure> {
    let input = UpdateContinuousBackupsInput {
        table_name: update.table.to_string(),
        point_in_time_recovery_specification: PointInTimeRecoverySpecification {
            point_in_time_recovery_enabled: update.point_in_time_recovery,
        },
    };

    let (response, metadata) = send(client.update_continuous_backups(input)).await?;
    let continuous_backups = backups::from_rusoto(response.continuous_backups_description)?;
    Ok(Outcome { output: UpdateContinuousBackupsOutput { continuous_backups }.into(), metadata })
}
