//! [`DescribeTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html):
//! returns the schema, the status and the size of a table.

use djamodb_core::plan::{DescribeTable, DescribeTableOutput, Outcome};
use rusoto_dynamodb::{DescribeTableInput, DynamoDb, DynamoDbClient};

use crate::convert::table;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, describe: DescribeTable) -> Result<Outcome, Failure> {
    let input = DescribeTableInput { table_name: describe.table.to_string() };

    let (response, metadata) = send(client.describe_table(input)).await?;
    let output = DescribeTableOutput { table: table::from_rusoto(response.table)? };
    Ok(Outcome { output: output.into(), metadata })
}
