//! [`ListTables`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html):
//! lists the names of tables, sorted.

use djamodb_core::plan::{ListTables, ListTablesOutput, Outcome};
use djamodb_core::value::Name;
use rusoto_dynamodb::{DynamoDb, DynamoDbClient, ListTablesInput};

use crate::convert::{InvalidResponse, number};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, list: ListTables) -> Result<Outcome, Failure> {
    let input = ListTablesInput {
        exclusive_start_table_name: list.exclusive_start_table_name.as_ref().map(Name::to_string),
        limit: list.limit.map(number::to_integer),
    };

    let (response, metadata) = send(client.list_tables(input)).await?;
    let names = response.table_names.ok_or(InvalidResponse::Missing("names of the tables"))?;
    let output = ListTablesOutput {
        table_names: names.into_iter().map(Name::from).collect(),
        last_evaluated_table_name: response.last_evaluated_table_name.map(Name::from),
    };
    Ok(Outcome { output: output.into(), metadata })
}
