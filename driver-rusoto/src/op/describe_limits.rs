//! `DescribeLimits`: how much capacity an account may set aside.

use djamodb_core::plan::{DescribeLimits, DescribeLimitsOutput, Outcome};
use rusoto_dynamodb::{DynamoDb, DynamoDbClient};

use crate::convert::number;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, DescribeLimits {}: DescribeLimits) -> Result<Outcome, Failure> {
    let (answer, metadata) = send(client.describe_limits()).await?;
    let output = DescribeLimitsOutput {
        account_max_read_capacity_units: number::to_u64(answer.account_max_read_capacity_units),
        account_max_write_capacity_units: number::to_u64(answer.account_max_write_capacity_units),
        table_max_read_capacity_units: number::to_u64(answer.table_max_read_capacity_units),
        table_max_write_capacity_units: number::to_u64(answer.table_max_write_capacity_units),
    };
    Ok(Outcome { output: output.into(), metadata })
}
