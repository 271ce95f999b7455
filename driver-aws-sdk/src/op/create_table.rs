//! `CreateTable`: a table with its indexes.

use djamodb_core::plan::{CreateTable, CreateTableOutput, Outcome};

use crate::convert::{index, key, schema, table};
use crate::error::Failure;
use crate::request::Call;

/// Time to live and point-in-time recovery are no part of this request: the service has operations of their own for them,
/// once the table is active.
pub(super) async fn execute(call: &Call<'_>, create: CreateTable) -> Result<Outcome, Failure> {
    let wanted = create.schema;
    let definitions = key::definitions_to_sdk(wanted.attribute_definitions())?;
    let (billing_mode, throughput) = schema::billing_to_sdk(wanted.billing)?;
    let mut request = call
        .client
        .create_table()
        .table_name(wanted.name.as_str())
        .set_attribute_definitions(Some(definitions))
        .set_key_schema(Some(key::to_sdk(wanted.key)?))
        .billing_mode(billing_mode)
        .set_provisioned_throughput(throughput)
        .set_tags(schema::tags_to_sdk(wanted.tags)?)
        .set_stream_specification(wanted.stream.map(schema::stream_to_sdk).transpose()?)
        // Off is what an absent parameter means. It is not sent, since not all that speak DynamoDB's protocol know it.
        .set_deletion_protection_enabled(wanted.deletion_protection.then_some(true));
    // One by one, since the service refuses an empty list where no list is meant.
    for index in wanted.global_indexes {
        request = request.global_secondary_indexes(index::global_to_sdk(index, wanted.billing)?);
    }
    for index in wanted.local_indexes {
        request = request.local_secondary_indexes(index::local_to_sdk(index)?);
    }

    let (answer, metadata) = call.send(|settings| request.customize().config_override(settings).send()).await?;
    let output = CreateTableOutput { table: table::from_sdk(answer.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
