//! [`UpdateContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html):
//! enables or disables point-in-time recovery of a table.

use aws_sdk_dynamodb::types::PointInTimeRecoverySpecification;
use djamodb_core::plan::{Outcome, UpdateContinuousBackups, UpdateContinuousBackupsOutput};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, update: UpdateContinuousBackups) -> Result<Outcome, Failure> {
    let specification = PointInTimeRecoverySpecification::builder()
        .point_in_time_recovery_enabled(update.point_in_time_recovery)
        .build()?;
    let request = call
        .client
        .update_continuous_backups()
        .table_name(update.table.as_str())
        .point_in_time_recovery_specification(specification);

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = UpdateContinuousBackupsOutput {
        continuous_backups: backups::from_sdk(response.continuous_backups_description)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
