//! [`CreateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html):
//! creates a table with its indexes.

use djamodb_core::plan::{CreateTable, CreateTableOutput, Outcome};
use djamodb_core::schema::{Encryption, TableClass};

use crate::convert::{encryption, index, key, schema, table, throughput};
use crate::error::Failure;
use crate::request::Call;

/// Sends the request without time to live and point-in-time recovery, which separate operations set once the table is active.
pub(super) async fn execute(call: &Call<'_>, create: CreateTable) -> Result<Outcome, Failure> {
    let schema = create.schema;
    let definitions = key::definitions_to_sdk(schema.attribute_definitions())?;
    let (billing_mode, provisioned_throughput) = schema::billing_to_sdk(schema.billing)?;
    let mut request = call
        .client
        .create_table()
        .table_name(schema.name.as_str())
        .set_attribute_definitions(Some(definitions))
        .set_key_schema(Some(key::to_sdk(schema.key)?))
        .billing_mode(billing_mode)
        .set_provisioned_throughput(provisioned_throughput)
        .set_tags(schema::tags_to_sdk(schema.tags)?)
        .set_stream_specification(schema.stream.map(schema::stream_to_sdk).transpose()?)
        // The service's defaults of the following are left out, because some servers that speak DynamoDB's API do not know the
        // parameters.
        .set_table_class(
            Some(schema.table_class).filter(|class| *class != TableClass::default()).map(schema::class_to_sdk),
        )
        .set_sse_specification(
            Some(schema.encryption).filter(|encryption| *encryption != Encryption::AwsOwned).map(encryption::to_sdk),
        )
        .set_on_demand_throughput(throughput::maximum_to_sdk(schema.on_demand_maximum))
        .set_warm_throughput(throughput::warm_to_sdk(schema.warm_throughput))
        .set_resource_policy(schema.resource_policy)
        .set_deletion_protection_enabled(schema.deletion_protection.then_some(true));
    // Added one by one, because the service rejects an empty list.
    for index in schema.global_indexes {
        request = request.global_secondary_indexes(index::global_to_sdk(index, schema.billing)?);
    }
    for index in schema.local_indexes {
        request = request.local_secondary_indexes(index::local_to_sdk(index)?);
    }

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = CreateTableOutput { table: table::from_sdk(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}
