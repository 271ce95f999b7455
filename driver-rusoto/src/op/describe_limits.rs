//! [`DescribeLimits`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html):
//! returns the account's capacity quotas.

use djamodb_core::plan::{DescribeLimits, DescribeLimitsOutput, Outcome};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient};

use crate::convert::{InvalidResponse, number};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, DescribeLimits {}: DescribeLimits) -> Result<Outcome, Failure> {
    let (response, metadata) = send(client.describe_limits()).await?;
    let units = |limit: Option<i64>| {
        limit.map_or(Err(InvalidResponse::Missing("limits of the account")), |limit| Ok(number::to_u64(Some(limit))))
    };
    let output = DescribeLimitsOutput {
        account_max_read_capacity_units: units(response.account_max_read_capacity_units)?,
        account_max_write_capacity_units: units(response.account_max_write_capacity_units)?,
        table_max_read_capacity_units: units(response.table_max_read_capacity_units)?,
        table_max_write_capacity_units: units(response.table_max_write_capacity_units)?,
    };
    Ok(Outcome { output: output.into(), metadata })
}
