//! Table descriptions.

use aws_sdk_dynamodb::types::TableDescription as SdkTable;
use djamodb_core::plan::{LatestStream, TableDescription};
use djamodb_core::schema::{TableSchema, WarmThroughput};

use super::{InvalidResponse, encryption, index, index_description, key, number, schema, status, throughput, time};

/// Converts a table description. It has no tags, time to live, point-in-time recovery or resource policy, which other operations return.
pub(crate) fn from_sdk(table: Option<SdkTable>) -> Result<TableDescription, InvalidResponse> {
    let table = table.ok_or(InvalidResponse::Missing("description of the table"))?;
    let definitions = key::definitions_from_sdk(table.attribute_definitions.unwrap_or_default())?;
    let billing_mode = table.billing_mode_summary.and_then(|summary| summary.billing_mode);
    let billing = schema::billing_from_sdk(billing_mode, table.provisioned_throughput)?;
    let global_indexes = table.global_secondary_indexes.unwrap_or_default();
    let local_indexes = table.local_secondary_indexes.unwrap_or_default();
    let (encryption, encryption_status) = encryption::from_sdk(table.sse_description)?;
    let latest_stream = table.latest_stream_arn.zip(table.latest_stream_label);

    Ok(TableDescription {
        indexes: index_description::all_from_sdk(&local_indexes, &global_indexes)?,
        schema: TableSchema {
            name: table.table_name.ok_or(InvalidResponse::Missing("name of the table"))?.into(),
            key: key::from_sdk(table.key_schema.unwrap_or_default(), &definitions)?,
            global_indexes: index::globals_from_sdk(global_indexes, &definitions, billing)?,
            local_indexes: local_indexes
                .into_iter()
                .map(|index| index::local_from_sdk(index, &definitions))
                .collect::<Result<_, _>>()?,
            billing,
            on_demand_maximum: throughput::maximum_from_sdk(table.on_demand_throughput),
            warm_throughput: WarmThroughput::UNSPECIFIED,
            encryption,
            resource_policy: None,
            table_class: schema::class_from_sdk(table.table_class_summary)?,
            tags: Vec::new(),
            time_to_live: None,
            stream: schema::stream_from_sdk(table.stream_specification)?,
            point_in_time_recovery: false,
            deletion_protection: table.deletion_protection_enabled.unwrap_or_default(),
        },
        arn: table.table_arn,
        status: status::table_from_sdk(table.table_status)?,
        created_at: table.creation_date_time.and_then(time::from_sdk),
        item_count: table.item_count.map(number::to_u64).unwrap_or_default(),
        size_bytes: table.table_size_bytes.map(number::to_u64).unwrap_or_default(),
        latest_stream: latest_stream.map(|(arn, label)| LatestStream { arn, label }),
        encryption_status,
        warm_throughput: throughput::warm_of_table_from_sdk(table.warm_throughput)?,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::primitives::DateTime as SdkDateTime;
    use aws_sdk_dynamodb::types::{
        BillingMode, BillingModeSummary, GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription,
        ProvisionedThroughputDescription, StreamSpecification, TableStatus as SdkStatus,
    };
    use djamodb_core::plan::TableStatus;
    use djamodb_core::schema::{
        Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, Throughput,
    };

    use super::*;

    fn units(throughput: Throughput) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription::builder()
            .read_capacity_units(throughput.read_units.cast_signed())
            .write_capacity_units(throughput.write_units.cast_signed())
            .build()
    }

    /// Returns the description of an active table with the given schema.
    fn described(schema: &TableSchema) -> SdkTable {
        let mut table = SdkTable::builder()
            .table_name(schema.name.as_str())
            .table_status(SdkStatus::Active)
            .set_attribute_definitions(Some(key::definitions_to_sdk(schema.attribute_definitions()).unwrap()))
            .set_key_schema(Some(key::to_sdk(schema.key.clone()).unwrap()))
            .set_stream_specification(schema.stream.map(|view| schema::stream_to_sdk(view).unwrap()))
            .creation_date_time(SdkDateTime::from_secs_and_nanos(1_420_070_400, 500_000_000))
            .item_count(3)
            .table_size_bytes(99);
        table = match schema.billing {
            Billing::Provisioned(throughput) => table.provisioned_throughput(units(throughput)),
            Billing::PayPerRequest => table
                .billing_mode_summary(BillingModeSummary::builder().billing_mode(BillingMode::PayPerRequest).build()),
        };
        for index in schema.global_indexes.iter().cloned() {
            let sent = index::global_to_sdk(index, schema.billing).unwrap();
            let throughput = sent.provisioned_throughput.map(|throughput| {
                ProvisionedThroughputDescription::builder()
                    .read_capacity_units(throughput.read_capacity_units)
                    .write_capacity_units(throughput.write_capacity_units)
                    .build()
            });
            table = table.global_secondary_indexes(
                GlobalSecondaryIndexDescription::builder()
                    .index_name(sent.index_name)
                    .set_key_schema(Some(sent.key_schema))
                    .set_projection(sent.projection)
                    .set_provisioned_throughput(throughput)
                    .build(),
            );
        }
        for index in schema.local_indexes.iter().cloned() {
            let sent = index::local_to_sdk(index).unwrap();
            table = table.local_secondary_indexes(
                LocalSecondaryIndexDescription::builder()
                    .index_name(sent.index_name)
                    .set_key_schema(Some(sent.key_schema))
                    .set_projection(sent.projection)
                    .build(),
            );
        }
        table.build()
    }

    fn schema() -> TableSchema {
        let key = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::s("date"));
        let mut schema = TableSchema::new("weather", key);
        let many = KeySchema {
            hash: vec![KeyAttribute::s("tenant"), KeyAttribute::n("year")],
            range: vec![KeyAttribute::s("kind"), KeyAttribute::b("digest")],
        };
        schema.global_indexes.push(GlobalIndex::new("many", many, IndexProjection::Include(vec!["wind".into()])));
        let keys = KeySchema::hash(KeyAttribute::s("kind"));
        schema.global_indexes.push(GlobalIndex::new("kinds", keys, IndexProjection::KeysOnly));
        let local = KeySchema::hash_and_range(KeyAttribute::s("location"), KeyAttribute::n("year"));
        schema.local_indexes.push(LocalIndex::new("years", local, IndexProjection::All));
        schema
    }

    #[test]
    fn a_description_contains_the_whole_schema() {
        let mut schema = schema();
        let description = from_sdk(Some(described(&schema))).unwrap();
        assert_eq!(description.schema, schema);
        assert_eq!(description.status, TableStatus::Active);
        assert_eq!(description.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00.500+00:00");
        assert_eq!((description.item_count, description.size_bytes), (3, 99));

        schema.billing = Billing::Provisioned(Throughput { read_units: 5, write_units: 6 });
        schema.global_indexes[0].throughput = Some(Throughput { read_units: 7, write_units: 8 });
        schema.stream = Some(StreamView::NewImage);
        assert_eq!(from_sdk(Some(described(&schema))).unwrap().schema, schema);
    }

    #[test]
    fn deleting_tables_may_have_no_key() {
        let table = SdkTable::builder().table_name("weather").table_status(SdkStatus::Deleting).build();
        let table = from_sdk(Some(table)).unwrap();
        assert_eq!(table.status, TableStatus::Deleting);
        assert_eq!(table.schema.key.attributes().count(), 0);
    }

    #[test]
    fn errors_name_unknown_and_missing_values() {
        let message = |table: SdkTable| from_sdk(Some(table)).unwrap_err().to_string();
        let mut table = described(&schema());
        table.table_status = Some(SdkStatus::from("UNHEARD_OF"));
        assert!(message(table).contains("table status `UNHEARD_OF`"));
        let mut table = described(&schema());
        table.attribute_definitions = None;
        assert!(message(table).contains("`location`"));
        let mut table = described(&schema());
        table.stream_specification =
            Some(StreamSpecification::builder().stream_enabled(true).stream_view_type("NEW".into()).build().unwrap());
        assert!(message(table).contains("stream view `NEW`"));
        assert!(from_sdk(None).is_err());
    }
}
