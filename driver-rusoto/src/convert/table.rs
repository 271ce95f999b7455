//! Table descriptions.

use djamodb_core::plan::{LatestStream, TableDescription, TableStatus};
use djamodb_core::schema::{OnDemandMaximum, TableClass, TableSchema, WarmThroughput};
use rusoto_dynamodb::TableDescription as RusotoTable;

use super::{InvalidResponse, encryption, index, index_description, key, number, schema, time};

/// Converts a table description. It has no tags, time to live, point-in-time recovery or resource policy, which other operations return.
pub(crate) fn from_rusoto(table: Option<RusotoTable>) -> Result<TableDescription, InvalidResponse> {
    let table = table.ok_or(InvalidResponse::Missing("description of the table"))?;
    let definitions = key::definitions_from_rusoto(table.attribute_definitions.unwrap_or_default())?;
    let billing_mode = table.billing_mode_summary.and_then(|summary| summary.billing_mode);
    let billing = schema::billing_from_rusoto(billing_mode.as_deref(), table.provisioned_throughput)?;
    let global_indexes = table.global_secondary_indexes.unwrap_or_default();
    let local_indexes = table.local_secondary_indexes.unwrap_or_default();
    let (encryption, encryption_status) = encryption::from_rusoto(table.sse_description)?;
    let latest_stream = table.latest_stream_arn.zip(table.latest_stream_label);

    Ok(TableDescription {
        indexes: index_description::all_from_rusoto(&local_indexes, &global_indexes)?,
        schema: TableSchema {
            name: table.table_name.ok_or(InvalidResponse::Missing("name of the table"))?.into(),
            key: key::from_rusoto(table.key_schema.unwrap_or_default(), &definitions)?,
            global_indexes: index::globals_from_rusoto(global_indexes, &definitions, billing)?,
            local_indexes: local_indexes
                .into_iter()
                .map(|index| index::local_from_rusoto(index, &definitions))
                .collect::<Result<_, _>>()?,
            billing,
            on_demand_maximum: OnDemandMaximum::NONE,
            warm_throughput: WarmThroughput::UNSPECIFIED,
            encryption,
            resource_policy: None,
            table_class: TableClass::Standard,
            tags: Vec::new(),
            time_to_live: None,
            stream: schema::stream_from_rusoto(table.stream_specification)?,
            point_in_time_recovery: false,
            deletion_protection: false,
        },
        arn: table.table_arn,
        status: status_from_rusoto(table.table_status.as_deref())?,
        created_at: table.creation_date_time.and_then(time::from_rusoto),
        item_count: number::to_u64(table.item_count),
        size_bytes: number::to_u64(table.table_size_bytes),
        latest_stream: latest_stream.map(|(arn, label)| LatestStream { arn, label }),
        encryption_status,
        warm_throughput: None,
    })
}

fn status_from_rusoto(status: Option<&str>) -> Result<TableStatus, InvalidResponse> {
    match status.ok_or(InvalidResponse::Missing("status of the table"))? {
        "CREATING" => Ok(TableStatus::Creating),
        "ACTIVE" => Ok(TableStatus::Active),
        "UPDATING" => Ok(TableStatus::Updating),
        "DELETING" => Ok(TableStatus::Deleting),
        "INACCESSIBLE_ENCRYPTION_CREDENTIALS" => Ok(TableStatus::InaccessibleEncryptionCredentials),
        "ARCHIVING" => Ok(TableStatus::Archiving),
        "ARCHIVED" => Ok(TableStatus::Archived),
        "REPLICATION_NOT_AUTHORIZED" => Ok(TableStatus::ReplicationNotAuthorized),
        other => Err(InvalidResponse::unknown("table status", other)),
    }
}

#[cfg(test)]
mod tests {
    use djamodb_core::plan::IndexStatus;
    use djamodb_core::schema::{
        Billing, GlobalIndex, IndexProjection, KeyAttribute, KeySchema, LocalIndex, StreamView, Throughput,
    };
    use rusoto_dynamodb::{
        BillingModeSummary, GlobalSecondaryIndex, GlobalSecondaryIndexDescription, LocalSecondaryIndex,
        LocalSecondaryIndexDescription, ProvisionedThroughput, ProvisionedThroughputDescription, StreamSpecification,
    };

    use super::*;

