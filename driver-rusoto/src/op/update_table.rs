//! [`UpdateTable`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html):
//! changes the billing, stream, indexes or deletion protection of a table.

use djamodb_core::plan::{GlobalIndexUpdate, IndexUpdate, Outcome, StreamUpdate, UpdateTable, UpdateTableOutput};
use djamodb_core::schema::{Billing, KeyAttribute, KeySchema};
use djamodb_core::value::Name;
use rusoto_dynamodb::{
    DeleteGlobalSecondaryIndexAction, DynamoDb, DynamoDbClient, GlobalSecondaryIndexUpdate,
    UpdateGlobalSecondaryIndexAction, UpdateTableInput,
};

use crate::convert::{encryption, index, key, schema, table};
use crate::error::Failure;
use crate::request::send;

pub(super) async fn execute(client: &DynamoDbClient, update: UpdateTable) -> Result<Outcome, Failure> {
    let has_no_units =
        |index: &GlobalIndexUpdate| matches!(index, GlobalIndexUpdate::Update(IndexUpdate { throughput: None, .. }));
    if update.global_indexes.iter().any(has_no_units) {
        // The throughput is a required field in rusoto.
        return Err(Failure::unsupported("updates of indexes without throughput"));
    }

    let (response, metadata) = send(client.update_table(to_rusoto(update))).await?;
    let output = UpdateTableOutput { table: table::from_rusoto(response.table_description)? };
    Ok(Outcome { output: output.into(), metadata })
}

/// Converts the plan. Settings that do not change are left out, because the service rejects empty lists.
fn to_rusoto(update: UpdateTable) -> UpdateTableInput {
    let (billing_mode, provisioned_throughput) = update.billing.map(schema::billing_to_rusoto).unwrap_or_default();
    let definitions = created_attributes(&update.global_indexes);
    let index_update = |change| index_update_to_rusoto(change, update.billing);
    let index_updates: Vec<_> = update.global_indexes.into_iter().filter_map(index_update).collect();
    UpdateTableInput {
        table_name: update.table.to_string(),
        attribute_definitions: (!definitions.is_empty()).then(|| key::definitions_to_rusoto(definitions)),
        billing_mode,
        provisioned_throughput,
        global_secondary_index_updates: (!index_updates.is_empty()).then_some(index_updates),
        sse_specification: update.encryption.map(encryption::to_rusoto),
        stream_specification: update.stream.map(|stream| match stream {
            StreamUpdate::Enable(view) => schema::stream_to_rusoto(view),
            StreamUpdate::Disable => schema::disabled_stream_to_rusoto(),
        }),
        ..UpdateTableInput::default()
    }
}

/// Returns the key attributes of all created indexes, each once. The service already knows those of existing indexes.
fn created_attributes(updates: &[GlobalIndexUpdate]) -> Vec<KeyAttribute> {
    let created = updates.iter().filter_map(|update| match update {
        GlobalIndexUpdate::Create(index) => Some(&index.key),
        GlobalIndexUpdate::Update(_) | GlobalIndexUpdate::Delete(_) => None,
    });
    let mut attributes: Vec<KeyAttribute> = Vec::new();
    for attribute in created.flat_map(KeySchema::attributes) {
        if !attributes.contains(attribute) {
            attributes.push(attribute.clone());
        }
    }
    attributes
}

/// Returns `None` for an update of an index without a throughput, which `execute` refuses.
fn index_update_to_rusoto(update: GlobalIndexUpdate, billing: Option<Billing>) -> Option<GlobalSecondaryIndexUpdate> {
    let text = |name: Name| name.as_str().to_owned();
    let none = GlobalSecondaryIndexUpdate::default();
    Some(match update {
        GlobalIndexUpdate::Create(index) => {
            GlobalSecondaryIndexUpdate { create: Some(index::create_action_to_rusoto(index, billing)), ..none }
        }
        GlobalIndexUpdate::Update(IndexUpdate { index, throughput, .. }) => {
            let provisioned_throughput = schema::throughput_to_rusoto(throughput?);
            let update = UpdateGlobalSecondaryIndexAction { index_name: text(index), provisioned_throughput };
            GlobalSecondaryIndexUpdate { update: Some(update), ..none }
        }
        GlobalIndexUpdate::Delete(index) => {
            let delete = DeleteGlobalSecondaryIndexAction { index_name: text(index) };
            GlobalSecondaryIndexUpdate { delete: Some(delete), ..none }
        }
    })
}

