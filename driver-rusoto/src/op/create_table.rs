//! [`CreateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html):
//! creates a table with its indexes.

use djamodb_core::plan::{CreateTable, CreateTableOutput, Outcome};
use djamodb_core::schema::Encryption;
use rusoto_dynamodb::{CreateTableInput, DynamoDb, DynamoDbClient};

use crate::convert::{encryption, index, key, schema, table};
use crate::error::Failure;
use crate::request::send;

/// Sends the request without time to live and point-in-time recovery, which separate operations set once the table is active.
pub(super) async fn execute(client: &DynamoDbClient, create: CreateTable) -> Result<Outcome, Failure> {
    let schema = create.schema;
    let (billing_mode, provisioned_throughput) = schema::billing_to_rusoto(schema.billing);
    let global_index = |index| index::global_to_rusoto(index, schema.billing);
    let input = CreateTableInput {
        table_name: schema.name.to_string(),
        attribute_definitions: key::definitions_to_rusoto(schema.attribute_definitions()),
        key_schema: key::to_rusoto(schema.key),
        billing_mode,
        provisioned_throughput,
        tags: schema::tags_to_rusoto(schema.tags),
        stream_specification: schema.stream.map(schema::stream_to_rusoto),
        global_secondary_indexes: non_empty(schema.global_indexes, global_index),
        local_secondary_indexes: non_empty(schema.local_indexes, index::local_to_rusoto),
        sse_specification: Some(schema.encryption)
            .filter(|encryption| *encryption != Encryption::AwsOwned)
            .map(encryption::to_rusoto),
    };

    let (response, metadata) = send(client.create_table(input)).await?;
    let output = CreateTableOutput { table: table::from_rusoto(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}

/// Converts the indexes. Returns `None` if there are none, because the service rejects an empty list.
fn non_empty<A, B>(indexes: Vec<A>, convert: impl FnMut(A) -> B) -> Option<Vec<B>> {
    (!indexes.is_empty()).then(|| indexes.into_iter().map(convert).collect())
}
