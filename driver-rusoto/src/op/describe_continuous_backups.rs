//! [`DescribeContinuousBackups`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html):
//! returns the backup settings and the restorable times of a table.

use djamodb_core::plan::{DescribeContinuousBackups, DescribeContinuousBackupsOutput, Outcome};
use rusoto_dynamodb::{DescribeContinuousBackupsInput, DynamoDb, DynamoDbClient};

use crate::convert::backups;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, describe: DescribeContinuousBackups) -> Result<Outcome, Failure> {
    let input = DescribeContinuousBackupsInput { table_name: describe.table.to_string() };

    let (response, metadata) = send(client.describe_continuous_backups(input)).await?;
    let continuous_backups = backups::from_rusoto(response.continuous_backups_description)?;
    Ok(Outcome { output: DescribeContinuousBackupsOutput { continuous_backups }.into(), metadata })
}
