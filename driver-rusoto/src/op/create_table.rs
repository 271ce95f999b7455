//! `CreateTable`: a table with its indexes.

use djamodb_core::plan::{CreateTable, CreateTableOutput, Outcome};
use rusoto_dynamodb::{CreateTableInput, DynamoDb, DynamoDbClient};

use crate::convert::{index, key, schema, table};
use crate::error::Failure;
use crate::request::send;

/// Time to live and point-in-time recovery are no part of this request: the service has operations of their own for
/// them, once the table is active.
pub(super) async fn execute(client: &DynamoDbClient, create: CreateTable) -> Result<Outcome, Failure> {
    let wanted = create.schema;
    if wanted.deletion_protection {
        return Err(Failure::unsupported("deletion protection"));
    }
    let (billing_mode, provisioned_throughput) = schema::billing_to_rusoto(wanted.billing);
    let global_index = |index| index::global_to_rusoto(index, wanted.billing);
    let input = CreateTableInput {
        table_name: wanted.name.to_string(),
        attribute_definitions: key::definitions_to_rusoto(wanted.attribute_definitions()),
        key_schema: key::to_rusoto(wanted.key),
        billing_mode,
        provisioned_throughput,
        tags: schema::tags_to_rusoto(wanted.tags),
        stream_specification: wanted.stream.map(schema::stream_to_rusoto),
        global_secondary_indexes: all(wanted.global_indexes, global_index),
        local_secondary_indexes: all(wanted.local_indexes, index::local_to_rusoto),
        ..CreateTableInput::default()
    };

    let (answer, metadata) = send(client.create_table(input)).await?;
    let output = CreateTableOutput { table: table::from_rusoto(answer.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}

/// The indexes, if there are any: the service refuses an empty list where no list is meant.
fn all<A, B>(indexes: Vec<A>, convert: impl FnMut(A) -> B) -> Option<Vec<B>> {
    (!indexes.is_empty()).then(|| indexes.into_iter().map(convert).collect())
}