#[cfg(test)]
mod tests {
    use djamodb_core::schema::{Encryption, GlobalIndex, IndexProjection, StreamView, Throughput};
    use rusoto_dynamodb::ProvisionedThroughput;

    use super::*;

    fn by_kind(throughput: Option<Throughput>) -> GlobalIndex {
        let key = KeySchema::hash_and_range(KeyAttribute::s("kind"), KeyAttribute::n("wind"));
        GlobalIndex { throughput, ..GlobalIndex::new("by_kind", key, IndexProjection::All) }
    }

    fn units(units: u64) -> Throughput {
        Throughput { read_units: units, write_units: units }
    }

    /// Returns the throughput of the first created index.
    fn created_throughput(update: UpdateTable) -> Option<ProvisionedThroughput> {
        let mut updates = to_rusoto(update).global_secondary_index_updates.unwrap();
        updates.remove(0).create.unwrap().provisioned_throughput
    }

    #[test]
    fn leaves_out_unchanged_settings() {
        let unchanged = UpdateTableInput { table_name: "weather".into(), ..UpdateTableInput::default() };
        assert_eq!(to_rusoto(UpdateTable::new("weather")), unchanged);

        let input = to_rusoto(UpdateTable::new("weather").delete_index("by_kind").update_index("by_wind", units(5)));
        assert_eq!((input.attribute_definitions, input.billing_mode, input.stream_specification), (None, None, None));
        let [delete, update] = input.global_secondary_index_updates.unwrap().try_into().unwrap();
        assert_eq!(delete.delete.unwrap().index_name, "by_kind");
        let update = update.update.unwrap();
        assert_eq!(update.index_name, "by_wind");
        assert_eq!(update.provisioned_throughput, schema::throughput_to_rusoto(units(5)));
    }

    #[test]
    fn defines_each_attribute_of_created_indexes_once() {
        let by_wind = GlobalIndex::new("by_wind", KeySchema::hash(KeyAttribute::n("wind")), IndexProjection::KeysOnly);
        let update = UpdateTable::new("weather").create_index(by_kind(None)).create_index(by_wind).delete_index("old");
        let expected = vec![KeyAttribute::s("kind"), KeyAttribute::n("wind")];
        assert_eq!(to_rusoto(update).attribute_definitions, Some(key::definitions_to_rusoto(expected)));
    }

    #[test]
    fn created_indexes_default_to_the_throughput_of_the_request() {
        let converted = |throughput| Some(schema::throughput_to_rusoto(throughput));
        let create = |own| UpdateTable::new("weather").create_index(by_kind(own));
        assert_eq!(created_throughput(create(None)), None);
        assert_eq!(created_throughput(create(Some(units(7)))), converted(units(7)));
        assert_eq!(created_throughput(create(None).billing(Billing::PayPerRequest)), None);
        assert_eq!(created_throughput(create(None).billing(Billing::Provisioned(units(5)))), converted(units(5)));
        assert_eq!(
            created_throughput(create(Some(units(7))).billing(Billing::Provisioned(units(5)))),
            converted(units(7))
        );
    }

    #[test]
    fn sends_changed_billing_stream_and_encryption() {
        let update = UpdateTable::new("weather").billing(Billing::Provisioned(units(5)));
        let input = to_rusoto(update.stream(StreamUpdate::Enable(StreamView::OldImage)));
        assert_eq!(input.billing_mode.as_deref(), Some("PROVISIONED"));
        assert_eq!(input.provisioned_throughput, Some(schema::throughput_to_rusoto(units(5))));
        assert_eq!(input.stream_specification, Some(schema::stream_to_rusoto(StreamView::OldImage)));
        let managed = to_rusoto(UpdateTable::new("weather").encryption(Encryption::AwsManaged));
        assert_eq!(managed.sse_specification, Some(encryption::to_rusoto(Encryption::AwsManaged)));
        let input = to_rusoto(UpdateTable::new("weather").stream(StreamUpdate::Disable));
        assert_eq!(input.stream_specification, Some(schema::disabled_stream_to_rusoto()));
    }
}
