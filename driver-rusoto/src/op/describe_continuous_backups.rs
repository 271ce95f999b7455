//! `DescribeContinuousBackups`: whether, and to which points in time, a table can be restored.

use djamodb_core::plan::{DescribeContinuousBackups, DescribeContinuousBackupsOutput, Outcome};
use rusoto_dynamodb::{DescribeContinuousBackupsInput, DynamoDb, DynamoDbClient};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, describe: DescribeContinuousBackups) -> Result<Outcome, Failure> {
    let input = DescribeContinuousBackupsInput { table_name: describe.table.to_string() };

    let (answer, metadata) = send(client.describe_continuous_backups(input)).await?;
    let continuous_backups = backups::from_rusoto(answer.continuous_backups_description)?;
    Ok(Outcome { output: DescribeContinuousBackupsOutput { continuous_backups }.into(), metadata })
}
