//! [`UpdateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html):
//! changes the billing, throughput, class, encryption, stream, indexes or deletion protection of a table.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    DeleteGlobalSecondaryIndexAction, GlobalSecondaryIndexUpdate as SdkIndexUpdate, UpdateGlobalSecondaryIndexAction,
};
use djamodb_core::plan::{GlobalIndexUpdate, Outcome, StreamUpdate, UpdateTable, UpdateTableOutput};
use djamodb_core::schema::{Billing, KeyAttribute};

use crate::convert::{encryption, index, key, schema, table, throughput};
use crate::error::Failure;
use crate::request::Call;

pub(super) async fn execute(call: &Call<'_>, update: UpdateTable) -> Result<Outcome, Failure> {
    let stream = update.stream.map(|stream| match stream {
        StreamUpdate::Enable(view) => schema::stream_to_sdk(view),
        StreamUpdate::Disable => schema::disabled_stream_to_sdk(),
    });
    let mut request = call
        .client
        .update_table()
        .table_name(update.table.as_str())
        .set_stream_specification(stream.transpose()?)
        .set_table_class(update.table_class.map(schema::class_to_sdk))
        .set_sse_specification(update.encryption.map(encryption::to_sdk))
        .set_on_demand_throughput(throughput::maximum_to_sdk(update.on_demand_maximum))
        .set_warm_throughput(throughput::warm_to_sdk(update.warm_throughput))
        .set_deletion_protection_enabled(update.deletion_protection);
    if let Some(billing) = update.billing {
        let (billing_mode, provisioned_throughput) = schema::billing_to_sdk(billing)?;
        request = request.billing_mode(billing_mode).set_provisioned_throughput(provisioned_throughput);
    }
    // Added one by one, because the service rejects an empty list.
    for definition in key::definitions_to_sdk(created_attributes(&update.global_indexes))? {
        request = request.attribute_definitions(definition);
    }
    for index in update.global_indexes {
        request = request.global_secondary_index_updates(index_update_to_sdk(index, update.billing)?);
    }

    let (response, metadata) = call.send(|| request.send()).await?;
    let output = UpdateTableOutput { table: table::from_sdk(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}

/// Returns the key attributes of all created indexes, each once. The service already knows those of existing indexes.
fn created_attributes(updates: &[GlobalIndexUpdate]) -> Vec<KeyAttribute> {
    let mut attributes: Vec<KeyAttribute> = Vec::new();
    for update in updates {
        let GlobalIndexUpdate::Create(index) = update else { continue };
        for attribute in index.key.attributes() {
            if !attributes.contains(attribute) {
                attributes.push(attribute.clone());
            }
        }
    }
    attributes
}

fn index_update_to_sdk(update: GlobalIndexUpdate, billing: Option<Billing>) -> Result<SdkIndexUpdate, BuildError> {
    let builder = SdkIndexUpdate::builder();
    Ok(match update {
        GlobalIndexUpdate::Create(index) => builder.create(index::create_action_to_sdk(index, billing)?),
        GlobalIndexUpdate::Update(update) => builder.update(
            UpdateGlobalSecondaryIndexAction::builder()
                .index_name(update.index.as_str())
                .set_provisioned_throughput(update.throughput.map(schema::throughput_to_sdk).transpose()?)
                .set_on_demand_throughput(throughput::maximum_to_sdk(update.on_demand_maximum))
                .set_warm_throughput(throughput::warm_to_sdk(update.warm_throughput))
                .build()?,
        ),
        GlobalIndexUpdate::Delete(index) => {
            builder.delete(DeleteGlobalSecondaryIndexAction::builder().index_name(index.as_str()).build()?)
        }
    }
    .build())
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{GlobalIndex, IndexProjection, KeySchema, Throughput};

    use super::*;

    #[test]
    fn defines_each_attribute_of_created_indexes_once() {
        let [kind, location] = ["kind", "location"].map(KeyAttribute::s);
        let index = |name: &str, key| GlobalIndex::new(name, key, IndexProjection::All);
        let update = UpdateTable::new("weather")
            .delete_index("old")
            .update_index("other", Throughput { read_units: 5, write_units: 5 })
            .create_index(index("kinds", KeySchema::hash_and_range(kind.clone(), location.clone())))
            .create_index(index("locations", KeySchema::hash(location.clone())));
        assert_eq!(created_attributes(&update.global_indexes), [kind, location]);
        assert_eq!(created_attributes(&update.global_indexes[..2]), []);
    }
}
