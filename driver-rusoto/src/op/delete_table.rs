//! [`DeleteTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html):
//! deletes a table with its items and indexes.

use djamodb_core::plan::{DeleteTable, DeleteTableOutput, Outcome};
use rusoto_dynamodb::{DeleteTableInput, DynamoDb, DynamoDbClient};

use crate::convert::table;
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, delete: DeleteTable) -> Result<Outcome, Failure> {
    let input = DeleteTableInput { table_name: delete.table.to_string() };

    let (response, metadata) = send(client.delete_table(input)).await?;
    let output = DeleteTableOutput { table: table::from_rusoto(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