    fn units(throughput: ProvisionedThroughput) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription {
            read_capacity_units: Some(throughput.read_capacity_units),
            write_capacity_units: Some(throughput.write_capacity_units),
            ..ProvisionedThroughputDescription::default()
        }
    }

    fn global(index: GlobalSecondaryIndex) -> GlobalSecondaryIndexDescription {
        GlobalSecondaryIndexDescription {
            index_name: Some(index.index_name),
            index_status: Some("ACTIVE".into()),
            key_schema: Some(index.key_schema),
            projection: Some(index.projection),
            provisioned_throughput: index.provisioned_throughput.map(units),
            ..GlobalSecondaryIndexDescription::default()
        }
    }

    fn local(index: LocalSecondaryIndex) -> LocalSecondaryIndexDescription {
        LocalSecondaryIndexDescription {
            index_name: Some(index.index_name),
            key_schema: Some(index.key_schema),
            projection: Some(index.projection),
            ..LocalSecondaryIndexDescription::default()
        }
    }

    /// Returns the description of an active table with the given schema.
    fn described(schema: &TableSchema) -> RusotoTable {
        let global_indexes = schema.global_indexes.iter().cloned();
        let (billing_mode, throughput) = schema::billing_to_rusoto(schema.billing);
        RusotoTable {
            table_name: Some(schema.name.to_string()),
            table_status: Some("ACTIVE".into()),
            attribute_definitions: Some(key::definitions_to_rusoto(schema.attribute_definitions())),
            key_schema: Some(key::to_rusoto(schema.key.clone())),
            stream_specification: schema.stream.map(schema::stream_to_rusoto),
            billing_mode_summary: Some(BillingModeSummary { billing_mode, ..BillingModeSummary::default() }),
            provisioned_throughput: throughput.map(units),
            global_secondary_indexes: Some(
                global_indexes.map(|index| global(index::global_to_rusoto(index, schema.billing))).collect(),
            ),
            local_secondary_indexes: Some(
                schema.local_indexes.iter().cloned().map(|index| local(index::local_to_rusoto(index))).collect(),
            ),
            creation_date_time: Some(1_420_070_400.123),
            item_count: Some(3),
            table_size_bytes: Some(99),
            ..RusotoTable::default()
        }
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
        let description = from_rusoto(Some(described(&schema))).unwrap();
        assert_eq!(description.schema, schema);
        assert_eq!(description.status, TableStatus::Active);
        assert_eq!(description.created_at.unwrap().to_rfc3339(), "2015-01-01T00:00:00.123+00:00");
        assert_eq!((description.item_count, description.size_bytes), (3, 99));
        let indexes: Vec<_> = description.indexes.iter().map(|index| (index.name.as_str(), index.status)).collect();
        assert_eq!(
            indexes,
            [("years", None), ("many", Some(IndexStatus::Active)), ("kinds", Some(IndexStatus::Active))]
        );
        assert_eq!(description.latest_stream, None);

        schema.billing = Billing::Provisioned(Throughput { read_units: 5, write_units: 6 });
        schema.global_indexes[0].throughput = Some(Throughput { read_units: 7, write_units: 8 });
        schema.stream = Some(StreamView::NewImage);
        assert_eq!(from_rusoto(Some(described(&schema))).unwrap().schema, schema);
    }

    #[test]
    fn a_disabled_stream_is_still_the_latest() {
        let table = RusotoTable {
            latest_stream_arn: Some("arn".into()),
            latest_stream_label: Some("2015-01-01T00:00:00.000".into()),
            ..described(&schema())
        };
        let description = from_rusoto(Some(table)).unwrap();
        let latest = LatestStream { arn: "arn".into(), label: "2015-01-01T00:00:00.000".into() };
        assert_eq!((description.latest_stream, description.schema.stream), (Some(latest), None));
    }

    #[test]
    fn reads_every_status() {
        for (status, expected) in [
            ("CREATING", TableStatus::Creating),
            ("ACTIVE", TableStatus::Active),
            ("UPDATING", TableStatus::Updating),
            ("DELETING", TableStatus::Deleting),
            ("INACCESSIBLE_ENCRYPTION_CREDENTIALS", TableStatus::InaccessibleEncryptionCredentials),
            ("ARCHIVING", TableStatus::Archiving),
            ("ARCHIVED", TableStatus::Archived),
            ("REPLICATION_NOT_AUTHORIZED", TableStatus::ReplicationNotAuthorized),
        ] {
            assert_eq!(status_from_rusoto(Some(status)), Ok(expected));
        }
    }

    #[test]
    fn deleting_tables_may_have_no_key() {
        let table = RusotoTable {
            table_name: Some("weather".into()),
            table_status: Some("DELETING".into()),
            ..RusotoTable::default()
        };
        let table = from_rusoto(Some(table)).unwrap();
        assert_eq!(table.status, TableStatus::Deleting);
        assert_eq!(table.schema.key.attributes().count(), 0);
    }

    #[test]
    fn skips_deleting_indexes_without_attribute_definitions() {
        let with_status = |status: &str| {
            let mut table = described(&schema());
            table.attribute_definitions.as_mut().unwrap().retain(|attribute| attribute.attribute_name != "kind");
            for index in table.global_secondary_indexes.as_mut().unwrap() {
                index.index_status = Some(status.to_owned());
            }
            from_rusoto(Some(table))
        };
        let description = with_status("DELETING").unwrap();
        assert_eq!((description.schema.global_indexes.len(), description.indexes.len()), (0, 3));
        assert_eq!(with_status("ACTIVE"), Err(InvalidResponse::UntypedKeyAttribute("kind".into())));
    }

    #[test]
    fn errors_name_unknown_and_missing_values() {
        let message = |table: RusotoTable| from_rusoto(Some(table)).unwrap_err().to_string();
        let unknown_status = RusotoTable { table_status: Some("UNHEARD_OF".into()), ..described(&schema()) };
        assert!(message(unknown_status).contains("table status `UNHEARD_OF`"));
        let untyped = RusotoTable { attribute_definitions: None, ..described(&schema()) };
        assert!(message(untyped).contains("`location`"));
        let stream = StreamSpecification { stream_enabled: true, stream_view_type: Some("NEW".into()) };
        let unknown_view = RusotoTable { stream_specification: Some(stream), ..described(&schema()) };
        assert!(message(unknown_view).contains("stream view `NEW`"));
        assert!(from_rusoto(None).is_err());
    }
}
